"""import_dump --undo: as if the run had never been, but for what somebody did since."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from PIL import Image

from articles import addresses, publishing
from articles.management import undoing
from articles.models import (
    Article,
    Author,
    Category,
    ImportRun,
    Link,
    Photo,
    Redaction,
    RelatedPost,
)
from articles.story import CaptionBlock, Contributor, Media, PubStatus, RelatedBlock
from articles.story import RelatedPost as Related

from .operators import OperatorTestCase, fingerprint, last_run
from .stories import a_full_story, a_story
from .test_torture_import import FailingWrites

HOUR = timedelta(hours=1)
CANCELED = {"pubstatus": PubStatus.CANCELED, "headline": "", "body": ()}


class UndoTestCase(OperatorTestCase):
    def assert_as_before(self, before):
        after = fingerprint()
        for table, rows in before.items():
            with self.subTest(table=table):
                self.assertEqual(rows, after[table])

    def assert_undone(self, before, line=None):
        """The last run is undone, and all is as it was before it."""
        run = last_run()
        planned = self.undo(run, "--plan")
        done = self.undo(run)
        self.assertEqual(planned[1], f"would be: {done[1]}")
        if line:
            self.assertEqual(done, (0, line))
        self.assert_as_before(before)
        return run


class EverythingTests(UndoTestCase):
    def newsroom(self):
        """Stories of an earlier run, some edited, scheduled, withdrawn; a renamed category."""
        later = timezone.now() + 5 * HOUR
        self.bring(
            self.dump(
                a_story(1),
                a_story(2, related=(Related(headline="A new quay"),), version="2"),
                a_story(3, embargoed_until=later),
                a_story(4),
                a_story(5, body=(RelatedBlock(headline="A NEW QUAY"),)),
                a_story(6, pubstatus=PubStatus.WITHHELD),
                a_story(7, body=(CaptionBlock(text="The quay", media=Media(file="quay.jpg")),)),
                a_story(8),
                a_story(9),
                name="before.jsonl",
            )
        )
        coast = Category.objects.get(words="World/Coast")
        coast.name, coast.slug = "Shores", ""
        addresses.place(coast)
        self.edit(source_id="story-4")
        publishing.withdraw(Article.objects.get(source_id="story-8"), by=self.editor())
        article = self.edit("Tomorrow's", source_id="story-9")
        publishing.publish(article, by=self.editor(), at=later)

    def news(self):
        """Of every kind: new, changed, withdrawn, held, refused, put off, with pictures."""
        return self.dump(
            a_full_story(source_id="new", headline="A new quay", categories=("World/Coast/Quays",)),
            a_story(20, tags=("quays",), authors=(Contributor(name="Bo Lind"),)),
            a_story(20, headline="Changed in the same dump"),
            a_story(1, headline="Changed", categories=("Opinion", "World/Coast")),
            a_story(2, version="3", **CANCELED),
            a_story(3, embargoed_until=timezone.now() + 9 * HOUR),
            a_story(4, headline="The wire's"),
            b'{"source": "wire"',
            a_story(5, body=(CaptionBlock(text="A boat", media=Media(file="boat.jpg")),)),
            a_story(6, pubstatus=PubStatus.USABLE),
            a_story(7, body=(CaptionBlock(text="The quay", media=Media(file="quay.jpg")),)),
            a_story(8, headline="Again?"),
            a_story(9, headline="Not tomorrow"),
            a_story(1, headline="Changed", categories=("Opinion", "World/Coast"), version="7"),
        )

    def pictures(self):
        for number, name in enumerate(("boat.jpg", "quay.jpg")):
            Image.new("RGB", (64, 48), (number * 90, 90, 90)).save(self.folder / name)
        return self.folder

    def test_everything_is_as_it_was_before_the_run(self):
        self.newsroom()
        before = fingerprint()
        status, line = self.bring(self.news(), "--media-root", self.pictures())
        self.assertEqual(status, 1)
        self.assertEqual(
            line,
            "2 created, 5 updated, 2 unchanged, 3 held, 1 withdrawn, 1 refused, "
            "1 repaired or doubted, 1 raw blocks",
        )
        self.assertEqual(Photo.objects.count(), 2)
        run = self.assert_undone(before)
        self.assertFalse(run.made.exists())
        self.assertFalse(Redirect.objects.filter(new_path__contains="quay").exists())
        self.assertGreater(Redaction.objects.count(), 0)

    def test_undone_and_imported_again_it_is_as_if_it_had_come_once(self):
        self.newsroom()
        dump, pictures = self.news(), self.pictures()
        first = self.bring(dump, "--media-root", pictures)
        self.undo(last_run())
        self.assertEqual(self.bring(dump, "--media-root", pictures), first)

    def test_undo_twice_is_nothing_to_do(self):
        self.newsroom()
        self.bring(self.news())
        run = last_run()
        self.undo(run)
        status, line, _messages = self.command("import_dump", "--undo", run.pk)
        self.assertEqual((status, line), (0, f"run {run.pk}: nothing to undo"))
        self.assert_writes_nothing("import_dump", "--undo", run.pk)
        self.assertEqual(ImportRun.objects.filter(kind="undo").count(), 1)

    def test_all_runs_undone_newest_first_leave_an_empty_newsroom(self):
        empty = fingerprint()
        self.bring(self.dump(a_full_story(), *(a_story(n) for n in range(2, 9))))
        self.bring(self.dump(a_story(2, headline="Changed"), a_story(3, **CANCELED)))
        for run in ImportRun.objects.all():
            self.assertEqual(self.undo(run)[0], 0)
        self.assert_as_before(empty)


class CutOffTests(UndoTestCase):
    def test_a_database_that_fails_at_any_write_leaves_an_undo_that_goes_on(self):
        self.bring(self.dump(a_story(1)))
        before = fingerprint()
        dump = self.dump(a_story(1, headline="Changed", tags=("new",)), a_story(2))
        failures = 0
        for number in range(1, 200, 3):
            with self.subTest(write=number), patch.object(undoing, "BATCH", 1):
                self.bring(dump)
                run = last_run()
                failing = FailingWrites(number, OperationalError("the disk is full"))
                with connection.execute_wrapper(failing):
                    status, _line, messages = self.command("import_dump", "--undo", run.pk)
                transaction.set_rollback(False)  # nothing around the command in real life
                if failing.left > 0:
                    break
                self.assertEqual(status, 1)
                self.assertIn("Run it again to go on", messages)
                failures += 1
                self.assertEqual(self.undo(run)[0], 0)
                self.assert_as_before(before)
                self.assertEqual(run.followed_by.filter(finished_at=None).count(), 0)
        self.assertGreater(failures, 5)


class HeldTests(UndoTestCase):
    """What somebody did since is not taken back; the rest is."""

    def setUp(self):
        super().setUp()
        self.bring(self.dump(a_story(1), a_story(2)))
        self.run = last_run()

    def assert_held(self, why):
        status, line, messages = self.command("import_dump", "--undo", self.run.pk)
        self.assertEqual(status, 0)
        self.assertRegex(line, r"^run \d+: 1 held, 1 undone$|^run \d+: 1 undone, 1 held$")
        self.assertIn(f"wire:story-1: held: {why}", messages)
        self.assertEqual(Article.objects.get().source_id, "story-1")
        self.assertEqual(self.undo(self.run, "--strict")[0], 1)

    def test_an_edit(self):
        self.edit(source_id="story-1")
        self.assert_held("it was edited here since")
        self.assertEqual(Article.objects.get().headline, "An editor's headline")

    def test_a_publication(self):
        article = self.edit(source_id="story-1")
        publishing.publish(article, by=self.editor())
        self.assert_held("it was edited here since")

    def test_a_withdrawal(self):
        publishing.withdraw(Article.objects.get(source_id="story-1"), by=self.editor())
        self.assert_held("it was withdrawn here since")

    def test_a_change_of_address(self):
        addresses.change(Article.objects.get(source_id="story-1"), "the-gate")
        self.assert_held("its address was changed here")

    def test_a_later_run(self):
        self.bring(self.dump(a_story(1, headline="Newer")))
        self.assert_held(f"run {last_run().pk} changed it since")

    def test_a_story_an_editor_dropped_is_gone_and_that_is_all(self):
        self.bring(self.dump(a_story(3), name="draft.jsonl"), "--draft")
        Article.objects.get(source_id="story-3").delete()
        self.assertEqual(self.undo(last_run()), (0, "1 undone"))

    def test_once_the_later_run_is_undone_it_goes(self):
        self.bring(self.dump(a_story(1, headline="Newer")))
        self.undo(last_run())
        self.assertEqual(self.undo(self.run), (0, "2 undone"))
        self.assertFalse(Article.objects.exists())

    def test_a_tag_an_editor_uses_and_an_author_with_a_biography_stay(self):
        Author.objects.update(biography="She knows every ship.")
        other = self.edit(source_id="story-1")
        self.undo(self.run)
        tags = other.taggings.values_list("tag__name", flat=True)
        self.assertEqual(set(tags), {"harbour", "ships"})
        self.assertTrue(Author.objects.exists())
        self.assertEqual(Category.objects.count(), 3)


class RefusedTests(UndoTestCase):
    def test_undoing_an_undo_is_refused_in_words(self):
        self.bring(self.dump(a_story(1)))
        self.undo(last_run())
        status, _line, messages = self.command("import_dump", "--undo", last_run().pk)
        self.assertEqual(status, 2)
        self.assertIn("import the dump again instead", messages)

    def test_a_run_that_is_not_there_and_a_path_beside_it_are_wrong_usage(self):
        self.assertEqual(self.command("import_dump", "--undo", 99)[0], 2)
        self.assertEqual(self.command("import_dump", self.dump(a_story()), "--undo", 1)[0], 2)


class PartsTests(UndoTestCase):
    def test_a_limit_takes_back_the_newest_and_running_it_again_goes_on(self):
        before = fingerprint()
        self.bring(self.dump(*(a_story(n) for n in range(5))))
        run = last_run()
        self.assertEqual(self.undo(run, "--limit", 2), (0, "2 undone"))
        self.assertEqual(Article.objects.count(), 3)
        self.assertEqual(self.undo(run), (0, "5 undone"))
        self.assertEqual(ImportRun.objects.filter(kind="undo").count(), 1)
        self.assert_as_before(before)

    def test_links_to_a_story_that_is_gone_wait_for_it_again(self):
        self.bring(self.dump(a_story(1, related=(Related(headline="A new quay"),))))
        self.bring(self.dump(a_story(2, headline="A new quay")))
        self.assertEqual(RelatedPost.objects.get().post, Article.objects.get(source_id="story-2"))
        self.undo(last_run())
        self.assertEqual((RelatedPost.objects.get().post, Link.objects.get().target), (None, None))
        self.bring(self.dump(a_story(3, headline="A new quay")))
        self.assertEqual(Link.objects.get().target, Article.objects.get(source_id="story-3"))

    def test_a_picture_an_editor_took_for_another_story_stays(self):
        Image.new("RGB", (64, 48), "teal").save(self.folder / "boat.jpg")
        self.bring(self.dump(a_full_story()), "--media-root", self.folder)
        run, photo = last_run(), Photo.objects.get()
        self.bring(self.dump(a_story(2, body=(CaptionBlock(text="A boat", media=photo.media),))))
        self.assertEqual(self.undo(run), (0, "1 undone"))
        self.assertEqual(Photo.objects.get(), photo)
        self.assertTrue(Path(settings.MEDIA_ROOT, photo.image.name).exists())
