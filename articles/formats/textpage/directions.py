"""Invisible characters that say how others are set: marks of direction, joiners.

In text that runs from right to left, and in scripts whose letters join, they are part of the
spelling. In other text they are left over from something, and a direction that is opened and
never closed would turn around what follows it on the page.
"""

from __future__ import annotations

import re

_any = re.compile("[\u200c-\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_direction = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_letter = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_runs_left = re.compile(_letter)
# Between two letters of Latin, Greek or Cyrillic, or beside nothing, a joiner joins nothing.
_idle_joiner = re.compile(
    "(?<![\u0590-\u1dff\u20e3\u2190-\u2bff\u2e80-\ufefe\uff66-\U0010ffff])[\u200c\u200d]"
)
# At either end of a line, beside a letter of its own direction, a mark says nothing.
_idle_mark = re.compile(f"^[\u200f\u061c]+(?={_letter})|(?<={_letter})[\u200f\u061c]+$")
_opens_embedding, _closes_embedding = "\u202a\u202b\u202d\u202e", "\u202c"
_opens_isolate, _closes_isolate = "\u2066\u2067\u2068", "\u2069"


def settled(line: str) -> tuple[str, int]:
    """The line with only those that have something to say, and how many were taken out."""
    if not _any.search(line):
        return line, 0
    kept = line
    while (shorter := _idle_joiner.sub("", kept)) != kept:
        kept = shorter
    if not _runs_left.search(kept):
        kept = _direction.sub("", kept)
    else:
        kept = _idle_mark.sub("", _closed(kept))
    return kept, len(line) - len(kept)


def _closed(line: str) -> str:
    """Without what is opened and not closed on the line, or closed and not opened."""
    opened: list[tuple[str, int]] = []
    whole: set[int] = set()
    for position, letter in enumerate(line):
        if letter in _opens_embedding or letter in _opens_isolate:
            opened.append((letter, position))
        elif letter in (_closes_embedding, _closes_isolate):
            openers = _opens_embedding if letter == _closes_embedding else _opens_isolate
            if opened and opened[-1][0] in openers:
                whole |= {opened.pop()[1], position}
    controls = _opens_embedding + _opens_isolate + _closes_embedding + _closes_isolate
    return "".join(
        letter
        for position, letter in enumerate(line)
        if letter not in controls or position in whole
    )
