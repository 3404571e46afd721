"""Streams that can be looked at before they are read, and read again from their beginning."""

from __future__ import annotations

import io
import tempfile
from typing import BinaryIO, cast

from articles.story import StoryError

from ..context import HEAD

CHUNK = 65536
SPOOLED = 2_000_000_000  # bytes that are copied into a temporary file


def peeked(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    """The stream as it was, and its first bytes (at most HEAD), also for a pipe."""
    head = b""
    while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
        head += more
    if stream.seekable():
        stream.seek(0)
        return stream, head
    return buffered(_Rejoined(head, stream)), head


def buffered(raw: io.RawIOBase) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(raw, CHUNK))


def seekable(stream: BinaryIO) -> BinaryIO:
    """The stream, or a copy of it in a temporary file without a name where it has no way back."""
    if stream.seekable():
        return stream
    copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - whoever asked closes it
    try:
        while data := stream.read(CHUNK):
            if copy.tell() > SPOOLED:
                raise StoryError(f"it is larger than {SPOOLED // 10**9} GB: name it as a file")
            copy.write(data)
        copy.seek(0)
    except BaseException:
        copy.close()
        raise
    return copy


class _Rejoined(io.RawIOBase):
    """Bytes that were read ahead, and the rest of the stream behind them; closed with it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.head[: len(buffer)] or self.rest.read(len(buffer))
        self.head = self.head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
