"""What is packed with gzip, bzip2 or zstd, as a stream that gives no more than it may."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

import zstandard

from articles.story import StoryError

from .streams import buffered, peeked

# A story's words shrink to a third, the same story over and over to a hundredth; a bomb to a
# thousandth and far below. So a stream of any length is read, and one that only swells is not.
FREE, RATIO = 100_000_000, 500
WINDOW = 2**27  # bytes of memory that a zstd frame may ask for, as much as `zstd -d` gives
SIP = 2048  # bytes of zstd at a time: the worst of them become 64 MB


class Allowance:
    """How much may come out of what went in, here and in what this lies `within`."""

    def __init__(self, within: Allowance | None = None, packed: int = 0) -> None:
        self.within, self.packed, self.unpacked = within, packed, 0

    def took(self, size: int) -> None:
        self.packed += size

    def gave(self, size: int) -> None:
        """Raises StoryError when that is more than anybody packs."""
        self.unpacked += size
        if self.unpacked > FREE + RATIO * self.packed:
            raise StoryError(
                f"it unpacks to more than {FREE // 10**6} MB and {RATIO} times its size: "
                "no archive of words does"
            )
        if self.within:
            self.within.gave(size)


def unpacked(
    stream: BinaryIO, within: Allowance | None = None
) -> tuple[BinaryIO, Allowance | None]:
    """The stream, or what is packed in it, which is closed with it; and whose allowance counts."""
    stream, head = peeked(stream)
    for what, recognises, opened in PACKINGS:
        if recognises(head):
            allowance = Allowance(within)
            inside = opened(_Counted(stream, allowance))
            return guarded(inside, what, allowance, stream), allowance
    return stream, within


def guarded(
    inside: BinaryIO, what: str, allowance: Allowance, packed: BinaryIO | None = None
) -> BinaryIO:
    """A decompressor whose errors are StoryErrors and whose output is counted."""
    return buffered(_Guarded(inside, what, allowance, packed))


class _Guarded(io.RawIOBase):
    def __init__(
        self, inside: BinaryIO, what: str, allowance: Allowance, packed: BinaryIO | None
    ) -> None:
        self.inside, self.what, self.allowance, self.packed = inside, what, allowance, packed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            # One step only: what came out before an error is not lost with it.
            data: bytes = self.inside.read1(len(buffer))  # type: ignore[attr-defined]
        except StoryError:  # of what this lies within
            raise
        except EOFError as error:
            raise StoryError(f"its {self.what} data is cut off") from error
        except DAMAGED as error:
            if isinstance(error, OSError) and error.errno:  # the disk's, not the decompressor's
                raise
            raise StoryError(_damage(self.what, error)) from error
        self.allowance.gave(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self.inside.close()
        if self.packed:
            self.packed.close()
        super().close()


DAMAGED = (OSError, ValueError, zlib.error, zipfile.BadZipFile, zstandard.ZstdError)


def _damage(what: str, error: Exception) -> str:
    if "too much memory" in str(error):
        return f"its {what} data asks for more than {WINDOW // 2**20} MB of memory: pack it anew"
    return f"its {what} data is damaged"


class _Counted(io.RawIOBase):
    """Tells the allowance what was read."""

    def __init__(self, packed: BinaryIO, allowance: Allowance) -> None:
        self.packed, self.allowance = packed, allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.packed.read(len(buffer))
        self.allowance.took(len(data))
        buffer[: len(data)] = data
        return len(data)


class _Zstd:
    """Frames of zstd, one behind the other. The library's own reader does not tell a cut."""

    def __init__(self, packed: BinaryIO) -> None:
        self.packed = packed
        self.decompressor = zstandard.ZstdDecompressor(max_window_size=WINDOW)
        self.frame: zstandard.ZstdDecompressionObj | None = None
        self.rest, self.ready = b"", memoryview(b"")

    def read1(self, size: int) -> bytes:
        while not self.ready:
            data = self.rest or self.packed.read(SIP)
            if not data and self.frame:
                raise EOFError
            if not data:
                return b""
            self._feed(data)
        given, self.ready = self.ready[:size], self.ready[size:]
        return bytes(given)

    def _feed(self, data: bytes) -> None:
        frame = self.frame or self.decompressor.decompressobj()
        self.ready = memoryview(frame.decompress(data))
        self.frame = None if frame.eof else frame
        self.rest = frame.unused_data if frame.eof else b""

    def close(self) -> None:
        self.ready = memoryview(b"")


def _is_gzip(head: bytes) -> bool:
    return head.startswith(b"\x1f\x8b\x08")


def _is_bzip2(head: bytes) -> bool:
    """The name alone, BZh, could begin a headline; what follows is pi, or for nothing its root."""
    return head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90")


def _is_zstd(head: bytes) -> bool:
    """A frame, or one to be skipped, which some packers put before it."""
    return head.startswith(b"\x28\xb5\x2f\xfd") or (
        head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F
    )


def _gunzip(packed: io.RawIOBase) -> BinaryIO:
    return cast(BinaryIO, gzip.GzipFile(fileobj=cast(BinaryIO, packed)))


def _bunzip2(packed: io.RawIOBase) -> BinaryIO:
    return cast(BinaryIO, bz2.BZ2File(cast(BinaryIO, packed)))


def _unzstd(packed: io.RawIOBase) -> BinaryIO:
    return cast(BinaryIO, _Zstd(buffered(packed)))


PACKINGS: tuple[tuple[str, Callable[[bytes], bool], Callable[[io.RawIOBase], BinaryIO]], ...] = (
    ("gzip", _is_gzip, _gunzip),
    ("bzip2", _is_bzip2, _bunzip2),
    ("zstd", _is_zstd, _unzstd),
)
