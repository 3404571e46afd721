"""The pictures of these pages, taken from the newsroom that `make demo` makes.

python docs/screenshots.py http://127.0.0.1:8000 USER PASSWORD [NAME…]

USER has to be a superuser. It leaves traces there: two edits that wait to be merged, a front.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from articles.tests import chromium  # noqa: E402

PHONE, TABLET, DESKTOP = (390, 844), (768, 1024), (1280, 900)
SHOTS: dict[str, Callable[[Desk], None]] = {}


def shot(taker: Callable[[Desk], None]) -> Callable[[Desk], None]:
    """`a_front` takes `editors/pictures/a-front.webp`."""
    SHOTS[taker.__name__.replace("_", "-")] = taker
    return taker


class Desk:
    """A browser, and where its pictures go."""

    def __init__(self, browser: Browser, told: argparse.Namespace):
        self.browser, self.told = browser, told
        self.admin = f"{told.site}/{told.admin}"
        self.cookies: list = []
        page = self.page(DESKTOP)
        page.goto(self.admin)
        page.fill("#id_username", told.user)
        page.fill("#id_password", told.password)
        page.click("[type=submit]")
        page.locator("#user-tools").wait_for()
        self.cookies = page.context.cookies()

    def page(self, size: tuple[int, int], **options) -> Page:
        width, height = size
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        context.add_cookies(self.cookies)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def open(self, path: str, size=DESKTOP) -> Page:
        page = self.page(size)
        page.goto(self.admin + path)
        return page

    def story(self, headline: str) -> str:
        """The path of a story's form."""
        page = self.open(f"articles/article/?q={headline}")
        link = page.locator("#result_list tbody th a").first.evaluate("element => element.pathname")
        return link.partition(self.told.admin)[2]

    def keep(self, page: Page, name: str, height: int | None = None, top: float = 0) -> None:
        """From `top` down, `height` pixels of the page."""
        page.wait_for_timeout(700)
        size = page.viewport_size
        clip = {"x": 0, "y": top, "width": size["width"], "height": height or size["height"]}
        data = page.screenshot(full_page=True, clip=clip)
        file = DOCS / name
        file.parent.mkdir(exist_ok=True)
        Image.open(io.BytesIO(data)).convert("RGB").save(file, quality=80, method=6)
        print(f"{file.relative_to(DOCS)}  {file.stat().st_size / 1000:.0f} kB", flush=True)

    def picture(self, page: Page, name: str, **cut) -> None:
        self.keep(page, f"editors/pictures/{name}.webp", **cut)


# The editors' handbook


@shot
def form(desk: Desk) -> None:
    page = desk.open(desk.story(desk.told.story))
    page.locator(".tabs.regions .tab.active").wait_for()
    desk.picture(page, "form")


@shot
def block(desk: Desk) -> None:
    page = desk.open(desk.story(desk.told.photo))
    page.locator(".tabs.regions .tab").nth(1).click()
    picture = page.locator(".order-machine img[src*='__processed__']:visible").last
    picture.scroll_into_view_if_needed()
    top = picture.evaluate("element => element.getBoundingClientRect().top + scrollY")
    desk.picture(page, "block", top=max(0, top - 200), height=610)


@shot
def conflict(desk: Desk) -> None:
    path = desk.story(desk.told.story)
    both = [desk.open(path), desk.open(path)]
    for page, words in zip(both, ["and stays for the night", "and leaves at noon"], strict=True):
        headline = page.locator("#id_headline")
        headline.fill(f"{headline.input_value()} {words}")
    for page in both:
        with page.expect_navigation():
            page.locator(".submit-row [name=_continue]").click()
    desk.picture(both[1], "conflict")


@shot
def schedule(desk: Desk) -> None:
    path = desk.story(desk.told.other)
    desk.picture(desk.open(path.replace("change", "schedule")), "schedule")


@shot
def library(desk: Desk) -> None:
    desk.picture(desk.open("articles/photo/"), "library")


@shot
def compare(desk: Desk) -> None:
    page = desk.open(desk.story(desk.told.story).replace("change", "history"))
    page.locator("form button[type=submit], form input[type=submit]").last.click()
    page.wait_for_load_state()
    desk.picture(page, "compare")


@shot
def front(desk: Desk) -> None:
    page = desk.open("articles/front/")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_load_state()
    desk.picture(page, "front")


@shot
def list(desk: Desk) -> None:
    desk.picture(desk.open("articles/article/"), "list")


@shot
def item(desk: Desk) -> None:
    page = desk.open("articles/importitem/")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_load_state()
    below = page.get_by_role("heading", name="What came").first
    top = below.evaluate("element => element.getBoundingClientRect().top + scrollY")
    # The line above it tells where the file lies on whatever machine this is.
    desk.picture(page, "item", top=top - 10, height=640)


@shot
def dashboard(desk: Desk) -> None:
    desk.picture(desk.open(""), "dashboard")


# What readers see


@shot
def readers(desk: Desk) -> None:
    desk.cookies = []
    for scheme in ("light", "dark"):
        for size in (PHONE, TABLET, DESKTOP):
            page = desk.page(size, color_scheme=scheme)
            page.goto(f"{desk.told.site}/")
            desk.keep(page, f"screenshots/front-{size[0]}-{scheme}.webp", height=2 * size[1])
            page.locator("main a[href^='/20']").first.click()
            page.wait_for_load_state()
            desk.keep(page, f"screenshots/story-{size[0]}-{scheme}.webp", height=2 * size[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site")
    parser.add_argument("user")
    parser.add_argument("password")
    parser.add_argument("names", nargs="*", choices=[[], *SHOTS], help="Only these.")
    parser.add_argument("--admin", default="admin/")
    parser.add_argument("--story", default="ferry", help="A word of the story that is shown.")
    parser.add_argument("--photo", default="rungs", help="One with a photo in its text.")
    parser.add_argument("--other", default="storm", help="A word of a story that is scheduled.")
    told = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.FLAGS, headless=True
        )
        desk = Desk(browser, told)
        for name in told.names or SHOTS:
            SHOTS[name](desk)
        browser.close()


if __name__ == "__main__":
    main()
