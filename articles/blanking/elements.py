"""Matroska, and so WebM: elements within elements. A blank one is called Void."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from . import Blank, Damaged, size_of

EBML, SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
CLUSTER, INFO, VOID, CRC = b"\x1f\x43\xb6\x75", b"\x15\x49\xa9\x66", b"\xec", b"\xbf"
SEEK, TRACKS = b"\x11\x4d\x9b\x74", b"\x16\x54\xae\x6b"
CUES, CHAPTERS = b"\x1c\x53\xbb\x6b", b"\x10\x43\xa7\x70"
SHOWN = {CLUSTER, INFO, SEEK, TRACKS, CUES, CHAPTERS}
BESIDE = {b"\x19\x41\xa4\x69", b"\x12\x54\xc3\x67"}  # attachments, tags
# Title, date, names of files; a checksum would be wrong now.
ABOUT = {b"\x7b\xa9", b"\x44\x61", b"\x73\x84", b"\x3c\x83\xab", b"\x3e\x83\xbb", VOID, CRC}


def element(stream: BinaryIO, at: int, end: int) -> tuple[bytes, int, int | None]:
    """(its id, where its content begins, where it ends); None: wherever the next one begins."""
    stream.seek(at)
    head = stream.read(12)
    named = 9 - head[0].bit_length() if head else 9
    wide = 9 - head[named].bit_length() if named <= 4 and len(head) > named else 9
    if wide > 8:
        raise Damaged
    length = int.from_bytes(head[named : named + wide], "big") & (1 << 7 * wide) - 1
    content = at + named + wide
    if length == (1 << 7 * wide) - 1:
        return head[:named], content, None
    if content + length > end:
        raise Damaged
    return head[:named], content, content + length


def blanks(stream: BinaryIO) -> Iterator[Blank]:
    """In a WebM or Matroska film that is one segment to its end."""
    size = size_of(stream)
    name, content, stop = element(stream, 0, size)
    stream.seek(content)
    if name != EBML or not stop or not {b"webm", b"matroska"} & _words(stream, content, stop):
        raise Damaged
    name, at, end = element(stream, stop, size)
    if name != SEGMENT or end not in (None, size):
        raise Damaged
    while at < size:
        name, content, stop = element(stream, at, size)
        if stop is None:
            if name != CLUSTER:
                raise Damaged
            stop = _end(stream, content, size)
        if name == INFO:
            yield from _about(stream, content, stop)
        elif name not in SHOWN:
            yield _void(at, stop)
        at = stop


def _words(stream, content, stop):
    found = set()
    while content < stop:
        _name, start, end = element(stream, content, stop)
        if end is None:
            raise Damaged
        stream.seek(start)
        found.add(stream.read(end - start).rstrip(b"\0"))
        content = end
    return found


def _end(stream, at, size):
    """Of a cluster that does not say how long it is: where the next element of its kind begins."""
    while at < size:
        name, _content, stop = element(stream, at, size)
        if name in SHOWN | BESIDE:
            break
        if stop is None:
            raise Damaged
        at = stop
    return at


def _about(stream, at, end):
    while at < end:
        name, _content, stop = element(stream, at, end)
        if stop is None:
            raise Damaged
        if name in ABOUT:
            yield _void(at, stop)
        at = stop


def _void(at, stop):
    length = stop - at
    short = length - 2 < 127
    size = bytes([0x80 | length - 2]) if short else b"\1" + (length - 9).to_bytes(7, "big")
    return at, length, (VOID + size).hex()
