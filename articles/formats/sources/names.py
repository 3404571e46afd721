"""Names of files and members as they can be printed and stored, and the ids made of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from ..context import NotADump, Unreadable
from .source import Found, Source

# What comes off a name before it is an id. Only what is known: `story.v2` keeps its `.v2`.
EXTENSIONS = frozenset(
    ".txt .text .asc .dump .htm .html .json .jsonl .ndjson .gz .bz2 .zst .zip".split()
)
LONGEST = 4096  # characters of a member's name; no file system takes a longer path

# What would move a terminal's cursor, break a line of a report, or turn the words around it.
_unprintable = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def shown(path: str) -> str:
    """A path that can be printed and stored, whatever bytes it is made of: each of its own."""
    return printable(os.fsencode(path).decode("utf-8", "surrogateescape"))


def printable(name: str) -> str:
    r"""The name with `\x1b` in place of an escape character, `\xe9` of a byte that is no UTF-8."""
    return _unprintable.sub(_escaped, name)


def base_name(path: str) -> str:
    """The last part of a path without the extensions that only say how it is stored."""
    name = shown(path).rpartition("/")[2]
    while True:
        stem, _dot, ending = name.rpartition(".")
        if not stem or f".{ending.lower()}" not in EXTENSIONS:
            return name
        name = stem


def member(
    archive: str, name: str, modified: datetime | None, open: Callable[[], BinaryIO]
) -> Found:
    """A member of an archive, told as `archive/name`.

    An absolute name, one with `..` or with backslashes is read like any other: honest archives
    have them (`tar -P`, `tar c ../dumps`, packers on Windows), and since nothing is extracted
    the name leads nowhere. Only its last part is used, as the id. Two members of one name are
    both read, in order: in an archive that was appended to, the later is the newer.
    """
    path = f"{archive}/{printable(name[:LONGEST])}"
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".")]
    if len(name) > LONGEST:
        return Unreadable(f"{path[:200]}…", 0, f"its name is longer than {LONGEST} characters")
    if not parts or parts[-1] == "..":
        return Unreadable(path, 0, "it has no name")
    if any(part.startswith(".") and part != ".." for part in parts):
        return NotADump(path, "a hidden file")
    return Source(path, base_name(printable(parts[-1])), modified, open, alone=False)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:  # how Python keeps a byte that it could not decode
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
