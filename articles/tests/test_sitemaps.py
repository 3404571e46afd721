"""Sitemaps, held against the rules of their schemas; and what else machines are told."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.test import SimpleTestCase, override_settings
from django.utils import timezone
from django.utils.http import http_date
from lxml import etree

from articles import emblem, library, publishing, revisions, sitemaps
from articles.story import CaptionBlock, Media

from .desk import a_photo
from .matrix.crawler import clock
from .newsroom import HOUR, ReaderTestCase, dated, draft, live, scheduled, withdrawn
from .stories import a_story

SITE = "https://news.example"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# The rules of the three schemas for what we use of them, in our words (RELAX NG).
GRAMMAR = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{SITEMAP}"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><choice><ref name="urls"/><ref name="maps"/></choice></start>
<define name="maps"><element name="sitemapindex"><oneOrMore><element name="sitemap">
 <ref name="place"/><optional><ref name="when"/></optional></element></oneOrMore></element></define>
<define name="urls"><element name="urlset"><oneOrMore><element name="url">
 <ref name="place"/><optional><ref name="when"/></optional>
 <zeroOrMore><ref name="image"/></zeroOrMore><optional><ref name="news"/></optional>
</element></oneOrMore></element></define>
<define name="place"><element name="loc"><ref name="address"/></element></define>
<define name="address"><data type="anyURI"><param name="minLength">12</param>
 <param name="maxLength">2048</param><param name="pattern">https://[!-~]+</param></data></define>
<define name="when"><element name="lastmod"><choice><data type="dateTime"/><data type="date"/>
</choice></element></define>
<define name="image"><element name="image" ns="{IMAGE}"><element name="loc"><ref name="address"/>
</element></element></define>
<define name="news"><element name="news" ns="{NEWS}">
 <element name="publication"><element name="name"><text/></element><element name="language">
  <data type="string"><param name="pattern">zh-cn|zh-tw|[a-z]{{2,3}}</param></data></element>
 </element><element name="publication_date"><data type="dateTime"/></element>
 <element name="title"><data type="string"><param name="minLength">1</param></data></element>
</element></define></grammar>"""


class SitemapTestCase(ReaderTestCase):
    def valid(self, path):
        response = self.get(path)
        self.assertEqual(response.status_code, 200, path)
        tree = etree.fromstring(response.content)
        grammar = etree.RelaxNG(etree.fromstring(GRAMMAR))
        grammar.assertValid(tree)
        self.assertLess(len(response.content), 50_000_000)
        return tree

    def texts(self, path, name, space=SITEMAP):
        return [node.text for node in self.valid(path).iter(f"{{{space}}}{name}")]

    def day(self, article):
        return article.versions.latest().first_published_at.date()

    def places(self, path):
        """What a sitemap names; of the index, those of stories."""
        return [place for place in self.texts(path, "loc") if not place.endswith("/places.xml")]


@override_settings(SITE_URL=SITE)
class SitemapTests(SitemapTestCase):
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
        tree = etree.fromstring(self.get("/sitemap.xml").content)
        self.assertEqual((tree.tag, len(tree)), (f"{{{SITEMAP}}}sitemapindex", 0))

    def test_the_index_says_when_a_story_of_a_day_was_last_acted_on(self):
        first, second, other = live(
            a_story(1, published_at=datetime(2024, 1, 29, 8, tzinfo=UTC)),
            a_story(2, published_at=datetime(2024, 1, 29, 9, tzinfo=UTC)),
            a_story(3, published_at=datetime(2023, 3, 1, 12, tzinfo=UTC)),
        )
        days = self.texts("/sitemap.xml", "lastmod")
        self.assertEqual(
            list(map(datetime.fromisoformat, days)),
            [datetime(2024, 1, 29, 9, tzinfo=UTC), datetime(2023, 3, 1, 12, tzinfo=UTC)],
        )
        at = timezone.now() + HOUR
        other.headline = "Changed by then"
        other.save()
        revisions.record(other, by=None)
        publishing.publish(other, by=None, at=at)
        self.assertEqual(self.texts("/sitemap.xml", "lastmod"), days)
        withdrawal = publishing.withdraw(first, by=None, why="a test")
        changed = datetime.fromisoformat(self.texts("/sitemap.xml", "lastmod")[0])
        self.assertEqual(changed, withdrawal.visible_from)
        with clock(at):
            told = self.texts("/sitemap.xml", "lastmod")
        self.assertEqual(datetime.fromisoformat(told[1]), at)

    def test_a_lead_picture_is_told_until_its_rights_end(self):
        photo, end = a_photo("navy"), timezone.now().replace(microsecond=0) + HOUR
        lead = CaptionBlock(media=Media(sha256=photo.sha256), text="The gate.")
        (article,) = live(dated(HOUR, lead=lead))
        path = f"/sitemap/{self.day(article)}.xml"
        self.assertEqual(self.texts(path, "loc", IMAGE), [f"{SITE}{photo.image.w480}"])
        photo.rights_until = end
        library.save(photo)
        with clock(end):
            self.assertEqual(self.texts(path, "loc", IMAGE), [])

    def test_an_address_in_another_script_is_written_as_the_schema_wants_it(self):
        (article,) = live(dated(HOUR, headline="Порт открыт & <готов>"))
        (place,) = self.places(f"/sitemap/{self.day(article)}.xml")
        self.assertNotIn("Порт", place)
        self.assertEqual(self.get(place.removeprefix(SITE)).status_code, 200)
        self.assertEqual(self.texts("/news-sitemap.xml", "title", NEWS), ["Порт открыт & <готов>"])

    def test_a_day_of_more_than_fit_into_one_goes_on_in_others_and_each_is_in_one(self):
        capture = datetime(2024, 1, 29, 12, tzinfo=UTC)
        same = [a_story(n, published_at=capture) for n in range(5)]
        others = [a_story(5 + n, published_at=capture + HOUR * n) for n in range(3)]
        articles = live(*same, *others, a_story(9, published_at=capture - 30 * HOUR))
        withdrawn(a_story(10, published_at=capture))
        with patch.object(sitemaps, "LONGEST", 3):
            self.assertEqual(len(self.texts("/sitemap.xml", "loc")), 3)  # as no index has more
        with patch.object(sitemaps, "LONGEST", 4):
            maps = self.places("/sitemap.xml")
            parts = [self.places(place.removeprefix(SITE)) for place in maps]
        self.assertEqual([len(part) for part in parts], [4, 4, 1])
        self.assertCountEqual(sum(parts, []), [f"{SITE}{article.path}" for article in articles])
        self.assertRegex(maps[1], rf"^{SITE}/sitemap/2024-01-29/[0-9]+-[0-9]+\.xml$")
        for nothing in ("0-1", "-99999999999999999-1"):
            self.assertEqual(self.get(f"/sitemap/2024-01-29/{nothing}.xml").status_code, 404)

    def test_the_places_are_those_where_something_can_be_read(self):
        draft(dated(HOUR, number=2, categories=("Draft",), tags=("draft",)))
        withdrawn(dated(HOUR, number=3, categories=("Gone",), tags=("gone",)))
        later = timezone.now() + HOUR
        soon = a_story(4, categories=("Späti",), tags=(), authors=())
        scheduled(soon, later)
        live(dated(HOUR, categories=("World/Coast",), tags=("Harbour",)))
        now = ["/", "/archive/", "/world/", "/world/coast/", "/tag/harbour/", "/author/ines-roth/"]
        path = "/sitemap/places.xml"
        self.assertIn(f"{SITE}{path}", self.texts("/sitemap.xml", "loc"))
        self.assertCountEqual(self.places(path), [SITE + place for place in now])
        with clock(later):
            self.assertEqual(len(self.places(path)), len(now) + 1)
        with patch.object(sitemaps, "LONGEST", 3):
            self.assertEqual(self.places(path), [SITE + place for place in now[:3]])

    def test_no_sitemap_takes_more_than_six_queries(self):
        articles = live(*[dated(HOUR * n, number=n) for n in range(1, 60)])
        day = f"/sitemap/{self.day(articles[0])}.xml"
        for path, most in (
            ("/sitemap.xml", 6),
            ("/sitemap/places.xml", 4),
            (day, 2),
            ("/news-sitemap.xml", 2),
            ("/robots.txt", 2),
        ):
            with self.assertNumQueries(most):
                self.get(path)

    def test_whoever_has_it_is_told_that_nothing_changed(self):
        (article,) = live(dated(HOUR))
        day = f"/sitemap/{self.day(article)}.xml"
        paths = ("/sitemap.xml", "/sitemap/places.xml", day, "/news-sitemap.xml", "/robots.txt")
        for path in paths:
            response = self.get(path)
            again = self.get(path, headers={"If-None-Match": response["ETag"]})
            self.assertEqual(again.status_code, 304, path)
            self.assertEqual(self.client.head(path)["ETag"], response["ETag"])


@override_settings(SITE_URL=SITE)
class NewsTests(SitemapTestCase):
    def test_news_are_of_the_last_two_days_and_without_any_there_is_no_sitemap(self):
        live(dated(timedelta(days=3), number=1))
        self.assertEqual(self.get("/news-sitemap.xml").status_code, 404)
        for path in ("/robots.txt", "/sitemap.xml"):
            self.assertNotIn("news-sitemap", self.get(path).content.decode())
        (new,) = live(dated(HOUR, number=2, headline="Ships & <boats>"))
        self.assertEqual(self.places("/news-sitemap.xml"), [f"{SITE}{new.path}"])
        self.assertIn(f"{SITE}/news-sitemap.xml", self.places("/sitemap.xml"))
        self.assertIn(f"Sitemap: {SITE}/news-sitemap.xml", self.get("/robots.txt").content.decode())

    def test_whoever_knows_only_when_it_asked_is_told_that_there_are_no_news_any_more(self):
        live(dated(HOUR))
        asked = timezone.now() + HOUR
        for path in ("/robots.txt", "/sitemap.xml"):
            self.assertIn("news-sitemap", self.get(path).content.decode())
            with clock(asked + timedelta(days=3)):
                again = self.get(path, headers={"If-Modified-Since": http_date(asked.timestamp())})
            self.assertEqual(again.status_code, 200, path)
            self.assertNotIn("news-sitemap", again.content.decode())

    def test_what_is_not_out_is_not_named_there(self):
        draft(dated(HOUR, number=1))
        at = timezone.now() + HOUR
        scheduled(a_story(2), at)
        live(dated(HOUR, number=3, embargoed_until=at))
        withdrawn(dated(HOUR, number=4))
        self.assertEqual(self.get("/news-sitemap.xml").status_code, 404)
        self.assertNotIn("news-sitemap", self.get("/robots.txt").content.decode())
        with clock(at):
            self.assertEqual(len(self.places("/news-sitemap.xml")), 2)

    def test_a_language_is_written_as_google_reads_it(self):
        told = {"en": "en", "en-GB": "en", "pt_BR": "pt", "zh": "zh-cn", "zh-Hant": "zh-tw"}
        found = {language: sitemaps._language(language) for language in told}
        self.assertEqual(found, told)


class GrammarTests(SimpleTestCase):
    def test_what_the_schemas_forbid_is_noticed(self):
        grammar = etree.RelaxNG(etree.fromstring(GRAMMAR))
        for wrong in (
            "<url><lastmod>2024-01-29</lastmod></url>",
            "<url><loc>/relative/</loc></url>",
            "<url><loc>https://news.example/</loc><lastmod>yesterday</lastmod></url>",
            "<url><loc>https://news.example/Ж</loc></url>",
            "",
        ):
            tree = etree.fromstring(f'<urlset xmlns="{SITEMAP}">{wrong}</urlset>')
            self.assertFalse(grammar.validate(tree), wrong)


@override_settings(SITE_URL=SITE)
class ToldTests(ReaderTestCase):
    def test_robots_are_told_where_to_look_and_where_not(self):
        text = self.get("/robots.txt").content.decode()
        self.assertIn(f"Sitemap: {SITE}/sitemap.xml", text)
        self.assertNotIn("admin", text)

    @override_settings(SECURITY_CONTACT="mailto:desk@news.example", LANGUAGE_CODE="de-at")
    def test_whom_to_write_to_of_a_weakness(self):
        response = self.get("/.well-known/security.txt")
        self.assertEqual(response["Content-Type"], "text/plain; charset=utf-8")
        told = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
        self.assertEqual(told["Contact"], "mailto:desk@news.example")
        self.assertEqual(told["Canonical"], f"{SITE}/.well-known/security.txt")
        self.assertEqual(told["Preferred-Languages"], "de, en")
        left = datetime.fromisoformat(told["Expires"]) - timezone.now()
        self.assertTrue(timedelta(days=150) < left < timedelta(days=365))
        again = self.get("/.well-known/security.txt", headers={"If-None-Match": response["ETag"]})
        self.assertEqual(again.status_code, 304)

    def test_nobody_is_named_unless_somebody_was_set(self):
        self.assertEqual(self.get("/.well-known/security.txt").status_code, 404)

    def test_the_sites_own_pictures(self):
        for path, size in (("/social.png", (1200, 630)), ("/logo.png", (512, 512))):
            response = self.get(path)
            self.assertEqual(response["Content-Type"], "image/png")
            self.assertEqual(int.from_bytes(response.content[16:20]), size[0])
            self.assertEqual(int.from_bytes(response.content[20:24]), size[1])
            again = self.get(path, headers={"If-None-Match": response["ETag"]})
            self.assertEqual(again.status_code, 304)

    def test_a_name_that_cannot_be_written_is_left_out_and_a_long_one_fits(self):
        alone = emblem.social("صحيفة")
        self.assertEqual(alone, emblem.social(""))
        self.assertNotEqual(alone, emblem.social("Harbour Gazette"))
        for name in ("The Gazette " * 20, "W" * 300):
            self.assertNotEqual(emblem.social(name), alone)
