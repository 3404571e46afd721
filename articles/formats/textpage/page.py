"""What the layout can hold, between a Story and the text of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from html import escape
from typing import Any, Literal

from . import dates

Kind = Literal["p", "h2", "ul", "ol", "related", "photo", "video"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the body. `text`: lines parted by newlines in a `p`, else one line.

    `items` and `start` of a list; `title` of a video; `credit` and `alt` of a photo.
    """

    kind: Kind
    text: str = ""
    items: tuple[str, ...] = ()
    start: int = 1
    title: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A story named in the recent or related posts."""

    headline: str
    excerpt: str = ""
    age: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All of a page. Moments are as printed, without a zone; `categories` are paths.

    `shared`: whether a line "Share" ends the story, as on every page that we write.
    """

    headline: str
    categories: tuple[str, ...] = ()
    standfirst: str = ""
    byline: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    video: Piece | None = None
    key_points: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[Entry, ...] = ()
    recent: tuple[Entry, ...] = ()
    shared: bool = field(default=True, compare=False)
    notes: list[str] = field(default_factory=list, compare=False)


def document(page: Page, timezone: tzinfo, captured_at: datetime | None) -> dict[str, Any]:
    """The page as the fields of a Story, without source, id and notes."""
    found: dict[str, Any] = {
        "headline": page.headline,
        "standfirst": page.standfirst,
        "byline": page.byline,
        "key_points": list(page.key_points),
        "categories": list(page.categories),
        "tags": list(page.tags),
        "published_at": _moment(page.published, timezone),
        "modified_at": _moment(page.modified, timezone),
        "captured_at": captured_at and captured_at.isoformat(),
        "lead": _block(page.video) if page.video else None,
        "body": list(_blocks(page.pieces)),
        "related": [{"headline": e.headline, "excerpt": e.excerpt} for e in page.related],
        "recent": [_recent(entry, captured_at) for entry in page.recent],
    }
    return {name: value for name, value in found.items() if value}


def _moment(naive: datetime | None, timezone: tzinfo) -> str | None:
    return naive.replace(tzinfo=timezone).isoformat() if naive else None


def _recent(entry: Entry, captured_at: datetime | None) -> dict[str, Any]:
    found: dict[str, Any] = {"headline": entry.headline}
    if entry.excerpt:
        found["excerpt"] = entry.excerpt
    if entry.age:
        found["age"] = entry.age
        if between := dates.age_range(entry.age, captured_at):
            found["published_between"] = [moment.isoformat() for moment in between]
    return found


def _blocks(pieces: Iterable[Piece]) -> Iterator[dict[str, Any]]:
    """Consecutive paragraphs, subheads and lists are one text block."""
    run: list[str] = []
    for piece in pieces:
        if piece.kind in ("p", "h2", "ul", "ol"):
            run.append(_html(piece))
            continue
        if run:
            yield {"type": "text", "html": "".join(run)}
            run = []
        yield _block(piece)
    if run:
        yield {"type": "text", "html": "".join(run)}


def _html(piece: Piece) -> str:
    if piece.kind in ("ul", "ol"):
        start = f' start="{piece.start}"' if piece.kind == "ol" and piece.start != 1 else ""
        items = "".join(f"<li><p>{_escaped(item)}</p></li>" for item in piece.items)
        return f"<{piece.kind}{start}>{items}</{piece.kind}>"
    return f"<{piece.kind}>{_escaped(piece.text).replace(chr(10), '<br>')}</{piece.kind}>"


def _block(piece: Piece) -> dict[str, Any]:
    if piece.kind == "related":
        return {"type": "related", "headline": piece.text}
    words = {"title": piece.title, "text": piece.text, "credit": piece.credit, "alt": piece.alt}
    told = {name: value for name, value in words.items() if value}
    return {"type": "caption", "kind": piece.kind, **told}


def _escaped(text: str) -> str:
    return escape(text, quote=False)
