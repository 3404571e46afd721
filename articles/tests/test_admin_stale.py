"""Two editors at one story: nobody's words are lost, and nobody is locked out."""

from django.test import TestCase

from articles.models import Article, Revision
from articles.story import RelatedPost
from articles.tests.desk import (
    a_client,
    an_editor,
    block,
    opened,
    sent,
    stored,
    trouble,
    url_of,
)
from articles.tests.stories import a_full_story


class TwoEditors(TestCase):
    def setUp(self):
        self.rosa, self.kim = a_client(an_editor("rosa")), a_client(an_editor("kim"))
        self.article = stored(a_full_story())
        self.rosas = opened(self.rosa, self.article)
        self.kims = opened(self.kim, self.article)

    def story(self):
        return Article.objects.get().as_story()

    def save(self, client, fields, **changes):
        response = sent(client, self.article, fields, **changes)
        self.assertEqual(response.status_code, 302, trouble(response))

    def refused(self, fields, **changes):
        """The page Rosa gets when her form is stale."""
        response = sent(self.rosa, self.article, fields, **changes)
        self.assertEqual(response.status_code, 200, "it was saved")
        return response


class StaleTests(TwoEditors):
    def test_a_stale_form_is_refused_and_says_who_saved(self):
        self.save(self.kim, self.kims, headline="Kim's headline")
        page = self.refused(self.rosas, headline="Rosa's headline")
        self.assertContains(page, "kim saved this story on")
        self.assertEqual(self.story().headline, "Kim's headline")

    def test_all_that_was_typed_is_still_in_the_form(self):
        self.save(self.kim, self.kims, headline="Kim's headline")
        fields = block(self.rosas, "quote", text="Rosa's quote")
        page = self.refused(fields, **{"headline": "Rosa's", "text-0-html": "<p>Rosa's text</p>"})
        self.assertContains(page, "Rosa&#x27;s quote")
        self.assertContains(page, "Rosa&#x27;s text")

    def test_the_others_words_are_shown_beside_it(self):
        self.save(self.kim, self.kims, **{"text-1-html": "<p>Then they sang.</p>"})
        page = self.refused(self.rosas, headline="Rosa's")
        self.assertContains(page, "<ins>sang.</ins>", html=True)

    def test_a_block_the_other_deleted_is_not_lost_from_the_form(self):
        self.save(self.kim, self.kims, **{"text-0-DELETE": "on", "photo-0-DELETE": "on"})
        page = self.refused(self.rosas, **{"text-0-html": "<p>Rosa's own</p>"})
        self.assertContains(page, "Rosa&#x27;s own")
        self.assertContains(page, "The pilot boat.")

    def test_saving_over_it_makes_the_story_exactly_what_the_form_says(self):
        more = block(self.kims, "text", html="<p>More of Kim's</p>")
        gone = {f"{kind}-0-DELETE": "on" for kind in ("text", "photo", "related", "gallery", "raw")}
        gone |= {"filing-0-DELETE": "on", "headline": "Kim's", "video-0-title": "Kim's film"}
        self.save(self.kim, more, **gone)
        page = self.refused(self.rosas, slugline="ROSA")
        head = Article.objects.get().head_id
        self.assertContains(page, f'name="overwrite" value="{head}"')
        self.save(self.rosa, self.rosas, slugline="ROSA", overwrite=head)
        self.assertEqual(self.story(), a_full_story(slugline="ROSA"))

    def test_what_was_saved_over_stays_in_the_revisions(self):
        self.save(self.kim, self.kims, headline="Kim's headline")
        self.save(self.rosa, self.rosas, overwrite=Article.objects.get().head_id)
        headlines = [revision.story.headline for revision in Revision.objects.order_by("pk")]
        self.assertEqual(headlines[1], "Kim's headline")

    def test_the_box_holds_for_what_was_shown_and_not_for_a_later_save(self):
        self.save(self.kim, self.kims, headline="Kim's first")
        shown = Article.objects.get().head_id
        self.save(self.kim, opened(self.kim, self.article), headline="Kim's second")
        self.refused(self.rosas, overwrite=shown)
        self.assertEqual(self.story().headline, "Kim's second")

    def test_a_restored_text_does_not_make_an_old_form_valid_again(self):
        self.save(self.kim, self.kims, headline="Kim's headline")
        back = self.article.headline
        self.save(self.kim, opened(self.kim, self.article), headline=back)
        self.refused(self.rosas, headline="Rosa's")

    def test_a_form_without_its_token_is_refused(self):
        self.refused({**self.rosas, "opened": ""})
        self.refused({**self.rosas, "opened": "nonsense"})

    def test_pressing_publish_in_a_stale_form_publishes_nothing(self):
        self.save(self.kim, self.kims, headline="Kim's headline")
        response = sent(self.rosa, self.article, self.rosas, button="_publish")
        self.assertEqual(response.status_code, 200)
        self.assertFalse(self.article.versions.exists())

    def test_a_page_that_asks_before_publishing_goes_stale_too(self):
        url = url_of(self.article, "publish")
        opened_at = Article.objects.get().head_id
        self.save(self.kim, self.kims, headline="Kim's headline")
        page = self.rosa.post(url, {"opened": opened_at})
        self.assertContains(page, "kim saved this story on")
        self.assertFalse(self.article.versions.exists())

    def test_a_save_that_changed_nothing_makes_no_other_form_stale(self):
        self.save(self.kim, self.kims)
        self.save(self.rosa, self.rosas, headline="Rosa's")

    def test_related_posts_keep_what_no_form_shows(self):
        self.save(self.kim, self.kims, **{"related-1-DELETE": "on"})
        self.save(self.rosa, self.rosas, overwrite=Article.objects.get().head_id)
        self.assertEqual(self.story().related, a_full_story().related)
        self.assertIsInstance(self.story().related[0], RelatedPost)
