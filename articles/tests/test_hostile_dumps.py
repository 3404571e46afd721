"""Whatever a dump holds and wherever the database is: a sentence, the right exit status, and pages
that run nothing. What archives and folders may do is in test_formats_sources."""

import json
import random
import re
import shutil
import sqlite3
import tempfile
from contextlib import closing
from io import BytesIO, StringIO
from itertools import cycle
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings, tag
from lxml import etree
from PIL import Image

from articles.formats import jsonl
from articles.models import Article, Listing, Photo, Version
from articles.story import CaptionBlock, Media

from .browser import NewsroomTransactionTestCase
from .machine import small_disk
from .newsroom import ReaderTestCase
from .pages import LEAD, MORE, page
from .stories import a_full_story, a_story
from .test_formats import PAGE
from .torture import a_dump, database_url, finish, start

SCRIPT = "<script>alert(1)</script>"
CONTROLS = "\x00\x08\x0b\x1b[2J\x7f\x9b\u202e\ufffe"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Whose values are one of a few words, a moment or an address: what they may be is tested elsewhere.
FIXED = set("type kind pubstatus provider url source_url file mime sha256 language at".split())


class DumpTestCase(ReaderTestCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def put(self, name, data):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return str(path)

    def run_it(self, command, *arguments):
        """(exit status, what was told on the standard error)"""
        err, status = StringIO(), 0
        try:
            call_command(command, *map(str, arguments), stdout=StringIO(), stderr=err)
        except SystemExit as left:
            status = left.code
        except CommandError as error:
            status = error.returncode
            err.write(str(error))
        return status, err.getvalue()


class SentenceTests(DumpTestCase):
    """A dump, the exit status of both commands, and the sentence that both say."""

    def both(self, data, status, sentence, *options, name="x", count=0):
        path = self.put(name, data) if data is not None else str(self.folder / name)
        for command in ("read_dump", "import_dump"):
            with self.subTest(sentence, command=command):
                left, told = self.run_it(command, path, *options)
                self.assertEqual(left, status, told)
                self.assertIn(sentence, told)
        self.assertEqual(Article.objects.count(), count)

    def test_what_is_no_dump(self):
        for data, sentence in {
            b"": "x: cannot be read: the file is empty",
            b"\n \r\n": "x: cannot be read: the file is empty",
            random.Random(1).randbytes(3000): "x: cannot be read: it is not text",
            b"\x7fELF\2\1\1" + bytes(3000): "x: cannot be read: it is not text",
            b"<rss></rss>" * 9: "x: no story there: it is XML or HTML that is none of the formats",
            b'{"posts": []}': "x: no story there: it is JSON that is none of the formats known",
        }.items():
            self.both(data, 1, sentence)

    def test_20_mb_on_one_line(self):
        line = b"words " * 3_500_000
        self.both(line, 1, "x: no story there: it is text that is none of the formats known")
        self.both(line, 1, "x:1: larger than 5 MB: a page never is", "--format=textpage")
        self.both(line, 1, "x:1: longer than 20 MB: a story never is", "--format=jsonl")
        one = b'{"source": "' + line + b'"}'
        self.both(one, 1, "x:1: longer than 20 MB: a story never is")

    def test_what_is_not_there(self):
        self.both(None, 1, "gone: no such file or folder", name="gone")
        (self.folder / "in").mkdir()
        self.both(None, 1, "in: the folder is empty", name="in")
        self.put("in/boat.png", b"\x89PNG\r\n\x1a\n" + bytes(99))
        self.both(None, 1, "in: no story there, only 1 × a PNG picture", name="in")

    def test_the_wrong_format(self):
        self.both(jsonl.write(a_story()), 1, "x:1: ", "--format=textpage")
        self.both(PAGE, 1, "x:1: not JSON: ", "--format=jsonl")

    def test_years_no_calendar_of_ours_has(self):
        for field in ("first_published_at", "published_at", "modified_at", "embargoed_until"):
            for year in ("0001", "9999"):
                story = a_story().as_dict() | {field: f"{year}-01-01T00:00:00+00:00"}
                reason = f"x:1: {field} is in the year {int(year)}"
                self.both(json.dumps(story).encode(), 1, reason)
        story = a_story().as_dict() | {"published_at": "10000-01-01T00:00:00Z"}
        self.both(json.dumps(story).encode(), 1, "x:1: published_at: ")

    def test_a_year_on_a_page_that_no_calendar_has_is_no_date(self):
        for year in ("0001", "9999"):
            text = page(f"January 29, {year}", LEAD, MORE, tail="Share")
            path = self.put(f"page-{year}.txt", text.encode())
            self.assertEqual(self.run_it("import_dump", path)[0], 0)
            article = Article.objects.get(source_id=f"page-{year}")
            self.assertIsNone(article.as_story().published_at)
            self.assertEqual(self.get(article.path).status_code, 200)


def spoilt(value, key=""):
    """The same JSON with a script and control characters in every text, however deep."""
    if isinstance(value, dict):
        return {name: spoilt(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [spoilt(inner, key) for inner in value]
    if isinstance(value, str) and key not in FIXED and not key.endswith("_at"):
        middle = len(value) // 2
        return f"{value[:middle]}{CONTROLS}{SCRIPT}{value[middle:]}"
    return value


class InertTests(DumpTestCase):
    """Scripts and control characters in every part of a story: kept as words, and run nowhere."""

    def spoilt_line(self):
        return json.dumps(spoilt(a_full_story().as_dict())).encode()

    def spoilt_page(self):
        hostile = CONTROLS.replace("\x00", "") + SCRIPT
        text = page(
            f"Published by Ines{hostile}\nJanuary 29, 2024\nclose Video\n\nThe pilot{hostile}",
            f"On the bridge{hostile}, on ‘Harbour Live.’",
            f"  • A point{hostile}",
            LEAD + hostile,
            f"ISLANDS VOTE{hostile.upper()} TO KEEP THEIR TIME",
            f"The quay at six{hostile}. (Ada Fry{hostile}/Coastwire)",
            MORE + hostile,
            top=f"Categories: World{hostile}\n\nFerry{hostile} sails again",
            tail=f"Share\n\nRecent Posts\n\nFog{hostile}\n\nFog lay{hostile}…\n\n14 hours ago",
        )
        return text.encode()

    def take(self, name, data):
        status, told = self.run_it("import_dump", self.put(name, data))
        self.assertEqual(status, 0, told)
        self.assertNotRegex(told, FORBIDDEN)
        return Article.objects.get()

    def test_of_a_line_of_json(self):
        self.inert(self.take("x.jsonl", self.spoilt_line()))

    def test_of_a_text_page(self):
        name = f"page{CONTROLS[1:]}<b>.txt"
        self.inert(self.take(name, self.spoilt_page()))

    def test_they_are_read_the_same_without_a_database(self):
        for data in (self.spoilt_line(), self.spoilt_page()):
            self.assertEqual(self.run_it("read_dump", self.put("x", data))[0], 0)

    def inert(self, article):
        for text in strings(article.as_story().as_dict()):
            self.assertNotRegex(text, FORBIDDEN)
        filed = Listing.objects.filter(version__in=Version.objects.live())
        lists = {of.get_absolute_url() for row in filed
                 for of in (row.category, row.tag, row.author) if of}  # fmt: skip
        self.assertTrue(lists)
        for path in [article.path, "/", "/feed/", "/sitemap.xml", *lists]:
            response = self.get(path)
            with self.subTest(path):
                self.assertEqual(response.status_code, 200)
                text = response.content.decode()
                self.assertNotRegex(text, FORBIDDEN)
                self.assertNotIn(SCRIPT, text)
                if "xml" in response["Content-Type"]:
                    etree.fromstring(response.content)
        scripts = self.page(article.path).css("script")
        self.assertFalse([node for node in scripts if "alert(1)" in node.text() and not data(node)])


def data(node):
    return node.attributes.get("type") == "application/ld+json"


def strings(value):
    """Every text in a JSON value, keys included."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


class UnknownDatabaseTests(DumpTestCase):
    """In a process of its own: one sentence, no traceback."""

    def unknown(self):
        """(DATABASE_URL, what is said of it)"""
        if connection.vendor == "postgresql":
            known = connection.settings_dict
            yield "postgres://nobody@127.0.0.1:1/nothing", "Connection refused"
            yield database_url("no-such-database"), 'database "no-such-database" does not exist'
            stranger = database_url().replace(f"//{known['USER']}:", "//stranger:", 1)
            yield stranger, 'role "stranger" does not exist'
            return
        folder = self.folder
        (folder / "words").write_text(
            "This is no database, but it is as long as one would be. " * 99
        )
        yield f"sqlite:///{folder}", "unable to open database file"
        yield f"sqlite:///{folder}/no/such/folder.sqlite3", "unable to open database file"
        yield f"sqlite:///{folder}/words", "file is not a database"
        yield f"sqlite:///{folder}/new", "Run “manage.py migrate” first."

    def test_an_unknown_database_is_said_in_a_sentence(self):
        dump = self.put("x.jsonl", jsonl.write(a_story()))
        for (url, sentence), options in zip(self.unknown(), cycle([[], ["--plan"]]), strict=False):
            with self.subTest(url=url, options=options):
                status, told = finish(start("import_dump", dump, *options, database=url))
                self.assertEqual(status, 1, told)
                self.assertIn("CommandError: the database does not answer: ", told)
                self.assertIn(sentence, told)
                self.assertEqual(len(told.splitlines()), 1, told)

    def test_a_setting_that_names_none_is_said_in_a_sentence(self):
        for url in ("mysql://somebody@here/news", "sqlite://", "postgres://u@h:port/x"):
            status, told = finish(start("import_dump", "x", database=url))
            self.assertEqual(status, 1)
            self.assertIn("- DATABASE_URL ", told)
            self.assertNotIn("Traceback", told)


def noise(side=400):
    """A picture that cannot be made smaller: of half a megabyte."""
    made = BytesIO()
    Image.effect_noise((side, side), 100).convert("RGB").save(made, "PNG")
    return made.getvalue()


class FullDiskTests(DumpTestCase):
    def bring(self):
        return self.run_it("import_dump", self.dump, "--media-root", self.folder / "media")

    def test_without_room_for_a_picture_nothing_is_stored_and_a_second_run_completes(self):
        media = Media(file="quay.png")
        story = a_story(body=(CaptionBlock(text="The quay.", media=media),))
        self.dump = self.put("x.jsonl", jsonl.write(story))
        original = len(noise())
        self.put("media/quay.png", noise())
        # Room for less than the picture; for the picture, and not for its smaller sizes.
        for room in (original // 2, original + 50_000):
            with self.subTest(room), small_disk(3_000_000) as disk:
                filling = disk / "filling"
                filling.write_bytes(bytes(shutil.disk_usage(disk).free - room))
                with override_settings(MEDIA_ROOT=str(disk)), transaction.atomic():
                    status, told = self.bring()
                    self.assertEqual(status, 1)
                    self.assertIn("a file cannot be stored: ", told)
                    self.assertIn("No space left on device", told)
                    self.assertFalse(Article.objects.exists() or Photo.objects.exists())
                    self.assertEqual([p for p in disk.rglob("*") if p.is_file()], [filling])
                    filling.unlink()
                    self.assertEqual(self.bring()[0], 0)
                    self.assertEqual(Article.objects.count(), Photo.objects.count())
                    transaction.set_rollback(True)


@tag("torture")
class FullDatabaseTests(NewsroomTransactionTestCase):
    """A database file on a disk of its own; PostgreSQL's own disk is not ours to fill."""

    STORIES = 600

    def run_it(self, *arguments):
        return finish(start(*arguments, database=self.url))

    def stored(self, path):
        """(articles, revisions, versions, items of the ledger)"""
        with closing(sqlite3.connect(path)) as database:
            return [
                database.execute(f"SELECT COUNT(*) FROM articles_{table}").fetchone()[0]
                for table in ("article", "revision", "version", "importitem")
            ]

    def test_without_room_no_batch_is_half_stored_and_a_second_run_completes(self):
        if connection.vendor != "sqlite":
            self.skipTest("only SQLite's file can be put on a small disk")
        with a_dump(a_story(n) for n in range(self.STORIES)) as dump, small_disk(2**26) as disk:
            path, filling = disk / "newsroom.sqlite3", disk / "filling"
            self.url = database_url(path)
            status, said = self.run_it("migrate", "--verbosity", "0")
            self.assertEqual(status, 0, said)
            filling.write_bytes(bytes(shutil.disk_usage(disk).free - 3 * 2**20))
            status, said = self.run_it("import_dump", dump)
            self.assertEqual(status, 1, said)
            self.assertIn("CommandError: the database does not answer: ", said)
            self.assertNotIn("Traceback", said)
            kept = self.stored(path)
            self.assertEqual(len(set(kept)), 1, kept)
            self.assertEqual((kept[0] % 200, kept[0] < self.STORIES), (0, True), kept)
            filling.unlink()
            status, said = self.run_it("import_dump", dump)
            self.assertEqual(status, 0, said)
            self.assertEqual(self.stored(path)[:3], [self.STORIES] * 3)
