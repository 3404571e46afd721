"""Feeds, read back by programs that read feeds."""

import json
from datetime import UTC, datetime, timedelta
from unittest import skipIf

from django.test import override_settings
from django.utils import timezone

try:
    import fastfeedparser
    import feedparser
except ImportError:  # only a development machine has them
    feedparser = None

from articles import addresses, library, publishing
from articles.models import Author, Category, Rendering, Tag
from articles.story import CaptionBlock, Contributor, Media, QuoteBlock, RelatedBlock, TextBlock

from .attachedfiles import an_attachment, an_mp3
from .desk import a_photo
from .matrix.crawler import clock
from .newsroom import HOUR, ReaderTestCase, dated, draft, live, scheduled, withdrawn
from .stories import a_full_story, a_story

SITE = "https://news.example"
HUB = "https://hub.example/?a=1&b=2"
PLACES = ("/", "/world/", "/world/coast/", "/tag/harbour/", "/author/ines-roth/")
ENDS = {
    "": "application/rss+xml",
    "atom/": "application/atom+xml",
    "json/": "application/feed+json",
}


def read(response):
    """A feed by the parser that knows all three formats."""
    return fastfeedparser.parse(response.content)


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

    def test_a_summary_is_words_and_no_markup(self):
        live(dated(HOUR, standfirst="Six < seven & <eight>"))
        self.assertEqual(self.feed().entries[0].summary, "Six &lt; seven &amp; &lt;eight&gt;")

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
        for kind in ("atom", "json"):
            self.assertEqual(read(self.get(f"/feed/{kind}/")).entries[0].title.strip(), "Bell and")

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


@skipIf(feedparser is None, "feedparser is not installed")
@override_settings(SITE_URL=SITE, SITE_NAME="The <Gazette>", WEBSUB_HUB=HUB)
class ThreeWaysTests(ReaderTestCase):
    """One story with everything, in all three formats, each read by a parser that is not ours."""

    def setUp(self):
        super().setUp()
        self.photo = a_photo("navy")
        lead = CaptionBlock(
            media=Media(sha256=self.photo.sha256), text="The gate.", credit="Ada Fry", alt="A gate"
        )
        sound = an_attachment(an_mp3(65), "pilot.mp3")
        body = (
            TextBlock(html='<p>Words &amp; "signs" ]]&gt; and <a href="/x/">more</a>.</p>'),
            CaptionBlock(kind="audio", title="The pilot", media=Media(sha256=sound.sha256)),
            CaptionBlock(
                kind="video", title="A film", media=Media(url="https://vimeo.com/12345678")
            ),
        )
        people = (Contributor(name="Ines Roth"), Contributor(name="Bo Lind"))
        (self.article,) = live(
            dated(HOUR, headline="Ships & <boats>", lead=lead, body=body, authors=people)
        )
        publishing.correct(self.article, by=None, text="It was six.", kind="correction")
        self.sound = sound
        self.version = self.article.versions.latest()

    def feeds(self):
        return {end: self.get(f"/feed/{end}") for end in ENDS}

    def entries(self):
        """The entry as feedparser reads it; of JSON, which it does not know, as it is written."""
        feeds = self.feeds()
        xml = [feedparser.parse(feeds[end].content) for end in ("", "atom/")]
        for found in xml:
            self.assertFalse(found.bozo, found.get("bozo_exception"))
        return *(found.entries[0] for found in xml), json.loads(feeds["json/"].content)["items"][0]

    def test_each_says_what_it_is(self):
        for end, response in self.feeds().items():
            self.assertEqual(response["Content-Type"], f"{ENDS[end]}; charset=utf-8")
            self.assertEqual(response["Access-Control-Allow-Origin"], "*")
            found = read(response)
            self.assertEqual(found.feed.title, "The <Gazette>")
            self.assertEqual(found.feed.link, f"{SITE}/")

    def test_all_three_say_the_same_of_a_story(self):
        found = [read(response).entries[0] for response in self.feeds().values()]
        for name in ("id", "title", "link", "published", "updated", "description"):
            self.assertEqual(len({entry.get(name) for entry in found}), 1, name)
        self.assertEqual(len({entry.content[0]["value"] for entry in found}), 1)
        (first, *_others) = found
        self.assertEqual(first.title, "Ships & <boats>")
        self.assertEqual(first.link, f"{SITE}{self.article.path}")

    def test_its_dates_are_those_of_the_page(self):
        rss, atom, item = self.entries()
        first = self.version.first_published_at.timetuple()[:6]
        last = self.version.published_at.timetuple()[:6]
        self.assertEqual((rss.published_parsed[:6], rss.updated_parsed[:6]), (first, last))
        self.assertEqual((atom.published_parsed[:6], atom.updated_parsed[:6]), (first, last))
        for name, parsed in (("date_published", first), ("date_modified", last)):
            self.assertEqual(datetime.fromisoformat(item[name]).timetuple()[:6], parsed)

    def test_the_whole_text_is_there_with_its_picture_and_what_was_put_right(self):
        rss, atom, item = self.entries()
        for content in (rss.content[0].value, atom.content[0].value, item["content_html"]):
            self.assertIn('Words &amp; "signs" ]]&gt; and', content)
            self.assertIn(f'<a href="{SITE}/x/">', content)
            self.assertIn("It was six.", content)
            self.assertEqual(content.count("<img"), 1)
            self.assertNotRegex(content, r'="/|<button|<!--|srcset|data-')

    def test_authors_categories_and_tags_have_their_names_and_pages(self):
        rss, atom, item = self.entries()
        pages = [f"{SITE}/author/ines-roth/", f"{SITE}/author/bo-lind/"]
        names = ["Ines Roth", "Bo Lind"]
        self.assertEqual([author.name for author in rss.authors if author], names)
        self.assertEqual(
            [(a.name, a.href) for a in atom.authors], list(zip(names, pages, strict=True))
        )
        self.assertEqual(
            [(a["name"], a["url"]) for a in item["authors"]], list(zip(names, pages, strict=True))
        )
        terms = ["Coast", "Business", "harbour", "ships"]
        self.assertEqual([tag.term for tag in rss.tags], terms)
        self.assertEqual([tag.term for tag in atom.tags], terms)
        self.assertEqual(atom.tags[0].scheme, f"{SITE}/world/coast/")
        self.assertEqual(item["tags"], terms)

    def test_the_picture_has_its_size_words_and_credit(self):
        rss, atom, item = self.entries()
        for entry in (rss, atom):
            picture = entry.media_content[0]
            self.assertEqual(picture["medium"], "image")
            self.assertEqual((picture["type"], picture["width"]), ("image/webp", "64"))
            self.assertEqual(entry.media_credit[0]["content"], "Ada Fry")
            self.assertEqual(entry.media_thumbnail[0]["width"], "640")
            self.assertEqual(picture["url"], item["image"])
        about = item["_image"]
        self.assertEqual(
            (about["credit"], about["caption"], about["alt"]), ("Ada Fry", "The gate.", "A gate")
        )
        self.assertEqual(self.get(item["image"].removeprefix(SITE)).status_code, 404)  # a proxy's

    def test_a_recording_and_a_film_go_with_it(self):
        rss, atom, item = self.entries()
        for entry in (rss, atom):
            (audio,) = entry.enclosures
            self.assertEqual(
                (audio.href, audio.type), (f"{SITE}{self.sound.file.url}", "audio/mpeg")
            )
            self.assertEqual(audio.length, str(self.sound.size))
            self.assertEqual(entry.media_player["url"], "https://vimeo.com/12345678")
        (audio,) = item["attachments"]
        self.assertEqual((audio["mime_type"], audio["duration_in_seconds"]), ("audio/mpeg", 65))
        self.assertEqual(audio["title"], "The pilot")

    def test_each_names_itself_and_the_hub(self):
        for end, response in self.feeds().items():
            own = f"{SITE}/feed/{end}"
            self.assertEqual(response["Link"], f'<{HUB}>; rel="hub", <{own}>; rel="self"')
            if end == "json/":
                told = json.loads(response.content)
                self.assertEqual(told["feed_url"], own)
                self.assertEqual(told["hubs"], [{"type": "WebSub", "url": HUB}])
            else:
                links = feedparser.parse(response.content).feed.links
                rels = {link.rel: link.href for link in links}
                self.assertEqual((rels["self"], rels["hub"]), (own, HUB))

    @override_settings(WEBSUB_HUB="")
    def test_without_a_hub_none_is_named(self):
        for response in self.feeds().values():
            self.assertNotIn("hub", response["Link"])
            self.assertNotIn(b"hub", response.content)

    def test_a_story_keeps_its_id_at_another_address(self):
        before = [read(response).entries[0] for response in self.feeds().values()]
        addresses.change(self.article, "moved")
        after = [read(response).entries[0] for response in self.feeds().values()]
        self.assertEqual([entry.id for entry in before], [entry.id for entry in after])
        self.assertNotEqual(before[0].link, after[0].link)

    def test_no_picture_is_told_once_its_rights_are_over(self):
        end = timezone.now().replace(microsecond=0) + HOUR
        self.photo.rights_until = end
        library.save(self.photo)
        token = self.photo.image.name[7:39].encode()
        with clock(end - timedelta(seconds=1)):
            self.assertTrue(all(token in r.content for r in self.feeds().values()))
        with clock(end):
            for response in self.feeds().values():
                self.assertNotIn(token, response.content)
                self.assertNotIn(b"Ada Fry", response.content)
                self.assertNotIn(b"The gate.", response.content)

    def test_a_picture_that_stands_in_the_body_is_shown_once(self):
        photo = a_photo("gold")
        body = (CaptionBlock(media=Media(sha256=photo.sha256), text="Only here."),)
        (article,) = live(dated(timedelta(minutes=1), number=2, body=body))
        self.assertEqual(read(self.get("/feed/")).entries[0].content[0]["value"].count("<img"), 1)


@skipIf(feedparser is None, "feedparser is not installed")
@override_settings(SITE_URL=SITE)
class PlacesTests(ReaderTestCase):
    def addresses(self):
        return [f"{place}feed/{end}" for place in PLACES for end in ENDS]

    def test_the_site_each_category_tag_and_author_has_its_own(self):
        (article,) = live(dated(HOUR, number=1))
        live(dated(HOUR, number=2, categories=("Sport",), tags=("x",), authors=()))
        for place in PLACES:
            for end in ENDS:
                path = f"{place}feed/{end}"
                with self.subTest(path=path), self.assertNumQueries(4 if place != "/" else 3):
                    found = read(self.get(path))
                    self.assertEqual(len(found.entries), 2 if place == "/" else 1)
                self.assertEqual(found.feed.link, f"{SITE}{place}")

    def test_a_feed_that_nothing_is_in_for_readers_is_not_there(self):
        draft(dated(HOUR, number=1))
        scheduled(a_story(2), timezone.now() + HOUR)
        withdrawn(dated(HOUR, number=3))
        for path in self.addresses():
            response = self.get(path)
            self.assertEqual(response.status_code, 200 if path.startswith("/feed/") else 404, path)
            self.assertNotIn(b"Harbour opens", response.content)
        self.assertEqual(self.get("/world/feed/yaml/").status_code, 404)

    def test_an_empty_one_is_as_old_as_the_day(self):
        for path in ("/feed/", "/feed/atom/"):
            with clock(datetime(2026, 11, 20, 21, 5, 3, tzinfo=UTC)):
                found = feedparser.parse(self.get(path).content).feed
            self.assertEqual(found.updated_parsed[:6], (2026, 11, 20, 0, 0, 0), path)

    def test_whoever_has_it_is_told_that_nothing_changed_until_something_does(self):
        (article,) = live(dated(HOUR))
        for path in self.addresses():
            response = self.get(path)
            etag = response["ETag"]
            again = self.get(path, headers={"If-None-Match": etag})
            self.assertEqual(again.status_code, 304, path)
            head = self.client.head(path)
            self.assertEqual((head.status_code, head.content), (200, b""))
            self.assertEqual(head["ETag"], etag)
        publishing.correct(article, by=None, text="It was six.", kind="correction")
        again = self.get("/feed/", headers={"If-None-Match": etag})
        self.assertEqual(again.status_code, 200)

    def test_one_that_moved_with_its_place_is_found(self):
        live(dated(HOUR))
        category = Category.objects.without_tree_fields().get(path="world/coast")
        category.name = category.slug = "shore"
        addresses.place(category)
        for model, name in ((Tag, "harbour"), (Author, "Ines Roth")):
            row = model.objects.get(name=name)
            was = model.objects.get(pk=row.pk)
            row.slug = "moved"
            row.save()
            addresses.rename(row, was)
        for old, new in (
            *(("/world/coast/", "/world/shore/"), ("/tag/harbour/", "/tag/moved/")),
            ("/author/ines-roth/", "/author/moved/"),
        ):
            for end in ENDS:
                self.assertRedirects(self.get(f"{old}feed/{end}"), f"{new}feed/{end}", 301)

    def test_the_old_feed_of_what_nobody_may_see_leads_nowhere(self):
        (article,) = live(dated(HOUR))
        row = Tag.objects.get(name="harbour")
        was = Tag.objects.get(pk=row.pk)
        row.slug = "secret"
        row.save()
        addresses.rename(row, was)
        publishing.withdraw(article, by=None, why="a test")
        for end in ENDS:
            self.assertEqual(self.get(f"/tag/harbour/feed/{end}").status_code, 404)
