"""Without a connection a reader sees a page that says so, and never a story from another day."""

import re

from django.test import SimpleTestCase, override_settings
from django.urls import reverse

from articles.tests.browser import BrowserTestCase
from articles.tests.newsroom import HOUR, dated, live


class OfflineTests(SimpleTestCase):
    def script(self):
        return self.client.get(reverse("service-worker"))

    def test_the_page_names_nothing_but_itself_and_asks_no_database(self):
        page = self.client.get(reverse("offline"))
        self.assertContains(page, "no connection")
        self.assertContains(page, 'name="robots" content="noindex"')

    def test_the_script_is_one_of_the_whole_site_and_soon_asked_for_again(self):
        self.assertEqual(reverse("service-worker"), "/service-worker.js")
        answer = self.script()
        self.assertEqual(answer["Content-Type"], "text/javascript; charset=utf-8")
        self.assertIn("max-age=60", answer["Cache-Control"])
        again = self.client.get("/service-worker.js", headers={"if-none-match": answer["ETag"]})
        self.assertEqual(again.status_code, 304)

    def test_it_keeps_that_page_and_what_the_page_links_to(self):
        kept = re.search(r"KEPT = \[(.*?)\]", self.script().content.decode())[1]
        page = self.client.get(reverse("offline")).content.decode()
        self.assertIn(reverse("offline"), self.script().content.decode())
        for address in re.findall(r'"([^"]+)"', kept):
            self.assertIn(f'href="{address}"', page)

    def test_another_page_makes_another_script(self):
        before = self.script().content
        with override_settings(SITE_NAME="Another"):
            self.assertNotEqual(self.script().content, before)


class ReaderTests(BrowserTestCase):
    def test_without_a_connection_there_is_a_page_that_says_so_and_no_old_story(self):
        (story,) = live(dated(HOUR))
        page = self.phone(service_workers="allow")
        page.goto(story.path)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("caches.has && caches.keys().then(names => names.length)")
        page.reload()
        self.assertEqual(page.locator("h1").inner_text(), story.headline)
        self.expect_console("ERR_INTERNET_DISCONNECTED")
        page.context.set_offline(True)
        for path in (story.path, "/"):
            page.goto(path)
            self.assertEqual(page.locator("h1").inner_text(), "This page cannot be reached")
        page.context.set_offline(False)
        page.locator("a.button").click()
        page.locator("h1.unseen").wait_for(state="attached")
