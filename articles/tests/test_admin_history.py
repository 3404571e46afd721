"""The history of a story: who saved what when, what differs, and the way back."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone
from lxml import html

from articles import publishing, revisions, store
from articles.models import Article, Revision
from articles.story import CaptionBlock, QuoteBlock, TextBlock
from articles.tests.desk import (
    a_client,
    a_photo,
    an_editor,
    fields_of,
    opened,
    sent,
    stored,
    url_of,
)
from articles.tests.stories import a_full_story, a_story


class Desk(TestCase):
    def setUp(self):
        self.editor = an_editor("rosa")
        self.client = a_client(self.editor)
        self.article = stored(a_story(headline="First"), by=self.editor)

    def save(self, **changes):
        sent(self.client, self.article, opened(self.client, self.article), **changes)
        return Article.objects.get().head

    def editions(self, n):
        """More saves, without a form for each."""
        for number in range(n):
            self.article.headline = f"Edition {number}"
            self.article.save()
            revisions.record(self.article, by=self.editor)

    def rows(self, query=""):
        """Each line of the page, in words."""
        page = html.fromstring(self.client.get(url_of(self.article, "history") + query).content)
        lines = page.xpath("//table[@class='history']/tbody/tr")
        return [" ".join(line.text_content().split()) for line in lines]

    def compare(self, old, new):
        url = url_of(self.article, "compare")
        return self.client.get(url, {"old": old.pk, "new": new.pk})

    def restore(self, revision, **changes):
        url = f"{url_of(self.article, 'restore')}?revision={revision.pk}"
        fields = fields_of(self.client.get(url), form_id=None)
        return self.client.post(url, {**fields, **changes})


class HistoryTests(Desk):
    def test_every_save_is_a_line_newest_first_with_what_it_changed(self):
        self.save(headline="Second", **{"text-0-html": "<p>Other.</p><p>More.</p>"})
        newest, oldest = self.rows()
        self.assertIn("rosa headline, 2 paragraphs", newest)
        self.assertIn("the first text", oldest)

    def test_versions_stand_at_what_they_published(self):
        publishing.publish(self.article, by=self.editor)
        self.save(headline="Second")
        publishing.publish(self.article, by=self.editor, at=timezone.now() + timedelta(days=1))
        self.save(headline="Third")
        newest, scheduled, live = self.rows()
        self.assertIn("v2 scheduled", scheduled)
        self.assertIn("v1 live", live)
        self.assertNotIn("v2", newest)

    def test_what_an_import_brought_says_so(self):
        (item,) = store.save([store.Item(a_story(3))], store.Import(draft=True))
        self.article = item.article
        self.assertIn("an import", self.rows()[0])

    def test_a_page_costs_the_same_however_much_was_saved(self):
        def queries():
            with self.assertNumQueries(Between(5, 16)) as found:
                self.client.get(url_of(self.article, "history"))
            return len(found)

        self.save(headline="Second")
        few = queries()
        self.editions(12)
        self.assertEqual(queries(), few)

    def test_older_saves_are_on_the_next_page(self):
        self.editions(30)
        self.assertEqual(len(self.rows()), 25)
        self.assertEqual(len(self.rows("?p=2")), 6)
        self.assertIn("the first text", self.rows("?p=2")[-1])
        self.assertEqual(len(self.rows("?p=nonsense")), 25)

    def test_who_may_only_look_finds_no_way_back(self):
        self.save(headline="Second")
        viewer = a_client(an_editor("vera", ("view_article", "others_article")))
        self.assertNotContains(viewer.get(url_of(self.article, "history")), "Restore")
        self.assertEqual(viewer.get(url_of(self.article, "restore")).status_code, 403)
        self.assertEqual(viewer.get(url_of(self.article, "compare")).status_code, 200)


class Between(int):
    """For assertNumQueries: any number in a range."""

    def __new__(cls, least, most):
        self = super().__new__(cls, most)
        self.least = least
        return self

    def __eq__(self, number):
        return self.least <= number <= int(self)

    __hash__ = int.__hash__


class CompareTests(Desk):
    def test_words_are_marked_in_their_context(self):
        first = self.article.head
        second = self.save(headline="First light")
        self.assertContains(self.compare(first, second), "First<ins> light</ins>")

    def test_any_two_and_the_older_one_is_always_the_old_one(self):
        first, _second = self.article.head, self.save(headline="Second")
        third = self.save(headline="Third")
        for pair in ((first, third), (third, first)):
            self.assertContains(self.compare(*pair), "<del>First</del><ins>Third</ins>")

    def test_long_stretches_without_a_change_are_cut(self):
        words = " ".join(f"word{n}" for n in range(200))
        first = self.save(**{"text-0-html": f"<p>{words}</p>"})
        second = self.save(**{"text-0-html": f"<p>{words} end</p>"})
        page = self.compare(first, second)
        self.assertContains(page, "… ")
        self.assertContains(page, "word199")
        self.assertNotContains(page, "word100")

    def test_a_block_that_moved_says_so_and_one_that_is_new_and_one_that_is_gone(self):
        quote, photo = QuoteBlock(text="So it was."), CaptionBlock(text="The boat.")
        one, two = (TextBlock(html=f"<p>{w} words.</p>") for w in ("Some", "Other"))
        self.article = stored(a_story(2, body=(one, two, quote, photo)))
        first = self.article.head
        fields = opened(self.client, self.article)
        moved = {"quote-0-ordering": "5", "photo-0-DELETE": "on"}
        sent(self.client, self.article, fields, **moved)
        page = self.compare(first, Article.objects.get(pk=self.article.pk).head)
        told = html.fromstring(page.content).xpath("//dl[@class='differences']")[0].text_content()
        self.assertEqual(" ".join(told.split()), "Quote moved So it was. Photo removed The boat.")

    def test_categories_captions_and_pictures(self):
        navy, teal = a_photo(), a_photo("teal")
        lead = CaptionBlock(text="The boat.", media=navy.media)
        self.article = stored(a_full_story(source_id="led", lead=lead))
        first = self.article.head
        fields = opened(self.client, self.article)
        number = next(n for n in range(2) if fields[f"photo-{n}-region"] == "lead")
        changes = {f"photo-{number}-photo": teal.pk, "filing-0-DELETE": "on"}
        sent(self.client, self.article, fields, **changes)
        page = self.compare(first, Article.objects.get(pk=self.article.pk).head)
        for photo in (navy, teal):
            self.assertContains(page, photo.image.thumb)
        self.assertContains(page, "<del>World/Coast")

    def test_a_revision_of_another_story_is_not_shown(self):
        other = stored(a_story(9, headline="Not yours"))
        self.assertNotContains(self.compare(other.head, self.article.head), "Not yours")


class RestoreTests(Desk):
    def test_an_earlier_text_comes_back_as_a_new_save_and_nothing_is_published(self):
        publishing.publish(self.article, by=self.editor)
        first = self.article.head
        self.save(headline="Second", **{"text-0-DELETE": "on"})
        self.restore(first)
        article = Article.objects.get()
        self.assertEqual(article.as_story(), first.story)
        self.assertEqual((article.head.by, article.head == first), (self.editor, False))
        self.assertEqual(Revision.objects.count(), 3)
        self.assertEqual(article.versions.count(), 1)

    def test_every_kind_of_block_comes_back(self):
        self.article = stored(a_full_story(source_id="full"))
        first = self.article.head
        kinds = ("text", "photo", "related", "gallery", "quote", "embed", "raw", "video")
        self.save_in(self.article, **{f"{kind}-0-DELETE": "on" for kind in kinds})
        self.restore(first)
        again = Article.objects.get(pk=self.article.pk)
        self.assertEqual(again.as_story(), first.story)

    def save_in(self, article, **changes):
        sent(self.client, article, opened(self.client, article), **changes)

    def test_it_is_refused_when_somebody_saved_after_the_page_was_opened(self):
        first = self.article.head
        self.save(headline="Second")
        url = f"{url_of(self.article, 'restore')}?revision={first.pk}"
        fields = fields_of(self.client.get(url), form_id=None)
        self.save(headline="Third")
        page = self.client.post(url, fields)
        self.assertContains(page, "saved this story on")
        self.assertEqual(Article.objects.get().headline, "Third")

    def test_restoring_what_is_there_makes_no_revision(self):
        self.restore(self.article.head)
        self.assertEqual(Revision.objects.count(), 1)

    def test_looking_at_the_page_restores_nothing(self):
        first = self.article.head
        self.save(headline="Second")
        self.client.get(f"{url_of(self.article, 'restore')}?revision={first.pk}")
        self.assertEqual(Article.objects.get().headline, "Second")
