"""Many editors at one story, through its real form on a real server: no saved edit is lost."""

import threading
from http.client import HTTPConnection
from unittest.mock import patch
from urllib.parse import urlencode

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import LiveServerTestCase, tag

from articles.models import Article, Revision, Unmerged
from articles.story import TextBlock
from articles.tests.browser import FlushesVersions
from articles.tests.desk import a_client, an_editor, fields_of, stored, url_of
from articles.tests.stories import a_story

# Seconds. A guard against hanging, and no measure: however busy the machine is, nobody gives up.
PATIENCE = 3600


class Page:
    """What a browser would get: a status, a page, where it leads. No redirect is followed."""

    def __init__(self, response):
        self.status_code, self.content = response.status, response.read()
        self.leads_to = response.getheader("Location") or ""


class Browser:
    """One editor's: a session, and the cookie that goes with the token of its forms."""

    def __init__(self, server, editor):
        self.server = server
        session = a_client(editor).cookies[settings.SESSION_COOKIE_NAME].value
        names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
        self.cookie = "; ".join(f"{n}={v}" for n, v in zip(names, (session, "c" * 32), strict=True))

    def open(self, path, fields=None):
        connection = HTTPConnection(self.server.host, self.server.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields) if fields else None
        try:
            connection.request("POST" if fields else "GET", path, body, headers)
            return Page(connection.getresponse())
        finally:
            connection.close()


class ManyEditors(FlushesVersions, LiveServerTestCase):
    """Each adds a line and saves, until so many of their saves are acknowledged. Every fourth also
    changes the slugline, which everybody does: who is asked takes the one that is there."""

    editors, saves = 0, 0

    @classmethod
    def setUpClass(cls):
        options = connections.settings[DEFAULT_DB_ALIAS]["OPTIONS"]
        if "timeout" in options:  # SQLite: how long a writer waits for its turn
            cls.enterClassContext(patch.dict(options, timeout=PATIENCE))
        super().setUpClass()

    def write(self):
        self.article = stored(a_story(key_points=(), body=(TextBlock(html="<p>One.</p>"),)))
        self.acknowledged, self.asked, self.broken = [], [], []
        editors = [an_editor(f"editor{number}") for number in range(self.editors)]
        opened = threading.Barrier(len(editors))
        threads = [threading.Thread(target=self.work, args=[one, opened]) for one in editors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def work(self, editor, opened):
        try:
            browser = Browser(self.server_thread, editor)
            for number in range(self.saves):
                fields = self.form(browser, url_of(self.article))
                if number == 0:
                    opened.wait()  # so that all but one of the first saves meet another
                self.add(browser, fields, f"{editor} {number}")
        finally:
            connections.close_all()

    def add(self, browser, fields, line):
        fields["key_points"] += f"\n{line}"
        if line.endswith(("0", "4", "8")):
            fields["slugline"] = line
        answer = self.send(browser, url_of(self.article), {**fields, "_continue": "1"})
        while "/merge/" in answer.leads_to:
            self.asked.append(line)
            address = answer.leads_to
            fields = fields_of(browser.open(address), "merge_form")
            answer = self.send(browser, address, {**fields, "c0-choice": "theirs"})
        self.acknowledged.append(line)

    def send(self, browser, path, fields):
        while (answer := browser.open(path, fields)).status_code != 302:
            # SQLite tells who has waited too long that it is locked: nothing was saved.
            self.broken.append((path, answer.status_code))
            if len(self.broken) > 50:
                raise AssertionError(answer.content.decode()[:3000])
        return answer

    def form(self, browser, path):
        while (page := browser.open(path)).status_code != 200:
            self.broken.append((path, page.status_code))
        return fields_of(page)

    def check(self):
        article = Article.objects.get()
        self.assertEqual(len(self.acknowledged), self.editors * self.saves)
        self.assertEqual(sorted(article.key_points), sorted(self.acknowledged))
        self.assertTrue(article.slugline)
        self.assertEqual(Revision.objects.count(), len(self.acknowledged) + 1)
        self.assertTrue(self.asked, "nobody met anybody")
        self.assertFalse(Unmerged.objects.filter(settled_at=None).exists())


class AFewEditorsTests(ManyEditors):
    editors, saves = 3, 4

    def test_no_acknowledged_edit_is_lost(self):
        self.write()
        self.check()
        self.assertEqual(self.broken, [])


class PressedTwiceTests(ManyEditors):
    def test_publish_pressed_twice_at_once_in_one_form_makes_one_version(self):
        self.article = stored(a_story())
        browser = Browser(self.server_thread, an_editor("rosa"))
        fields = fields_of(browser.open(url_of(self.article)))
        fields |= {"headline": "After", "_publish": "1"}
        answers, ready = [], threading.Barrier(2)

        def press():
            ready.wait()
            answers.append(browser.open(url_of(self.article), fields).status_code)
            connections.close_all()

        threads = [threading.Thread(target=press) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, [302, 302])
        self.assertEqual(self.article.versions.get().story.headline, "After")
        self.assertEqual(Revision.objects.count(), 2)


@tag("torture")
class ManyEditorsTests(ManyEditors):
    editors, saves = 8, 125

    def test_no_acknowledged_edit_of_a_thousand_is_lost(self):
        self.write()
        self.check()
        self.assertLess(len(self.broken), 10)
