"""manage.py import_dump, as an operator calls it."""

import json
import re
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import TestCase

from articles import revisions, store
from articles.models import Article, ImportItem, ImportRun, Version
from articles.story import PubStatus

from .stories import a_story


class ImportDumpTests(TestCase):
    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def dump(self, *stories, name="dump.jsonl"):
        path = self.folder / name
        path.write_bytes(b"".join(story.as_json() + b"\n" for story in stories))
        return str(path)

    def run_it(self, *arguments):
        """(exit status, last line without the number of the run, messages) of a run."""
        out, err, status = StringIO(), StringIO(), 0
        try:
            call_command("import_dump", *map(str, arguments), stdout=out, stderr=err)
        except SystemExit as left:
            status = left.code
        except CommandError as error:
            status = error.returncode
            err.write(str(error))
        line = re.sub(r"^run \d+: ", "", out.getvalue().strip())
        return status, line, err.getvalue()

    def test_says_what_became_of_the_stories(self):
        path = self.dump(a_story(1), a_story(2, pubstatus=PubStatus.WITHHELD))
        self.assertEqual(self.run_it(path)[:2], (0, "2 created"))
        self.assertEqual(Version.objects.live().count(), 1)
        self.assertEqual(self.run_it(path)[:2], (0, "2 unchanged"))
        self.assertEqual(ImportRun.objects.get().tally, {"created": 2})

    def test_a_plan_says_the_same_and_writes_nothing(self):
        path = self.dump(a_story(1), a_story(2), a_story(2))
        self.assertEqual(self.run_it(path, "--plan")[:2], (0, "would be: 2 created, 1 unchanged"))
        self.assertFalse(Article.objects.exists())
        self.assertEqual(self.run_it(path)[:2], (0, "2 created, 1 unchanged"))

    def test_one_bad_item_is_named_and_the_rest_goes_on(self):
        path = self.dump(a_story(1))
        with Path(path).open("ab") as stream:
            stream.write(b'{"source": "wire"\n' + a_story(3).as_json())
        status, line, messages = self.run_it(path)
        self.assertEqual((status, line), (1, "2 created, 1 refused"))
        self.assertIn(f"{path}:2: ", messages)

    def test_an_article_edited_here_is_held_and_that_is_no_failure(self):
        self.run_it(self.dump(a_story(1)))
        article = Article.objects.get()
        article.headline = "The editor's"
        article.save()
        revisions.record(article, by=None)
        path = self.dump(a_story(1, headline="The wire's"))
        status, line, messages = self.run_it(path)
        self.assertEqual((status, line), (0, "1 held"))
        self.assertIn("dump.jsonl:1: held: it was edited here", messages)
        self.assertEqual(self.run_it(path, "--strict")[0], 1)
        # So it is when the source has nothing new: nothing is decided by that, or written down.
        rows = ImportItem.objects.count()
        self.assertEqual(self.run_it(self.dump(a_story(1)))[:2], (0, "1 held"))
        self.assertEqual(ImportItem.objects.count(), rows)

    def test_the_report_has_a_line_for_every_item(self):
        (self.folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
        self.dump(a_story(1), a_story(2, headline="Second"))
        report = self.folder.parent / f"{self.folder.name}-report.jsonl"
        self.addCleanup(report.unlink)
        status, line, _messages = self.run_it(self.folder, "--report", report)
        self.assertEqual((status, line), (0, "2 created, 1 not a dump"))
        told = [json.loads(line) for line in report.read_text().splitlines()]
        self.assertCountEqual(
            [(row["outcome"], row.get("source_id")) for row in told],
            [("created", "story-1"), ("created", "story-2"), ("not a dump", None)],
        )

    def test_a_limit_counts_stories(self):
        self.dump(*(a_story(number) for number in range(5)))
        self.assertEqual(self.run_it(self.folder, "--limit", 3)[:2], (0, "3 created"))

    def test_drafts_are_not_published(self):
        self.assertEqual(self.run_it(self.dump(a_story(1)), "--draft")[0], 0)
        self.assertFalse(Version.objects.exists())

    def test_more_stories_than_a_batch_holds(self):
        path = self.dump(*(a_story(number) for number in range(230)))
        self.assertEqual(self.run_it(path)[:2], (0, "230 created"))
        self.assertEqual(ImportItem.objects.count(), 230)
        # Of two batches, whatever they hold; PostgreSQL's each begin with a lock.
        with self.assertNumQueries(16 if connection.vendor == "postgresql" else 14):
            self.assertEqual(self.run_it(path)[:2], (0, "230 unchanged"))

    def test_stopped_by_the_operator_it_keeps_what_is_done_and_says_how_to_go_on(self):
        path = self.dump(*(a_story(number) for number in range(230)))
        with patch.object(store, "save_what_fits", once_then_stop(store.save_what_fits)):
            status, line, messages = self.run_it(path)
        self.assertEqual((status, line), (1, "200 created, 1 stopped"))
        run = ImportRun.objects.get()
        self.assertIn(f"Go on with: import_dump --resume {run.pk}", messages)
        self.assertEqual(self.run_it(path)[:2], (0, "30 created, 200 unchanged"))

    def test_a_database_that_does_not_answer_is_said_in_a_sentence(self):
        with patch.object(store, "save_what_fits", side_effect=OperationalError("gone away")):
            status, _line, messages = self.run_it(self.dump(a_story(1)))
        self.assertEqual(status, 1)
        self.assertIn("the database does not answer: gone away", messages)

    def test_what_cannot_be_meant_is_wrong_usage(self):
        path = self.dump(a_story(1))
        status, _line, messages = self.run_it(path, "--media-root", self.folder / "nowhere")
        self.assertEqual(status, 2)
        self.assertIn("there is no folder", messages)

    def test_a_path_with_nothing_in_it_is_refused_by_name(self):
        for path in (self.folder / "gone.txt", self.folder):
            status, line, messages = self.run_it(path)
            self.assertEqual((status, line), (1, "1 refused"))
            self.assertIn(path.name, messages)


def once_then_stop(save):
    """The first batch is saved; at the second the operator presses Ctrl-C."""
    batches = []

    def save_one(items, run):
        batches.append(items)
        if len(batches) > 1:
            raise KeyboardInterrupt
        return save(items, run)

    return save_one
