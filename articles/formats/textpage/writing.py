"""A page as text, in the layout it is read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum

from articles.story import StoryError

from . import categories, paragraphs
from .body import Body
from .dates import printed as printed_date
from .decoding import MARK
from .page import Entry, Page, Piece
from .reading import read_page

BULLET = "  • "
KINDS = {
    "p": paragraphs.PARAGRAPH,
    "related": paragraphs.STORY,
    "h2": paragraphs.SUBHEAD,
    "photo": paragraphs.CAPTION,
}


class Marking(IntEnum):
    """Which parts carry a mark that says what they are (see decoding.MARK)."""

    NOTHING = 0
    WHAT_IS_ODD = 1
    EVERYTHING = 2


def printed(page: Page) -> str:
    """The text of the page, with as few marks as a reader needs to get the same page of it."""
    text = ""
    for marking in Marking:
        text = "\n\n".join(_parts(page, marking)) + "\n"
        if _comes_back(page, text):
            break
    return text


def _comes_back(page: Page, text: str) -> bool:
    try:
        return read_page(text) == page
    except StoryError:
        return False


def _parts(page: Page, marking: Marking) -> Iterator[str]:
    yield from _head(page, marking)
    yield from _body(page.pieces, marking)
    yield from _tail(page, marking)


def _head(page: Page, marking: Marking) -> Iterator[str]:
    mark = MARK * paragraphs.LINE if marking else ""
    if page.categories:
        yield f"Categories: {_names(page.categories)}"
    yield mark + page.headline
    if page.standfirst:
        yield mark + page.standfirst
    about = [f"Published by {page.byline}"] if page.byline else []
    about += [printed_date(page.published)] if page.published else []
    if page.video:
        title, *caption = _video(page.video, marking)
        yield "\n".join([*about, title])
        yield from caption
    elif about:
        yield "\n".join(about)
    if page.key_points:
        yield "\n".join(BULLET + point for point in page.key_points)


def _names(names: Sequence[str]) -> str:
    """With a comma in the line nothing else parts the names."""
    line = ", ".join(names)
    return line if len(names) > 1 or categories.told_apart(line) == ([line], []) else f"{line},"


def _video(video: Piece, marking: Marking) -> Iterator[str]:
    yield "close Video"
    if video.title:
        yield MARK * paragraphs.LINE * bool(marking) + video.title
    if video.text:
        yield MARK * paragraphs.VIDEO_CAPTION * bool(marking) + video.text


def _body(pieces: Sequence[Piece], marking: Marking) -> Iterator[str]:
    for position, piece in enumerate(pieces):
        first = position == 0 or pieces[position - 1].kind == "video"
        if piece.kind == "video":
            yield from _video(piece, marking)
        elif piece.kind in ("ul", "ol"):
            yield _list(piece, marked=bool(marking) and first)
        else:
            text = _text(piece)
            odd = first or piece.kind == "h2" or _reads_otherwise(piece, text)
            marked = marking == Marking.EVERYTHING or (marking and odd)
            yield _marked(piece) if marked else text


def _text(piece: Piece) -> str:
    return f"{piece.text} ({piece.credit})".lstrip() if piece.credit else piece.text


def _marked(piece: Piece) -> str:
    mark = MARK * KINDS[piece.kind]
    if piece.kind == "photo" and not piece.credit and piece.text.endswith((")", ")")):
        return f"{mark}{piece.text} ()"  # its last words are no credit
    return mark + _text(piece)


def _list(piece: Piece, *, marked: bool) -> str:
    """Marked where it could be taken for the key points."""
    first, *others = piece.items
    items = [MARK * paragraphs.PARAGRAPH * marked + first, *others]
    if piece.kind == "ul":
        return "\n".join(BULLET + item for item in items)
    return "\n".join(f"  {number}. {item}" for number, item in enumerate(items, piece.start))


def _reads_otherwise(piece: Piece, text: str) -> bool:
    body = Body()
    body.read(paragraphs.paragraphs(text))
    return body.pieces != [piece]


def _tail(page: Page, marking: Marking) -> Iterator[str]:
    if page.modified:
        yield f"This post was last modified on {printed_date(page.modified)}"
    yield "Share"
    if page.tags:
        yield f"Tags: {_names(page.tags)}"
    if page.related:
        yield "Related Post"
        yield from _entries(page.related, marking)
    if page.recent:
        yield "Recent Posts"
        yield from _entries(page.recent, marking)


def _entries(entries: Sequence[Entry], marking: Marking) -> Iterator[str]:
    for entry in entries:
        yield MARK * paragraphs.LINE * bool(marking) + entry.headline
        if entry.excerpt:
            yield MARK * paragraphs.PARAGRAPH * (marking == Marking.EVERYTHING) + entry.excerpt
        if entry.age:
            yield entry.age
