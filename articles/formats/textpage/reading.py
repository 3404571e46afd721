"""From the text of a page to what is on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.story import StoryError

from . import labels
from .body import Body
from .head import read_head
from .lesson import NOTHING, Lesson
from .page import Page
from .paragraphs import Paragraph, paragraphs
from .tail import read_tail

_markup = re.compile(r"\s*(?:<[!?a-zA-Z][\w-]{0,20}|\{\s*\"|\[\s*\{|%PDF|WARC/)")


def read_page(text: str, known: Sequence[str] = (), lesson: Lesson = NOTHING) -> Page:
    """Everything on a page. `known`: names or paths of categories. `lesson`: what its batch told.

    Raises StoryError when it has no headline, or nothing but a headline.
    """
    if found := _markup.match(text):
        raise StoryError(f"it is no text of a page: it begins with “{found[0].strip()}”")
    whole = paragraphs(text)
    if not whole:
        raise StoryError("the file is empty")
    whole, heard = _unheard(whole)
    whole, dropped = lesson.without_boilerplate(whole)
    tail = read_tail(whole, lesson)
    head = read_head(whole[: tail.start], known, tail.recent, lesson.categories)
    body = Body([*tail.recent, *tail.related], lesson)
    body.read(whole[head.end : tail.start])
    if not (body.pieces or head.key_points or head.video or head.standfirst):
        raise StoryError("there is nothing but a headline")
    if not body.pieces:
        head.notes.append("the page has no body")
    return Page(
        headline=head.headline,
        categories=head.categories,
        standfirst=head.standfirst,
        byline=head.byline or tail.about.byline,
        published=head.published or tail.about.published,
        modified=head.modified or tail.about.modified,
        video=head.video,
        key_points=head.key_points,
        pieces=tuple(body.pieces),
        tags=tail.tags,
        related=tuple(tail.related),
        recent=tuple(tail.recent),
        shared=tail.shared,
        notes=[*heard, *dropped, *head.notes, *body.notes, *_news(tail.notes, head.notes)],
    )


def _unheard(whole: list[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """The page without "You can now listen to …", which is glued in front of anything."""
    kept, notes = [], []
    for paragraph in whole:
        first = paragraph.lines[0] if paragraph.lines else ""
        free = not (paragraph.mark or paragraph.is_list)
        found = labels.listen.match(first) if free else None
        if found:
            notes.append(f"dropped: “{found[0].strip()}”")
            rest = [line for line in (first[found.end() :], *paragraph.lines[1:]) if line]
            paragraph = replace(paragraph, lines=tuple(rest))
        if paragraph.lines:
            kept.append(paragraph)
    return kept, notes


def _news(notes: Sequence[str], told: Sequence[str]) -> list[str]:
    """The notes that are not told yet: the date stands above and below the story."""
    return [note for note in dict.fromkeys(notes) if note not in told]
