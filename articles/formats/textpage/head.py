"""The top of a page: categories, headline, standfirst, date, video, key points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.story import NAME_LENGTH, StoryError, headline_key

from . import categories, labels, menus
from .body import is_advertisement, is_capitals, is_sentence
from .captions import credited, is_credit_alone
from .dates import date_line, is_age
from .page import Entry, Piece
from .paragraphs import LINE, SUBHEAD, Paragraph, is_template
from .video import starts_body, take_video

LONGEST_STANDFIRST, SHORT_STANDFIRST = 300, 160
CUT = ("…", "...", "[…]")  # how an excerpt ends that is no summary
MENU = 60  # paragraphs that may stand above the line of categories


@dataclass
class Head:
    headline: str = ""
    categories: tuple[str, ...] = ()
    standfirst: str = ""
    byline: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    video: Piece | None = None
    key_points: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    end: int = 0  # where the body begins


def read_head(
    paragraphs: Sequence[Paragraph],
    known: Sequence[str] = (),
    others: Sequence[Entry] = (),
    sections: Sequence[str] = (),
) -> Head:
    """The head of the page; `end` is where its body begins. Raises StoryError without a headline.

    `known`: names or paths of categories; `sections`: names that other pages have.
    `others`: the stories in the rail. When the page itself is among them, its excerpt tells
    with which words the body begins.
    """
    head = Head()
    start = _category_line(head, paragraphs, known, sections)
    start = _headline(head, paragraphs, start, others)
    key = headline_key(head.headline)
    own = next((e.excerpt for e in others if menus.key_of(e.headline) == key), "")
    words = headline_key(own)
    below = _Below(head, paragraphs)
    if own.endswith(CUT) and len(words) >= 20:
        below.body_start = words
    elif words:
        below.summary = words
    below.read(start)
    return head


def template_line(head: Head, paragraph: Paragraph) -> bool:
    """Takes what the theme prints about a story, above or below it: who, when, its tags."""
    text = paragraph.text
    if paragraph.mark or paragraph.is_list:
        return False
    if dated := date_line(text):
        _take_date(head, *dated)
        return True
    if found := labels.published_by.fullmatch(text):
        head.byline = head.byline or found["name"].strip()
        return True
    if is_age(text):
        head.notes.append(f"the page says “{text}”: no date is made of it")
        return True
    return False


def is_about(paragraph: Paragraph) -> bool:
    """Whether the body cannot have begun above this line."""
    text = paragraph.text
    return not (paragraph.mark or paragraph.is_list) and bool(
        labels.close_video.fullmatch(text)
        or labels.published_by.fullmatch(text)
        or labels.byline_alone.fullmatch(text)
        or (labels.byline_line.fullmatch(text) and not is_sentence(text))
        or date_line(text)
        or is_age(text)
    )


def _take_date(head: Head, moment: datetime, changed: bool) -> None:
    if changed:
        head.modified = head.modified or moment
        return
    if not head.published and not (moment.hour or moment.minute):
        head.notes.append("only the day of publication is known: published_at is its 00:00")
    head.published = head.published or moment


def _headline(
    head: Head, paragraphs: Sequence[Paragraph], start: int, others: Sequence[Entry]
) -> int:
    """Finds the headline below menu and breadcrumbs, from `start` on; gives where it ends."""
    position = start
    while position < len(paragraphs) and (
        menus.is_menu(paragraphs[position]) or menus.is_above_menu(paragraphs, position)
    ):
        position += 1
    if not head.categories:
        position += menus.site_names(paragraphs[position:], others, menu=position > start)
    head.notes += [
        f"dropped above the headline: “{p.text[:60]}”" for p in paragraphs[start:position]
    ]
    if position == len(paragraphs):
        raise StoryError("there is no headline")
    paragraph = paragraphs[position]
    if not paragraph.mark and (is_template(paragraph.text) or paragraph.is_list):
        raise StoryError(f"there is no headline: the page begins with “{paragraph.text[:60]}”")
    head.headline = paragraph.lines[0]
    if len(paragraph.lines) > 1:  # glued to it by one newline
        head.standfirst = " ".join(paragraph.lines[1:])
    return position + 1


def _category_line(
    head: Head, paragraphs: Sequence[Paragraph], known: Sequence[str], sections: Sequence[str]
) -> int:
    """Reads the line of categories, if it is there; gives where what follows it begins."""
    for position, paragraph in enumerate(paragraphs[:MENU]):
        found = None if paragraph.mark else labels.category_line.fullmatch(paragraph.text)
        if not found:
            if paragraph.mark or (is_sentence(paragraph.text) and len(paragraph.text) > 100):
                break
            continue
        if position:
            head.notes.append(f"{position} lines of menu dropped above the categories")
        position += 1
        line = found["names"]
        if not line and position < len(paragraphs):
            line, position = ", ".join(paragraphs[position].lines), position + 1
        names, doubts = categories.told_apart(line, (*known, *sections))
        fit = [name for name in names if len(name) <= NAME_LENGTH]
        head.categories = tuple(categories.paths(fit, known))
        head.notes += doubts
        return position
    return 0


class _Below:
    """Reads on below the headline until the body begins."""

    body_start = ""  # the letters that the body is known to begin with
    summary = ""  # the letters of the standfirst, where the rail shows it

    def __init__(self, head: Head, paragraphs: Sequence[Paragraph]) -> None:
        self.head, self.paragraphs = head, paragraphs

    def read(self, position: int) -> None:
        while position < len(self.paragraphs):
            taken = self._take(position)
            if not taken:
                break
            position += taken
        self.head.end = position

    def _take(self, position: int) -> int:
        """How many paragraphs from `position` on belong to the head."""
        head, paragraph = self.head, self.paragraphs[position]
        text = paragraph.text
        if paragraph.is_list:
            return self._key_points(position)
        if paragraph.mark:
            return self._marked(paragraph)
        if labels.close_video.fullmatch(text) and not head.video and not head.key_points:
            video, end = take_video(self.paragraphs, position + 1, head.notes, self.body_start)
            head.video = video
            return end - position
        if not head.key_points and self._said_about(paragraph, position):
            return 1
        if self._is_standfirst(position):
            head.standfirst = text
            return 1
        return 0

    def _said_about(self, paragraph: Paragraph, position: int) -> bool:
        """Who wrote it and when; a name on a line of its own below "Published by"."""
        head, text = self.head, paragraph.text
        if template_line(head, paragraph) or labels.byline_alone.fullmatch(text):
            return True
        before = self.paragraphs[position - 1].text
        orphan = labels.published_by.fullmatch(before)
        below = self._next_text(position + 1)
        dated = below and (date_line(below.text) or is_age(below.text))
        named = orphan and not orphan["name"] and dated and len(text) <= NAME_LENGTH
        if named or (labels.byline_line.fullmatch(text) and not is_sentence(text)):
            head.byline = head.byline or text
            return True
        return False

    def _key_points(self, position: int) -> int:
        """Bullets above the body, though blank lines be between them."""
        paragraph = self.paragraphs[position]
        if paragraph.mark:
            return 0
        self.head.key_points += paragraph.lines
        return 1

    def _marked(self, paragraph: Paragraph) -> int:
        if paragraph.mark != LINE or self.head.standfirst or self.head.video:
            return 0
        self.head.standfirst = paragraph.text
        return 1

    def _is_standfirst(self, position: int) -> bool:
        head, text = self.head, self.paragraphs[position].text
        if head.standfirst or head.video or head.key_points or len(text) > LONGEST_STANDFIRST:
            return False
        if is_capitals(text) or credited(text) or is_advertisement(text):
            return False
        if starts_body(text, self.body_start):
            return False
        if self.summary and headline_key(text) == self.summary:
            return True
        below = self._next_text(position + 1)
        if not below or is_credit_alone(below.text):
            return False
        if starts_body(below.text, self.body_start):
            return True
        if below.is_list:
            return not below.mark and not text.endswith(":") and len(text) <= SHORT_STANDFIRST
        if is_about(below):
            return True
        if is_sentence(text) or len(text) < 20 or below.mark == SUBHEAD:
            return False
        head.notes.append(f"read as the standfirst: “{text}”")
        return True

    def _next_text(self, position: int) -> Paragraph | None:
        return self.paragraphs[position] if position < len(self.paragraphs) else None
