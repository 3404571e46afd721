"""Readers' pages in a browser: with and without scripts, narrow and wide."""

import io
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.cache import cache
from PIL import Image

from articles import store
from articles.story import CaptionBlock, EmbedBlock, Media, TextBlock

from .browser import BrowserTestCase
from .newsroom import HOUR, dated, live
from .stories import a_full_story

FILM = Path(__file__).parents[1] / "samples" / "videos" / "lighthouse.webm"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikationsgelände " * 4
WIDE = "".join(f"<td><p>Column number {n}</p></td>" for n in range(12))


def a_picture(size=(1600, 1000)):
    data = io.BytesIO()
    Image.new("RGB", size, "#356").save(data, "JPEG")
    return data.getvalue()


def with_film(**changes):
    film = CaptionBlock(
        kind="video", title="The light", text="It turns.", media=Media(file="f.webm")
    )
    return dated(HOUR, lead=film, **changes)


def live_with_files(*stories):
    """These stories live, with a film `f.webm`, its poster and a picture `p.jpg`."""
    with TemporaryDirectory() as name:
        root = Path(name)
        (root / "f.webm").write_bytes(FILM.read_bytes())
        (root / "f.jpg").write_bytes(a_picture((1280, 720)))
        (root / "p.jpg").write_bytes(a_picture((1000, 1600)))
        items = [store.Item(story) for story in stories]
        store.save(items, store.Import(media_root=root))
    return [item.article.path for item in items]


class PageTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        cache.clear()

    def assertFits(self, page, path):
        """Nothing is wider than the window."""
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(width, page.viewport_size["width"], path)

    def test_no_page_is_wider_than_a_telephone(self):
        picture = CaptionBlock(text=LONG, media=Media(file="p.jpg"))
        table = TextBlock(html=f"<table><tbody><tr>{WIDE}</tr></tbody></table>")
        address = TextBlock(html=f"<p>https://example.org/{'a' * 300}</p>")
        hard = a_full_story(
            headline=LONG, standfirst=LONG, byline=LONG, body=(table, picture, address)
        )
        arabic = dated(HOUR, number=2, language="ar", headline="سفينة الكتب ترسو في ميناء")
        paths = live_with_files(hard, arabic, with_film(number=3))
        self.expect_console("404")
        for page in (self.phone(), self.open((768, 1024)), self.desktop()):
            for path in [*paths, "/", "/world/", "/archive/", "/corrections/", "/no/"]:
                self.assertFits(page, path)

    def test_a_film_opens_in_place_and_closing_it_gives_the_poster_back(self):
        (path,) = live_with_files(with_film())
        page = self.phone()
        page.goto(path)
        video, close = page.locator("figure.lead video"), page.locator("button.close-video")
        poster = page.locator("figure.lead button.play")
        self.assertEqual((video.is_visible(), close.is_visible()), (False, False))
        poster.click()
        self.until(lambda: video.evaluate("video => !video.paused && video.currentTime > 0"))
        self.assertFalse(poster.is_visible())
        close.click()
        self.assertTrue(video.evaluate("video => video.paused && video.currentTime === 0"))
        self.assertEqual(
            [video.is_visible(), close.is_visible(), poster.is_visible()], [False, False, True]
        )
        self.assertTrue(poster.evaluate("button => button === document.activeElement"))

    def test_a_film_is_opened_and_closed_from_the_keyboard(self):
        (path,) = live_with_files(with_film())
        page = self.desktop()
        page.goto(path)
        page.locator("figure.lead button.play").focus()
        page.keyboard.press("Enter")
        self.until(lambda: page.evaluate("document.activeElement.tagName") == "VIDEO")
        page.keyboard.press("Escape")
        self.assertTrue(page.locator("figure.lead button.play").is_visible())
        self.assertFalse(page.locator("figure.lead video").is_visible())

    def test_without_scripts_a_film_is_a_plain_player_and_everything_can_be_read(self):
        (path,) = live_with_files(with_film())
        page = self.desktop(java_script_enabled=False)
        page.goto(path)
        self.assertTrue(page.locator("figure.lead video[controls]").is_visible())
        self.assertFalse(page.locator("button.close-video").is_visible())
        self.assertFalse(page.locator("button.share-copy").is_visible())
        self.assertTrue(page.locator("section.share a", has_text="E-mail").is_visible())

    def test_a_film_elsewhere_is_loaded_only_when_asked_for_and_goes_away_again(self):
        embed = EmbedBlock(provider="youtube", url="https://youtu.be/abcdefghijk")
        (article,) = live(dated(HOUR, body=(embed,)))
        page = self.desktop()
        asked = []
        page.context.route(
            "https://www.youtube-nocookie.com/**",
            lambda route: (asked.append(route.request.url), route.fulfill(body="<p>film</p>")),
        )
        page.goto(article.path)
        page.wait_for_load_state("networkidle")
        self.assertEqual(asked, [])
        self.expect_console("request to another host: https://www.youtube-nocookie.com")
        page.locator("figure.embed a.play").click()
        frame = page.locator("figure.embed iframe")
        frame.wait_for()
        self.assertIn("allow-scripts", frame.get_attribute("sandbox"))
        page.frame_locator("figure.embed iframe").locator("p").wait_for()
        self.assertEqual(len(asked), 1)
        page.locator("figure.embed .close-video").click()
        self.assertEqual(frame.count(), 0)
        self.assertTrue(page.locator("figure.embed a.play").is_visible())

    def test_the_age_of_recent_posts_is_worked_out_in_the_browser(self):
        one, _two, _old = live(
            dated(HOUR),
            dated(14 * HOUR + timedelta(minutes=9), number=2),
            dated(timedelta(days=800), number=3),
        )
        page = self.desktop()
        page.goto(one.path)
        ages = page.locator(".recent-posts time").all_text_contents()
        self.assertEqual(ages, ["14 hours ago", "2 years ago"])
        plain = self.desktop(java_script_enabled=False)
        plain.goto(one.path)
        self.assertNotIn("ago", plain.locator(".recent-posts time").first.text_content())

    def test_a_story_is_shared_by_the_devices_own_sheet_and_as_a_copied_link(self):
        (article,) = live(dated(HOUR))
        page = self.desktop(permissions=["clipboard-read", "clipboard-write"])
        page.add_init_script(
            "navigator.share = (what) => { window.shared = what; return Promise.resolve(); }"
        )
        page.goto(article.path)
        canonical = page.locator("link[rel=canonical]").get_attribute("href")
        self.assertTrue(canonical.endswith(article.path))
        page.locator("button.share-sheet").click()
        self.assertEqual(page.evaluate("window.shared.url"), canonical)
        page.locator("button.share-copy").click()
        page.locator(".share-said", has_text="Copied").wait_for()
        self.assertEqual(page.evaluate("navigator.clipboard.readText()"), canonical)

    def test_the_first_key_leads_past_the_menu(self):
        (article,) = live(dated(HOUR))
        page = self.desktop()
        page.goto(article.path)
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.className"), "skip")
        page.keyboard.press("Enter")
        self.assertEqual(page.evaluate("document.activeElement.id"), "main")

    def test_a_page_reads_from_the_right_where_its_language_does(self):
        arabic = dated(HOUR, language="ar", headline="سفينة الكتب", key_points=("أولا",))
        (article,) = live(arabic)
        page = self.desktop()
        page.goto(article.path)
        heading = page.locator("h1")
        self.assertEqual(heading.evaluate("h => getComputedStyle(h).direction"), "rtl")
        self.assertEqual(
            page.locator(".share").evaluate("s => getComputedStyle(s).direction"), "ltr"
        )

    def test_colours_are_readable_by_day_and_by_night(self):
        (article,) = live(dated(HOUR))
        for scheme in ("light", "dark"):
            page = self.desktop(color_scheme=scheme)
            page.goto(article.path)
            for css in ("body", ".standfirst", ".meta", "nav.categories a", ".recent-posts, h1"):
                with self.subTest(scheme=scheme, css=css):
                    ink, paper = page.locator(css).first.evaluate(
                        "node => [getComputedStyle(node).color,"
                        " getComputedStyle(document.body).backgroundColor]"
                    )
                    self.assertGreaterEqual(contrast(ink, paper), 4.5)


def contrast(one, other):
    """WCAG's ratio of two colours written as rgb(…)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [int(part) / 255 for part in colour[4:-1].split(",")]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
