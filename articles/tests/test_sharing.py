"""A story shown to somebody without an account: one story, for a while, and no further."""

import re
from datetime import timedelta

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client, TestCase
from django.utils import timezone

from articles import custody, publishing, sharing, working_copy
from articles.models import Article, ShareLink
from articles.story import CaptionBlock, Media, RelatedPost, TextBlock
from articles.views import previews

from .attachedfiles import an_attachment, an_mp3
from .desk import a_client, an_editor, opened, sent, stored, url_of
from .filmfiles import a_film
from .matrix.crawler import clock, crawl, secrets
from .matrix.states import Newsroom
from .newsroom import ReaderTestCase, dated, draft, live
from .stories import a_story

DAY = timedelta(days=1)
EDITING = ("add_article", "change_article", "view_article", "others_article")


class SharingTestCase(ReaderTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.rosa = an_editor()
        cls.article = stored(a_story(headline="Not out yet", body=(TextBlock(html="<p>A.</p>"),)))

    def share(self, article=None, **changes):
        """(link, path) of a new one."""
        told = {"by": self.rosa, "days": 3, **changes}
        link, token = sharing.make(article or self.article, **told)
        return link, f"/preview/{token}/"


class LinkTests(SharingTestCase):
    def test_who_has_the_link_reads_the_story_without_an_account(self):
        _link, path = self.share()
        self.assertEqual(self.texts(path, "h1"), ["Not out yet"])
        self.assertEqual(len(self.texts(path, ".shared")), 1)

    def test_it_shows_the_working_copy_as_it_is_saved_by_then(self):
        _link, path = self.share()
        desk = a_client(self.rosa)
        sent(desk, self.article, opened(desk, self.article), headline="Checked since")
        self.assertEqual(self.texts(path, "h1"), ["Checked since"])

    def test_it_ends_to_the_second(self):
        link, path = self.share(days=1)
        with clock(link.expires_at - timedelta(seconds=1)):
            self.assertEqual(self.get(path).status_code, 200)
        with clock(link.expires_at):
            self.assertEqual(self.get(path).status_code, 404)

    def test_a_link_that_was_revoked_shows_nothing(self):
        _link, path = self.share()
        sharing.revoke(self.article.share_links.all(), by=self.rosa)
        self.assertEqual(self.get(path).status_code, 404)

    def test_who_leaves_the_newsroom_leaves_no_open_link_behind(self):
        _link, path = self.share()
        self.rosa.is_active = False
        self.rosa.save()
        self.assertEqual(self.get(path).status_code, 404)

    def test_an_ended_link_and_one_that_never_was_answer_the_same_bytes(self):
        _link, path = self.share()
        sharing.revoke(self.article.share_links.all(), by=self.rosa)
        answers = [self.get(path), self.get(f"/preview/{'x' * 43}/")]
        self.assertEqual(*[(a.status_code, a.content, dict(a.headers)) for a in answers])
        self.assertIn("no-store", answers[0]["Cache-Control"])

    def test_nobody_keeps_or_indexes_it_and_no_other_site_is_told_its_address(self):
        _link, path = self.share()
        response = self.get(path)
        self.assertEqual(response["Cache-Control"], "no-store, private")
        self.assertIn("noindex", response["X-Robots-Tag"])
        self.assertEqual(response["Referrer-Policy"], "no-referrer")
        self.assertIn("frame-ancestors 'none'", response["Content-Security-Policy"])
        self.assertNotContains(response, "/admin/")
        self.assertNotContains(response, path)
        self.assertEqual(len(response.cookies), 0)

    def test_its_secret_is_not_in_the_database(self):
        link, path = self.share()
        token = path.split("/")[2]
        self.assertNotIn(token, repr(ShareLink.objects.values().get(pk=link.pk)))
        self.assertEqual(self.get(f"/preview/{link.digest}/").status_code, 404)

    def test_when_it_was_used_last_is_known_and_written_once_a_minute(self):
        link, path = self.share()
        first = timezone.now() + timedelta(hours=1)
        for moment in (first, first + timedelta(seconds=30)):
            with clock(moment):
                self.get(path)
        link.refresh_from_db()
        self.assertEqual(link.used_at, first)

    def test_a_link_that_ends_before_it_begins_is_refused_by_the_database(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            self.share(days=-1)

    def test_a_story_in_the_bin_is_shown_by_no_link_and_takes_them_along_when_it_goes(self):
        article = draft(a_story(7))
        _link, path = self.share(article)
        a_client(self.rosa).post(url_of(article, "delete"), {"post": "yes"})
        self.assertEqual(self.get(path).status_code, 404)
        Article.objects.get(pk=article.pk).delete()
        self.assertFalse(ShareLink.objects.exists())


class ThrottleTests(SharingTestCase):
    def test_one_address_gets_so_many_pages_a_minute_right_or_wrong(self):
        _link, path = self.share()
        now = timezone.now()
        with clock(now):
            for _ in range(previews.AT_MOST):
                self.get(f"/preview/{'y' * 43}/")
            self.assertEqual(self.get(path).status_code, 429)
            self.assertEqual(self.client.get(path, REMOTE_ADDR="192.0.2.9").status_code, 200)
        with clock(now + timedelta(minutes=1)):
            self.assertEqual(self.get(path).status_code, 200)


class WholePageTests(SharingTestCase):
    def test_the_stories_it_names_are_links_where_readers_can_see_them(self):
        live(dated(DAY, number=5, headline="Out already"))
        stored(a_story(6, headline="Still hidden"))
        posts = (RelatedPost(headline="Out already"), RelatedPost(headline="Still hidden"))
        _link, path = self.share(stored(a_story(8, related=posts)))
        self.assertEqual(self.texts(path, ".related-posts a.headline"), ["Out already"])
        self.assertEqual(self.texts(path, ".related-posts span.headline"), ["Still hidden"])


class LeakTests(TestCase):
    def test_from_a_link_nothing_of_any_other_draft_is_found(self):
        cache.clear()
        boss = an_editor("vera")
        newsroom = Newsroom(boss)
        newsroom.point_at_what_is_hidden()
        for state in ("draft", "scheduled", "changed"):
            _link, token = sharing.make(newsroom[state], by=boss, days=1)
            found = crawl(f"/preview/{token}/")
            own = found.pop(f"/preview/{token}/")
            self.assertEqual(secrets(found), [], state)  # and nothing else of its own either
            whose = {"draft": "draft", "scheduled": "scheduled", "changed": "unsaid"}[state]
            words = set(re.findall(r"qz[a-z]+", own))
            foreign = [w for w in secrets({"": own}) if f"qz{whose}" not in w]
            self.assertEqual(foreign, [])
            self.assertIn(f"qz{whose}body", words)
            self.assertNotIn(f"qz{whose}raw", words)


class DeskTests(SharingTestCase):
    def setUp(self):
        super().setUp()
        self.desk = a_client(self.rosa)
        self.url = url_of(self.article, "share")

    def made(self, **changes):
        page = self.desk.post(self.url, {"whom": "Dr. Venn", "days": "1", **changes})
        return re.search(r"/preview/[-\w]+/", page.content.decode())

    def test_an_editor_makes_a_link_and_is_told_it_once(self):
        found = self.made()
        self.assertEqual(Client().get(found[0]).status_code, 200)
        again = self.desk.get(self.url)
        self.assertNotContains(again, found[0])
        self.assertContains(again, "Dr. Venn")
        self.assertContains(again, "rosa")

    def test_an_editor_takes_a_link_back(self):
        found = self.made()
        self.desk.post(self.url, {"revoke": str(ShareLink.objects.get().pk)})
        self.assertEqual(Client().get(found[0]).status_code, 404)
        self.assertContains(self.desk.get(self.url), "revoked by rosa")

    def test_a_link_of_another_story_is_not_revoked_from_here(self):
        other, path = self.share(stored(a_story(9)))
        self.desk.post(self.url, {"revoke": str(other.pk)})
        self.assertEqual(self.get(path).status_code, 200)

    def test_it_lasts_no_longer_than_offered(self):
        self.assertIsNone(self.made(days="400"))
        self.assertFalse(ShareLink.objects.exists())

    def test_who_may_not_share_has_no_button_and_gets_no_page(self):
        kim = a_client(an_editor("kim", EDITING))
        self.assertNotContains(kim.get(url_of(self.article)), self.url)
        self.assertEqual(kim.get(self.url).status_code, 403)
        self.assertEqual(kim.post(self.url, {"days": "1"}).status_code, 403)

    def test_a_published_story_says_what_is_published_and_the_link_what_is_saved(self):
        (article,) = live(dated(DAY, number=11, headline="As published"))
        _link, path = self.share(article)
        sent(self.desk, article, opened(self.desk, article), headline="As saved")
        self.assertEqual(self.texts(article.path, "h1"), ["As published"])
        self.assertEqual(self.texts(path, "h1"), ["As saved"])
        publishing.publish(article, by=self.rosa)
        self.assertEqual(self.texts(article.path, "h1"), ["As saved"])


class FileTests(SharingTestCase):
    """What is attached to a story that is not out: for who has a link to it, and nobody else."""

    def setUp(self):
        super().setUp()
        self.plan, self.sound = an_attachment(), an_attachment(an_mp3(), "pilot.mp3")
        self.film = a_film()
        body = [
            CaptionBlock(kind="document", title="The plan", media=Media(sha256=self.plan.sha256)),
            CaptionBlock(kind="audio", title="The pilot", media=Media(sha256=self.sound.sha256)),
            CaptionBlock(kind="video", title="The gate", media=self.film.media),
        ]
        self.attached = stored(a_story(2, body=tuple(body)))
        self.link, self.path = self.share(self.attached)

    def file(self, file, path=None):
        """Its address below a link."""
        return f"{path or self.path}{file.file.url.removeprefix('/')}"

    def get(self, path, **options):
        response = super().get(path, **options)
        if response.streaming:
            response.body = response.getvalue()
        return response

    def test_the_page_leads_to_files_that_open(self):
        page = self.page(self.path)
        links = [node.attributes["href"] for node in page.css("a.download")]
        self.assertEqual(links, [self.file(self.plan), self.file(self.sound)])
        self.assertEqual(page.css_first("audio").attributes["src"], self.file(self.sound))
        for file, link in zip((self.plan, self.sound), links, strict=True):
            response = self.get(link)
            self.assertEqual((response.status_code, response["Content-Type"]), (200, file.mime))
            self.assertEqual(len(response.body), file.size)
            self.assertIn("no-store", response["Cache-Control"])
            self.assertIn("noindex", response["X-Robots-Tag"])
            self.assertEqual(response["Referrer-Policy"], "no-referrer")
        film = page.css_first("video source").attributes["src"]
        self.assertEqual(film, self.file(self.film))
        self.assertEqual(self.get(film)["Content-Type"], "video/mp4")

    def test_a_player_gets_the_part_it_asks_for(self):
        response = self.get(self.file(self.sound), headers={"Range": "bytes=0-9"})
        self.assertEqual((response.status_code, len(response.body)), (206, 10))

    def test_nobody_else_gets_them(self):
        for file in (self.plan, self.sound, self.film):
            self.assertEqual(self.get(file.file.url).status_code, 404)
            self.assertEqual(self.get(self.file(file, f"/preview/{'x' * 43}/")).status_code, 404)

    def test_a_link_opens_the_files_of_its_own_story_and_no_others(self):
        _link, other = self.share()
        never = an_attachment(an_mp3(3), "other.mp3")
        for path in (self.file(self.plan, other), self.file(never)):
            self.assertEqual(self.get(path).status_code, 404)

    def test_what_the_working_copy_shows_no_more_is_closed_again(self):
        working_copy.replace(self.attached, self.attached.as_story().replace(body=()), by=self.rosa)
        self.assertEqual(self.get(self.file(self.plan)).status_code, 404)
        self.assertEqual(self.get(self.path).status_code, 200)

    def test_with_the_link_they_end(self):
        with clock(self.link.expires_at):
            self.assertEqual(self.get(self.file(self.plan)).status_code, 404)
        sharing.revoke(self.attached.share_links.all(), by=self.rosa)
        ended, never = (
            self.get(self.file(self.plan)),
            self.get(self.file(self.plan, f"/preview/{'x' * 43}/")),
        )
        self.assertEqual(ended.status_code, 404)
        self.assertEqual((ended.content, ended.headers), (never.content, never.headers))

    def test_in_the_bin_they_are_nobodys(self):
        custody.throw_away(self.attached, by=self.rosa)
        self.assertEqual(self.get(self.file(self.plan)).status_code, 404)

    def test_readers_pages_name_the_files_by_their_own_address(self):
        publishing.publish(self.attached, by=None)
        article = Article.objects.get(pk=self.attached.pk)
        links = [n.attributes["href"] for n in self.page(article.path).css("a.download")]
        self.assertEqual(links, [self.plan.file.url, self.sound.file.url])
        self.assertEqual(self.get(links[0]).status_code, 200)
