"""An operator at the command line, and all that is stored, row for row, to compare."""

from __future__ import annotations

import hashlib
import re
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles import revisions
from articles.models import (
    BLOCKS,
    Article,
    AuditEntry,
    Byline,
    Filing,
    Gallery,
    GalleryPicture,
    ImportItem,
    ImportMade,
    ImportRun,
    KeptSource,
    Link,
    Listing,
    Redaction,
    Spelling,
    Tagging,
)

from .torture import writes


class OperatorTestCase(TestCase):
    """Commands as they are typed, on dumps in a folder of their own."""

    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def dump(self, *stories, name="dump.jsonl"):
        """The path of a dump of these stories; bytes are put into it as they are."""
        path = self.folder / name
        lines = [story if isinstance(story, bytes) else story.as_json() for story in stories]
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return str(path)

    def command(self, name, *arguments):
        """(exit status, what it printed, messages)."""
        out, err, status = StringIO(), StringIO(), 0
        try:
            with self.captureOnCommitCallbacks(execute=True):
                call_command(name, *map(str, arguments), stdout=out, stderr=err)
        except SystemExit as left:
            status = left.code
        except CommandError as error:
            status = error.returncode
            err.write(str(error))
        return int(status), out.getvalue().strip(), err.getvalue()

    def bring(self, *arguments):
        """(exit status, last line without the number of the run) of an import."""
        status, line, _messages = self.command("import_dump", *arguments)
        return status, re.sub(r"^run \d+: ", "", line.rpartition("\n")[2])

    def undo(self, run, *options):
        status, line, _messages = self.command("import_dump", "--undo", run.pk, *options)
        return status, re.sub(r"^run \d+: (?!nothing)", "", line)

    def assert_writes_nothing(self, name, *arguments):
        """The same, run again; returns what it printed."""
        with CaptureQueriesContext(connection) as queries:
            _status, line, _messages = self.command(name, *arguments)
        self.assertEqual(writes(queries), [])
        return line

    def editor(self):
        return User.objects.get_or_create(username="vera")[0]

    def edit(self, headline="An editor's headline", **which):
        article = Article.objects.get(**which)
        article.headline = headline
        article.save()
        revisions.record(article, by=self.editor())
        return article


def last_run() -> ImportRun:
    return ImportRun.objects.first()


# The record of what was done; all else is as it was after an undo. How a word is spelled that
# some text still has in another number is no harm.
RECORDS = (ImportRun, ImportItem, ImportMade, KeptSource, Redaction, AuditEntry, Spelling)
# Rows that are written anew, with other keys.
WRITTEN_ANEW = (Filing, Tagging, Byline, *BLOCKS, GalleryPicture, Listing, Link)


def fingerprint() -> dict[str, object]:
    """Every row of every table but the records, and every file of the library."""
    told = {}
    for model in apps.get_models():
        if model not in RECORDS and model._meta.app_label in ("articles", "redirects", "auth"):
            told[model.__name__] = sorted(map(_row(model), model._base_manager.values()))
    media = Path(settings.MEDIA_ROOT)
    told["files"] = sorted(
        (str(path.relative_to(media)), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in media.rglob("*")
        if path.is_file()
    )
    return told


def _row(model):
    places = {}
    if model is GalleryPicture:
        galleries = Gallery.objects.values_list("pk", "parent", "ordering")
        places = {pk: (parent, ordering) for pk, parent, ordering in galleries}

    def row(values):
        if model in WRITTEN_ANEW:
            del values["id"]
        if "gallery_id" in values:
            values["gallery_id"] = places[values["gallery_id"]]
        return repr(values)

    return row
