"""Two who have the form of one photo, category or author open overwrite nothing of each other."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import TestCase, skipUnlessDBFeature
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import addresses
from articles.models import Attachment, Author, Category, Desk, Photo, Tag, Video
from articles.tests.attachedfiles import an_attachment
from articles.tests.desk import a_client, a_photo, an_editor, fields_of

MODELS = (Photo, Video, Attachment, Category, Tag, Author, Desk)
# What the two write into the rows of each kind, and what both write into.
WORDS = {
    Photo: ("caption", "alt"),
    Video: ("caption", "credit"),
    Attachment: ("caption", "credit"),
    Category: ("description", "name"),
    Tag: ("name", "slug"),
    Author: ("role", "biography"),
}


def rights():
    names = [model._meta.model_name for model in MODELS]
    return [f"{act}_{name}" for act in ("add", "change", "view") for name in names]


def a_row(model):
    if model is Photo:
        return a_photo()
    if model is Attachment:
        return an_attachment()
    if model is Video:
        return Video.objects.create(title="The gate", url="https://youtu.be/abcdefghijk")
    row = model(name="Harbour") if model is Category else model(name="Harbour", slug="harbour")
    addresses.place(row) if model is Category else row.save()
    return row


class Two(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.rosa, cls.kim = an_editor("rosa", rights()), an_editor("kim", rights())

    def setUp(self):
        self.of_rosa, self.of_kim = a_client(self.rosa), a_client(self.kim)

    def url(self, row):
        return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])

    def opened(self, client, row):
        form = f"{row._meta.model_name}_form"
        return {k: v or "" for k, v in fields_of(client.get(self.url(row)), form).items()}

    def send(self, client, row, fields, **changes):
        return client.post(self.url(row), {**fields, **changes})

    def told(self, client, response):
        self.assertEqual(response.status_code, 302)
        page = client.get(response.url)
        return " ".join(str(message) for message in page.context["messages"])

    def errors(self, response):
        self.assertEqual(response.status_code, 200)
        return str(response.context["adminform"].form.errors)


class MeanwhileTests(Two):
    def test_what_two_changed_in_different_fields_is_both_there_and_said(self):
        for model, (first, second) in WORDS.items():
            with self.subTest(model=model.__name__):
                row = a_row(model)
                stale = self.opened(self.of_kim, row)
                self.send(self.of_rosa, row, self.opened(self.of_rosa, row), **{first: "of-rosa"})
                answer = self.send(self.of_kim, row, stale, **{second: "of-kim"})
                self.assertIn("What rosa saved meanwhile stays", self.told(self.of_kim, answer))
                row.refresh_from_db()
                self.assertEqual([getattr(row, n) for n in (first, second)], ["of-rosa", "of-kim"])

    def test_what_both_changed_is_asked_with_both_in_sight_and_nothing_is_stored(self):
        for model, (first, _second) in WORDS.items():
            with self.subTest(model=model.__name__):
                row = a_row(model)
                stale = self.opened(self.of_kim, row)
                self.send(self.of_rosa, row, self.opened(self.of_rosa, row), **{first: "of-rosa"})
                answer = self.send(self.of_kim, row, stale, **{first: "of-kim"})
                errors = self.errors(answer)
                self.assertIn("Saved meanwhile by rosa", errors)
                self.assertIn("of-rosa", errors)
                self.assertContains(answer, "of-kim")
                row.refresh_from_db()
                self.assertEqual(getattr(row, first), "of-rosa")

    def met(self):
        """A photo whose caption both changed, and the fields of the page that asks Kim."""
        photo = a_photo(caption="Fog")
        stale = self.opened(self.of_kim, photo)
        self.send(self.of_rosa, photo, self.opened(self.of_rosa, photo), caption="Rosa's")
        answer = self.send(self.of_kim, photo, stale, caption="Kim's", alt="A quay")
        return photo, {k: v or "" for k, v in fields_of(answer, "photo_form").items()}

    def words(self, photo):
        photo.refresh_from_db()
        return photo.caption, photo.alt

    def test_sent_again_it_is_as_typed(self):
        photo, fields = self.met()
        self.assertEqual(self.send(self.of_kim, photo, fields).status_code, 302)
        self.assertEqual(self.words(photo), ("Kim's", "A quay"))

    def test_or_the_others_where_that_is_chosen(self):
        photo, fields = self.met()
        answer = self.send(self.of_kim, photo, fields, theirs="caption")
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(self.words(photo), ("Rosa's", "A quay"))

    def test_a_choice_outlives_another_error_of_the_form(self):
        photo, fields = self.met()
        answer = self.send(self.of_kim, photo, fields, theirs="caption", title="")
        self.assertIn("title", self.errors(answer))
        fields = {k: v or "" for k, v in fields_of(answer, "photo_form").items()}
        self.assertEqual(fields["caption"].strip(), "Rosa's")
        self.send(self.of_kim, photo, fields, title="Quay")
        self.assertEqual(self.words(photo), ("Rosa's", "A quay"))

    def test_a_third_save_is_asked_about_too(self):
        photo, fields = self.met()
        self.send(self.of_rosa, photo, self.opened(self.of_rosa, photo), caption="Rosa's second")
        answer = self.send(self.of_kim, photo, fields, theirs="caption")
        self.assertIn("Rosa&#x27;s second", self.errors(answer))

    def test_nobody_is_named_who_saved_it_long_ago(self):
        photo = a_photo()
        self.send(self.of_rosa, photo, self.opened(self.of_rosa, photo), credit="Ada")
        LogEntry.objects.update(action_time=timezone.now() - timedelta(days=1))
        stale = self.opened(self.of_kim, photo)
        Photo.objects.update(caption="Fog")  # by something that leaves no entry
        answer = self.send(self.of_kim, photo, stale, alt="A quay")
        self.assertIn("What others saved meanwhile stays", self.told(self.of_kim, answer))
        self.send(self.of_kim, photo, self.opened(self.of_kim, photo), caption="Ice")
        answer = self.send(self.of_kim, photo, stale, title="Quay")
        self.assertIn("What you yourself saved meanwhile", self.told(self.of_kim, answer))

    def test_what_both_wrote_alike_is_no_question(self):
        photo = a_photo()
        stale = self.opened(self.of_kim, photo)
        self.send(self.of_rosa, photo, self.opened(self.of_rosa, photo), caption="Fog")
        self.assertEqual(self.send(self.of_kim, photo, stale, caption="Fog").status_code, 302)

    def test_what_was_stored_untidily_is_no_change_of_whoever_opens_it(self):
        photo = a_photo(caption="One\r\nTwo \n")
        stale = self.opened(self.of_kim, photo)
        self.send(self.of_rosa, photo, self.opened(self.of_rosa, photo), caption="Three")
        self.assertEqual(self.send(self.of_kim, photo, stale, alt="A quay").status_code, 302)
        self.assertEqual(self.words(photo), ("Three", "A quay"))

    def test_the_record_names_only_what_was_changed_here(self):
        photo = a_photo()
        stale = self.opened(self.of_kim, photo)
        self.send(self.of_rosa, photo, self.opened(self.of_rosa, photo), caption="Fog")
        self.send(self.of_kim, photo, stale, alt="A quay")
        last = self.kim.logentry_set.latest("action_time").get_change_message()
        self.assertIn("Alternative text", last)
        self.assertNotIn("Caption", last)

    def test_moments_and_rows_picked_meet_like_words(self):
        photo = a_photo()
        stale = self.opened(self.of_kim, photo)
        end = {"rights_until_0": "2031-01-02", "rights_until_1": "10:00"}
        self.send(self.of_rosa, photo, self.opened(self.of_rosa, photo), **end)
        self.assertEqual(self.send(self.of_kim, photo, stale, alt="A quay").status_code, 302)
        photo.refresh_from_db()
        self.assertEqual(photo.rights_until.year, 2031)
        desk = Desk.objects.create(name="Night")
        stale = self.opened(self.of_kim, desk)
        of_rosa = self.opened(self.of_rosa, desk)
        self.send(self.of_rosa, desk, of_rosa, members=[self.rosa.pk])
        self.send(self.of_kim, desk, stale, name="Late")
        desk.refresh_from_db()
        self.assertEqual((desk.name, *desk.members.all()), ("Late", self.rosa))
        answer = self.send(self.of_kim, desk, stale, members=[self.kim.pk])
        self.assertIn("rosa", self.errors(answer))

    def test_a_form_without_what_it_was_opened_with_overwrites_nothing(self):
        photo = a_photo(caption="Fog")
        whole = self.opened(self.of_kim, photo)
        for damaged in ("", "caption", "caption:0 alt", "\x00:", "@:9999999999", "@:x"):
            with self.subTest(damaged=damaged):
                answer = self.send(
                    self.of_kim, photo, whole, as_opened=damaged, caption="Kim's", alt="A quay"
                )
                self.assertIn("Fog", self.errors(answer))
                self.assertEqual(self.words(photo), ("Fog", ""))

    @skipUnlessDBFeature("has_select_for_update")
    def test_a_row_is_locked_before_it_is_read_and_compared(self):
        for model in (Photo, Category, Tag):
            row = a_row(model)
            fields = self.opened(self.of_kim, row)
            with self.subTest(model=model.__name__), CaptureQueriesContext(connection) as asked:
                self.send(self.of_kim, row, fields)
            table = model._meta.db_table
            about = [one["sql"] for one in asked if f'FROM "{table}"' in one["sql"]]
            locked = [number for number, sql in enumerate(about) if "FOR UPDATE" in sql]
            self.assertTrue(locked and about[locked[0] + 1 :])

    def test_a_new_row_and_a_page_for_looking_carry_nothing(self):
        page = self.of_rosa.get(reverse("admin:articles_tag_add"))
        self.assertNotContains(page, "as_opened")
        viewer = a_client(an_editor("ada", ["view_tag"]))
        self.assertNotContains(viewer.get(self.url(a_row(Tag))), "opened")


class WordsTests(Two):
    """The page for the words of up to fifty photos."""

    def setUp(self):
        super().setUp()
        self.photos = [a_photo("navy"), a_photo("gold")]
        keys = ",".join(str(photo.pk) for photo in self.photos)
        self.page = f"{reverse('admin:articles_photo_words')}?ids={keys}"

    def shown(self, client):
        return fields_of(client.get(self.page), "")

    def save(self, client, fields, **changes):
        changes = {f"form-{name.replace('_', '-', 1)}": text for name, text in changes.items()}
        return client.post(self.page, {**fields, **changes})

    def stored(self, name):
        return [getattr(photo, name) for photo in Photo.objects.order_by("pk")]

    def test_captions_of_one_and_alternative_texts_of_another_are_both_there(self):
        stale = self.shown(self.of_kim)
        self.save(
            self.of_rosa, self.shown(self.of_rosa), **{"0_caption": "Fog", "1_caption": "Ice"}
        )
        answer = self.save(self.of_kim, stale, **{"0_alt": "A quay"})
        self.assertIn("What rosa saved meanwhile stays", self.told(self.of_kim, answer))
        self.assertEqual(self.stored("caption"), ["Fog", "Ice"])
        self.assertEqual(self.stored("alt"), ["A quay", ""])

    def test_a_caption_both_wrote_is_asked_and_none_of_the_page_is_stored_before(self):
        stale = self.shown(self.of_kim)
        self.save(self.of_rosa, self.shown(self.of_rosa), **{"0_caption": "Fog"})
        typed = {"0_caption": "Mist", "1_caption": "Ice"}
        answer = self.save(self.of_kim, stale, **typed)
        self.assertContains(answer, "Saved meanwhile by rosa")
        self.assertEqual(self.stored("caption"), ["Fog", ""])
        again = fields_of(answer, "")
        shown = [again[f"form-{number}-caption"].strip() for number in (0, 1)]
        self.assertEqual(shown, ["Mist", "Ice"])
        self.save(self.of_kim, again, **{"0_theirs": "caption"})
        self.assertEqual(self.stored("caption"), ["Fog", "Ice"])

    def test_a_photo_that_is_gone_takes_no_words_of_the_others_with_it(self):
        stale = self.shown(self.of_kim)
        self.photos[0].delete()
        answer = self.save(self.of_kim, stale, **{"0_caption": "Fog", "1_caption": "Ice"})
        self.assertContains(answer, "not in the library any more")
        self.assertContains(answer, "Fog")
        self.assertContains(answer, "Ice")
