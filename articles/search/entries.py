"""What is found of a story, a photo or a video, and how much each part of it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from django.conf import settings

from .. import prose
from ..filing import Files, captions_of
from ..models import Photo, Revision, Video
from ..story import (
    EARLIEST,
    CaptionBlock,
    GalleryBlock,
    QuoteBlock,
    RelatedBlock,
    Story,
    TextBlock,
    split_category,
)
from .endings import Stem, internal, stemmer
from .queries import EVER
from .words import BREAK, MOST, words

# A word that every entry of the library has and nobody can type, so that looking for a photo
# does not walk past all stories. NFKC would have made another letter of it.
SHELF = {Photo: "\u1d56", Video: "\u1d5b"}
# So have the places where readers see a story listed: with these the index itself narrows, and
# walks past no story of another section. The key follows; a film has none.
LISTED = {"category": "\u1d9c", "tag": "\u1d57", "author": "\u1d43"}
WITH_VIDEO = "\u1da0"


class Entry(NamedTuple):
    """One row of the index. The texts are words apart by spaces; see docs/search.md."""

    place: int
    kind: str  # "revision", "photo" or "video"
    key: int
    headline: str  # counts most
    upper: str  # then what stands around the text: standfirst, key points, names
    body: str


KINDS = ("revision", "photo", "video")


def place(moment: datetime, kind: str, key: int) -> int:
    """The number of a row: by the second, then by its key, so that newer ones are larger.

    SQLite can go through what it found from the largest number down, and stop. 35 bits of seconds
    since the year 1600, 26 of the key, 2 of its kind.
    """
    seconds = int((moment - EARLIEST).total_seconds())
    return seconds << 28 | (key & (1 << 26) - 1) << 2 | KINDS.index(kind)


def age_of(place: int, now: datetime) -> float:
    """How many years before `now` the moment in the number of a row lies; 0 if after."""
    seconds = (now - EARLIEST).total_seconds() - (place >> 28)
    return max(0.0, seconds / (365.25 * 86400))


def stemmer_of(story: Story) -> Stem:
    """That of its language, else of the site's."""
    return stemmer(story.language or settings.LANGUAGE_CODE)


class Shown(NamedTuple):
    """What a published text is to readers: since when, and the `marks` it is listed by.

    is_limited: whether it shows a picture whose rights will end.
    """

    moment: datetime | None = None
    marks: frozenset[str] = frozenset()
    is_limited: bool = False


NEVER_SHOWN = Shown()


def mark(kind: str, key: int) -> str:
    """The word of a story that is listed in this category, tag or author."""
    return f"{LISTED[kind]}{key}"


def bounds(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """Between which numbers the rows from a moment to another (excluded) are, and few besides."""
    first = place(since, KINDS[0], 0) if since else EVER[0]
    last = place(until + timedelta(seconds=1), KINDS[0], 0) if until else EVER[1]
    return first, last


Withheld = Callable[[CaptionBlock], bool]


def nothing_withheld(_caption: CaptionBlock) -> bool:
    return False


def withheld(story: Story, files: Files) -> Withheld:
    """Whether the rights to the picture of a caption of this story end, or have ended. Its words
    go with it, by the clock, and no index knows the time: so readers never find them."""

    def is_limited(caption: CaptionBlock) -> bool:
        file = files.of(story.source, caption.media) if caption.kind == "photo" else None
        return isinstance(file, Photo) and file.is_limited

    return is_limited


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of a story by which it is found, one after the other.

    desk: what only the desk finds it by.
    """

    headline: str
    upper: list[str]
    body: list[str]
    desk: tuple[str, ...] = ()

    @classmethod
    def by(cls, story: Story, is_withheld: Withheld = nothing_withheld) -> Said:
        shown = [*body_texts(story, is_withheld)]
        hidden = [text for c in captions_of(story) if is_withheld(c) for text in _caption(c)]
        return cls(story.headline, [*upper_texts(story)], shown, tuple(hidden))

    def __iter__(self) -> Iterator[str]:
        return chain([self.headline], self.upper, self.body)


def of_revision(revision: Revision, said: Said, shown: Shown = NEVER_SHOWN) -> Entry:
    """Its moment is that of its first publication, else the story's own, else when it was saved."""
    story = revision.story
    told = story.first_published_at or story.published_at or story.captured_at
    moment = shown.moment or told or revision.at
    stem = stemmer_of(story)
    headline = words(said.headline, stem)
    upper = words(said.upper, stem)
    own = words((story.slugline, story.slug, story.source_id, *said.desk), internal)
    own = _cut(own, MOST // 3)
    marks = {*shown.marks, WITH_VIDEO} if has_video(story) else shown.marks
    upper = " ".join([upper, BREAK, own, BREAK, *sorted(marks)])
    body = words(said.body, stem)
    body = _cut(body, MOST - upper.count(" ") - headline.count(" ") - 4)
    return Entry(
        place(moment, "revision", revision.pk), "revision", revision.pk, headline, upper, body
    )


def of_file(photo: Photo | Video) -> Entry:
    kind = photo._meta.model_name
    stem = stemmer(settings.LANGUAGE_CODE)
    names = [origin.words.rpartition("/")[2] for origin in photo.origins.all()]
    upper = [photo.credit, getattr(photo, "alt", ""), *names]
    return Entry(
        place(photo.added_at, kind, photo.pk),
        kind,
        photo.pk,
        words(photo.title, stem),
        f"{SHELF[type(photo)]} {words(upper, stem)}",
        _cut(words(photo.caption, stem), MOST // 2),
    )


def has_video(story: Story) -> bool:
    """Whether a film leads it, as its card says."""
    return bool(story.lead and story.lead.kind == "video")


def _cut(text: str, most: int) -> str:
    return " ".join(text.split(" ", most)[:most]) if text.count(" ") >= most else text


def upper_texts(story: Story) -> Iterator[str]:
    yield story.standfirst
    yield from story.key_points
    yield story.byline
    for author in story.authors:
        yield author.name
    yield from story.tags
    for category in story.categories:
        yield from split_category(category)
    yield story.dateline


def body_texts(story: Story, is_withheld: Withheld = nothing_withheld) -> Iterator[str]:
    """What readers see below that, in their order. Raw markup they do not see."""

    def told(*captions: CaptionBlock) -> Iterator[str]:
        for caption in captions:
            if not is_withheld(caption):
                yield from _caption(caption)

    if story.lead:
        yield from told(story.lead)
    for part in story.body:
        if isinstance(part, TextBlock):
            yield prose.as_text(part.html)
        elif isinstance(part, CaptionBlock):
            yield from told(part)
        elif isinstance(part, GalleryBlock):
            yield from told(*part.captions)
        elif isinstance(part, QuoteBlock):
            yield f"{part.text} — {part.cite}" if part.cite else part.text
        elif isinstance(part, RelatedBlock):
            yield part.headline
    for correction in story.corrections:
        yield correction.text


def _caption(caption: CaptionBlock) -> Iterator[str]:
    if caption.kind != "photo":
        yield caption.title
    yield caption.text
    yield caption.credit
    if not caption.decorative:
        yield caption.alt
