"""Every format that is read or written, one module each, and the driver for all of them.

A format is `recognises(head)`, `split(stream)`, `parse(item, context)`, `write(story)` and
`carried(story)` (see `context.Format`) and one line in FORMATS. What to do about a bad item is
decided here and nowhere else: it is reported with file, place and reason, and the rest goes on.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from articles.story import StoryError

from . import jsonl, sources, textpage
from .context import Context, Format, NotADump, Read, Result, Unreadable
from .sources import Source

__all__ = [
    "FORMATS",
    "Context",
    "Format",
    "NotADump",
    "Read",
    "Result",
    "Unreadable",
    "read",
    "read_paths",
]

# In the order in which they are asked whether they recognise a dump.
FORMATS: dict[str, Format] = {"jsonl": jsonl, "textpage": textpage}
AUTO = "auto"


class NotThis(Exception):
    """What a dump is instead of one that can be read."""


def read_paths(paths: Iterable[str], *, format: str = AUTO, context: Context) -> Iterator[Result]:
    """Everything in the paths (files, folders, `-`), in order.

    A path that yields no Story ends with an Unreadable that names what was there.
    """
    for path in paths:
        seen: Counter[str] = Counter()
        for source in sources.find(path):
            if isinstance(source, Source):
                results = read(source, format=format, context=context)
            else:
                results = iter([source])
            for result in results:
                seen[result.reason if isinstance(result, NotADump) else ""] += 1
                yield result
        if not seen[""]:
            yield Unreadable(sources.shown(path), 0, _no_story(seen))


def read(source: Source, *, format: str = AUTO, context: Context) -> Iterator[Result]:
    """The items of one dump."""
    context = replace(context, name=source.name, modified=source.modified)
    try:
        with source.open() as opened:
            stream, head = sources.peeked(opened)
            name = _kind(head, format, alone=source.alone)
            yield from _items(FORMATS[name], stream, source.path, context)
    except NotThis as what:
        if source.alone:
            yield Unreadable(source.path, 0, f"no story there: it is {what}")
        else:
            yield NotADump(source.path, str(what))
    except (OSError, EOFError, zlib.error, StoryError) as error:
        yield Unreadable(source.path, 0, sources.in_words(error))


def _items(module: Format, stream: BinaryIO, path: str, context: Context) -> Iterator[Result]:
    for position, item in enumerate(module.split(stream), start=1):
        try:
            yield Read(path, position, module.parse(item, context))
        except StoryError as error:
            yield Unreadable(path, position, str(error))
        except (ValueError, OverflowError, RecursionError) as error:
            yield Unreadable(path, position, f"cannot be read: {error}")


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
