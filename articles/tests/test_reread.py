"""manage.py reread: what was kept, read again by a reader that has become better."""

from unittest.mock import patch

from articles.formats import jsonl
from articles.models import Article, ImportItem, ImportRun, KeptSource, Version
from articles.story import PubStatus, StoryError

from .operators import OperatorTestCase, fingerprint, last_run
from .stories import a_story
from .test_kept_sources import a_better_reader


def a_reader_that_cannot():
    return patch.object(jsonl, "parse", side_effect=StoryError("what is this?"))


class RereadTests(OperatorTestCase):
    def reread(self, *options):
        status, line, _messages = self.command("reread", *options)
        return status, line.splitlines()[-1]

    def test_the_same_reader_writes_nothing(self):
        self.bring(self.dump(a_story(1), a_story(2, pubstatus=PubStatus.WITHHELD)))
        self.assertEqual(self.assert_writes_nothing("reread"), "2 unchanged")

    def test_a_better_reader_updates_what_nobody_here_touched(self):
        self.bring(self.dump(a_story(1), a_story(2)))
        self.edit(source_id="story-2")
        with a_better_reader(dateline="PORT ANNA"):
            self.assertEqual(self.reread("--plan"), (0, "would be: 1 updated, 1 held"))
            self.assertEqual(self.reread(), (0, "1 updated, 1 held"))
            self.assertEqual(self.assert_writes_nothing("reread"), "1 unchanged, 1 held")
        article = Article.objects.get(source_id="story-1")
        self.assertEqual(article.dateline, "PORT ANNA")
        self.assertEqual(article.versions.live().get().story.dateline, "PORT ANNA")
        run = last_run()
        self.assertEqual((run.kind, run.of.kind), ("reread", "import"))

    def test_the_dump_coming_again_leaves_it_so(self):
        dump = self.dump(a_story(1))
        self.bring(dump)
        with a_better_reader(dateline="PORT ANNA"):
            self.reread()
        self.assertEqual(self.assert_writes_nothing("import_dump", dump), "1 unchanged")

    def test_what_was_refused_and_can_be_read_now_is_created(self):
        dump = self.dump(a_story(1), a_story(2))
        with a_reader_that_cannot():
            self.assertEqual(self.bring(dump), (1, "2 refused"))
            self.assertEqual(self.reread(), (1, "2 refused"))
        self.assertEqual(self.reread(), (0, "2 created"))
        self.assertEqual(Version.objects.live().count(), 2)
        self.assertFalse(ImportItem.objects.filter(outcome="refused", decision="").exists())
        self.assertEqual(self.assert_writes_nothing("import_dump", dump), "2 unchanged")

    def test_undone_it_waits_again(self):
        with a_reader_that_cannot():
            self.bring(self.dump(a_story(1)))
        before = fingerprint()
        self.reread()
        self.undo(last_run())
        self.assertEqual(fingerprint(), before)
        self.assertTrue(ImportItem.objects.filter(outcome="refused", decision="").exists())
        self.assertEqual(self.reread(), (0, "1 created"))

    def test_only_the_newest_of_each_story_counts(self):
        self.bring(self.dump(a_story(1)))
        self.bring(self.dump(a_story(1, headline="Newest")))
        with a_better_reader(dateline="PORT ANNA"):
            self.assertEqual(self.reread(), (0, "1 updated"))
        self.assertEqual(Article.objects.get().headline, "Newest")

    def test_what_came_with_draft_stays_a_draft(self):
        self.bring(self.dump(a_story(1)), "--draft")
        with a_better_reader(dateline="PORT ANNA"):
            self.assertEqual(self.reread(), (0, "1 updated"))
        self.assertFalse(Version.objects.exists())

    def test_it_is_read_as_it_was_told_to_be_read_then(self):
        (self.folder / "page.txt").write_text("The quay is new\n\nNext week.\n\nShare\n")
        self.bring(self.folder, "--source", "gazette", "--timezone", "Asia/Karachi")
        self.assertIn("1 unchanged", self.assert_writes_nothing("reread"))
        self.assertEqual(self.reread("--source", "herald"), (0, "0 created"))

    def test_a_run_a_source_or_a_format_can_be_chosen(self):
        self.bring(self.dump(a_story(1)))
        first = last_run().pk
        self.bring(self.dump(a_story(2, source="paper")))
        with a_better_reader(dateline="PORT ANNA"):
            for options in (
                ["--run", first],
                ["--source", "wire"],
                ["--format", "jsonl", "--limit", 1],
            ):
                with self.subTest(options=options):
                    self.assertEqual(self.reread("--plan", *options)[1], "would be: 1 updated")
            self.assertEqual(self.reread("--format", "textpage")[1], "0 created")

    def test_what_was_pruned_undone_or_deleted_is_left_alone(self):
        self.bring(self.dump(a_story(1)), "--draft")
        Article.objects.get().delete()
        self.bring(self.dump(a_story(2)))
        self.undo(last_run())
        self.bring(self.dump(a_story(3)))
        KeptSource.objects.filter(items__source_id="story-3").delete()
        with a_better_reader(dateline="PORT ANNA"):
            self.assertEqual(self.assert_writes_nothing("reread"), "0 created")

    def test_the_run_itself_can_be_undone(self):
        self.bring(self.dump(a_story(1)))
        before = fingerprint()
        with a_better_reader(dateline="PORT ANNA"):
            self.reread()
        self.undo(last_run())
        self.assertEqual(fingerprint(), before)
        self.assertEqual(ImportRun.objects.filter(kind="reread").count(), 1)
