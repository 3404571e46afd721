"""Memory while a command makes and drops millions of objects: it may not grow with the dump."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

SELDOM = (20_000, 20, 100)


@contextmanager
def seldom_searched() -> Iterator[None]:
    """`with` it or decorate with it: Python looks for unreachable cycles less often.

    Each time it would walk through all of Django as well, for a fifth of an import's time. What
    waits to be found meanwhile is some megabytes, however long the import.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def unlogged() -> Iterator[None]:
    """With DEBUG on, Django keeps the last 9,000 statements: of an import, some gigabytes.

    Whoever captures statements, as tests do, still gets them.
    """
    if not settings.DEBUG or connection.force_debug_cursor:
        yield
        return
    before, connection.queries_log = connection.queries_log, deque(maxlen=0)
    try:
        yield
    finally:
        connection.queries_log = before
