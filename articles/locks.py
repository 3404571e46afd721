"""One writer of names and addresses at a time; one process at a run of an import.

Two transactions that make the same category, tag or address at once would meet at a unique
constraint, or wait for each other for ever. SQLite has one writer anyway.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from django.db import connection

NAMES_AND_ADDRESSES = 7201
RUNS = 7202
PINGS = 0  # held like a run, and the number of none


def one_at_a_time() -> None:
    """Wait for whoever writes names and addresses, until the end of this transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NAMES_AND_ADDRESSES])


def hold(run: int) -> bool:
    """Take hold of a run until `release`, or until this process ends, however it ends.

    False while another process has it. PostgreSQL keeps such locks by itself; beside SQLite's
    file, which other machines do not share either, lies one that is locked.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [RUNS, run])
            return cursor.fetchone()[0]
    path = _beside_the_database(run)
    if path is None or run in held:
        return True
    opened = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        return False
    held[run] = opened
    return True


def release(run: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [RUNS, run])
    elif run in held:
        _beside_the_database(run).unlink(missing_ok=True)
        os.close(held.pop(run))


held: dict[int, int] = {}  # on SQLite: the runs this process has hold of, and their open files


def _beside_the_database(run):
    name = str(connection.settings_dict["NAME"])
    if name == ":memory:" or "mode=memory" in name:
        return None  # nobody else can see it
    return Path(f"{name}-run-{run}.lock")
