"""What is written as a page is read as the same story; what is hostile is refused or read."""

import random
import time
from contextlib import suppress
from pathlib import Path

from django.test import SimpleTestCase, tag
from hypothesis import given
from hypothesis import strategies as st

from articles import prose
from articles.formats import Context, textpage
from articles.formats.textpage.projecting import timezone_of
from articles.story import (
    CaptionBlock,
    GalleryBlock,
    PubStatus,
    QuoteBlock,
    RecentPost,
    RelatedBlock,
    RelatedPost,
    Story,
    StoryError,
    TextBlock,
)

from .pages import CAPTURED, LEAD, MORE, RAIL, page, read
from .stories import a_full_story, lines, moments, stories, tuples

# Words that a page could take for something else.
ODD = (
    """
Share|Recent Posts|Related Post|close Video|January 29, 2024|2 days ago|Published by|By Ann Lee
Tags: a|Categories: World|View Comments|Home » World|CLICK HERE NOW|Sign up for our newsletter
WHO IS INVOLVED?|FOG AGAIN|THE FERRY LEAVES FOR A LONG TRIP TO CORRIN|NATO|What happens next
A boat leaves. (AP Photo/Ann, File)|(AP Photo/Ann)|Credit: Ann Lee|A caption (left)|(|)|• x|- x
1. a|He said so.|An excerpt that is cut…|donâ€™t|IRMÃ”|ß straße|٣|World|U.S.|AC/DC
This post was last modified on January 30, 2024 4:12 pm
NEWYou can now listen to our articles! Hello
The ferry sailed on Monday with forty people and a dog aboard, and nobody on the quay waved.
Ann Lee discusses ferries with Bob Ray on ‘Harbour Live.’
""".strip()
    .replace("\n", "|")
    .split("|")
)
words = st.one_of(st.sampled_from([prose.line(text) for text in ODD]), lines)
some = words.filter(bool)
FLOW = (
    "<p>{0}</p>", "<p>{0}</p>", "<p>{0}<br>{1}</p>", "<h2>{0}</h2>", "<h3>{0}</h3>",
    "<ul><li><p>{0}</p></li><li><p>{1}</p></li></ul>", "<ol start='3'><li><p>{0}</p></li></ol>",
    "<ul><li><p>{0}</p><ul><li><p>{1}</p></li></ul></li></ul>",
    "<blockquote><p>{0}</p></blockquote>",
    "<table><tbody><tr><td><p>{0}</p></td><td><p>{1}</p></td></tr></tbody></table>",
)  # fmt: skip


def text_block(parts):
    escaped = [
        (flow, prose.paragraphs([a])[3:-4], prose.paragraphs([b])[3:-4]) for flow, a, b in parts
    ]
    return TextBlock(html=prose.canonical("".join(flow.format(a, b) for flow, a, b in escaped)))


text_blocks = st.lists(
    st.tuples(st.sampled_from(FLOW), some, some), min_size=1, max_size=4
).map(text_block).filter(lambda block: block.html)  # fmt: skip
captions = st.builds(
    CaptionBlock, kind=st.sampled_from(["photo", "video"]), title=words, text=words, credit=words
)
odd_stories = st.builds(
    Story,
    source=st.just("gazette"),
    source_id=st.just("1"),
    pubstatus=st.just(PubStatus.USABLE),
    headline=some,
    standfirst=words,
    byline=words,
    key_points=tuples(some),
    categories=tuples(st.sampled_from(
        ["World", "U.S.", "World/Isles", "AC/DC", "Arts\\/Tech", "World Politics", "fooBar", "a, B"]
    )),
    tags=tuples(some.filter(lambda text: len(text) < 100)),
    published_at=st.none() | moments,
    modified_at=st.none() | moments,
    captured_at=st.none() | moments,
    lead=st.none() | captions,
    body=tuples(st.one_of(
        text_blocks,
        captions,
        st.builds(GalleryBlock, captions=tuples(captions)),
        st.builds(RelatedBlock, headline=some),
        st.builds(QuoteBlock, text=words, cite=words),
    )),
    related=tuples(st.builds(RelatedPost, headline=some, excerpt=words)),
    recent=tuples(st.builds(
        RecentPost, headline=some, excerpt=words, age=st.sampled_from(["", "2 days ago", "soon"])
    )),
)  # fmt: skip


class RoundTripTests(SimpleTestCase):
    def assert_comes_back(self, story):
        """`read(write(s))` is `carried(s)`, and what was read is written and read the same."""
        try:
            carried = textpage.carried(story)
        except StoryError:  # nothing but a headline
            self.assertRaises(StoryError, textpage.write, story)
            return
        context = Context(
            source=story.source,
            name=story.source_id,
            timezone=timezone_of(story),
            captured_at=story.captured_at,
        )
        got = textpage.parse(textpage.write(story), context).replace(notes=())
        self.assertEqual(got, carried)
        again = textpage.parse(textpage.write(got), context).replace(notes=())
        self.assertEqual(again, got)

    @given(stories)
    def test_any_story_comes_back_as_what_a_page_can_carry(self, story):
        self.assert_comes_back(story)

    @given(odd_stories)
    def test_words_that_look_like_the_template_come_back_as_words(self, story):
        self.assert_comes_back(story)

    def test_a_full_story_keeps_its_words(self):
        carried = textpage.carried(a_full_story())
        self.assertEqual(carried.headline, a_full_story().headline)
        self.assertEqual(carried.byline, "By Ines Roth")
        self.assertEqual(carried.categories, ("World/Coast", "Business"))
        self.assertEqual(carried.lead.title, "The gate")
        self.assertEqual([b.headline for b in carried.body if isinstance(b, RelatedBlock)],
                         ["PILOTS ASK FOR A SECOND BOAT"])  # fmt: skip
        self.assertEqual(carried.related[0].headline, "What the gate cost")
        self.assert_comes_back(a_full_story())

    def test_a_plain_page_is_written_without_a_mark(self):
        text = page(
            "January 29, 2024\nclose Video", "One night on the ferry", "A boat in fog.",
            "  • Forty ships.\n  • One pilot.", LEAD, "FERRY COMPANY BUYS A SECOND BOAT FOR CORRIN",
            "Passengers wait on the quay. (AP Photo/Ann Lee)", MORE, tail=f"Share\n\n{RAIL}\n",
        )  # fmt: skip
        self.assertEqual(textpage.write(read(text)).decode(), text)

    def test_every_sample_page_is_the_same_after_one_round(self):
        pages = sorted((Path(__file__).parents[1] / "samples" / "pages").glob("*.txt"))
        self.assertGreater(len(pages), 20)
        for path in pages:
            with self.subTest(path.name):
                story = read(path.read_bytes())
                once = textpage.write(story)
                self.assertEqual(textpage.write(read(once)), once)
                self.assertEqual(read(once).content(), story.content())


class HostileTests(SimpleTestCase):
    """A reader answers every bytes with a Story or a StoryError, and never hangs."""

    # Seconds. A pattern that runs away takes minutes or hours; a second was too little for an
    # honest reader under coverage on a busy machine.
    hangs = 20

    def answer(self, data):
        started = time.process_time()
        with suppress(StoryError):
            textpage.parse(data, Context(name="page", captured_at=CAPTURED))
        self.assertLess(time.process_time() - started, self.hangs, data[:200])

    def mutated(self, chance, data):
        """One of what happens to files: cut, doubled, shuffled, overwritten."""
        data = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
            kind = chance.randrange(4)
            if kind == 0:
                del data[a : min(b, a + 300)]
            elif kind == 1:
                data[a:a] = data[a : min(b, a + 300)]
            elif kind == 2:
                data[a:a] = chance.choice(
                    [b"\n", b"\n\n", b"Share", b"  \xe2\x80\xa2 ", b"\xff\xfe"]
                )
            else:
                data[a : a + 4] = chance.randbytes(4)
        return bytes(data)

    def attack(self, rounds):
        chance = random.Random(1605)
        whole = page(
            "close Video", LEAD, "  • One.\n  • Two.", MORE, tail=f"Share\n\n{RAIL}"
        ).encode()
        for _ in range(rounds):
            self.answer(self.mutated(chance, whole))
            self.answer(chance.randbytes(chance.randrange(2000)))

    def test_random_bytes_and_broken_pages(self):
        self.attack(150)

    @tag("torture")
    def test_thousands_of_random_bytes_and_broken_pages(self):
        self.attack(5000)

    def test_long_runs_of_what_patterns_look_for(self):
        for run in (
            "(",
            ")",
            "((",
            "a > ",
            "A",
            "Share\n\n",
            "  • x\n",
            "1. x\n",
            "newsletter ",
            "â€",
            "click here ",
            "January 1, ",
            "\u2060",
            "2 days ago\n\n",
            "U.S.",
            "World",
            "World ",
            "\n",
            " ",
            "\xa0",
            "e\u0301",
            "»",
            "Recent Posts\n\n",
            "close Video\n\n",
        ):
            for top in (
                "",
                "Categories: ",
                "Ferry\n\n",
                "Ferry\n\nShare\n\nTags: ",
                "Ferry\n\nclose Video\n\n",
            ):
                with self.subTest(run=run, top=top):
                    self.answer((top + run * (60_000 // len(run))).encode())
