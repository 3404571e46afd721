"""The lists of other stories on a page: recent posts, related posts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from . import labels
from .dates import date_line, is_age, is_cut_age
from .page import Entry
from .paragraphs import LINE, Paragraph

Ends = Callable[[str], bool]


def fits(after: Sequence[Paragraph]) -> bool:
    """Whether what comes after a line "Recent Posts" is a list of stories and not prose."""
    if after and after[0].mark == LINE:
        return True
    lines = [line for paragraph in after for line in paragraph.lines]
    if any(labels.share_line.fullmatch(line) for line in lines):
        return False
    prose = [line for line in lines if len(line) > 140 and line[-1:] in ".!?" and not _cut(line)]
    if any(is_age(line) or _cut(line) for line in lines):
        return len(prose) * 3 <= len(lines)
    sentences = [line for line in lines if line[-1:] in (".", "!")]
    return not prose and len(sentences) * 4 <= len(lines)


def entries(after: Iterable[Paragraph]) -> list[Entry]:
    """The stories in a list: headline, and where they are printed excerpt and age."""
    kept = _without_bullets(list(after))
    if any(paragraph.mark == LINE for paragraph in kept):
        return [_entry(chunk) for chunk in _chunks_by_mark(kept)]
    lines = [line for paragraph in kept for line in paragraph.lines]
    while lines and labels.furniture.fullmatch(lines[-1]):
        lines.pop()
    aged = any(map(is_age, lines))
    ends = is_age if aged else _is_date  # where the theme prints dates, they stand for ages
    return [
        entry
        for chunk in _chunks(lines, ends)
        for entry in _told_apart(chunk, ends, aged or any(map(ends, lines)))
    ]


def _without_bullets(after: list[Paragraph]) -> list[Paragraph]:
    """A bullet above a headline is its category, unless bullets are all there is."""
    if all(paragraph.is_list or is_age(paragraph.text) for paragraph in after):
        return after
    return [paragraph for paragraph in after if not paragraph.is_list]


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


def _chunks(lines: Iterable[str], ends: Ends) -> Iterator[list[str]]:
    """The lines up to each age."""
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) > 1 and ends(line):
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _told_apart(chunk: list[str], ends: Ends, aged: bool) -> Iterator[Entry]:
    """The stories between two ages: one, or more where an age is missing.

    The line after a headline is its excerpt when it ends in an ellipsis, or when it is the
    only other line in a list that has ages (the last excerpt of a page may be cut).
    """
    ended = len(chunk) > 1 and (ends(chunk[-1]) or (len(chunk) > 2 and is_cut_age(chunk[-1])))
    age = chunk[-1] if ended else ""
    lines = chunk[:-1] if age else chunk
    while lines:
        pair = len(lines) > 1 and (_cut(lines[1]) or (aged and len(lines) == 2))
        headline, excerpt = lines[0], lines[1] if pair else ""
        lines = lines[2 if pair else 1 :]
        yield Entry(headline, excerpt, "" if lines else age)


def _entry(chunk: list[str]) -> Entry:
    age = chunk[-1] if len(chunk) > 1 and is_age(chunk[-1]) else ""
    excerpt = " ".join(chunk[1:-1] if age else chunk[1:])
    return Entry(chunk[0], excerpt, age)


def _is_date(line: str) -> bool:
    return date_line(line) is not None


def _cut(line: str) -> bool:
    return line.endswith(("…", "...", "[…]"))
