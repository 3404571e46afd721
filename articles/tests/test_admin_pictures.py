"""Many pictures at once, their words, where each is used, and whose rights run out."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import Photo
from articles.story import CaptionBlock, GalleryBlock, Media
from articles.tests.desk import a_client, a_photo, a_picture, an_editor, fields_of, stored
from articles.tests.newsroom import HOUR, dated, draft, live
from articles.tests.photofiles import a_jpeg, an_xmp
from articles.tests.stories import a_story
from articles.tests.test_uploads import PAGE, hostile

MANY, LIST = reverse("admin:articles_photo_many"), reverse("admin:articles_photo_changelist")
RIGHTS = ("add_photo", "change_photo", "view_photo", "view_article", "others_article")


def a_file(data, name="x.png"):
    return SimpleUploadedFile(name, data)


def change_of(photo):
    return reverse("admin:articles_photo_change", args=[photo.pk])


class Pictures(TestCase):
    def setUp(self):
        self.client = a_client(an_editor("rosa", RIGHTS))


class ManyTests(Pictures):
    def test_several_files_of_one_form_are_each_taken_or_refused_with_a_reason(self):
        known = a_photo("gold")
        files = [
            a_file(a_picture("red"), "quay_at-dawn.png"),
            a_file(a_jpeg(xmp=an_xmp()), "dsc1.jpg"),
            a_file(a_picture("gold"), "again.png"),
            a_file(PAGE, "page.png"),
        ]
        page = self.client.post(MANY, {"files": files})
        told = [(one.name, one.outcome) for one in page.context["outcomes"]]
        self.assertEqual(
            [outcome for _name, outcome in told], ["added", "added", "twin", "refused"]
        )
        self.assertContains(
            page, f'<a class="told" href="{change_of(known)}">Already in the library'
        )
        self.assertContains(page, "this is no picture of a kind that is taken")
        titles = Photo.objects.exclude(pk=known.pk).order_by("pk").values_list("title", flat=True)
        self.assertEqual(list(titles), ["quay at dawn", "Ferry"])
        self.assertEqual(Photo.objects.get(title="Ferry").credit, "Ada Fry/Coastwire")
        added = ",".join(
            map(str, Photo.objects.exclude(pk=known.pk).order_by("pk").values_list("pk", flat=True))
        )
        self.assertContains(page, f"{reverse('admin:articles_photo_words')}?ids={added}")
        self.assertEqual(LogEntry.objects.count(), 2)

    def test_a_script_asks_for_one_file_at_a_time_and_is_told_as_data(self):
        ask = {"headers": {"Accept": "application/json"}}
        answer = self.client.post(MANY, {"files": a_file(a_picture())}, **ask).json()
        photo = Photo.objects.get()
        self.assertEqual(
            answer["files"],
            [
                {
                    "name": "x.png",
                    "outcome": "added",
                    "told": "Added: x",
                    "id": photo.pk,
                    "url": change_of(photo),
                    "thumb": photo.image.thumb,
                }
            ],
        )
        again = self.client.post(MANY, {"files": a_file(a_picture(), "y.png")}, **ask).json()
        self.assertEqual(
            (again["files"][0]["outcome"], again["files"][0]["id"]), ("twin", photo.pk)
        )
        self.assertEqual(self.client.post(MANY, {}, **ask).status_code, 400)

    def test_the_same_file_twice_in_one_form_is_one_photo(self):
        files = [a_file(a_picture(), "a.png"), a_file(a_picture(), "b.png")]
        page = self.client.post(MANY, {"files": files})
        self.assertEqual([one.outcome for one in page.context["outcomes"]], ["added", "twin"])

    def test_everything_hostile_is_refused_with_a_sentence(self):
        files = [a_file(data, name) for name, data in hostile().items()]
        page = self.client.post(MANY, {"files": files})
        for one in page.context["outcomes"]:
            self.assertEqual(one.outcome, "refused", one.name)
            self.assertGreater(len(one.told), 15, one.name)
        self.assertFalse(Photo.objects.exists())

    def test_no_more_than_fifty_at_once(self):
        files = [a_file(b"", f"{number}.png") for number in range(53)]
        told = [one.told for one in self.client.post(MANY, {"files": files}).context["outcomes"]]
        self.assertEqual(told.count("At most 50 files at once."), 3)

    def test_who_may_not_add_photos_sees_neither_page_nor_button(self):
        client = a_client(an_editor("ivo", ["view_photo"]))
        self.assertEqual(client.get(MANY).status_code, 403)
        self.assertEqual(client.post(MANY, {"files": a_file(a_picture())}).status_code, 403)
        self.assertNotContains(client.get(LIST), MANY)
        self.assertContains(self.client.get(LIST), MANY)
        self.assertFalse(Photo.objects.exists())


class WordsTests(Pictures):
    def test_the_words_of_several_are_written_on_one_page(self):
        red, blue, other = a_photo("red"), a_photo("blue", credit="Ada Fry"), a_photo("gold")
        url = f"{reverse('admin:articles_photo_words')}?ids={red.pk},{blue.pk},x,,99999"
        page = self.client.get(url)
        self.assertContains(page, red.image.preview)
        self.assertNotContains(page, other.image.preview)
        fields = fields_of(page, None)
        fields["form-0-caption"], fields["form-0-alt"] = "The quay.", "A quay"
        self.assertRedirects(self.client.post(url, fields), LIST)
        red.refresh_from_db()
        blue.refresh_from_db()
        self.assertEqual((red.caption, red.alt, blue.credit), ("The quay.", "A quay", "Ada Fry"))
        self.assertEqual([entry.object_id for entry in LogEntry.objects.all()], [str(red.pk)])

    def test_no_photo_beyond_those_of_the_page_can_be_changed_by_it(self):
        red, other = a_photo("red"), a_photo("gold")
        url = f"{reverse('admin:articles_photo_words')}?ids={red.pk}"
        fields = {**fields_of(self.client.get(url), None), "form-0-id": str(other.pk)}
        self.client.post(url, {**fields, "form-0-caption": "Stolen."})
        other.refresh_from_db()
        self.assertEqual(other.caption, "")

    def test_who_may_not_change_photos_may_not_change_many(self):
        client = a_client(an_editor("ivo", ["view_photo", "add_photo"]))
        url = f"{reverse('admin:articles_photo_words')}?ids={a_photo().pk}"
        self.assertEqual(client.get(url).status_code, 403)


class LookTests(Pictures):
    def found(self, look):
        page = self.client.get(LIST, {"look": look})
        return {photo.title.split()[0] for photo in page.context["cl"].result_list}

    def test_the_library_can_be_narrowed_by_what_is_to_be_done(self):
        now = timezone.now()
        a_photo("red", alt="A", credit="C")
        a_photo("blue", credit="C", rights_until=now + timedelta(days=3))
        a_photo("gold", alt="A", rights_until=now - HOUR)
        a_photo("pink", alt="A", credit="C", rights_until=now + timedelta(days=90))
        self.assertEqual(self.found("alt"), {"blue"})
        self.assertEqual(self.found("credit"), {"gold"})
        self.assertEqual(self.found("ending"), {"blue"})
        self.assertEqual(self.found("over"), {"gold"})
        self.assertEqual(self.found("nonsense"), {"red", "blue", "gold", "pink"})

    def test_a_photo_that_no_story_uses_is_found(self):
        lead, within, free = a_photo("red"), a_photo("blue"), a_photo("gold")
        caption = lambda photo: CaptionBlock(media=Media(sha256=photo.sha256))  # noqa: E731
        draft(dated(HOUR, lead=caption(lead), body=(GalleryBlock(captions=(caption(within),)),)))
        self.assertEqual(self.found("unused"), {free.title.split()[0]})

    def test_its_page_names_the_stories_that_use_it_live_or_not(self):
        photo = a_photo()
        lead = CaptionBlock(media=Media(sha256=photo.sha256))
        (shown,) = live(dated(HOUR, number=1, lead=lead))
        hidden = draft(dated(HOUR, number=2, body=(GalleryBlock(captions=(lead,)),)))
        stored(a_story(3))
        page = self.client.get(change_of(photo)).content.decode()
        for article in (shown, hidden):
            self.assertIn(reverse("admin:articles_article_change", args=[article.pk]), page)
        self.assertIn("status-live", page)
        self.assertIn("status-draft", page)
        self.assertEqual(page.count("gate number"), 2)

    def test_its_page_asks_as_often_for_many_stories_as_for_one(self):
        photo = a_photo()
        lead = CaptionBlock(media=Media(sha256=photo.sha256))
        for numbers in (range(1, 2), range(2, 6)):
            live(*(dated(HOUR, number=number, lead=lead) for number in numbers))
            with self.assertNumQueries(7):  # session, user, rights twice, photo, desks, stories
                self.client.get(change_of(photo))

    def test_a_right_that_ends_is_set_in_the_form_and_told_in_the_list(self):
        photo = a_photo()
        page = self.client.get(change_of(photo))
        fields = {
            **fields_of(page, "photo_form"),
            "rights_until_0": "2020-01-31",
            "rights_until_1": "12:00",
        }
        self.assertEqual(self.client.post(change_of(photo), fields).status_code, 302)
        photo.refresh_from_db()
        self.assertEqual(photo.rights_until.year, 2020)
        self.assertContains(self.client.get(LIST), "over since")
        self.assertIn("/limited/", photo.image.thumb)
