"""What a Story is made of: its blocks and the smaller records, and how large each may be."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

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

# Less confidence than this: the reader of a dump has guessed more than it read, and an editor looks
# at the story before readers do.
DOUBTFUL = 0.5

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


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


# What readers save or hear, and do not see: it stands in a body and nowhere else.
ATTACHED = ("audio", "document")


class CaptionBlock(Block, tag="caption", frozen=True):
    """A photo, video, recording or document as used in this story: its words, its credit, and
    where the file is."""

    # A default that is made is never left out of the JSON. One that is not is left out only where
    # it is the very same object, and a digest must not depend on that.
    kind: Literal["photo", "video", "audio", "document"] = msgspec.field(
        default_factory=lambda: "photo"
    )
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
