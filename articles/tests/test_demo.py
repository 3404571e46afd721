"""manage.py demo: a newcomer types one command and sees a newsroom."""

import re
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import TestCase, override_settings
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from articles import publishing, revisions
from articles.demo import samples
from articles.models import (
    Article,
    Caption,
    Category,
    ImportRun,
    Origin,
    Photo,
    RelatedPost,
    Version,
    Video,
)

TWIN = "ostmere-vallenor-strait-watch"


def quick(name, size=None):
    """Instead of a painting: a small sheet in a colour of its own."""
    shades = [sum(name.encode()[start::3]) % 256 for start in range(3)]
    return Image.new("RGB", (64, 40), tuple(shades))


def demo():
    """What the command prints."""
    out = StringIO()
    call_command("demo", stdout=out, stderr=StringIO())
    return out.getvalue()


@override_settings(DEBUG=True)
class DemoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        folder = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(MEDIA_ROOT=folder, DEBUG=True))
        cls.enterClassContext(patch("articles.demo.pictures.draw", quick))
        cls.enterClassContext(patch("articles.demo.films.poster", quick))
        cls.media = Path(folder) / "demo"
        cls.printed = demo()

    def test_a_recording_and_a_document_are_there_for_readers(self):
        for path, kind in (
            ("/2025/12/21/carol-for-choir-and-foghorn/", "audio"),
            ("/2026/11/19/shipyard-six-electric-ferries/", "a.download[type='application/pdf']"),
        ):
            page = LexborHTMLParser(self.client.get(path).content)
            (figure,) = page.css("figure.attachment")
            self.assertIsNotNone(figure.css_first(kind), path)
            address = figure.css_first("a.download").attributes["href"]
            sent = b"".join(self.client.get(address))
            self.assertTrue(sent.startswith(b"%PDF-") or b"ftypM4A" in sent[:12], path)

    def test_everything_arrives_through_the_importer(self):
        self.assertIn("50 created", self.printed)
        self.assertNotIn("refused", self.printed)
        self.assertEqual(ImportRun.objects.count(), 1)
        self.assertEqual(Article.objects.count(), 50)
        self.assertEqual(Version.objects.live().count(), 48)

    def test_a_second_run_doubles_nothing_and_keeps_the_password_to_itself(self):
        before = [model.objects.count() for model in (Article, Version, Photo, Video, ImportRun)]
        printed = demo()
        self.assertIn("50 unchanged", printed)
        self.assertIn("changepassword", printed)
        after = [model.objects.count() for model in (Article, Version, Photo, Video, ImportRun)]
        self.assertEqual(after, before)
        self.assertEqual(samples.missing(self.media), [])

    def test_the_editor_can_log_in_with_the_password_that_was_printed(self):
        password = re.search(r"^Password +(\S+) ", self.printed, re.M)[1]
        self.assertGreaterEqual(len(password), 12)
        editor = get_user_model().objects.get(username="editor")
        self.assertTrue(editor.check_password(password))
        self.assertTrue(editor.is_superuser)
        self.assertIn("http://", self.printed)

    def test_the_front_is_arranged_and_no_story_stands_on_it_twice(self):
        page = LexborHTMLParser(self.client.get("/").content.decode())
        found = page.css("main :is(.card h2, .card h3) a, main .latest .headline")
        addresses = [link.attributes["href"] for link in found]
        self.assertEqual(len(addresses), len(set(addresses)))
        headlines = [link.text() for link in found]
        self.assertEqual(headlines[0], "Premier calls early election for 21 January")
        self.assertIn("What is the time on the islands?", headlines)
        names = [name.text() for name in page.css("main section > h2")]
        self.assertEqual(names[:5], ["Latest", "Opinion", "World", "Culture", "Science"])

    def test_the_desk_shows_a_draft_and_a_schedule(self):
        draft = Article.objects.get(source_id="hg-draft-north-quay")
        self.assertEqual(draft.versions.count(), 0)
        planned = Article.objects.get(source_id="hg-embargo-tidal-barrier")
        self.assertEqual(planned.versions.get().visible_from.year, 2027)
        for article in (draft, planned):
            self.assertNotContains(self.client.get("/"), article.headline)

    def test_every_picture_is_there_and_every_film_has_its_poster(self):
        self.assertEqual(Caption.objects.filter(photo=None, video=None, attachment=None).count(), 0)
        self.assertEqual(Video.objects.filter(poster=None).count(), 0)
        self.assertEqual(Video.objects.count(), 5)
        names = Origin.objects.values_list("words", flat=True)
        self.assertIn(f"{samples.SOURCE}|{TWIN}/1.jpg", names)

    def test_every_related_headline_found_its_story(self):
        self.assertEqual(list(RelatedPost.objects.filter(post=None)), [])

    def test_the_twin_of_the_first_page_is_public_with_every_part_in_place(self):
        address = Article.objects.get(source_id=TWIN).path
        self.assertRegex(address, "^/2026/11/20/ostmere-and-vallenor-promise-")
        page = self.client.get(address).content.decode()
        for part in (
            'class="categories"',
            'class="lead',
            'class="video-title"',
            "close-video",
            'class="key-points"',
            'class="related"',
            'class="credit"',
            'class="share"',
            'class="recent-posts"',
        ):
            self.assertIn(part, page)
        self.assertIn("Ostmere Foreign Ministry via Coastwire", page)
        self.assertNotIn('class="published"', page)  # nobody knows when it was
        self.assertNotIn("missing", page)

    def test_stories_in_other_languages_say_so(self):
        for source_id, language, direction in (
            ("hg-2026-09-18-singende-bruecke", "de", "ltr"),
            ("hg-2026-09-09-book-ship", "ar", "rtl"),
        ):
            page = self.client.get(Article.objects.get(source_id=source_id).path)
            self.assertRegex(
                page.content.decode(), f'<article[^>]* lang="{language}" dir="{direction}"'
            )

    def test_links_in_the_text_lead_to_pages_that_exist(self):
        body = "".join(self.page(story.source_id) for story in samples.stories()[:1])
        links = set(re.findall(r'<p>[^\n]*?<a href="(/2[^"]+)"', body))
        self.assertTrue(links)
        for link in links:
            self.assertEqual(self.client.get(link).status_code, 200, link)

    def page(self, source_id):
        return self.client.get(Article.objects.get(source_id=source_id).path).content.decode()

    def test_sections_stand_in_the_order_of_the_paper(self):
        top = Category.objects.filter(parent=None).order_by("position", "name")
        self.assertEqual([category.name for category in top], list(samples.SECTIONS))

    def test_what_an_editor_changed_or_moved_stays(self):
        editor = get_user_model().objects.get(username="editor")
        article = Article.objects.get(source_id="night-bakery")
        article.headline = "The bakery, as an editor would have it"
        article.save()
        revisions.record(article, by=editor)
        publishing.publish(article, by=editor)
        Category.objects.filter(name="Food").update(position=1)
        self.assertIn("49 unchanged, 1 held", demo())
        self.assertContains(self.client.get(article.path), "as an editor would have it")
        self.assertEqual(Category.objects.get(name="Food").position, 1)


class RefusalTests(TestCase):
    @override_settings(DEBUG=False)
    def test_a_real_newsroom_is_left_alone(self):
        with self.assertRaisesMessage(CommandError, "DEBUG=1"):
            demo()
        self.assertEqual(Article.objects.count(), 0)
        self.assertFalse(get_user_model().objects.exists())

    @override_settings(DEBUG=True)
    def test_without_tables_it_says_so_before_it_draws(self):
        asked = patch("django.db.models.QuerySet.exists", side_effect=OperationalError("no table"))
        with asked, self.assertRaisesMessage(CommandError, "manage.py migrate"):
            demo()
