"""Two editors at one story: what they did is merged, and where they meet both texts are kept."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import pruning
from articles.models import Article, Revision, Tag, Unmerged
from articles.story import RelatedPost, TextBlock
from articles.tests.desk import (
    a_client,
    a_photo,
    an_editor,
    block,
    fields_of,
    opened,
    sent,
    stored,
    trouble,
    url_of,
)
from articles.tests.stories import a_full_story

TEXT = "<p>One.</p><p>Two.</p><p>Three.</p>"


class TwoEditors(TestCase):
    def setUp(self):
        self.rosa, self.kim = a_client(an_editor("rosa")), a_client(an_editor("kim"))
        full = a_full_story()
        self.article = stored(full.replace(body=(*full.body, TextBlock(html=TEXT))))
        self.rosas = opened(self.rosa, self.article)
        self.kims = opened(self.kim, self.article)

    def story(self):
        return Article.objects.get().as_story()

    def save(self, client, fields, button="_continue", **changes):
        response = sent(client, self.article, fields, button, **changes)
        self.assertEqual(response.status_code, 302, trouble(response))
        return response

    def told(self, response, client=None):
        page = (client or self.rosa).get(response.url)
        return " ".join(str(message) for message in page.context["messages"])


class MergedTests(TwoEditors):
    def test_a_headline_and_a_paragraph_are_both_there(self):
        self.save(self.kim, self.kims, headline="Kim's headline")
        mine = TEXT.replace("Two.", "Two ships.")
        response = self.save(self.rosa, self.rosas, **{"text-2-html": mine})
        self.assertEqual(self.story().headline, "Kim's headline")
        self.assertEqual(self.story().body[-1].html, mine)
        self.assertEqual(self.told(response), "Saved, and merged with what kim saved: headline.")

    def test_two_paragraphs_of_one_text(self):
        self.save(self.kim, self.kims, **{"text-2-html": TEXT.replace("One", "First")})
        self.save(self.rosa, self.rosas, **{"text-2-html": TEXT.replace("Three", "Third")})
        self.assertEqual(
            self.story().body[-1].html, TEXT.replace("One", "First").replace("Three", "Third")
        )

    def test_it_is_one_new_revision_of_the_one_who_saved(self):
        self.save(self.kim, self.kims, headline="Kim's headline")
        self.save(self.rosa, self.rosas, standfirst="Rosa's")
        last = Revision.objects.order_by("-pk")[:2]
        self.assertEqual([r.by.username for r in last], ["rosa", "kim"])
        self.assertEqual(last[0].story, self.story())
        self.assertEqual(Article.objects.get().head, last[0])

    def test_a_block_added_and_another_deleted(self):
        self.save(self.kim, self.kims, **{"photo-0-DELETE": "on"})
        fields = block(self.rosas, "quote", text="Rosa's quote")
        self.save(self.rosa, fields)
        kinds = [part.__struct_config__.tag for part in self.story().body]
        self.assertEqual(kinds[1], "related")
        self.assertEqual(self.story().body[-1].text, "Rosa's quote")

    def test_categories_tags_and_authors(self):
        self.save(self.kim, self.kims, **{"filing-0-DELETE": "on", "byline-0-role": "Editor"})
        fields = block(self.rosas, "tagging", tag="new:Fog", position="")
        self.save(self.rosa, fields)
        story = self.story()
        self.assertEqual(story.categories, ("Business",))
        self.assertEqual(story.tags, ("harbour", "ships", "Fog"))
        self.assertEqual(story.authors[0].role, "Editor")
        self.assertEqual(Tag.objects.filter(name="Fog").count(), 1)

    def test_pictures_and_stories_that_were_picked_are_still_picked(self):
        photo, other = a_photo(caption="The quay"), stored(a_full_story(source_id="other"))
        fields = block(self.kims, "photo", photo=photo.pk)
        fields = block(fields, "related", post=other.pk, region="related")
        self.save(self.kim, fields)
        more = a_photo("teal", caption="The sea")
        self.save(self.rosa, block(self.rosas, "photo", photo=more.pk))
        photos = self.article.articles_caption_set.exclude(photo=None)
        self.assertEqual({row.photo for row in photos}, {photo, more})
        posts = self.article.articles_relatedpost_set.filter(region="related")
        self.assertIn(other, {row.post for row in posts})

    def test_words_nobody_knows_make_no_tag_by_the_way(self):
        self.article.taggings.update(tag=None)
        Tag.objects.all().delete()
        fields = opened(self.rosa, self.article)
        self.save(self.kim, opened(self.kim, self.article), headline="Kim's")
        self.save(self.rosa, fields, standfirst="Rosa's")
        self.assertEqual(self.story().tags, a_full_story().tags)
        self.assertFalse(Tag.objects.exists())

    def test_an_untouched_form_changes_nothing_of_what_was_saved_meanwhile(self):
        self.save(self.kim, self.kims, headline="Kim's headline", **{"text-0-DELETE": "on"})
        theirs = self.story()
        self.save(self.rosa, self.rosas)
        self.assertEqual(self.story(), theirs)
        self.assertEqual(Revision.objects.count(), 2)

    def test_what_both_did_alike_is_no_matter(self):
        self.save(self.kim, self.kims, headline="Fog")
        response = self.save(self.rosa, self.rosas, headline="Fog")
        self.assertNotIn("merged", self.told(response))
        self.assertEqual(Revision.objects.count(), 2)

    def test_related_posts_keep_what_no_form_shows(self):
        self.save(self.kim, self.kims, slugline="KIM")
        self.save(self.rosa, self.rosas, headline="Rosa's")
        self.assertEqual(self.story().related, a_full_story().related)
        self.assertIsInstance(self.story().related[0], RelatedPost)

    def test_a_form_with_an_error_comes_back_and_is_merged_once_it_is_right(self):
        self.save(self.kim, self.kims, standfirst="Kim's")
        page = sent(self.rosa, self.article, self.rosas, headline="")
        self.assertEqual(page.status_code, 200)
        self.save(self.rosa, fields_of(page), headline="Rosa's")
        self.assertEqual((self.story().headline, self.story().standfirst), ("Rosa's", "Kim's"))


class ButtonTests(TwoEditors):
    def test_publish_merges_and_publishes_nothing_this_editor_has_not_seen(self):
        self.save(self.kim, self.kims, headline="Kim's headline")
        response = self.save(self.rosa, self.rosas, "_publish", standfirst="Rosa's")
        self.assertFalse(self.article.versions.exists())
        self.assertIn("Nothing is published yet", self.told(response))
        self.save(self.rosa, opened(self.rosa, self.article), "_publish")
        live = self.article.versions.live().get().story
        self.assertEqual((live.headline, live.standfirst), ("Kim's headline", "Rosa's"))

    def test_publish_pressed_twice_in_one_form_makes_one_version(self):
        for _ in range(2):
            self.save(self.rosa, self.rosas, "_publish", headline="Rosa's")
        self.assertEqual(self.article.versions.count(), 1)
        self.assertEqual(Revision.objects.count(), 2)

    def test_a_page_that_asks_before_publishing_goes_stale(self):
        url = url_of(self.article, "publish")
        opened_at = Article.objects.get().head_id
        self.save(self.kim, self.kims, headline="Kim's headline")
        page = self.rosa.post(url, {"opened": opened_at})
        self.assertContains(page, "kim saved this story on")
        self.assertFalse(self.article.versions.exists())


class ConflictTests(TwoEditors):
    def setUp(self):
        super().setUp()
        self.save(
            self.kim,
            self.kims,
            headline="Kim's headline",
            standfirst="Kim's standfirst.",
            **{"text-2-html": TEXT.replace("Two.", "Two boats."), "photo-0-DELETE": "on"},
        )

    def meet(self, **changes):
        """Rosa saves a form from before; the address of the page that asks her."""
        response = self.save(self.rosa, self.rosas, **changes)
        self.assertIn("/merge/", response.url)
        return response.url

    def choose(self, url, *choices, client=None, **written):
        client = client or self.rosa
        fields = fields_of(client.get(url), "merge_form")
        fields |= {f"c{n}-choice": choice for n, choice in enumerate(choices)}
        return client.post(url, {**fields, **written})

    def test_both_texts_are_shown_and_nothing_of_theirs_is_touched(self):
        before = self.story()
        page = self.rosa.get(self.meet(headline="Rosa's headline"))
        self.assertContains(page, "<ins>Rosa&#x27;s headline</ins>")
        self.assertContains(page, "<ins>Kim&#x27;s headline</ins>")
        self.assertEqual(self.story(), before)

    def test_what_was_sent_survives_a_closed_browser(self):
        self.meet(headline="Rosa's headline", slugline="ROSA")
        page = a_client(Unmerged.objects.get().by).get(url_of(self.article))
        self.assertContains(page, "Choose which shall stand")
        kept = Unmerged.objects.get().story
        self.assertEqual((kept.headline, kept.slugline), ("Rosa's headline", "ROSA"))

    def test_mine_theirs_and_what_does_not_meet(self):
        url = self.meet(
            headline="Rosa's headline", standfirst="Rosa's standfirst.", slugline="ROSA"
        )
        response = self.choose(url, "ours", "theirs")
        self.assertEqual(response.status_code, 302)
        story = self.story()
        self.assertEqual(
            (story.headline, story.standfirst, story.slugline),
            ("Rosa's headline", "Kim's standfirst.", "ROSA"),
        )
        self.assertIn("Two boats.", story.body[-1].html)
        self.assertIsNotNone(Unmerged.objects.get().settled_at)
        self.assertNotContains(self.rosa.get(url_of(self.article)), "Choose which shall stand")

    def test_both_paragraphs_and_words_written_anew(self):
        url = self.meet(
            standfirst="Rosa's standfirst.",
            **{"text-2-html": TEXT.replace("Two.", "Two ships.")},
        )
        self.choose(url, "both", "both", **{"c0-ours": "Rosa's & more."})
        self.assertEqual(self.story().standfirst, "Rosa's & more. Kim's standfirst.")
        self.assertIn("<p>Two ships.</p><p>Two boats.</p>", self.story().body[-1].html)

    def test_a_paragraph_written_anew_is_text_and_no_markup(self):
        url = self.meet(**{"text-2-html": TEXT.replace("Two.", "Two ships.")})
        self.choose(url, "ours", **{"c0-ours": "Two <b>ships</b> & more."})
        self.assertIn("<p>Two &lt;b&gt;ships&lt;/b&gt; &amp; more.</p>", self.story().body[-1].html)

    def test_a_photo_one_changed_and_the_other_took_out(self):
        url = self.meet(**{"photo-0-text": "The pilot's boat."})
        self.assertContains(self.rosa.get(url), "nothing: it was taken out")
        self.choose(url, "ours")
        self.assertEqual(self.story().body[1].text, "The pilot's boat.")

    def test_nothing_is_saved_before_everything_is_chosen(self):
        before = self.story()
        url = self.meet(headline="Rosa's headline", standfirst="Rosa's standfirst.")
        page = self.choose(url, "ours")
        self.assertContains(page, "Choose which shall stand.")
        self.assertEqual(self.story(), before)

    def test_a_headline_cannot_be_chosen_away(self):
        url = self.meet(headline="Rosa's headline")
        page = self.choose(url, "ours", **{"c0-ours": " "})
        self.assertContains(page, "needs a headline")

    def test_a_third_save_meanwhile_is_merged(self):
        url = self.meet(headline="Rosa's headline")
        fields = fields_of(self.rosa.get(url), "merge_form")
        self.save(self.kim, opened(self.kim, self.article), byline="By Kim")
        response = self.rosa.post(url, {**fields, "c0-choice": "ours"})
        self.assertIn("merged with what kim saved: byline", self.told(response))
        self.assertEqual(
            (self.story().headline, self.story().byline), ("Rosa's headline", "By Kim")
        )

    def test_a_third_save_that_meets_what_was_chosen_is_asked_about_in_turn(self):
        url = self.meet(headline="Rosa's headline", slugline="ROSA")
        fields = fields_of(self.rosa.get(url), "merge_form")
        self.save(self.kim, opened(self.kim, self.article), headline="Kim's second")
        response = self.rosa.post(url, {**fields, "c0-choice": "ours"})
        self.assertIn("/merge/", response.url)
        page = self.rosa.get(response.url)
        self.assertContains(page, "saved again meanwhile")
        self.assertContains(page, "second")
        self.choose(response.url, "ours")
        self.assertEqual(
            (self.story().headline, self.story().slugline), ("Rosa's headline", "ROSA")
        )

    def test_pressing_the_button_twice_keeps_it_once(self):
        for _ in range(2):
            self.meet(headline="Rosa's headline")
        self.assertEqual(Unmerged.objects.count(), 1)

    def test_settled_twice_it_is_done_once(self):
        url = self.meet(headline="Rosa's headline")
        fields = fields_of(self.rosa.get(url), "merge_form") | {"c0-choice": "ours"}
        self.rosa.post(url, fields)
        self.save(self.kim, opened(self.kim, self.article), headline="Kim's third")
        self.rosa.post(url, fields)
        self.assertEqual(self.story().headline, "Kim's third")

    def test_somebody_else_may_settle_it_and_sees_whose_it_is(self):
        url = self.meet(headline="Rosa's headline")
        self.assertContains(self.kim.get(url), "What rosa saved on")
        self.choose(url, "theirs", client=self.kim)
        self.assertEqual(self.story().headline, "Kim's headline")

    def test_who_may_not_change_stories_sees_nothing_of_it(self):
        url = self.meet(headline="Rosa's headline")
        viewer = a_client(an_editor("vera", ("view_article", "others_article")))
        self.assertEqual(viewer.get(url).status_code, 403)

    def test_a_form_without_its_token_overwrites_nothing(self):
        before = self.story()
        for token in ("", "nonsense", "999999"):
            response = self.save(self.rosa, {**self.rosas, "opened": token}, headline="Rosa's")
            self.assertIn("/merge/", response.url)
            self.assertEqual(self.story(), before)
        page = self.rosa.get(response.url)
        self.assertContains(page, "<ins>Kim&#x27;s headline</ins>")

    def test_pressing_publish_keeps_it_and_publishes_nothing(self):
        response = self.save(self.rosa, self.rosas, "_publish", headline="Rosa's headline")
        self.assertIn("/merge/", response.url)
        self.assertFalse(self.article.versions.exists())

    def test_an_article_with_words_that_wait_can_still_be_thrown_away(self):
        self.meet(headline="Rosa's headline")
        self.rosa.post(url_of(self.article, "delete"), {"post": "yes"})
        self.assertFalse(Article.objects.kept().exists())

    def test_what_was_typed_is_kept_even_if_the_opened_revision_is_pruned(self):
        self.save(self.kim, opened(self.kim, self.article), byline="By Kim")
        later = timezone.now() + timedelta(days=1)
        for ids in pruning.unneeded(pruning.STORIES, later, "month", 10):
            pruning.prune(pruning.STORIES, ids)
        self.assertEqual(Revision.objects.count(), 1)
        response = self.save(self.rosa, self.rosas, headline="Rosa's headline")
        self.assertIn("/merge/", response.url)
        self.assertEqual(Unmerged.objects.get().story.headline, "Rosa's headline")
