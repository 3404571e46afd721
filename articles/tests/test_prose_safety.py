"""Nothing that runs, and nothing that keeps the machine busy, comes in with a text."""

import contextlib
import time
from html.parser import HTMLParser

import nh3
from django.test import SimpleTestCase
from django_prose_editor.config import allowlist_from_extensions
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import prose
from articles.prose import markup
from articles.tests import soup

HOSTILE = [
    "<script>alert(1)</script>", "<scr<script>ipt>alert(1)</script>", "<svg onload=alert(1)>",
    "<svg><style><!--</style><img src=x onerror=alert(1)>--></style></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>", "<img src=x onerror=alert(1)//",
    "<p title='<img src=x onerror=alert(1)>'>a", "<a href='x' onclick='alert(1)'>a</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<style>*{x:expression(alert(1))}",
    "<textarea></textarea><img src=x onerror=alert(1)>", "<!--><img src=x onerror=alert(1)>-->",
    "<template><script>alert(1)</script></template>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href=\"x\"style='x'\"><img src=x onerror=alert(1)>", "<p/onclick=alert(1)>a",
    "<form action=javascript:alert(1)><button>a</button></form>", "<base href=//e.org/>",
]  # fmt: skip


class Elements(HTMLParser):
    """What a page would be made of."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


class HostileTests(SimpleTestCase):
    @settings(max_examples=300, deadline=None)
    @given(st.randoms(use_true_random=False))
    def test_only_what_the_list_allows_is_kept(self, random):
        kept = prose.canonical(soup.any_tags(random))
        for tag, attributes in Elements(kept).found:
            self.assertLessEqual(set(attributes), prose.ALLOWED[tag])
        gate = nh3.Cleaner(
            tags=set(prose.ALLOWED), attributes=prose.ALLOWED, url_schemes=prose.SCHEMES,
            link_rel=None,
        )  # fmt: skip
        self.assertEqual(gate.clean(kept).replace("&nbsp;", "\xa0"), kept)

    def test_nothing_that_runs_comes_through(self):
        for payload in HOSTILE:
            for wrapped in (payload, f"<p>{payload}</p>", f"<table><td>{payload}", payload * 2):
                with self.subTest(wrapped):
                    kept = prose.canonical(wrapped)
                    for tag, attributes in Elements(kept).found:
                        self.assertLessEqual(set(attributes), prose.ALLOWED[tag])
                        self.assertFalse(attributes.get("href", "").startswith(("java", "data")))

    def test_the_list_has_nothing_that_changes_how_the_rest_is_read(self):
        """The known holes of the parser behind nh3 all need one of these."""
        holes = "svg math style title textarea xmp iframe noscript noembed noframes plaintext"
        self.assertFalse(set(prose.ALLOWED) & {*holes.split(), "script", "template", "object"})

    def test_a_hundred_kilobytes_of_malice_do_not_hang(self):
        pieces = [
            "<a", "</p>", "<div>", "<b>", "<i>x", "<ul><li>a", "<table>", "<tr><td>x", "&", "&#8;",
            "<!--", "<svg>", '<a ="', "<a a ", '="', "a<br>", "e\u0301", "<",
            "<td rowspan=99 colspan=99>x",
            "<ul><li>a</li><ul><li>b</li></ul>", "<pre>\n", " \xa0", "<table><tr><td colspan=99>x",
        ]  # fmt: skip
        cases = [(piece * (100_000 // len(piece))) for piece in pieces]
        cases += [
            "<div>" * 11_000 + "</p>" * 11_000,
            "<table>" + "<td>" * 12_000 + "<tr><td>x" * 6_000,
        ]
        formats = "".join(f"<b a={n}>" for n in range(3_000))
        cases += [
            f"<p>{formats}</p>" + "<p>x</p>" * 8_000,
            "<a " + "a" * 100_000,
            "<a" + " " * 100_000,
        ]
        # Seconds: what grows with the square of the text takes minutes. No claim of speed, which
        # coverage and a busy machine would break.
        limit = 20
        for case in cases:
            with self.subTest(case[:40]):
                start = time.process_time()
                with contextlib.suppress(prose.ProseError):
                    prose.canonical(case)
                self.assertLess(time.process_time() - start, limit)

    def test_an_editor_is_told_what_is_too_large(self):
        with self.assertRaisesMessage(prose.ProseError, "1,000,000 characters long"):
            prose.canonical("x" * 1_000_001)
        with self.assertRaisesMessage(prose.ProseError, "1,000,000 characters long"):
            prose.canonical("&" * 999_999)  # that would be five million
        with self.assertRaisesMessage(prose.ProseError, "a table of 300 rows and 200 columns"):
            prose.canonical(f"<table><tr>{'<td>a' * 200}{'<tr><td>b' * 299}</table>")


class EditorTests(SimpleTestCase):
    # The editor knows these, we do not keep them; `dir` is kept by our own extension.
    EDITOR_ONLY = {"a": {"rel", "title"}, "ol": {"type", "data-type"}}

    def test_the_editor_offers_what_the_list_allows(self):
        offered = allowlist_from_extensions(prose.EDITOR_EXTENSIONS)
        self.assertEqual(offered["tags"] - {"thead"}, set(prose.ALLOWED))
        self.assertEqual(offered["url_schemes"], prose.SCHEMES)
        for tag, attributes in prose.ALLOWED.items():
            given_ = offered["attributes"].get(tag, set()) - self.EDITOR_ONLY.get(tag, set())
            self.assertEqual(attributes - {"dir"}, given_, tag)

    def test_the_marks_are_all_the_marks(self):
        self.assertLessEqual(set(prose.MARKS), set(prose.ALLOWED))
        self.assertEqual(set(markup.MARK_OF.values()), set(prose.MARKS))
