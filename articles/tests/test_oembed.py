"""A story in short, for other sites: what the standard asks, and nothing readers cannot see."""

import json
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.utils import timezone
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from articles import addresses, library, publishing
from articles.models import Article
from articles.story import CaptionBlock, Media
from articles.tests.desk import a_photo
from articles.tests.matrix.crawler import clock
from articles.tests.newsroom import HOUR, ReaderTestCase, dated, draft, live, scheduled, withdrawn
from articles.tests.stories import a_story

HOST = "http://testserver"
SECOND = timedelta(seconds=1)


class OembedTestCase(ReaderTestCase):
    def ask(self, path, host=HOST, **more):
        headers = more.pop("headers", {})
        query = urlencode({"url": f"{host}{path}", **more})
        return self.client.get(f"/oembed/?{query}", headers=headers)

    def told(self, path, **more):
        response = self.ask(path, **more)
        self.assertEqual(response.status_code, 200)
        return json.loads(response.content)


class AnswerTests(OembedTestCase):
    def setUp(self):
        super().setUp()
        self.photo = a_photo("navy")
        lead = CaptionBlock(media=Media(sha256=self.photo.sha256), text="The gate.")
        (self.article,) = live(dated(HOUR, headline='The <gate> & "more"', lead=lead))
        self.path = self.article.path

    def test_it_has_every_field_of_a_rich_answer(self):
        told = self.told(self.path)
        self.assertEqual((told["version"], told["type"]), ("1.0", "rich"))
        self.assertEqual(told["title"], 'The <gate> & "more"')
        self.assertEqual(
            (told["author_name"], told["author_url"]), ("Ines Roth", f"{HOST}/author/ines-roth/")
        )
        self.assertEqual((told["provider_name"], told["provider_url"]), ("Newsroom", f"{HOST}/"))
        self.assertEqual(told["width"], 600)
        self.assertIsInstance(told["height"], int)

    def test_its_html_is_a_quotation_that_leads_here_and_runs_nothing(self):
        tree = LexborHTMLParser(self.told(self.path)["html"])
        link = tree.css_first("blockquote a")
        self.assertEqual(link.attributes["href"], f"{HOST}{self.path}")
        self.assertEqual(link.text(), 'The <gate> & "more"')
        self.assertEqual(tree.css("script, style, iframe, img, gate"), [])

    def test_xml_says_the_same(self):
        response = self.ask(self.path, format="xml")
        self.assertEqual(response["Content-Type"], "text/xml; charset=utf-8")
        root = etree.fromstring(response.content)
        self.assertEqual(root.tag, "oembed")
        told = {name: str(value) for name, value in self.told(self.path).items()}
        self.assertEqual({child.tag: child.text for child in root}, told)

    def test_an_old_address_tells_of_the_story_that_it_leads_to(self):
        for new in ("moved-once", "moved-twice"):
            addresses.change(Article.objects.get(pk=self.article.pk), new)
        wire = {"site_id": settings.SITE_ID, "old_path": "/old/story.html"}
        Redirect.objects.create(**wire, new_path=Article.objects.get(pk=self.article.pk).path)
        for path in (self.path, "/old/story.html", "/old/story.html/"):
            told = self.told(path)
            self.assertIn("/moved-twice/", LexborHTMLParser(told["html"]).css_first("a").html)

    def test_an_old_address_of_what_nobody_can_read_leads_nowhere(self):
        hidden = draft(dated(HOUR, number=2))
        for n, new in enumerate((hidden.path or "/2024/01/01/none/", "/world/", "", "/old/0.html")):
            Redirect.objects.create(
                site_id=settings.SITE_ID, old_path=f"/old/{n}.html", new_path=new
            )
            self.assertEqual(self.ask(f"/old/{n}.html").status_code, 404, new)
        with self.subTest("in a circle"):
            Redirect.objects.filter(old_path="/old/0.html").update(new_path="/old/3.html")
            self.assertEqual(self.ask("/old/0.html").status_code, 404)

    def test_another_format_is_not_implemented_and_that_is_no_error_of_ours(self):
        with self.assertNoLogs("django.request", "ERROR"):
            self.assertEqual(self.ask(self.path, format="yaml").status_code, 501)

    def test_nothing_is_larger_than_was_asked_for(self):
        told = self.told(self.path, maxwidth="700", maxheight="250")
        self.assertEqual(told["thumbnail_width"], 320)
        self.assertLessEqual(told["height"], 250)
        self.assertEqual(self.told(self.path)["thumbnail_width"], 1200)
        self.assertEqual(self.told(self.path, maxwidth="640")["thumbnail_width"], 640)
        told = self.told(self.path, maxwidth="90")
        self.assertEqual(told["width"], 90)
        self.assertNotIn("thumbnail_url", told)
        self.assertEqual(self.told(self.path, maxwidth="-1")["width"], 600)
        self.assertEqual(self.told(self.path, maxwidth="٣")["width"], 600)

    def test_a_thumbnail_is_told_until_its_rights_end(self):
        end = timezone.now().replace(microsecond=0) + HOUR
        self.photo.rights_until = end
        library.save(self.photo)
        with clock(end - SECOND):
            told = self.told(self.path)
        self.assertTrue(told["thumbnail_url"].startswith(f"{HOST}/limited/"))
        with clock(end):
            told = self.told(self.path)
        self.assertFalse([name for name in told if name.startswith("thumbnail")])

    def test_it_is_found_in_the_head_of_the_story_and_may_be_asked_from_anywhere(self):
        links = self.page(self.path).css('link[type$="+oembed"]')
        self.assertEqual(len(links), 2)
        for link in links:
            response = self.get(link.attributes["href"].removeprefix(HOST))
            self.assertEqual(response.status_code, 200)
            self.assertEqual(response["Access-Control-Allow-Origin"], "*")

    def test_who_has_it_already_is_told_so(self):
        response = self.ask(self.path)
        again = self.ask(self.path, headers={"If-None-Match": response["ETag"]})
        self.assertEqual(again.status_code, 304)


class WhatIsOursTests(OembedTestCase):
    def refused(self, path, **more):
        response = self.ask(path, **more)
        self.assertEqual(response.status_code, 404, (path, more))
        return response

    def test_another_host_and_what_is_no_story_are_not_here(self):
        (article,) = live(dated(HOUR))
        for host in (
            "https://evil.example",
            "http://testserver.evil.example",
            "ftp://testserver",
            "http://testserver@evil.example",
            "http://testserver:81",
            "",
            "javascript:",
        ):
            self.refused(article.path, host=host)
        for path in ("/", "/world/", "/admin/", "/nowhere/", "/2024/01/29/none/", "/%00/", "/%ff/"):
            self.refused(path)
        self.assertEqual(self.get("/oembed/").status_code, 404)
        self.assertEqual(self.get("/oembed/?url=http://[").status_code, 404)

    def test_what_readers_cannot_see_is_as_if_it_never_was(self):
        nothing = self.refused("/2024/01/29/none/").content
        at = timezone.now() + HOUR
        hidden = [
            draft(dated(HOUR, number=1)),
            scheduled(a_story(2), at),
            withdrawn(dated(HOUR, number=3)),
        ]
        embargoed = dated(HOUR, number=4, embargoed_until=at)
        hidden += live(embargoed)
        for article in hidden:
            path = article.path or "/2024/01/29/harbour-opens-its-gate-number-1/"
            self.assertEqual(self.refused(path).content, nothing)
        with clock(at):
            self.assertEqual(self.ask(hidden[1].path).status_code, 200)

    def test_a_story_that_goes_is_gone_here_too(self):
        (article,) = live(dated(HOUR))
        etag = self.ask(article.path)["ETag"]
        publishing.withdraw(article, by=None, why="a test")
        self.refused(article.path, headers={"If-None-Match": etag})
