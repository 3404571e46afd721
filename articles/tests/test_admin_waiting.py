"""Waiting headlines at the desk: what is wanted most, and which story an editor says is meant."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import store
from articles.models import Article, KnownHeadline, Revision

from .desk import a_client, an_editor, url_of
from .newsroom import ReaderTestCase, live
from .stories import a_story
from .test_linking import TARGET, named, naming

WAITING = reverse("admin:articles_article_waiting")
CONNECT = reverse("admin:articles_article_connect")


class WaitingPageTests(ReaderTestCase):
    def setUp(self):
        super().setUp()
        self.story, self.one, self.two = live(naming(1), named(2), named(3))
        live(*(naming(n, "Nothing has <this>") for n in range(10, 13)))
        self.desk = a_client(an_editor())

    def connect(self, headline=TARGET, story="", client=None):
        body = {"headline": headline, "story": str(story)}
        return (client or self.desk).post(CONNECT, body, follow=True)

    def test_the_most_wanted_stands_first_with_who_wants_it_and_who_has_it(self):
        page = self.desk.get(WAITING)
        self.assertEqual(
            [row.headline for row, _address in page.context["rows"]],
            ["Nothing has <this>", TARGET],
        )
        self.assertContains(page, "Nothing has &lt;this&gt;")
        self.assertContains(page, "Several have it:")
        for article in (self.story, self.one, self.two):
            self.assertContains(page, url_of(article))

    def test_an_editor_says_which_one_is_meant_and_no_story_is_changed(self):
        before = Revision.objects.count()
        page = self.desk.get(CONNECT, {"headline": TARGET})
        self.assertContains(page, url_of(self.two))
        told = self.connect(story=self.two.pk)
        self.assertContains(told, "1 links were connected")
        self.assertNotContains(told, "Several have it:")
        found = self.page(self.story.path).css(".related-posts a[href]")
        self.assertEqual([node.attributes["href"] for node in found], [self.two.path])
        self.assertEqual(Revision.objects.count(), before)
        self.assertContains(self.desk.get(CONNECT, {"headline": TARGET}), "Connected by hand")

    def test_what_is_no_story_is_refused_at_the_field(self):
        for story in ("", "nonsense", "9" * 30, "0"):
            self.assertContains(self.connect(story=story), "This was not done.")
        self.assertFalse(KnownHeadline.objects.exists())

    def test_a_headline_without_a_letter_is_none(self):
        for headline in ("", "…", "\0"):
            self.assertEqual(self.desk.get(CONNECT, {"headline": headline}).status_code, 404)
        self.assertEqual(self.connect("x" * 501, self.one.pk).status_code, 200)
        self.assertFalse(KnownHeadline.objects.exists())

    def test_who_may_only_look_connects_nothing(self):
        viewer = a_client(an_editor("max", ("view_article", "others_article")))
        self.assertEqual(viewer.get(WAITING).status_code, 200)
        self.assertNotContains(viewer.get(WAITING), CONNECT)
        self.assertEqual(viewer.get(CONNECT, {"headline": TARGET}).status_code, 403)
        self.assertEqual(self.connect(story=self.one.pk, client=viewer).status_code, 403)

    def test_nothing_typed_into_its_address_breaks_it(self):
        for page in ("0", "-1", "x", "99999", "", "\0", "٢"):
            self.assertEqual(self.desk.get(WAITING, {"p": page}).status_code, 200)

    def test_a_page_costs_the_same_however_much_waits(self):
        with CaptureQueriesContext(connection) as before:
            self.desk.get(WAITING)
        stories = [naming(n, f"Waiting {n}") for n in range(100, 160)]
        store.save([store.Item(story) for story in stories], store.Import())
        with CaptureQueriesContext(connection) as after:
            page = self.desk.get(WAITING)
        self.assertEqual(len(before), len(after))
        self.assertEqual(len(page.context["rows"]), 50)
        self.assertEqual(len(self.desk.get(WAITING, {"p": 2}).context["rows"]), 12)

    def test_taking_the_sources_headline_keeps_the_old_one_known(self):
        self.assertEqual(Article.objects.filter(headline=TARGET).count(), 2)
        (other,) = live(a_story(50, headline="Once"))
        live(a_story(50, headline="Now"))
        (story,) = live(naming(51, "Once"))
        found = self.page(story.path).css(".related-posts a[href]")
        self.assertEqual([node.attributes["href"] for node in found], [other.path])
