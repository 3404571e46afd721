"""Plain text: one spelling of a line, and of all the words of a Story as JSON."""

import copy
import unicodedata

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import prose

quick = settings(deadline=None)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(
                "type html text url headline body lead captions media file key_points tags related"
                " corrections at rights notes recent published_between".split()
            )
            | st.text(),
            inner,
        )
    ),
    max_leaves=20,
)
WHOLE = {
    "source": "desk",
    "source_id": "a/1",
    "source_url": "https://example.org/a?b=1",
    "pubstatus": "usable",
    "headline": "A headline",
    "key_points": ["One.", "Two."],
    "published_at": "2024-01-29T12:00:00+00:00",
    "lead": {"type": "caption", "text": "A street", "media": {"url": "/a.jpg", "width": 3}},
    "body": [
        {"type": "text", "html": "<p>a <strong>b</strong> c</p>"},
        {"type": "quote", "text": "one\ntwo", "cite": "them"},
        {"type": "gallery", "captions": [{"type": "caption", "text": "A lane"}]},
        {"type": "raw", "html": "<object>\n  x</object>", "why": "an object"},
    ],
    "corrections": [{"at": "2024-01-30T12:00:00+00:00", "text": "one\ntwo"}],
    "recent": [{"headline": "b", "published_between": ["2024-01-29T00:00:00Z"] * 2}],
    "rights": "one\ntwo",
}


class LineTests(SimpleTestCase):
    def test_a_headline_is_one_line_of_characters_that_can_be_seen(self):
        for given_, kept in [
            ("  Two\n\n lines\t and a\xa0gap ", "Two lines and a gap"),
            (
                "\ufeffA\x00 bell\x07, a\u200bword, a soft\u00adhyphen",
                "A bell, aword, a softhyphen",
            ),
            ("half a pair \ud83d of \ufffe", "half a pair of"),
            ("cafe\u0301 \u212b", "café Å"),
            ("می\u200cخواهم 👩\u200d🚀 \u200fשלום", "می\u200cخواهم 👩\u200d🚀 \u200fשלום"),
            ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",) * 2,
            (" \u200b\u2028 ", ""),
        ]:
            with self.subTest(given_):
                self.assertEqual(prose.line(given_), kept)

    def test_lines_stay_lines_where_they_may(self):
        self.assertEqual(prose.text(" one \r\n\r\n\x0btwo\u2028three "), "one\ntwo\nthree")

    @quick
    @given(st.text(st.characters(exclude_categories=())))
    def test_a_line_that_is_right_is_left_alone(self, given_):
        for spell in (prose.line, prose.text):
            once = spell(given_)
            self.assertEqual(spell(once), once)
            self.assertTrue(unicodedata.is_normalized("NFC", once))
            once.encode()
        self.assertEqual(len(prose.line(given_).splitlines()), bool(prose.line(given_)))


class PlainTests(SimpleTestCase):
    def test_paragraphs_are_escaped_and_never_empty(self):
        html = prose.paragraphs(["A & B\n", " ", "1 < 2", "\u200b", "<b>"])
        self.assertEqual(html, "<p>A &amp; B</p><p>1 &lt; 2</p><p>&lt;b&gt;</p>")

    def test_the_words_of_a_text_without_its_markup(self):
        html = prose.canonical("<h2>A</h2><p>1 &lt; 2<br>b</p><ul><li>c <b>d</b></ul>")
        self.assertEqual(prose.as_text(html), "A\n\n1 < 2\nb\n\nc d")
        self.assertEqual(prose.count_words(html), 7)
        self.assertEqual(prose.as_text(""), "")

    @quick
    @given(st.lists(st.text(st.characters(categories=["L", "N", "P", "Sm"]), min_size=1)))
    def test_paragraphs_can_be_read_back(self, texts):
        texts = [prose.line(text) for text in texts if prose.line(text)]
        self.assertEqual(prose.as_text(prose.paragraphs(texts)), "\n\n".join(texts))

    def test_an_excerpt_has_fifteen_words(self):
        words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        self.assertEqual(prose.excerpt(f"<p>{words}</p><p>fifteen</p>"), f"{words} fifteen")
        self.assertEqual(prose.excerpt(f"<p>{words} 15, then</p>"), f"{words} 15…")
        self.assertEqual(prose.excerpt("1 < 2 and so on", words=3), "1 < 2…")
        self.assertEqual(prose.excerpt(""), "")

    def test_an_excerpt_is_short_where_words_are_not_apart(self):
        self.assertEqual(prose.excerpt("漢" * 5000), "漢" * 180 + "…")
        self.assertLess(len(prose.excerpt("<p>" + "long-word" * 9999 + "</p>")), 182)


class TidyTests(SimpleTestCase):
    def test_a_story_that_needs_nothing_comes_back_without_notes(self):
        self.assertEqual(prose.tidy(WHOLE), (WHOLE, []))

    def test_every_repair_has_a_note(self):
        given_ = copy.deepcopy(WHOLE)
        given_["headline"] = "A\x07 headline"
        given_["key_points"] = ["One. ", " ", "Two."]
        given_["lead"]["media"]["url"] = "javascript:alert(1)"
        given_["lead"]["text"] = "A\nstreet"
        given_["body"].insert(0, {"type": "text", "html": "<p> </p>"})
        given_["body"][1]["html"] = "<p>a <b>b</b> c</p>"
        given_["body"].append({"type": "embed", "provider": "x", "url": "data:text/html,x"})
        given_["corrections"][0]["text"] = "one\n\ntwo "
        before = copy.deepcopy(given_)
        wanted = copy.deepcopy(WHOLE)
        wanted["lead"]["media"]["url"] = ""
        tidied, notes = prose.tidy(given_)
        self.assertEqual(tidied, wanted)
        self.assertEqual(given_, before)
        self.assertEqual(
            notes,
            [
                "control characters removed from headline",
                "white space tidied in key_points[0]",
                "white space tidied in key_points[1]",
                "empty entry dropped from key_points",
                "white space tidied in lead.text",
                "address refused in lead.media.url: javascript:alert(1)",
                "empty text dropped: body[0]",
                "markup cleaned in body[1]",
                "address refused in body[5].url: data:text/html,x",
                "white space tidied in corrections[0].text",
            ],
        )

    def test_a_text_too_long_for_one_block_is_parted_between_paragraphs(self):
        html = "".join(f"<p>{number} {'x' * 500}</p>" for number in range(4500))
        tidied, notes = prose.tidy({"body": [{"type": "text", "html": html}]})
        self.assertEqual([block["type"] for block in tidied["body"]], ["text"] * 3)
        self.assertEqual("".join(block["html"] for block in tidied["body"]), html)
        self.assertEqual(notes, [])

    def test_what_is_too_large_for_prose_is_kept_unshown(self):
        html = "x" * (prose.LONGEST + 1)
        tidied, notes = prose.tidy({"body": [{"type": "text", "html": html}]})
        self.assertEqual(tidied["body"][0]["type"], "raw")
        self.assertEqual(tidied["body"][0]["html"], html)
        self.assertEqual(len(notes), 1)

    @quick
    @given(st.dictionaries(st.text(), anything) | anything)
    def test_nothing_makes_it_stumble_and_twice_is_once(self, document):
        tidied, _ = prose.tidy(document)
        self.assertEqual(prose.tidy(tidied), (tidied, []))
