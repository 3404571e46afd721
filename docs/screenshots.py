"""The pictures in docs/screenshots, made anew: `make demo` in one terminal, in another

    PASSWORD=… .venv/bin/python docs/screenshots.py http://127.0.0.1:8000

with the password of the demo's editor. Needs a Chromium, as the browser tests do. The page of an
imported item is made where one is held: edit a sample story, and import a changed page of it.
"""

import io
import os
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from articles.tests import chromium  # noqa: E402

FOLDER = TOP / "docs" / "screenshots"
STORY = "/2026/11/20/premier-calls-early-election/"
STORIES = "/admin/articles/article/"
FORM = "Premier calls early election for 21 January"
DESKTOP, PHONE = (1280, 1500), (390, 1300)
# name, address (None: the form of a story), size, colours
SHOTS = [
    *[
        (f"{name}-{size[0]}-{colours}", address, size, colours)
        for name, address in (("front", "/"), ("story", STORY))
        for size in (DESKTOP, PHONE)
        for colours in ("light", "dark")
    ],
    ("form-1280-light", None, DESKTOP, "light"),
    ("form-1280-dark", None, DESKTOP, "dark"),
    ("form-390-light", None, PHONE, "light"),
    ("list-1280-light", STORIES, (1280, 1000), "light"),
    ("arranging-1280-light", "/admin/articles/front/1/change/", DESKTOP, "light"),
]
ITEM, HELD = "item-1280-light", "/admin/articles/importitem/?outcome__exact=held"
LARGEST = 240_000  # bytes


def main(site, password):
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        session = log_in(browser, site, password)
        form = first_in(browser, site, session, f"{STORIES}?q={FORM.replace(' ', '+')}")
        item = first_in(browser, site, session, HELD)
        shots = [*SHOTS, (ITEM, item, DESKTOP, "light")] if item else SHOTS
        for name, address, (width, height), colours in shots:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                device_scale_factor=2 if width == PHONE[0] else 1,
                color_scheme=colours,
                storage_state=session if address is None or "admin" in address else None,
            )
            page.goto(site + (address or form), wait_until="networkidle")
            store(FOLDER / f"{name}.webp", page.screenshot())
            page.close()
        browser.close()


def log_in(browser, site, password):
    """The cookies of the editor."""
    page = browser.new_page()
    page.goto(f"{site}/admin/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", password)
    page.click("input[type=submit]")
    page.wait_for_selector("#content-main")
    return page.context.storage_state()


def first_in(browser, site, session, address):
    """The address of what stands first in a list of the desk; None where it is empty."""
    page = browser.new_page(storage_state=session)
    page.goto(site + address)
    first = page.query_selector("#result_list tbody th a")
    return first and first.get_attribute("href")


def store(path, png):
    """The picture as WebP, as good as fits."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (82, 72, 60, 50):
        data = io.BytesIO()
        picture.save(data, "WEBP", quality=quality, method=6)
        if len(data.getvalue()) <= LARGEST:
            break
    path.write_bytes(data.getvalue())
    sys.stdout.write(f"{path.relative_to(TOP)} {picture.width} × {picture.height}\n")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), os.environ["PASSWORD"])
