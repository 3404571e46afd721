"""One spelling of markup, whatever door it comes through."""

from html import unescape

from django.test import SimpleTestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from articles import prose
from articles.prose.canonical import _is_canonical, _written
from articles.tests import soup

by_chance = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
chance = st.randoms(use_true_random=False)

# What comes, what is kept.
BLOCKS = [
    ("loose words", "<p>loose words</p>"),
    ("one<div>two<div>three</div></div>", "<p>one</p><p>two</p><p>three</p>"),
    ("<p>one\n<p>two", "<p>one</p><p>two</p>"),
    ("<p>a<br><br>b</p>", "<p>a</p><p>b</p>"),
    ("<p><br>a <br> b<br></p>", "<p>a<br>b</p>"),
    ("<p> </p><p>&nbsp;</p><p><b></b></p>", ""),
    ("<p> much \n\t space&nbsp;here&nbsp;</p>", "<p>much space\xa0here</p>"),
    ("<h1>A</h1><h4>B</h4>c", "<h2>A</h2><h3>B</h3><p>c</p>"),
    ("<h2>a<br><br>b</h2>", "<h2>a<br>b</h2>"),
    ("<p dir=RTL class=x style=color:red>مرحبا</p>", '<p dir="rtl">مرحبا</p>'),
    ("<pre>one\ntwo</pre>", "<p>one<br>two</p>"),
    ("<figure><img src=x><figcaption>words</figcaption></figure>", "<p>words</p>"),
    ("<dl><dt>a<dd>b</dl>", "<p>a</p><p>b</p>"),
    ("<q>so</q> he said", "<p>“so” he said</p>"),
    ("5 < 6 & 7 > 3 &copy", "<p>5 &lt; 6 &amp; 7 &gt; 3 ©</p>"),
    ("cut in the <a href='x", "<p>cut in the</p>"),
]
LISTS = [
    ("<ul><li>a<li>b</ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    ("<ol start=1><li>a</ol>", "<ol><li><p>a</p></li></ol>"),
    ("<ol start=3 type=a><li>a</ol>", '<ol start="3"><li><p>a</p></li></ol>'),
    ("<ul><li>a<ul><li>b</ul></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"),
    ("<ul><li>a</li><ul><li>b</ul></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"),
    ("<ul><li><ul><li>b</ul></ul>", "<ul><li><p>b</p></li></ul>"),
    ("<ul></ul><ul><li> </ul>", ""),
    ("<li>a</li>b", "<ul><li><p>a</p></li></ul><p>b</p>"),
    ("<ul>stray<li>a</ul>", "<ul><li><p>stray</p></li><li><p>a</p></li></ul>"),
    ("<ul><li><h2>a</h2><table><tr><td>b</table></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ("<blockquote>a<h3>b</h3></blockquote>c", "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>"),
]
TABLES = [
    ("<table><tr><td>layout<p>only</table>", "<p>layout</p><p>only</p>"),
    ("<table><tr><td><tr><td></table>", ""),
    (
        "<table><caption>of</caption><thead><tr><th>a<th>b<tbody><tr><td>c</table>",
        (
            "<p>of</p><table><tbody><tr><th><p>a</p></th><th><p>b</p></th></tr>"
            "<tr><td><p>c</p></td><td></td></tr></tbody></table>"
        ),
    ),
    (
        "<table><tr><td colspan=100 dir=rtl>a<tr><td rowspan=9>b<td>c</table>",
        (
            '<table><tbody><tr><td dir="rtl" colspan="2"><p>a</p></td></tr>'
            "<tr><td><p>b</p></td><td><p>c</p></td></tr></tbody></table>"
        ),
    ),
    (
        "<table><td><b>a<td>b</table>",
        "<table><tbody><tr><td><p><strong>a</strong></p></td><td><p>b</p></td></tr></tbody></table>",
    ),
    (
        "<i>a<table><tr><td><b>b<td>c</table>d",
        (
            "<p><em>a</em></p><table><tbody><tr><td><p><strong><em>b</em></strong></p></td>"
            "<td><p><em>c</em></p></td></tr></tbody></table><p><em>d</em></p>"
        ),
    ),
    (
        "<table><tr><td>a<td><table><tr><td>b<td>c</table>d</table>",
        "<table><tbody><tr><td><p>a</p></td><td><p>b</p><p>c</p><p>d</p></td></tr></tbody></table>",
    ),
]
MARKS = [
    ("<b>a</b> <i>b</i> <del>c</del>", "<strong>a</strong> <em>b</em> <s>c</s>"),
    ("<i><b>a</b></i>", "<strong><em>a</em></strong>"),
    ("<b>a<i>b</b>c</i>", "<strong>a<em>b</em></strong><em>c</em>"),
    ("<b>a</b><b>b</b> <strong>c</strong>", "<strong>ab c</strong>"),
    ("<b>a </b>b<b> c</b>", "<strong>a</strong> b <strong>c</strong>"),
    ("<b>a<br></b>b", "<strong>a</strong><br>b"),
    ("H<sub>2</sub>O, m<sup>2</sup>", "H<sub>2</sub>O, m<sup>2</sup>"),
    ("<u>a</u><font size=2><span>b</span></font>", "ab"),
    ('<b style="font-weight: normal">a<b>b</b></b>', "a<strong>b</strong>"),
    ("e\u0301<b>\u200b</b>", "é"),
]
LINKS = [
    ("http://example.org/a?b=1&copy=2", "http://example.org/a?b=1&amp;copy=2"),
    ("HTTP:\\\\example.org/", "http://example.org/"),
    ("//example.org/a", "https://example.org/a"),
    ("/\\example.org/a", "https://example.org/a"),
    (" /2024/01/a b ", "/2024/01/a%20b"),
    ("../a#b", "../a#b"),
    ("#note", "#note"),
    ("mailto:desk@example.org", "mailto:desk@example.org"),
    ("https://пример.рф/ж", "https://пример.рф/ж"),
]
REFUSED = [
    "javascript:alert(1)", " java\tscript:alert(1)", "java&#x0a;script:alert(1)",
    "JAVASCRIPT&colon;alert(1)", "\x01javascript:alert(1)", "java\u200bscript:alert(1)",
    "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x", "tel:1", "", "http://[",
    "https://", "http://1.2.3.4.5/",
]  # fmt: skip


class OneSpellingTests(SimpleTestCase):
    def check(self, cases):
        for given_, kept in cases:
            with self.subTest(given_):
                self.assertEqual(prose.canonical(given_), kept)

    def test_paragraphs_and_headings_stand_on_their_own(self):
        self.check(BLOCKS)

    def test_items_and_quotations_hold_paragraphs(self):
        self.check(LISTS)

    def test_a_table_is_a_full_grid_of_paragraphs(self):
        self.check(TABLES)

    def test_marks_have_one_name_and_one_order(self):
        self.check((given_, f"<p>{kept}</p>") for given_, kept in MARKS)

    def test_a_link_leads_where_it_led(self):
        self.check((f'<a href="{g}">a</a>', f'<p><a href="{kept}">a</a></p>') for g, kept in LINKS)

    def test_a_link_that_nobody_may_follow_is_only_its_words(self):
        self.check((f'<a href="{address}">a</a>', "<p>a</p>") for address in REFUSED)
        for address in REFUSED[:-3]:
            self.assertEqual(prose.address(unescape(address)), "")

    def test_a_link_around_blocks_is_in_each_of_them(self):
        linked = '<a href="/x">{}</a>'.format
        kept = f"<h2>{linked('a')}</h2><p>{linked('b')}</p>"
        self.check([('<a href="/x"><h2>a</h2><p>b</p></a>', kept)])


class PropertyTests(SimpleTestCase):
    @by_chance
    @given(chance)
    def test_the_one_spelling_stays_as_it_is(self, random):
        once = prose.canonical(soup.any_tags(random))
        self.assertEqual(prose.canonical(once), once)
        self.assertEqual(_written(once), once)

    @by_chance
    @given(st.text(st.characters(exclude_categories=())))
    def test_any_text_at_all_comes_to_rest(self, text):
        once = prose.canonical(text)
        self.assertEqual(prose.canonical(once), once)
        once.encode()

    @by_chance
    @given(chance)
    def test_what_is_taken_for_canonical_at_a_glance_is(self, random):
        html = soup.nearly_canonical(random)
        if _is_canonical(html):
            self.assertEqual(_written(html), html)
        else:
            self.assertEqual(_written(prose.canonical(html)), prose.canonical(html))

    def test_a_near_miss_is_not_taken_for_canonical(self):
        for html in [
            "<p>a  b</p>", "<p>a &gt;\u0338</p>", "\0<p>a</p>", "p\0", "<p>e\u0301</p>",
            "<p> a</p>", "<p>a\xa0</p>", "<p>\u200d</p>", "<p>a\u200bb</p>", "<p></p>", "<p>a</p> ",
            "<p>a & b</p>",
            "<p><em>a</em><em>b</em></p>", "<p><em>a</em> <em>b</em></p>", "<p>a<em> b</em></p>",
            "<p>a <em>b </em>c</p>", "<ul><li><h2>a</h2></li></ul>", "<ul></ul>", "<h2>a</h3>",
            '<p><a href="http://e.org:99999/">a</a> b</p>', '<p><a href="http://1.2.3.4.5/">a</a></p>',
            '<p><a href="http://e.org/?a&b">a</a></p>', '<p><a href="javascript:a">a</a></p>',
        ]:  # fmt: skip
            with self.subTest(html):
                self.assertNotEqual(prose.canonical(html), html)

    @by_chance
    @given(chance)
    def test_no_word_is_lost_or_made_up(self, random):
        """A browser's parser is the judge."""
        html = soup.readable(random)
        page = LexborHTMLParser(html).body
        expected = prose.line(page.text()) if page else ""
        found = prose.line(prose.as_text(prose.canonical(html)))
        self.assertEqual(*(sorted(text.replace(" ", "")) for text in (found, expected)))

    def test_plain_stories_are_known_at_a_glance(self):
        story = (
            "<h2>A</h2><p>b <strong>c</strong>, <em>d</em> &amp; “e”\xa0!</p><ul><li><p>f</p></li>"
            '</ul><blockquote><p><a href="https://e.org/?a&amp;b">g</a></p></blockquote>'
        )
        self.assertEqual(_written(story), story)
        self.assertTrue(_is_canonical(story))

    @by_chance
    @given(st.lists(st.text()))
    def test_plain_paragraphs_are_canonical_from_the_start(self, texts):
        html = prose.paragraphs(texts)
        self.assertEqual(prose.canonical(html), html)
