"""Settings: what they read, and what they refuse to start with."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.test import SimpleTestCase

from newsroom import environment
from newsroom.environment import Environment, SettingError

TOP = Path(__file__).resolve().parents[2]
SAFE = {
    "DEBUG": "0",
    "HTTPS": "1",
    "SECRET_KEY": "k3y-" + "abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "news.example",
    "SITE_URL": "https://news.example",
    "LOG_LEVEL": "WARNING",
    "DATABASE_URL": "",
    "CACHE_URL": "",
}
NO_FILE = Path("/nonexistent/.env")


def env(**values):
    return Environment(NO_FILE, values)


class EnvironmentTests(SimpleTestCase):
    def test_the_real_environment_wins_over_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, ".env")
            file.write_text("# ours\nexport DEBUG=1\nSITE_NAME = 'The Daily'\nnonsense\nLOG_LEVEL=")
            read = Environment(file, {"DEBUG": "0"})
        self.assertFalse(read.flag("DEBUG", True))
        self.assertEqual(read.text("SITE_NAME"), "The Daily")
        self.assertEqual(read.text("LOG_LEVEL", "INFO"), "INFO")

    def test_a_typing_mistake_is_an_error_and_not_a_no(self):
        with self.assertRaisesMessage(SettingError, "DEBUG is 'ture'. Write 1 or 0."):
            env(DEBUG="ture").flag("DEBUG", False)
        with self.assertRaisesMessage(SettingError, "HSTS_SECONDS is '1h'"):
            env(HSTS_SECONDS="1h").number("HSTS_SECONDS", 0)
        with self.assertRaisesMessage(SettingError, "CACHE_URL must begin with redis://"):
            env(CACHE_URL="memcached://x").url("CACHE_URL", "", "redis")
        with self.assertRaisesMessage(SettingError, "CACHE_URL is not a URL"):
            env(CACHE_URL="redis://x:port").url("CACHE_URL", "", "redis")

    def database(self, url):
        schemes = "sqlite postgres postgresql"
        return environment.database(env(U=url).url("U", "", schemes), Path("/srv/newsroom"))

    def test_a_sqlite_file_is_relative_to_the_project_or_absolute(self):
        self.assertEqual(self.database("sqlite:///a.db")["NAME"], Path("/srv/newsroom/a.db"))
        self.assertEqual(self.database("sqlite:////var/a.sqlite3")["NAME"], Path("/var/a.sqlite3"))
        self.assertEqual(self.database("sqlite:///:memory:")["NAME"], ":memory:")
        with self.assertRaisesMessage(SettingError, "names no file"):
            self.database("sqlite://")

    def test_a_postgresql_address_may_hold_any_password_and_a_socket(self):
        told = self.database(
            "postgres://ed:p%40ss%2Fw@db.example:5433/news?sslmode=require&pool_size=3"
        )
        self.assertEqual((told["USER"], told["PASSWORD"]), ("ed", "p@ss/w"))
        self.assertEqual((told["HOST"], told["PORT"]), ("db.example", "5433"))
        self.assertEqual(told["OPTIONS"]["pool"], {"min_size": 1, "max_size": 3, "timeout": 2})
        self.assertEqual(told["OPTIONS"]["sslmode"], "require")
        self.assertTrue(told["CONN_HEALTH_CHECKS"])
        self.assertEqual(self.database("postgres:///news?host=/run/pg")["HOST"], "/run/pg")
        with self.assertRaisesMessage(SettingError, "names no database"):
            self.database("postgres://db.example")
        with self.assertRaisesMessage(SettingError, "pool_size"):
            self.database("postgres://db.example/news?pool_size=many")

    def test_a_mail_server_is_one_address(self):
        schemes = "console smtp smtp+tls smtp+ssl"
        url = env(U="smtp+tls://desk%40news.example:secret@mail.example").url("U", "", schemes)
        told = environment.email(url)
        self.assertEqual(told["EMAIL_HOST_USER"], "desk@news.example")
        self.assertEqual((told["EMAIL_PORT"], told["EMAIL_USE_TLS"]), (587, True))
        console = environment.email(env(U="console://").url("U", "", schemes))
        self.assertIn("console", console["EMAIL_BACKEND"])


class StartTests(SimpleTestCase):
    """`manage.py check` in a process of its own."""

    maxDiff = None

    def check(self, *options, **values):
        command = [sys.executable, "manage.py", "check", *options]
        # Playwright's tests set it for the process they share with these.
        inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
        told = {**inherited, **SAFE, **values}
        return subprocess.run(
            command, check=False, cwd=TOP, env=told, capture_output=True, text=True
        )

    def assertRefuses(self, sentence, **values):
        done = self.check(**values)
        self.assertEqual(done.returncode, 1)
        self.assertIn(sentence, done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def test_production_settings_pass_the_deployment_check(self):
        done = self.check("--deploy", "--fail-level", "WARNING")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_nothing_starts_when_readers_or_editors_would_be_unsafe(self):
        self.assertRefuses("SECRET_KEY must be 50 or more", SECRET_KEY="short")
        self.assertRefuses("ALLOWED_HOSTS must name", ALLOWED_HOSTS="*")
        self.assertRefuses("SITE_URL must begin with https://", SITE_URL="http://news.example")
        self.assertRefuses("SITE_URL must be the site's address", SITE_URL="")
        self.assertRefuses("DATABASE_URL must begin with", DATABASE_URL="mysql://db/news")
        self.assertRefuses("TIME_ZONE is 'Mars/Base'", TIME_ZONE="Mars/Base")
        self.assertRefuses("LOG_LEVEL is 'LOUD'", LOG_LEVEL="loud")
        self.assertRefuses("ADMIN_PATH must name a path", ADMIN_PATH="/")
        self.assertRefuses("django-storages", AWS_STORAGE_BUCKET_NAME="pictures")

    def test_every_problem_is_told_at_once(self):
        done = self.check(SECRET_KEY="short", ALLOWED_HOSTS="", TRUSTED_PROXIES="two")
        self.assertEqual(done.stderr.count("\n- "), 3)

    def test_plain_http_must_be_asked_for(self):
        done = self.check(HTTPS="0", SITE_URL="http://news.example")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
