"""When the rights to a picture have ended, readers see it nowhere; to the second, without a job."""

import re
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import library, search, store
from articles.models import Article, Photo, Shown, Version
from articles.story import CaptionBlock, GalleryBlock, Media, TextBlock
from articles.tests.desk import a_client, a_photo, an_editor
from articles.tests.matrix.crawler import clock
from articles.tests.newsroom import HOUR, ReaderTestCase, dated, draft, live

SECOND = timedelta(seconds=1)


def limit(photo, until):
    photo.rights_until = until
    library.save(photo)


class RightsTests(ReaderTestCase):
    def setUp(self):
        super().setUp()
        self.photo, self.other = a_photo("navy"), a_photo("gold")
        self.end = timezone.now().replace(microsecond=0) + HOUR
        words = {"text": "qzcaption in harbour", "credit": "qzcredit", "alt": "qzalt"}
        self.ours = ours = CaptionBlock(media=Media(sha256=self.photo.sha256), **words)
        kept = CaptionBlock(media=Media(sha256=self.other.sha256), text="Stays.")
        body = (TextBlock(html="<p>Words.</p>"), ours, GalleryBlock(captions=(ours, kept)))
        (self.article,) = live(dated(HOUR, lead=ours, body=body))
        with self.captureOnCommitCallbacks(execute=True):
            limit(self.photo, self.end)
        self.photo = Photo.objects.get(pk=self.photo.pk)

    def get(self, path, **options):
        response = super().get(path, **options)
        if response.streaming:
            response.getvalue()  # closes the file, as sending it would
        return response

    PLACES = (
        *("/", "/archive/", "/tag/harbour/", "/business/", "/search/?q=words"),
        *("/feed/", "/feed/json/", "/business/feed/", "/business/feed/atom/"),
    )

    def text(self, path):
        return self.get(path).content.decode()

    def everywhere(self):
        return "".join(self.text(path) for path in (*self.PLACES, self.article.path))

    def addresses(self):
        return list(self.photo.image.addresses().values())

    def test_it_is_seen_until_the_second_and_then_in_no_page_list_or_feed(self):
        with clock(self.end - SECOND):
            before = self.everywhere()
        with clock(self.end):
            after = self.everywhere()
        token = self.photo.image.name[7:39]
        for word in ("qzcaption", "qzcredit", "qzalt", token, "image/jpeg"):
            self.assertIn(word, before)
            self.assertNotIn(word, after)
        self.assertIn("Words.", after)
        self.assertIn("Stays.", after)
        self.assertNotIn("<!--", after)

    def found(self, words):
        """Whether readers find the story by these, and whether they are offered it."""
        told = self.get(f"/search/suggest/?q={words}").json()["suggestions"]
        return [len(self.page(f"/search/?q={words}").css("article.row")), len(told)]

    def test_readers_find_nothing_by_its_words_and_no_excerpt_quotes_them(self):
        body = (TextBlock(html="<p>Other.</p>"), GalleryBlock(captions=(self.ours,)))
        live(dated(HOUR, number=2, headline="Published since", body=body))
        for moment in (self.end - SECOND, self.end):
            with clock(moment):
                for word in ("qzcaption", "qzcredit", "qzalt", "qzcapt"):
                    self.assertEqual(self.found(word), [0, 0], word)
                    self.assertIn('class="nothing', self.text(f"/search/?q={word}"))
                self.assertEqual(self.found("stays"), [1, 1])
                found = self.page("/search/?q=harbour")
                self.assertEqual(len(found.css("article.row")), 2)
                self.assertNotIn("qzcaption", found.html)
        Shown.objects.all().delete()  # and where the renderings were lost
        for version in Version.objects.all():
            version.rendering.delete()
        with clock(self.end):
            self.assertNotIn("qzcaption", self.text("/search/?q=harbour"))

    def test_however_many_found_stories_show_it_a_search_takes_six_questions_at_most(self):
        live(*(dated(HOUR, number=n, lead=self.ours) for n in range(2, 9)))
        self.assertEqual(self.found("ships")[0], 8)
        with CaptureQueriesContext(connection) as queries:
            self.get("/search/?q=ships")
        self.assertLessEqual(len(queries), 6)

    def test_so_it_is_when_the_picture_came_after_the_story(self):
        lead = CaptionBlock(media=Media(file="late.png"), text="qzlate")
        story = dated(HOUR, number=2, lead=lead)
        live(story)
        self.assertEqual(self.found("qzlate"), [1, 1])
        with TemporaryDirectory() as folder, self.photo.image.open() as file:
            Path(folder, "late.png").write_bytes(file.read())
            store.save([store.Item(story)], store.Import(media_root=Path(folder)))
        self.assertEqual(self.found("qzlate"), [0, 0])

    def test_the_desk_finds_it_by_its_words(self):
        for words in ("qzcaption", "qzcredit words", '"qzcaption in"', "qzalt -zeppelin"):
            query = search.read(words, desk=True)
            self.assertEqual(
                search.ranked(Article.objects.all(), query, "head"), [self.article.pk], words
            )
        query = search.read("words -qzcaption", desk=True)
        self.assertEqual(search.ranked(Article.objects.all(), query, "head"), [])

    def test_readers_find_it_by_them_while_its_rights_have_no_end(self):
        limit(self.photo, None)
        self.assertEqual(self.found("qzcaption"), [1, 1])
        self.assertIn("<mark>qzcaption</mark> in harbour", self.text("/search/?q=qzcaption"))

    def test_its_address_stops_answering_at_that_second(self):
        for url in self.addresses():
            with clock(self.end - SECOND):
                self.assertEqual(self.get(url).status_code, 200, url)
            with clock(self.end):
                nothing, over = self.get(re.sub("[0-9a-f]{32}", "0" * 32, url)), self.get(url)
            self.assertEqual(over.status_code, 404, url)
            self.assertEqual(over.content, nothing.content)
            self.assertEqual(over.headers, nothing.headers)

    def test_the_address_it_had_while_nothing_was_said_of_an_end_is_gone_at_once(self):
        folder, token = default_storage.path("__processed__"), self.photo.image.name[7:39]
        self.assertEqual(list(Path(folder).rglob(f"{token}*")), [])
        for url in self.addresses():
            self.assertTrue(url.startswith(f"/limited/{self.photo.pk}/"), url)

    def test_nothing_may_be_kept_beyond_the_end(self):
        for left in (0, 1, 5, 40):
            with clock(self.end - left * SECOND):
                for path in (*self.PLACES, self.article.path):
                    told = re.findall(
                        r"(?:max-age|revalidate)=(\d+)", self.get(path)["Cache-Control"]
                    )
                    self.assertLessEqual(sum(map(int, told)), left or 70, path)
                if left:
                    told = self.get(self.addresses()[0])["Cache-Control"]
                    self.assertEqual(told, f"public, max-age={left}, must-revalidate")

    def test_a_browser_that_asks_whether_anything_changed_learns_it_did(self):
        with clock(self.end - SECOND):
            etag = self.get(self.article.path)["ETag"]
        with clock(self.end):
            again = self.get(self.article.path, headers={"If-None-Match": etag})
        self.assertEqual(again.status_code, 200)

    def test_a_page_whose_rendering_was_lost_hides_it_too(self):
        version = Version.objects.get(article=self.article)
        version.rendering.delete()
        Shown.objects.all().delete()
        with clock(self.end):
            self.assertNotIn("qzcaption", self.text(self.article.path))
        with clock(self.end - SECOND):
            self.assertIn("qzcaption", self.text(self.article.path))

    def test_a_longer_licence_brings_it_back_and_no_end_frees_it(self):
        limit(self.photo, self.end + HOUR)
        with clock(self.end):
            self.assertIn("qzcaption", self.text(self.article.path))
            self.assertEqual(self.get(self.addresses()[0]).status_code, 200)
        limit(self.photo, None)
        self.assertIn("/__processed__/", self.addresses()[0])
        self.assertIn(self.addresses()[0], self.text(self.article.path))
        self.assertTrue(default_storage.exists(self.photo.image.process("w480")))

    def test_an_end_in_the_past_hides_it_with_the_click(self):
        with self.captureOnCommitCallbacks(execute=True):
            limit(self.other, timezone.now() - SECOND)
        self.assertNotIn("Stays.", self.text(self.article.path))

    def test_the_desk_sees_what_it_may_not_show_any_more(self):
        with clock(self.end):
            url = self.addresses()[0]
            seen = a_client(an_editor("rosa", ["view_photo"])).get(url)
            seen.getvalue()
            self.assertEqual((seen.status_code, seen["Cache-Control"]), (200, "private, no-store"))
            self.assertEqual(a_client(an_editor("ivo", [])).get(url).status_code, 404)

    def test_only_its_own_renditions_have_an_address(self):
        pk, token = self.photo.pk, self.photo.image.name[7:39]
        for name in (f"{token}-000000000000.webp", f"{token}.jpg", f"../{token}-0.webp"):
            self.assertEqual(self.get(f"/limited/{pk}/{name}").status_code, 404, name)
        for url in self.addresses():
            elsewhere = url.replace(f"/{pk}/", f"/{self.other.pk}/")
            self.assertEqual(self.get(elsewhere).status_code, 404)


class AddressTests(ReaderTestCase):
    def test_nobody_finds_the_picture_of_a_draft_by_trying(self):
        photos = [a_photo(colour) for colour in ("red", "blue")]
        lead = CaptionBlock(text="Not yet.", media=Media(sha256=photos[0].sha256))
        draft(dated(HOUR, lead=lead))
        tokens = [re.search(r"([0-9a-f]{32})-", photo.image.thumb)[1] for photo in photos]
        self.assertEqual(len({*tokens, *(photo.sha256[:32] for photo in photos)}), 4)
        self.assertNotIn(tokens[0], self.get("/").content.decode())

    def test_a_new_focal_point_is_a_new_address_in_every_page(self):
        photo = a_photo()
        lead = CaptionBlock(text="A quay.", media=Media(sha256=photo.sha256))
        (article,) = live(dated(HOUR, lead=lead))
        old = photo.image.card
        photo = Photo.objects.get(pk=photo.pk)
        photo.ppoi = "0.1x0.9"
        library.save(photo)
        self.assertNotEqual(photo.image.card, old)
        self.assertTrue(default_storage.exists(photo.image.process("card")))
        self.assertIn(photo.image.w480, self.get(article.path).content.decode())
        self.assertIn(photo.image.w480, self.get("/").content.decode())
