"""How the newsroom fares with 1,000 and with 100,000 stories, on SQLite and on PostgreSQL.

    make bench        or: python bench/run.py [--stories N] [--only sqlite] [--rounds N]

Both archives are asked in turn, in one run, and the result is a ratio: machines differ, and so
does what else they do. What is printed holds for this run; docs/performance.md says how to read it.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP), str(TOP / ".ci")]

import postgres  # noqa: E402
from filling import Archive, Filled, fill, write_dump  # noqa: E402
from pages import write_pages  # noqa: E402

SMALL = 1_000
MOST, QUERIES, STORY_QUERIES = 1.5, 6, 3  # what is promised of every page
DESK_QUERIES = 14  # which ask who somebody is, too, and what their desk has
# What reads every story there is, a form of seven kinds of rows, and searches of which a small
# archive has a handful of answers.
UNPROMISED = (
    *("desk: list, drafts", "desk: story's form", "sitemap index"),
    *("search, topic and author", "search, films"),
)
MOST_MEMORY = 1.2  # of an import of 100,000, where one of 10,000 takes 1
HEAD = f"{'import':24}{'stories':>9}{'a second':>11}{'a CPU s':>11}{'peak MiB':>10}"


@dataclass(frozen=True)
class Row:
    """One kind of page: medians in seconds, small and large archive."""

    name: str
    small: float
    large: float
    queries: int

    @property
    def ratio(self) -> float:
        return self.large / self.small

    @property
    def keeps(self) -> bool:
        most = DESK_QUERIES if "desk" in self.name else QUERIES
        most = STORY_QUERIES if self.name == "story page" else most
        return self.ratio < MOST and self.queries <= most

    @property
    def remark(self) -> str:
        if self.name in UNPROMISED:
            return "  (not promised)"
        return "" if self.keeps else "  <--"


@contextlib.contextmanager
def databases(kind: str, folder: Path) -> Iterator[Iterator[str]]:
    """URLs of fresh databases, as many as are asked for."""
    if kind == "sqlite":
        yield (f"sqlite:///{folder / f'archive{n}.sqlite3'}" for n in range(99))
        return
    with postgres.server() as url:
        yield _created(url)


def _created(url: str) -> Iterator[str]:
    import psycopg

    where = url.partition("host=")[2]
    for number in range(99):
        with psycopg.connect(host=where, user="postgres", dbname="postgres", autocommit=True) as c:
            c.execute(f"CREATE DATABASE archive{number}")
        yield url.replace("/postgres?", f"/archive{number}?")


def in_turn(small: Archive, large: Archive, rounds: int) -> list[Row]:
    """Every page of both, small, large, small, large …"""
    rows = []
    for name in small.pages():
        queries = max(_looked_at(archive, name)["queries"] for archive in (small, large))
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds):
            for archive, kept in zip((small, large), times, strict=True):
                kept.append(archive.time(name))
        rows.append(Row(name, median(times[0]), median(times[1]), queries))
    return rows


def _looked_at(archive: Archive, name: str) -> dict:
    found = archive.ask("look", name=name)
    if found["status"] != "200":
        raise SystemExit(f"{name} answers {found['status']} in {archive.url}")
    return found


def share_of_a_bare_view(archive: Archive, rounds: int, *, warm: bool) -> float:
    """The story page's pace, as a share of a view that returns the same bytes and does nothing."""
    archive.ask("look", name="story page")
    pairs = [
        (archive.time("bare view"), archive.time("story page", warm=warm)) for _ in range(rounds)
    ]
    return median(bare for bare, _ in pairs) / median(story for _, story in pairs)


def bench(kind: str, stories: int, wanted: argparse.Namespace, folder: Path) -> bool:
    """Print what is found; whether every promise was kept."""
    print(f"\n== {kind} ==\n", flush=True)
    newest = datetime.now(UTC) - timedelta(hours=1)
    with databases(kind, folder) as fresh:
        if wanted.imports:
            print(HEAD)
            return fill_with_pages(wanted.text_pages, folder / "pages", fresh, newest)
        small_url, large_url = next(fresh), next(fresh)
        print(HEAD)
        for count, url in ((SMALL, small_url), (10 * SMALL, None), (stories, large_url)):
            if url or count < stories:
                dump = write_dump(folder / "dump.jsonl", count, newest)
                tell("JSON lines", fill(url or next(fresh), dump))
        lean = fill_with_pages(wanted.text_pages, folder / "pages", fresh, newest)
        with Archive(small_url) as small, Archive(large_url) as large:
            rows = in_turn(small, large, wanted.rounds)
            shares = [
                share_of_a_bare_view(large, wanted.rounds * 3, warm=warm) for warm in (False, True)
            ]
    print(f"\n{'page':32}{'queries':>9}{'ms':>9}{f'{stories:,} : {SMALL:,}':>18}")
    for row in rows:
        told = f"{row.name:32}{row.queries:9}{1000 * row.large:9.1f}"
        print(f"{told}{row.ratio:18.2f}{row.remark}", flush=True)
    print("\nstory page, as a share of a bare view of the same bytes:", end=" ")
    print(f"{shares[0]:.3f} with an empty cache, {shares[1]:.3f} with the rail in it")
    return lean and all(row.keeps for row in rows if row.name not in UNPROMISED)


def fill_with_pages(most: int, folder: Path, fresh: Iterator[str], newest: datetime) -> bool:
    """Import 1,000 text pages, ten times as many, and so on. Whether memory stays what it was."""
    counts = [count for count in (SMALL, 10 * SMALL) if count < most]
    done = []
    for count in [*counts, most]:
        done.append(fill(next(fresh), write_pages(folder, count, newest)))
        tell("text pages", done[-1])
        shutil.rmtree(folder)
    if len(done) < 3:
        return True
    grown = done[-1].peak / done[-2].peak
    lean = grown <= MOST_MEMORY
    print(f"{'':24}memory, the last two: {grown:.2f} times{'' if lean else '  <--'}")
    return lean


def tell(what: str, filled: Filled) -> None:
    paces = [filled.stories / seconds for seconds in (filled.seconds, filled.busy)]
    told = f"{what:24}{filled.stories:9,}{paces[0]:11.0f}{paces[1]:11.0f}{filled.peak:10.0f}"
    print(told, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=100_000, help="In the large archive.")
    parser.add_argument("--text-pages", type=int, default=100_000, help="The largest such dump.")
    parser.add_argument("--imports", action="store_true", help="Only imports of text pages.")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="Only this database.")
    parser.add_argument("--rounds", type=int, default=25, help="Each page is asked for so often.")
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    if wanted.stories < SMALL:
        raise SystemExit(f"--stories: at least {SMALL:,}, what it is compared with")
    kept = True
    for kind in [wanted.only] if wanted.only else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
            kept &= bench(kind, wanted.stories, wanted, Path(folder))
    print("\nAll kept:" if kept else "\nNot all kept (<--):", end=" ")
    print(f"at most {MOST} times as long; at most {STORY_QUERIES} queries a story,", end=" ")
    print(f"{QUERIES} a list, {DESK_QUERIES} at the desk.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
