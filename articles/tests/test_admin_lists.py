"""The list of stories, the record, and what anybody may type into their addresses."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article, Category, ImportItem, ImportRun
from articles.story import PubStatus, RawBlock
from articles.tests.desk import a_client, an_editor, stored
from articles.tests.newsroom import hush
from articles.tests.stories import a_story

STORIES = reverse("admin:articles_article_changelist")


def superuser():
    editor = an_editor()
    editor.is_superuser = True
    editor.save()
    return editor


class StoryListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = superuser()
        for number, name in enumerate(("draft", "live", "changed", "scheduled", "withdrawn")):
            setattr(cls, name, stored(a_story(number, headline=name)))
        cls.withheld = stored(a_story(9, headline="withheld", pubstatus=PubStatus.WITHHELD))
        for article in (cls.live, cls.changed, cls.withdrawn):
            publishing.publish(article, by=cls.editor)
        Article.objects.filter(pk=cls.changed.pk).update(digest="0" * 64)
        publishing.publish(cls.scheduled, by=cls.editor, at=timezone.now() + timedelta(days=1))
        publishing.withdraw(cls.withdrawn, by=cls.editor, why="Wrong.")

    def setUp(self):
        self.client = a_client(self.editor)

    def shown(self, **query):
        page = self.client.get(STORIES, query)
        self.assertEqual(page.status_code, 200)
        return sorted(article.headline for article in page.context["cl"].result_list)

    def test_every_story_says_its_status_in_words_and_every_filter_finds_its_own(self):
        for name in ("draft", "live", "changed", "scheduled", "withdrawn", "withheld"):
            with self.subTest(status=name):
                self.assertEqual(self.shown(status=name), [name])
                article = Article.objects.with_status().get(headline=name)
                self.assertEqual(article.status, name)

    def test_a_category_brings_those_below_it(self):
        coast = Category.objects.get(name="Coast")
        stored(a_story(20, headline="inland", categories=("World",)))
        self.assertNotIn("inland", self.shown(category=coast.pk))
        self.assertEqual(len(self.shown(category=coast.parent_id)), 7)

    def test_what_an_import_left_to_look_at_is_found(self):
        stored(a_story(21, headline="noted", notes=("guessed",)))
        stored(a_story(22, headline="raw", body=(RawBlock(html="<blink>"),)))
        self.assertEqual(self.shown(attention="notes"), ["noted"])
        self.assertEqual(self.shown(attention="raw"), ["raw"])

    def test_a_word_of_the_headline_finds_the_story(self):
        self.assertEqual(self.shown(q="withdr"), ["withdrawn"])

    def test_a_page_costs_the_same_however_many_stories_there_are(self):
        with self.assertNumQueries(4):  # session, user, categories of the filter, the page
            self.client.get(STORIES)
        for number in range(30, 90):
            stored(a_story(number))
        with self.assertNumQueries(4):
            page = self.client.get(STORIES)
        self.assertEqual(len(page.context["cl"].result_list), 50)
        self.assertContains(page, "?p=2")
        self.assertEqual(len(self.shown(p=2)), 16)

    def test_a_page_far_beyond_the_end_is_empty(self):
        self.assertEqual(self.shown(p=400), [])

    def test_live_stories_link_to_their_page(self):
        path = Article.objects.get(pk=self.live.pk).path
        self.assertContains(self.client.get(STORIES), f'href="{path}"')


class AnythingTypedTests(TestCase):
    QUERIES = (
        *("q=%00", "q=a%00b", "headline__startswith=%00", "%00=1", "q=foo%22bar", "q=%27%3B--"),
        *("p=0", "p=-1", "p=x", "p=99999999999999999999", "all=", "o=99", "o=x", "e=1"),
        *("status=nonsense", "category=%00", "category=99999999999999999999", "attention=%F0"),
        *("headline__regex=%28", "saved_at__gte=nonsense", "id__exact=9" + "9" * 30, "q=%ED%A0%80"),
        *("saved_at__day=%00", "saved_at__gte=9999-12-31", "article=%00", "article=" + "9" * 30),
    )

    def test_nothing_typed_into_the_address_of_a_list_breaks_it(self):
        hush(self, "django.request", "django.security")
        client = a_client(superuser())
        client.raise_request_exception = True
        stored()
        for model in (
            "article",
            "photo",
            "video",
            "category",
            "tag",
            "author",
            "revision",
            "version",
            "importrun",
            "importitem",
            "redaction",
        ):
            url = reverse(f"admin:articles_{model}_changelist")
            for query in self.QUERIES:
                with self.subTest(model=model, query=query):
                    self.assertIn(client.get(f"{url}?{query}").status_code, (200, 302, 400))

    def test_nothing_typed_into_a_search_box_breaks_it(self):
        client = a_client(superuser())
        box = {"app_label": "articles", "model_name": "caption", "field_name": "photo"}
        for term in ("\0", "a\0b", '"', "%", "\\", "x" * 5000):
            url = reverse("admin:articles_article_pick")
            self.assertEqual(client.get(url, {**box, "term": term}).status_code, 200)


class RecordTests(TestCase):
    def setUp(self):
        self.client = a_client(superuser())
        self.article = stored(a_story(headline="Before"))
        self.article.headline = "After"
        self.article.save()
        self.version = publishing.publish(self.article, by=None)

    def page(self, row):
        name = row._meta.model_name
        return self.client.get(reverse(f"admin:articles_{name}_change", args=[row.pk]))

    def test_a_revision_shows_what_it_changed_and_the_whole_story(self):
        page = self.page(self.version.revision)
        self.assertContains(page, "<del>Before</del><ins>After</ins>", html=True)
        self.assertContains(page, "The gate opened at six")

    def test_a_version_shows_what_readers_saw(self):
        self.assertContains(self.page(self.version), "The gate opened at six")

    def test_the_record_of_one_story_is_linked_from_it(self):
        stored(a_story(2))
        form = self.client.get(reverse("admin:articles_article_change", args=[self.article.pk]))
        versions = reverse("admin:articles_version_changelist")
        history = reverse("admin:articles_article_history", args=[self.article.pk])
        for address in (f"{versions}?article={self.article.pk}", history):
            self.assertContains(form, address)
        url = reverse("admin:articles_revision_changelist")
        shown = self.client.get(url, {"article": self.article.pk}).context["cl"].result_list
        self.assertEqual({revision.article_id for revision in shown}, {self.article.pk})

    def test_an_import_is_shown_with_its_items(self):
        run = ImportRun.objects.create(started_at=timezone.now(), tally={"created": 2})
        item = ImportItem.objects.create(
            run=run, source="wire", source_id="1", outcome="refused", reason="no headline"
        )
        self.assertContains(self.page(run), "2 created")
        self.assertContains(self.page(item), "no headline")

    def test_nothing_in_the_record_can_be_changed_or_deleted(self):
        for row in (self.version, self.version.revision):
            for page in ("change", "delete"):
                url = reverse(f"admin:articles_{row._meta.model_name}_{page}", args=[row.pk])
                self.assertEqual(self.client.post(url, {"post": "yes"}).status_code, 403)
