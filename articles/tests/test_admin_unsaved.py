"""A copy out of a browser is shown and not stored; a save says which copy it has stored."""

from django.test import TestCase

from articles.models import Article, Revision
from articles.story import TextBlock
from articles.tests.desk import a_client, an_editor, block, opened, sent, stored
from articles.tests.stories import a_story

COOKIE = "desk_saved"


class UnsavedTests(TestCase):
    def setUp(self):
        self.article = stored(a_story(body=(TextBlock(html="<p>One.</p>"),)))
        self.client = a_client(an_editor())
        self.fields = opened(self.client, self.article)

    def test_what_is_restored_is_in_the_form_and_nowhere_else(self):
        fields = block(self.fields, "quote", text="So it was.")
        answer = sent(self.client, self.article, fields, headline="Kept", _restore="1")
        self.assertContains(answer, "So it was.")
        self.assertContains(answer, "as your browser kept it")
        self.assertNotContains(answer, "errornote")
        self.assertNotIn(COOKIE, answer.cookies)
        self.assertEqual(Article.objects.get().headline, self.article.headline)
        self.assertEqual(Revision.objects.count(), 1)

    def test_nothing_is_published_by_restoring(self):
        answer = sent(self.client, self.article, self.fields, "_publish", _restore="1")
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self.article.versions.exists())

    def test_a_stored_form_names_its_copy_and_one_with_errors_does_not(self):
        answer = sent(self.client, self.article, self.fields, headline="", local_copy="abc-1")
        self.assertNotIn(COOKIE, answer.cookies)
        self.assertContains(answer, 'value="abc-1"')
        answer = sent(self.client, self.article, self.fields, headline="New", local_copy="abc-1")
        cookie = answer.cookies[COOKIE]
        self.assertEqual((cookie.value, cookie["path"]), ("abc-1", "/admin/"))
        self.assertEqual(cookie["samesite"], "Lax")

    def test_a_name_that_is_none_is_not_sent_back(self):
        for name in ("", "a b", "a;path=/", "x" * 41, "ä"):
            answer = sent(self.client, self.article, self.fields, local_copy=name)
            self.assertNotIn(COOKIE, answer.cookies)

    def test_its_name_is_no_edit(self):
        sent(self.client, self.article, self.fields, local_copy="abc-1")
        self.assertEqual(Revision.objects.count(), 1)

    def test_every_error_is_listed_with_the_way_to_it(self):
        fields = block(self.fields, "embed", url="https://evil.example/")
        answer = sent(self.client, self.article, fields, headline="")
        self.assertContains(answer, '<a href="#id_headline">Headline</a>')
        self.assertContains(answer, '<a href="#id_embed-0-url">')
        self.assertContains(answer, "Nothing is saved yet")
        self.assertEqual(Revision.objects.count(), 1)
