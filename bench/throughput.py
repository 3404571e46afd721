"""How many searches a second readers get, as the site is deployed: gunicorn, several clients.

    python bench/throughput.py [--stories N] [--only sqlite] [--seconds N] [--clients N]

Each client keeps its connection and asks one question after the other, no two of them alike, so
that nothing is answered from a cache. There is no proxy in front: with one, what several readers
ask for is answered by it. The clients run on the same machine and take their share of it.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP), str(TOP / ".ci")]

from filling import environment, fill, write_dump  # noqa: E402
from run import databases  # noqa: E402
from stories import WORDS  # noqa: E402

WORKERS, THREADS = 2, 4
STARTS = 30  # seconds at most


def questions() -> Iterator[str]:
    """Two words; a phrase; a word and a number in a section; one story."""
    for number in itertools.count():
        one, two = (WORDS[number // n % len(WORDS)] for n in (1, len(WORDS)))
        yield from (
            f"/search/?{urlencode({'q': f'{one} {two}'})}",
            f"/search/?{urlencode({'q': f'{chr(34)}{one} {two}{chr(34)}'})}",
            f"/search/?{urlencode({'q': f'{one} {number}', 'category': 'news/world'})}",
            f"/search/?{urlencode({'q': f'report {number}'})}",
        )


@contextlib.contextmanager
def served(url: str) -> Iterator[int]:
    """The port on which the site answers from this database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "served", "--worker-class", "gthread"),
            *("--workers", str(WORKERS), "--threads", str(THREADS), "--log-level", "warning"),
            *("--bind", f"127.0.0.1:{port}", "--keep-alive", "30"),
            *("--pythonpath", f"{TOP},{TOP / 'bench'}", "--no-control-socket"),
        ],
        cwd=TOP,
        env={**environment(url), "ALLOWED_HOSTS": "127.0.0.1"},
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port):
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise SystemExit("gunicorn does not answer")


def measure(port: int, seconds: float, clients: int) -> tuple[float, float, int]:
    """(answers a second, median milliseconds, how many were not 200)."""
    asked, turn = questions(), threading.Lock()
    times: list[float] = []
    wrong: list[int] = []
    until = time.monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until:
            with turn:
                address = next(asked)
            begun = time.perf_counter()
            connection.request("GET", address)
            response = connection.getresponse()
            response.read()
            times.append(time.perf_counter() - begun)
            if response.status != 200:
                wrong.append(response.status)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.monotonic() - begun), median(times) * 1000, len(wrong)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="Only this database.")
    parser.add_argument(
        "--seconds", type=float, default=20, help="Of asking, after a first second."
    )
    parser.add_argument("--clients", type=int, default=WORKERS * THREADS)
    return parser.parse_args()


def main() -> int:
    wanted, failed = arguments(), 0
    newest = datetime.now(UTC) - timedelta(hours=1)
    print(
        f"{'database':12}{'stories':>9}{'a second':>10}{'median ms':>11}{'load':>7}{'not 200':>9}"
    )
    for kind in [wanted.only] if wanted.only else ["sqlite", "postgresql"]:
        with (
            tempfile.TemporaryDirectory(prefix="newsroom-bench-") as name,
            databases(kind, Path(name)) as fresh,
        ):
            url = next(fresh)
            fill(url, write_dump(Path(name) / "dump.jsonl", wanted.stories, newest))
            with served(url) as port:
                measure(port, 1, wanted.clients)
                pace, middle, wrong = measure(port, wanted.seconds, wanted.clients)
        load = os.getloadavg()[0]
        print(
            f"{kind:12}{wanted.stories:9,}{pace:10.0f}{middle:11.0f}{load:7.1f}{wrong:9}",
            flush=True,
        )
        failed += wrong
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
