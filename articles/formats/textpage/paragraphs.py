"""A page as paragraphs and lists: what stands between two blank lines, looked at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import labels
from .dates import date_line, is_age
from .decoding import MARK

_blank = re.compile(r"\n[ \t\xa0\u202f\u2000-\u200a\u3000]+(?=\n)")
_bullet = re.compile(
    r"(?P<indent>\s*)(?:(?P<dot>[•◦▪▫‣⁃●○■])|(?P<dash>[-–—*·])|(?P<n>\d{1,3})[.)])\s+"
)

# The kinds of marked paragraphs, by the number of marks (see decoding.MARK).
PARAGRAPH, STORY, SUBHEAD, CAPTION, LINE, VIDEO_CAPTION = 1, 2, 3, 4, 5, 6


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lines` of text, or the items of a list. `mark`: how many marks it begins with."""

    lines: tuple[str, ...]
    is_list: bool = False
    ordered: bool = False
    start: int = 1
    mark: int = 0

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def is_text(self) -> bool:
        return not self.is_list


def paragraphs(text: str) -> list[Paragraph]:
    found: list[Paragraph] = []
    for block in _blank.sub("\n", text).split("\n\n"):
        line = block.strip("\n")
        if "\n" not in line:
            if line and not line.isspace():
                found.append(_one(line))
        else:
            found += _several([line for line in block.split("\n") if line.strip()])
    return found


def _one(line: str) -> Paragraph:
    """A block of a single line: most are."""
    bullet = None if line[0].isalpha() else _bullet.match(line)
    if bullet and (bullet["indent"] or bullet["dot"]) and bullet.end() < len(line):
        return _listed([line], bullet)
    words, mark = _unmarked(line)
    return Paragraph((words,), mark=mark)


def _several(lines: list[str]) -> Iterator[Paragraph]:
    """A block of several lines: text, lists, and lines of the template glued to them."""
    if lines and lines[0].lstrip().startswith(MARK):
        words, mark = _unmarked(lines[0])
        yield Paragraph((words, *(_squeezed(line) for line in lines[1:])), mark=mark)
        return
    text: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        length = _list_length(lines, position)
        if length or is_template(_squeezed(line)):
            if text:
                yield Paragraph(tuple(text))
                text = []
            bullet = _bullet.match(line) if length else None
            if bullet:
                yield _listed(lines[position : position + length], bullet)
            else:
                yield Paragraph((_squeezed(line),))
        else:
            text.append(_squeezed(line))
        position += length or 1
    if text:
        yield Paragraph(tuple(text))


def is_template(line: str) -> bool:
    """Whether a line was printed by the theme around the story."""
    return len(line) <= 120 and bool(
        labels.close_video.fullmatch(line)
        or labels.published_by.fullmatch(line)
        or labels.share_line.fullmatch(line)
        or labels.recent_line.fullmatch(line)
        or labels.related_line.fullmatch(line)
        or labels.category_line.fullmatch(line)
        or labels.tags_line.fullmatch(line)
        or date_line(line)
        or is_age(line)
    )


def _list_length(lines: list[str], start: int) -> int:
    """How many lines from `start` on are a list: 0 when none.

    Bullets, and whatever is indented, make a list of one; dashes and numbers at the margin
    only in twos: "5. Oktober 1998" is no list.
    """
    first = _bullet.match(lines[start])
    if not first:
        return 0
    end = start + 1
    while end < len(lines) and (_bullet.match(lines[end]) or _continues(lines[end], first)):
        end += 1
    if first["indent"] or first["dot"]:
        return end - start
    speech = first["dash"] in ("–", "—")
    return 0 if speech or end == start + 1 else end - start


def _continues(line: str, first: re.Match[str]) -> bool:
    return line[:1].isspace() and len(line) - len(line.lstrip()) > len(first["indent"])


def _listed(lines: list[str], first: re.Match[str]) -> Paragraph:
    items: list[str] = []
    for line in lines:
        bullet = _bullet.match(line)
        words = line[bullet.end() :] if bullet else line
        if bullet or not items:
            items.append(words.rstrip() if words.lstrip().startswith(MARK) else _squeezed(words))
        else:
            items[-1] += " " + _squeezed(words)
    items[0], mark = _unmarked(items[0])
    kept = tuple(item for item in items if item)
    ordered = bool(first["n"])
    return Paragraph(kept, True, ordered, int(first["n"]) if ordered else 1, mark)


def _unmarked(line: str) -> tuple[str, int]:
    line = _squeezed(line)
    words = line.lstrip(MARK)
    return words.strip(), len(line) - len(words)


def _squeezed(line: str) -> str:
    return " ".join(line.split())
