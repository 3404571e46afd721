"""From a PATH to the streams in it: files, folders, `-`; packed, and in archives.

    PATH ──walking──▶ file ──packing──▶ stream ──zipped, tarred──▶ members, each a stream

What a file is, its first bytes tell and not its name. Everything is read as a stream; nothing is
ever extracted, so the name of a member is a label and never a place to write to.
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from articles.story import StoryError

from ..context import NotADump, Unreadable
from . import tarred, zipped
from .names import base_name, shown
from .packing import Allowance, unpacked
from .source import Found, Source
from .streams import peeked
from .walking import file_at, walk
from .words import in_words, medium, refuse

__all__ = ["Source", "base_name", "find", "in_words", "medium", "peeked", "refuse", "shown"]

STDIN = "-"
ARCHIVES = (tarred, zipped)
DEEPEST = 2  # archives in each other, such as a month of a newspaper in a year of it
MEMBERS = 10_000_000  # of one archive; twenty years of the New York Times have 1.8 million


def find(path: str) -> Iterator[Found]:
    """What is at `path`, in the order of names, of an archive in its own.

    A Source stays open until the next one is asked for.
    """
    if path == STDIN:
        yield from _inside(Source("(stdin)", "", None, _standard_input))
        return
    try:
        is_folder = stat.S_ISDIR(Path(path).stat().st_mode)
        found = walk(path) if is_folder else iter([file_at(path, alone=True)])
    except (OSError, ValueError) as error:
        yield Unreadable(shown(path), 0, in_words(error))
        return
    for source in found:
        yield from _inside(source)


def _inside(
    source: Found, within: Allowance | None = None, depth: int = 0
) -> Iterator[Source | Unreadable | NotADump]:
    """The source with its stream unpacked, or, where it is an archive, what is in that."""
    if not isinstance(source, Source):
        yield source
        return
    try:
        with source.open() as raw:
            plain, allowance = unpacked(raw, within)
            with plain:
                stream, head = peeked(plain)
                archive = next((kind for kind in ARCHIVES if kind.recognises(head)), None)
                if archive is None:
                    yield replace(source, open=lambda: stream)
                    return
                if depth == DEEPEST:
                    raise StoryError("an archive within an archive within another: unpack it first")
                for number, member in enumerate(archive.members(stream, source.path, allowance)):
                    if number == MEMBERS:
                        raise StoryError(f"an archive of more than {MEMBERS:,} members")
                    yield from _inside(member[0], member[1], depth + 1)
    except (OSError, StoryError) as error:
        yield Unreadable(source.path, 0, in_words(error))


def _standard_input() -> BinaryIO:
    if sys.stdin is None or sys.stdin.buffer.closed:
        raise StoryError("there is no standard input, or it was read before")
    return sys.stdin.buffer
