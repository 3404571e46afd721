"""The members of a zip archive, in the order of its directory, each as a stream.

The directory is at the end and is held in memory, some 0.7 kB a member. A zip that comes through
a pipe, packed, or in another archive is therefore copied into a temporary file first.
"""

from __future__ import annotations

import errno
import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import BinaryIO, cast

from articles.story import StoryError

from ..context import NotADump, Unreadable
from .names import member, printable
from .packing import Allowance, guarded
from .source import Found, moment
from .streams import seekable

# The others are rare, and their decompressors take as much memory as a hostile header asks for.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
UNKNOWN = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can tell: the packer knew none
EXTENDED_TIME = 0x5455
BROKEN = (zipfile.BadZipFile, ValueError, struct.error, RuntimeError, EOFError, IndexError)


def recognises(head: bytes) -> bool:
    """The first member, or the end of an archive without one."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def members(
    stream: BinaryIO, path: str, within: Allowance | None
) -> Iterator[tuple[Found, Allowance]]:
    """What is in it; each must be read before the next is asked for. Raises StoryError."""
    with seekable(stream) as file:
        allowance = Allowance(within, packed=file.seek(0, io.SEEK_END))
        with damage_told("the zip archive is damaged or cut off"):
            archive = zipfile.ZipFile(file)
        with archive:
            found = False
            for info in archive.infolist():
                if not info.is_dir():
                    found = True
                    yield _member(info, archive, path, allowance), allowance
            if not found:
                yield NotADump(path, "an empty archive"), allowance


@contextmanager
def damage_told(sentence: str) -> Iterator[None]:
    """A damaged header's error as a StoryError; the disk's own errors stay what they are."""
    try:
        yield
    except (*BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # sent to before byte 0
            raise
        raise StoryError(sentence) from error


def _member(info: zipfile.ZipInfo, archive: zipfile.ZipFile, path: str, within: Allowance) -> Found:
    told = f"{path}/{printable(info.filename[:200])}"
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return NotADump(told, "a link")
    if kind not in (0, stat.S_IFREG):
        return NotADump(told, "not a file")
    if info.flag_bits & ENCRYPTED:
        return Unreadable(told, 0, "it is encrypted: unpack it with its password first")
    if info.compress_type not in METHODS:
        return Unreadable(told, 0, "it is packed in a way that is not read: pack it anew (deflate)")

    def opened() -> BinaryIO:
        with damage_told("its zip data is damaged"):
            inside = cast(BinaryIO, archive.open(info))
        return guarded(inside, "zip", Allowance(within, packed=info.compress_size))

    return member(path, info.filename, _modified(info), opened)


def _modified(info: zipfile.ZipInfo) -> datetime | None:
    """The exact time that most packers add, else what every zip tells: to 2 s, of no zone."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == EXTENDED_TIME and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            (seconds,) = struct.unpack_from("<i", extra, 5)
            return moment(seconds)
        extra = extra[4 + size :]
    try:
        return None if info.date_time == UNKNOWN else datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return None
