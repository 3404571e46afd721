"""Archives made by the real `import_dump`, and measured while they are; and asked for pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import stories

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
