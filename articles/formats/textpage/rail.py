"""The lists of other stories on a page: recent posts, related posts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from . import labels
from .dates import date_line, is_age, is_cut_age
from .page import Entry
from .paragraphs import LINE, Paragraph

_full_stop = re.compile(r"(?:^|[^A-Z])[.。؟۔][”\"’»)]?$")
Is = Callable[[str], bool]


def _never(_line: str) -> bool:
    return False


def fits(after: Sequence[Paragraph], *, below_share: bool = False) -> bool:
    """Whether what comes after a line "Recent Posts" is a list of stories and not prose.

    Straight below "Share" a headline is enough.
    """
    if after and (after[0].mark == LINE or (below_share and not is_prose(after[0].text))):
        return True
    lines = [line for paragraph in after for line in paragraph.lines]
    if any(labels.share_line.fullmatch(line) for line in lines):
        return False
    prose = [line for line in lines if len(line) > 140 and line[-1:] in ".!?" and not _cut(line)]
    if any(is_age(line) or _cut(line) for line in lines):
        return len(prose) * 3 <= len(lines)
    sentences = [line for line in lines if line[-1:] in (".", "!")]
    return not prose and len(sentences) * 4 <= len(lines)


def entries(after: Iterable[Paragraph], is_headline: Is = _never) -> list[Entry]:
    """The stories in a list: headline, and where they are printed excerpt and age.

    `is_headline`: whether a line is known to be the headline of a story.
    """
    kept = _without_bullets(list(after))
    if any(paragraph.mark == LINE for paragraph in kept):
        return [_entry(chunk) for chunk in _chunks_by_mark(kept)]
    lines = [line for paragraph in kept for line in paragraph.lines]
    aged = any(map(is_age, lines))
    ends = is_age if aged else _is_date  # where the theme prints dates, they stand for ages
    lines = _above_footer(lines, ends)
    return [
        entry
        for chunk in _chunks(lines, ends)
        for entry in _told_apart(chunk, ends, is_headline, aged=aged or any(map(ends, lines)))
    ]


def _above_footer(lines: list[str], ends: Is) -> list[str]:
    """The list without what the theme prints under the last of the stories."""
    last = max((n for n, line in enumerate(lines) if ends(line)), default=-1)
    for position in range(max(last + 1, 1), len(lines)):
        if labels.furniture.fullmatch(lines[position]):
            return lines[:position]
    return lines


def _without_bullets(after: list[Paragraph]) -> list[Paragraph]:
    """A bullet above a headline is its category, unless bullets are all there is.

    Where an excerpt or an age follows each bullet straight away, they are the headlines.
    """
    if all(paragraph.is_list or is_age(paragraph.text) for paragraph in after):
        return after
    below = [
        following
        for paragraph, following in pairwise(after)
        if paragraph.is_list and not following.is_list
    ]
    told = sum(_is_about_a_headline(paragraph.lines[0]) for paragraph in below)
    if told * 2 <= len(below):
        return [paragraph for paragraph in after if not paragraph.is_list]
    last = max(n for n, paragraph in enumerate(after) if _is_about_a_headline(paragraph.text))
    return after[: last + 1]


def _is_about_a_headline(line: str) -> bool:
    return is_age(line) or _is_date(line) or _cut(line) or is_prose(line)


def _chunks_by_mark(after: Iterable[Paragraph]) -> Iterator[list[str]]:
    """Our own writer marks every headline where the list is not plain without it."""
    chunk: list[str] = []
    for paragraph in after:
        if paragraph.mark == LINE and chunk:
            yield chunk
            chunk = []
        chunk += paragraph.lines
    if chunk:
        yield chunk


def _chunks(lines: Iterable[str], ends: Is) -> Iterator[list[str]]:
    """The lines up to each age."""
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) > 1 and ends(line):
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _told_apart(chunk: list[str], ends: Is, is_headline: Is, *, aged: bool) -> Iterator[Entry]:
    """The stories between two ages: one, or more where an age is missing.

    The line after a headline is its excerpt when it ends in an ellipsis, or when it is the
    only other line in a list that has ages (the last excerpt of a page may be cut).
    """
    ended = len(chunk) > 1 and (ends(chunk[-1]) or (len(chunk) > 2 and is_cut_age(chunk[-1])))
    age = chunk[-1] if ended else ""
    lines = chunk[:-1] if age else chunk
    while lines:
        pair = len(lines) > 1 and not is_headline(lines[1])
        pair = pair and (
            _cut(lines[1])
            or (aged and len(lines) == 2)
            or is_headline(lines[0])
            or (is_prose(lines[1]) and not is_prose(lines[0]))
        )
        headline, excerpt = lines[0], lines[1] if pair else ""
        lines = lines[2 if pair else 1 :]
        yield Entry(headline, excerpt, "" if lines else age)


def _entry(chunk: list[str]) -> Entry:
    age = chunk[-1] if len(chunk) > 1 and is_age(chunk[-1]) else ""
    excerpt = " ".join(chunk[1:-1] if age else chunk[1:])
    return Entry(chunk[0], excerpt, age)


def _is_date(line: str) -> bool:
    return date_line(line) is not None


def is_prose(line: str) -> bool:
    """Whether a line ends as no headline does: not in "U.S."."""
    return bool(_full_stop.search(line[-4:]))


def _cut(line: str) -> bool:
    return line.endswith(("…", "...", "[…]"))
