"""What a film, recording or document says beside what it shows: where, when, with what and by whom
it was made. Readers get it without that.

It is blanked in its place, so that nothing else moves; a document is written anew. `attachments`
uses this in its process of its own: no Django, and nothing of ours.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from typing import BinaryIO

Blank = tuple[int, int, str]  # where, how many bytes, what they begin with (in hex); zeros follow


class Damaged(ValueError):
    """It is not what it begins as, from its first byte to its last."""


class Blanked(io.RawIOBase):
    """`stream` with these stretches blanked; it is closed with this."""

    def __init__(self, stream: BinaryIO, blanks=()):
        self.stream = stream
        self.blanks = sorted((at, length, bytes.fromhex(head)) for at, length, head in blanks)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.stream.seek(offset, whence)

    def readinto(self, buffer) -> int:
        start = self.stream.tell()
        data = bytearray(self.stream.read(len(buffer)))
        end = start + len(data)
        first = max(0, bisect_right(self.blanks, (start, 0, b"")) - 1)
        for at, length, head in self.blanks[first:]:
            if at >= end:
                break
            low, high = max(at, start), min(at + length, end)
            if low < high:
                data[low - start : high - start] = head[low - at : high - at].ljust(
                    high - low, b"\0"
                )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self.stream.close()
        super().close()


def size_of(stream: BinaryIO) -> int:
    return stream.seek(0, 2)
