"""The Story: one piece of journalism as a frozen document, without Django.

Readers of dumps make it, an Article takes it and gives it back, a Version keeps it, exports
write it. Its JSON form is a contract: one object, absent means unknown, moments are ISO 8601
with the offset they were given in. The words are IPTC's (`pubstatus`, `slugline`, `dateline`)
and schema.org's (`headline`).
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec

# PostgreSQL can store what Python cannot read back; nothing in a newspaper archive is outside.
EARLIEST = datetime(1600, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)

# The longest each may be, in characters; the columns of the models are as wide.
LONGEST = {
    "source": 200,
    "source_id": 500,
    "source_url": 2000,
    "version": 100,
    "headline": 500,
    "slug": 200,
    "slugline": 200,
    "language": 35,
    "byline": 500,
    "dateline": 200,
    "rights": 2000,
}
NAME_LENGTH = 200
CATEGORY_LENGTH = 500
URL_LENGTH = 2000

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class StoryError(ValueError):
    """The item cannot become a Story. The message says why, for an editor."""


class PubStatus(StrEnum):
    """IPTC's words for what may be done with a piece."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class Part(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What a Story is made of: immutable, equal by value, silent about what is unknown."""


class Media(Part, frozen=True):
    """Where a picture or film is (`url`, or `file` relative to the dump) and what it is."""

    url: str = ""
    file: str = ""
    sha256: str = ""
    width: int | None = None
    height: int | None = None
    mime: str = ""
    focal: tuple[Share, Share] | None = None  # from the left, from the top


class Block(Part, tag_field="type", frozen=True):
    """One block of a body."""


class TextBlock(Block, tag="text", frozen=True):
    """A run of paragraphs, subheads, lists, quotations and tables, as `prose.canonical` HTML."""

    html: str


class CaptionBlock(Block, tag="caption", frozen=True):
    """A photo or video as used in this story: its words, its credit, and where the file is."""

    # A default that is made is never left out of the JSON. One that is not is left out only where
    # it is the very same object, and a digest must not depend on that.
    kind: Literal["photo", "video"] = msgspec.field(default_factory=lambda: "photo")
    title: str = ""
    text: str = ""
    credit: str = ""
    alt: str = ""
    decorative: bool = False
    media: Media | None = None


class GalleryBlock(Block, tag="gallery", frozen=True):
    """Several photos shown together."""

    captions: tuple[CaptionBlock, ...] = ()


class RelatedBlock(Block, tag="related", frozen=True):
    """A link to another story between two paragraphs."""

    headline: str
    url: str = ""


class QuoteBlock(Block, tag="quote", frozen=True):
    """A pull quote."""

    text: str
    cite: str = ""


class EmbedBlock(Block, tag="embed", frozen=True):
    """A player of an allow-listed provider, built from the address and never from their HTML."""

    provider: str
    url: str


class RawBlock(Block, tag="raw", frozen=True):
    """Markup that was not understood: kept and counted, never shown to readers."""

    html: str
    why: str = ""


AnyBlock = (
    TextBlock | CaptionBlock | GalleryBlock | RelatedBlock | QuoteBlock | EmbedBlock | RawBlock
)


class Contributor(Part, frozen=True):
    """A person in the byline, as printed."""

    name: str
    role: str = ""


class RelatedPost(Part, frozen=True):
    """A story recommended outside the body."""

    headline: str
    url: str = ""
    excerpt: str = ""
    published_at: Moment | None = None


class RecentPost(Part, frozen=True):
    """One entry of the recent-posts rail as it was dumped: evidence, never content."""

    headline: str
    excerpt: str = ""
    age: str = ""
    published_between: tuple[Moment, Moment] | None = None


class Correction(Part, frozen=True):
    """What was wrong, and since when it is put right."""

    at: Moment
    text: str
    kind: str = msgspec.field(default_factory=lambda: "correction")


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
    " recent notes".split()
)

_replace = msgspec.structs.replace
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Story)


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)


def headline_key(headline: str) -> str:
    """Letters and digits only, case-folded: equal for a headline and its form in CAPITALS."""
    return "".join(c for c in headline.casefold() if c.isalnum())[: LONGEST["headline"]]


def split_category(words: str) -> list[str]:
    r"""["World", "Asia"] of "World/Asia"; a slash within a name is written `\/`."""
    marked = words.replace("\\/", "\0")
    return [name.replace("\0", "/").strip() for name in marked.split("/") if name.strip(" \0")]


def join_category(names: list[str]) -> str:
    """The inverse of `split_category`."""
    return "/".join(name.replace("/", "\\/") for name in names)


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


def _in_words(error: Exception) -> str:
    """msgspec's message with the place first: "body[2].html: expected `str`, got `int`"."""
    reason, _, place = str(error).partition(" - at `$")
    reason = reason[:1].lower() + reason[1:]
    place = place.rstrip("`").lstrip(".")
    return f"{place}: {reason}" if place else reason
