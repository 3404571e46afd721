"""The project around the newsroom: headers, log-ins, cache, log, static files."""

import logging
import tempfile

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.contrib.sites.models import Site
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import RequestFactory, SimpleTestCase, TestCase, override_settings

from articles.tests.browser import BrowserTestCase
from newsroom.logs import WithoutQueryStrings
from newsroom.middleware import client_ip

MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"


def policy(response):
    """The Content-Security-Policy as a dict."""
    parts = response["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


class HeaderTests(TestCase):
    def test_readers_get_a_strict_policy_and_no_cookie(self):
        response = self.client.get("/nothing-was-ever-here/")
        told = policy(response)
        self.assertEqual(told["default-src"], "'none'")
        self.assertEqual(told["script-src"], "'self'")
        self.assertEqual(told["style-src"], "'self'")
        self.assertEqual(told["frame-ancestors"], "'none'")
        self.assertNotIn("unsafe", response["Content-Security-Policy"])
        self.assertEqual(dict(response.cookies), {})
        self.assertNotIn("Cookie", response.get("Vary", ""))

    def test_every_answer_tells_the_browser_to_be_careful(self):
        for path in ("/nothing-was-ever-here/", "/admin/login/"):
            with self.subTest(path=path):
                response = self.client.get(path)
                self.assertEqual(response["X-Content-Type-Options"], "nosniff")
                self.assertEqual(response["Referrer-Policy"], "strict-origin-when-cross-origin")
                self.assertEqual(response["Cross-Origin-Opener-Policy"], "same-origin")
                self.assertEqual(response["X-Frame-Options"], "DENY")
                self.assertIn("camera=()", response["Permissions-Policy"])

    def test_staff_pages_may_style_and_preview_but_run_no_inline_script(self):
        told = policy(self.client.get("/admin/login/"))
        self.assertNotIn("unsafe-inline", told["script-src"])
        self.assertIn("'unsafe-inline'", told["style-src"])
        self.assertIn("blob:", told["img-src"])
        self.assertEqual(told["frame-src"].split()[0], "'self'")
        self.assertEqual(told["default-src"], "'none'")


class LoginTests(TestCase):
    PASSWORD = "correct horse battery"

    @classmethod
    def setUpTestData(cls):
        cls.ada = get_user_model().objects.create_user("ada", password=cls.PASSWORD, is_staff=True)

    def try_password(self, password, name="ada", ip="192.0.2.1"):
        data = {"username": name, "password": password}
        return self.client.post("/admin/login/", data, REMOTE_ADDR=ip)

    def test_guessing_is_stopped_and_others_still_come_in(self):
        for _ in range(10):
            self.try_password("guess")
        self.assertEqual(self.try_password(self.PASSWORD).status_code, 429)
        elsewhere = self.try_password(self.PASSWORD, ip="192.0.2.2")
        self.assertRedirects(elsewhere, "/admin/")

    def test_one_address_cannot_try_many_names(self):
        for number in range(10):
            self.try_password("guess", name=f"reporter{number}")
        self.assertEqual(self.try_password("guess", name="somebody").status_code, 429)

    def test_short_and_common_passwords_are_refused(self):
        for password in ("short", "password1234", "192837465564738291"):
            with self.subTest(password=password), self.assertRaises(ValidationError):
                validate_password(password)
        validate_password(self.PASSWORD)


class ProxyTests(SimpleTestCase):
    def ip(self, forwarded, proxies):
        request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
        with override_settings(TRUSTED_PROXIES=proxies):
            return client_ip(request)

    def test_only_as_many_proxies_are_believed_as_there_are(self):
        self.assertEqual(self.ip("203.0.113.9", 0), "10.0.0.1")
        self.assertEqual(self.ip("203.0.113.9", 1), "203.0.113.9")
        self.assertEqual(self.ip("6.6.6.6, 203.0.113.9", 1), "203.0.113.9")
        self.assertEqual(self.ip("203.0.113.9, 10.0.0.2", 2), "203.0.113.9")
        self.assertEqual(self.ip("", 1), "10.0.0.1")


DEAD_REDIS = {
    "default": {
        "BACKEND": "newsroom.cache.ForgivingRedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
    }
}


@override_settings(CACHES=DEAD_REDIS)
class DeadCacheTests(SimpleTestCase):
    def test_a_cache_that_died_forgets_and_never_fails(self):
        cache = caches["default"]
        with self.assertLogs("newsroom.cache", logging.WARNING):
            cache.set("front", "page")
            self.assertEqual(cache.get("front", "nothing"), "nothing")
            self.assertIsNone(cache.get("front"))
            self.assertEqual(cache.get_many(["front"]), {})
            self.assertEqual(cache.set_many({"front": "page"}), [])
            self.assertFalse(cache.delete("front"))
            self.assertNotIn("front", cache)
            self.assertEqual(cache.get_or_set("front", lambda: "made"), "made")


class LogTests(SimpleTestCase):
    def test_what_a_reader_searched_for_stays_out_of_the_log(self):
        record = logging.LogRecord(
            "django.server", 20, "", 0, '"%s" %s', ("GET /search/?q=illness HTTP/1.1", 200), None
        )
        WithoutQueryStrings().filter(record)
        self.assertEqual(record.getMessage(), '"GET /search/ HTTP/1.1" 200')

    def test_who_reads_the_log_cannot_open_a_preview_with_it(self):
        told = "Not Found: /preview/aV2SFV-M7tod_c2c5pOK58cKs/"
        record = logging.LogRecord("django.request", 30, "", 0, told, (), None)
        WithoutQueryStrings().filter(record)
        self.assertEqual(record.getMessage(), "Not Found: /preview//")


class SiteTests(TestCase):
    def test_the_site_is_what_the_settings_say(self):
        call_command("migrate", verbosity=0)
        self.assertEqual(Site.objects.get_current().domain, "testserver")


class StaticTests(SimpleTestCase):
    def test_every_static_file_is_found_when_names_are_hashed(self):
        with tempfile.TemporaryDirectory() as folder:
            storages = {"staticfiles": {"BACKEND": MANIFEST}}
            with override_settings(STATIC_ROOT=folder, STORAGES=storages, DEBUG=False):
                call_command("collectstatic", interactive=False, verbosity=0)


class BrowserTests(BrowserTestCase):
    def test_an_editor_logs_in_under_the_policy(self):
        get_user_model().objects.create_superuser("ada", password=LoginTests.PASSWORD)
        page = self.phone()
        page.goto("/admin/login/")
        page.fill("#id_username", "ada")
        page.fill("#id_password", LoginTests.PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")
        self.assertEqual(page.evaluate("innerWidth"), 390)

    def test_what_a_page_asks_of_another_host_is_noticed(self):
        page = self.desktop()
        page.goto("/admin/login/")
        page.evaluate("fetch('https://tracker.example/pixel').catch(() => null)")
        self.assertTrue(any("tracker.example" in trouble for trouble in self.troubles))
        self.troubles.clear()

    def test_what_a_script_throws_is_noticed(self):
        page = self.desktop()
        page.goto("/admin/login/")
        with page.context.expect_event("weberror"):
            page.evaluate("setTimeout(() => { throw new Error('broken') })")
        self.assertEqual(self.troubles, ["exception: broken"])
        self.troubles.clear()
