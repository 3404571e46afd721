"""What a whole batch told about each of its pages, ready to be asked while one is read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from articles.story import headline_key

from .paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Lesson:
    """`repeated`: on how many of the `pages` a line stands that is no part of any story, by its
    letters. `categories`: names of sections. `headlines`: marks of the headlines of other stories.
    """

    pages: int = 0
    repeated: dict[str, int] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    headlines: frozenset[str] = frozenset()

    def knows(self, headline: str) -> bool:
        """Whether a line, in whatever case, is the headline of a story that was seen."""
        return bool(self.headlines) and mark_of(headline_key(headline)) in self.headlines

    def without_boilerplate(self, whole: Sequence[Paragraph]) -> tuple[list[Paragraph], list[str]]:
        """The page without the lines that repeat over the batch, and a note about each."""
        if not self.repeated:
            return list(whole), []
        kept: list[Paragraph] = []
        notes: list[str] = []
        for paragraph in whole:
            lines = tuple(line for line in lines_of(paragraph) if not self._dropped(line, notes))
            if len(lines) < len(lines_of(paragraph)):
                paragraph = replace(paragraph, lines=() if paragraph.is_list else lines)
            if paragraph.lines:
                kept.append(paragraph)
        return kept, list(dict.fromkeys(notes))

    def _dropped(self, line: str, notes: list[str]) -> bool:
        times = self.repeated.get(headline_key(line)) if len(line) <= LONGEST_LINE else None
        if times:
            notes.append(f"dropped, it stands on {times} of {self.pages} pages: “{line[:80]}”")
        return bool(times)


LONGEST_LINE = 240  # characters of a line that can be boilerplate
NOTHING = Lesson()
_last: list[tuple[Any, Lesson]] = []


def lesson_of(learned: Any) -> Lesson:
    """The lesson in what `learn` answered, a JSON value; the same value is unpacked once."""
    if not isinstance(learned, dict):
        return NOTHING
    if not (_last and _last[0][0] is learned):
        _last[:] = [(learned, _unpacked(learned))]
    return _last[0][1]


def _unpacked(learned: dict[str, Any]) -> Lesson:
    return Lesson(
        pages=int(learned.get("pages", 0)),
        repeated={str(key): int(times) for key, times in learned.get("repeated", {}).items()},
        categories=tuple(map(str, learned.get("categories", ()))),
        headlines=frozenset(map(str, learned.get("headlines", ()))),
    )


def lines_of(paragraph: Paragraph) -> tuple[str, ...]:
    """What is counted and dropped as one: a line, or a list as a whole."""
    if paragraph.mark:
        return ()
    return (paragraph.text,) if paragraph.is_list else paragraph.lines


def mark_of(key: str) -> str:
    """A headline in twelve characters, so that a batch of them can be stored."""
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=6).hexdigest()
