"""Readers' pages in other languages: nothing is left in English, and nothing is said wrongly."""

import gettext
import importlib.util
import io
import logging
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest import skipUnless
from unittest.mock import patch

from django.test import SimpleTestCase, override_settings
from django.utils import timezone
from django.utils.html import strip_tags

from articles.story import CaptionBlock, Correction, Media, RelatedPost, TextBlock

from .newsroom import HOUR, ReaderTestCase, dated, live, withdrawn

TOP = Path(__file__).resolve().parents[2]
LANGUAGES = ["ar", "de", "es", "fa", "fr"]
FIELD = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# What is called so in every language.
NAMES = {"WhatsApp", "Bluesky", "Facebook", "LinkedIn", "X", "RSS", "Atom", "JSON"}
IS_THERE = importlib.util.find_spec("babel") is not None


@cache
def messages():
    """The tool behind `make messages`."""
    spec = importlib.util.spec_from_file_location("messages", TOP / ".ci" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def strings(message):
    """The texts of a message, of each number, in English and translated."""
    ids, said = message.id, message.string
    ids = ids if isinstance(ids, tuple) else (ids,)
    return ids, said if isinstance(said, tuple) else (said,)


def fields(text):
    return sorted(FIELD.findall(text))


@skipUnless(IS_THERE, "Babel is not installed")
class CatalogTests(SimpleTestCase):
    def each(self):
        for language in LANGUAGES:
            with self.subTest(language=language):
                yield language, messages().read(language)

    def test_these_languages_are_there(self):
        self.assertEqual(messages().languages(), LANGUAGES)

    def test_every_text_of_readers_pages_is_translated_and_no_other_is_kept(self):
        wanted = {(m.context, m.id) for m in messages().found() if m.id}
        self.assertGreater(len(wanted), 80)
        for _language, catalog in self.each():
            said = {(m.context, m.id) for m in catalog if m.id and messages().is_said(m)}
            self.assertEqual(wanted - said, set(), "run `make messages` and translate these")
            self.assertEqual(said - wanted, set(), "run `make messages`: nobody says these")

    def test_nothing_is_a_guess(self):
        for _language, catalog in self.each():
            self.assertEqual([m.id for m in catalog if m.fuzzy and m.id], [])

    def test_what_is_compiled_is_what_is_written(self):
        for language, catalog in self.each():
            path = messages().path_of(language).with_suffix(".mo")
            built = gettext.GNUTranslations(io.BytesIO(messages().compiled(catalog)))
            with path.open("rb") as stream:
                stored = gettext.GNUTranslations(stream)
            self.assertEqual(stored._catalog, built._catalog, "run `make messages`")

    def test_what_is_filled_in_is_the_same_in_every_language(self):
        for _language, catalog in self.each():
            for message in catalog:
                ids, said = strings(message)
                for text in said if message.id else ():
                    if len(ids) == 1:
                        self.assertEqual(fields(text), fields(ids[0]), text)
                    else:  # "one page" need not say the number
                        self.assertLessEqual(set(fields(text)), set(fields(ids[0])), text)

    def test_a_text_begins_and_ends_as_the_original_does(self):
        for _language, catalog in self.each():
            for message in catalog:
                for text in strings(message)[1] if message.id else ():
                    self.assertEqual(text, text.strip())
                    self.assertEqual(text.endswith("…"), str(message.id).endswith("…"), text)

    def test_every_number_has_its_form(self):
        for language, catalog in self.each():
            for message in catalog:
                if isinstance(message.id, tuple):
                    self.assertEqual(len(message.string), catalog.num_plurals, language)


class TemplateTests(SimpleTestCase):
    """What is not marked for translation would stay English, and no catalog would tell."""

    SAID = re.compile(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", re.DOTALL)
    COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
    CLASS = re.compile(r"{% block kind %}.*?{% endblock %}")
    TOLD = re.compile(r'\b(?:title|alt|aria-label|placeholder)="([^"]*)"')
    FILLED = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)

    def left(self, source):
        """The words of a template that nobody can translate."""
        source = self.COMMENT.sub("", self.SAID.sub("", source))
        source = self.FILLED.sub("", self.CLASS.sub("", source))
        text = " ".join([strip_tags(source), *self.TOLD.findall(source)])
        return set(re.findall(r"[A-Za-z]{2,}|\b[A-Z]\b", re.sub(r"&\w+;", "", text))) - NAMES

    def test_this_test_sees_words(self):
        source = '<p title="One">{% translate "Two" %} three {{ four }}</p><!--five-->'
        self.assertEqual(self.left(source), {"One", "three"})

    def test_no_template_of_readers_has_words_of_its_own(self):
        top = TOP / "templates"
        paths = [*top.glob("articles/**/*.html"), *top.glob("[0-9]*.html")]
        self.assertGreater(len(paths), 25)
        for path in paths:
            with self.subTest(template=path.name):
                self.assertEqual(self.left(path.read_text("utf-8")), set())


@skipUnless(IS_THERE, "Babel is not installed")
class PageTests(ReaderTestCase):
    """The pages themselves. The stories say nothing that is a text of ours."""

    def made(self):
        """A newsroom whose stories were published in the language it has now."""
        said = Correction(at=timezone.now(), text="Qz.", kind="editors-note")
        words = {
            "headline": "Qz",
            "standfirst": "Qz.",
            "key_points": (),
            "categories": ("Qa/Qb",),
            "tags": ("qz",),
            "byline": "",
            "language": "qz",
            "body": (TextBlock(html="<p>Qz.</p>"), CaptionBlock(media=Media(file="qz.jpg"))),
        }
        film = CaptionBlock(kind="video", media=Media(url="https://vimeo.com/123456789"))
        related = (RelatedPost(headline="Qz elsewhere"),)
        words["first_published_at"] = timezone.now() - HOUR * 99
        more = {**words, "lead": film, "related": related, "corrections": (said,)}
        stories = live(
            *(dated(HOUR * n, number=n, **(more if n == 1 else words)) for n in range(60))
        )
        gone = withdrawn(dated(HOUR, number=99, **words))
        return stories[1].path, gone.path

    def texts_of(self, path, status):
        page = self.page(path, status)
        names = ("title", "alt", "aria-label", "placeholder", "data-play", "data-done")
        told = [
            value
            for node in page.css("*")
            for name, value in node.attributes.items()
            if name in names and value
        ]
        for node in page.css("script, style"):
            node.decompose()
        return " | ".join([*(node.text() for node in page.css("title")), page.body.text(), *told])

    def check(self, language):
        texts = {m.id if isinstance(m.id, str) else m.id[0] for m in messages().found() if m.id}
        said = {m.id: m.string for m in messages().read(language)}
        # One word may be a word of that language, too.
        english = {text for text in texts if " " in text and said.get(text) != text}
        with override_settings(LANGUAGE_CODE=language):
            story, gone = self.made()
            month, day = f"/archive{story[:9]}", f"/archive{story[:12]}"
            older = "/" + self.page("/").css_first("a[rel=next]").attributes["href"]
            pages = {story: 200, gone: 410, "/no/": 404, "/": 200, older: 200, month: 200, day: 200}
            lists = (
                "/qa/ /qa/qb/ /tag/qz/ /archive/ /corrections/ /search/ /search/?q=zq /search/?q=qz"
            )
            lists += " /qa/?video=1&since=2020-01-01&sort=oldest /qa/?tag=zq"
            for path, status in {**pages, **dict.fromkeys(lists.split(), 200)}.items():
                with self.subTest(path=path):
                    told = self.texts_of(path, status)
                    self.assertEqual([text for text in english if text in told], [])
                    html = self.page(path, status).css_first("html").attributes
                    way = "rtl" if language in ("ar", "fa") else "ltr"
                    self.assertEqual((html["lang"], html["dir"]), (language, way))

    def test_no_page_says_anything_in_english_where_the_site_is_arabic(self):
        self.check("ar")

    def test_nor_where_it_is_german(self):
        self.check("de")

    def test_nor_where_it_is_spanish(self):
        self.check("es")

    def test_nor_where_it_is_persian(self):
        self.check("fa")

    def test_nor_where_it_is_french(self):
        self.check("fr")


class WordTests(ReaderTestCase):
    @override_settings(LANGUAGE_CODE="de")
    def test_german(self):
        at = datetime(2024, 3, 5, 12, 30, tzinfo=UTC)
        said = Correction(at=at, text="Es waren sechs.", kind="clarification")
        (article,) = live(
            dated(HOUR, published_at=at, first_published_at=at, corrections=(said,), language="de")
        )
        page = self.page(article.path)
        self.assertEqual(page.css_first("time.published").text(), "5. März 2024 12:30 UTC")
        self.assertEqual(page.css_first(".corrections h2").text(), "Korrekturen")
        self.assertEqual(page.css_first(".corrections .kind").text(), "Klarstellung · 5. März 2024")
        self.assertEqual(self.texts("/archive/2024/03/", "h1"), ["März 2024"])
        self.assertIn("Die neuesten Meldungen", self.get("/feed/").content.decode())
        self.assertEqual(self.page("/no/", 404).css_first("p a").text(), "Zur Startseite")

    @override_settings(LANGUAGE_CODE="ar")
    def test_arabic_days_are_written_in_arabic(self):
        at = datetime(2024, 3, 5, 12, 30, tzinfo=UTC)
        (article,) = live(dated(HOUR, published_at=at, first_published_at=at, language="ar"))
        page = self.page(article.path)
        self.assertEqual(page.css_first("time.published").text(), "5 مارس 2024، 12:30 UTC")

    @override_settings(LANGUAGE_CODE="fr")
    def test_the_page_of_an_error_is_translated_too(self):
        self.client.raise_request_exception = False
        logging.getLogger("django.request").setLevel(logging.CRITICAL)
        with patch("articles.views.lists.reading.front_of", side_effect=RuntimeError):
            page = self.page("/", 500)
        self.assertEqual(page.css_first("html").attributes["lang"], "fr")
        self.assertEqual(page.css_first("h1").text(), "Une erreur est survenue ici")
