"""Whatever anybody sends: an answer, never an error of ours, and never more than they may know."""

from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from articles.tests.desk import a_client
from articles.tests.matrix import pages, requests
from articles.tests.matrix.states import Newsroom
from articles.tests.newsroom import hush

ODD = {"wsgi.url_scheme": "http"}


class Hostile(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.boss = User.objects.create_superuser("vera", "vera@news.example", "a long password 1")
        cls.newsroom = Newsroom(cls.boss)
        pages.one_of_each(cls.boss)

    def setUp(self):
        cache.clear()
        hush(self, "django.request", "django.security")
        self.broken = []
        self.client.raise_request_exception = False
        self.desk = a_client(self.boss)
        self.desk.raise_request_exception = False

    def sound(self, response, told):
        """No error, and no way to another site."""
        if response.status_code >= 500:
            self.broken.append(told)
        if response.has_header("Location"):
            there = urlsplit(response["Location"])
            self.assertIn(there.netloc, ("", "testserver"), told)
            self.assertNotRegex(response["Location"], r"^[/\\]{2}", told)
        return response

    def tearDown(self):
        self.assertEqual(self.broken, [], "these are errors of ours")

    def site(self):
        found = pages.reader_pages()
        return [*found.values(), *pages.pages_of_story(self.newsroom["live"], "live").values()]


class AddressTests(Hostile):
    def test_nothing_behind_the_question_mark_breaks_a_page(self):
        for path in [*self.site(), "/nosuch/", "/admin/login/"]:
            for query in requests.QUERIES:
                self.sound(self.client.get(f"{path}?{query}"), f"{path}?{query[:60]}")

    def test_no_address_breaks_the_site_or_leads_away_from_it(self):
        for path in requests.PATHS:
            for client in (self.client, self.desk):
                response = self.sound(client.generic("GET", path), path)
                self.assertNotIn(b"SECRET_KEY", response.content)
                self.assertNotIn(b"root:", response.content)

    def test_no_header_breaks_a_page(self):
        for headers in requests.HEADERS:
            for path in ("/", self.newsroom["live"].path, "/feed/", "/admin/login/", "/admin/"):
                self.sound(self.client.get(path, headers=headers), (path, str(headers)[:80]))

    def test_no_method_breaks_a_page_or_gets_more_than_it_should(self):
        for method in requests.METHODS:
            for path in ("/", "/feed/", self.newsroom["live"].path):
                response = self.sound(self.client.generic(method, path), (method, path))
                self.assertEqual(response.status_code, 200 if method == "get" else 405)
            self.sound(self.client.generic(method, "/admin/login/"), method)

    def test_a_made_up_host_gets_nothing_and_is_never_repeated(self):
        for host in requests.HOSTS:
            for path in ("/", "/feed/", "/nosuch", "/admin/login/", "/robots.txt"):
                response = self.sound(self.client.get(path, SERVER_NAME="x", HTTP_HOST=host), host)
                if path in ("/nosuch", "/admin/login/") and host != "testserver:99999":
                    self.assertEqual(response.status_code, 400, host)
                self.assertNotIn(b"evil", response.content)

    def test_a_page_says_what_the_settings_say_the_site_is_called(self):
        headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"}
        for path in self.site():
            response = self.client.get(path, headers=headers)
            self.assertNotIn(b"evil.example", response.content)
            self.assertNotIn(b"gopher", response.content)


class LookupTests(Hostile):
    """The lists of the desk: `?author__password__startswith=a` and its like."""

    def lists(self):
        for model, of in admin.site._registry.items():
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
            texts = [f.name for f in model._meta.fields if f.get_internal_type() == "CharField"]
            yield reverse(name), [*texts, *(f for f in of.search_fields if "__" not in f)][:3]

    def test_no_lookup_breaks_a_list(self):
        for path, fields in self.lists():
            for query in requests.BROKEN:
                for field in fields if "{field}" in query else ["id"]:
                    told = f"{path}?{query.format(field=field)}"
                    self.sound(self.desk.get(told), told[:120])

    def test_no_lookup_tells_what_a_list_does_not_show(self):
        for path, _fields in self.lists():
            for query in requests.ORACLES:
                response = self.sound(self.desk.get(f"{path}?{query}"), f"{path}?{query}")
                refused = response.status_code == 400 or response.get("Location", "").endswith(
                    "?e=1"
                )
                self.assertTrue(refused, f"{path}?{query}: {response.status_code}")

    def test_a_search_box_finds_only_what_somebody_may_see(self):
        path = reverse("admin:articles_article_pick")
        for query in (
            "",
            "app_label=auth&model_name=user&field_name=groups",
            "app_label=articles&model_name=author&field_name=account",
            "app_label=articles&model_name=revision&field_name=by",
            "app_label=articles&model_name=nosuch&field_name=x",
            "app_label=articles&model_name=caption&field_name=nosuch",
            "app_label=articles&model_name=caption&field_name=photo&term=%00",
            "app_label=articles&model_name=caption&field_name=photo&page=abc",
            "app_label=articles&model_name=caption&field_name=photo&page=0",
            "app_label=%00&model_name=%00&field_name=%00",
        ):
            self.sound(self.desk.get(f"{path}?{query}"), query)
            self.sound(self.desk.get(f"/admin/autocomplete/?{query}"), query)


class LoginTests(TestCase):
    """Guessing is stopped per name and address and per address; nobody can lock out the rest."""

    PASSWORD = "a long password 1"

    def setUp(self):
        User.objects.create_user("ada", password=self.PASSWORD, is_staff=True)
        hush(self, "axes")

    def log_in(self, password="guess", name="ada", *, at="192.0.2.1", forwarded=None, **headers):
        headers |= {"X-Forwarded-For": forwarded} if forwarded else {}
        data = {"username": name, "password": password}
        address = "/admin/login/" + headers.pop("query", "")
        found = Client(raise_request_exception=False).post(
            address, data, REMOTE_ADDR=at, headers=headers
        )
        return found.status_code

    def test_a_made_up_header_is_no_way_round_it(self):
        for number in range(10):
            self.log_in(forwarded=f"203.0.113.{number}")
        self.assertEqual(self.log_in(self.PASSWORD, forwarded="198.51.100.7"), 429)

    @override_settings(TRUSTED_PROXIES=1)
    def test_nor_is_one_in_front_of_what_a_trusted_proxy_wrote(self):
        for number in range(10):
            self.log_in(forwarded=f"6.6.6.{number}, 203.0.113.9")
        self.assertEqual(self.log_in(self.PASSWORD, forwarded="7.7.7.7, 203.0.113.9"), 429)

    @override_settings(TRUSTED_PROXIES=1)
    def test_one_address_behind_the_proxy_locks_out_nobody_but_itself(self):
        for number in range(30):
            self.log_in(name=f"somebody{number}", forwarded="203.0.113.9")
            self.log_in(name="ada", forwarded="203.0.113.9")
        self.assertEqual(self.log_in(forwarded="203.0.113.9"), 429)
        self.assertEqual(self.log_in(self.PASSWORD, forwarded="198.51.100.7"), 302)

    def test_one_name_guessed_from_elsewhere_stays_open_to_its_owner(self):
        for number in range(10):
            for _try in range(9):
                self.log_in(at=f"203.0.113.{number}")
        self.assertEqual(self.log_in(self.PASSWORD, at="192.0.2.1"), 302)

    @override_settings(TRUSTED_PROXIES=1)
    def test_what_is_no_address_or_no_name_breaks_nothing(self):
        strange = ["not an address", "1.2.3.4:567", "[::1]:80", "::ffff:1.2.3.4", "%00", "a" * 9000]
        for forwarded in strange:
            self.assertIn(self.log_in(forwarded=forwarded), (200, 429), forwarded[:40])
        for name in ("\x00", "a" * 100_000, "\ud800".encode("utf-8", "surrogatepass"), "аdmin"):
            self.assertIn(self.log_in(name=name, at="192.0.2.50"), (200, 429), name[:9])
        for odd in (
            {"User-Agent": "\x00"},
            {"User-Agent": "u" * 9000},
            {"Accept": "\x00" + "a" * 9000},
            {"query": "?next=%00"},
            {"query": "?%00=" + "a" * 9000},
        ):
            self.assertIn(self.log_in(at="192.0.2.51", **odd), (200, 400, 429), str(odd)[:40])

    def test_after_the_log_in_it_stays_on_this_site(self):
        for there in ("//evil.example", "https:///evil.example", "/\\evil.example", "javascript:1"):
            data = {"username": "ada", "password": self.PASSWORD, "next": there}
            response = Client().post("/admin/login/", data)
            self.assertEqual(response["Location"], "/admin/")
