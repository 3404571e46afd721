"""Front pages by hand: what readers see of them, and when."""

from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import fronts, publishing
from articles.models import (
    Arrangement,
    ArrangementError,
    Category,
    Container,
    Front,
    FrontRevision,
    FrontVersion,
    Placement,
    Tag,
    Version,
)
from articles.models.arrangement import LARGEST, MOST_CONTAINERS
from articles.tests.desk import a_photo, an_editor
from articles.tests.fronts import a_front, arranged, holding, placed, save, show
from articles.tests.matrix.crawler import clock
from articles.tests.newsroom import HOUR, ReaderTestCase, dated, draft, live, scheduled

SHOWN = "main :is(.card h2, .card h3, .latest .headline)"


def many(count, **changes):
    return live(*(dated(n * HOUR, number=n, **changes) for n in range(1, count + 1)))


class FrontTestCase(ReaderTestCase):
    def numbers(self, path="/", css=SHOWN):
        """The stories on a page, by the number that ends their headline."""
        return [int(words.split()[-1]) for words in self.texts(path, css)]


class DocumentTests(SimpleTestCase):
    def test_a_front_comes_back_from_json_as_it_was(self):
        until = timezone.now()
        whole = arranged(
            holding(Placement(article=1, headline="Own", photo=2, until=until), name="Top"),
            Container(layout="opinion", fill="tag", source=3, size=LARGEST),
            Container(),
        )
        again = Arrangement.from_dict(whole.as_dict())
        self.assertEqual(again, whole)
        self.assertEqual(again.digest, whole.digest)

    def test_what_can_be_no_front_is_refused_in_words(self):
        one = Placement(article=1)
        bad = {
            "twice": lambda: arranged(holding(one), holding(one)),
            "1 to": lambda: Container(size=LARGEST + 1),
            "do not fit": lambda: Container(fill="category"),
            "at most": lambda: arranged(*[Container()] * (MOST_CONTAINERS + 1)),
            "no front": lambda: Arrangement.from_dict({"containers": [{"colour": "red"}]}),
            "no offset": lambda: Placement(article=1, until=timezone.now().replace(tzinfo=None)),
        }
        for words, make in bad.items():
            with self.subTest(words), self.assertRaisesMessage(ArrangementError, words):
                make()


class ArrangedTests(FrontTestCase):
    def test_readers_see_the_stories_in_the_order_the_editor_gave_them(self):
        found = many(9)
        show(arranged([found[4], found[2], found[8]], layout="lead"))
        self.assertEqual(self.numbers()[:3], [5, 3, 9])
        self.assertEqual(self.numbers()[3:], [1, 2, 4, 6, 7, 8])

    def test_a_container_is_filled_with_the_newest_after_what_was_placed(self):
        found = many(9)
        show(arranged(holding(found[6], size=4, fill="newest"), Container(size=3)))
        self.assertEqual(self.numbers(css=".band h3"), [7, 1, 2, 3, 4, 5, 6])

    def test_no_story_stands_twice_wherever_it_was_placed(self):
        found = many(9)
        show(arranged(Container(size=3), holding(found[0]), Container(size=3)))
        self.assertEqual(self.numbers(), [2, 3, 4, 1, 5, 6, 7, 8, 9])

    def test_a_container_takes_its_stories_from_a_category_or_a_tag_and_says_so(self):
        live(
            dated(HOUR, number=1, categories=("World/Coast",), tags=("fog",)),
            dated(2 * HOUR, number=2, categories=("Business",), tags=("fog",)),
            dated(3 * HOUR, number=3, categories=("World",), tags=()),
            dated(4 * HOUR, number=4, categories=("Business",), tags=()),
        )
        world, fog = Category.objects.get(path="world"), Tag.objects.get(name="fog")
        show(
            arranged(
                Container(fill="category", source=world.pk),
                Container(fill="tag", source=fog.pk, name="In the mist"),
            )
        )
        self.assertEqual(self.numbers(css=".band h3"), [1, 3, 2])
        page = self.page("/")
        links = [(a.text(), a.attributes["href"]) for a in page.css(".band > h2 a")]
        self.assertEqual(links, [("World", "/world/"), ("In the mist", "/tag/fog/")])

    def test_a_placement_has_its_own_headline_and_picture_here_and_nowhere_else(self):
        (story,) = live(dated(HOUR))
        photo = a_photo("red")
        show(arranged([placed(story, headline="Gate!", photo=photo.pk)]))
        self.assertEqual(self.texts("/", ".band h3"), ["Gate!"])
        picture = self.page("/").css_first(".band img").attributes["src"]
        self.assertEqual(picture, photo.image.card)
        self.assertNotIn("Gate!", self.get(story.path).content.decode())
        self.assertNotIn("Gate!", self.get("/feed/").content.decode())

    def test_a_picture_or_category_that_is_gone_takes_nothing_with_it(self):
        (story,) = live(dated(HOUR))
        photo = a_photo("red")
        show(arranged([placed(story, photo=photo.pk)], Container(fill="category", source=4711)))
        photo.delete()
        self.assertEqual(self.numbers(), [1])

    def test_each_kind_of_container_shows_its_stories(self):
        found = many(8)
        pairs = [found[n : n + 2] for n in range(0, 8, 2)]
        kinds = ("lead", "grid", "list", "opinion")
        show(arranged(*(holding(*p, layout=k, name=k) for p, k in zip(pairs, kinds, strict=True))))
        self.assertEqual(self.numbers(), [1, 2, 3, 4, 5, 6, 7, 8])
        self.assertEqual(self.texts("/", "main h2:not(.card h2)"), list(kinds))
        self.assertEqual(self.numbers(css=".opinion h3"), [7, 8])

    def test_the_page_goes_on_behind_its_newest_stories(self):
        many(70)
        show(arranged(Container(size=12)))
        after = self.page("/").css_first("a[rel=next]").attributes["href"]
        self.assertEqual(self.numbers(), list(range(1, 41)))
        self.assertEqual(self.numbers("/" + after), list(range(41, 65)))

    def test_a_full_front_takes_six_queries_at_most(self):
        found = many(60)
        world, harbour = Category.objects.get(path="world"), Tag.objects.get(name="harbour")
        photo = a_photo("red")
        whole = arranged(
            holding(*(placed(story, photo=photo.pk) for story in found[:4]), size=12),
            *[Container(fill="category", source=world.pk, size=12)] * 2,
            *[Container(fill="tag", source=harbour.pk, size=12)] * 2,
            Container(size=12, fill="newest"),
        )
        show(whole)
        show(whole, world)
        for path in ("/", "/world/"):
            self.assertEqual(self.get(path).status_code, 200)
            with self.subTest(path=path), CaptureQueriesContext(connection) as queries:
                self.get(path)
            self.assertLessEqual(len(queries), 6)

    def test_without_a_front_the_page_is_as_it_was(self):
        many(12)
        before = self.get("/").content
        a_front(arranged(Container(size=1)))
        self.assertEqual(self.get("/").content, before)

    def test_a_front_of_nothing_says_so(self):
        show(arranged(Container()))
        self.assertEqual(len(self.texts("/", ".nothing")), 1)
        (story,) = many(1)
        self.assertEqual(self.texts("/", ".nothing"), [])
        publishing.withdraw(story, by=None, why="a test")
        self.assertEqual(len(self.texts("/", ".nothing")), 1)

    def test_feeds_do_not_follow_the_front(self):
        found = many(4)
        before = self.get("/feed/").content
        show(arranged([found[3]]))
        (first, *_others) = self.texts("/feed/", "item guid")
        self.assertTrue(first.endswith(f":story-{found[0].pk}"))
        self.assertEqual(len(self.get("/feed/").content), len(before))


class CategoryTests(FrontTestCase):
    def setUp(self):
        super().setUp()
        self.world = many(3, categories=("World",))
        self.other = live(dated(HOUR / 2, number=9, categories=("Business",)))[0]
        self.category = Category.objects.get(path="world")

    def test_a_category_has_a_front_of_its_own_filled_from_itself(self):
        show(arranged(holding(self.world[2], size=2, fill="newest")), self.category)
        self.assertEqual(self.numbers("/world/", ".band h3"), [3, 1])
        self.assertEqual(self.numbers("/world/"), [3, 1, 2])
        self.assertEqual(self.texts("/world/", "h1"), ["World"])
        self.assertEqual(self.numbers("/business/"), [9])
        self.assertEqual(len(self.numbers("/")), 4)

    def test_the_front_of_an_empty_category_is_not_there(self):
        empty = Category.objects.create(name="Void", slug="void", path="void", words="Void")
        show(arranged([self.other]), empty)
        self.page("/void/", 404)

    def test_there_is_one_front_of_the_site_and_one_of_each_category(self):
        Front.objects.create()
        Front.objects.create(category=self.category)
        for category in (None, self.category):
            with self.assertRaises(IntegrityError), transaction.atomic():
                Front.objects.create(category=category)


class HiddenTests(FrontTestCase):
    def test_what_readers_cannot_see_is_never_on_a_front_and_its_place_is_filled(self):
        seen = many(4)
        secret = draft(dated(HOUR, number=50))
        later = scheduled(dated(HOUR, number=51), timezone.now() + HOUR)
        withdrawn = live(dated(HOUR, number=52))[0]
        publishing.withdraw(withdrawn, by=None)
        own = [placed(a, headline=f"SECRET {a.pk}") for a in (secret, later, withdrawn)]
        show(arranged(holding(*own, seen[3], size=3, fill="newest")))
        self.assertEqual(self.numbers(css=".band h3"), [4, 1, 2])
        self.assertNotIn("SECRET", self.get("/").content.decode())

    def test_a_story_takes_its_place_when_its_moment_comes(self):
        many(2)
        at = timezone.now() + HOUR
        later = scheduled(dated(HOUR, number=51), at)
        show(arranged(holding(later, size=2, fill="newest")))
        self.assertEqual(self.numbers(), [1, 2])
        with clock(at):
            self.assertEqual(self.numbers(), [51, 1, 2])

    def test_a_placement_goes_at_its_moment_and_the_next_one_moves_up(self):
        found = many(4)
        until = timezone.now() + HOUR
        show(arranged(holding(placed(found[3], until=until), found[2], size=1)))
        self.assertEqual(self.numbers(css=".band h3"), [4])
        with clock(until):
            self.assertEqual(self.numbers(css=".band h3"), [3])

    def test_words_of_a_draft_of_the_front_are_seen_by_nobody(self):
        (story,) = live(dated(HOUR))
        front = show(arranged([story]))
        save(front, arranged(holding(placed(story, headline="SECRET"), name="SECRET NAME")))
        self.assertNotIn("SECRET", self.get("/").content.decode())


class MomentTests(FrontTestCase):
    def setUp(self):
        super().setUp()
        self.found = many(5)
        self.at = timezone.now() + HOUR

    def first(self, at=None):
        if at is None:
            return self.numbers()[0]
        with clock(at):
            return self.numbers()[0]

    def one(self, number):
        return arranged([self.found[number - 1]])

    def test_a_front_that_is_scheduled_appears_to_the_second(self):
        show(self.one(3))
        show(self.one(4), at=self.at)
        self.assertEqual(self.first(), 3)
        self.assertEqual(self.first(self.at - timedelta(seconds=1)), 3)
        self.assertEqual(self.first(self.at), 4)

    def test_several_can_be_scheduled_one_after_the_other(self):
        for hours, number in enumerate((2, 3, 4)):
            show(self.one(number), at=self.at + hours * HOUR)
        moments = [None, *(self.at + hours * HOUR for hours in range(3))]
        self.assertEqual([self.first(at) for at in moments], [1, 2, 3, 4])

    def test_publishing_before_what_is_scheduled_asks_what_becomes_of_it(self):
        show(self.one(4), at=self.at)
        front = a_front(self.one(2))
        with self.assertRaises(fronts.PendingFront):
            fronts.publish(front, by=None)
        fronts.publish(front, by=None, pending="keep")
        self.assertEqual([self.first(), self.first(self.at)], [2, 4])
        save(front, self.one(5))
        fronts.publish(front, by=None, pending="drop")
        self.assertEqual([self.first(), self.first(self.at)], [5, 5])

    def test_of_two_for_one_moment_the_first_is_not_dropped_by_keeping_it(self):
        rosa = an_editor()
        front = a_front(self.one(4))
        fronts.publish(front, by=rosa, at=self.at)
        save(front, self.one(2))
        told = "rosa scheduled a front for .*, too. Readers can see only one"
        with self.assertRaisesRegex(publishing.PublishError, told):
            fronts.publish(front, by=None, at=self.at, pending="keep")
        self.assertEqual(self.first(self.at), 4)
        fronts.publish(front, by=None, at=self.at, pending="drop")
        self.assertEqual(self.first(self.at), 2)

    def test_what_was_scheduled_can_be_taken_back(self):
        front = show(self.one(3))
        show(self.one(4), at=self.at)
        fronts.unschedule(front, by=None)
        self.assertEqual(self.first(self.at), 3)
        with self.assertRaisesMessage(publishing.PublishError, "Nothing is scheduled"):
            fronts.unschedule(front, by=None)

    def test_taking_back_the_only_one_leaves_the_page_automatic(self):
        front = show(self.one(4), at=self.at)
        fronts.unschedule(front, by=None)
        self.assertEqual(self.first(self.at), 1)

    def test_a_front_can_be_made_automatic_again(self):
        front = show(self.one(3))
        fronts.withdraw(front, by=None)
        self.assertEqual(self.first(), 1)
        with self.assertRaises(publishing.PublishError):
            fronts.withdraw(front, by=None)

    def test_what_readers_see_already_is_not_published_again(self):
        front = show(self.one(3))
        with self.assertRaisesMessage(publishing.PublishError, "exactly this"):
            fronts.publish(front, by=None)
        self.assertEqual(front.versions.count(), 1)

    def test_nothing_is_published_into_the_past_or_of_nothing(self):
        with self.assertRaises(publishing.PublishError):
            show(self.one(3), at=timezone.now() - HOUR)
        with self.assertRaisesMessage(publishing.PublishError, "Nothing is on"):
            fronts.publish(a_front(category=Category.objects.get(path="world")), by=None)

    def lifetime(self, now):
        with clock(now):
            return self.get("/").headers["Cache-Control"]

    def test_no_cache_keeps_the_page_beyond_the_next_moment_of_the_front(self):
        self.assertIn("max-age=10", self.lifetime(timezone.now()))
        later = timezone.now() + HOUR
        soon = later - timedelta(seconds=5)
        show(self.one(4), at=later)
        self.assertIn("max-age=5, stale-while-revalidate=0", self.lifetime(soon))
        front = Front.objects.get()
        fronts.unschedule(front, by=None)
        save(front, arranged([placed(self.found[2], until=later)]))
        fronts.publish(front, by=None)
        self.assertIn("max-age=5, stale-while-revalidate=0", self.lifetime(soon))

    def test_a_proxy_is_told_that_the_front_changed(self):
        later = timezone.now() + 2 * HOUR
        before = self.get("/").headers["ETag"]
        show(self.one(4), at=self.at)
        with clock(later):
            response = self.get("/", headers={"If-None-Match": before})
        self.assertEqual(response.status_code, 200)


class KeptTests(TestCase):
    def test_a_save_on_top_of_somebody_elses_is_refused_and_nothing_is_lost(self):
        rosa = an_editor()
        front = a_front(arranged(Container(name="first")))
        opened = str(front.head.pk)
        theirs = save(front, arranged(Container(name="theirs")), by=rosa)
        mine = arranged(Container(name="mine"))
        with self.assertRaises(fronts.Stale) as refused:
            fronts.save(front, mine, by=None, opened=opened)
        self.assertEqual(refused.exception.revision, theirs)
        fronts.save(front, mine, by=None, opened=opened, overwrite=str(theirs.pk))
        names = [one.arrangement.containers[0].name for one in front.revisions.all()]
        self.assertEqual(names, ["mine", "theirs", "first"])

    def test_a_save_that_changes_nothing_writes_nothing(self):
        front = a_front(arranged(Container()))
        save(front, arranged(Container()))
        self.assertEqual(front.revisions.count(), 1)

    def test_the_database_refuses_to_change_what_was_published(self):
        front = show(arranged(Container()))
        a_front(arranged(Container(size=2)))
        for rows in (FrontVersion.objects.all(), FrontRevision.objects.all()):
            for change in (lambda rows: rows.update(by=1), lambda rows: rows.delete()):
                with self.assertRaises(IntegrityError), transaction.atomic():
                    change(rows)
        unpublished = front.revisions.filter(versions=None)
        self.assertEqual(unpublished.delete()[0], 1)

    def test_the_archive_of_stories_knows_nothing_of_fronts(self):
        (story,) = live(dated(HOUR))
        show(arranged([story]))
        self.assertEqual(Version.objects.count(), 1)
