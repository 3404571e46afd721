"""Many rows with one statement, and templates that are asked once: the same as one by one."""

from datetime import UTC, datetime

from django.db import IntegrityError, connection, transaction
from django.test import SimpleTestCase, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe

from articles import bulk
from articles.management.memory import unlogged
from articles.models import Article, Link, RelatedPost, Rendering, Revision, Tag
from articles.rendering import shapes

from .newsroom import live
from .stories import a_full_story, a_story

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


class InsertTests(TestCase):
    def test_a_row_comes_back_as_one_that_was_saved_alone(self):
        story = a_full_story()
        articles = [Article(source="wire", source_id=name, saved_at=NOON) for name in "ab"]
        for article in articles:
            article.take(story.replace(source="wire", source_id=article.source_id))
        bulk.insert(articles[:1])
        articles[1].save()
        one, other = Article.objects.order_by("source_id").values()
        for name in ("id", "source_id"):
            self.assertNotEqual(one.pop(name), other.pop(name))
        self.assertEqual(one, other)

    def test_rows_get_their_keys_in_order_and_the_next_save_goes_on_behind_them(self):
        tags = bulk.insert(Tag(name=f"tag {n}", slug=f"tag-{n}") for n in range(5))
        told = [(tag.pk, tag.name) for tag in tags]
        self.assertEqual(list(Tag.objects.order_by("pk").values_list("pk", "name")), told)
        self.assertGreater(Tag.objects.create(name="later", slug="later").pk, tags[-1].pk)

    def test_what_the_database_refuses_one_by_one_it_refuses_in_bulk(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            bulk.insert([Tag(name="A", slug="a"), Tag(name="B", slug="a")])

    def test_any_number_of_rows_takes_the_same_statements(self):
        counts = []
        for start, count in ((0, 2), (2, 40)):
            rows = [Tag(name=f"t{n}", slug=f"t{n}") for n in range(start, start + count)]
            with CaptureQueriesContext(connection) as queries:
                bulk.insert(rows)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])

    def test_documents_and_markup_keep_every_character(self):
        (article,) = live(a_story(headline="“Ça” \\ \" ' {0} % %s </script>"))
        version = article.versions.get()
        self.assertEqual(Revision.objects.get().story.headline, article.headline)
        self.assertIn("“Ça” \\ &quot; &#x27; {0} % %s &lt;/script&gt;", version.rendering.article)
        self.assertEqual(Rendering.objects.get().card["headline"], article.headline)

    def test_headlines_of_links_have_their_key(self):
        live(a_full_story())
        for model in (RelatedPost, Link):
            self.assertNotIn("", model.objects.values_list("headline_key", flat=True))


class LogTests(TestCase):
    @override_settings(DEBUG=True)
    def test_an_import_keeps_no_record_of_its_statements(self):
        before = connection.queries_log
        with unlogged():
            Tag.objects.count()
            self.assertEqual(len(connection.queries_log), 0)
        self.assertIs(connection.queries_log, before)

    @override_settings(DEBUG=True)
    def test_who_captures_statements_gets_them(self):
        with CaptureQueriesContext(connection) as queries, unlogged():
            Tag.objects.count()
        self.assertEqual(len(queries), 1)


class ShapeTests(SimpleTestCase):
    def related(self, words):
        return shapes.render("articles/blocks/related.html", {"block": words, "ui": ""})

    def test_the_same_shape_shows_other_words(self):
        self.assertIn(" First</aside>", self.related("First"))
        self.assertIn(" Second</aside>", self.related("Second"))

    def test_words_are_escaped_and_markup_is_not(self):
        self.assertIn("&lt;b&gt;", self.related("<b>"))
        self.assertIn("<b>", self.related(mark_safe("<b>")))

    def test_no_words_can_be_taken_for_a_hole(self):
        for words in ("\ue0000\ue000", "{{ ui }}", "%s {0} \\g\\1"):
            self.assertIn(words, self.related(words))

    def test_what_is_not_there_is_left_out(self):
        quote = "articles/blocks/quote.html"
        shown = shapes.render(quote, {"block": {"text": "Aye.", "cite": "Vera"}})
        self.assertIn("<cite>Vera</cite>", shown)
        self.assertNotIn("cite", shapes.render(quote, {"block": {"text": "Aye.", "cite": ""}}))

    def test_numbers_are_words(self):
        kept = shapes._skeleton.cache_info().currsize
        for width in range(3, 20):
            picture = {"src": "a", "srcset": "b", "width": width, "height": 2, "alt": ""}
            name, context = "articles/blocks/_picture.html", {"picture": picture, "eager": False}
            self.assertIn(f'width="{width}"', shapes.render(name, context))
        self.assertLessEqual(shapes._skeleton.cache_info().currsize, kept + 1)
