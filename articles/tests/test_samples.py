"""The sample newsroom: what people see in the first minute holds together."""

import json
import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase

from articles import attachments, prose
from articles.demo import documents, films, pictures, samples, sounds
from articles.filing import captions_of
from articles.formats import textpage
from articles.formats.context import Context
from articles.story import (
    ATTACHED,
    PubStatus,
    RelatedBlock,
    TextBlock,
    headline_key,
    split_category,
)

CAPTURED = datetime.fromisoformat(samples.CAPTURED_AT)
TWIN = "ostmere-vallenor-strait-watch"


def read_page(text, name):
    context = Context(
        source=samples.SOURCE, timezone=ZoneInfo("UTC"), captured_at=CAPTURED, name=name
    )
    return textpage.parse(text, context)


def pages():
    return {
        path.stem: read_page(path.read_bytes(), path.stem)
        for path in sorted(samples.PAGES.glob("*.txt"))
    }


def paragraphs(story):
    html = "".join(block.html for block in story.body if isinstance(block, TextBlock))
    return re.findall(r"<p>.*?</p>", html)


def words(story):
    return sum(len(prose.as_text(b.html).split()) for b in story.body if isinstance(b, TextBlock))


class SampleTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pages = pages()
        cls.written = samples.stories()
        cls.all = [*cls.pages.values(), *cls.written]

    def test_there_is_enough_to_fill_a_front_page_and_an_archive(self):
        self.assertGreaterEqual(len(self.all), 44)
        self.assertGreaterEqual(len(self.pages), 22)
        categories = {name for story in self.all for name in story.categories}
        self.assertGreaterEqual(len({split_category(name)[0] for name in categories}), 8)
        self.assertTrue(any(len(split_category(name)) > 1 for name in categories))
        self.assertIn(["Culture", "Food / Drink"], [split_category(name) for name in categories])
        days = [story.published_at.date() for story in self.all if story.published_at]
        past = [day for day in days if day <= CAPTURED.date()]
        self.assertLess(min(past), date(2025, 6, 1))
        self.assertEqual(max(past), CAPTURED.date())

    def test_stories_have_the_length_of_stories(self):
        lengths = sorted(words(story) for story in self.all)
        self.assertGreater(lengths[0], 90)
        self.assertGreater(lengths[len(lengths) // 2], 250)
        self.assertGreater(lengths[-1], 1500)

    def test_no_two_stories_have_the_same_name_or_headline(self):
        ids = Counter((story.source, story.source_id) for story in self.all)
        keys = Counter(headline_key(story.headline) for story in self.all)
        self.assertEqual([key for key, count in (ids | keys).items() if count > 1], [])

    def test_every_part_of_the_layout_is_on_some_page(self):
        stories = self.pages.values()
        self.assertTrue(all(len(story.recent) == 6 for story in stories))
        self.assertTrue(any(story.lead and story.lead.kind == "video" for story in stories))
        self.assertTrue(any(story.standfirst for story in stories))
        self.assertTrue(any(not story.published_at for story in stories))
        self.assertTrue(any(len(story.categories) > 1 for story in stories))

    def test_every_kind_of_block_and_state_is_in_some_story(self):
        kinds = {type(block).__name__ for story in self.written for block in story.body}
        wanted = {"TextBlock", "CaptionBlock", "GalleryBlock", "RelatedBlock", "QuoteBlock"}
        self.assertEqual(kinds, wanted)
        html = "".join(
            block.html for s in self.written for block in s.body if isinstance(block, TextBlock)
        )
        for tag in ("h2", "h3", "ul", "ol", "blockquote", "table", "strong", "em", "a href"):
            self.assertIn(f"<{tag}", html)
        self.assertEqual({story.language for story in self.written}, {"en", "de", "ar"})
        self.assertEqual(sum(story.pubstatus == PubStatus.WITHHELD for story in self.written), 1)
        self.assertEqual(sum(bool(story.embargoed_until) for story in self.written), 1)
        self.assertGreaterEqual(sum(bool(story.corrections) for story in self.written), 2)

    def test_markup_is_in_its_one_spelling(self):
        for story in self.written:
            for block in story.body:
                if isinstance(block, TextBlock):
                    self.assertEqual(prose.canonical(block.html), block.html, story.source_id)

    def test_photos_say_what_somebody_who_cannot_see_them_misses(self):
        for story in self.written:
            for caption in captions_of(story):
                with self.subTest(story=story.source_id, caption=caption.text):
                    self.assertTrue(caption.credit and caption.text)
                    self.assertTrue(caption.alt or caption.kind in ATTACHED)

    def test_links_between_paragraphs_lead_back_to_stories_of_the_set(self):
        by_key = {headline_key(story.headline): story for story in self.all}
        links = 0
        for story in self.all:
            for block in story.body:
                if isinstance(block, RelatedBlock):
                    target = by_key[headline_key(block.headline)]
                    newest = story.published_at or CAPTURED
                    older = target.published_at <= newest.replace(hour=23)
                    self.assertTrue(older, f"{story.source_id} links to the future")
                    links += 1
            for post in story.related:
                self.assertIn(headline_key(post.headline), by_key)
        self.assertGreaterEqual(links, 20)

    def test_rails_quote_the_first_fifteen_words_of_the_stories_they_name(self):
        by_headline = {story.headline: story for story in self.all}
        for name, story in self.pages.items():
            self.assertNotIn(story.headline, [post.headline for post in story.recent])
            for post in story.recent:
                told = by_headline[post.headline]
                with self.subTest(page=name, post=post.headline):
                    self.assertEqual(post.excerpt, prose.excerpt(paragraphs(told)[0]))
                    if told.published_at:
                        early, late = post.published_between
                        day = timedelta(days=1)  # a page may know no more than the day
                        self.assertLess(early - day, told.published_at)
                        self.assertLess(told.published_at, late + day)

    def test_a_page_comes_back_as_it_was_read(self):
        for name, story in self.pages.items():
            again = read_page(textpage.write(story), name)
            self.assertEqual(again.replace(notes=()), story.replace(notes=()), name)


class TwinTests(SimpleTestCase):
    """A page built like the one that the layout was read from, in our own words."""

    def test_every_part_is_found(self):
        gold = json.loads((samples.SAMPLES / "gold.json").read_text("utf-8"))[f"{TWIN}.txt"]
        story = pages()[TWIN]
        self.assertEqual(story.headline, gold["headline"])
        self.assertEqual(list(story.categories), gold["categories"])
        lead = {"kind": story.lead.kind, "title": story.lead.title, "caption": story.lead.text}
        self.assertEqual(lead, gold["lead"])
        self.assertEqual(list(story.key_points), gold["key_points"])
        self.assertEqual(len(paragraphs(story)), gold["n_paragraphs"])
        related = [block.headline for block in story.body if isinstance(block, RelatedBlock)]
        self.assertEqual(related, gold["related"])
        photos = [[c.text, c.credit] for c in captions_of(story) if c.kind == "photo"]
        self.assertEqual(photos, gold["captions"])
        recent = [[post.headline, post.excerpt, post.age] for post in story.recent]
        self.assertEqual(recent, gold["recent"])
        body = json.dumps(story.as_dict()["body"], ensure_ascii=False)
        for text in gold["must_not"]:
            self.assertNotIn(text, body)


class PictureTests(SimpleTestCase):
    def test_every_file_a_story_names_can_be_made_and_none_is_idle(self):
        used = defaultdict(set)
        for file, name in samples.wanted():
            used[Path(file).suffix].add(name)
        self.assertGreaterEqual(len(used[".jpg"]), 40)
        made = (pictures.SCENES, films.FILMS, sounds.SOUNDS, documents.LETTERS)
        self.assertEqual(
            used, dict(zip((".jpg", ".webm", ".m4a", ".pdf"), map(set, made), strict=True))
        )

    def test_a_picture_is_the_same_every_time(self):
        for name, size in (("temperature-stripes", (1600, 1000)), ("columnist", (1000, 1500))):
            picture = pictures.draw(name)
            self.assertEqual(picture.size, size)
            self.assertEqual(picture.tobytes(), pictures.draw(name).tobytes())
        self.assertEqual(pictures.draw("podium", (320, 200)).size, (320, 200))

    def test_every_scene_paints_something_with_light_and_shade(self):
        for name in ("foghorn", "seagrass", "library", "tree-rings", "harriers", "tram", "grain"):
            low, high = pictures.draw(name).convert("L").getextrema()
            self.assertGreater(high - low, 80, name)

    def test_posters_are_frames_of_their_films(self):
        poster = films.poster("storm")
        self.assertEqual(poster.size, (1280, 720))
        frame = next(iter(films.frames("storm", count=1)))
        self.assertEqual(frame.size, films.SIZE)
        self.assertNotEqual(poster.resize(films.SIZE).tobytes(), frame.tobytes())

    def test_films_are_small_and_play_in_a_browser(self):
        for name in films.FILMS:
            data = (samples.VIDEOS / f"{name}.webm").read_bytes()
            self.assertEqual(data[:4], b"\x1a\x45\xdf\xa3")
            self.assertLess(len(data), 200_000)

    def test_recordings_and_documents_are_taken_by_the_library(self):
        with TemporaryDirectory() as folder:
            letter = Path(folder, "bench.pdf")
            documents.write("bench", letter)
            self.assertEqual(attachments.look(letter).pages, 1)
        for name in sounds.SOUNDS:
            facts = attachments.look(samples.RECORDINGS / f"{name}.m4a")
            self.assertEqual(facts.kind, "audio")
            self.assertEqual(facts.seconds, len(sounds.SOUNDS[name]()) // sounds.RATE)

    def test_a_picture_cut_off_half_way_is_not_there(self):
        def fails(path):
            path.write_bytes(b"half")
            raise KeyboardInterrupt

        with TemporaryDirectory() as folder:
            missing = samples.missing(Path(folder))
            with self.assertRaises(KeyboardInterrupt):
                samples.lay_out(missing[0][0], fails)
            self.assertEqual(len(samples.missing(Path(folder))), len(missing))
            samples.lay_out(missing[0][0], lambda path: path.write_bytes(b"x"))
            self.assertEqual(len(samples.missing(Path(folder))), len(missing) - 1)
