"""The whole suite on PostgreSQL, then all that stores on SQLite, with the counts at the end.

python .ci/tests.py [--only sqlite|postgresql] [--twice] [--coverage] [--tag TAG] [LABEL…]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import postgres

TOP = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI") == "true"
TRACE = 1500  # Characters of a traceback that are told again at the end.

# Everything settings.py asks for, so that nobody's own .env or environment changes a result.
SETTINGS = {
    "DEBUG": "1",
    "SECRET_KEY": "only-for-tests-" + "0123456789abcdefghij" * 3,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "SITE_NAME": "Newsroom",
    "LOG_LEVEL": "ERROR",
    "TIME_ZONE": "UTC",
    "LANGUAGE_CODE": "en",
    **dict.fromkeys(
        "DATABASE_URL DATABASE_REPLICA_URL CACHE_URL MEDIA_URL MEDIA_ROOT AWS_STORAGE_BUCKET_NAME"
        " ADMIN_PATH HTTPS HSTS_SECONDS TRUSTED_PROXIES EMAIL_URL DEFAULT_FROM_EMAIL".split(),
        "",
    ),
}


def ensure_browser() -> None:
    """Root on Debian gets Chromium here; everyone else's browser tests say why they are skipped."""
    sys.path.insert(0, str(TOP))
    from articles.tests.chromium import missing

    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        print("No Chromium here: installing Debian's.", flush=True)
        # Playwright's own program needs the second. Not every Debian has the lighter shell.
        for name in ("chromium-headless-shell", "chromium"):
            missing.cache_clear()
            if missing():
                postgres.apt_install(name, "libatomic1")


@contextlib.contextmanager
def database(name: str) -> Iterator[str]:
    """A DATABASE_URL."""
    if name == "postgresql":
        with postgres.server() as url:
            yield url
    else:
        yield ""


def run(
    name: str, wanted: argparse.Namespace, report: Path, again: bool
) -> tuple[Counter[str], list[str]]:
    """The suite on one database: passed, failed, skipped, and crashed if it never got to count;
    and what failed, with the ends of tracebacks.

    `again`: after another one, so without what is the same on both: tests that use no database,
    and those of the browser."""
    print(f"\n== {name} ==", flush=True)
    begun = time.monotonic()
    report.unlink(missing_ok=True)
    coverage = ["-m", "coverage", "run"] if wanted.coverage else []
    command = [sys.executable, *coverage, "manage.py", "test", "--parallel", str(wanted.parallel)]
    command += ["--report", str(report), "--timing", *(f"--tag={tag}" for tag in wanted.tag)]
    command += ["--storing", "--exclude-tag=browser"] if again else []
    with database(name) as url:
        env = {**os.environ, **SETTINGS, "DATABASE_URL": url, "PYTHONWARNINGS": "default"}
        status = subprocess.call([*command, *wanted.labels], cwd=TOP, env=env)
    result = json.loads(report.read_text()) if report.exists() else {}
    why = Counter(result.pop("reasons", []))
    times = Counter(result.pop("times", {}))
    for test, seconds in times.most_common(8):
        print(f"{seconds:6.1f} s  {test}")
    failures = [
        f"FAILED on {name}: {test}\n{trace[-TRACE:]}"
        for test, trace in result.pop("failures", {}).items()
    ]
    for reason, times in why.items():
        print(f"SKIPPED {times} on {name}: {reason}")
    counted = Counter(result)
    counted["crashed"] = int(status != 0 and not counted["failed"])
    print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True)
    return counted, failures


def print_coverage() -> None:
    """The total over both runs, and every file that is badly covered."""
    subprocess.call([sys.executable, "-m", "coverage", "combine", "-q"], cwd=TOP)
    out = Path(tempfile.mkdtemp()) / "coverage.json"
    command = [sys.executable, "-m", "coverage", "json", "-q", "-o", str(out)]
    if subprocess.call(command, cwd=TOP):
        return
    told = json.loads(out.read_text())
    for name, file in sorted(told["files"].items()):
        if file["summary"]["percent_covered"] < 80:
            print(f"coverage {file['summary']['percent_covered']:5.1f} %  {name}")
    print(f"coverage {told['totals']['percent_covered']:5.1f} %  in all, both databases together")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labels", nargs="*", metavar="LABEL", help="Only these tests.")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="Only this database.")
    parser.add_argument(
        "--twice", action="store_true", help="On both, also what is the same on any database."
    )
    parser.add_argument("--tag", action="append", default=[], help="Only tests with this tag.")
    parser.add_argument("--parallel", type=int, default=os.cpu_count(), help="Processes.")
    parser.add_argument(
        "--coverage", action=argparse.BooleanOptionalAction, help="Measured, and so slower."
    )
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    ensure_browser()
    names = [wanted.only] if wanted.only else ["postgresql", "sqlite"]
    total: Counter[str] = Counter()
    failures: list[str] = []
    again = False
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            try:
                counted, failed_here = run(name, wanted, Path(folder) / "counts.json", again)
                total += counted
                failures += failed_here
                again = not wanted.twice
            except postgres.NoServer as error:
                print(f"NOT TESTED on PostgreSQL. {error}")
                total["crashed"] += CI
    if wanted.coverage:
        print_coverage()
    if total["crashed"]:
        print(f"{total['crashed']} of the runs did not get to their end.")
    # Once more and last: whoever reads only the end of a long log sees what failed.
    print("", *failures, sep="\n")
    failed = total["failed"] + total["crashed"]
    print(f"\n{total['passed']} passed, {failed} failed, {total['skipped']} skipped")
    return 1 if failed or not total["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
