"""Many editors at one story, through its real form on a real server: no saved edit is lost."""

import threading
from http.client import HTTPConnection
from random import random
from time import monotonic, sleep
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections
from django.test import LiveServerTestCase, tag
from lxml import html

from articles.models import Article, Revision
from articles.story import TextBlock
from articles.tests.browser import FlushesVersions
from articles.tests.desk import a_client, an_editor, fields_of, stored, url_of
from articles.tests.stories import a_story


class Page:
    """What a browser would get: a status and a page, without following redirects."""

    def __init__(self, response):
        self.status_code, self.content = response.status, response.read()

    @property
    def saved_meanwhile(self):
        """The key points somebody else saved, as this page tells them, and the box to tick."""
        page = html.fromstring(self.content.decode())
        told = page.xpath("//dl[@class='readable']/dt[.='Key points']/following-sibling::dd[1]")
        points = "\n".join(told[0].itertext()) if told else ""
        return points, page.xpath("//input[@name='overwrite'][@type='checkbox']/@value")[0]


class Browser:
    """One editor's: a session, and the cookie that goes with the token of its forms."""

    def __init__(self, server, editor):
        self.server = server
        session = a_client(editor).cookies[settings.SESSION_COOKIE_NAME].value
        names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
        self.cookie = "; ".join(f"{n}={v}" for n, v in zip(names, (session, "c" * 32), strict=True))

    def open(self, path, fields=None):
        connection = HTTPConnection(self.server.host, self.server.port, timeout=120)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields) if fields else None
        try:
            connection.request("POST" if fields else "GET", path, body, headers)
            return Page(connection.getresponse())
        finally:
            connection.close()


class ManyEditors(FlushesVersions, LiveServerTestCase):
    """Each adds a line and saves, until so many of their saves are acknowledged.

    Who is told that another was faster takes over the other's lines and saves again."""

    editors, saves = 0, 0

    def write(self):
        self.article = stored(a_story(key_points=(), body=(TextBlock(html="<p>One.</p>"),)))
        self.acknowledged, self.refused, self.broken = [], [], []
        editors = [an_editor(f"editor{number}") for number in range(self.editors)]
        threads = [threading.Thread(target=self.work, args=[editor]) for editor in editors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def work(self, editor):
        try:
            browser = Browser(self.server_thread, editor)
            for number in range(self.saves):
                self.add(browser, f"{editor} {number}")
        finally:
            connections.close_all()

    def add(self, browser, line):
        path = url_of(self.article)
        fields = self.form(browser, path)
        fields["key_points"] += f"\n{line}"
        while True:
            sent_at = monotonic()
            answer = browser.open(path, {**fields, "_continue": "1"})
            took = monotonic() - sent_at
            if answer.status_code == 302:
                self.acknowledged.append(line)
                return
            if answer.status_code == 200:
                self.refused.append(line)
                points, fields["overwrite"] = answer.saved_meanwhile
                fields["key_points"] = f"{points}\n{line}"
                sleep(random() * self.editors * took)  # else most would be refused for ever
            else:  # SQLite tells who has waited too long that it is locked: nothing was saved
                self.broken.append((line, answer.status_code))

    def form(self, browser, path):
        while (page := browser.open(path)).status_code != 200:
            self.broken.append((path, page.status_code))
        return fields_of(page)

    def check(self):
        self.assertEqual(len(self.acknowledged), self.editors * self.saves)
        self.assertEqual(sorted(Article.objects.get().key_points), sorted(self.acknowledged))
        self.assertEqual(Revision.objects.count(), len(self.acknowledged) + 1)


class AFewEditorsTests(ManyEditors):
    editors, saves = 3, 4

    def test_no_acknowledged_edit_is_lost(self):
        self.write()
        self.check()
        self.assertEqual(self.broken, [])


@tag("torture")
class ManyEditorsTests(ManyEditors):
    editors, saves = 8, 125

    def test_no_acknowledged_edit_of_a_thousand_is_lost(self):
        self.write()
        self.check()
        self.assertLess(len(self.broken), 10)
