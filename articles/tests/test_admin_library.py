"""Photos and videos are taken in by what they are; pickers show them."""

import hashlib
from unittest.mock import patch

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from articles.models import Photo, Video
from articles.story import CaptionBlock
from articles.tests.attachedfiles import an_attachment, box
from articles.tests.desk import a_client, a_photo, a_picture, an_editor, fields_of, stored
from articles.tests.filmfiles import WEBM, an_mp4
from articles.tests.stories import a_story


class Library(TestCase):
    def setUp(self):
        names = [
            f"{act}_{model}" for act in ("add", "change", "view") for model in ("photo", "video")
        ]
        self.client = a_client(an_editor("rosa", [*names, "view_article", "others_article"]))

    def upload(self, data, name="quay_at-dawn.png", **words):
        fields = {"image": SimpleUploadedFile(name, data), "ppoi": "0.5x0.5", **words}
        return self.client.post(reverse("admin:articles_photo_add"), fields)

    def upload_film(self, **fields):
        return self.client.post(reverse("admin:articles_video_add"), fields)

    def errors(self, response):
        self.assertEqual(response.status_code, 200)
        return str(response.context["adminform"].form.errors)


class PhotoTests(Library):
    def test_every_kind_of_picture_we_take_is_taken(self):
        for number, kind in enumerate(("PNG", "JPEG", "WEBP", "GIF")):
            with self.subTest(kind=kind):
                picture = a_picture(("red", "green", "blue", "gold")[number], kind=kind)
                self.assertEqual(self.upload(picture, f"x.{kind}").status_code, 302)
        self.assertEqual(Photo.objects.count(), 4)

    def test_its_title_is_made_of_the_name_of_the_file(self):
        self.upload(a_picture())
        photo = Photo.objects.get()
        self.assertEqual(photo.title, "quay at dawn")
        self.assertEqual((photo.width, photo.height, len(photo.sha256)), (64, 40, 64))

    def test_the_same_picture_again_is_refused_and_leads_to_the_one_there(self):
        self.upload(a_picture())
        errors = self.errors(self.upload(a_picture(), "other.png"))
        self.assertIn("already in the library", errors)
        self.assertIn(reverse("admin:articles_photo_change", args=[Photo.objects.get().pk]), errors)

    def test_what_is_no_picture_is_refused_whatever_it_is_called(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n"
        for data in (svg, eps, b"<html>", b"", a_picture()[:60], a_picture(kind="BMP")):
            with self.subTest(data=data[:20]):
                self.assertIn("image", self.errors(self.upload(data)))
        self.assertFalse(Photo.objects.exists())

    def test_a_picture_of_too_many_pixels_is_refused_before_it_takes_the_memory(self):
        bomb = a_picture(size=(9000, 9000))
        self.assertIn("pixels", self.errors(self.upload(bomb)))

    def test_its_words_change_without_another_upload(self):
        photo = a_photo()
        url = reverse("admin:articles_photo_change", args=[photo.pk])
        fields = fields_of(self.client.get(url), "photo_form")
        fields |= {"title": "Quay", "credit": "Ada Fry", "ppoi": "0.2x0.8"}
        self.assertEqual(self.client.post(url, fields).status_code, 302)
        photo.refresh_from_db()
        self.assertEqual((photo.title, photo.credit, photo.ppoi), ("Quay", "Ada Fry", "0.2x0.8"))

    def test_a_photo_stays_the_picture_it_is(self):
        photo = a_photo()
        url = reverse("admin:articles_photo_change", args=[photo.pk])
        other = SimpleUploadedFile("other.png", a_picture("gold"))
        fields = {"title": "Quay", "ppoi": "0.5x0.5", "image": other}
        self.assertIn("stays the file it is", self.errors(self.client.post(url, fields)))

    def test_the_list_shows_the_pictures(self):
        photo = a_photo()
        page = self.client.get(reverse("admin:articles_photo_changelist"))
        self.assertContains(page, photo.image.thumb)


class DeletedTests(Library):
    def setUp(self):
        kinds = ("photo", "attachment")
        rights = [f"{act}_{kind}" for act in ("delete", "view") for kind in kinds]
        self.client = a_client(an_editor("rosa", rights))

    def delete(self, row):
        url = reverse(f"admin:articles_{row._meta.model_name}_delete", args=[row.pk])
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(url, {"post": "yes"})

    def test_the_files_go_with_the_photo(self):
        photo = a_photo()
        addresses = photo.image.addresses().values()
        storage, names = default_storage, [photo.image.name]
        names += [url.removeprefix(settings.MEDIA_URL) for url in addresses]
        self.assertTrue(all(map(storage.exists, names)))
        self.assertEqual(self.delete(photo).status_code, 302)
        self.assertEqual(Photo.objects.count(), 0)
        self.assertEqual([name for name in names if storage.exists(name)], [])

    def test_the_file_goes_with_the_document(self):
        document = an_attachment()
        name = document.file.name
        self.assertEqual(self.delete(document).status_code, 302)
        self.assertFalse(default_storage.exists(name))

    def test_what_a_story_shows_stays_with_its_files(self):
        photo = a_photo()
        stored(a_story(lead=CaptionBlock(media=photo.media)))
        self.assertContains(self.delete(photo), "would require deleting", status_code=200)
        self.assertTrue(default_storage.exists(Photo.objects.get().image.name))


class VideoTests(Library):
    def test_a_film_is_a_file_of_a_kind_browsers_play(self):
        film = SimpleUploadedFile("gate.exe", WEBM)
        self.assertEqual(self.upload_film(file=film).status_code, 302)
        video = Video.objects.get()
        self.assertTrue(video.file.name.endswith(".webm"))
        self.assertEqual((video.title, len(video.sha256)), ("gate", 64))

    def test_what_is_no_film_is_refused(self):
        film = SimpleUploadedFile("gate.mp4", b"MZ" + b"\0" * 60)
        self.assertIn("neither a WebM nor an MP4", self.errors(self.upload_film(file=film)))
        cut = SimpleUploadedFile("gate.mp4", an_mp4()[:-1])
        self.assertIn("cut off", self.errors(self.upload_film(file=cut)))

    def test_one_that_is_too_large_is_told_the_limit_and_what_to_do(self):
        with patch("articles.attachments.MAX_FILM_BYTES", 1_000_000):
            film = SimpleUploadedFile("gate.webm", WEBM + bytes(1_000_000))
            told = self.errors(self.upload_film(file=film))
        self.assertIn("larger than 1 MB: make it smaller, or give the address", told)

    def test_what_it_says_of_itself_is_not_kept(self):
        film = an_mp4(box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+12.3-045.6/")))
        self.upload_film(file=SimpleUploadedFile("gate.mp4", film))
        video = Video.objects.get()
        with video.file.open() as stored_film:
            self.assertNotIn(b"+12.3", stored_film.read())
        self.assertEqual(video.sha256, hashlib.sha256(film).hexdigest())

    def test_the_same_film_again_is_refused(self):
        self.upload_film(file=SimpleUploadedFile("gate.webm", WEBM))
        again = self.upload_film(file=SimpleUploadedFile("other.webm", WEBM))
        self.assertIn("already in the library", self.errors(again))

    def test_an_address_is_one_of_a_player_we_know(self):
        known = self.upload_film(title="A", url="https://vimeo.com/123456789")
        self.assertEqual(known.status_code, 302)
        unknown = self.upload_film(title="B", url="https://evil.example/film")
        self.assertIn("YouTube or Vimeo", self.errors(unknown))

    def test_it_is_a_file_or_an_address(self):
        self.assertIn("Give either", self.errors(self.upload_film(title="A")))


class PickTests(Library):
    def pick(self, model="caption", field="photo", term=""):
        box = {"app_label": "articles", "model_name": model, "field_name": field, "term": term}
        return self.client.get(reverse("admin:articles_article_pick"), box)

    def test_a_photo_is_found_with_its_picture_and_its_words(self):
        photo = a_photo(caption="The quay", credit="Ada Fry", alt="A quay")
        found = self.pick(term="navy").json()["results"][0]
        self.assertEqual(found["thumb"], photo.image.thumb)
        self.assertEqual(found["fill"], {"text": "The quay", "credit": "Ada Fry", "alt": "A quay"})

    def test_a_search_box_asks_as_often_for_many_as_for_one(self):
        for colour in ("red", "green", "blue", "gold", "pink"):
            a_photo(colour)
        with self.assertNumQueries(5):  # session, user, two of permissions, photos
            self.assertEqual(len(self.pick().json()["results"]), 5)

    def test_who_may_not_see_a_kind_of_thing_does_not_find_it(self):
        self.assertEqual(self.pick("tagging", "tag").status_code, 403)
