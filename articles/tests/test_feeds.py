"""Feeds and sitemaps, read back by the programs that read them."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from unittest import skipIf

from django.test import override_settings
from django.utils import timezone

try:
    import feedparser
except ImportError:  # only a development machine has it
    feedparser = None

from articles.models import Rendering
from articles.story import QuoteBlock, RelatedBlock, TextBlock

from .newsroom import HOUR, ReaderTestCase, dated, live, scheduled, withdrawn
from .stories import a_full_story, a_story

SITE = "https://news.example"


@skipIf(feedparser is None, "feedparser is not installed")
@override_settings(SITE_URL=SITE, SITE_NAME="The <Gazette>")
class FeedTests(ReaderTestCase):
    def feed(self, path="/feed/"):
        response = self.get(path)
        self.assertEqual(response.status_code, 200)
        found = feedparser.parse(response.content)
        self.assertFalse(found.bozo, found.get("bozo_exception"))
        return found

    def test_a_feed_has_whole_stories_with_their_own_dates(self):
        live(a_full_story(published_at=timezone.now() - HOUR))
        (entry,) = self.feed().entries
        self.assertIn("opened.</p>", entry.content[0].value)
        self.assertIn("We waited a year.", entry.content[0].value)
        self.assertEqual(entry.author, "Ines Roth")
        self.assertEqual(entry.summary, "Ships came in at dawn.")
        self.assertEqual(entry.published_parsed[:3], (2024, 1, 29))
        self.assertTrue(entry.link.startswith(f"{SITE}/2024/01/29/"))

    def test_nothing_in_a_feed_points_into_the_void_or_needs_our_scripts(self):
        other = dated(2 * HOUR, number=2, headline="Pilots strike")
        body = (
            RelatedBlock(headline="PILOTS STRIKE"),
            TextBlock(html='<p><a href="/x/">x</a></p>'),
        )
        article, other = live(dated(HOUR, body=body), other)
        content = self.feed().entries[0].content[0].value
        self.assertIn(f'href="{SITE}{other.path}">Pilots strike</a>', content)
        self.assertIn(f'href="{SITE}/x/"', content)
        self.assertNotRegex(content, r'="/|<button|<!--|srcset')

    def test_a_control_character_does_not_end_the_feed(self):
        (article,) = live(dated(HOUR, body=(QuoteBlock(text="a"),)))
        rendering = Rendering.objects.get(version__article=article)
        rendering.card["headline"] = "Bell\x08 and \ufffe"
        rendering.article = rendering.article.replace("<!--body-->", "<!--body-->\x0b\x1f")
        rendering.save()
        self.assertEqual(self.feed().entries[0].title, "Bell and")
        ElementTree.fromstring(self.get("/news-sitemap.xml").content)

    def test_a_category_has_its_own_feed(self):
        live(dated(HOUR, number=1, categories=("World/Coast",)), dated(HOUR, number=2))
        found = self.feed("/world/coast/feed/")
        self.assertEqual(len(found.entries), 2)
        self.assertEqual(found.feed.link, f"{SITE}/world/coast/")
        self.assertEqual(self.get("/nowhere/feed/").status_code, 404)

    def test_a_feed_tells_nothing_that_readers_cannot_see(self):
        scheduled(a_story(1), timezone.now() + HOUR)
        withdrawn(dated(HOUR, number=2))
        self.assertEqual(self.feed().entries, [])


@override_settings(SITE_URL=SITE)
class SitemapTests(ReaderTestCase):
    def places(self, path):
        response = self.get(path)
        self.assertEqual(response.status_code, 200, path)
        tree = ElementTree.fromstring(response.content)
        return [node.text for node in tree.iter() if node.tag.endswith("}loc")]

    def test_every_live_story_is_in_the_sitemap_of_its_day_and_no_other_is(self):
        articles = live(
            a_story(1, published_at=datetime(2024, 1, 29, 23, 59, tzinfo=UTC)),
            a_story(2, published_at=datetime(2024, 1, 29, 0, 0, tzinfo=UTC)),
            a_story(3, published_at=datetime(2023, 3, 1, 12, tzinfo=UTC)),
        )
        withdrawn(a_story(4, published_at=datetime(2022, 3, 1, tzinfo=UTC)))
        days = self.places("/sitemap.xml")
        self.assertEqual(days, [f"{SITE}/sitemap/2024-01-29.xml", f"{SITE}/sitemap/2023-03-01.xml"])
        found = [place for day in days for place in self.places(day.removeprefix(SITE))]
        self.assertCountEqual(found, [f"{SITE}{article.path}" for article in articles])
        self.assertEqual(self.get("/sitemap/2022-03-01.xml").status_code, 404)

    @override_settings(TIME_ZONE="America/New_York")
    def test_a_story_late_in_the_evening_is_found_whatever_the_newsrooms_clock(self):
        live(a_story(1, published_at=datetime(2024, 2, 1, 3, tzinfo=UTC)))
        (day,) = self.places("/sitemap.xml")
        self.assertEqual(len(self.places(day.removeprefix(SITE))), 1)

    def test_an_empty_site_has_an_empty_index(self):
        self.assertEqual(self.places("/sitemap.xml"), [])

    def test_news_are_of_the_last_two_days_and_without_any_there_is_no_sitemap(self):
        live(dated(timedelta(days=3), number=1))
        self.assertEqual(self.get("/news-sitemap.xml").status_code, 404)
        (new,) = live(dated(HOUR, number=2, headline="Ships & <boats>"))
        self.assertEqual(self.places("/news-sitemap.xml"), [f"{SITE}{new.path}"])

    def test_robots_are_told_where_to_look_and_where_not(self):
        text = self.get("/robots.txt").content.decode()
        self.assertIn(f"Sitemap: {SITE}/sitemap.xml", text)
        self.assertNotIn("admin", text)
