"""The form of a story: what it shows, what it keeps, what it stores."""

from django.test import TestCase

from articles.models import Article, Revision
from articles.tests.desk import a_client, an_editor, opened, sent, stored
from articles.tests.stories import a_full_story


class UntouchedTests(TestCase):
    def setUp(self):
        self.editor = an_editor()
        self.client = a_client(self.editor)

    def test_opening_and_saving_an_untouched_story_makes_no_revision(self):
        article = stored(a_full_story())
        response = sent(self.client, article, opened(self.client, article))
        self.assertEqual(response.status_code, 302, trouble(response))
        self.assertEqual(Revision.objects.count(), 1)
        self.assertEqual(Article.objects.get().as_story(), article.as_story())


def trouble(response):
    """Every error in the page, for the message of a test."""
    if response.status_code != 200:
        return ""
    form = response.context["adminform"].form
    inline = [(s.formset.prefix, s.formset.errors, s.formset.non_form_errors()) for s in response.context["inline_admin_formsets"]]
    return f"{form.errors!r} {[i for i in inline if any(i[1]) or i[2]]!r}"
