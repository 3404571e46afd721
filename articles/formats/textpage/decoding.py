"""From bytes to clean text, telling what had to be repaired."""

from __future__ import annotations

import re

from articles.prose.characters import REFUSE, composed
from articles.story import StoryError

from . import directions
from .encodings import as_text
from .mending import mend

# In front of a line: what follows is not what it looks like. Once: a paragraph. Twice: the
# headline of a related story. Three times: a subhead. Four times: a caption. Five times: a
# line of the head (headline, standfirst, title of the video), or a headline in a list of other
# stories. Six times: the caption of a video. Invisible (WORD JOINER), printed by our writer only
# where it is needed.
MARK = "\u2060"

_new_lines = re.compile("\r\n|\r\r\n|[\r\v\f\x85\u2028\u2029]")
_misplaced_mark = re.compile(rf"(?m)(^[ \t]*(?:•|\d{{1,3}}\.)?[ \t]*{MARK}{{1,6}})|{MARK}")
_control = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_refuse = REFUSE.replace("\u2060", "\u2061")  # the mark has a check of its own
_invisible = re.compile(f"[{_refuse}]")
_directions = "\u200c-\u200f\u061c\u202a-\u202e\u2066-\u2069"
_direction = re.compile(f"[{_directions}]")
# Whatever one of these looks for: hardly a page has any of it.
_unusual = re.compile(f"[\r\v\f\u2028\u2029\x7f-\x9f{_refuse}{MARK}{_directions}]")


def decoded(data: bytes) -> tuple[str, list[str]]:
    """The text of a page and the notes on its repair. Raises StoryError if it is no text."""
    text, notes = as_text(data)
    if not text.isascii():
        text = _mended(text, notes)
    if _unusual.search(text):
        text = _without_controls(_new_lines.sub("\n", text), notes)
        text = _settled(_without_invisible(text, notes), notes)
    return composed(text), notes


def _mended(text: str, notes: list[str]) -> str:
    mended = mend(text)
    if mended != text:
        notes.append("letters that had been read in the wrong encoding were put right")
    return mended


def _without_controls(text: str, notes: list[str]) -> str:
    clean, removed = _control.subn("", text)
    if removed * 20 > len(text):
        raise StoryError("cannot be read: it is not text")
    if removed:
        notes.append(f"{removed} control characters removed")
    return clean


def _without_invisible(text: str, notes: list[str]) -> str:
    clean, removed = _invisible.subn("", text)
    if MARK in clean:
        kept = _misplaced_mark.sub(lambda m: m[1] or "", clean)
        removed, clean = removed + len(clean) - len(kept), kept
    if removed:
        notes.append(f"{removed} zero-width characters and soft hyphens removed")
    return clean


def _settled(text: str, notes: list[str]) -> str:
    """Joiners and marks of direction only where they have something to say."""
    if not _direction.search(text):
        return text
    settled = [directions.settled(line) for line in text.split("\n")]
    if removed := sum(count for _, count in settled):
        notes.append(f"{removed} joiners and marks of direction removed that had nothing to say")
    return "\n".join(line for line, _ in settled)
