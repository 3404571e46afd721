"""What a batch of pages teaches: the site's own lines, names of sections, headlines."""

import json

from django.test import SimpleTestCase

from articles.formats import Context, textpage

from .pages import LAST, LEAD, MORE, RAIL, body, page, read

NAMES = "Ada Ben Cora Dan Eva Finn Gus Hana Ivo June Karl Lena Max Nora Otto Pia".split()


def batch(*lines, size=12, on=lambda number: True, **parts):
    """Pages of different stories, with these lines in the body of those that `on` picks."""
    return [
        page(
            f"{NAMES[number]} came aboard on the {number + 1}. day. {LEAD}",
            *(lines if on(number) else ()),
            f"{NAMES[number]} went home again. {MORE}",
            **{"top": f"Categories: World\n\n{NAMES[number]} sails to Corrin", **parts},
        )
        for number in range(size)
    ]


def learn(pages, **context):
    return textpage.learn([text.encode() for text in pages], Context(**context))


class BoilerplateTests(SimpleTestCase):
    def read_all(self, pages):
        learned = learn(pages)
        return [read(text, learned=learned) for text in pages]

    def assert_dropped(self, line, pages):
        for story in self.read_all(pages):
            self.assertNotIn(line, str(story.as_dict().get("body")))

    def assert_kept(self, line, pages):
        stories = self.read_all(pages)
        self.assertTrue(any(line in str(story.as_dict()) for story in stories))
        self.assertFalse(any("it stands on" in note for s in stories for note in s.notes))

    def test_a_line_in_capitals_on_many_pages_is_the_sites(self):
        line = "MORE FROM THE HARBOUR DESK OF THE GAZETTE"
        pages = batch(line, on=lambda number: number % 2)
        self.assertIn(("related", line), body(read(pages[1])))
        self.assert_dropped(line, pages)
        note = f"dropped, it stands on 6 of 12 pages: “{line}”"
        self.assertIn(note, self.read_all(pages)[1].notes)

    def test_menus_teasers_and_what_asks_for_a_click_go_too(self):
        for line in (
            "Our readers also follow the tide tables",
            "Get the harbour in your pocket: our app is free.",
            "Weather and tides",
        ):
            with self.subTest(line):
                self.assert_dropped(line, batch(line))

    def test_a_menu_above_headlines_without_bullets_is_dropped(self):
        pages = [
            text.replace("Categories: World\n\n", "Harbour Gazette\n\nThe paper of the Sound\n\n")
            for text in batch()
        ]
        for number, story in enumerate(self.read_all(pages)):
            self.assertEqual(story.headline, f"{NAMES[number]} sails to Corrin")

    def test_who_contributed_and_what_a_running_story_repeats_stay(self):
        for line in (
            "The Harbour Press contributed to this report.",
            "Ada Fry contributed to this report",
            "The ferry to Corrin had not sailed for nine winters when the company bought a boat.",
            "(Harbour Gazette)",
            "By Ada Fry",
        ):
            with self.subTest(line):
                self.assert_kept(line.strip("()"), batch(line))

    def test_a_headline_to_which_several_pages_lead_is_a_story(self):
        line = "NORA SAILS TO CORRIN"
        pages = batch(line, size=14, on=lambda number: number < 6)
        self.assertEqual(body(self.read_all(pages)[0])[1], ("related", line))

    def test_a_headline_of_any_rail_of_the_batch_is_a_story(self):
        line = "HERRING RETURN TO THE SOUND"
        pages = batch(line, on=lambda number: number < 6)
        pages[9] += f"\n\n{RAIL}"
        self.assertEqual(body(self.read_all(pages)[0])[1], ("related", line))

    def test_a_subhead_of_some_stories_stays_theirs(self):
        self.assert_kept("What happens next", batch("What happens next", on=lambda n: n % 3 == 0))

    def test_many_dumps_of_one_page_do_not_make_its_words_the_sites(self):
        one = page(LEAD, "NOBODY KNOWS WHEN THE NEXT BOAT WILL COME", MORE, LAST)
        pages = [one, f"{one}\n\n{RAIL}", one[:-300], *[one] * 20]
        stories = self.read_all(pages)
        self.assertEqual(stories[0], read(one))

    def test_a_page_alone_teaches_nothing_that_changes_it(self):
        (text,) = batch("MORE FROM THE HARBOUR DESK OF THE GAZETTE", size=1)
        self.assertEqual(read(text, learned=learn([text])), read(text))


class SectionTests(SimpleTestCase):
    def test_names_that_stand_alone_tell_apart_those_that_run_together(self):
        pages = batch()
        pages[0] = pages[0].replace("World", "Lamps")
        pages[1] = pages[1].replace("World", "Tide Tables, Gardens")
        text = page(LEAD, MORE, top="Categories: World Lamps Tide Tables\n\nFerry sails again")
        story = read(text, learned=learn(pages))
        self.assertEqual(story.categories, ("World", "Lamps", "Tide Tables"))
        self.assertEqual(read(text).categories, ("World Lamps Tide Tables",))

    def test_a_name_of_two_words_stays_one(self):
        pages = [text.replace("World", "Harbour News") for text in batch(size=4)]
        self.assertEqual(read(pages[0], learned=learn(pages)).categories, ("Harbour News",))


class HeadlineTests(SimpleTestCase):
    def test_two_words_in_capitals_that_another_page_is_called_are_a_story(self):
        pages = batch()
        pages[3] = pages[3].replace("Dan sails to Corrin", "Fog again")
        text = page(LEAD, "FOG AGAIN", MORE, LAST)
        self.assertEqual(body(read(text))[1], ("h2", "FOG AGAIN"))
        self.assertEqual(body(read(text, learned=learn(pages)))[1], ("related", "FOG AGAIN"))

    def test_a_rail_without_ages_and_ellipses_is_told_apart_by_known_headlines(self):
        rail = "Share\n\nRecent Posts\n\nAda sails to Corrin\n\nThe boat was full\n\nFog"
        story = read(page(LEAD, tail=rail), learned=learn(batch()))
        self.assertEqual(
            [(p.headline, p.excerpt) for p in story.recent],
            [("Ada sails to Corrin", "The boat was full"), ("Fog", "")],
        )


class LessonTests(SimpleTestCase):
    def test_it_is_json_of_bounded_size_and_the_same_each_time(self):
        pages = [f"{text}\n\n{RAIL}" for text in batch("Weather and tides", size=16)] * 20
        learned = learn(pages)
        self.assertEqual(json.loads(json.dumps(learned)), learned)
        self.assertEqual(learn(pages), learned)
        self.assertLess(len(json.dumps(learned)), 300_000)

    def test_rubbish_among_the_items_teaches_nothing(self):
        rubbish = [
            b"",
            b"\x00" * 99,
            bytes(range(256)) * 9,
            b"\xff\xfe\x00",
            b"x" * 200_000,
            b"Share",
        ]
        pages = [text.encode() for text in batch("Weather and tides")]
        self.assertEqual(
            textpage.learn([*rubbish, *pages], Context()), textpage.learn(pages, Context())
        )
        self.assertEqual(textpage.learn([], Context())["pages"], 0)

    def test_what_is_no_lesson_is_passed_over(self):
        text = page(LEAD, MORE)
        for learned in (None, [], "x", 3, {}):
            with self.subTest(learned):
                self.assertEqual(read(text, learned=learned), read(text))
