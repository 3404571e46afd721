"""What is in a folder and below it, in the order of names, however much that is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ..context import NotADump, Unreadable
from .names import base_name, shown
from .source import Found, Source, moment
from .words import in_words

AT_A_TIME = 100_000  # names that are held in memory


def walk(folder: str) -> Iterator[Found]:
    """Every file; what is no file, what is hidden and what cannot be read is named."""
    waiting = [(folder, in_order(folder))]  # no recursion: a thousand folders may lie in each other
    while waiting:
        folder, names = waiting[-1]
        try:
            name = next(names, None)
        except OSError as error:
            yield Unreadable(shown(folder), 0, in_words(error))
            name = None
        if name is None:
            waiting.pop()
            continue
        path = os.path.join(folder, name)  # noqa: PTH118 - quicker by far than a Path
        found = _at(path, name)
        if found is None:
            waiting.append((path, in_order(path)))
        else:
            yield found


def in_order(folder: str) -> Iterator[str]:
    """The names in a folder, sorted, without holding all of them.

    The first so many are picked, then the folder is looked through again for those behind them.
    So a dump is always read in the same order, and a reading that goes on finds its place.
    """
    last = ""
    while True:
        with os.scandir(folder) as entries:
            names = _first(entry.name for entry in entries if entry.name > last)
        yield from names
        if len(names) < AT_A_TIME:
            return
        last = names[-1]


def _first(names: Iterator[str]) -> list[str]:
    """The first AT_A_TIME of them, sorted. A heap would take three times as long."""
    picked: list[str] = []
    beyond = None
    for name in names:
        if beyond is None or name < beyond:
            picked.append(name)
            if len(picked) == 2 * AT_A_TIME:
                picked.sort()
                del picked[AT_A_TIME:]
                beyond = picked[-1]
    picked.sort()
    return picked[:AT_A_TIME]


def file_at(path: str, *, alone: bool, told: os.stat_result | None = None) -> Source:
    """Raises OSError. What is no regular file, such as a pipe, has no time."""
    told = told or Path(path).stat()
    modified = moment(told.st_mtime) if stat.S_ISREG(told.st_mode) else None

    def opened() -> BinaryIO:
        return Path(path).open("rb")

    return Source(shown(path), base_name(path), modified, opened, alone)


def _at(path: str, name: str) -> Found | None:
    """What a path in a folder is; None for a folder."""
    if name.startswith("."):
        return NotADump(shown(path), "a hidden file")
    try:
        told = os.lstat(path)
    except OSError as error:
        return Unreadable(shown(path), 0, in_words(error))
    if stat.S_ISLNK(told.st_mode):  # it may lead out of the folder, or round in circles
        return NotADump(shown(path), "a link")
    if stat.S_ISDIR(told.st_mode):
        return None
    if not stat.S_ISREG(told.st_mode):
        return NotADump(shown(path), "not a file")
    return file_at(path, alone=False, told=told)
