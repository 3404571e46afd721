"""One Chromium a process, for tests that look at pages the way a reader does."""

import os
import shutil
import subprocess
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

# The shell is the same browser without the windows that nobody sees, and takes half the time.
NAMES = [
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
]
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
# No host but this machine is there for it.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"


def find():
    """The path of a Chromium on this machine, or None. `CHROMIUM` names another."""
    named = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *playwrights_own()]
    return next((path for path in named if path), None)


def playwrights_own():
    """What `playwright install` downloaded, where somebody ran it; the newest first."""
    places = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""), "~/.cache/ms-playwright"]
    folders = [Path(place).expanduser() for place in places if place]
    kinds = (
        "chromium_headless_shell-*/chrome-*/*headless?shell",
        "chromium-*/chrome-linux*/chrome",
    )
    for kind in kinds:
        found = [path for folder in folders for path in folder.glob(kind)]
        yield from sorted(map(str, found), reverse=True)


@cache
def missing():
    """Why there can be no browser test on this machine; empty if there can."""
    try:
        from playwright._impl._driver import compute_driver_executable
    except ImportError:
        return "playwright is not installed"
    driver = subprocess.run(
        [compute_driver_executable()[0], "--version"], capture_output=True, check=False, text=True
    )
    if driver.returncode:
        return f"playwright does not start here: {driver.stderr.strip()}"
    return "" if find() else "no Chromium found; install one, or name it in CHROMIUM"


@cache
def browser():
    """The process's browser; started at the first call, closed when the process ends."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop on this thread; Django would refuse every query beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    playwright = sync_playwright().start()
    args = [*FLAGS, ALONE]
    started = playwright.chromium.launch(executable_path=find(), headless=True, args=args)

    def close():
        started.close()
        playwright.stop()

    # Not atexit: the processes of a parallel run end without it.
    Finalize(None, close, exitpriority=100)
    return started
