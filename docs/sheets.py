"""Contact sheets of every kind of page that readers meet, for docs/pages.md.

python docs/sheets.py [--folder DIR] [NAME…]

Makes two newsrooms, the samples and one in Arabic (docs/arabic.jsonl), serves both on this machine
and takes each page at three widths, by day and by night. `--folder` keeps them for the next run.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from PIL import Image

DOCS = Path(__file__).resolve().parent
TOP = DOCS.parent
sys.path.insert(0, str(TOP))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from articles.tests import chromium  # noqa: E402

WIDTHS = (390, 768, 1280)
SHOWN = 1500  # CSS pixels of a page, from its top
SCALE, GAP, LARGEST = 0.42, 14, 230_000  # of the sheets; bytes of one
HTML = "text/html; charset=utf-8"
ROOM = (118, 118, 118)  # between the pages: neither of their colours
NAMES = {"en": "The Harbour Gazette", "ar": "جريدة الميناء"}
MADE = {"withdrawn": "410.html", "busy": "articles/busy.html", "wrong": "500.html"}
# {sheet: (path among the samples, path in the Arabic newsroom)}
PAGES = {
    "front": ("/", "/"),
    "category": ("/science/", "/السياسة/"),
    "category-front": ("/world/", "/العالم/"),
    "tag": ("/tag/election/", "/tag/سفن/"),
    "author": ("/author/tomas-greyling/", "/author/سلمى-الدرويش/"),
    "archive": ("/archive/", "/archive/"),
    "month": ("/archive/2026/11/", "/archive/2026/11/"),
    "day": ("/archive/2026/11/20/", "/archive/2026/11/20/"),
    "corrections": ("/corrections/", "/corrections/"),
    "search": ("/search/", "/search/"),
    "search-found": ("/search/?q=harbour", "/search/?q=السفينة"),
    "search-nothing": ("/search/?q=submarine", "/search/?q=غواصة"),
    "story": ("/2026/11/20/premier-calls-early-election/", "/2026/11/20/انتخابات-مبكرة/"),
    "story-film": ("/2026/11/04/opera-on-a-barge/", "/2026/11/16/أوبرا-على-قارب/"),
    "story-gallery": ("/2026/11/10/robots-map-drowned-forest/", "/2026/11/18/الغابة-الغارقة/"),
    "not-there": ("/no/", "/no/"),
    "offline": ("/offline/", "/offline/"),
    **{name: (f"/-/{name}/", f"/-/{name}/") for name in MADE},
}
PAINT = """
import sys
from django import setup
setup()
from django.template.loader import render_to_string
from django.utils import translation
from articles import answers
template = sys.argv[1]
with translation.override(sys.argv[2]):
    bare = template == "500.html"
    print(render_to_string(template) if bare else answers.page(template, {}).content.decode())
"""


class Site:
    """A newsroom in one language."""

    def __init__(self, folder: Path, language: str):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.language, self.address = language, f"http://127.0.0.1:{self.port}"
        self.media = folder / "media"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "DEBUG": "1",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": self.address,
            "SITE_NAME": NAMES[language],
            "LANGUAGE_CODE": language,
            "DATABASE_URL": f"sqlite:///{folder / language}.sqlite3",
            "MEDIA_ROOT": str(self.media),
            "LOG_LEVEL": "ERROR",
        }

    def manage(self, *command: str) -> str:
        return self.python("manage.py", *command)

    def python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=TOP,
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return done.stdout

    def fill(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        if self.language == "en":
            self.manage("demo")
        else:  # with the pictures that the samples have drawn
            dump, media = str(DOCS / "arabic.jsonl"), str(self.media / "demo")
            self.manage("import_dump", dump, "--media-root", media)
        self.manage("reindex", "--live")

    @contextlib.contextmanager
    def served(self) -> Iterator[None]:
        command = [sys.executable, "manage.py", "runserver", "--noreload", str(self.port)]
        with subprocess.Popen(
            command, cwd=TOP, env=self.environment, stdout=subprocess.DEVNULL
        ) as server:
            try:
                for _ in range(300):
                    with contextlib.suppress(OSError):
                        urlopen(f"{self.address}/health/live").close()
                        break
                    time.sleep(0.1)
                yield
            finally:
                server.terminate()


def take(browser: Browser, site: Site, name: str) -> list[Image.Image]:
    """The page at each width, by day and by night."""
    path = PAGES[name][site.language == "ar"]
    made = site.python("-c", PAINT, MADE[name], site.language) if name in MADE else ""
    found = []
    for scheme in ("light", "dark"):
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": SHOWN},
                color_scheme=scheme,
                service_workers="block",
            )
            page = context.new_page()
            if made:
                context.route("**/-/*/", lambda route: route.fulfill(body=made, content_type=HTML))
            answer = page.goto(f"{site.address}{path}", wait_until="networkidle")
            if answer and answer.status != 200 and name != "not-there":
                raise SystemExit(f"{path} answers {answer.status}")
            found.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
            context.close()
    return found


def sheet(rows: list[list[Image.Image]]) -> Image.Image:
    """A row of pages for each newsroom."""
    small = [
        [
            page.resize((round(page.width * SCALE), round(page.height * SCALE)), Image.LANCZOS)
            for page in row
        ]
        for row in rows
    ]
    width = sum(page.width + GAP for page in small[0]) + GAP
    height = sum(row[0].height + GAP for row in small) + GAP
    made = Image.new("RGB", (width, height), ROOM)
    top = GAP
    for row in small:
        left = GAP
        for page in row:
            made.paste(page, (left, top))
            left += page.width + GAP
        top += row[0].height + GAP
    return made


def keep(made: Image.Image, name: str) -> None:
    """As good as it may be for its size."""
    file = DOCS / "screenshots" / f"sheet-{name}.webp"
    for quality in range(76, 30, -6):
        made.save(file, quality=quality, method=6)
        if file.stat().st_size <= LARGEST:
            break
    print(f"{file.relative_to(DOCS)}  {file.stat().st_size / 1000:.0f} kB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"Only these: {', '.join(PAGES)}.")
    parser.add_argument("--folder", type=Path, help="Where the newsrooms are kept.")
    told = parser.parse_args()
    if unknown := set(told.names) - set(PAGES):
        parser.error(f"there is no sheet {', '.join(sorted(unknown))}")
    with contextlib.ExitStack() as stack:
        folder = told.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        sites = [Site(folder.resolve(), language) for language in NAMES]
        for site in sites:
            site.fill()
            stack.enter_context(site.served())
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.FLAGS, headless=True
        )
        for name in told.names or PAGES:
            keep(sheet([take(browser, site, name) for site in sites]), name)
        browser.close()


if __name__ == "__main__":
    main()
