"""MPEG-4: boxes within boxes. A blank one is called `free`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import BinaryIO

from . import Blank, Damaged, size_of

WITHIN = {b"moov", b"trak", b"mdia", b"moof", b"traf"}
PRIVATE = {b"udta", b"meta", b"free", b"skip"}
NOTES = {b"meta", b"camm"}  # kinds of tracks: places and movements, a sample a moment


def boxes(stream: BinaryIO, at: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """(name, where it begins, where its content does, where it ends)."""
    while at < end:
        stream.seek(at)
        head = stream.read(16)
        length, content = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, content = int.from_bytes(head[8:], "big"), 16
        if length < content or at + length > end:
            raise Damaged
        yield head[4:8], at, at + content, at + length
        at += length


def blanks(stream: BinaryIO) -> Iterator[Blank]:
    """In an MPEG-4 file of boxes from its first byte to its last."""
    yield from _within(stream, b"", 0, size_of(stream))


def blanks_of_film(stream: BinaryIO) -> Iterator[Blank]:
    """The same, of one that may be played."""
    if b"moov" not in {name for name, *_where in boxes(stream, 0, size_of(stream))}:
        raise Damaged
    yield from blanks(stream)


def _within(stream, parent, start, end):
    for name, at, content, stop in list(boxes(stream, start, end)):
        strange = name == b"uuid" and parent not in (b"moof", b"traf")
        if name in PRIVATE or name.startswith(b"\xa9") or strange:
            yield from _free(at, content, stop)
        elif name == b"trak" and _kind(stream, content, stop) in NOTES:
            yield from _samples(stream, content, stop)
            yield from _free(at, content, stop)
        elif name in WITHIN:
            yield from _within(stream, name, content, stop)


def _free(at, content, stop):
    yield at + 4, 4, b"free".hex()
    yield content, stop - content, ""


def _found(stream, content, stop, *path):
    """The content of the box at this path; b"" where there is none."""
    for name in path:
        found = [(c, s) for n, _at, c, s in boxes(stream, content, stop) if n == name]
        if not found:
            return b""
        content, stop = found[0]
    stream.seek(content)
    return stream.read(stop - content)


def _kind(stream, content, stop):
    return _found(stream, content, stop, b"mdia", b"hdlr")[8:12]


def _samples(stream, content, stop):
    """Wherever the samples of a track lie."""
    table = (b"mdia", b"minf", b"stbl")
    starts = _numbers(_found(stream, content, stop, *table, b"stco"), 4)
    starts += _numbers(_found(stream, content, stop, *table, b"co64"), 8)
    runs = _numbers(_found(stream, content, stop, *table, b"stsc"), 4)
    sizes = _found(stream, content, stop, *table, b"stsz")
    same, each = int.from_bytes(sizes[4:8], "big"), _numbers(sizes[4:], 4)
    firsts, counts = runs[::3], runs[1::3]
    total, sample = size_of(stream), 0
    for number, at in enumerate(starts, start=1):
        run = bisect_right(firsts, number) - 1
        count = counts[run] if run >= 0 else 0
        length = same * count or sum(each[sample : sample + count])
        sample += count
        if at + length > total:
            raise Damaged
        yield at, length, ""


def _numbers(data, size):
    return [int.from_bytes(data[at : at + size], "big") for at in range(8, len(data), size)]
