"""What a reader of dumps is told about a dump, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, BinaryIO, Protocol

from articles.story import Story

HEAD = 8192  # bytes of a dump that tell what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the command was told; `name` and `modified` are filled in for every dump.

    `source`: who it came from, where the format does not say. `timezone`: dates without an
    offset are in it. `captured_at`: when the pages were saved. `categories`: the names (or
    paths, "World/Asia") that are known to exist. `name`: the base name of the dump without
    extensions, empty for standard input. `modified`: the time of the file. `learned`: what the
    format's own `learn` made of the dump, a JSON value; None where it has none.
    """

    source: str = ""
    timezone: tzinfo = UTC
    captured_at: datetime | None = None
    categories: tuple[str, ...] = ()
    name: str = ""
    modified: datetime | None = None
    learned: Any = None


@dataclass(frozen=True, slots=True)
class Item:
    """A story of a dump as it came: the `position`th of the file, counted from 1.

    With its format's name and its context it can be read again without the dump.
    """

    path: str
    position: int
    format: str
    data: bytes
    context: Context


@dataclass(frozen=True, slots=True)
class Read:
    """An item that became a Story."""

    item: Item
    story: Story

    @property
    def path(self) -> str:
        return self.item.path

    @property
    def position(self) -> int:
        return self.item.position


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that was refused. `position` 0 means the dump as a whole: there is no `item`."""

    path: str
    position: int
    reason: str
    item: Item | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.position}" if self.position else self.path
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class NotADump:
    """A file beside the dumps that never was one: a picture, a README. `reason` names it."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


Result = Read | Unreadable | NotADump


class Format(Protocol):
    """A module that reads and writes one kind of dump.

    `parse` raises StoryError, in an editor's words. `parse(write(story))` is `carried(story)`,
    the part of a Story that the format can hold, apart from the notes.

    A format may also have `learn(items, context)`: what the first items of a dump tell about all
    of them, as a JSON value. `parse` finds it in `context.learned`.
    """

    def recognises(self, head: bytes) -> bool:
        """Whether a dump that begins with these bytes (at most HEAD) is of this format."""

    def split(self, stream: BinaryIO) -> Iterator[bytes]:
        """The items of a dump, in order, without reading it whole where that is possible."""

    def parse(self, item: bytes, context: Context) -> Story: ...

    def write(self, story: Story) -> bytes: ...

    def carried(self, story: Story) -> Story: ...
