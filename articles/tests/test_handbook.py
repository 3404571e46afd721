"""The editors' handbook, as the desk shows it."""

import re
from pathlib import Path
from unittest.mock import patch

from django.test import SimpleTestCase, TestCase
from django.urls import get_resolver, reverse
from selectolax.lexbor import LexborHTMLParser

from articles import handbook

from .desk import a_client, an_editor, stored, url_of
from .matrix import walk


def soup(response):
    return LexborHTMLParser(response.content.decode())


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.desk = a_client(an_editor("rosa"))

    def chapter(self, slug=handbook.FIRST):
        return self.desk.get(handbook.address(slug))

    def test_every_chapter_can_be_read_and_all_that_it_links_to_is_there(self):
        for chapter in handbook.chapters():
            page = soup(self.chapter(chapter.slug))
            text = page.css_first(".handbook-text")
            self.assertEqual(page.css_first("h1").text(strip=True), chapter.title)
            self.assertGreater(len(text.text()), 300, chapter.slug)
            links = [node.attributes["href"] for node in text.css("a[href]")]
            links += [node.attributes["src"] for node in text.css("img")]
            for link in links:
                address, _, anchor = link.partition("#")
                with self.subTest(chapter=chapter.slug, link=link):
                    found = self.desk.get(address) if address else self.chapter(chapter.slug)
                    self.assertEqual(found.status_code, 200)
                    if anchor:
                        self.assertIsNotNone(soup(found).css_first(f"#{anchor}"))

    def test_every_page_of_the_folder_is_a_chapter(self):
        there = {path.stem for path in handbook.FOLDER.glob("*.md")}
        self.assertEqual({chapter.slug for chapter in handbook.chapters()}, there)

    def test_every_page_of_the_desk_leads_to_its_chapter(self):
        article = stored()
        page = soup(self.desk.get(url_of(article, "schedule")))
        self.assertEqual(
            page.css_first("#user-tools a").attributes["href"],
            reverse("handbook-chapter", args=["publishing"]),
        )
        for beginning, slug in handbook.CHAPTERS.items():
            names = [name.removeprefix("admin:") for name in walk.routes(get_resolver())]
            self.assertTrue(any(name.startswith(beginning) for name in names), beginning)
            self.assertEqual(handbook.chapter(slug).slug, slug)

    def test_what_is_not_there_is_not_found(self):
        for path in ("nothing/", "pictures/nothing.webp", "pictures/..%2Fwriting.md"):
            self.assertEqual(self.desk.get(f"/admin/handbook/{path}").status_code, 404)

    def test_who_is_not_of_the_newsroom_reads_nothing(self):
        for path in ("", "writing/", "pictures/form.webp"):
            answer = self.client.get(f"/admin/handbook/{path}")
            self.assertEqual(answer.status_code, 302)
            self.assertIn("login", answer["Location"])


class MarkdownTests(SimpleTestCase):
    def test_links_headings_and_tables_become_html_and_html_stays_text(self):
        html = handbook.as_html(
            "## Now or later\n\n[there](writing.md#blocks) <b onclick=x>b</b>\n\n|a|\n|-|\n|b|\n"
        )
        self.assertIn('<h2 id="now-or-later">', html)
        self.assertIn('href="/admin/handbook/writing/#blocks"', html)
        self.assertIn("<table>", html)
        self.assertNotIn("<b ", html)

    def test_a_picture_says_how_large_it_is(self):
        html = handbook.as_html("![The form](pictures/form.webp)")
        self.assertRegex(html, r'width="1280" height="\d+"')
        self.assertIn('alt="The form"', html)

    def test_the_longest_beginning_decides(self):
        with patch.dict(handbook.CHAPTERS, {"a": "one", "a_b": "two"}, clear=True):
            self.assertEqual(handbook.chapter_for("a_b_c"), "two")
            self.assertEqual(handbook.chapter_for("a_c"), "one")
            self.assertEqual(handbook.chapter_for("z"), handbook.FIRST)


class PictureTests(SimpleTestCase):
    def test_every_picture_is_small_and_shown(self):
        text = "".join(path.read_text("utf-8") for path in handbook.FOLDER.glob("*.md"))
        shown = set(re.findall(r"\]\(pictures/([\w-]+\.webp)\)", text))
        there = {path.name for path in Path(handbook.PICTURES).iterdir()}
        self.assertEqual(there, shown)
        for path in Path(handbook.PICTURES).iterdir():
            self.assertLess(path.stat().st_size, 200_000, path.name)
