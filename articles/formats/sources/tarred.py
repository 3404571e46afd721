"""The members of a tar archive, in order, out of a stream that is read once and forwards.

`tarfile` understands the headers (old, ustar, GNU, pax); where it would end in silence, at a
damaged header or a missing end, this tells.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from articles.story import StoryError

from ..context import NotADump, Unreadable
from .names import member, printable
from .packing import Allowance
from .source import Found, moment
from .streams import CHUNK, buffered

HEADER = 1_000_000  # bytes; long names and times of a member are far less
PADDING = 1_000_000  # bytes of zeros behind the end


def recognises(head: bytes) -> bool:
    """A header whose checksum is right: old archives have no other mark."""
    if b"\0" not in head[:512]:
        return False
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def members(
    stream: BinaryIO, path: str, within: Allowance | None
) -> Iterator[tuple[Found, Allowance]]:
    """What is in it; each must be read before the next is asked for. Raises StoryError."""
    allowance = Allowance(within)
    tape = _Tape(stream, allowance)
    found = False
    for info in _headers(tape):
        if not info.isdir():
            found = True
            yield _member(info, tape, path), allowance
    if not found:
        yield NotADump(path, "an empty archive"), allowance


def _headers(tape: _Tape) -> Iterator[tarfile.TarInfo]:
    last = ""
    try:
        tar: Any = tarfile.TarFile(
            fileobj=cast(BinaryIO, tape), encoding="utf-8", errors="surrogateescape"
        )
        while info := tar.next():
            tar.members.clear()  # it would remember a million of them
            last = f" behind {printable(info.name[:200])}"
            yield info
    except StoryError:
        raise
    except (tarfile.TarError, ValueError, OverflowError) as error:
        raise StoryError(f"the archive is damaged or cut off{last}") from error
    if len(tape.header) < tarfile.BLOCKSIZE or tape.header.strip(b"\0"):
        raise StoryError(f"the archive is damaged or cut off{last}")
    if tape.take(PADDING).strip(b"\0"):
        raise StoryError(f"something follows behind the end of the archive{last}")


def _member(info: tarfile.TarInfo, tape: _Tape, archive: str) -> Found:
    path = f"{archive}/{printable(info.name[:200])}"
    if info.issym() or info.islnk():
        return NotADump(path, "a link")
    if info.issparse():
        return Unreadable(path, 0, "it is packed as a sparse file: pack it anew without --sparse")
    if not info.isreg():
        return NotADump(path, "not a file")
    if info.size < 0:
        return Unreadable(path, 0, "its header is damaged")
    modified = moment(info.mtime)
    return member(archive, info.name, modified, lambda: buffered(_Member(tape, info)))


class _Tape:
    """A stream as tarfile wants one. It may be wound forwards, never back."""

    def __init__(self, stream: BinaryIO, allowance: Allowance) -> None:
        self.stream, self.allowance = stream, allowance
        self.at, self.header = 0, b""

    def tell(self) -> int:
        return self.at

    def seek(self, to: int) -> None:
        if to < self.at:
            raise StoryError("the archive is damaged: a header points back")
        if self.stream.seekable():
            self.at = self.stream.seek(to)
        while self.at < to and self.take(min(CHUNK, to - self.at)):
            pass

    def read(self, size: int) -> bytes:
        """For headers: `header` is the last one that was asked for."""
        if not 0 <= size <= HEADER:
            raise StoryError("the archive is damaged: a header without measure")
        self.header = self.take(size)
        return self.header

    def take(self, size: int) -> bytes:
        data = self.stream.read(size)
        self.at += len(data)
        self.allowance.took(len(data))
        return data


class _Member(io.RawIOBase):
    """The bytes of one member."""

    def __init__(self, tape: _Tape, info: tarfile.TarInfo) -> None:
        self.tape, self.left = tape, info.size
        tape.seek(info.offset_data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.tape.take(min(len(buffer), self.left))
        if self.left and not data:
            raise StoryError("the archive is cut off in it")
        self.left -= len(data)
        buffer[: len(data)] = data
        return len(data)
