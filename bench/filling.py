"""Archives made by the real `import_dump`, and measured while they are; and asked for pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import stories

from articles.story import Story

TOP = Path(__file__).resolve().parent.parent
ENVIRONMENT = {
    "DEBUG": "0",
    "HTTPS": "0",
    "SECRET_KEY": "only-for-measuring-" + "0123456789abcdefghij" * 3,
    "ALLOWED_HOSTS": "testserver",
    "SITE_URL": "http://testserver",
    "TIME_ZONE": "UTC",
    "LANGUAGE_CODE": "en",
    "LOG_LEVEL": "ERROR",
    "PYTHONWARNINGS": "ignore",
    "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    **dict.fromkeys(["DATABASE_REPLICA_URL", "CACHE_URL", "MEDIA_URL", "ADMIN_PATH"], ""),
}


@dataclass(frozen=True)
class Filled:
    """How an import went: by the clock, by what the command itself used of a processor, and the
    most memory it held (MiB, resident)."""

    stories: int
    seconds: float
    busy: float
    peak: float


def environment(url: str) -> dict[str, str]:
    return {**os.environ, **ENVIRONMENT, "DATABASE_URL": url}


def fill(url: str, dump: tuple[Path, int]) -> Filled:
    """Migrate the empty database of this URL and import this dump into it."""
    path, count = dump
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], cwd=TOP, env=environment(url), check=True)
    begun = time.monotonic()
    process = subprocess.Popen(
        [*manage, "import_dump", str(path)],
        cwd=TOP,
        env=environment(url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"import_dump {path} ended with {os.waitstatus_to_exitcode(status)}")
    per_mib = 1024**2 if sys.platform == "darwin" else 1024
    busy = used.ru_utime + used.ru_stime
    return Filled(count, time.monotonic() - begun, busy, used.ru_maxrss / per_mib)


def write_dump(path: Path, count: int, newest: datetime) -> tuple[Path, int]:
    with path.open("wb") as stream:
        for story in stories.stories(count, newest):
            stream.write(story.as_json() + b"\n")
    return path, count


def write_pages(folder: Path, count: int, newest: datetime) -> tuple[Path, int]:
    """Text pages as an extractor leaves them, a thousand to a folder."""
    folder = folder / str(count)
    for number, story in enumerate(stories.stories(count, newest)):
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        (place / f"{story.source_id}.txt").write_text("\n\n".join(page(story)) + "\n", "utf-8")
    return folder, count


def page(story: Story) -> Iterator[str]:
    yield f"Categories: {', '.join(words.rpartition('/')[2] for words in story.categories)}"
    yield story.headline
    if story.key_points:
        yield "\n".join(f"  • {point}" for point in story.key_points)
    for block in story.body:
        kind = block.__struct_config__.tag
        if kind == "text":
            yield from filter(None, (p.partition("<")[0] for p in block.html.split(">")))
        elif kind == "related":
            yield block.headline.upper()
        elif kind == "caption":
            yield f"{block.text} ({block.credit})"
    yield f"This post was last modified on {story.published_at:%B %d, %Y %I:%M %p}".replace(
        " 0", " "
    )
    yield "Share"


class Archive:
    """A worker process on one database; see worker.py."""

    def __init__(self, url: str):
        self.url = url

    def __enter__(self) -> Archive:
        self.process = subprocess.Popen(
            [sys.executable, str(TOP / "bench" / "worker.py")],
            cwd=TOP,
            env=environment(self.url),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_error) -> None:
        self.process.stdin.close()
        self.process.wait()

    def ask(self, question: str, **more) -> dict:
        self.process.stdin.write(json.dumps({"ask": question, **more}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the worker on {self.url} is gone")
        return json.loads(line)

    def pages(self) -> list[str]:
        return list(self.ask("pages"))

    def time(self, name: str, *, warm: bool = False) -> float:
        """Seconds; the cache is emptied before, unless warm."""
        return self.ask("time", name=name, warm=warm)["seconds"]
