"""From a Story to the page that can hold most of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from html.parser import HTMLParser

from articles.prose.characters import is_blank
from articles.story import (
    ATTACHED,
    LONGEST,
    CaptionBlock,
    GalleryBlock,
    QuoteBlock,
    RelatedBlock,
    Story,
    StoryError,
    TextBlock,
)

from . import categories, labels
from .captions import bare
from .dates import is_age
from .mending import clean
from .page import Entry, Kind, Page, Piece

LONGEST_HELD = 1000  # characters of a credit that a reader would look for
_flow = frozenset("p h2 h3 li".split())


def page_of(story: Story) -> Page:
    """The part of the story that a page holds.

    Raises StoryError when that is no more than a headline, or not even one.
    """
    headline = clean(story.headline)
    if is_blank(headline):
        raise StoryError(f"{story.source_id}: a story without a headline makes no page")
    published = story.published_at or story.first_published_at
    key_points = tuple(_words(story.key_points))
    lead = [_caption(story.lead)] if story.lead else []
    pieces = _merged([*_held(lead), *_pieces(story)])
    video = None
    if pieces and pieces[0].kind == "video" and (story.lead or not key_points):
        video, *pieces = pieces  # without key points between them it stands where the lead does
    standfirst = _line(story.standfirst)
    if not (video or pieces or key_points or standfirst):
        raise StoryError(f"{story.source_id}: nothing but a headline makes no page")
    return Page(
        headline=headline,
        categories=tuple(categories.paths(_parted(story.categories), ())),
        standfirst=standfirst,
        byline=_byline(story),
        published=_naive(published),
        modified=_naive(story.modified_at and story.modified_at.astimezone(timezone_of(story))),
        video=video,
        key_points=key_points,
        pieces=tuple(pieces),
        tags=tuple(dict.fromkeys(_parted(story.tags))),
        related=tuple(_entries(story.related)),
        recent=tuple(_entries(story.recent)),
    )


def timezone_of(story: Story) -> tzinfo:
    """Where the dates of the page are: in the offset that the story's own are given in."""
    for moment in (story.published_at, story.first_published_at, story.modified_at):
        if moment and moment.tzinfo:
            return moment.tzinfo
    return UTC


def _naive(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(tzinfo=None, second=0, microsecond=0, fold=0)


def _line(text: str) -> str:
    text = clean(text)
    return "" if is_blank(text) else text


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (line for text in texts if (line := _line(text)))


def _parted(texts: Iterable[str]) -> Iterator[str]:
    """A comma parts the names of a line: one within a name cannot be held."""
    return (line for text in _words(texts) for part in text.split(",") if (line := _line(part)))


def _byline(story: Story) -> str:
    byline = _line(story.byline)
    held = labels.published_by.fullmatch(f"Published by {byline}")
    return byline if held and held["name"] == byline else ""


def _entries(posts: Iterable[object]) -> Iterator[Entry]:
    """Of a list of other stories those with a headline; an age only if it reads as one."""
    for post in posts:
        headline = _line(getattr(post, "headline", ""))
        excerpt, age = _line(getattr(post, "excerpt", "")), _line(getattr(post, "age", ""))
        if headline:
            yield Entry(headline, "" if is_age(excerpt) else excerpt, age if is_age(age) else "")


def _pieces(story: Story) -> Iterator[Piece]:
    for block in story.body:
        if isinstance(block, TextBlock):
            yield from pieces_of(block.html)
        elif isinstance(block, CaptionBlock) and block.kind not in ATTACHED:
            yield from _held([_caption(block)])
        elif isinstance(block, GalleryBlock):
            yield from _held(map(_caption, block.captions))
        elif isinstance(block, RelatedBlock):
            yield Piece("related", _capitals(block.headline))
        elif isinstance(block, QuoteBlock) and _line(block.text):
            cite = f" — {_line(block.cite)}" if _line(block.cite) else ""
            yield Piece("p", clean(f"“{_line(block.text)}”{cite}"))


def _capitals(headline: str) -> str:
    capitals = clean(clean(clean(headline).upper()).upper())  # mended, it may have small letters
    return capitals if len(capitals) <= LONGEST["headline"] else clean(headline)


def _caption(block: CaptionBlock) -> Piece:
    credit = clean(bare(clean(block.credit)))
    if credit.count("(") != credit.count(")") or bare(f"({credit})") != credit:
        credit = credit.replace("(", "[").replace(")", "]")
    credit = credit.translate({ord("("): "(", ord(")"): ")"})
    title, text = _line(block.title), _line(block.text)
    kind: Kind = "video" if block.kind == "video" else "photo"
    if credit and (kind == "video" or len(credit) > LONGEST_HELD):
        text, credit = f"{text} ({credit})".strip(), ""
    return Piece(kind, text, title=title if kind == "video" else "", credit=credit)


def _held(captions: Iterable[Piece]) -> Iterator[Piece]:
    """A photo without a word is not on the page."""
    return (piece for piece in captions if piece.kind == "video" or piece.text or piece.credit)


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Two lists with nothing between them are one."""
    merged: list[Piece] = []
    for piece in pieces:
        before = merged[-1] if merged else piece
        if merged and piece.kind in ("ul", "ol") and before.kind == piece.kind:
            merged[-1] = replace(before, items=before.items + piece.items)
        else:
            merged.append(piece)
    return merged


def pieces_of(html: str) -> list[Piece]:
    """The paragraphs, subheads and lists of canonical HTML, as plain text."""
    flow = _Flow()
    flow.feed(html)
    flow.close()
    return flow.pieces


class _Flow(HTMLParser):
    """Collects text until a paragraph, an item or a row of a table ends."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.lists: list[str] = []
        self.in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._flush("p")
            start = dict(attrs).get("start") or "1"
            if not self.lists:
                number = int(start) if start.isdecimal() and len(start) < 3 else 1
                self.pieces.append(Piece("ul" if tag == "ul" else "ol", start=max(number, 0)))
            self.lists.append(tag)
        elif tag == "tr":
            self.in_row = True
        elif tag == "br":
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.lists.pop()
            if not self.lists:
                self._drop_empty_list()
        elif tag in ("td", "th"):
            self.words.append(" | ")
        elif tag == "tr":
            self.in_row = False
            self.words = ["".join(self.words).removesuffix(" | ").replace("\n", " ")]
            self._flush("p")
        elif tag in _flow and not self.in_row:
            self._flush("h2" if tag in ("h2", "h3") else "p")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def close(self) -> None:
        super().close()
        self._flush("p")

    def _flush(self, kind: str) -> None:
        lines = [line for part in "".join(self.words).split("\n") if (line := _line(part))]
        self.words = []
        if not lines:
            return
        if self.lists:
            items = (*self.pieces[-1].items, " ".join(lines))
            self.pieces[-1] = replace(self.pieces[-1], items=items)
        elif kind == "h2":
            self.pieces.append(Piece("h2", " ".join(lines)))
        else:
            self.pieces.append(Piece("p", "\n".join(lines)))

    def _drop_empty_list(self) -> None:
        if self.pieces and not self.pieces[-1].items:
            self.pieces.pop()
