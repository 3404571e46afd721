"""The page of one story, as a reader gets it."""

from datetime import timedelta

from django.test import override_settings
from django.utils import timezone
from django.utils.http import http_date

from articles import addresses, publishing, revisions
from articles.models import Article, Author, Category, Rendering, Tag
from articles.story import RelatedBlock, RelatedPost

from .matrix.crawler import clock
from .newsroom import HOUR, ReaderTestCase, dated, draft, live, scheduled, withdrawn
from .stories import a_full_story, a_story


class StoryPageTests(ReaderTestCase):
    def test_a_story_is_asked_for_in_three_queries_however_much_there_is(self):
        others = [
            dated(n * HOUR, number=n, categories=(f"Section {n}",), tags=tuple("abcdefgh"))
            for n in range(2, 14)
        ]
        links = tuple(RelatedBlock(headline=story.headline) for story in others)
        article, *_rest = live(dated(HOUR, body=links), *others)
        with self.assertNumQueries(3):
            page = self.page(article.path)
        self.assertEqual(len(page.css("aside.related a")), 12)
        with self.assertNumQueries(2):  # the rail is remembered
            self.get(article.path)

    def test_the_page_says_whose_language_it_speaks_and_in_which_direction(self):
        (article,) = live(dated(HOUR, language="ar"))
        attributes = self.page(article.path).css_first("article.story").attributes
        self.assertEqual((attributes["lang"], attributes["dir"]), ("ar", "rtl"))

    def test_an_address_in_other_letters_is_found(self):
        (article,) = live(dated(HOUR, headline="سفينة الكتب"))
        self.assertIn("سفينة", article.path)
        self.assertEqual(self.texts(article.path, "h1"), ["سفينة الكتب"])

    def test_categories_tags_and_authors_are_shown_by_their_names_of_today(self):
        (article,) = live(dated(HOUR))
        category = Category.objects.get(path="world/coast")
        category.name = "Shores"
        addresses.place(category)
        Tag.objects.filter(slug="harbour").update(name="Harbours")
        Author.objects.update(name="Inès Roth", slug="ines-r")
        page = self.page(article.path)
        links = {a.text(): a.attributes["href"] for a in page.css("article a")}
        self.assertEqual(links["Shores"], f"/{category.path}/")
        self.assertEqual(links["Harbours"], "/tag/harbour/")
        self.assertEqual(links["Inès Roth"], "/author/ines-r/")
        self.assertEqual([a.text() for a in page.css("nav.categories a")], ["Shores", "Business"])

    def test_what_was_deleted_stays_as_the_words_it_was(self):
        (article,) = live(dated(HOUR))
        Tag.objects.filter(slug="harbour").delete()
        tags = self.page(article.path).css("ul.tags li")
        self.assertEqual([tag.text() for tag in tags], ["harbour", "ships"])
        self.assertEqual([len(tag.css("a")) for tag in tags], [0, 1])

    def test_a_rendering_that_was_lost_is_made_on_the_spot(self):
        (article,) = live(a_full_story(published_at=timezone.now() - HOUR))
        before = self.get(article.path).content
        Rendering.objects.all().delete()
        after = self.page(article.path)
        self.assertEqual(len(after.css("div.body")), 1)
        self.assertIn(b'<div class="body">', before)

    def test_the_foot_says_who_publishes_the_site_where_that_is_set(self):
        self.assertEqual(self.texts("/", ".site-foot .about"), [])
        with override_settings(SITE_ABOUT="Gazette & Sons, 1 Quay"):
            for path in ("/", "/no/such/"):
                page = self.client.get(path).content.decode()
                self.assertIn('<p class="about">Gazette &amp; Sons, 1 Quay</p>', page)

    def test_readers_see_the_published_words_until_the_next_publish(self):
        (article,) = live(dated(HOUR))
        article.headline = "Changed at noon"
        article.save()
        revisions.record(article, by=None)
        self.assertEqual(self.texts(article.path, "h1"), [a_story().headline])
        self.assertNotIn("Changed at noon", self.get("/").content.decode())
        publishing.publish(article, by=None)
        self.assertEqual(self.texts(article.path, "h1"), ["Changed at noon"])
        self.assertIn("Changed at noon", self.get("/").content.decode())


class RelatedTests(ReaderTestCase):
    def named(self, headline):
        """The page's links after a story that names `headline` in its body and beside it."""
        story = dated(
            HOUR,
            body=(RelatedBlock(headline=headline.upper()),),
            related=(RelatedPost(headline=headline),),
        )
        (article,) = live(story)
        page = self.page(article.path)
        return [
            (node.tag, node.text(), node.attributes.get("href"))
            for node in page.css("aside.related .headline, .related-posts li > .headline")
        ]

    def test_a_live_story_is_linked_by_its_live_headline(self):
        (other,) = live(dated(2 * HOUR, number=2, headline="Pilots strike"))
        link = ("a", "Pilots strike", other.path)
        self.assertEqual(self.named("Pilots strike"), [link, link])

    def test_a_draft_is_neither_linked_nor_told(self):
        other = draft(a_story(2, headline="Pilots strike"))
        Article.objects.filter(pk=other.pk).update(path="/2024/01/01/secret/")
        words = [("span", "PILOTS STRIKE", None), ("span", "Pilots strike", None)]
        self.assertEqual(self.named("Pilots strike"), words)

    def test_a_scheduled_or_withdrawn_story_is_not_linked(self):
        scheduled(a_story(2, headline="Pilots strike"), timezone.now() + HOUR)
        withdrawn(dated(HOUR, number=3, headline="Fog"))
        self.assertEqual({tag for tag, _w, _h in self.named("Pilots strike")}, {"span"})

    def test_the_working_copys_new_headline_is_not_told(self):
        (other,) = live(dated(2 * HOUR, number=2, headline="Pilots strike"))
        (article,) = live(dated(HOUR, body=(RelatedBlock(headline="Pilots strike"),)))
        Article.objects.filter(pk=other.pk).update(headline="Nobody knows yet")
        self.assertEqual(self.texts(article.path, "aside.related a"), ["Pilots strike"])


class RailTests(ReaderTestCase):
    def test_the_rail_holds_the_six_newest_other_stories(self):
        articles = live(*(dated(n * HOUR, number=n) for n in range(1, 10)))
        rail = self.page(articles[2].path).css("section.recent-posts li")
        shown = [li.css_first("a.headline").attributes["href"] for li in rail]
        paths = [article.path for article in articles]
        self.assertEqual(shown, [paths[n] for n in (0, 1, 3, 4, 5, 6)])
        self.assertEqual(len(rail[0].css("p.excerpt, time[datetime]")), 2)
        self.assertTrue(rail[0].css_first("time").text(strip=True))

    def test_a_withdrawn_story_is_out_of_every_rail_at_once(self):
        first, second, third = live(*(dated(n * HOUR, number=n) for n in (1, 2, 3)))
        self.assertIn(second.headline, self.texts(first.path, ".recent-posts a"))
        publishing.withdraw(second, by=None)
        self.assertEqual(self.texts(first.path, ".recent-posts a"), [third.headline])

    def test_a_story_alone_has_no_rail(self):
        (article,) = live(dated(HOUR))
        self.assertEqual(self.page(article.path).css("section.recent-posts"), [])

    def test_a_proxy_may_put_the_rail_in_itself(self):
        one, _two = live(dated(HOUR), dated(2 * HOUR, number=2))
        for kind, include in {
            "ssi": '<!--#include virtual="/fragment/recent/" -->',
            "esi": '<esi:include src="/fragment/recent/"/>',
        }.items():
            with override_settings(FRAGMENTS=kind), self.assertNumQueries(2):
                self.assertContains(self.get(one.path), include)
        self.assertEqual(len(self.page("/fragment/recent/").css("li a.headline")), 2)

    def test_with_such_a_proxy_a_page_changes_only_when_its_story_does(self):
        (article,) = live(dated(HOUR))
        with override_settings(FRAGMENTS="ssi"):
            before = self.get(article.path)
            live(dated(HOUR / 2, number=2, categories=("World",)))
            after = self.get(article.path)
            self.assertEqual(before["ETag"], after["ETag"])
            self.assertEqual(before["Last-Modified"], after["Last-Modified"])


class NotThereTests(ReaderTestCase):
    def test_a_withdrawn_story_is_gone_with_a_page(self):
        article = withdrawn(dated(HOUR, headline="Wrong from the start"))
        response = self.get(article.path)
        self.assertEqual(response.status_code, 410)
        self.assertContains(response, "withdrawn", status_code=410)
        self.assertNotContains(response, "Wrong from the start", status_code=410)

    def test_what_was_never_seen_is_not_found_rather_than_gone(self):
        article = scheduled(a_story(), timezone.now() + HOUR)
        self.assertEqual(self.get(article.path).status_code, 404)
        publishing.unschedule(article, by=None)
        self.assertEqual(self.get(article.path).status_code, 404)

    def test_a_scheduled_storys_address_answers_like_one_that_does_not_exist(self):
        article = scheduled(a_story(), timezone.now() + HOUR)
        self.assertEqual(self.get(article.path).content, self.get("/2024/01/01/no/").content)

    def test_garbage_in_an_address_is_never_an_error_of_ours(self):
        for path in (
            *(
                "/%00/",
                "/2024/13/45/x/",
                "/9999/99/99/x/",
                "/archive/0000/00/",
                "/archive/2024/13/",
            ),
            *("/tag/%00/", "/author/" + "x" * 5000 + "/", "/" + "a/" * 500, "/%ff%fe/", "/world//"),
            *("/?before=%00", "/?before=99999999999999999-1", "/?before=-99999999999999999-1"),
            *("/?before=1-999999999999999999", "/?before=" + "9" * 5000, "/?before=١-١"),
            *("/sitemap/0000-00-00.xml", "/sitemap/9999-12-31.xml", "/feed/?x=%00", "/?%00=%00"),
        ):
            with self.subTest(path=path[:40]):
                self.assertIn(self.get(path).status_code, (200, 404))

    def test_an_error_page_needs_no_database(self):
        with self.assertNumQueries(0):
            response = self.client.get("/" + "x" * 300 + ".html")
        self.assertContains(response, "nothing at this address", status_code=404)


class AnswerTests(ReaderTestCase):
    paths = [
        "/",
        "/archive/",
        "/corrections/",
        "/feed/",
        "/sitemap.xml",
        "/world/",
        "/tag/harbour/",
    ]

    def setUp(self):
        super().setUp()
        (self.article,) = live(dated(HOUR))
        self.paths = [
            *self.paths,
            *("/tag/harbour/", "/author/ines-roth/", "/world/feed/", self.article.path),
        ]

    def test_every_page_may_be_kept_and_none_depends_on_who_asks(self):
        for path in self.paths:
            with self.subTest(path=path):
                response = self.get(path)
                self.assertEqual(
                    response["Cache-Control"],
                    "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400",
                )
                self.assertNotIn("Set-Cookie", response)
                self.assertNotIn("Cookie", response.get("Vary", ""))
                self.assertIn("ETag", response)

    def test_what_has_not_changed_is_not_sent_again(self):
        for path in self.paths:
            with self.subTest(path=path):
                first = self.get(path)
                again = self.get(path, headers={"If-None-Match": first["ETag"]})
                self.assertEqual((again.status_code, again.content), (304, b""))

    def test_no_moment_stands_for_what_a_new_name_or_a_clock_changes(self):
        Category.objects.update(name="Renamed")
        asked = http_date((timezone.now() + timedelta(hours=1)).timestamp())
        for path in self.paths:
            with self.subTest(path=path):
                again = self.get(path, headers={"If-Modified-Since": asked})
                self.assertEqual(again.status_code, 200)
                self.assertIn("Last-Modified", again)

    def test_a_page_is_kept_no_longer_than_until_the_next_scheduled_moment(self):
        moment = timezone.now() + timedelta(hours=1)
        scheduled(a_story(9), moment)
        with clock(moment - timedelta(seconds=5)):
            control = self.get(self.article.path)["Cache-Control"]
        self.assertRegex(control, r"^public, max-age=5, stale-while-revalidate=0, ")

    def test_pages_are_read_only(self):
        for path in [*self.paths, "/robots.txt", "/health/live", "/fragment/recent/"]:
            with self.subTest(path=path):
                self.assertEqual(self.client.head(path).status_code, 200)
                for method in ("post", "put", "patch", "delete"):
                    self.assertEqual(getattr(self.client, method)(path).status_code, 405)

    def test_a_page_runs_no_script_and_no_style_of_its_own(self):
        for path in self.paths:
            page = self.get(path)
            if "html" in page["Content-Type"]:
                self.assertNotRegex(page.content.decode(), r"<style|\sstyle=|\son\w+=|<script>")
                policy = page["Content-Security-Policy"]
                self.assertIn("default-src 'none'", policy)
                self.assertNotIn("unsafe", policy)


class PreviewTests(ReaderTestCase):
    def test_the_preview_is_the_page_the_working_copy_would_have(self):
        from django.test import RequestFactory

        from articles import views

        story = a_full_story(published_at=timezone.now() - HOUR)
        (article,) = live(story)
        article.headline = "Not yet for readers"
        article.save()
        response = views.preview(RequestFactory().get("/"), Article.objects.get(pk=article.pk))
        self.assertContains(response, "<h1>Not yet for readers</h1>")
        self.assertContains(response, 'href="/world/coast/"')
        self.assertEqual(response["Cache-Control"], "no-store, private")
        self.assertIn("noindex", response["X-Robots-Tag"])
        self.assertEqual(response["X-Frame-Options"], "SAMEORIGIN")
        self.assertNotIn("Not yet for readers", self.get(article.path).content.decode())

    def test_a_story_that_was_never_published_can_be_previewed(self):
        from django.test import RequestFactory

        from articles import views

        response = views.preview(RequestFactory().get("/"), draft(a_story()))
        self.assertContains(response, a_story().headline)
