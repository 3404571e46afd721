"""The front page, sections, tags, authors, months and corrections."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from articles import addresses, publishing
from articles.models import Category, Tag
from articles.reading import Cursor
from articles.story import Correction

from .newsroom import HOUR, ReaderTestCase, dated, draft, live, scheduled, withdrawn
from .stories import a_story

CARDS = "main :is(h2, h3, .latest li) > a:not(.band > h2 > a)"


def many(count, **changes):
    return [dated(n * HOUR, number=n, **changes) for n in range(1, count + 1)]


class FrontTests(ReaderTestCase):
    def shown(self, path="/"):
        return [a.attributes["href"] for a in self.page(path).css(CARDS)]

    def test_each_of_the_newest_stories_stands_on_the_front_page_once(self):
        articles = live(*many(30))
        self.assertCountEqual(self.shown(), [article.path for article in articles])

    def test_an_empty_site_says_so(self):
        self.assertEqual(self.texts("/", "main .nothing"), ["Nothing has been published yet."])

    def test_one_story_alone_makes_a_front_page(self):
        (article,) = live(dated(HOUR))
        self.assertEqual(self.shown(), [article.path])

    def test_the_next_page_goes_on_where_this_one_ended(self):
        articles = live(*many(70))
        first = self.page("/")
        after = first.css_first("a[rel=next]").attributes["href"]
        shown = self.shown() + self.shown("/" + after)
        self.assertCountEqual(shown, [article.path for article in articles[:64]])

    def test_a_story_published_meanwhile_moves_nothing_on_the_next_page(self):
        live(*many(70))
        after = "/" + self.page("/").css_first("a[rel=next]").attributes["href"]
        before = self.shown(after)
        live(dated(timedelta(0), number=100))
        self.assertEqual(self.shown(after), before)

    def test_stories_of_one_moment_are_neither_lost_nor_doubled_between_pages(self):
        moment = timezone.now() - HOUR
        articles = live(*(a_story(n, published_at=moment) for n in range(60)))
        after = self.page("/").css_first("a[rel=next]").attributes["href"]
        shown = self.shown() + self.shown("/" + after)
        self.assertCountEqual(shown, [article.path for article in articles])


class ListTests(ReaderTestCase):
    def test_a_category_holds_its_stories_and_those_below_it(self):
        live(
            dated(HOUR, number=1, categories=("World/Coast",)),
            dated(2 * HOUR, number=2, categories=("World",)),
            dated(3 * HOUR, number=3, categories=("Business",)),
        )
        numbers = [words[-1] for words in self.texts("/world/", "main h3")]
        self.assertEqual(numbers, ["1", "2"])
        self.assertEqual(len(self.texts("/world/coast/", "main h3")), 1)
        self.assertEqual(self.texts("/world/", ".below a"), ["Coast"])
        self.assertEqual(self.texts("/world/coast/", ".above a"), ["World"])

    def test_a_moved_branch_is_listed_where_it_stands_now_and_its_old_address_leads_there(self):
        live(dated(HOUR, categories=("World/Coast",)), dated(HOUR, number=2, categories=("Sea",)))
        coast = Category.objects.get(path="world/coast")
        coast.parent = Category.objects.get(path="sea")
        addresses.place(coast)
        self.assertEqual(len(self.texts("/sea/", "main h3")), 2)
        self.assertRedirects(self.get("/world/coast/"), "/sea/coast/", 301)
        self.assertRedirects(self.get("/world/coast/feed/"), "/sea/coast/feed/", 301)
        self.assertEqual(self.get("/world/").status_code, 404)

    def test_tags_and_authors_list_their_stories(self):
        live(dated(HOUR), dated(2 * HOUR, number=2))
        self.assertEqual(len(self.texts("/tag/harbour/", "main h3")), 2)
        self.assertEqual(self.texts("/author/ines-roth/", "main h1"), ["Ines Roth"])

    def test_junk_in_a_query_makes_no_second_page_for_search_engines(self):
        live(dated(HOUR))
        link = self.page("/world/?utm_source=x").css_first("link[rel=canonical]")
        self.assertTrue(link.attributes["href"].endswith("/world/"))

    def test_every_page_that_search_engines_keep_says_what_it_is(self):
        live(dated(HOUR))
        names = ("[property='og:title']", "[property='og:description']", "[name=description]")
        for path in ("/", "/world/", "/archive/", "/corrections/"):
            page = self.page(path)
            told = page.css_first("link[rel=canonical]").attributes["href"]
            self.assertEqual(told, f"{settings.SITE_URL}{path}")
            self.assertEqual(page.css_first("[property='og:url']").attributes["content"], told)
            for name in names:
                self.assertTrue(page.css_first(name).attributes["content"], (path, name))

    def test_a_place_without_a_story_for_readers_is_not_there(self):
        secret = {"categories": ("Merger/Plan",), "tags": ("secret deal",)}
        draft(a_story(1, **secret))
        scheduled(a_story(2, **secret), timezone.now() + HOUR)
        withdrawn(dated(HOUR, number=3, **secret))
        live(dated(HOUR, number=4))
        self.assertTrue(Tag.objects.filter(slug="secret-deal").exists())
        for path in ("/merger/", "/merger/plan/", "/merger/feed/", "/tag/secret-deal/"):
            self.assertEqual(self.get(path).status_code, 404, path)
        self.assertEqual(self.texts("/", "nav.sections a"), ["World", "Business"])

    def test_a_story_is_listed_by_its_live_version_only(self):
        (article,) = live(dated(HOUR, tags=("old",)))
        for row in article.taggings.all():
            row.delete()
        publishing.publish(article, by=None)
        self.assertEqual(self.get("/tag/old/").status_code, 404)

    def test_no_list_takes_more_than_six_queries(self):
        live(*many(60, corrections=(Correction(at=timezone.now(), text="It was six."),)))
        now = timezone.localtime()
        for path in (
            *("/", "/world/", "/world/coast/", "/tag/harbour/", "/author/ines-roth/"),
            *("/archive/", f"/archive/{now:%Y/%m}/", "/corrections/", "/feed/", "/world/feed/"),
            *("/sitemap.xml", "/news-sitemap.xml", f"/sitemap/{now:%Y-%m-%d}.xml"),
        ):
            with self.subTest(path=path), self.assertNumQueriesAtMost(6):
                self.assertIn(self.get(path).status_code, (200, 404))

    def assertNumQueriesAtMost(self, most):
        from contextlib import contextmanager

        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        @contextmanager
        def counted():
            with CaptureQueriesContext(connection) as queries:
                yield
            self.assertLessEqual(len(queries), most)
            for query in queries:
                self.assertNotRegex(query["sql"], r"COUNT\(|OFFSET")

        return counted()


class ArchiveTests(ReaderTestCase):
    def test_only_months_with_stories_for_readers_are_named(self):
        live(
            a_story(1, published_at=datetime(2024, 1, 29, tzinfo=UTC)),
            a_story(2, published_at=datetime(2022, 12, 31, 23, tzinfo=UTC)),
        )
        withdrawn(a_story(3, published_at=datetime(2023, 6, 1, tzinfo=UTC)))
        links = [a.attributes["href"] for a in self.page("/archive/").css("main li a")]
        self.assertEqual(links, ["/archive/2024/01/", "/archive/2022/12/"])
        self.assertEqual(self.get("/archive/2023/06/").status_code, 404)

    @override_settings(TIME_ZONE="Asia/Tokyo")
    def test_months_are_those_of_the_newsrooms_clock_like_addresses(self):
        (article,) = live(a_story(1, published_at=datetime(2022, 12, 31, 23, tzinfo=UTC)))
        self.assertTrue(article.path.startswith("/2023/01/01/"))
        self.assertEqual(len(self.texts("/archive/2023/01/", "main h3")), 1)
        links = [a.attributes["href"] for a in self.page("/archive/").css("main li a")]
        self.assertEqual(links, ["/archive/2023/01/"])

    def test_an_archive_of_four_hundred_years_is_no_trouble(self):
        live(a_story(1, published_at=datetime(1650, 5, 5, tzinfo=UTC)), dated(HOUR, number=2))
        self.assertEqual(len(self.texts("/archive/", "main section.year")), 2)


class CorrectionTests(ReaderTestCase):
    def test_corrections_are_listed_by_when_they_were_made(self):
        now = timezone.now()
        old, new = (Correction(at=now - n * HOUR, text=f"It was {n}.") for n in (9, 1))
        live(
            dated(2 * HOUR, number=1, corrections=(old,)),
            dated(20 * HOUR, number=2, corrections=(new,)),
            dated(30 * HOUR, number=3),
        )
        self.assertEqual(self.texts("/corrections/", "main li p"), ["It was 1.", "It was 9."])

    def test_the_second_page_of_them_is_one_of_its_own(self):
        for number in range(3):
            (article,) = live(dated(HOUR, number=number))
            publishing.correct(article, by=None, text="It was six.", kind="correction")
        with patch("articles.views.lists.LIST", 2):
            more = self.page("/corrections/").css_first("a[rel=next]").attributes["href"]
            link = self.page(f"/corrections/{more}").css_first("link[rel=canonical]")
        self.assertEqual(link.attributes["href"], f"{settings.SITE_URL}/corrections/{more}")

    def test_the_correction_of_a_withdrawn_story_goes_with_it(self):
        withdrawn(dated(HOUR, corrections=(Correction(at=timezone.now(), text="No."),)))
        self.assertEqual(self.texts("/corrections/", "main li p"), [])


class CursorTests(ReaderTestCase):
    def test_a_cursor_reads_what_it_wrote(self):
        for moment in (datetime(1650, 1, 1, tzinfo=UTC), timezone.now()):
            cursor = Cursor(moment, 42)
            self.assertEqual(Cursor.read(str(cursor)), cursor)
