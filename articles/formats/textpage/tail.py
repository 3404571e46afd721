"""The bottom of a page: what is about the story, what is about others, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.story import LONGEST, NAME_LENGTH

from . import categories, labels, rail
from .body import is_advertisement, is_sentence
from .head import Head, template_line
from .lesson import NOTHING, Lesson
from .page import Entry
from .paragraphs import Paragraph

LOOK_BACK = 40  # paragraphs between "Share" and "Recent Posts"
SHORT_TEASER = 160  # characters of a headline or an excerpt
STRAY = 4  # lines there that nobody understands


@dataclass
class Tail:
    """`about`: date and byline as they are told below the story. `start`: where the body ends."""

    start: int
    shared: bool = False
    about: Head = field(default_factory=Head)
    tags: tuple[str, ...] = ()
    related: list[Entry] = field(default_factory=list)
    recent: list[Entry] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        return self.about.notes


def read_tail(paragraphs: Sequence[Paragraph], lesson: Lesson = NOTHING) -> Tail:
    """Finds where the body ends, looking from the end of the page.

    "Share" and "Recent Posts" may stand in the body too: only the last one that fits the
    rest of the page divides it.
    """
    posts = _recent(paragraphs)
    share = _share(paragraphs, posts)
    tail = Tail(posts if share is None else share, shared=share is not None)
    tail.recent = rail.entries(paragraphs[posts + 1 :], lesson.knows)
    if share is not None:
        _below_share(tail, paragraphs[share + 1 : posts])
    _related_above(tail, paragraphs)
    while tail.start > 1 and _above_share(tail, paragraphs[tail.start - 1]):
        tail.start -= 1
    return tail


def _related_above(tail: Tail, paragraphs: Sequence[Paragraph]) -> None:
    """Related posts that the theme prints at the end of the story, above "Share"."""
    for position in range(tail.start - 1, max(1, tail.start - LOOK_BACK), -1):
        paragraph = paragraphs[position]
        if _is(labels.related_line, paragraph):
            others = rail.entries(paragraphs[position + 1 : tail.start])
            tail.related += [e for e in others if len(e.headline) <= LONGEST["headline"]]
            tail.start = position
            return
        if not paragraph.is_list and (paragraph.mark or len(paragraph.text) > SHORT_TEASER):
            return


def _recent(paragraphs: Sequence[Paragraph]) -> int:
    """The place of the line "Recent Posts", or the end of the page."""
    for position in range(len(paragraphs) - 1, 0, -1):
        if _is(labels.recent_line, paragraphs[position]):
            after = paragraphs[position + 1 :]
            below_share = _is(labels.share_line, paragraphs[position - 1])
            return position if rail.fits(after, below_share=below_share) else len(paragraphs)
    return len(paragraphs)


def _share(paragraphs: Sequence[Paragraph], end: int) -> int | None:
    for position in range(end - 1, max(0, end - LOOK_BACK), -1):
        if _is(labels.share_line, paragraphs[position]):
            return position if _fits(paragraphs[position + 1 : end]) else None
    return None


def _is(label: re.Pattern[str], paragraph: Paragraph) -> bool:
    return not (paragraph.mark or paragraph.is_list) and bool(label.fullmatch(paragraph.text))


def _fits(between: Sequence[Paragraph]) -> bool:
    """Whether these are lines of the template and not the end of the story."""
    stray = 0
    for paragraph in between:
        if _is(labels.related_line, paragraph):
            return True
        if not _is_below(paragraph):
            stray += 1 if len(paragraph.text) <= 80 and not is_sentence(paragraph.text) else STRAY
    return stray < STRAY


def _is_below(paragraph: Paragraph) -> bool:
    return (
        template_line(Head(), paragraph)
        or _is(labels.tags_line, paragraph)
        or _is(labels.furniture, paragraph)
        or _is(labels.neighbour, paragraph)
        or paragraph.is_list
    )


def _below_share(tail: Tail, between: Sequence[Paragraph]) -> None:
    """Date and byline once more, tags, related posts, comments, the next and previous story."""
    position = 0
    while position < len(between):
        paragraph = between[position]
        position += 1
        if _is(labels.related_line, paragraph):
            end = position
            while end < len(between) and not _ends_related(between[end]):
                end += 1
            others = rail.entries(between[position:end])
            tail.related += [e for e in others if len(e.headline) <= LONGEST["headline"]]
            position = end
        elif not _above_share(tail, paragraph):
            tail.notes.append(f"dropped below “Share”: “{paragraph.text[:60]}”")


def _ends_related(paragraph: Paragraph) -> bool:
    return _is(labels.furniture, paragraph) or _is(labels.tags_line, paragraph)


def _above_share(tail: Tail, paragraph: Paragraph) -> bool:
    """Takes a line of the template, and drops one that asks to subscribe, from the end upward."""
    text = paragraph.text
    if paragraph.mark or paragraph.is_list:
        return False
    if found := labels.tags_line.fullmatch(text):
        names, doubts = categories.told_apart(found["names"])
        fit = [name for name in dict.fromkeys(names) if len(name) <= NAME_LENGTH]
        tail.tags += tuple(name for name in fit if name not in tail.tags)
        tail.notes.extend(doubt.replace("category", "tag") for doubt in doubts)
        return True
    if template_line(tail.about, paragraph):
        return True
    asks = len(text) <= 200 and labels.newsletter.search(text)
    if asks or labels.furniture.fullmatch(text) or is_advertisement(text):
        tail.notes.append(f"dropped below the story: “{text[:80]}”")
        return True
    return False
