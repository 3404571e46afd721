"""What a PATH leads to, before anybody asks which format it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from articles.story import EARLIEST, LATEST

from ..context import NotADump, Unreadable

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Source:
    """A stream that can be opened once. `alone`: named by the user, not found among others."""

    path: str
    name: str
    modified: datetime | None
    open: Callable[[], BinaryIO]
    alone: bool = True


Found = Source | Unreadable | NotADump


def moment(seconds: float) -> datetime | None:
    """The time of a file; None where no page can have been saved then (0 stands for "unknown")."""
    try:
        told = EPOCH + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return None
    return told if seconds and EARLIEST <= told <= LATEST else None
