"""The top of a text page: categories, headline, standfirst, date, video, key points."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase

from articles.story import StoryError

from .pages import LAST, LEAD, MORE, RAIL, body, page, read

TITLE = "One night on the ferry: a passenger"
CAPTION = "Harbour correspondent Ann Lee speaks with the pilot about the fog on ‘Harbour Tonight.’"


class CategoriesTests(SimpleTestCase):
    def categories(self, line, **context):
        return read(page(LEAD, MORE, top=f"{line}\n\nFerry sails again"), **context).categories

    def test_one_category_is_one_category(self):
        self.assertEqual(self.categories("Categories: World"), ("World",))

    def test_names_that_run_together_are_told_apart_at_their_capitals(self):
        cases = {
            "WorldPoliticsU.S.": ("World", "Politics", "U.S."),
            "U.S.World": ("U.S.", "World"),
            "TechTVScience": ("Tech", "TV", "Science"),
            "Arts & CultureWorld": ("Arts & Culture", "World"),
            "WorldMiddle East": ("World", "Middle East"),
            "GardeningKnitting": ("Gardening", "Knitting"),
            "YouTubeWorld": ("YouTube", "World"),
            "U.K.PoliticsU.S.": ("U.K.", "Politics", "U.S."),
        }
        for line, expected in cases.items():
            with self.subTest(line):
                self.assertEqual(self.categories(f"Categories: {line}"), expected)

    def test_commas_part_the_names_and_nothing_else_does(self):
        self.assertEqual(
            self.categories("Categories: World, Ferry News Desk, McLaren"),
            ("World", "Ferry News Desk", "McLaren"),
        )

    def test_a_space_parts_two_names_only_when_both_are_known(self):
        self.assertEqual(self.categories("Categories: World Politics"), ("World", "Politics"))
        self.assertEqual(self.categories("Categories: Middle East"), ("Middle East",))
        self.assertEqual(
            self.categories("Categories: World Arts & Culture"), ("World", "Arts & Culture")
        )
        self.assertEqual(self.categories("Categories: World Lamps"), ("World Lamps",))
        known = self.categories("Categories: World Lamps", categories=("Lamps",))
        self.assertEqual(known, ("World", "Lamps"))

    def test_a_name_that_may_be_two_leaves_a_note(self):
        story = read(page(LEAD, MORE, top="Categories: World Lamps\n\nFerry sails again"))
        self.assertIn("“World Lamps” may be more than one category", story.notes)

    def test_a_known_place_in_the_tree_is_used(self):
        self.assertEqual(
            self.categories("Categories: Islands", categories=("World/Islands",)),
            ("World/Islands",),
        )

    def test_a_slash_within_a_name_is_kept_apart_from_the_tree(self):
        self.assertEqual(self.categories("Categories: AC/DC"), ("AC\\/DC",))
        self.assertEqual(self.categories("Categories: World/Islands"), ("World/Islands",))

    def test_the_label_may_be_in_another_language_or_on_a_line_of_its_own(self):
        self.assertEqual(self.categories("Kategorien: Politik"), ("Politik",))
        self.assertEqual(self.categories("Catégories : Monde"), ("Monde",))
        self.assertEqual(self.categories("Categories:\nWorld"), ("World",))

    def test_a_long_line_of_categories_is_no_sentence(self):
        names = [f"Islands of the {n}th Sound" for n in range(8)] + ["U.S."]
        self.assertEqual(self.categories("Categories: " + ", ".join(names)), tuple(names))

    def test_a_page_without_categories_begins_with_its_headline(self):
        story = read(page(LEAD, MORE, top="Ferry sails again"))
        self.assertEqual((story.categories, story.headline), ((), "Ferry sails again"))

    def test_menu_and_breadcrumbs_above_are_dropped_and_told(self):
        menus = (
            "  • Home\n  • World\n  • Contact",
            "Home » World » Ferry sails again",
            "Skip to content",
        )
        for menu in menus:
            for categories in ("Categories: World\n\n", ""):
                with self.subTest(menu=menu, categories=categories):
                    top = f"{menu}\n\n{categories}Ferry sails again"
                    story = read(page(LEAD, MORE, top=top))
                    self.assertEqual(story.headline, "Ferry sails again")
                    self.assertEqual(story.key_points, ())
                    self.assertTrue(any("dropped" in note for note in story.notes))


class StandfirstAndDateTests(SimpleTestCase):
    def test_a_line_above_the_date_or_the_video_is_the_standfirst(self):
        for below in (
            "January 29, 2024",
            "Published by\nJanuary 29, 2024",
            f"close Video\n\n{TITLE}",
        ):
            with self.subTest(below):
                story = read(page("Nine winters are over.", below, LEAD, MORE))
                self.assertEqual(story.standfirst, "Nine winters are over.")
                self.assertEqual(len(body(story)), 2)

    def test_a_line_that_is_no_sentence_is_the_standfirst(self):
        story = read(page("Passengers brought blankets and one grandfather clock", LEAD, MORE))
        self.assertEqual(story.standfirst, "Passengers brought blankets and one grandfather clock")

    def test_the_first_paragraph_is_no_standfirst(self):
        for lead in ("A ferry has sailed to Corrin for the first time in nine winters.", LEAD):
            story = read(page(lead, MORE, LAST))
            self.assertEqual(story.standfirst, "")
            self.assertEqual(body(story)[0], ("p", lead))

    def test_the_excerpt_in_the_rail_tells_where_the_body_begins(self):
        words = " ".join(LEAD.split()[:15])
        rail = f"Recent Posts\n\nFerry sails again\n\n{words}…\n\n1 hour ago"
        line = "The boat that nobody expected came."
        story = read(page(line, LEAD, MORE, tail=f"Share\n\n{rail}"))
        self.assertEqual(story.standfirst, line)
        self.assertEqual(body(story)[0], ("p", LEAD))

    def test_a_whole_excerpt_in_the_rail_is_the_standfirst(self):
        line = "The boat that nobody expected came."
        rail = f"Recent Posts\n\nFerry sails again\n\n{line}\n\n1 hour ago"
        story = read(page(line, LEAD, MORE, tail=f"Share\n\n{rail}"))
        self.assertEqual((story.standfirst, len(body(story))), (line, 2))

    def test_a_date_glued_to_the_video_is_the_day_of_publication(self):
        story = read(
            page(
                f"Published by\nJanuary 29, 2024\nclose Video\n\n{TITLE}\n\n{CAPTION}", LEAD, MORE
            ),
            timezone=ZoneInfo("Asia/Karachi"),
        )
        self.assertEqual(story.published_at.isoformat(), "2024-01-29T00:00:00+05:00")
        self.assertEqual(story.lead.title, TITLE)
        self.assertEqual(len(body(story)), 2)
        self.assertTrue(any("only the day" in note for note in story.notes))

    def test_dates_are_read_in_the_forms_that_themes_print(self):
        for line in (
            "29 January 2024",
            "Jan. 29, 2024",
            "2024-01-29",
            "29.01.2024",
            "29. Januar 2024",
            "29 janvier 2024",
            "29 de enero de 2024",
            "Monday, January 29, 2024",
            "Published: January 29, 2024",
        ):
            with self.subTest(line):
                story = read(page(line, LEAD, MORE))
                self.assertEqual(story.published_at, datetime(2024, 1, 29, tzinfo=UTC))

    def test_the_time_of_day_is_kept_where_it_is_printed(self):
        story = read(page("January 29, 2024 4:12 pm", LEAD, MORE))
        self.assertEqual(story.published_at, datetime(2024, 1, 29, 16, 12, tzinfo=UTC))

    def test_an_age_makes_no_date(self):
        story = read(page("2 years ago\nclose Video", TITLE, CAPTION, LEAD, MORE))
        self.assertIsNone(story.published_at)
        self.assertIn("the page says “2 years ago”: no date is made of it", story.notes)

    def test_a_date_that_cannot_be_is_no_date(self):
        self.assertIsNone(read(page(LEAD, MORE, "February 31, 2024")).published_at)

    def test_who_published_it_is_the_byline(self):
        self.assertEqual(
            read(page("Published by Ann Lee\nMay 2, 2024", LEAD, MORE)).byline, "Ann Lee"
        )
        self.assertEqual(
            read(page("Published by\nAnn Lee\nMay 2, 2024", LEAD, MORE)).byline, "Ann Lee"
        )
        self.assertEqual(read(page("By Ann Lee", LEAD, MORE)).byline, "By Ann Lee")
        self.assertEqual(read(page("Published by", LEAD, MORE)).byline, "")

    def test_a_page_without_a_headline_is_refused(self):
        for text in (
            "Categories: World",
            "close Video\n\nA boat",
            "Categories: World\n\nclose Video",
        ):
            with self.subTest(text), self.assertRaisesMessage(StoryError, "there is no headline"):
                read(text)


class VideoAndKeyPointsTests(SimpleTestCase):
    def test_title_and_caption_of_the_video(self):
        story = read(page("close Video", TITLE, CAPTION, LEAD, MORE))
        self.assertEqual(
            (story.lead.kind, story.lead.title, story.lead.text), ("video", TITLE, CAPTION)
        )
        self.assertEqual(len(body(story)), 2)

    def test_a_stock_caption_is_a_caption(self):
        stock = (
            "Harbour Flash top headlines are here. Check out what's clicking on harbour.example."
        )
        story = read(
            page("close Video", "Harbour Flash top headlines for May 2", stock, LEAD, MORE)
        )
        self.assertEqual(story.lead.text, stock)

    def test_a_video_without_caption_leaves_the_body_alone(self):
        story = read(page("close Video", TITLE, LEAD, MORE))
        self.assertEqual((story.lead.title, story.lead.text), (TITLE, ""))
        self.assertEqual([kind for kind, _ in body(story)], ["p", "p"])

    def test_a_video_without_title_leaves_the_body_alone(self):
        story = read(page("close Video", LEAD, MORE))
        self.assertEqual((story.lead.title, story.lead.text), ("", ""))
        self.assertEqual(len(body(story)), 2)

    def test_without_a_video_there_is_no_lead(self):
        self.assertIsNone(read(page(LEAD, MORE, tail=f"Share\n\n{RAIL}")).lead)

    def test_what_one_can_listen_to_is_no_part_of_the_story(self):
        heard = "NEWYou can now listen to Harbour Gazette articles!"
        for text in (
            page("close Video", TITLE, CAPTION, heard + " " + LEAD, MORE),
            page("close Video", TITLE, CAPTION, heard + LEAD, MORE),
            page(heard, "close Video", TITLE, CAPTION, LEAD, MORE),
            page("close Video", TITLE, CAPTION, heard, LEAD, MORE),
            page(heard + "\nclose Video", TITLE, CAPTION, LEAD, MORE),
            page(heard + "close Video", TITLE, CAPTION, LEAD, MORE),
        ):
            with self.subTest(text[:160]):
                story = read(text)
                self.assertEqual(body(story), [("p", LEAD), ("p", MORE)])
                self.assertEqual(story.lead.title, TITLE)
                self.assertEqual(story.standfirst, "")

    def test_a_second_video_stands_in_the_body(self):
        story = read(
            page("close Video", TITLE, CAPTION, LEAD, "close Video", "The pilot", CAPTION, MORE)
        )
        self.assertEqual([piece[0] for piece in body(story)], ["p", "video", "p"])

    def test_key_points_may_have_any_bullet(self):
        for lines in (
            "  • Forty ships.\n  • One pilot.",
            "  - Forty ships.\n  - One pilot.",
            "- Forty ships.\n- One pilot.",
            "* Forty ships.\n* One pilot.",
            "  1. Forty ships.\n  2. One pilot.",
            "1. Forty ships.\n2. One pilot.",
            "  • Forty ships.\n    • One pilot.",
            "  • Forty ships.\n\n  • One pilot.",
            "  • Forty\n    ships.\n  • One pilot.",
        ):
            with self.subTest(lines):
                story = read(page(lines, LEAD, MORE))
                self.assertEqual(story.key_points, ("Forty ships.", "One pilot."))
                self.assertEqual(len(body(story)), 2)

    def test_key_points_below_a_video_make_what_is_between_its_caption(self):
        story = read(page("close Video", TITLE, "A boat in fog.", "  • Forty ships.", LEAD, MORE))
        self.assertEqual((story.lead.text, story.key_points), ("A boat in fog.", ("Forty ships.",)))

    def test_a_list_after_a_colon_belongs_to_the_body(self):
        story = read(page("The boat carried three things:", "  • horses\n  • post\n  • salt", LEAD))
        self.assertEqual(story.key_points, ())
        self.assertEqual(body(story)[1], ("ul", ("horses", "post", "salt")))
