"""MP3: tags in front of the sound and behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from . import Blank, size_of


def blanks(stream: BinaryIO) -> Iterator[Blank]:
    stream.seek(0)
    begin = length(stream.read(10))
    if begin:
        inside = begin - 10
        sizes = bytes(inside >> shift & 0x7F for shift in (21, 14, 7, 0))
        yield 0, begin, (b"ID3\4\0\0" + sizes).hex()
    end = size_of(stream)
    while behind := min(_behind(stream, end), end - begin):
        end -= behind
        old = behind in (128, 355)
        yield end, behind - 128 * old, ""
        if old:  # an empty one: zeros alone a player would take for sound
            yield end + behind - 128, 128, (b"TAG" + bytes(124) + b"\xff").hex()


def length(head: bytes) -> int:
    """Of the ID3 tag that begins so; 0 where none does."""
    if not head.startswith(b"ID3"):
        return 0
    inside = 0
    for byte in head[6:10]:
        inside = inside << 7 | byte & 0x7F
    return 10 + inside + 10 * bool(head[3] >= 4 and head[5] & 0x10)


def _behind(stream, end):
    """How long the tag is that ends there; 0 where none does."""
    stream.seek(max(0, end - 355))
    last = stream.read(min(end, 355))
    if last[-128:-125] == b"TAG":
        return 355 if last[-355:-351] == b"TAG+" else 128
    if last[-32:-24] == b"APETAGEX":
        return int.from_bytes(last[-20:-16], "little") + 32 * (last[-9] >> 7)
    if last[-9:] == b"LYRICS200" and last[-15:-9].isdigit():
        return int(last[-15:-9]) + 15
    if last[-10:-7] == b"3DI":
        return length(b"ID3" + last[-7:])
    return 0
