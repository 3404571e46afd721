"""A moment that is typed: which zone it is in, and the two nights a year when clocks jump."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, override_settings
from django.utils import timezone

from articles.admin.fields import Moment


@override_settings(TIME_ZONE="Europe/Berlin")
class MomentTests(SimpleTestCase):
    def setUp(self):
        # The setting is read once: the default zone is told anew here and after the test.
        timezone.get_default_timezone.cache_clear()
        self.addCleanup(timezone.get_default_timezone.cache_clear)
        self.field = Moment()

    def typed(self, day, clock):
        return self.field.clean([day, clock]).astimezone(UTC)

    def refused(self, day, clock):
        with self.assertRaises(ValidationError) as caught:
            self.field.clean([day, clock])
        return " ".join(caught.exception.messages)

    def test_it_is_in_the_time_of_the_newsroom(self):
        self.assertEqual(str(self.field.help_text), "In the time of Europe/Berlin.")
        self.assertEqual(self.typed("2026-07-01", "06:00"), datetime(2026, 7, 1, 4, tzinfo=UTC))
        self.assertEqual(self.typed("2026-12-01", "06:00"), datetime(2026, 12, 1, 5, tzinfo=UTC))

    def test_a_time_that_clocks_leave_out_is_refused_in_words(self):
        self.assertEqual(
            self.refused("2026-03-29", "02:30"),
            "Clocks in Europe/Berlin do not show 02:30 on that day.",
        )
        self.assertEqual(self.typed("2026-03-29", "03:00"), datetime(2026, 3, 29, 1, tzinfo=UTC))

    def test_a_time_that_clocks_show_twice_asks_which_and_says_how_to_answer(self):
        told = self.refused("2026-10-25", "02:30")
        self.assertIn("Write 02:30:00 +02:00 for the first and 02:30:00 +01:00", told)

    def test_both_answers_are_taken(self):
        first = self.typed("2026-10-25", "02:30:00 +02:00")
        second = self.typed("2026-10-25", "02:30 +0100")
        self.assertEqual(first, datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
        self.assertEqual(second, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))

    def test_an_offset_that_clocks_do_not_have_there_is_refused(self):
        self.assertIn("do not show", self.refused("2026-10-25", "12:00 +05:00"))

    def test_what_was_stored_and_is_not_touched_stays_to_the_microsecond(self):
        for fold in (0, 1):
            zone = ZoneInfo("Europe/Berlin")
            stored = datetime(2026, 10, 25, 2, 30, 0, 123456, tzinfo=zone, fold=fold)
            self.field.before = stored.astimezone(UTC)
            self.assertEqual(self.typed("2026-10-25", "02:30:00"), stored.astimezone(UTC))

    def test_half_of_a_moment_is_none(self):
        for day, clock in [("2026-07-01", ""), ("", "06:00"), ("2026-07-01", "noon")]:
            self.assertTrue(self.refused(day, clock))
        field = Moment(required=False)
        self.assertIsNone(field.clean(["", ""]))
