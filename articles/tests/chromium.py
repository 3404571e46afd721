"""One Chromium a process, for tests that look at pages the way a reader does."""

import os
import shutil
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
# Nothing the browser does on its own account: no updates, no telemetry, no look-ups.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find():
    """The path of a Chromium on this machine, or None. `CHROMIUM` names another."""
    named = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    return next((path for path in named if path), None) or playwrights_own()


def playwrights_own():
    """The one that `playwright install` downloads, where somebody ran it."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


@cache
def browser():
    """The process's browser; started at the first call, closed when the process ends."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop on this thread; Django would refuse every query beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=find(), headless=True, args=FLAGS)

    def close():
        started.close()
        playwright.stop()

    # Not atexit: the processes of a parallel run end without it.
    Finalize(None, close, exitpriority=100)
    return started
