"""What came is kept, told once, and never flips a story back and forth."""

from datetime import timedelta
from unittest.mock import patch

from django.utils import timezone

from articles import publishing, store
from articles.formats import jsonl
from articles.models import Article, ImportItem, ImportRun, KeptSource, Version
from articles.store import kept
from articles.story import PubStatus

from .operators import OperatorTestCase, last_run
from .stories import a_full_story, a_story

BROKEN = b'{"source": "wire", "source_id": "story-9"'


def a_better_reader(**changes):
    """Today's reader finds more in the same bytes."""
    parse = jsonl.parse
    return patch.object(jsonl, "parse", lambda *told: parse(*told).replace(**changes))


class KeptTests(OperatorTestCase):
    def test_every_item_is_kept_as_it_came_once_for_each_digest(self):
        dump = self.dump(a_story(1), a_full_story(source_id="full"), BROKEN)
        self.bring(dump)
        for item in ImportItem.objects.all():
            with self.subTest(item=str(item)):
                came = store.source_of(item)
                line = (self.folder / "dump.jsonl").read_bytes().splitlines(keepends=True)
                self.assertEqual(came.data, line[item.position - 1])
        self.bring(self.dump(a_story(1, headline="Changed")))
        self.bring(self.dump(a_story(1)))  # the same bytes as the first
        self.assertEqual(KeptSource.objects.count(), 4)
        self.assertEqual(ImportItem.objects.filter(kept__isnull=False).count(), 5)

    def test_it_is_kept_compressed(self):
        self.bring(self.dump(a_story(1, standfirst="Ships came in. " * 200)))
        source = KeptSource.objects.get()
        self.assertLess(len(bytes(source.data)), source.size / 5)

    def test_a_very_long_item_is_imported_and_it_is_said_that_it_is_not_kept(self):
        with patch.object(kept, "LONGEST", 100):
            status, line, messages = self.command("import_dump", self.dump(a_story(1)))
        self.assertEqual((status, line), (0, f"{last_run()}: 1 created"))
        self.assertIn("dump.jsonl:1: ", messages)
        self.assertIn("cannot be read again", messages)
        self.assertFalse(KeptSource.objects.exists())

    def test_a_refused_item_has_its_row_with_place_and_reason(self):
        dump = self.dump(a_story(1), BROKEN)
        self.assertEqual(self.bring(dump), (1, "1 created, 1 refused"))
        item = ImportItem.objects.get(outcome="refused")
        self.assertEqual((item.path, item.position, item.source_id), (dump, 2, ""))
        self.assertIn("not JSON", item.reason)
        self.assertEqual(store.source_of(item).data, BROKEN + b"\n")

    def test_what_the_database_refused_has_its_row_too(self):
        self.bring(self.dump(a_story(1, categories=("/".join(["A" * 90] * 3),)), a_story(2)))
        item = ImportItem.objects.get(outcome="refused")
        self.assertEqual((item.source_id, item.article), ("story-1", None))
        self.assertIn("too long", item.reason)
        self.assertIsNotNone(item.kept)

    def test_a_story_told_again_by_its_later_pictures_is_in_the_ledger(self):
        self.bring(self.dump(a_story(1, version="1")))
        self.assertEqual(self.bring(self.dump(a_story(1, version="2"))), (0, "1 unchanged"))
        item = ImportItem.objects.get(outcome="unchanged")
        self.assertEqual((item.version_before, item.reason), ("1", "version 2 came"))


class AgainTests(OperatorTestCase):
    def test_the_same_dump_writes_nothing_whatever_became_of_its_items(self):
        self.bring(self.dump(a_story(1), a_story(2), a_story(3), name="first.jsonl"))
        self.edit(source_id="story-1")
        self.dump(
            a_story(1, headline="Held"),
            a_story(2, headline="Changed"),
            a_story(3, pubstatus=PubStatus.CANCELED),
            a_story(4),
            BROKEN,
            BROKEN,
            a_story(5, categories=("/".join(["A" * 90] * 3),)),
        )
        (self.folder / "empty.jsonl").write_bytes(b"")
        self.bring(self.folder)
        self.assert_writes_nothing("import_dump", self.folder)
        line = self.assert_writes_nothing("import_dump", self.folder)
        self.assertEqual(line, "5 unchanged, 2 held, 4 refused")

    def test_two_states_of_a_story_in_one_dump_do_not_take_turns(self):
        dump = self.dump(a_story(1), a_story(1, headline="As it ended"))
        self.bring(dump)
        self.assert_writes_nothing("import_dump", dump)
        self.assertEqual(Article.objects.get().headline, "As it ended")

    def test_a_source_that_takes_its_change_back_in_a_later_dump_is_followed(self):
        first, second = self.dump(a_story(1)), self.dump(a_story(1, headline="B"), name="b.jsonl")
        for dump, headline in ((first, "Harbour"), (second, "B"), (first, "Harbour")):
            self.bring(dump)
            self.assertTrue(Article.objects.get().headline.startswith(headline))

    def test_a_better_reader_changes_nothing_by_an_import_of_the_same_dump(self):
        dump = self.dump(a_story(1))
        self.bring(dump)
        with a_better_reader(dateline="PORT ANNA"):
            self.assertEqual(self.assert_writes_nothing("import_dump", dump), "1 unchanged")

    def test_read_with_another_option_it_is_another_thing(self):
        page = "The quay is new\n\nNext week.\n\nShare\n"
        (self.folder / "page.txt").write_text(page)
        at = ("--captured-at", "2024-01-29T20:00:00+00:00")
        self.bring(self.folder, *at)
        with patch("articles.formats.textpage.parse", return_value=a_story(1, source_id="page")):
            self.assertEqual(self.bring(self.folder, *at)[1].partition(",")[0], "1 created")

    def test_a_file_with_another_time_is_the_same(self):
        page = self.folder / "page.txt"
        page.write_text("The quay is new\n\nIt opens next week.\n\nShare\n")
        self.bring(self.folder)
        page.touch()
        self.assertIn("1 unchanged", self.assert_writes_nothing("import_dump", self.folder))

    def test_a_withdrawal_that_an_editor_overruled_is_not_repeated(self):
        self.bring(self.dump(a_story(1)))
        canceled = self.dump(a_story(1, pubstatus=PubStatus.CANCELED), name="canceled.jsonl")
        self.bring(canceled)
        publishing.publish(Article.objects.get(), by=self.editor())
        self.assertEqual(self.bring(canceled), (0, "1 unchanged"))
        self.assertTrue(Version.objects.live().exists())

    def test_a_draft_that_an_editor_deleted_comes_again_and_goes_on_being_the_sources(self):
        dump = self.dump(a_story(1))
        self.bring(dump, "--draft")
        Article.objects.get().delete()
        self.assertEqual(self.bring(dump), (0, "1 created"))
        self.assertEqual(self.bring(self.dump(a_story(1, headline="Changed"))), (0, "1 updated"))

    def test_a_run_that_changes_nothing_leaves_no_row(self):
        dump = self.dump(a_story(1))
        for _time in range(3):
            self.bring(dump)
        self.assertEqual(ImportRun.objects.count(), 1)

    def test_what_was_held_and_undone_is_held_anew(self):
        self.bring(self.dump(a_story(1)))
        self.edit()
        news = self.dump(a_story(1, headline="News"))
        self.bring(news)
        self.undo(last_run())
        self.assertEqual(self.bring(news), (0, "1 held"))
        self.assertEqual(ImportItem.objects.filter(outcome="held", undone_by=None).count(), 1)


class PruneTests(OperatorTestCase):
    def setUp(self):
        super().setUp()
        self.bring(self.dump(a_story(1)))
        self.edit()
        self.bring(self.dump(a_story(1, headline="Held"), BROKEN, a_story(2)))
        KeptSource.objects.update(kept_at=timezone.now() - timedelta(days=100))
        self.bring(self.dump(a_story(3)))

    def test_what_is_old_and_decided_goes_and_the_record_stays(self):
        rows = ImportItem.objects.count()
        size = sum(
            len(bytes(item.kept.data))
            for item in ImportItem.objects.filter(outcome="created").exclude(source_id="story-3")
        )
        planned = self.assert_writes_nothing("prune_sources", "--older-than", 90, "--plan")
        status, line, _messages = self.command("prune_sources", "--older-than", 90)
        self.assertEqual((status, line), (0, f"2 sources dropped, {size:,} bytes"))
        self.assertEqual(planned, f"would be: {line}")
        self.assertEqual(ImportItem.objects.count(), rows)
        left = ImportItem.objects.filter(kept__isnull=False)
        self.assertEqual(
            set(left.values_list("outcome", flat=True)), {"held", "refused", "created"}
        )

    def test_once_decided_they_go_too(self):
        for item in ImportItem.objects.filter(outcome__in=["held", "refused"]):
            store.dismiss(item, by=self.editor())
        self.command("prune_sources", "--older-than", 90)
        self.assertEqual(KeptSource.objects.count(), 1)

    def test_without_a_number_of_days_it_is_wrong_usage(self):
        self.assertEqual(self.command("prune_sources", "--older-than", "soon")[0], 1)
