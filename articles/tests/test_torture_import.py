"""Imports that are killed, that fail at every single write, and that run at the same time."""

import random
import re
import time
from contextlib import contextmanager
from io import StringIO
from unittest.mock import patch

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DataError, OperationalError, connection, transaction
from django.test import TestCase, tag
from django.test.utils import CaptureQueriesContext

from articles import bulk, publishing
from articles.models import Article, ImportItem, ImportRun, Photo, Version
from articles.story import PubStatus

from .browser import NewsroomTransactionTestCase
from .newsroom import live
from .stories import a_full_story, a_story
from .torture import (
    WRITES,
    a_dump,
    everything,
    finish,
    kill,
    some_pages,
    some_stories,
    start,
    wait_for,
    writes,
)

KILLS, STORIES = 30, 600


def imported(path, *options):
    """The last line of the command, run in this process, without the number of the run."""
    out, told, arguments = StringIO(), StringIO(), [str(path), *map(str, options)]
    try:
        call_command("import_dump", *arguments, stdout=out, stderr=told)
    except SystemExit as left:
        raise AssertionError(f"{left}: {told.getvalue()}{out.getvalue()}") from left
    return re.sub(r"^run \d+: ", "", out.getvalue().strip().splitlines()[-1])


# Small batches, so that a short dump has many moments to be killed in.
IN_SMALL_BATCHES = """
from django.conf import settings
from django.core.management import call_command
from articles.management import importing
importing.BATCH = 20
call_command("import_dump", *{arguments!r})
"""


def start_import(*arguments):
    """In a process of its own."""
    code = IN_SMALL_BATCHES.format(arguments=[str(argument) for argument in arguments])
    options = ("--no-imports", "--verbosity", "0", "--command", code)
    return start("shell", *options, environment={"MEDIA_ROOT": str(settings.MEDIA_ROOT)})


@tag("torture")
class KilledImportTests(NewsroomTransactionTestCase):
    """Text pages with pictures, and JSON lines; killed in a batch, between two, among pictures."""

    def test_killed_thirty_times_and_run_once_more_it_stores_what_one_run_stores(self):
        self.killed_and_run_again(lambda: None)

    def test_killed_and_resumed_thirty_times_it_stores_what_one_run_stores(self):
        self.killed_and_run_again(lambda: ImportRun.objects.filter(finished_at=None).first())

    def killed_and_run_again(self, run_to_go_on_with):
        with some_pages(STORIES // 2, *some_stories(STORIES // 2)) as (dump, media):
            whole = [dump, "--media-root", media]
            reached, pictures = [], []
            for number in range(KILLS):
                run = run_to_go_on_with()
                self.killed(["--resume", run.pk] if run else whole, media.parent / f"r{number}")
                reached.append(self.whole_batches())
                pictures.append(Photo.objects.count())
            run = run_to_go_on_with()
            status, said = finish(start_import(*(["--resume", run.pk] if run else whole)))
            self.assertEqual(status, 0, said)
            with CaptureQueriesContext(connection) as queries:
                self.assertTrue(imported(*whole).startswith(f"{STORIES} unchanged"))
            self.assertEqual(writes(queries), [])
            after_kills = everything()
            self._fixture_teardown()
            imported(*whole)
            self.assertEqual(after_kills, everything())
        # At least one kill hit an import at work, else this test has shown nothing.
        self.assertTrue(any(0 < count < STORIES for count in reached), reached)

    def killed(self, arguments, report):
        """Begin an import and kill it: in this batch or the next, or when a picture has come."""
        chance = random.Random()
        process = start_import(*arguments, "--report", report)
        wait_for(report.exists, process)
        # However slow the machine is: what is counted is what was stored.
        counted = chance.choice((Article, Article, Photo)).objects
        goal = counted.count() + chance.choice((0, 1))
        wait_for(lambda: counted.count() >= goal, process)
        time.sleep(chance.uniform(0, 0.3))
        kill(process)

    def whole_batches(self):
        """How many stories are stored; each of them with everything that belongs to it."""
        count = Article.objects.count()
        self.assertEqual(ImportItem.objects.filter(outcome="created").count(), count)
        self.assertEqual(Version.objects.filter(rendering__isnull=False).count(), count)
        self.assertFalse(Article.objects.filter(head=None).exists())
        return count


class FailingWrites:
    """Lets every write through but one."""

    def __init__(self, number, error):
        self.left, self.error = number, error

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().startswith(WRITES):
            self._count()
        return execute(sql, params, many, context)

    def _count(self):
        self.left -= 1
        if self.left == 0:
            raise self.error

    @contextmanager
    def at_work(self):
        """Also for PostgreSQL's COPY, of which no wrapper of statements hears."""
        copy = bulk.copy

        def counted(*args):
            self._count()
            copy(*args)

        with connection.execute_wrapper(self), patch.object(bulk, "copy", counted):
            yield


def a_small_dump():
    """New stories, a withheld, a newer version of one, and one that is taken down."""
    yield a_full_story(source_id="full", version="1")
    yield a_story(2, pubstatus=PubStatus.WITHHELD)
    yield a_story(3)
    yield a_full_story(source_id="full", version="2", headline="The gate is shut")
    yield a_story(3, pubstatus=PubStatus.CANCELED)


class EveryWriteTests(TestCase):
    @tag("torture")
    def test_a_database_that_fails_at_any_write_leaves_whole_batches(self):
        with a_dump(list(some_stories(4))) as dump:
            self.fail_at_every_write(dump)

    @tag("torture")
    def test_nor_does_it_with_text_pages_and_pictures(self):
        with some_pages(4) as (dump, media):
            (dump / "stories.jsonl").unlink()
            self.fail_at_every_write(dump, "--media-root", media)

    def fail_at_every_write(self, *dump):
        with self.in_batches_of(2):
            whole, failures = self.once(*dump), 0
            for number in range(1, 1000):
                with self.taken_back(), self.subTest(write=number):
                    failing = FailingWrites(number, OperationalError("the disk is full"))
                    try:
                        with failing.at_work():
                            imported(*dump)
                    except CommandError as error:
                        self.assertIn("the disk is full", str(error))
                        failures += 1
                    transaction.set_rollback(False)  # nothing around the command in real life
                    self.assertIn(Article.objects.count(), (0, 2, 4))
                    self.assertEqual(Article.objects.count(), ImportItem.objects.count())
                    imported(*dump)
                    self.assertEqual(everything(), whole)
                if failing.left > 0:
                    break
        self.assertGreater(failures, 30)

    def test_a_story_the_database_refuses_once_is_stored_alone(self):
        with a_dump(list(some_stories(4))) as dump, self.in_batches_of(4):
            whole = self.once(dump)
            for number in (1, 5, 9):
                with self.taken_back(), self.subTest(write=number):
                    with FailingWrites(number, DataError("no")).at_work():
                        self.assertTrue(imported(dump).startswith("4 created"))
                    self.assertEqual(everything(), whole)

    def test_all_that_can_become_of_a_story_is_done_once(self):
        with a_dump(a_small_dump()) as dump:
            first = imported(dump)
            self.assertTrue(first.startswith("3 created, 1 updated, 1 withdrawn"), first)
            before = everything()
            with CaptureQueriesContext(connection) as queries:
                imported(dump)
            self.assertEqual(writes(queries), [])
            self.assertEqual(everything(), before)

    def in_batches_of(self, size):
        return patch("articles.management.importing.BATCH", size)

    def once(self, *dump):
        """What a run that nothing happens to stores."""
        with self.taken_back():
            imported(*dump)
            return everything()

    def taken_back(self):
        return _TakenBack()


class _TakenBack(transaction.Atomic):
    """A transaction that is undone at its end."""

    def __init__(self):
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *error):
        if not error[0]:
            transaction.set_rollback(True)
        super().__exit__(*error)


@tag("torture")
class TwoImportsTests(NewsroomTransactionTestCase):
    def test_two_imports_of_one_dump_at_once_double_nothing(self):
        with a_dump(some_stories(600)) as dump:
            both = [start("import_dump", dump) for _ in range(2)]
            for status, said in map(finish, both):
                self.assertNotIn("Traceback", said)
                self.assertEqual(status, 0, said)
            with CaptureQueriesContext(connection) as queries:
                self.assertTrue(imported(dump).startswith("600 unchanged"))
            self.assertEqual(writes(queries), [])
            self.assertEqual(Version.objects.count(), 600)
            together = everything()
            self._fixture_teardown()
            imported(dump)
            self.assertEqual(_without_order(together), _without_order(everything()))


def _without_order(told):
    """Which of two stories of one name on one day came first is left to chance here."""
    return [row for row in told if row[0] not in ("article", "link")]


@tag("torture")
class ImportAtWorkTests(NewsroomTransactionTestCase):
    def test_readers_read_and_an_editor_publishes_while_an_import_writes(self):
        (article,) = live(a_story(source_id="ours", headline="The desk goes on"))
        with some_pages(900) as (dump, media):
            (dump / "stories.jsonl").unlink()
            process = start_import(dump, "--media-root", media)
            saved, met = 0, set()
            while process.poll() is None:
                for path in ("/", article.path, "/feed/", "/world/"):
                    answer = self.client.get(path)
                    self.assertIn(answer.status_code, (200, 404) if path == "/world/" else (200,))
                saved += 1
                Article.objects.filter(pk=article.pk).update(standfirst=f"For the time {saved}")
                publishing.publish(Article.objects.get(pk=article.pk), by=None)
                met.add(Article.objects.count())
            status, said = finish(process)
            self.assertEqual(status, 0, said)
        self.assertGreater(len(met), 2)  # they have been at it together
        self.assertEqual(article.versions.count(), 1 + saved)
        self.assertEqual(Article.objects.count(), 901)
        self.assertEqual(article.versions.live().get().story.standfirst, f"For the time {saved}")
