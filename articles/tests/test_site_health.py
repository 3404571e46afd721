"""What load balancers ask, and where old addresses lead."""

import contextlib
import json
from unittest import mock

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import OperationalError, connection
from django.test import RequestFactory, SimpleTestCase

from articles.models import triggers
from newsroom.media import media

from .newsroom import HOUR, ReaderTestCase, dated, live


class HealthTests(ReaderTestCase):
    def ready(self):
        response = self.get("/health/ready")
        return response.status_code, json.loads(response.content)

    def test_a_sound_site_says_so_and_nothing_more(self):
        self.assertEqual(self.ready(), (200, {"status": "ok", "failing": []}))
        self.assertEqual(json.loads(self.get("/health/live").content), {"status": "ok"})
        self.assertEqual(self.get("/health/ready")["Cache-Control"], "no-store")

    def test_versions_that_could_be_changed_are_told(self):
        with mock.patch.object(triggers, "installed", return_value=set()):
            self.assertEqual(self.ready(), (503, {"status": "failing", "failing": ["triggers"]}))

    def test_a_database_that_is_away_is_told_and_the_process_still_lives(self):
        with mock.patch.object(connection, "cursor", side_effect=OperationalError("gone")):
            status, told = self.ready()
            self.assertEqual(self.get("/health/live").status_code, 200)
        self.assertEqual((status, told["failing"]), (503, ["database"]))

    def test_a_migration_that_was_not_run_is_told(self):
        name = "django.db.migrations.executor.MigrationExecutor.migration_plan"
        with mock.patch(name, return_value=["one"]):
            self.assertEqual(self.ready()[1]["failing"], ["migrations"])


class RedirectTests(ReaderTestCase):
    def redirect(self, old, new):
        Redirect.objects.create(site_id=settings.SITE_ID, old_path=old, new_path=new)

    def test_an_old_address_leads_to_the_new_one_with_and_without_its_last_slash(self):
        (article,) = live(dated(HOUR))
        self.redirect("/2019/05/café/", article.path)
        for old in ("/2019/05/caf%C3%A9/", "/2019/05/caf%C3%A9"):
            response = self.get(old)
            self.assertEqual(response.status_code, 301)
            self.assertEqual(response["Location"], article.path)

    def test_the_file_names_of_other_systems_are_old_addresses_too(self):
        live(dated(HOUR))
        self.redirect("/news.php", "/world/")
        self.assertEqual(self.get("/news.php")["Location"], "/world/")

    def test_an_address_in_other_letters_leads_there(self):
        live(dated(HOUR, tags=("كتب",)))
        self.redirect("/old/", "/tag/كتب/")
        self.assertEqual(self.get("/old/")["Location"], "/tag/%D9%83%D8%AA%D8%A8/")

    def test_a_redirect_to_nowhere_is_gone(self):
        self.redirect("/old/", "")
        self.assertEqual(self.get("/old/").status_code, 410)

    def test_a_page_that_is_there_needs_no_redirect_and_is_not_covered_by_one(self):
        (article,) = live(dated(HOUR))
        self.redirect(article.path, "/elsewhere/")
        self.assertEqual(self.get(article.path).status_code, 200)

    def test_an_address_that_no_redirect_can_hold_is_not_looked_for(self):
        with self.assertNumQueries(0):
            self.assertEqual(self.get("/%00.html").status_code, 404)


class MediaTests(SimpleTestCase):
    def setUp(self):
        from pathlib import Path
        from tempfile import TemporaryDirectory

        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in ("__processed__/a.webp", "photos/a.jpg", "videos/a.webm"):
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_bytes(b"0123456789")

    def get(self, path, **headers):
        from django.http import Http404

        request = RequestFactory().get("/media/", headers=headers)
        try:
            response = media(request, path, document_root=str(self.root))
        except Http404:
            return 404, b""
        with contextlib.closing(response):
            return response.status_code, b"".join(response)

    def test_renditions_are_served_and_what_was_uploaded_never(self):
        self.assertEqual(self.get("__processed__/a.webp"), (200, b"0123456789"))
        for path in ("photos/a.jpg", "videos/a.webm", "__processed__/../photos/a.jpg"):
            self.assertEqual(self.get(path)[0], 404, path)
        for path in ("/photos/a.jpg", "../secret", ""):
            self.assertEqual(self.get(path)[0], 404, path)
