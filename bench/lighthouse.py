"""What readers' pages cost a telephone: Lighthouse, and a browser with a slow processor.

    python bench/lighthouse.py [--times N] [--folder DIR] [--only front …]

Makes the sample newsroom, serves it as docs/deploy.md says and asks for each kind of page so many
times; prints medians. Exit 1 where a promise is broken. Lighthouse comes from npm, see
docs/performance.md; without it the rest is measured, and that it was not is said.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from selectolax.lexbor import LexborHTMLParser  # noqa: E402
from serving import fetch, served  # noqa: E402

from articles.tests import chromium  # noqa: E402

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SCORE = 98
SLOWER = 4  # times, the processor of the telephone
LCP, TBT = 1200, 50  # ms, on it
HTML, CSS, JS = 14_000, 20_000, 10_000  # compressed; HTML of a story, without its text
SETTLED = 1000  # ms after `load` in which a page may still jump
PAGES = {
    "front": "/",
    "category": "/science/",
    "category, with a front": "/world/",
    "story, photo": "/2026/11/20/premier-calls-early-election/",
    "story, film": "/2026/11/04/opera-on-a-barge/",
    "list": "/tag/election/",
    "archive": "/archive/",
    "search": "/search/?q=ferry",
}
# Results of a search are kept out of other people's search on purpose.
SKIPPED = {"search": ["is-crawlable"]}
PHONE = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
}
WATCH = """
window.seen = {lcp: 0, cls: 0, tbt: 0, fcp: 0};
const watch = (type, tell) => new PerformanceObserver((list) =>
    list.getEntries().forEach(tell)).observe({type, buffered: true});
watch("largest-contentful-paint", (entry) => { window.seen.lcp = entry.startTime; });
watch("layout-shift", (entry) => { window.seen.cls += entry.value; });
watch("longtask", (entry) => { window.seen.tbt += Math.max(0, entry.duration - 50); });
"""
SCROLL = """async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += 400) {
        scrollTo(0, top);
        await new Promise((done) => setTimeout(done, 60));
    }
}"""


@dataclass
class Seen:
    """One kind of page, each time it was asked for."""

    name: str
    address: str
    lcp: list[float] = field(default_factory=list)
    tbt: list[float] = field(default_factory=list)
    cls: list[float] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)  # of what kind: bytes as they were sent
    shell: int = 0  # bytes of the page, compressed, without a story's text
    elsewhere: set[str] = field(default_factory=set)
    scores: dict[str, list[float]] = field(default_factory=dict)
    simulated: dict[str, list[float]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)  # audits of Lighthouse's that cost something

    @property
    def broken(self) -> list[str]:
        scores = {name: median(found) for name, found in self.scores.items()}
        story = self.name.startswith("story")
        promises = {
            f"LCP > {LCP} ms": median(self.lcp) > LCP,
            f"TBT > {TBT} ms": median(self.tbt) > TBT,
            "CLS is not 0": median(self.cls) > 0,
            f"HTML > {HTML}": story and self.shell > HTML,
            f"CSS > {CSS}": self.sizes.get("stylesheet", 0) > CSS,
            f"JS > {JS}": self.sizes.get("script", 0) > JS,
            f"asks {', '.join(sorted(self.elsewhere))}": bool(self.elsewhere),
            **{f"{name} < {SCORE}": score < SCORE for name, score in scores.items()},
        }
        return [words for words, is_broken in promises.items() if is_broken]


def look(browser: Browser, seen: Seen) -> None:
    """Once, in a browser that has never been here."""
    context = browser.new_context(**PHONE, ignore_https_errors=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    requests = []

    def kept(request) -> None:
        requests.append(request)

    page.on("requestfinished", kept)
    page.on("requestfailed", kept)
    page.goto(seen.address, wait_until="load")
    page.wait_for_timeout(SETTLED)
    found = page.evaluate("({...window.seen})")
    sizes: dict[str, int] = {}
    for request in requests:
        if urlsplit(request.url).netloc != urlsplit(seen.address).netloc:
            seen.elsewhere.add(urlsplit(request.url).netloc)
        elif request.response():
            sent = request.sizes()["responseBodySize"]
            sizes[request.resource_type] = sizes.get(request.resource_type, 0) + sent
    seen.sizes = sizes
    page.evaluate(SCROLL)
    page.wait_for_timeout(200)
    seen.cls.append(round(page.evaluate("window.seen.cls"), 4))
    seen.lcp.append(found["lcp"])
    seen.tbt.append(found["tbt"])
    context.close()


def shell(address: str) -> int:
    """Bytes of a page as nginx packs it, without the text of the story."""
    page = LexborHTMLParser(fetch(address))
    body = page.css_first("div.body")
    if body is not None:
        body.inner_html = ""
    return len(gzip.compress(page.html.encode(), 5))


def lighthouse(program: str, seen: Seen) -> None:
    """Once, on its own settings: a telephone of the middle class on slow 4G, simulated."""
    skipped = SKIPPED.get(seen.name, [])
    flags = ["--headless=new", "--ignore-certificate-errors", *chromium.FLAGS]
    done = subprocess.run(
        [
            *(program, seen.address, "--quiet", "--output=json", "--output-path=stdout"),
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(flags)}",
            *(f"--skip-audits={name}" for name in skipped),
        ],
        env={**os.environ, "CHROME_PATH": str(chromium.find())},
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(done.stdout)
    if told.get("runtimeError"):
        raise SystemExit(f"Lighthouse at {seen.address}: {told['runtimeError']['message']}")
    for name in CATEGORIES:
        category = told["categories"][name]
        seen.scores.setdefault(name, []).append(round(category["score"] * 100))
        for reference in category["auditRefs"]:
            score = told["audits"][reference["id"]]["score"]
            if reference["weight"] and score is not None and score < 0.9:
                seen.failed.add(reference["id"])
    audits = {"lcp": "largest-contentful-paint", "tbt": "total-blocking-time"}
    for name, audit in audits.items():
        seen.simulated.setdefault(name, []).append(told["audits"][audit]["numericValue"])


def tell(seen: Seen) -> None:
    def kilo(kind: str) -> str:
        return f"{seen.sizes.get(kind, 0) / 1000:.1f}"

    scores = " ".join(f"{median(found):.0f}" for found in seen.scores.values()) or "-"
    simulated = (
        "/".join(f"{median(found):.0f}" for found in seen.simulated.values())
        if seen.scores
        else "-"
    )
    print(
        f"{seen.name:24}{scores:>17}{median(seen.lcp):7.0f}{median(seen.tbt):6.0f}"
        f"{median(seen.cls):7.3f}{simulated:>11}{kilo('document'):>8}{seen.shell / 1000:7.1f}"
        f"{kilo('stylesheet'):>7}{kilo('script'):>6}{kilo('image'):>8}{len(seen.elsewhere):6}",
        *(f"\n    <-- {words}" for words in seen.broken),
        flush=True,
    )
    if seen.failed:
        print(f"    Lighthouse would mend: {', '.join(sorted(seen.failed))}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5, help="Each page is asked for so often.")
    parser.add_argument("--folder", type=Path, help="Keep the newsroom there, for the next run.")
    parser.add_argument("--only", nargs="*", choices=[*PAGES], help="Only these pages.")
    return parser.parse_args()


@contextlib.contextmanager
def folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-lighthouse-") as name:
        yield Path(name)


def main() -> int:
    wanted = arguments()
    if chromium.missing():
        raise SystemExit(chromium.missing())
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not program:
        print("No Lighthouse: npm install lighthouse, and name the program in LIGHTHOUSE.")
    everything = []
    with folder(wanted.folder) as place, served(place) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.FLAGS, headless=True
        )
        print(
            f"{'page':24}{'scores':>17}{'LCP':>7}{'TBT':>6}{'CLS':>7}{'simulated':>11}"
            f"{'HTML':>8}{'shell':>7}{'CSS':>7}{'JS':>6}{'images':>8}{'other':>6}"
        )
        for name in wanted.only or PAGES:
            seen = Seen(name, site + PAGES[name])
            seen.shell = shell(seen.address)
            for _ in range(wanted.times):
                look(browser, seen)
                if program:
                    lighthouse(program, seen)
            tell(seen)
            everything.append(seen)
        browser.close()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\nload {load} on {os.cpu_count()} processors; {time.strftime('%Y-%m-%d')}")
    return 1 if any(seen.broken for seen in everything) else 0


if __name__ == "__main__":
    sys.exit(main())
