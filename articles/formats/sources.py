"""From a PATH to the streams in it: a file, a folder, `-`; plain or `.gz`.

Other containers join here: one more `_open` in the table, nothing else knows of them.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from articles.story import StoryError

from .context import HEAD, NotADump, Unreadable

STDIN = "-"

# What comes off a name before it is an id. Only what is known: `story.v2` keeps its `.v2`.
EXTENSIONS = frozenset(
    ".txt .text .asc .dump .htm .html .json .jsonl .ndjson .gz .bz2 .zst .zip".split()
)

# How files begin that are beside stories (the library's pictures) or that hold them packed.
MEDIA = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF file"),
    (b"\x1a\x45\xdf\xa3", "a WebM film"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"SQLite format 3\x00", "a database"),
)
PACKED = (
    (b"PK\x03\x04", "a zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a rar archive"),
)
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """A stream that can be opened once. `alone`: named by the user, not found in a folder."""

    path: str
    name: str
    modified: datetime | None
    open: Callable[[], BinaryIO]
    alone: bool = True


def find(path: str) -> Iterator[Source | Unreadable | NotADump]:
    """What is at `path`, in sorted order; a folder is walked, never listed as a whole."""
    if path == STDIN:
        yield Source("(stdin)", "", None, lambda: unpacked(sys.stdin.buffer))
        return
    try:
        is_folder = stat.S_ISDIR(Path(path).stat().st_mode)
    except (OSError, ValueError) as error:
        yield Unreadable(shown(path), 0, in_words(error))
        return
    if is_folder:
        yield from _walk(path)
    else:
        yield _file(path, alone=True)


def in_words(error: Exception) -> str:
    """ "no such file", without the number and the path that Python puts around it."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, StoryError):
        return f"cannot be read: {error}"
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"cannot be read: {reason}"


def base_name(path: str) -> str:
    """The last part of a path without the extensions that only say how it is stored."""
    name = Path(shown(path)).name
    while Path(name).suffix.lower() in EXTENSIONS:
        name = Path(name).stem
    return name


def shown(path: str) -> str:
    """A path that can be printed and stored, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def refuse(head: bytes) -> None:
    """Raises StoryError when a file that begins so can be no dump, in words that say why."""
    if not head.strip(b"\x00\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise StoryError("the file is empty")
    for magic, what in PACKED:
        if head.startswith(magic):
            raise StoryError(f"it is {what}, which cannot be opened yet: unpack it first")
    controls = len(head) - len(head.translate(None, bytes(range(9))))
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) * 2 > len(head) * 0.8
    if controls * 50 > len(head) and not wide:
        raise StoryError("it is not text")


def medium(head: bytes) -> str:
    """The name of a picture, film or sound that begins so, else ""."""
    for magic, what in MEDIA:
        if head.startswith(magic):
            return what
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"AVI ", b"WAVE"):
        return "a picture, film or sound"
    return "a picture or film" if head[4:8] == b"ftyp" else ""


def unpacked(raw: BinaryIO) -> BinaryIO:
    """The stream, or what is inside when it is gzip; always one that can be peeked at."""
    stream, head = peeked(raw)
    if head.startswith(GZIP):
        return cast(BinaryIO, _Gunzipped(stream))
    return stream


class _Gunzipped(gzip.GzipFile):
    """What is inside a stream, which is closed with it."""

    def __init__(self, packed: BinaryIO):
        super().__init__(fileobj=packed)
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()


def peeked(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    """The stream as it was, and its first bytes (at most HEAD), also for a pipe."""
    head = b""
    while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
        head += more
    if stream.seekable():
        stream.seek(0)
        return stream, head
    return cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream), 65536)), head


class _Rejoined(io.RawIOBase):
    """Bytes that were read ahead, and the rest of the stream behind them."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.head[: len(buffer)] or self.rest.read(len(buffer))
        self.head = self.head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _walk(folder: str) -> Iterator[Source | Unreadable | NotADump]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Unreadable(shown(folder), 0, in_words(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            yield NotADump(shown(entry.path), "a hidden file")
        elif entry.is_symlink():  # it may lead out of the folder, or round in circles
            yield NotADump(shown(entry.path), "a link")
        elif entry.is_dir():
            yield from _walk(entry.path)
        elif entry.is_file():
            yield _file(entry.path, alone=False)
        else:
            yield NotADump(shown(entry.path), "not a file")


def _file(path: str, *, alone: bool) -> Source | Unreadable:
    try:
        told = Path(path).stat()
    except OSError as error:
        return Unreadable(shown(path), 0, in_words(error))
    modified = datetime.fromtimestamp(told.st_mtime, UTC) if stat.S_ISREG(told.st_mode) else None

    def opened() -> BinaryIO:
        return unpacked(Path(path).open("rb"))

    return Source(shown(path), base_name(path), modified, opened, alone)
