"""Lists that readers narrow: by section, topic, author, days, video; and both ways through them."""

from datetime import UTC, datetime
from unittest.mock import patch
from urllib.parse import quote

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import listing, publishing
from articles.models import Category, Listing, Version
from articles.story import CaptionBlock, Media

from .fronts import arranged, holding, show
from .newsroom import HOUR, ReaderTestCase, dated, draft, live, scheduled, withdrawn
from .stories import a_story

FILM = CaptionBlock(kind="video", title="The gate", media=Media(url="https://vimeo.com/123456789"))
PHOTO = CaptionBlock(text="A quay.", media=Media(file="quay.jpg"))
CARDS = "main .rows :is(h2, h3) > a"


class Narrowed(ReaderTestCase):
    def shown(self, path):
        return [a.attributes["href"] for a in self.page(path).css(CARDS)]

    def assertShows(self, path, *articles):
        self.assertEqual(self.shown(path), [article.path for article in articles])

    def links(self, path):
        """The links to the pages before and after, by their rel."""
        found = self.page(path).css("nav.pager a")
        base = path.partition("?")[0]
        return {a.attributes["rel"]: base + a.attributes["href"] for a in found}


class ChoiceTests(Narrowed):
    def setUp(self):
        super().setUp()
        self.film, self.sea, self.old, self.other = live(
            dated(HOUR, number=1, categories=("World/Coast",), tags=("storm",), lead=FILM),
            dated(2 * HOUR, number=2, categories=("World/Sea",), tags=("storm",), lead=PHOTO),
            a_story(
                3,
                published_at=datetime(2019, 3, 5, 12, tzinfo=UTC),
                categories=("World/Coast",),
                authors=(),
                byline="",
                lead=None,
                tags=("fish & chips",),
            ),
            dated(3 * HOUR, number=4, categories=("Sport",), tags=(), lead=FILM),
        )

    def test_a_category_can_be_narrowed_to_one_below_it(self):
        self.assertShows("/world/?category=world/coast", self.film, self.old)
        options = self.page("/world/").css("details.narrow select option")
        values = [option.attributes.get("value") for option in options]
        self.assertEqual(values, ["", "world/coast", "world/sea", "", "oldest"])

    def test_but_not_to_one_elsewhere(self):
        self.assertShows("/world/?category=sport", self.film, self.sea, self.old)
        self.assertEqual(self.texts("/world/?category=sport", ".chosen a"), [])

    def test_by_topic_with_its_name_or_its_address(self):
        self.assertShows("/world/?tag=storm", self.film, self.sea)
        for text in ("fish & chips", "fish-chips", "FISH & chips"):
            self.assertShows(f"/world/?tag={quote(text)}", self.old)

    def test_by_author_and_by_what_is_in_several_lists(self):
        self.assertShows("/world/?author=ines-roth", self.film, self.sea)
        self.assertShows("/world/?author=Ines+Roth&tag=storm&category=world/sea", self.sea)
        self.assertShows("/tag/storm/?category=world/sea", self.sea)
        self.assertShows("/author/ines-roth/?tag=storm", self.film, self.sea)

    def test_by_days_on_the_sites_clock(self):
        self.assertShows("/world/?since=2019-03-05&until=2019-03-05", self.old)
        self.assertShows("/world/?until=2019-03-04")
        self.assertShows("/tag/fish-chips/?since=2019-03-06")
        self.assertShows("/archive/?until=2020-01-01", self.old)

    def test_by_video(self):
        self.assertShows("/world/?video=1", self.film)
        self.assertShows("/tag/storm/?video=1", self.film)
        self.assertShows("/author/ines-roth/?video=1", self.film, self.other)
        self.assertShows("/archive/?video=1", self.film, self.other)
        self.assertShows("/archive/?video=1&category=sport", self.other)

    def test_the_oldest_first(self):
        self.assertShows("/world/?sort=oldest", self.old, self.sea, self.film)
        self.assertShows("/archive/?sort=oldest", self.old, self.other, self.sea, self.film)

    def test_a_month_can_be_narrowed_and_its_days_are_its_own(self):
        self.assertShows("/archive/2019/03/?category=world", self.old)
        self.assertShows("/archive/2019/03/?since=2024-01-01", self.old)
        self.assertShows("/archive/2019/03/?tag=storm")

    def test_what_is_chosen_is_shown_and_can_be_taken_off_one_by_one(self):
        path = "/world/?video=1&tag=Storm&since=2019-01-02"
        links = [a.attributes["href"] for a in self.page(path).css(".chosen a")]
        self.assertEqual(
            links,
            [
                "/world/?since=2019-01-02&video=1",
                "/world/?tag=storm&video=1",
                "/world/?tag=storm&since=2019-01-02",
                "/world/",
            ],
        )
        words = self.texts(path, ".chosen a > span:first-child")
        self.assertEqual(words, ["storm", "from Jan. 2, 2019", "With a video"])

    def test_a_narrowed_list_has_one_address_and_is_not_for_search_engines(self):
        page = self.page("/world/?video=1&utm_source=x&tag=STORM&category=&sort=newest")
        link = page.css_first("link[rel=canonical]").attributes["href"]
        self.assertTrue(link.endswith("/world/?tag=storm&video=1"), link)
        self.assertEqual(page.css_first("meta[name=robots]").attributes["content"], "noindex")
        self.assertIsNone(self.page("/world/").css_first("meta[name=robots]"))

    def test_nothing_that_fits_says_so_and_leads_back(self):
        page = self.page("/world/?tag=storm&until=2020-01-01")
        self.assertEqual(page.css_first(".nothing").text(), "No story here fits all of that.")
        self.assertEqual(page.css_first(".nothing + p a").attributes["href"], "/world/")
        self.assertTrue(page.css_first("meta[name=robots]"))

    def test_what_is_broken_is_left_out(self):
        everything = [self.film.path, self.sea.path, self.old.path]
        for query in (
            *("since=yesterday", "since=0001-01-01", "since=9999-12-31", "until=99999-01-01"),
            *("tag=%00", "tag=%20", f"author={'a' * 100_000}", "video=2", "sort=views"),
            *("category=/", "category=%00", "since=2024-02-30", "until=%D9%A1", "tag[]=storm"),
        ):
            with self.subTest(query=query[:40]):
                self.assertEqual(self.shown(f"/world/?{query}"), everything)
                self.assertIsNone(self.page(f"/world/?{query}").css_first(".chosen"))
        for query in ("after=x", "after=%00", "before=1-1-1"):
            self.assertEqual(self.get(f"/world/?video=1&{query}").status_code, 404, query)

    def test_names_are_shown_as_text(self):
        page = self.get("/world/?tag=%3Cscript%3E%22x").content.decode()
        self.assertNotIn("<script>", page.split("</head>")[1])

    def test_a_page_offers_the_topics_and_authors_of_its_stories(self):
        page = self.page("/world/")
        names = [o.attributes["value"] for o in page.css("#topics-here option")]
        self.assertEqual(names, ["fish & chips", "storm"])
        self.assertIn(
            "Ines Roth", [o.attributes["value"] for o in page.css("#authors-here option")]
        )

    def test_a_front_arranged_by_hand_is_a_list_once_it_is_narrowed(self):
        world = Category.objects.get(path="world")
        show(arranged(holding(self.sea, name="Today")), world)
        self.assertTrue(self.page("/world/").css_first("details.narrow"))
        self.assertShows("/world/?video=1", self.film)


class HiddenTests(Narrowed):
    """A choice tells nothing of what is not live."""

    def setUp(self):
        super().setUp()
        self.open, self.plain = live(dated(HOUR, number=1), dated(HOUR, number=2, tags=()))
        secret = {"categories": ("Merger",), "tags": ("deal",), "authors": (), "byline": ""}
        draft(a_story(3, **secret))
        scheduled(a_story(4, **secret), timezone.now() + HOUR)
        withdrawn(dated(HOUR, number=5, **secret))

    def test_a_topic_of_hidden_stories_answers_as_one_that_never_was(self):
        for query in ("tag=deal", "category=merger", "tag=deal&video=1", "tag=deal&sort=oldest"):
            there = self.get(f"/archive/?{query}").content.decode()
            words = {"deal": "lead", "merger": "german"}
            for word, other in words.items():
                query = query.replace(word, other)
            nothing = self.get(f"/archive/?{query}").content.decode()
            for word, other in words.items():
                there = there.replace(word, other)
            self.assertEqual(there, nothing, query)

    def test_a_place_of_hidden_stories_is_not_there_however_it_is_narrowed(self):
        for query in ("video=1", "tag=harbour", "tag=nosuch", "since=2020-01-01", "category=world"):
            for path in ("/merger/", "/tag/deal/", "/archive/2010/01/"):
                self.assertEqual(self.get(f"{path}?{query}").status_code, 404, (path, query))

    def test_a_story_is_narrowed_by_what_its_live_version_says(self):
        for row in self.open.taggings.all():
            row.delete()
        publishing.publish(self.open, by=None)
        self.assertShows("/world/?tag=harbour")


class BothWaysTests(Narrowed):
    def setUp(self):
        super().setUp()
        moment = timezone.now() - HOUR
        # Some of one moment, where one page ends and the next begins.
        self.articles = live(
            *(
                a_story(n, published_at=moment - HOUR * (n // 5), lead=FILM if n % 2 else None)
                for n in range(60)
            )
        )

    def walk(self, path, rel):
        pages = []
        while path:
            pages.append(self.shown(path))
            last, path = path, self.links(path).get(rel)
        return pages, last

    def test_forth_and_back_show_the_same_pages(self):
        for path in (
            *("/world/", "/world/?video=1", "/world/?sort=oldest", "/tag/harbour/?category=world"),
            *("/archive/?sort=oldest&video=1", "/archive/?video=1"),
        ):
            with self.subTest(path=path):
                forth, last = self.walk(path, "next")
                back, _first = self.walk(last, "prev")
                self.assertEqual(back[::-1], forth)
                shown = [href for page in forth for href in page]
                self.assertEqual(len(shown), len(set(shown)))
                self.assertEqual(len(shown), 30 if "video" in path else 60)

    def test_a_page_that_was_come_back_to_has_the_address_it_had_before(self):
        for path in ("/world/", "/world/?sort=oldest&tag=harbour"):
            _pages, last = self.walk(path, "next")

            def canonical(path):
                link = self.page(path).css_first("link[rel=canonical]").attributes["href"]
                return link.partition("testserver")[2] or link.partition(":8000")[2]

            second = self.links(path)["next"]
            back = self.links(last)["prev"]
            self.assertNotEqual(back, second)
            self.assertEqual(self.shown(back), self.shown(second))
            self.assertEqual(canonical(back), canonical(second))
            first = self.links(back)["prev"]
            self.assertEqual(canonical(first), canonical(path))

    def test_the_front_and_the_corrections_lead_back_too(self):
        older = self.links("/")["next"]
        self.assertIn("prev", self.links("/" + older.rpartition("/")[2]))


class BoundTests(Narrowed):
    """A page looks at so many entries and no more, whatever the archive holds."""

    def setUp(self):
        super().setUp()
        self.articles = live(
            *(
                dated(
                    n * HOUR,
                    number=n,
                    categories=("World",),
                    tags=("rare",) if n in (5, 38) else ("even",) if n % 2 else ("odd",),
                    lead=FILM if n == 38 else None,
                )
                for n in range(1, 40)
            )
        )

    def test_the_rarest_list_is_walked(self):
        with patch("articles.reading.narrowed.STEPS", 10):
            path = "/world/?tag=rare"
            self.assertShows(path, self.articles[4], self.articles[37])
            self.assertEqual(self.links(path), {})

    def test_where_none_is_short_it_stops_and_goes_on_from_there(self):
        with patch("articles.reading.narrowed.STEPS", 10):
            path, seen, parts = "/archive/?video=1", [], 0
            while path:
                page = self.page(path)
                seen += self.shown(path)
                parts += 1
                if not page.css(CARDS):
                    self.assertIn("Nothing in this part", page.css_first(".nothing").text())
                path = self.links(path).get("next")
            self.assertEqual((seen, parts), ([self.articles[37].path], 4))

    def test_two_long_lists_without_a_story_in_common_end_somewhere(self):
        with patch("articles.reading.narrowed.STEPS", 5):
            path, parts = "/tag/even/?tag=odd&category=world&author=ines-roth", 0
            while path:
                path, parts = self.links(path).get("next"), parts + 1
        self.assertGreater(parts, 0)

    def test_no_page_takes_more_than_six_questions_or_counts(self):
        for path in (
            "/world/?tag=rare&author=ines-roth&video=1&since=2020-01-01",
            *("/world/", "/world/?video=1", "/tag/rare/?category=world&sort=oldest"),
            *("/tag/rare/?author=nobody", "/world/?tag=even&author=ines-roth&until=2020-01-01"),
            *("/archive/?video=1", "/archive/?category=world&tag=even", "/archive/"),
            f"/archive/{timezone.localtime():%Y/%m}/?category=world&tag=nosuch",
        ):
            with self.subTest(path=path), CaptureQueriesContext(connection) as queries:
                self.get(path)
                self.assertLessEqual(len(queries), 6, [q["sql"][:200] for q in queries])
                for query in queries:
                    self.assertNotRegex(query["sql"], r"COUNT\(|OFFSET")


class ListingTests(ReaderTestCase):
    def test_lists_and_cards_agree_on_what_has_a_video(self):
        live(
            dated(HOUR, number=1, lead=FILM, categories=("World/Coast",)),
            dated(HOUR, number=2, lead=PHOTO),
            dated(HOUR, number=3, lead=None, body=(FILM,)),
        )
        listed = Listing.objects.values_list("has_video", "version__rendering__card__has_video")
        self.assertEqual(set(listed), {(True, True), (False, False)})
        listing.again(list(Version.objects.values_list("pk", flat=True)))
        self.assertEqual(set(listed.all()), {(True, True), (False, False)})

    def test_the_migration_marks_what_was_there_before(self):
        from importlib import import_module

        from django.apps import apps

        live(dated(HOUR, number=1, lead=FILM), dated(HOUR, number=2, lead=PHOTO))
        Listing.objects.update(has_video=False)
        migration = import_module("articles.migrations.0004_listing_video")
        with connection.schema_editor() if connection.vendor != "sqlite" else _as_it_is() as editor:
            migration.fill(apps, editor)
        marked = Listing.objects.filter(has_video=True)
        self.assertEqual({row.version.article.source_id for row in marked}, {"story-1"})


def _as_it_is():
    from contextlib import nullcontext
    from types import SimpleNamespace

    return nullcontext(SimpleNamespace(connection=connection))
