"""Films: read while a live story shows them, as what is attached is."""

from importlib import import_module
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest.mock import patch

import feedparser
from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import derive, filters, library, publishing
from articles.models import Article, Photo, Rendering, Shown, Version, Video
from articles.story import CaptionBlock
from articles.tests.attachedfiles import a_pdf
from articles.tests.browser import NewsroomTransactionTestCase
from articles.tests.desk import (
    a_client,
    a_photo,
    a_picture,
    an_editor,
    fields_of,
    opened,
    sent,
    stored,
)
from articles.tests.filmfiles import WEBM, a_film
from articles.tests.matrix.crawler import clock
from articles.tests.stories import a_story
from articles.tests.test_attachments import got


def showing(film, **changes):
    """A story that this film leads."""
    return a_story(lead=CaptionBlock(kind="video", title="The gate", media=film.media), **changes)


class FilmTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = an_editor()
        cls.film = a_film()
        cls.article = stored(showing(cls.film))
        publishing.publish(cls.article, by=cls.editor)

    def get(self, file=None, **headers):
        return got(self.client, file or self.film, **headers)

    def page(self):
        return self.client.get(Article.objects.get(pk=self.article.pk).path).content.decode()


class ReaderTests(FilmTestCase):
    def test_all_that_machines_and_readers_are_told_is_the_address_that_asks(self):
        address = self.film.file.url
        self.assertRegex(address, r"^/files/[0-9a-f]{32}\.mp4$")
        page = self.page()
        self.assertIn(f'<source src="{address}" type="video/mp4">', page)
        self.assertIn(f'"contentUrl":"{settings.SITE_URL}{address}"', page)
        feed = self.client.get("/feed/").content.decode()
        self.assertIn(f"http://testserver{address}", feed)
        self.assertEqual(len(feedparser.parse(feed).entries), 1)
        for text in (page, feed):
            self.assertNotIn("videos/", text)
        self.assertFalse(default_storage.url(self.film.file.name) in page)

    def test_it_comes_as_a_file_that_can_do_nothing(self):
        response = self.get()
        with self.film.file.open() as stored_film:
            self.assertEqual((response.status_code, response.body), (200, stored_film.read()))
        self.assertEqual(response["Content-Type"], "video/mp4")
        self.assertEqual(response["Cache-Control"], "public, no-cache")
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", response["Content-Security-Policy"])
        self.assertEqual(response["Accept-Ranges"], "bytes")
        head = self.client.head(self.film.file.url)
        self.assertEqual((head.status_code, head.getvalue()), (200, b""))
        for name in ("Content-Length", "Content-Type", "ETag"):
            self.assertEqual(head[name], response[name])

    def test_a_player_gets_the_part_it_asks_for_and_whoever_has_it_nothing(self):
        whole = self.get()
        part = self.get(Range="bytes=0-1")
        self.assertEqual((part.status_code, part.body), (206, whole.body[:2]))
        self.assertEqual(part["Content-Range"], f"bytes 0-1/{len(whole.body)}")
        self.assertEqual(part["Content-Type"], "video/mp4")
        rest = self.get(Range="bytes=1000-", If_Range=whole["ETag"])
        self.assertEqual(rest.body, whole.body[1000:])
        self.assertEqual(self.get(Range="bytes=1-", If_Range='"x"').status_code, 200)
        self.assertEqual(self.get(Range="bytes=99999999-").status_code, 416)
        self.assertEqual(self.get(If_None_Match=whole["ETag"]).status_code, 304)

    def test_withdrawn_it_is_gone_for_readers_and_not_for_the_desk(self):
        publishing.withdraw(self.article, by=self.editor)
        never = self.client.get(f"/files/{'0' * 32}.mp4")
        gone = self.get()
        self.assertEqual((gone.status_code, gone.content), (404, never.content))
        self.client = a_client(self.editor)
        self.assertEqual(self.get()["Cache-Control"], "private, no-store")
        self.client = a_client(an_editor("left", []))
        self.assertEqual(self.get().status_code, 404)

    def test_a_draft_and_words_that_were_replaced_show_nothing(self):
        draft = a_film(WEBM, "draft.webm")
        stored(showing(draft, source_id="draft"))
        self.assertEqual(self.get(draft).status_code, 404)
        client = a_client(self.editor)
        fields = {**opened(client, self.article), "video-0-DELETE": "on"}
        sent(client, self.article, fields, button="_publish")
        self.assertEqual(self.get().status_code, 404)

    def test_what_a_version_shows_cannot_be_deleted(self):
        stored_row = Shown.objects.get(video=self.film)
        self.assertEqual(stored_row.version, Version.objects.live().get())
        rights = [f"{act}_video" for act in ("delete", "view")]
        client = a_client(an_editor("kim", [*rights, "view_article"]))
        client.post(reverse("admin:articles_video_delete", args=[self.film.pk]), {"post": "yes"})
        self.assertTrue(Video.objects.filter(pk=self.film.pk).exists())


class UpgradeTests(FilmTestCase):
    def test_the_migration_leads_stored_pages_to_the_address_that_asks(self):
        made = Rendering.objects.values().get()
        shown = {(row.version_id, row.video_id) for row in Shown.objects.exclude(video=None)}
        self.assertTrue(shown)
        for media in ("/media/", "https://media.example/"):
            with self.subTest(media=media), self.settings(MEDIA_URL=media):
                self._as_before(media)
                migration = import_module("articles.migrations.0007_films")
                migration.lead_there(apps, SimpleNamespace(connection=connection))
                self.assertEqual(Rendering.objects.values().get(), made)
                rows = Shown.objects.exclude(video=None)
                self.assertEqual({(row.version_id, row.video_id) for row in rows}, shown)

    def _as_before(self, media):
        """As it was stored when films were plain media."""
        Shown.objects.exclude(video=None).delete()
        (row,) = Rendering.objects.all()
        new, old = self.film.file.url, f"{media}{self.film.file.name}"
        row.article = row.article.replace(new, old)
        row.head = row.head.replace(new if media == "/media/" else f"<!--site-->{new}", old)
        row.card["film"]["src"] = old
        row.save()
        self.assertNotIn(new, f"{row.article}{row.head}{row.card}")

    def test_made_anew_they_are_the_same(self):
        self.assertEqual(sum(derive.again(Version.objects.all())), 1)
        self.assertEqual(self.get().status_code, 200)


class PosterTests(FilmTestCase):
    """A film gets another poster: readers see it, and its rights are asked for."""

    def setUp(self):
        self.old, self.new = a_photo("navy"), a_photo("gold")
        library.save(self._with(self.old))

    def _with(self, poster):
        film = Video.objects.get(pk=self.film.pk)
        film.poster = poster
        return film

    def change(self, **fields):
        rights = [f"{act}_video" for act in ("change", "view")]
        client = a_client(an_editor("kim", [*rights, "view_photo"]))
        url = reverse("admin:articles_video_change", args=[self.film.pk])
        client.post(url, {**fields_of(client.get(url), "video_form"), **fields})

    def test_the_live_page_shows_it_at_once(self):
        self.assertIn(self.old.image.card, str(Rendering.objects.get().card))
        self.change(poster=self.new.pk)
        self.assertEqual(Video.objects.get().poster, self.new)
        page = self.page()
        self.assertIn(self.new.image.addresses()["social"], page)
        self.assertNotIn(self.old.image.addresses()["social"], page)
        self.assertIn(self.new.image.card, str(Rendering.objects.get().card))

    def test_its_rights_end_for_readers(self):
        self.new.rights_until = timezone.now() + timezone.timedelta(hours=1)
        library.save(self.new)
        self.change(poster=self.new.pk)
        self.assertIn("limited/", self.page())
        with clock(self.new.rights_until):
            page = self.page()
        self.assertNotIn("limited/", page)
        self.assertIn(self.film.file.url, page)

    def test_where_it_is_used_is_known_of_drafts_too(self):
        self.change(poster=self.new.pk)
        draft = stored(showing(self.film, source_id="draft"))
        self.assertEqual({*filters.using(self.new)}, {self.article, draft})
        self.assertEqual({*filters.using(self.film)}, {self.article, draft})
        self.assertFalse(filters.using(self.old))

    def test_words_of_the_library_make_no_page_anew(self):
        with patch("articles.derive.again") as again:
            self.change(caption="Other words")
        again.assert_not_called()
        self.assertEqual(Video.objects.get().caption, "Other words")


def files_beside(file):
    return sorted(default_storage.listdir(str(PurePath(file.name).parent))[1])


class LibraryTests(FilmTestCase):
    def test_two_imports_that_take_the_same_file_at_once_have_one(self):
        for add, data in (
            (library.add_video, WEBM),
            (library.add_attachment, a_pdf()),
            (lambda path: library.add_photo(path.read_bytes(), title="p"), a_picture()),
        ):
            with TemporaryDirectory() as folder:
                path = Path(folder, "file")
                path.write_bytes(data)
                first, twin, found = add(path), library.twin, []

                def late(*words, twin=twin, found=found):
                    found.append(twin(*words))
                    return None if len(found) == 1 else found[-1]

                stored_file = first.image if isinstance(first, Photo) else first.file
                there = files_beside(stored_file)
                with patch("articles.library.twin", late):
                    self.assertEqual(add(path), first)
                self.assertEqual(files_beside(stored_file), there)
            self.assertEqual(type(first).objects.filter(sha256=first.sha256).count(), 1)
            self.assertTrue(default_storage.exists(stored_file.name))

    def test_its_page_names_the_stories_that_use_it(self):
        stored(showing(self.film, source_id="draft", headline="Not for everybody yet"))
        rights = [f"{act}_video" for act in ("change", "view")]
        url = reverse("admin:articles_video_change", args=[self.film.pk])
        client = a_client(an_editor("kim", [*rights, "view_article", "others_article"]))
        self.assertContains(client.get(url), "Harbour opens its gate")
        self.assertContains(client.get(url), "Not for everybody yet")
        client = a_client(an_editor("intern", [*rights, "view_article"]))
        self.assertNotContains(client.get(url), "Not for everybody yet")


class RealUpgradeTests(NewsroomTransactionTestCase):
    def tearDown(self):
        self.migrate()
        super().tearDown()

    def migrate(self, *targets):
        """To these, or as far as there is a way."""
        executor = MigrationExecutor(connection)
        executor.migrate([*targets] or executor.loader.graph.leaf_nodes())

    def test_a_database_with_films_is_brought_there(self):
        film = a_film()
        publishing.publish(stored(showing(film)), by=None)
        shown = Shown.objects.get(video=film).version_id
        Shown.objects.all().delete()
        self.migrate(("articles", "0006_search"))
        (row,) = Rendering.objects.all()
        row.article = row.article.replace(film.file.url, f"/media/{film.file.name}")
        row.save()
        self.migrate()
        self.assertEqual(Shown.objects.get(video=film).version_id, shown)
        self.assertIn(film.file.url, Rendering.objects.get().article)
