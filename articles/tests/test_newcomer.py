"""The first hour of somebody new: a dump in, a page out, a change, a publish, a withdrawal.

Through the real commands, the real log-in and the real forms.
"""

import json
import re
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError
from django.urls import reverse

from articles import publishing
from articles.demo import samples
from articles.models import Article
from articles.story import headline_key

from .attachedfiles import a_pdf, an_mp3
from .desk import a_picture, fields_of, trouble
from .newsroom import ReaderTestCase
from .test_docs import examples

TWIN = samples.PAGES / "ostmere-vallenor-strait-watch.txt"
GOLD = json.loads((samples.SAMPLES / "gold.json").read_text("utf-8"))[TWIN.name]
CAPTURED = ("--captured-at", "2024-01-29T20:00:00+00:00")
PASSWORD = "forty people, two horses"

# The contract: what a page that has everything is made of.
MARKUP = [
    *("article[lang][dir]", "nav.categories a", "h1", "p.standfirst", ".byline", ".dateline"),
    *("time.published[datetime]", "time.updated[datetime]"),
    *("figure.lead .video-title", "figure.lead figcaption .caption", "figure.lead .credit"),
    *("figure.lead button.close-video", "ul.key-points li", "div.body p", "div.body h2"),
    *("div.body figure.photo img", "div.body figure.photo figcaption .caption"),
    *("div.body figure.photo figcaption .credit", "div.body figure.missing"),
    *("div.body figure.gallery", "div.body aside.related a", "div.body blockquote.quote"),
    *("div.body figure.document a.download", "div.body figure.audio audio"),
    *("div.body figure.embed", "section.corrections li", "ul.tags a"),
    *("section.related-posts li > a.headline", "section.share a"),
    *("section.recent-posts li > a.headline", "section.recent-posts li > p.excerpt"),
    *("section.recent-posts li > time[datetime]", 'script[type="application/ld+json"]'),
]


def words(nodes):
    return [node.text(strip=True) for node in nodes]


class Newcomer(ReaderTestCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(TemporaryDirectory()))

    def import_dump(self, *arguments):
        """(exit status, the tally without the number of the run) of the command."""
        out, status = StringIO(), 0
        try:
            call_command("import_dump", *map(str, arguments), stdout=out, stderr=StringIO())
        except SystemExit as stop:
            status = stop.code
        return status, re.sub(r"^run \d+: ", "", out.getvalue().strip().splitlines()[-1])

    def put(self, name, data):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def others(self, headlines, day=28):
        """A dump of other stories, an hour apart, the first the newest."""
        lines = [
            {
                "source": "coastwire",
                "source_id": f"{day}-{number}",
                "pubstatus": "usable",
                "headline": headline,
                "published_at": f"2024-01-{day}T{20 - number}:00:00+00:00",
                "body": [{"type": "text", "html": f"<p>{headline}, it is said.</p>"}],
            }
            for number, headline in enumerate(headlines)
        ]
        dump = "\n".join(json.dumps(line) for line in lines)
        return self.put(f"others-{day}.jsonl", dump.encode())

    def log_in(self):
        """As the demo's editor would, by the form at the door."""
        User.objects.create_superuser("editor", password=PASSWORD)
        door = reverse("admin:login")
        fields = fields_of(self.client.get(door), "login-form")
        answer = self.client.post(door, {**fields, "username": "editor", "password": PASSWORD})
        self.assertRedirects(answer, reverse("admin:index"), fetch_redirect_response=False)

    def found_in_list(self, headline):
        """The form's address, from the list of articles."""
        page = self.page(reverse("admin:articles_article_changelist"))
        links = {a.text(strip=True): a.attributes["href"] for a in page.css("#result_list a")}
        return links[headline]

    def press(self, form, button, **changes):
        """Open a story's form, change these fields, press a button."""
        fields = fields_of(self.client.get(form))
        answer = self.client.post(form, {**fields, **changes, button: "1"})
        self.assertEqual(answer.status_code, 302, trouble(answer))
        return answer

    def act(self, form, name, **answers):
        """Go through the page of an act, such as “Withdraw…”."""
        address = form.replace("/change/", f"/{name}/")
        fields = fields_of(self.client.get(address), form_id=None)
        answer = self.client.post(address, {**fields, **answers})
        self.assertRedirects(answer, form, fetch_redirect_response=False)


class FirstHourTests(Newcomer):
    def test_the_first_hour(self):
        address = self.import_the_twin()
        self.look_at_the_page(address)
        self.log_in()
        form = self.found_in_list(GOLD["headline"])

        self.press(form, "_save", headline="One watch for the strait")
        self.assertEqual(self.texts(address, "h1"), [GOLD["headline"]])
        self.assertNotIn("One watch", self.get("/").content.decode())

        self.press(form, "_publish")
        self.assertEqual(self.texts(address, "h1"), ["One watch for the strait"])
        self.assertIn("One watch for the strait", self.texts("/", "h2 a"))

        status, tally = self.import_dump(TWIN, *CAPTURED)
        self.assertEqual((status, tally.split(",")[0]), (0, "1 held"))
        self.assertEqual(self.texts(address, "h1"), ["One watch for the strait"])

        self.act(form, "correct", kind="correction", text="Both ministers spoke.")
        self.assertIn("Both ministers spoke.", self.texts(address, "section.corrections li p"))

        self.act(form, "withdraw", why="It was never so.")
        self.assertEqual(self.get(address).status_code, 410)
        self.assertNotIn("One watch", self.get("/").content.decode())

    def import_the_twin(self):
        """Its address, after it and the stories that it names have come in."""
        related = self.others([headline.capitalize() for headline in GOLD["related"]], day=20)
        recent = self.others([headline for headline, *_ in GOLD["recent"]])
        self.put(f"media/{TWIN.stem}/1.jpg", a_picture(size=(160, 100), kind="JPEG"))
        status, tally = self.import_dump(
            TWIN, related, recent, *CAPTURED, "--media-root", self.folder / "media"
        )
        self.assertEqual((status, tally.split(",")[0]), (0, "9 created"))
        front = self.page("/")
        (address,) = {
            a.attributes["href"]
            for a in front.css("a")
            if a.attributes["href"].startswith("/2024/01/29/")
        }
        return address

    def look_at_the_page(self, address):
        page = self.page(address)
        lead, body = page.css_first("figure.lead"), page.css_first("div.body")
        ((caption, credit),) = GOLD["captions"]
        for css, wanted in {
            "article nav.categories a": GOLD["categories"],
            "article h1": [GOLD["headline"]],
            "figure.lead .video-title": [GOLD["lead"]["title"]],
            "figure.lead figcaption .caption": [GOLD["lead"]["caption"]],
            "ul.key-points li": GOLD["key_points"],
            "figure.photo figcaption .caption": [caption],
            "figure.photo figcaption .credit": [credit],
            "section.recent-posts li a.headline": [headline for headline, *_ in GOLD["recent"]],
        }.items():
            with self.subTest(css=css):
                self.assertEqual(words(page.css(css)), wanted)
        self.assertEqual(len(body.css("p")), GOLD["n_paragraphs"])
        self.assertEqual(len(lead.css("button.close-video")), 1)
        self.assertEqual(len(body.css("figure.photo img[src][width][height]")), 1)
        self.assertEqual(len(page.css("section.recent-posts li time[datetime]")), 6)
        self.assertTrue(page.css("section.share a"))
        self.assertEqual(page.css("time.published"), [])  # the page does not say when it was
        linked = [headline_key(text) for text in words(body.css("aside.related a[href]"))]
        self.assertEqual(linked, [headline_key(text) for text in GOLD["related"]])
        for text in GOLD["must_not"]:
            self.assertNotIn(text, body.text())
        data = json.loads(page.css_first('script[type="application/ld+json"]').text())
        self.assertEqual((data["@type"], data["headline"]), ("NewsArticle", GOLD["headline"]))


class EveryPartTests(Newcomer):
    def test_the_story_of_the_documentation_has_every_part_of_the_contracts_markup(self):
        (story,) = examples("story.md", "json")
        story = json.loads(story)
        related = [story["related"][0]["headline"], "Islands vote to keep their own time"]
        files = [block["media"]["file"] for block in story["body"] if block.get("media")]
        made = (a_picture(size=(160, 100)), a_pdf(), an_mp3())
        for name, data in zip(files, made, strict=True):
            self.put(f"media/{name}", data)
        dump = self.put("story.jsonl", json.dumps(story).encode())
        told = self.import_dump(self.others(related), dump, "--media-root", self.folder / "media")
        self.assertEqual((told[0], told[1].split(",")[0]), (0, "3 created"))
        article = Article.objects.get(source_id=story["source_id"])
        publishing.correct(article, by=None, text="Three horses.")

        page = self.page(article.path)
        self.assertEqual([css for css in MARKUP if not page.css(css)], [])
        self.assertEqual(words(page.css("h1")), [story["headline"]])
        self.assertEqual(words(page.css("section.corrections p"))[0], "Three horses.")
        self.assertNotIn("blink", page.html)


class StumbleTests(Newcomer):
    """What a newcomer gets wrong is told in a sentence."""

    def told(self, *arguments):
        """What the command says and leaves with when it does not even begin."""
        with self.assertRaises(CommandError) as raised:
            self.import_dump(*arguments)
        return str(raised.exception), raised.exception.returncode

    def test_pictures_and_films_beside_the_pages_are_no_trouble(self):
        self.put("dump/1.jpg", a_picture(kind="JPEG"))
        self.put("dump/2.png", a_picture())
        self.put("dump/film.webm", (samples.VIDEOS / "harbour.webm").read_bytes()[:5000])
        self.put(f"dump/{TWIN.name}", TWIN.read_bytes())
        status, tally = self.import_dump(self.folder / "dump", *CAPTURED)
        self.assertEqual((status, tally.split(", ")[:2]), (0, ["1 created", "3 not a dump"]))

    def test_a_report_that_cannot_be_written_is_told_before_anything_is_stored(self):
        told, status = self.told(TWIN, "--report", self.folder / "no" / "report.jsonl")
        self.assertEqual((told.rpartition(": ")[2], status), ("No such file or directory", 2))
        self.assertFalse(Article.objects.exists())

    def test_a_limit_is_one_story_or_more(self):
        for limit in ("0", "-1", "many"):
            with self.subTest(limit=limit):
                told, status = self.told(TWIN, f"--limit={limit}")
                self.assertIn("is no number of stories", told)
        self.assertEqual(self.import_dump(samples.PAGES, "--limit=2")[1].split(",")[0], "2 created")

    def test_a_database_without_tables_says_how_they_are_made(self):
        for error in (
            OperationalError("no such table: articles_article"),  # SQLite's words
            ProgrammingError('relation "articles_article" does not exist'),  # PostgreSQL's
        ):
            with patch("articles.store.save_what_fits", side_effect=error):
                told, status = self.told(TWIN)
            self.assertEqual(
                (told.rpartition(". ")[2], status), ("Run “manage.py migrate” first.", 1)
            )

    def test_a_media_folder_that_cannot_be_written_is_told_and_nothing_is_stored(self):
        self.put(f"media/{TWIN.stem}/1.jpg", a_picture("teal", kind="JPEG"))
        occupied = self.put("occupied", b"a file where the folder should be")
        with self.settings(MEDIA_ROOT=str(occupied)):
            told, status = self.told(TWIN, "--media-root", self.folder / "media")
        self.assertTrue(told.startswith("a file cannot be stored: "), told)
        self.assertEqual((status, Article.objects.count()), (1, 0))
