"""From PATHs to Stories: the same for all formats.

    PATH ──sources──▶ Source ──split──▶ Item ──parse──▶ Read

What to do about a bad item is decided here and nowhere else: it is reported with file, place and
reason, and the rest goes on.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from articles.story import StoryError

from . import jsonl, sources
from .context import Context, Item, NotADump, Read, Result, Unreadable
from .known import AUTO, FORMATS
from .sources import Source

# Of how much of a dump a format may learn before the first story is read.
LESSON_ITEMS, LESSON_BYTES = 1000, 50_000_000

# Whoever goes on where a reading stood, and finds that place no more, is told so in these words.
GONE = "it is not there any more: nothing was read behind it"

Found = Item | Unreadable | NotADump


class NotThis(Exception):
    """What a dump is instead of one that can be read."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reading stands: the `number`th PATH, a file in it, an item of that."""

    number: int
    path: str
    position: int


@dataclass(frozen=True, slots=True)
class _End:
    """All of a PATH was found."""

    path: str


class Reading:
    """Everything in the paths (files, folders, `-`), in order, as an iterator of results.

    A path that yields no Story ends with an Unreadable that names what was there. `learned` is
    what the formats make of the first items before any is parsed, by name of the format; whoever
    goes on with an earlier reading gives it what that one learned, and where it stood (`after`).
    `place` is where the last result stood.
    """

    def __init__(
        self,
        paths: Iterable[str],
        *,
        format: str = AUTO,
        context: Context,
        learned: dict[str, Any] | None = None,
        after: Place | None = None,
    ) -> None:
        self.paths, self.format, self.context, self.after = paths, format, context, after
        self.learned: dict[str, Any] = learned or {}
        self.knows_enough = learned is not None
        self.place = after or Place(0, "", 0)

    def __iter__(self) -> Iterator[Result]:
        number, seen = 1 if self.after is None else self.after.number, Counter[str]()
        if self.after is not None:
            seen[""] = 1  # what came before was no empty PATH
        for found in self._after_lessons(self._found()):
            if isinstance(found, _End):
                if not seen[""]:
                    yield Unreadable(sources.shown(found.path), 0, _no_story(seen))
                number, seen = number + 1, Counter()
                continue
            seen[found.reason if isinstance(found, NotADump) else ""] += 1
            result = self._parsed(found) if isinstance(found, Item) else found
            self.place = Place(number, found.path, getattr(found, "position", 0))
            yield result

    def _found(self) -> Iterator[Found | _End]:
        """What there is, not parsed yet; with `after`, what comes behind it."""
        for number, path in enumerate(self.paths, start=1):
            if self.after is None or number > self.after.number:
                for source in sources.find(path):
                    yield from self._in(source)
                yield _End(path)
            elif number == self.after.number:
                yield from self._behind(path, self.after)
                yield _End(path)

    def _in(self, source: Source | Unreadable | NotADump) -> Iterator[Found]:
        if isinstance(source, Source):
            yield from items(source, format=self.format, context=self.context)
        else:
            yield source

    def _behind(self, path: str, place: Place) -> Iterator[Found]:
        there = sources.find(path)
        source = next((source for source in there if source.path == place.path), None)
        if source is None or (place.position and not isinstance(source, Source)):
            yield Unreadable(place.path, 0, GONE)
            return
        if isinstance(source, Source):
            yield from self._rest(source, place)
        for source in there:
            yield from self._in(source)

    def _rest(self, source: Source, place: Place) -> Iterator[Found]:
        last = 0
        for found in self._in(source):
            last = getattr(found, "position", 0)
            if last > place.position:
                yield found
        if last < place.position:
            yield Unreadable(place.path, place.position, GONE)

    def _after_lessons(self, found: Iterator[Found | _End]) -> Iterator[Found | _End]:
        """The same, but the first items that a format can learn from are shown to it before."""
        if self.knows_enough:
            yield from found
            return
        waiting: deque[Found | _End] = deque()
        size = 0
        for thing in found:
            if not waiting and not _teaches(thing):
                yield thing  # of a format that learns nothing: nobody is kept waiting
                continue
            waiting.append(thing)
            size += len(thing.data) if isinstance(thing, Item) else 0
            if len(waiting) >= LESSON_ITEMS or size >= LESSON_BYTES:
                break
        self._learn([item for item in waiting if isinstance(item, Item)])
        while waiting:
            yield waiting.popleft()  # nothing that has been read is held on to
        yield from found

    def _learn(self, first: list[Item]) -> None:
        for name in dict.fromkeys(item.format for item in first):
            if learn := getattr(FORMATS[name], "learn", None):
                lesson = [item for item in first if item.format == name]
                self.learned[name] = learn([item.data for item in lesson], self.context)
        self.knows_enough = True

    def _parsed(self, item: Item) -> Read | Unreadable:
        learned = self.learned.get(item.format)
        if learned is not None:
            item = replace(item, context=replace(item.context, learned=learned))
        return parsed(item)


def read_paths(paths: Iterable[str], *, format: str = AUTO, context: Context) -> Iterator[Result]:
    """Everything in the paths, read from the beginning."""
    return iter(Reading(paths, format=format, context=context))


def items(source: Source, *, format: str = AUTO, context: Context) -> Iterator[Found]:
    """The items of one dump, not parsed yet."""
    context = replace(context, name=source.name, modified=source.modified)
    try:
        with source.open() as opened:
            stream, head = sources.peeked(opened)
            name = _kind(head, format, alone=source.alone)
            yield from _split(name, stream, source.path, context)
    except NotThis as what:
        if source.alone:
            yield Unreadable(source.path, 0, f"no story there: it is {what}")
        else:
            yield NotADump(source.path, str(what))
    except (OSError, StoryError) as error:
        yield Unreadable(source.path, 0, sources.in_words(error))


def _split(name: str, stream: BinaryIO, path: str, context: Context) -> Iterator[Item]:
    for position, data in enumerate(FORMATS[name].split(stream), start=1):
        yield Item(path, position, name, data, context)


def parsed(item: Item) -> Read | Unreadable:
    """The Story of an item, or why there is none."""
    try:
        return Read(item, FORMATS[item.format].parse(item.data, item.context))
    except StoryError as error:
        reason = str(error)
    except (ValueError, OverflowError, RecursionError) as error:
        reason = f"cannot be read: {error}"
    return Unreadable(item.path, item.position, reason, item)


def _teaches(thing: Found | _End) -> bool:
    return isinstance(thing, Item) and hasattr(FORMATS[thing.format], "learn")


def _kind(head: bytes, format: str, *, alone: bool) -> str:
    """The name of the format of a dump that begins so.

    Raises StoryError for what should have been a dump, NotThis for what never was one.
    """
    if what := sources.medium(head):
        raise NotThis(what)
    sources.refuse(head)
    if format != AUTO and alone:
        return format
    recognised = next((name for name, module in FORMATS.items() if module.recognises(head)), "")
    if recognised and format in (AUTO, recognised):
        return recognised
    if recognised:
        raise NotThis(f"a {recognised} dump")
    what = _described(head)
    if format != AUTO and what == "text":
        return format
    raise NotThis(f"{what} that is none of the formats known ({', '.join(FORMATS)})")


def _described(head: bytes) -> str:
    start = head.removeprefix(jsonl.BOM).lstrip()[:1]
    kinds = {b"{": "JSON", b"[": "JSON", b"<": "XML or HTML", b"#": "Markdown or a program"}
    return kinds.get(start, "text")


def _no_story(seen: Counter[str]) -> str:
    """ "no story there, only 3 × a JPEG picture, 1 × a hidden file"."""
    what = [f"{number} × {reason}" for reason, number in seen.items() if reason]
    return "no story there, only " + ", ".join(what) if what else "the folder is empty"
