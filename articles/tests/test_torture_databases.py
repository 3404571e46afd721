"""Databases from nothing, and what must survive whatever is done to them."""

import importlib
import json
import logging
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import override_settings, tag

from articles.models import Version, triggers

from .browser import NewsroomTransactionTestCase
from .newsroom import live
from .stories import a_story
from .torture import a_dump, database_url, finish, start

# What an operator would do next, asked of a process that has just started.
READY = (
    "import json; from django.test import Client; "
    "print(json.dumps(Client().get('/health/ready').json()))"
)


# Every guarded table is rebuilt, and one gets a column.
LATER = """
        migrations.AlterField("version", "correction", models.TextField(null=True)),
        migrations.AlterField("redaction", "why", models.TextField(null=True)),
        migrations.AlterField("revision", "digest", models.CharField(max_length=65)),
        migrations.AddField("version", "remark", models.TextField(default="")),
"""
FAILING = "        migrations.RunPython(lambda apps, editor: 1 / 0),"


@contextmanager
def a_later_migration(operations):
    """The app as a later version of it might migrate: ours, then one with these operations."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "later_migrations"
        shutil.copytree(settings.BASE_DIR / "articles" / "migrations", package)
        (package / "0002_later.py").write_text(
            "from django.db import migrations, models\n\n\n"
            "class Migration(migrations.Migration):\n"
            "    dependencies = [('articles', '0001_initial')]\n"
            f"    operations = [\n{operations}\n    ]\n"
        )
        modules = {"articles": package.name}
        with patch.object(sys, "path", [folder, *sys.path]), patch.dict(sys.modules):
            importlib.invalidate_caches()
            with override_settings(MIGRATION_MODULES=modules):
                yield


@contextmanager
def an_empty_database():
    """Its URL."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield database_url(Path(folder) / "empty.sqlite3")
        return
    name = f"{connection.settings_dict['NAME']}_empty"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted}")
    try:
        yield database_url(name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


@tag("torture")
class FromNothingTests(NewsroomTransactionTestCase):
    def run_it(self, *arguments):
        status, said = finish(start(*arguments, database=self.url))
        self.assertEqual(status, 0, f"{arguments}: {said}")
        return said

    def test_an_empty_database_becomes_a_newsroom_and_stays_one(self):
        with an_empty_database() as self.url, a_dump([a_story(1), a_story(2)]) as dump:
            self.run_it("migrate", "--verbosity", "0")
            self.assertIn("2 created", self.run_it("import_dump", dump))
            self.run_it("migrate", "--verbosity", "0")  # with stories in it
            self.run_it("check", "--database", "default", "--fail-level", "WARNING")
            told = self.run_it("shell", "--no-imports", "--verbosity", "0", "--command", READY)
            self.assertEqual(json.loads(told.splitlines()[-1])["failing"], [])
            self.assertIn("2 unchanged", self.run_it("import_dump", dump))

    def test_the_schema_can_be_taken_away_and_made_again(self):
        with an_empty_database() as self.url:
            for _ in range(2):
                self.run_it("migrate", "--verbosity", "0")
                self.run_it("migrate", "articles", "zero", "--verbosity", "0")


@tag("torture")
class GuardTests(NewsroomTransactionTestCase):
    def setUp(self):
        logging.disable(logging.CRITICAL)  # the 503s that are asked for here
        self.addCleanup(logging.disable, logging.NOTSET)
        (self.article,) = live(a_story())
        self.version = self.article.versions.get()

    def refuse(self):
        own = Version.objects.filter(pk=self.version.pk)
        for act in (lambda: own.update(correction="rewritten"), lambda: own._raw_delete(own.db)):
            with self.assertRaises(IntegrityError), transaction.atomic():
                act()

    def test_what_was_published_stays_guarded_whatever_later_versions_migrate(self):
        with a_later_migration(LATER):
            for target in ("0002_later", "0001_initial", "0002_later", "0001_initial"):
                call_command("migrate", "articles", target, verbosity=0)
                self.assertEqual(triggers.missing(connection), set())
                self.refuse()
        self.assertEqual(Version.objects.get().story, a_story())

    def test_a_migration_that_fails_leaves_a_site_that_tells(self):
        with a_later_migration(FAILING), self.assertRaises(ZeroDivisionError):
            call_command("migrate", verbosity=0)
        failing = self.client.get("/health/ready").json()["failing"]
        self.assertEqual(failing, ["triggers"] if connection.vendor == "sqlite" else [])
        call_command("migrate", verbosity=0)
        self.assertEqual(self.client.get("/health/ready").json()["failing"], [])
        self.refuse()

    def test_nothing_empties_the_tables_of_what_was_said(self):
        if connection.vendor != "postgresql":
            self.skipTest("SQLite has no TRUNCATE; its DELETE is refused above")
        for table in triggers.TRUNCATED:
            with self.assertRaises(IntegrityError), connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {table} CASCADE")
