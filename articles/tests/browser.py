"""Bases for tests that need a browser, or real transactions, while versions cannot be deleted."""

import time
from unittest.mock import patch

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.db import connections
from django.test import TransactionTestCase, tag

from articles.tests import chromium
from newsroom.accounts.sessions import BEGAN

PHONE, DESKTOP = (390, 844), (1280, 800)
PATIENCE = 30  # seconds, for what takes one on a quiet machine
# Nobody else has the story open. In the page, for a route would hold up every request of it.
ALONE = """
const ask = window.fetch
window.fetch = async (url, ...more) =>
  String(url).endsWith("/presence/") ? Response.json({ told: [] }) : ask(url, ...more)
"""


class FlushesVersions:
    """For a TransactionTestCase: the triggers on versions let go while the tables are emptied.

    They are back before the next test, whatever happened."""

    def _fixture_teardown(self):
        from articles.models import triggers

        aliases = list(self._databases_names(include_mirrors=False))
        for alias in aliases:
            triggers.uninstall(connections[alias])
        try:
            super()._fixture_teardown()
        finally:
            for alias in aliases:
                triggers.install(connections[alias])


class NewsroomTransactionTestCase(FlushesVersions, TransactionTestCase):
    """For tests with threads, locks, commits and `on_commit`."""


@tag("browser")
class BrowserTestCase(FlushesVersions, StaticLiveServerTestCase):
    """A live server and fresh browser pages.

    A test fails on anything the browser's console reports as an error (a refusal by the
    Content-Security-Policy among them), on an uncaught exception in a script, and on a request to
    any other host; `expect_console(text)` forgives what a test provokes.
    """

    # Whether open stories tell the server so, beside what a test does.
    heartbeats = False

    def setUp(self):
        super().setUp()
        if chromium.missing():
            self.skipTest(chromium.missing())
        # A page that was read again a second later would still be the one from the cache.
        self.enterContext(patch.multiple("articles.answers", FRESH=0, WHILE_ASKING=0))
        self.troubles = []
        self.forgiven = []
        self.addCleanup(self._check_troubles)

    def phone(self, **options):
        """A Playwright page 390 px wide."""
        return self.open(PHONE, has_touch=True, **options)

    def desktop(self, **options):
        """A Playwright page 1280 px wide."""
        return self.open(DESKTOP, **options)

    def open(self, size, **options):
        """A page of its own context: no cookies, no cache. Paths are enough for its `goto`.

        `options` go to Playwright's `new_context`: `color_scheme="dark"`,
        `java_script_enabled=False`.
        """
        width, height = size
        options = {"service_workers": "block", **options}
        context = chromium.browser().new_context(
            viewport={"width": width, "height": height}, base_url=self.live_server_url, **options
        )
        self.addCleanup(context.close)
        context.set_default_timeout(PATIENCE * 1000)
        if not self.heartbeats:
            context.add_init_script(ALONE)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.troubles.append(f"exception: {error.error}"))
        return context.new_page()

    def log_in(self, page, user):
        """Give the page's context a session of `user` without going through the form."""
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[BEGAN] = time.time()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
        page.context.add_cookies([{**cookie, "url": self.live_server_url}])

    def until(self, true, message="it did not happen"):
        """Wait for something in the database or the page; Playwright's own way needs `eval`, which
        our pages forbid."""
        end = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > end:
                self.fail(message)
            time.sleep(0.05)

    def expect_console(self, text):
        """A console error with `text` in it is what this test is about."""
        self.forgiven.append(text)

    def _request(self, request):
        # It got nowhere: `chromium` knows no other host.
        if not request.url.startswith((self.live_server_url, "data:", "blob:", "about:")):
            self.troubles.append(f"request to another host: {request.url}")

    def _console(self, message):
        if message.type == "error":
            self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _check_troubles(self):
        left = [t for t in self.troubles if not any(text in t for text in self.forgiven)]
        self.assertEqual(left, [])
