"""The archive by its calendar: months, days, and the way from one to the next."""

from datetime import UTC, date, datetime

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import calendar

from .newsroom import HOUR, ReaderTestCase, dated, live, scheduled, withdrawn
from .stories import a_story


def on(*days):
    """A story at noon of each of these days."""
    return live(
        *(
            a_story(n, published_at=datetime.fromisoformat(f"{day}T12:00:00+00:00"))
            for n, day in enumerate(days, start=1)
        )
    )


class CalendarTests(ReaderTestCase):
    def links(self, path, css):
        return [a.attributes["href"] for a in self.page(path).css(css)]

    def test_a_year_has_twelve_months_and_those_without_stories_lead_nowhere(self):
        on("2024-01-29", "2024-11-03", "2022-12-31")
        years = self.page("/archive/").css("section.year")
        self.assertEqual([len(year.css("li")) for year in years], [12, 12])
        words = [year.css_first("li span:not(.unseen)").text() for year in years]
        self.assertEqual(words, ["Feb", "Jan"])
        self.assertEqual(self.texts("/archive/", "section.year li a")[0], "Jan2024")

    def test_a_month_has_its_days_and_those_with_stories_for_readers_are_links(self):
        on("2024-02-01", "2024-02-29", "2024-02-29", "2024-03-01")
        withdrawn(a_story(9, published_at=datetime(2024, 2, 5, tzinfo=UTC)))
        self.assertEqual(
            self.links("/archive/2024/02/", "table.calendar a"),
            ["/archive/2024/02/01/", "/archive/2024/02/29/"],
        )
        days = [text for text in self.texts("/archive/2024/02/", "table.calendar td") if text]
        self.assertEqual(days, [str(day) for day in range(1, 30)])

    def test_a_week_begins_as_the_language_begins_it(self):
        on("2024-02-01")
        for language, first in (("en", "Sun"), ("de", "Mo"), ("fr", "lun"), ("fa", "شنبه")):
            with self.subTest(language=language), override_settings(LANGUAGE_CODE=language):
                head = self.page("/archive/2024/02/").css_first("table.calendar th abbr")
                self.assertEqual(head.text(), first)
                # The first of February 2024 was a Thursday.
                cells = self.page("/archive/2024/02/").css("table.calendar tr:nth-child(1) td")
                place = [cell.text(strip=True) for cell in cells].index("1")
                self.assertEqual(place, {"en": 4, "de": 3, "fr": 3, "fa": 5}[language])

    def test_a_day_lists_its_stories_and_no_others(self):
        one, two, _other = on("2024-02-05", "2024-02-05", "2024-02-06")
        shown = self.links("/archive/2024/02/05/", "main .rows :is(h2, h3) a")
        self.assertCountEqual(shown, [one.path, two.path])
        self.assertEqual(self.texts("/archive/2024/02/05/", "h1"), ["Feb. 5, 2024"])
        self.assertEqual(
            self.links("/archive/2024/02/05/", ".above a"), ["/archive/", "/archive/2024/02/"]
        )

    def test_a_day_leads_to_the_next_ones_with_stories(self):
        on("2023-11-07", "2024-02-05", "2024-02-08")
        scheduled(a_story(8), datetime(2099, 1, 1, tzinfo=UTC))
        withdrawn(a_story(9, published_at=datetime(2024, 2, 6, tzinfo=UTC)))
        beside = "nav.beside a"
        self.assertEqual(
            self.links("/archive/2024/02/05/", beside),
            ["/archive/2023/11/07/", "/archive/2024/02/08/"],
        )
        self.assertEqual(self.links("/archive/2024/02/08/", beside), ["/archive/2024/02/05/"])
        self.assertEqual(self.links("/archive/2024/02/", beside), ["/archive/2023/11/"])
        self.assertEqual(self.links("/archive/2023/11/", beside), ["/archive/2024/02/"])

    def test_days_without_stories_and_days_that_are_none_are_not_there(self):
        on("2024-02-05")
        for path in ("2024/02/06", "2024/02/30", "2024/13/01", "0000/01/01", "9999/12/31"):
            self.assertEqual(self.get(f"/archive/{path}/").status_code, 404, path)
        self.assertEqual(self.get("/archive/2024/02/06/?video=1").status_code, 404)

    @override_settings(TIME_ZONE="Asia/Tokyo")
    def test_days_are_those_of_the_newsrooms_clock_like_addresses(self):
        (article,) = live(a_story(1, published_at=datetime(2022, 12, 31, 23, tzinfo=UTC)))
        self.assertEqual(
            self.links("/archive/2023/01/", "table.calendar a"), ["/archive/2023/01/01/"]
        )
        shown = self.links("/archive/2023/01/01/", "main .rows :is(h2, h3) a")
        self.assertEqual(shown, [article.path])

    @override_settings(TIME_ZONE="America/Santiago")
    def test_a_day_whose_midnight_never_was_is_a_day(self):
        # Clocks went from 24:00 to 1:00.
        (article,) = live(a_story(1, published_at=datetime(2024, 9, 8, 15, tzinfo=UTC)))
        shown = self.links("/archive/2024/09/08/", "main .rows :is(h2, h3) a")
        self.assertEqual(shown, [article.path])
        days = calendar.days_of_month(timezone.now(), date(2024, 9, 1))
        self.assertEqual(days, [date(2024, 9, 8)])

    def test_a_day_can_be_narrowed_like_any_list(self):
        on("2024-02-05", "2024-02-05")
        page = self.page("/archive/2024/02/05/?tag=harbour")
        self.assertEqual(len(page.css("main .rows :is(h2, h3)")), 2)
        self.assertIsNone(page.css_first("input[name=since]"))

    def test_its_pages_take_no_more_than_six_questions_and_count_nothing(self):
        on("2023-11-07", "2024-02-05", "2024-02-08")
        live(*(dated(HOUR * n, number=100 + n) for n in range(30)))
        for path in ("/archive/", "/archive/2024/02/", "/archive/2024/02/05/"):
            with self.subTest(path=path), CaptureQueriesContext(connection) as queries:
                self.assertEqual(self.get(path).status_code, 200)
                self.assertLessEqual(len(queries), 6)
                for query in queries:
                    self.assertNotRegex(query["sql"], r"COUNT\(|OFFSET")
