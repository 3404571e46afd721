"""The Story itself."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

from .parts import (
    ATTACHED,
    CATEGORY_LENGTH,
    EARLIEST,
    LATEST,
    LONGEST,
    NAME_LENGTH,
    URL_LENGTH,
    AnyBlock,
    CaptionBlock,
    Contributor,
    Correction,
    GalleryBlock,
    Moment,
    Part,
    PubStatus,
    RecentPost,
    RelatedBlock,
    RelatedPost,
    Share,
)
from .words import split_category


class StoryError(ValueError):
    """The item cannot become a Story. The message says why, for an editor."""


class Story(Part, frozen=True):
    """See the module and docs/story.md. Raises `StoryError` when made without what it needs."""

    source: str
    source_id: str
    pubstatus: PubStatus
    source_url: str = ""
    version: str = ""
    headline: str = ""
    slug: str = ""
    slugline: str = ""
    standfirst: str = ""
    key_points: tuple[str, ...] = ()
    language: str = ""
    byline: str = ""
    authors: tuple[Contributor, ...] = ()
    dateline: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    first_published_at: Moment | None = None
    published_at: Moment | None = None
    modified_at: Moment | None = None
    embargoed_until: Moment | None = None
    captured_at: Moment | None = None
    lead: CaptionBlock | None = None
    body: tuple[AnyBlock, ...] = ()
    related: tuple[RelatedPost, ...] = ()
    recent: tuple[RecentPost, ...] = ()
    corrections: tuple[Correction, ...] = ()
    rights: str = ""
    notes: tuple[str, ...] = ()
    confidence: Share | None = None

    def __post_init__(self) -> None:
        if not self.source or not self.source_id:
            raise StoryError("a story needs a source and a source_id")
        if self.pubstatus != PubStatus.CANCELED and not self.headline.strip():
            raise StoryError(f"{self.source_id}: the story has no headline")
        for field, longest in LONGEST.items():
            if len(getattr(self, field)) > longest:
                length = len(getattr(self, field))
                raise StoryError(f"{field} is {length} characters long; at most {longest} fit")
        _check_names(self)
        _check_places(self)
        for field, moment in self.moments():
            if not EARLIEST <= moment <= LATEST:
                raise StoryError(f"{field} is in the year {moment.year}; 1600 to 2199 is possible")

    def moments(self) -> list[tuple[str, datetime]]:
        """Every moment in the story with the name of its place."""
        own = [(name, getattr(self, name)) for name in MOMENTS]
        own += [("corrections.at", correction.at) for correction in self.corrections]
        own += [("related.published_at", post.published_at) for post in self.related]
        return [(name, moment) for name, moment in own if moment is not None]

    def content(self) -> dict[str, Any]:
        """The story without its bookkeeping: what every comparison looks at.

        The embargo is content, since lifting it is an edit. Its moments are in UTC: the same
        instant told in another offset is no change.
        """
        instants = self.replace(
            embargoed_until=_utc(self.embargoed_until),
            corrections=tuple(_replace(c, at=_utc(c.at)) for c in self.corrections),
            related=tuple(_replace(p, published_at=_utc(p.published_at)) for p in self.related),
        )
        document = instants.as_dict()
        return {name: value for name, value in document.items() if name not in BOOKKEEPING}

    @property
    def digest(self) -> str:
        """SHA-256 of the content as canonical JSON (keys sorted, no white space), in hex."""
        canonical = msgspec.json.encode(self.content(), order="sorted")
        return hashlib.sha256(canonical).hexdigest()

    def replace(self, **changes: Any) -> Story:
        """The same story with other values in some fields."""
        return _replace(self, **changes)

    def as_dict(self) -> dict[str, Any]:
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built

    def as_json(self) -> bytes:
        return _encoder.encode(self)

    @classmethod
    def from_dict(cls, document: dict[str, Any]) -> Story:
        try:
            return msgspec.convert(document, cls)
        except msgspec.ValidationError as error:
            raise StoryError(_in_words(error)) from error

    @classmethod
    def from_json(cls, document: bytes | str) -> Story:
        try:
            return _decoder.decode(document)
        except msgspec.DecodeError as error:
            raise StoryError(_in_words(error)) from error


MOMENTS = ("first_published_at", "published_at", "modified_at", "embargoed_until", "captured_at")
BOOKKEEPING = frozenset(
    "source source_id source_url version first_published_at published_at modified_at captured_at"
    " recent notes confidence".split()
)

_replace = msgspec.structs.replace
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Story)


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)


def _check_names(story: Story) -> None:
    """Names and addresses that end in columns of a database must fit there."""
    names = [*story.tags, *(a.name for a in story.authors), *(a.role for a in story.authors)]
    for name in names:
        if len(name) > NAME_LENGTH:
            raise StoryError(f"“{name[:40]}…” is longer than {NAME_LENGTH} characters")
    for category in story.categories:
        if len(category) > CATEGORY_LENGTH or not split_category(category):
            raise StoryError(f"“{category[:40]}” is no name for a category")
    inline = [block for block in story.body if isinstance(block, RelatedBlock)]
    links: list[RelatedPost | RelatedBlock] = [*story.related, *inline]
    for link in links:
        if not link.headline or len(link.headline) > LONGEST["headline"]:
            raise StoryError("a related story has no headline, or one over 500 characters")
        if len(link.url) > URL_LENGTH:
            raise StoryError(f"the address of “{link.headline}” is over {URL_LENGTH} characters")


def _check_places(story: Story) -> None:
    """What there is nothing to see of leads no story, and stands in no gallery."""
    seen = [story.lead] if story.lead else []
    for block in story.body:
        seen += block.captions if isinstance(block, GalleryBlock) else ()
    for caption in seen:
        if caption.kind in ATTACHED:
            raise StoryError(f"only a photo or video leads or is in a gallery, no {caption.kind}")


def _in_words(error: Exception) -> str:
    """msgspec's message with the place first: "body[2].html: expected `str`, got `int`"."""
    reason, _, place = str(error).partition(" - at `$")
    reason = reason[:1].lower() + reason[1:]
    place = place.rstrip("`").lstrip(".")
    return f"{place}: {reason}" if place else reason
