"""One writer of names and addresses at a time.

Two transactions that make the same category, tag or address at once would meet at a unique
constraint, or wait for each other for ever. SQLite has one writer anyway.
"""

from __future__ import annotations

from django.db import connection

NAMES_AND_ADDRESSES = 7201


def one_at_a_time() -> None:
    """Wait for whoever writes names and addresses, until the end of this transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NAMES_AND_ADDRESSES])
