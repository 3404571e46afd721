"""The bottom of a text page, its bytes, and its identity."""

from datetime import UTC, datetime, timedelta

from django.test import SimpleTestCase

from articles.story import StoryError

from .pages import CAPTURED, LAST, LEAD, MORE, RAIL, body, page, read

ENTRIES = [
    ("Lighthouse keeper retires after forty years", True, "14 hours ago"),
    ("Herring return to the Sound", True, "2 days ago"),
]


def rail(story):
    return [(post.headline, bool(post.excerpt), post.age) for post in story.recent]


class DividerTests(SimpleTestCase):
    def test_nothing_below_the_divider_is_body(self):
        story = read(page(LEAD, MORE, tail=f"Share\n\n{RAIL}"))
        self.assertEqual((len(body(story)), rail(story)), (2, ENTRIES))

    def test_share_alone_and_recent_posts_alone_divide(self):
        self.assertEqual(len(body(read(page(LEAD, MORE, tail="Share")))), 2)
        story = read(page(LEAD, MORE, tail=RAIL))
        self.assertEqual((len(body(story)), rail(story)), (2, ENTRIES))

    def test_a_page_without_either_is_body_to_its_end(self):
        story = read(page(LEAD, MORE, LAST, tail=""))
        self.assertEqual((len(body(story)), story.recent), (3, ()))

    def test_the_words_may_stand_in_the_body(self):
        decoys = [
            "Share",
            "We ask readers to share this.",
            "Recent Posts",
            "See our recent posts.",
            LAST,
        ]
        for tail in (f"Share\n\n{RAIL}", "Share", RAIL, ""):
            with self.subTest(tail[:12]):
                story = read(page(LEAD, *decoys, tail=tail))
                self.assertEqual(body(story)[-1], ("p", LAST))
                self.assertEqual(len(body(story)), 6)
                self.assertEqual(rail(story), ENTRIES if RAIL in tail else [])

    def test_labels_may_be_glued_and_in_another_language(self):
        story = read(page(LEAD, MORE, tail=f"Share\nPublished by\nJanuary 29, 2024\n\n{RAIL}"))
        self.assertEqual(story.published_at, datetime(2024, 1, 29, tzinfo=UTC))
        self.assertEqual((len(body(story)), rail(story)), (2, ENTRIES))
        german = RAIL.replace("Recent Posts", "Neueste Beiträge").replace(
            "14 hours ago", "vor 14 Stunden"
        )
        story = read(page(LEAD, MORE, tail=f"Teilen\n\n{german}"))
        self.assertEqual(rail(story)[0], (ENTRIES[0][0], True, "vor 14 Stunden"))
        self.assertTrue(story.recent[0].published_between)


class BelowTheStoryTests(SimpleTestCase):
    def test_tags_run_together_are_told_apart(self):
        for line, tags in {
            "Tags: CorrinFerry": ("Corrin", "Ferry"),
            "Tags: a, b c": ("a", "b c"),
        }.items():
            story = read(page(LEAD, MORE, tail=f"Share\n\n{line}\n\n{RAIL}"))
            self.assertEqual((story.tags, rail(story)), (tags, ENTRIES))

    def test_comments_and_neighbours_are_dropped_and_told(self):
        lines = "Leave a Comment\n\nView Comments\n\nNext Fog again »\n\nPrevious « Fog"
        story = read(page(LEAD, MORE, tail=f"Share\n\n{lines}\n\n{RAIL}\n\nLeave a Comment"))
        self.assertEqual((len(body(story)), rail(story)), (2, ENTRIES))
        self.assertTrue(any("Leave a Comment" in note for note in story.notes))

    def test_related_posts_are_kept_as_such(self):
        related = "Related Post\n\nWhat the ferry cost\n\nA look at the bill…\n\nWho paid for it"
        story = read(page(LEAD, MORE, tail=f"Share\n\n{related}\n\nLeave a Comment\n\n{RAIL}"))
        self.assertEqual(
            [(post.headline, post.excerpt) for post in story.related],
            [("What the ferry cost", "A look at the bill…"), ("Who paid for it", "")],
        )
        self.assertEqual(rail(story), ENTRIES)

    def test_the_last_change_is_a_moment(self):
        line = "This post was last modified on January 30, 2024 4:12 pm"
        story = read(page(LEAD, MORE, line, tail=f"Share\n\n{RAIL}"))
        self.assertEqual(story.modified_at, datetime(2024, 1, 30, 16, 12, tzinfo=UTC))
        self.assertEqual(len(body(story)), 2)

    def test_newsletters_are_dropped_and_told(self):
        line = "Sign up for our newsletter and get the harbour in your inbox"
        story = read(page(LEAD, MORE, line))
        self.assertEqual(len(body(story)), 2)
        self.assertTrue(any(line in note for note in story.notes))


class RailTests(SimpleTestCase):
    def rail(self, *lines):
        return rail(read(page(LEAD, MORE, tail="Share\n\nRecent Posts\n\n" + "\n\n".join(lines))))

    def test_every_age_is_an_age(self):
        for age in (
            "1 min ago",
            "47 mins ago",
            "1 hour ago",
            "22 hours ago",
            "1 day ago",
            "1 week ago",
            "3 months ago",
            "1 year ago",
            "2 years ago",
        ):
            with self.subTest(age):
                self.assertEqual(
                    self.rail("Fog again", "Fog was…", age), [("Fog again", True, age)]
                )

    def test_excerpt_or_age_may_be_off(self):
        self.assertEqual(
            self.rail("Fog again", "1 day ago", "Sun at last", "2 days ago"),
            [("Fog again", False, "1 day ago"), ("Sun at last", False, "2 days ago")],
        )
        self.assertEqual(
            self.rail("Fog again", "Fog was…", "Sun at last", "Sun was…"),
            [("Fog again", True, ""), ("Sun at last", True, "")],
        )
        self.assertEqual(
            self.rail("Fog again", "Sun at last"),
            [("Fog again", False, ""), ("Sun at last", False, "")],
        )

    def test_a_bullet_above_a_headline_is_its_category(self):
        self.assertEqual(
            self.rail(
                "  • World",
                "Fog again",
                "Fog was…",
                "1 day ago",
                "  • Sport",
                "Sun",
                "Sun was…",
                "2 days ago",
            ),
            [("Fog again", True, "1 day ago"), ("Sun", True, "2 days ago")],
        )

    def test_a_page_cut_in_its_rail_keeps_what_is_there(self):
        self.assertEqual(
            self.rail(
                "Fog again", "Fog was…", "1 day ago", "Sun at last", "June 7, 2017 at 6:08 PM ET"
            ),
            [("Fog again", True, "1 day ago"), ("Sun at last", True, "")],
        )
        self.assertEqual(
            self.rail("Fog again", "Fog was…", "1 day ago", "Sun"),
            [("Fog again", True, "1 day ago"), ("Sun", False, "")],
        )
        self.assertEqual(
            self.rail("Fog", "Fog was…", "1 day ago", "Sun", "Sun was…", "2 da")[-1],
            ("Sun", True, "2 da"),
        )

    def test_an_age_is_a_range_before_the_capture(self):
        story = read(page(LEAD, MORE, tail=f"Share\n\n{RAIL}"))
        first, last = story.recent[1].published_between
        self.assertEqual(
            (CAPTURED - first, CAPTURED - last), (timedelta(days=3), timedelta(days=1.5))
        )

    def test_without_a_time_of_capture_there_is_no_range(self):
        story = read(page(LEAD, MORE, tail=f"Share\n\n{RAIL}"), captured_at=None)
        self.assertIsNone(story.recent[0].published_between)


class BytesTests(SimpleTestCase):
    text = page("“Fog,” she said – don’t ask.", LEAD, MORE, tail=f"Share\n\n{RAIL}")

    def test_every_encoding_gives_the_same_story(self):
        same = read(self.text)
        crlf = self.text.replace("\n", "\r\n")
        for what, data in {
            "byte order mark and CRLF": b"\xef\xbb\xbf" + crlf.encode(),
            "UTF-16": self.text.encode("utf-16"),
            "UTF-16 without a mark": self.text.encode("utf-16-le"),
            "Windows-1252": self.text.encode("cp1252"),
            "no newline at the end": self.text.rstrip().encode(),
            "no-break spaces": self.text.replace("she said", "she\xa0said").encode(),
            "UTF-8 read as Windows-1252": self.text.encode().decode("cp1252", "replace").encode(),
            "UTF-8 read as Latin-1": self.text.encode().decode("latin-1").encode(),
            "zero-width characters": self.text.replace("Fog", "Fo\u200bg\u00ad").encode(),
            "control characters": self.text.replace("Fog", "F\x00o\x08g").encode(),
            "old Macintosh": self.text.replace("\n", "\r").encode(),
        }.items():
            with self.subTest(what):
                story = read(data)
                if (
                    "Windows-1252" in what and "read" in what
                ):  # the last quotation mark has no letter in Windows-1252
                    self.assertEqual(body(story)[-1], body(same)[-1])
                else:
                    self.assertEqual(story.content(), same.content())

    def test_repairs_are_told(self):
        for data, note in (
            (self.text.encode("cp1252"), "not UTF-8: read as Windows-1252"),
            (self.text.replace("Fog", "F\x00og").encode(), "control characters removed"),
            (self.text.replace("Fog", "F\u200bog").encode(), "zero-width characters"),
            (self.text.replace("’", "â€™").encode(), "wrong encoding"),
            (self.text.encode()[:-1], "cut in the middle of a character"),
        ):
            with self.subTest(note):
                if "cut" in note:
                    data = page(LEAD, "Fin é", tail="").encode()[:-1]
                self.assertTrue(any(note in told for told in read(data).notes), read(data).notes)

    def test_persian_and_emoji_keep_what_joins_them(self):
        story = read(page("می‌خواهم 👩‍🚀 سلام دنیا و همهٔ مردم جهان که اینجا هستند و می‌مانند.", LEAD))
        self.assertIn("می‌خواهم 👩‍🚀", story.body[0].html)

    def test_what_is_no_page_is_refused_in_words(self):
        for data, reason in (
            (b"", "the file is empty"),
            (b"\xef\xbb\xbf \r\n\r\n", "the file is empty"),
            (b"hello world\n", "there is nothing but a headline"),
            (bytes(range(256)) * 40, "it is not text"),
            (b"x" * 5_000_001, "larger than 5 MB"),
        ):
            with self.subTest(reason), self.assertRaisesMessage(StoryError, reason):
                read(data)


class IdentityTests(SimpleTestCase):
    text = page(LEAD, MORE, tail=f"Share\n\n{RAIL}")

    def test_the_name_of_the_file_is_the_id(self):
        story = read(self.text, name="000_9640", source="gazette")
        self.assertEqual(
            (story.source, story.source_id, story.captured_at), ("gazette", "000_9640", CAPTURED)
        )
        self.assertEqual(read(self.text).source, "textpage")

    def test_without_a_name_the_id_comes_of_the_words_and_not_of_the_rail(self):
        one, same = read(self.text, name=""), read(page(LEAD, MORE), name="", captured_at=None)
        self.assertEqual(one.source_id, same.source_id)
        self.assertNotEqual(one.source_id, read(page(LEAD, LAST), name="").source_id)

    def test_the_time_of_the_file_stands_for_the_time_of_capture(self):
        self.assertEqual(read(self.text, captured_at=None, modified=CAPTURED).captured_at, CAPTURED)
