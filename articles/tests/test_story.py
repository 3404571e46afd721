"""The Story: refused when it lacks what it needs, equal by content, the same through JSON."""

from datetime import UTC, datetime, timedelta, timezone

from django.test import SimpleTestCase
from hypothesis import given, settings

from articles.story import (
    CaptionBlock,
    Correction,
    RecentPost,
    Story,
    StoryError,
    headline_key,
    join_category,
    split_category,
)

from .stories import LAUNCH, a_full_story, a_story, stories


class JSONTests(SimpleTestCase):
    @settings(max_examples=150, deadline=None)
    @given(story=stories)
    def test_any_story_comes_back_from_json_and_from_a_dictionary(self, story):
        self.assertEqual(Story.from_json(story.as_json()), story)
        self.assertEqual(Story.from_dict(story.as_dict()), story)
        self.assertEqual(Story.from_json(story.as_json()).digest, story.digest)

    def test_a_moment_keeps_the_offset_it_was_given_in(self):
        story = a_story(published_at=datetime(2024, 1, 29, 20, tzinfo=timezone(timedelta(hours=5))))
        self.assertIn(b'"2024-01-29T20:00:00+05:00"', story.as_json())

    def test_what_is_unknown_is_absent(self):
        document = Story.from_dict(
            {"source": "s", "source_id": "1", "pubstatus": "usable", "headline": "H"}
        ).as_dict()
        self.assertEqual(set(document), {"source", "source_id", "pubstatus", "headline"})


class RefusalTests(SimpleTestCase):
    def refuse(self, message, **changes):
        document = {**a_story().as_dict(), **changes}
        with self.assertRaisesMessage(StoryError, message):
            Story.from_dict(document)

    def test_the_message_names_the_place_and_the_reason(self):
        self.refuse("the story has no headline", headline=" ")
        self.refuse("a story needs a source and a source_id", source_id="")
        self.refuse("headline is 501 characters long; at most 500 fit", headline="x" * 501)
        self.refuse("published_at is in the year 9999", published_at="9999-01-01T00:00:00Z")
        self.refuse("published_at is in the year 1;", published_at="0001-01-01T00:00:00+14:00")
        self.refuse("body[0].html: expected `str`", body=[{"type": "text", "html": 3}])
        self.refuse("pubstatus: invalid enum value", pubstatus="killed")
        self.refuse(
            "published_at: expected `datetime` with a timezone", published_at="2024-01-01T00:00:00"
        )
        self.refuse("unknown field `colour`", colour="red")
        self.refuse("is no name for a category", categories=["/"])

    def test_only_a_canceled_story_may_lack_its_headline(self):
        document = {"source": "s", "source_id": "1", "pubstatus": "canceled"}
        self.assertEqual(Story.from_dict(document).headline, "")


class ContentTests(SimpleTestCase):
    def test_bookkeeping_is_no_content(self):
        story = a_full_story()
        other = story.replace(
            source="x", source_id="y", source_url="https://z.example/", version="9",
            first_published_at=None, published_at=None, modified_at=None, captured_at=None,
            recent=(RecentPost(headline="Other"),), notes=("doubt",), confidence=0.5,
        )  # fmt: skip
        self.assertEqual(other.digest, story.digest)
        self.assertEqual(other.content(), story.content())

    def test_every_other_field_is_content(self):
        story = a_full_story()
        bookkeeping = {
            "source", "source_id", "source_url", "version", "first_published_at", "published_at",
            "modified_at", "captured_at", "recent", "notes", "pubstatus", "embargoed_until",
            "confidence",
        }  # fmt: skip
        for field in set(Story.__struct_fields__) - bookkeeping:
            with self.subTest(field=field):
                empty = {"headline": "Other", "lead": None}.get(
                    field, type(getattr(story, field))()
                )
                self.assertNotEqual(story.replace(**{field: empty}).digest, story.digest)
        self.assertNotEqual(story.replace(embargoed_until=LAUNCH).digest, story.digest)

    def test_one_instant_in_two_offsets_is_no_change(self):
        east = timezone(timedelta(hours=9))
        correction = Correction(at=LAUNCH, text="Six.")
        here = a_story(embargoed_until=LAUNCH, corrections=(correction,))
        there = a_story(
            embargoed_until=LAUNCH.astimezone(east),
            corrections=(Correction(at=LAUNCH.astimezone(east), text="Six."),),
        )
        self.assertEqual(here.digest, there.digest)

    def test_a_default_that_is_written_out_is_no_change(self):
        told = "".join(["corr", "ection"])  # equal to the default, and another object
        self.assertEqual(
            a_story(corrections=(Correction(at=LAUNCH, text="Six.", kind=told),)).digest,
            a_story(corrections=(Correction(at=LAUNCH, text="Six."),)).digest,
        )
        photo = CaptionBlock(kind="".join(["ph", "oto"]), text="A boat")
        self.assertEqual(
            a_story(lead=photo).digest, a_story(lead=CaptionBlock(text="A boat")).digest
        )


class NameTests(SimpleTestCase):
    def test_a_headline_is_known_in_capitals_and_without_its_marks(self):
        self.assertEqual(
            headline_key("Iran’s ‘day after’: what’s next?"),
            headline_key("IRAN'S 'DAY AFTER': WHAT'S NEXT"),
        )

    def test_a_slash_within_a_category_is_written_with_a_backslash(self):
        self.assertEqual(split_category(r"Film\/TV/Reviews"), ["Film/TV", "Reviews"])
        self.assertEqual(join_category(["Film/TV", "Reviews"]), r"Film\/TV/Reviews")

    def test_the_earliest_moment_is_there(self):
        story = a_story(published_at=datetime(1605, 9, 1, tzinfo=UTC))
        self.assertEqual(story.published_at.year, 1605)
