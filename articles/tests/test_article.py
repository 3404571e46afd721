"""Story in, Story out: an Article gives back what it took, and resolving is no edit."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase as PropertyTestCase

from articles import addresses, revisions, store
from articles.models import Article, Category, Filing, RelatedPost, Revision, Tag
from articles.models.blocks import Text

from .stories import a_full_story, a_story, stories

thorough = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def stored(story):
    """The article of a story, as it comes back from the database."""
    article = Article()
    article.take(story)
    article.save()
    store.store_rows([article])
    return Article.objects.get(pk=article.pk)


class InverseTests(TestCase):
    def test_gives_back_every_part_it_took(self):
        story = a_full_story()
        self.assertEqual(stored(story).as_story(), story)

    def test_gives_it_back_before_anything_is_stored(self):
        article = Article()
        article.take(a_full_story())
        self.assertEqual(article.as_story(), a_full_story())

    def test_takes_as_many_queries_for_two_blocks_as_for_eighty(self):
        counts = []
        for number, paragraphs in enumerate((2, 80), start=1):
            body = a_full_story().body * (paragraphs // 2)
            article = stored(a_full_story(source_id=f"n{number}", body=body))
            with self.assertNumQueries(11) as queries:
                article.as_story()
            counts.append(len(queries))
        self.assertEqual(*counts)


class AnyStoryTests(PropertyTestCase):
    @thorough
    @given(story=stories)
    def test_an_article_gives_back_any_story_at_all(self, story):
        article = stored(story)
        self.assertEqual(article.as_story(), story)
        self.assertEqual(article.as_story().digest, story.digest)


class WordsFirstTests(TestCase):
    """Resolving a headline, renaming a category, moving a branch: none of it is an edit."""

    def setUp(self):
        self.article = stored(a_full_story())
        self.digest = self.article.as_story().digest

    def assert_untouched(self):
        again = Article.objects.get(pk=self.article.pk)
        self.assertEqual(again.as_story().digest, self.digest)

    def test_a_renamed_category_is_no_edit(self):
        category = Category.objects.get(words="World/Coast")
        category.name, category.slug = "Shores", ""
        addresses.place(category)
        self.assertEqual(Category.objects.get(pk=category.pk).path, "world/shores")
        self.assert_untouched()

    def test_a_deleted_tag_is_no_edit(self):
        Tag.objects.filter(name="ships").delete()
        self.assert_untouched()

    def test_a_headline_that_finds_its_story_is_no_edit(self):
        waiting = RelatedPost.objects.get(region="body")
        self.assertIsNone(waiting.post)
        store.save(
            [store.Item(a_story(9, headline="Pilots ask for a second boat"))], store.Import()
        )
        waiting.refresh_from_db()
        self.assertEqual(waiting.post.source_id, "story-9")
        self.assert_untouched()

    def test_a_category_keeps_the_stories_when_it_is_deleted(self):
        Category.objects.get(words="Business").delete()
        self.assertIsNone(Filing.objects.get(article=self.article, words="Business").category)
        self.assert_untouched()


class RevisionTests(TestCase):
    def setUp(self):
        self.article = stored(a_story())
        self.editor = User.objects.create_user("ed")

    def test_a_save_that_changed_nothing_makes_no_revision(self):
        first = revisions.record(self.article, by=self.editor)
        again = revisions.record(Article.objects.get(pk=self.article.pk), by=self.editor)
        self.assertEqual(first, again)
        self.assertEqual(Revision.objects.count(), 1)

    def test_a_changed_word_makes_one(self):
        first = revisions.record(self.article, by=self.editor)
        Text.objects.filter(parent=self.article).update(html="<p>Another word.</p>")
        second = revisions.record(self.article, by=self.editor)
        self.assertNotEqual(first.digest, second.digest)
        self.assertEqual(self.article.head, second)
        self.assertEqual(second.story.body[0].html, "<p>Another word.</p>")
        self.assertEqual(second.by, self.editor)

    def test_the_database_refuses_to_change_one(self):
        revision = revisions.record(self.article, by=None)
        with self.assertRaises(IntegrityError), transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(digest="0" * 64)


class ConstraintTests(TestCase):
    def test_one_source_gives_a_story_once(self):
        stored(a_story())
        with self.assertRaises(IntegrityError), transaction.atomic():
            stored(a_story())

    def test_a_story_has_at_most_one_lead(self):
        article = stored(a_full_story())
        lead = article.articles_caption_set.get(region="lead")
        lead.pk = None
        with self.assertRaises(IntegrityError), transaction.atomic():
            lead.save()

    def test_no_two_stories_have_one_address(self):
        first, second = stored(a_story(1)), stored(a_story(2))
        Article.objects.filter(pk=first.pk).update(path="/2024/01/29/x/")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=second.pk).update(path="/2024/01/29/x/")
