"""Text dumps of story pages, one page a file.

The text that a crawler's extractor leaves of a news page: categories, headline, video, key
points, body, photo captions, "Share", "Recent Posts". Everything doubtful leaves a note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from articles.formats.context import Context
from articles.formats.door import story_from
from articles.story import DOUBTFUL, Story, StoryError

from .confidence import judged
from .decoding import decoded
from .learning import learn
from .lesson import lesson_of
from .page import Page, document
from .projecting import page_of, timezone_of
from .reading import read_page
from .recognising import recognises
from .writing import printed

__all__ = ["carried", "learn", "parse", "recognises", "split", "write"]

LARGEST = 5_000_000  # bytes; a larger file is no page


def split(stream: BinaryIO) -> Iterator[bytes]:
    """The file is one item; of one too large only so much that `parse` sees it."""
    yield stream.read(LARGEST + 1)


def parse(item: bytes, context: Context) -> Story:
    if len(item) > LARGEST:
        raise StoryError(f"larger than {LARGEST // 1_000_000} MB: a page never is")
    text, notes = decoded(item)
    page = read_page(text, context.categories, lesson_of(context.learned))
    captured_at = context.captured_at or context.modified
    found = document(page, context.timezone, captured_at)
    found["source"] = context.source or "textpage"
    found["source_id"] = context.name or _digest(found)
    doubts = _judge(found, page)
    return story_from(found, [*notes, *page.notes, *doubts])


def _judge(found: dict[str, object], page: Page) -> list[str]:
    """Fills in how sure the reading is, and what an import may do with it."""
    confidence, doubts = judged(page)
    found["confidence"] = confidence
    found["pubstatus"] = "usable" if confidence >= DOUBTFUL else "withheld"
    if confidence < DOUBTFUL:
        doubts.append(f"not published: it may be no story (confidence {confidence:.2f})")
    return doubts


def write(story: Story) -> bytes:
    """The page of a story in the layout. What `carried` leaves out is lost."""
    return printed(page_of(story)).encode()


def carried(story: Story) -> Story:
    """The part of a Story that the layout holds. Lost are

    - addresses, ids, slug, slugline, language, dateline, authors (the byline stays), rights,
      corrections, version, first publication, embargo and notes; the status and the confidence
      are judged anew, as of any page
    - of moments the seconds and the offset (`published_at`, else the first publication, and
      `modified_at` are printed); of recent posts the range, when the time of capture is
    - bold, italics, links, levels of subheads and nesting of lists; quotations and rows of
      tables become paragraphs; players of other sites, documents, recordings and unreadable
      markup are left out
    - of a photo all but caption and credit, of a video all but title and caption; that a photo
      was the lead, that a video at the top was none, that several photos were a gallery
    - small letters in the headlines of related stories within the body
    """
    page = page_of(story)
    timezone = timezone_of(story)
    found = document(page, timezone, story.captured_at)
    found |= {"source": story.source, "source_id": story.source_id}
    _judge(found, page)
    return story_from(found).replace(notes=())


def _digest(found: dict[str, object]) -> str:
    """The id of a page without a name: its headline and words, never its rail or its time."""
    words = repr([found["headline"], found.get("body")])
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
