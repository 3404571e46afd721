"""JSON lines of our own Story: one object a line, nothing lost.

A single pretty-printed object, or an array of objects, is read as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from articles.story import Story, StoryError

from .context import Context
from .door import story_from

LINE = 20_000_000  # bytes; a longer line is refused unread
BOM = b"\xef\xbb\xbf"

_fields = "|".join(Story.__struct_fields__)
_opens_a_story = re.compile(rb'(?:^|\[)\s*\{\s*"(?:' + _fields.encode() + rb')"\s*:', re.M)


def recognises(head: bytes) -> bool:
    """JSON whose first key is a field of the Story."""
    head = head.removeprefix(BOM).lstrip()
    return head[:1] in b"{[" and bool(_opens_a_story.search(head))


def split(stream: BinaryIO) -> Iterator[bytes]:
    """The lines; of an over-long one only so much that `parse` sees it is too long."""
    first = _line(stream).removeprefix(BOM)
    while first and not first.strip():
        first = _line(stream)
    if first.strip() in (b"{", b"[") or first.lstrip().startswith(b"["):
        yield from _document(first + stream.read(LINE - len(first) + 1))
        return
    while first:
        if first.strip():
            yield first
        first = _line(stream)


def parse(item: bytes, context: Context) -> Story:
    if len(item) > LINE:
        raise StoryError(f"longer than {LINE // 1_000_000} MB: a story never is")
    document = _decoded(item)
    if not isinstance(document, dict):
        raise StoryError("a JSON value, but not an object")
    document.setdefault("source", context.source or "jsonl")
    if context.captured_at:
        document["captured_at"] = context.captured_at.isoformat()
    return story_from(document)


def write(story: Story) -> bytes:
    return story.as_json() + b"\n"


def carried(story: Story) -> Story:
    """All of it."""
    return story


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline(LINE + 1)
    rest = line
    while len(rest) > LINE // 2 and not rest.endswith(b"\n"):
        rest = stream.readline(LINE)
    return line


def _document(text: bytes) -> Iterator[bytes]:
    """The objects of one JSON text that spans lines."""
    if len(text) > LINE:
        yield text
        return
    try:
        found = msgspec.json.decode(text, type=list[msgspec.Raw] | msgspec.Raw)
    except (msgspec.DecodeError, TypeError):
        found = text
    yield from map(bytes, found) if isinstance(found, list) else [bytes(found)]


def _decoded(item: bytes) -> Any:
    try:
        return msgspec.json.decode(item)
    except msgspec.DecodeError as error:
        if b"\\ud" in item.lower():  # half a surrogate pair: the door removes it
            try:
                return json.loads(item)
            except ValueError:
                pass
        raise StoryError(f"not JSON: {error}") from error
