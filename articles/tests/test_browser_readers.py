"""Readers' pages for everybody: by keyboard, enlarged, on paper, without scripts, to a reader of
screens. Each kind of page once; all of it in every light and size is for the torture tests."""

from django.core.cache import cache
from django.test import override_settings, tag

from . import readers
from .browser import DESKTOP, PHONE, BrowserTestCase
from .test_browser_axe import AXE

COLOURS = ["color-contrast"]
ENLARGED = (320, 256)  # what is left of 1280 × 1024 at 400 %
# Every rule that axe has but those it tries out, so also the one for what is hard to hit.
RUN = """async (only) => {
    const some = only.length ? {runOnly: only} : {rules: {"target-size": {enabled: true}}}
    const {violations} = await axe.run(document, {resultTypes: ["violations"], ...some})
    return violations.flatMap(({id, impact, nodes}) => nodes.map(({target, any, html}) =>
        `${id} (${impact}) ${target.join(" ")} ${any.map(({message}) => message)} ${html}`))
}"""
# WCAG 1.4.12, as a reader's own style sheet has it.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }"""
# Words that stand in a box which cuts them off; a box that scrolls does not, nor one that says
# with an ellipsis that there is more.
CUT = """() => [...document.querySelectorAll("body *")].filter((box) => {
    const style = getComputedStyle(box);
    if (!box.checkVisibility() || !box.innerText || style.clipPath !== "none") return false;
    const cuts = (way) => ["hidden", "clip"].includes(style[way]);
    const clamped = style.webkitLineClamp !== "none";
    return cuts("overflowY") && !clamped && box.scrollHeight > box.clientHeight + 1
        || cuts("overflowX") && box.scrollWidth > box.clientWidth + 1;
}).map((box) => box.outerHTML.slice(0, 120))"""
WIDER = """() => {
    const width = document.documentElement.clientWidth;
    return document.documentElement.scrollWidth <= width ? [] :
        [...document.querySelectorAll("body *")]
            .filter((box) => box.getBoundingClientRect().right > width + 1)
            .map((box) => box.outerHTML.slice(0, 120)).slice(-5);
}"""
MOVING = """() => document.getAnimations().map((one) => one.effect.target.outerHTML.slice(0, 99))
    .concat([...document.querySelectorAll("body, body *")].filter((box) => {
        if (!box.checkVisibility()) return false;
        const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(box);
        return transitionDuration.split(",").some((time) => parseFloat(time) > 0.01)
            || animationName !== "none" || scrollBehavior === "smooth";
    }).map((box) => box.outerHTML.slice(0, 99)))"""
# {width of the window: [(what `sizes` says in px, how wide the picture is)]}, of all that are seen.
SIZES = """() => [...document.querySelectorAll("main img[srcset]")]
    .filter((img) => img.checkVisibility())
    .map((img) => {
        const part = img.sizes.split(/,(?![^(]*\\))/).map((part) => part.trim()).find((part) => {
            const condition = part.match(/^(\\(.*\\))\\s+\\S+$/);
            return !condition || matchMedia(condition[1]).matches;
        });
        const length = part.replace(/^\\(.*\\)\\s+/, "");
        const probe = document.createElement("div");
        probe.style.cssText = `position: absolute; inline-size: ${length}`;
        document.body.append(probe);
        const told = probe.getBoundingClientRect().width;
        probe.remove();
        const box = img.getBoundingClientRect();
        // `object-fit: cover` enlarges a picture until it fills a box of another shape.
        const cover = getComputedStyle(img).objectFit === "cover";
        const shape = img.naturalWidth / img.naturalHeight;
        const needed = cover ? Math.max(box.width, 0.85 * box.height * shape) : box.width;
        return [told, needed, img.closest("figure, article").className, img.sizes];
    })"""


class ReadersTestCase(BrowserTestCase):
    language = "en"

    def setUp(self):
        super().setUp()
        cache.clear()
        self.enterContext(override_settings(LANGUAGE_CODE=self.language))
        self.paths = readers.open_site(self.language)
        for status in ("404", "410", "429", "500"):
            self.expect_console(status)

    def opened(self, size, **options):
        page = self.open(size, **options)
        readers.stand_in(page.context)
        return page

    def look_at_all(self, look, page):
        """`look(what)` at every kind of page; the fronts twice, by themselves and by hand."""
        for what, path in self.paths.items():
            page.goto(path)
            look(what)
        for what, path in readers.arrange().items():
            cache.clear()
            page.goto(path)
            look(what)


class AxeTests(ReadersTestCase):
    def axe(self, page, rules=()):
        page.evaluate(AXE)
        return page.evaluate(RUN, [*rules])

    def sweep(self, size, scheme, rules=()):
        page, found = self.opened(size, color_scheme=scheme, reduced_motion="reduce"), []

        def look(what):
            found.extend(f"{what}: {wrong[:400]}" for wrong in self.axe(page, rules))

        self.look_at_all(look, page)
        self.assertEqual(found, [], "\n".join(found))

    def test_axe_finds_nothing_on_any_page_by_day(self):
        self.sweep(PHONE, "light")

    def test_every_colour_can_be_read_by_night(self):
        self.sweep(PHONE, "dark", COLOURS)

    @tag("torture")
    def test_axe_finds_nothing_on_a_desk_by_day(self):
        self.sweep(DESKTOP, "light")

    @tag("torture")
    def test_axe_finds_nothing_by_night(self):
        self.sweep(PHONE, "dark")

    @tag("torture")
    def test_axe_finds_nothing_on_a_desk_by_night(self):
        self.sweep(DESKTOP, "dark")


class ArabicTests(AxeTests):
    """A newsroom that writes from right to left."""

    language = "ar"

    @tag("torture")
    def test_axe_finds_nothing_on_any_page_by_day(self):
        super().test_axe_finds_nothing_on_any_page_by_day()

    @tag("torture")
    def test_every_colour_can_be_read_by_night(self):
        super().test_every_colour_can_be_read_by_night()

    def test_a_page_is_read_from_the_right(self):
        page = self.opened(PHONE)
        for what in ("front", "story"):
            page.goto(self.paths[what])
            found = page.evaluate("document.documentElement.outerHTML.slice(0, 40)")
            self.assertIn('lang="ar" dir="rtl"', found)
            self.assertEqual(self.axe(page), [])


class LayoutTests(ReadersTestCase):
    def test_enlarged_four_times_no_page_scrolls_sideways(self):
        page = self.opened(ENLARGED)
        self.look_at_all(lambda what: self.assertEqual(page.evaluate(WIDER), [], what), page)

    def test_words_set_wider_apart_are_not_cut_off(self):
        page = self.opened(PHONE)

        def look(what):
            # Not `add_style_tag`, which the policy forbids.
            page.evaluate(
                """(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
                document.adoptedStyleSheets = [sheet]; }""",
                SPACED,
            )
            self.assertEqual(page.evaluate(CUT), [], what)
            self.assertEqual(page.evaluate(WIDER), [], what)

        self.look_at_all(look, page)

    def test_nothing_moves_for_who_wants_nothing_to_move(self):
        page = self.opened(DESKTOP, reduced_motion="reduce")
        for what in ("front", "story"):
            page.goto(self.paths[what])
            self.assertEqual(page.evaluate(MOVING), [], what)

    def test_pictures_are_as_wide_as_sizes_says(self):
        """Too small a promise makes them blurred, too large a one makes them slow."""
        for size in (PHONE, (768, 1024), DESKTOP):
            page = self.opened(size)
            seen = 0
            for what in ("front", "category", "story", "story, photo"):
                page.goto(self.paths[what])
                page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
                page.wait_for_load_state("networkidle")
                for told, needed, place, sizes in page.evaluate(SIZES):
                    seen += 1
                    where = f"{what} at {size[0]}: {place}: {sizes} is {told}, shown at {needed}"
                    self.assertLessEqual(needed, told * 1.1, where)
                    self.assertLessEqual(told, needed * 1.4 + 16, where)
            self.assertGreater(seen, 4)


class JourneyTests(ReadersTestCase):
    def focus(self, page):
        """What the keyboard is at, in short."""
        return page.evaluate(
            """() => { const at = document.activeElement;
            return [at.tagName.toLowerCase(), at.className, at.closest("[class]")?.className,
                    at.closest("nav, section, figure, footer, aside")?.className || ""]; }"""
        )

    def test_a_story_is_walked_through_by_keyboard_alone(self):
        page = self.opened(DESKTOP)
        page.goto(self.paths["story"])
        page.keyboard.press("Tab")
        self.assertIn("skip", self.focus(page))
        places = []
        for _ in range(120):
            page.keyboard.press("Tab")
            at = self.focus(page)
            if at[0] == "body":
                break
            seen = page.evaluate(
                """() => { const at = document.activeElement, box = at.getBoundingClientRect();
                const style = getComputedStyle(at), card = at.closest(".card");
                const ring = (one) => one && getComputedStyle(one).outlineStyle !== "none";
                return {inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
                        ring: ring(at) || ring(card) || at.matches("audio, video")}; }"""
            )
            self.assertEqual(seen, {"inside": True, "ring": True}, at)
            if at[3] not in places:
                places.append(at[3])
            if "play" in at[1] and at[0] == "button" and "lead" in at[3]:
                page.keyboard.press("Enter")
                self.assertEqual(self.focus(page)[0], "video")
                page.locator("figure.lead .close-video").focus()
                page.keyboard.press("Enter")
                self.assertIn("play", self.focus(page)[1])
                self.assertFalse(page.locator("figure.lead video").is_visible())
        wanted = ["sections", "categories", "lead", "picture", "share", "recent-posts", "more"]
        met = [word for place in places for word in wanted if word in place.split()]
        self.assertEqual(list(dict.fromkeys(met)), wanted)

    def test_on_paper_there_is_the_story_in_black_and_where_its_links_lead(self):
        page = self.opened(DESKTOP, color_scheme="dark")
        page.emulate_media(media="print", color_scheme="dark")
        page.goto(self.paths["story"])
        for css in (".sections", ".site-foot", ".share", ".recent-posts", ".close-video", ".skip"):
            self.assertEqual(page.locator(f"{css}:visible").count(), 0, css)
        for css in ("h1", ".standfirst", ".body p", "figcaption"):
            style = page.locator(css).first.evaluate(
                "one => [one.checkVisibility(), getComputedStyle(one).color]"
            )
            self.assertTrue(style[0], css)
            channels = [int(part) for part in style[1].strip("rgb()").split(",")[:3]]
            self.assertLess(max(channels), 0x60, f"{css}: {style[1]}")
        told = page.locator('.body a[href^="https://pilots"]').evaluate(
            "one => getComputedStyle(one, '::after').content"
        )
        self.assertIn("https://pilots.example/plan", told)
        self.assertGreater(len(page.pdf()), 10_000)

    def test_on_paper_no_page_has_anything_to_press(self):
        page = self.opened(DESKTOP)
        page.emulate_media(media="print")
        for path in ("/search/?q=harbour&section=world", "/no/"):
            self.expect_console("404")
            page.goto(path)
            for css in (".search", ".narrow", ".chosen", ".pager"):
                self.assertEqual(page.locator(f"{css}:visible").count(), 0, (path, css))

    def test_without_scripts_and_without_styles_the_story_is_all_there_in_its_order(self):
        page = self.opened(PHONE, java_script_enabled=False)
        page.context.route("**/*.css", lambda route: route.abort())
        self.expect_console("ERR_FAILED")
        page.goto(self.paths["story"])
        story = page.locator("main").inner_text()
        words = [
            *("Coast", "Harbour opens its gate, and everybody comes", "Ships came in at dawn."),
            *("By Ines Roth", "The light", "Forty ships.", "At six", "The pilot boat."),
            *("PILOTS ASK FOR A SECOND BOAT", "The mast.", "We waited a year.", "The light again"),
            *("The plan", "The pilot speaks", "Then they went home.", "It was six, not five."),
            *("harbour", "Once more.", "E-mail", "Recent posts"),
        ]
        at = 0
        for one in words:
            self.assertIn(one, story[at:], "not there, or not in this place")
            at = story.index(one, at)
        for css in (".share-sheet", ".share-copy", ".close-video"):
            self.assertEqual(page.locator(f"{css}:visible").count(), 0, css)

    def test_a_page_kept_as_a_file_can_be_read(self):
        online = self.opened(DESKTOP)
        online.goto(self.paths["story"])
        kept = online.content()
        page = self.open(DESKTOP, offline=True)
        self.expect_console("ERR_")
        page.set_content(kept)
        self.assertIn("Then they went home.", page.locator("article").inner_text())
        self.assertTrue(page.locator("h1").is_visible())
