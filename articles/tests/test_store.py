"""Stories saved as articles: once, whole batches at a time, never over an editor's work."""

from copy import copy
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.contrib.auth.models import User
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from articles import addresses, companions, derive, publishing, revisions, store
from articles.models import (
    Article,
    Author,
    Caption,
    Category,
    ImportItem,
    ImportRun,
    Installation,
    Photo,
    Rendering,
    Revision,
    Tag,
    Version,
)
from articles.story import CaptionBlock, Contributor, Media, PubStatus

from .stories import LAUNCH, a_full_story, a_story

HOUR = timedelta(hours=1)
EVERYTHING = (Article, Revision, Version, Rendering, ImportRun, ImportItem, Category, Tag, Author)


def bring(*stories, **options):
    """Import these stories in one batch; the outcomes, in order."""
    items = [store.Item(story, "dump.jsonl", n) for n, story in enumerate(stories, start=1)]
    store.save_what_fits(items, store.Import(**options))
    return [str(item.outcome) for item in items]


def edit(article, headline="An editor's headline"):
    article = Article.objects.get(pk=article.pk)
    article.headline = headline
    article.save()
    revisions.record(article, by=None)
    return article


def counts():
    return {model.__name__: model.objects.count() for model in EVERYTHING}


class OutcomeTests(TestCase):
    def test_a_usable_story_is_live_with_its_own_dates(self):
        self.assertEqual(bring(a_story()), ["created"])
        version = Version.objects.live().get()
        self.assertEqual(version.visible_from, a_story().published_at)
        self.assertEqual(version.first_published_at, a_story().published_at)
        self.assertEqual(version.article.path, "/2024/01/29/harbour-opens-its-gate-number-1/")
        self.assertTrue(version.dated)

    def test_a_withheld_story_is_a_working_copy(self):
        self.assertEqual(bring(a_story(pubstatus=PubStatus.WITHHELD)), ["created"])
        self.assertFalse(Version.objects.exists())
        self.assertEqual(Article.objects.get().path, "")

    def test_the_same_dump_twice_writes_nothing(self):
        stories = [a_full_story(), *(a_story(number) for number in range(2, 30))]
        bring(*stories)
        before = counts()
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(set(bring(*stories)), {"unchanged"})
        self.assertEqual(counts(), before)
        writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        self.assertEqual(writes, [])

    def test_bookkeeping_alone_is_no_change(self):
        bring(a_story())
        again = a_story(captured_at=LAUNCH + HOUR, recent=(), notes=("seen twice",))
        self.assertEqual(bring(again), ["unchanged"])

    def test_a_changed_story_is_published_from_now_on(self):
        bring(a_story())
        before = timezone.now()
        self.assertEqual(bring(a_story(headline="The gate is shut")), ["updated"])
        version = Version.objects.live().get()
        self.assertEqual(version.story.headline, "The gate is shut")
        self.assertGreaterEqual(version.visible_from, before)
        self.assertEqual(version.first_published_at, a_story().published_at)
        then = Version.objects.live(at=before).get()
        self.assertEqual(then.story.headline, a_story().headline)

    def test_what_an_editor_changed_is_held_and_kept(self):
        bring(a_story())
        edit(Article.objects.get())
        news = a_story(headline="The wire's new headline")
        self.assertEqual(bring(news), ["held"])
        self.assertEqual(Article.objects.get().headline, "An editor's headline")
        self.assertEqual(ImportItem.objects.filter(outcome="held").count(), 1)
        before = counts()
        self.assertEqual(bring(news), ["held"])
        self.assertEqual(counts(), before)

    def test_an_editor_who_takes_everything_back_lets_the_next_import_in(self):
        bring(a_story())
        edit(Article.objects.get())
        edit(Article.objects.get(), a_story().headline)
        self.assertEqual(bring(a_story(headline="The wire goes on")), ["updated"])

    def test_a_canceled_story_is_taken_down_with_the_words_readers_saw(self):
        bring(a_story())
        canceled = a_story(pubstatus=PubStatus.CANCELED, headline="", body=())
        self.assertEqual(bring(canceled), ["withdrawn"])
        self.assertFalse(Version.objects.live().exists())
        self.assertEqual(Version.objects.latest().story.headline, a_story().headline)
        self.assertEqual(bring(canceled), ["unchanged"])

    def test_a_story_the_source_sends_again_after_that_is_back(self):
        bring(a_story())
        bring(a_story(pubstatus=PubStatus.CANCELED))
        self.assertEqual(bring(a_story(headline="Back again")), ["updated"])
        self.assertEqual(Version.objects.live().get().story.headline, "Back again")

    def test_what_an_editor_withdrew_no_import_puts_back(self):
        bring(a_story())
        editor = User.objects.create_user("vera")
        publishing.withdraw(Article.objects.get(), by=editor)
        self.assertEqual(bring(a_story(headline="Again?")), ["held"])
        self.assertFalse(Version.objects.live().exists())

    def test_a_lower_version_of_the_source_is_ignored(self):
        bring(a_story(version="10"))
        self.assertEqual(bring(a_story(version="9", pubstatus="canceled")), ["unchanged"])
        self.assertEqual(bring(a_story(version="9", headline="Older words")), ["unchanged"])
        self.assertEqual(bring(a_story(version="11", headline="Newer words")), ["updated"])

    def test_a_higher_version_puts_the_same_words_back_and_an_old_dump_does_not(self):
        bring(a_story(version="1"))
        bring(a_story(version="2", pubstatus=PubStatus.CANCELED))
        self.assertEqual(bring(a_story(version="1")), ["unchanged"])
        self.assertFalse(Version.objects.live().exists())
        self.assertEqual(bring(a_story(version="3")), ["updated"])
        self.assertTrue(Version.objects.live().exists())

    def test_a_version_that_says_the_same_is_known_to_have_come(self):
        bring(a_story(version="1"))
        self.assertEqual(bring(a_story(version="5")), ["unchanged"])
        self.assertEqual(bring(a_story(version="3", headline="Old words")), ["unchanged"])

    def test_an_imported_draft_can_be_dropped(self):
        bring(a_story(), draft=True)
        Article.objects.get().delete()
        self.assertEqual(ImportItem.objects.get().revision, None)

    def test_one_story_twice_in_a_batch_is_stored_once(self):
        outcomes = bring(a_story(), a_story(), a_story(headline="And changed"))
        self.assertEqual(outcomes, ["created", "unchanged", "updated"])
        self.assertEqual(Article.objects.get().headline, "And changed")

    def test_drafts_are_kept_from_readers(self):
        bring(a_story(), draft=True)
        self.assertFalse(Version.objects.exists())

    def test_imports_make_authors_but_never_accounts(self):
        bring(a_story(authors=(Contributor(name="admin"),)))
        self.assertEqual(Author.objects.get().name, "admin")
        self.assertFalse(User.objects.exists())


class DateTests(TestCase):
    def test_an_embargoed_story_is_scheduled_for_its_end(self):
        until = timezone.now() + HOUR
        bring(a_story(embargoed_until=until))
        self.assertFalse(Version.objects.live().exists())
        version = Version.objects.live(at=until).get()
        self.assertEqual((version.visible_from, version.first_published_at), (until, until))

    def test_a_longer_embargo_puts_the_story_off(self):
        first = timezone.now() + HOUR
        bring(a_story(embargoed_until=first))
        self.assertEqual(bring(a_story(embargoed_until=first + HOUR)), ["updated"])
        self.assertFalse(Version.objects.live(at=first).exists())
        self.assertTrue(Version.objects.live(at=first + HOUR).exists())

    def test_a_story_still_to_come_keeps_its_day_when_its_words_change(self):
        day = timezone.now() + 48 * HOUR
        bring(a_story(published_at=day))
        self.assertEqual(bring(a_story(published_at=day, standfirst="Changed")), ["updated"])
        self.assertFalse(Version.objects.live().exists())
        self.assertEqual(Version.objects.live(at=day).get().story.standfirst, "Changed")

    def test_a_schedule_ends_when_the_source_withholds_the_story(self):
        until = timezone.now() + HOUR
        bring(a_story(embargoed_until=until))
        withheld = a_story(embargoed_until=until, pubstatus=PubStatus.WITHHELD)
        self.assertEqual(bring(withheld), ["updated"])
        self.assertFalse(Version.objects.live(at=until).exists())

    def test_what_is_live_stays_when_its_source_withholds_it_and_somebody_is_told(self):
        bring(a_story())
        run = store.Import()
        store.save([store.Item(a_story(pubstatus=PubStatus.WITHHELD, headline="Secret"))], run)
        self.assertEqual(Version.objects.live().get().story.headline, a_story().headline)
        self.assertEqual(run.notes, ["story-1: withheld by its source, and live here"])

    def test_the_page_says_when_the_source_changed_it_last(self):
        bring(a_story(modified_at=LAUNCH + HOUR))
        version = Version.objects.get()
        self.assertEqual(version.visible_from, a_story().published_at)
        self.assertEqual(version.published_at, LAUNCH + HOUR)

    def test_a_story_without_a_date_is_filed_under_the_capture_and_shows_none(self):
        bring(a_story(published_at=None, captured_at=LAUNCH))
        version = Version.objects.get()
        self.assertEqual(version.first_published_at, LAUNCH)
        self.assertFalse(version.dated)

    def test_the_time_of_capture_is_the_first_one(self):
        bring(a_story(published_at=None, captured_at=LAUNCH))
        bring(a_story(published_at=None, captured_at=LAUNCH + HOUR, headline="Changed"))
        self.assertEqual(Article.objects.get().captured_at, LAUNCH)


class OnceNamedTests(TestCase):
    """What was renamed here goes on being meant by the words that stories and dumps know."""

    def setUp(self):
        bring(a_story())
        self.article = Article.objects.get()
        coast = Category.objects.get(words="World/Coast")
        coast.name, coast.slug = "Shores", ""
        addresses.place(coast)
        tag = Tag.objects.get(name="harbour")
        before = copy(tag)
        tag.name, tag.slug = "Port", "port"
        tag.save()
        addresses.rename(tag, before)

    def assert_filed(self, version):
        rows = version.listings.filter(implied=False)
        self.assertEqual(
            {row.category.words for row in rows if row.category}, {"World/Shores", "Business"}
        )
        self.assertEqual({row.tag.name for row in rows if row.tag}, {"Port", "ships"})
        self.assertFalse(Category.objects.filter(words__icontains="coast").exists())
        self.assertEqual(Tag.objects.count(), 2)

    def test_by_the_next_publication(self):
        edit(self.article)
        self.assert_filed(publishing.publish(self.article, by=None))
        self.assertEqual(self.client.get("/tag/harbour/").headers["Location"], "/tag/port/")

    def test_by_a_reindex(self):
        self.assertEqual(sum(derive.again(Version.objects.all())), 1)
        self.assert_filed(Version.objects.get())

    def test_by_the_next_import_also_below_it(self):
        bring(a_story(2), a_story(3, categories=("World/Coast/Quays",)))
        self.assert_filed(Version.objects.get(article__source_id="story-2"))
        self.assertTrue(Category.objects.filter(words="World/Shores/Quays").exists())

    def test_a_deleted_category_does_not_come_back_by_a_reindex(self):
        Category.objects.get(words="Business").delete()
        list(derive.again(Version.objects.all()))
        self.assertFalse(Category.objects.filter(words="Business").exists())


class FilingTests(TestCase):
    def test_categories_are_one_whatever_their_case(self):
        bring(a_story(1, categories=("World/Asia",)), a_story(2, categories=("world/ASIA",)))
        self.assertEqual(
            list(Category.objects.order_by("path").values_list("path", "words")),
            [("world", "World"), ("world/asia", "World/Asia")],
        )

    def test_a_slash_in_a_name_stays_in_the_name(self):
        bring(a_story(categories=(r"Film\/TV",)))
        self.assertEqual(Category.objects.get().name, "Film/TV")

    def test_tags_with_one_slug_are_kept_apart(self):
        bring(a_story(tags=("C", "C++", "c")))
        self.assertEqual(set(Tag.objects.values_list("name", flat=True)), {"C", "C++"})

    def test_a_batch_takes_as_many_queries_for_ten_stories_as_for_forty(self):
        bring(a_story(0))
        taken = []
        for numbers in (range(1, 11), range(11, 51)):
            with CaptureQueriesContext(connection) as queries:
                bring(*(a_full_story(source_id=f"n{n}", headline=f"Gate {n}") for n in numbers))
            taken.append(len(queries))
        self.assertLess(taken[1] - taken[0], 15)  # all of one name on one day


class DuplicateTests(TestCase):
    def test_the_same_words_under_another_name_are_told_and_both_kept(self):
        run = store.Import()
        items = [store.Item(a_story(n, headline="One", body=())) for n in (1, 2)]
        store.save(items, run)
        self.assertEqual(Article.objects.count(), 2)
        self.assertEqual(run.notes, ["possible duplicate: story-2 says what story-1 says"])
        other = store.Import()
        store.save([store.Item(a_story(1, source="paper", headline="One", body=()))], other)
        self.assertIn("story-1 says what story-", other.notes[0])
        self.assertIn("(wire)", other.notes[0])


class RefusalTests(TestCase):
    def test_a_story_the_database_refuses_is_refused_alone(self):
        refused = a_story(2)
        take = Article.take

        def poisoned(article, story):
            take(article, story)
            if story.source_id == refused.source_id:
                article.pubstatus = "nonsense"

        with patch.object(Article, "take", poisoned):
            outcomes = bring(a_story(1), refused, a_story(3))
        self.assertEqual(outcomes, ["created", "refused", "created"])
        self.assertEqual(Version.objects.live().count(), 2)
        self.assertEqual(
            sorted(ImportItem.objects.values_list("outcome", "source_id")),
            [("created", "story-1"), ("created", "story-3"), ("refused", "story-2")],
        )

    def test_a_category_that_is_too_long_for_an_address_is_refused_in_words(self):
        run = store.Import()
        items = [
            store.Item(a_story(1, categories=("/".join(["A" * 90] * 3),))),
            store.Item(a_story(2)),
        ]
        store.save_what_fits(items, run)
        self.assertEqual([str(item.outcome) for item in items], ["refused", "created"])
        self.assertIn("would be too long", items[0].reason)

    def test_a_batch_cut_off_anywhere_leaves_nothing(self):
        Installation.here()
        before = counts()
        with (
            self.assertRaises(KeyboardInterrupt),
            patch.object(publishing, "add", side_effect=KeyboardInterrupt),
        ):
            bring(a_story(1), a_story(2))
        self.assertEqual(counts(), before)


class PictureTests(TestCase):
    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        Image.new("RGB", (64, 48), "teal").save(self.root / "boat.jpg")

    def test_a_picture_beside_the_dump_is_attached_and_is_no_edit(self):
        story = a_full_story()
        bring(story, media_root=self.root)
        self.assertEqual(Caption.objects.get(kind="photo").photo, Photo.objects.get())
        self.assertEqual(Article.objects.get().as_story(), story)
        self.assertEqual(bring(story, media_root=self.root), ["unchanged"])
        self.assertEqual(Photo.objects.count(), 1)

    def test_a_picture_that_comes_later_shows_on_the_page(self):
        story = a_full_story()
        bring(story)
        self.assertIn("missing", Rendering.objects.get().article)
        self.assertEqual(bring(story, media_root=self.root), ["unchanged"])
        self.assertIn("__processed__", Rendering.objects.get().article)

    def test_a_page_that_comes_again_without_its_pictures_keeps_them(self):
        (self.root / "story-1").mkdir()
        (self.root / "boat.jpg").rename(self.root / "story-1" / "1.jpg")
        page = a_story(body=(CaptionBlock(text="The pilot boat."),))
        bring(companions.with_files(page, self.root), media_root=self.root)
        self.assertIn("__processed__", Rendering.objects.get().article)
        self.assertEqual(bring(page), ["unchanged"])
        self.assertEqual(bring(page.replace(headline="Changed")), ["updated"])
        live = Rendering.objects.get(version=Version.objects.live().get())
        self.assertIn("__processed__", live.article)

    def test_names_that_lead_out_of_the_folder_are_not_followed(self):
        (self.root / "in").mkdir()
        for name in ("../boat.jpg", "/etc/passwd", "in/../../boat.jpg", "a\0b", "x" * 400):
            photo = CaptionBlock(text="A boat", media=Media(file=name))
            bring(
                a_story(source_id=name[:30].replace("\0", "0"), body=(photo,)),
                media_root=self.root / "in",
            )
        self.assertFalse(Photo.objects.exists())

    def test_what_is_no_picture_is_told_and_the_story_comes_in(self):
        (self.root / "boat.jpg").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n")
        run = store.Import(media_root=self.root)
        store.save([store.Item(a_full_story())], run)
        self.assertEqual(Article.objects.count(), 1)
        self.assertIn("boat.jpg: this is no picture", run.notes[0])
