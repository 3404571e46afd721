"""The Story: one piece of journalism as a frozen document, without Django.

Readers of dumps make it, an Article takes it and gives it back, a Version keeps it, exports
write it. Its JSON form is a contract: one object, absent means unknown, moments are ISO 8601
with the offset they were given in. The words are IPTC's (`pubstatus`, `slugline`, `dateline`)
and schema.org's (`headline`).
"""

from .document import BOOKKEEPING, MOMENTS, Story, StoryError
from .parts import (
    ATTACHED,
    CATEGORY_LENGTH,
    DOUBTFUL,
    EARLIEST,
    LATEST,
    LONGEST,
    NAME_LENGTH,
    URL_LENGTH,
    AnyBlock,
    Block,
    CaptionBlock,
    Contributor,
    Correction,
    EmbedBlock,
    GalleryBlock,
    Media,
    Part,
    PubStatus,
    QuoteBlock,
    RawBlock,
    RecentPost,
    RelatedBlock,
    RelatedPost,
    TextBlock,
)
from .words import ADDRESS_KEY_LENGTH, address_key, headline_key, join_category, split_category

__all__ = [
    "ADDRESS_KEY_LENGTH",
    "ATTACHED",
    "AnyBlock",
    "BOOKKEEPING",
    "Block",
    "CATEGORY_LENGTH",
    "CaptionBlock",
    "Contributor",
    "Correction",
    "DOUBTFUL",
    "EARLIEST",
    "EmbedBlock",
    "GalleryBlock",
    "LATEST",
    "LONGEST",
    "MOMENTS",
    "Media",
    "NAME_LENGTH",
    "Part",
    "PubStatus",
    "QuoteBlock",
    "RawBlock",
    "RecentPost",
    "RelatedBlock",
    "RelatedPost",
    "Story",
    "StoryError",
    "TextBlock",
    "URL_LENGTH",
    "address_key",
    "headline_key",
    "join_category",
    "split_category",
]
