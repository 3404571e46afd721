"""manage.py read_dump: stories on one side, problems on the other, and the exit status."""

import json
import os
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import SimpleTestCase

from articles.formats import jsonl

from .pages import LEAD, MORE, RAIL, page
from .stories import a_story

PAGE = page("January 29, 2024\nclose Video\n\nThe pilot", LEAD, MORE, tail=f"Share\n\n{RAIL}")


class ReadDumpTests(SimpleTestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.page = self.put("000_1.txt", PAGE.encode())

    def put(self, name, data):
        (self.folder / name).write_bytes(data)
        return str(self.folder / name)

    def read(self, *arguments):
        """(exit status, stories, lines on the standard error)"""
        out, err, status = StringIO(), StringIO(), 0
        try:
            call_command("read_dump", *arguments, stdout=out, stderr=err)
        except SystemExit as stop:
            status = stop.code
        return (
            status,
            [json.loads(line) for line in out.getvalue().splitlines()],
            err.getvalue().splitlines(),
        )

    def test_stories_go_out_as_lines_of_json_and_the_tally_to_the_standard_error(self):
        status, stories, told = self.read(self.page)
        self.assertEqual((status, len(stories)), (0, 1))
        self.assertEqual(stories[0]["source_id"], "000_1")
        self.assertEqual(told, ["1 stories, 1 repaired or doubted"])

    def test_pages_that_may_be_no_story_are_withheld_and_counted(self):
        lost = page("Sorry, we found nothing there.", top="Page not found")
        status, stories, told = self.read(self.page, self.put("lost.txt", lost.encode()))
        self.assertEqual((status, [s["pubstatus"] for s in stories]), (0, ["usable", "withheld"]))
        self.assertLess(stories[1]["confidence"], 0.5)
        self.assertIn("1 too doubtful to publish", told[-1])

    def test_stories_of_every_status_are_read(self):
        lines = [a_story(n, pubstatus=status) for n, status in
                 enumerate(("usable", "withheld", "canceled"), 1)]  # fmt: skip
        path = self.put("x.jsonl", b"".join(map(jsonl.write, lines)))
        self.assertEqual(len(self.read(path)[1]), 3)

    def test_a_refused_item_is_named_and_the_status_is_1(self):
        empty = self.put("empty.txt", b"")
        status, stories, told = self.read(str(self.folder))
        self.assertEqual((status, len(stories)), (1, 1))
        self.assertEqual(told[0], f"{empty}: cannot be read: the file is empty")

    def test_a_path_without_a_story_is_1_though_another_has_one(self):
        picture = self.put("boat.jpg", b"\xff\xd8\xff\xe0" + bytes(99))
        status, _, told = self.read(self.page, picture)
        self.assertEqual((status, told[0]), (1, f"{picture}: no story there: it is a JPEG picture"))

    def test_other_files_beside_stories_are_fine_unless_strict(self):
        self.put("boat.jpg", b"\xff\xd8\xff\xe0" + bytes(99))
        self.assertEqual(self.read(str(self.folder))[0], 0)
        self.assertEqual(self.read(str(self.folder), "--strict")[0], 1)

    def test_a_repair_is_fine_unless_strict(self):
        self.assertEqual(self.read(self.page, "--strict")[0], 1)
        whole = self.put("x.jsonl", jsonl.write(a_story()))
        self.assertEqual(self.read(whole, "--strict")[0], 0)

    def test_source_timezone_capture_and_categories_are_told(self):
        names = self.put("names", b"World/Harbour\n")
        odd = self.put("odd.txt", PAGE.replace("Categories: World", "Categories: Harbour").encode())
        _, (story,), _ = self.read(
            odd, "--source=gazette", "--timezone=Asia/Karachi", f"--categories={names}",
            "--captured-at=2024-01-29T20:00:00",
        )  # fmt: skip
        self.assertEqual(story["source"], "gazette")
        self.assertEqual(story["categories"], ["World/Harbour"])
        self.assertEqual(story["published_at"], "2024-01-29T00:00:00+05:00")
        self.assertEqual(story["captured_at"], "2024-01-29T20:00:00+05:00")
        self.assertEqual(
            story["recent"][0]["published_between"],
            ["2024-01-29T05:00:00+05:00", "2024-01-29T06:30:00+05:00"],
        )

    def test_wrong_usage_is_refused_before_anything_is_read(self):
        for arguments, message in (
            (["--format=wxr"], "wxr is not built yet; there are auto, jsonl, textpage"),
            (["--format=word"], "word is no format; there are auto, jsonl, textpage"),
            (["--timezone=Mars/Base"], "there is no timezone 'Mars/Base'"),
            (["--captured-at=soon"], "'soon' is no moment"),
            (["--captured-at=0001-01-01"], "is no moment"),
            (["--categories=/no/such"], "/no/such cannot be read"),
        ):
            with self.subTest(arguments), self.assertRaisesMessage(CommandError, message) as caught:
                call_command("read_dump", self.page, *arguments)
            if "--captured" in arguments[0]:
                self.assertEqual(caught.exception.returncode, 2)


class ProcessTests(SimpleTestCase):
    """As it is run in a terminal, with a database that nobody ever made."""

    def run_command(self, arguments, **options):
        environment = {
            **os.environ,
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
            "LC_ALL": "C",
            "PYTHONIOENCODING": "ascii",
        }
        return subprocess.run(
            [sys.executable, "manage.py", "read_dump", *arguments],
            cwd=settings.BASE_DIR, env=environment, capture_output=True,
            timeout=60, check=False, **options,
        )  # fmt: skip

    def test_standard_input_needs_no_database_and_gives_utf8(self):
        done = self.run_command(["-"], input=PAGE.replace("Ferry sails", "Fähre fährt").encode())
        self.assertEqual(done.returncode, 0, done.stderr)
        story = json.loads(done.stdout)
        self.assertEqual(story["headline"], "Fähre fährt again")
        self.assertNotIn("captured_at", story)
        self.assertEqual(len(story["source_id"]), 32)

    def test_wrong_usage_is_2(self):
        for arguments in ([], ["-", "--format=wxr"], ["-", "--captured-at=soon"]):
            with self.subTest(arguments):
                self.assertEqual(self.run_command(arguments, input=b"").returncode, 2)

    def test_a_reader_that_goes_away_ends_it_silently(self):
        lines = b"".join(jsonl.write(a_story(n)) for n in range(3000))
        with tempfile.NamedTemporaryFile() as dump:
            dump.write(lines)
            dump.flush()
            command = f"{sys.executable} manage.py read_dump {dump.name} | head -1"
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=settings.BASE_DIR,
                capture_output=True,
                timeout=60,
                check=False,
            )
        self.assertEqual(done.stdout.count(b"\n"), 1)
        self.assertEqual(done.stderr, b"")

    def test_help_explains_every_option(self):
        told = self.run_command(["--help"]).stdout.decode()
        for option in ("PATH", "--format", "--source", "--timezone", "--captured-at",
                       "--categories", "--strict"):  # fmt: skip
            self.assertIn(option, told)
