"""What readers' pages may cost, and what none of them may hold: seen without a browser."""

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from selectolax.lexbor import LexborHTMLParser

from . import readers
from .newsroom import ReaderTestCase

STYLE, SCRIPTS, SHELL = 20_000, 10_000, 14_000  # bytes, compressed as a proxy does it
RESOURCES = {
    "script": ("src",),
    "link[rel~=stylesheet], link[rel~=icon], link[rel~=preload]": ("href",),
    "img, source, iframe, video, audio, embed, track": ("src", "srcset", "poster"),
    "object": ("data",),
}
SCRIPTING = "style, [style], script:not([src]):not([type='application/ld+json'])"


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 5))


def static(address: str) -> bytes:
    path = finders.find(urlsplit(address).path.removeprefix(settings.STATIC_URL))
    return Path(path).read_bytes()


def candidates(srcset: str) -> list[str]:
    return [one.split()[0] for one in srcset.split(",") if one.strip()]


def addresses(page: LexborHTMLParser):
    """Whatever a browser asks for by itself."""
    for css, names in RESOURCES.items():
        for node in page.css(css):
            for name in names:
                value = node.attributes.get(name) or ""
                yield from (
                    re.findall(r"[^\s,]\S*", value) if name == "srcset" else [value] * bool(value)
                )


class BudgetTests(ReaderTestCase):
    @classmethod
    def setUpTestData(cls):
        cache.clear()
        cls.paths = readers.open_site()

    def pages(self):
        """(what, page) of every kind, with fronts that fill themselves and with others."""
        for what, path in self.paths.items():
            yield what, self.page_at(path)
        for what, path in readers.arrange().items():
            cache.clear()
            yield what, self.page_at(path)

    def page_at(self, path):
        if path.startswith("/-/"):
            body = readers.made(path.removeprefix("/-/"))
        else:
            body = self.get(path).content.decode()
        return LexborHTMLParser(body)

    def test_the_stylesheet_and_all_scripts_of_a_page_are_small(self):
        for what, page in self.pages():
            with self.subTest(what):
                styles = {node.attributes["href"] for node in page.css("link[rel=stylesheet]")}
                scripts = {node.attributes["src"] for node in page.css("script[src]")}
                self.assertTrue(styles)
                self.assertLessEqual(sum(packed(static(one)) for one in styles), STYLE)
                self.assertLessEqual(sum(packed(static(one)) for one in scripts), SCRIPTS)

    def test_a_story_costs_little_beside_its_text(self):
        page = self.page_at(self.paths["story"])
        self.assertTrue(page.css("div.body figure.gallery"), "the story with everything in it")
        page.css_first("div.body").inner_html = ""
        self.assertLessEqual(packed(page.html.encode()), SHELL)

    def test_no_script_holds_a_page_up_and_none_is_written_into_it(self):
        for what, page in self.pages():
            with self.subTest(what):
                self.assertEqual([node.html for node in page.css(SCRIPTING)], [])
                for node in page.css("script[src]"):
                    late = {"async", "defer"} & set(node.attributes)
                    self.assertTrue(late or node.attributes.get("type") == "module", node.html)
                events = re.findall(r"<[^>]*\son\w+=[^>]*>", page.html)
                self.assertEqual(events, [])

    def test_nothing_comes_from_another_host(self):
        here = urlsplit(settings.SITE_URL).netloc
        for what, page in self.pages():
            with self.subTest(what):
                found = [urljoin(settings.SITE_URL, one) for one in addresses(page)]
                self.assertTrue(found)
                self.assertEqual([one for one in found if urlsplit(one).netloc != here], [])
                self.assertEqual(page.css("link[rel~=preconnect], link[rel~=dns-prefetch]"), [])

    def test_every_picture_says_its_size_before_it_is_there(self):
        pictures = 0
        for what, page in self.pages():
            for node in page.css("img, video"):
                pictures += 1
                size = [node.attributes.get(name) or "" for name in ("width", "height")]
                self.assertTrue(all(one.isdigit() for one in size), f"{what}: {node.html[:200]}")
        self.assertGreater(pictures, 20)

    def test_the_first_picture_comes_at_once_and_those_below_when_they_are_near(self):
        for what in ("front", "story, photo"):
            page = self.page_at(self.paths[what])
            first, *others = page.css("main img")
            self.assertEqual(first.attributes.get("fetchpriority"), "high", what)
            self.assertNotEqual(first.attributes.get("loading"), "lazy", what)
            self.assertEqual({one.attributes.get("loading") for one in others} - {"lazy"}, set())

    def test_every_page_has_one_heading_a_title_and_says_what_it_is(self):
        for what, page in self.pages():
            with self.subTest(what):
                self.assertEqual(len(page.css("h1")), 1)
                self.assertTrue(page.css_first("title").text(strip=True))
                self.assertTrue(page.css_first("html").attributes.get("lang"))
                if what not in {*readers.MADE, "not there", "withdrawn"}:
                    told = page.css("meta[name=description], meta[name=robots][content=noindex]")
                    self.assertTrue(told, "neither described nor kept out of searches")
