"""Articles and what is made of them. The modules, in the order of the flow."""

from .article import Article, Byline, Filing, Installation, Tagging
from .blocks import (
    BLOCKS,
    Caption,
    Embed,
    Gallery,
    GalleryPicture,
    Quote,
    Raw,
    RelatedPost,
    Text,
)
from .children import filings, rows
from .derived import Link, Listing, Rendering
from .ledger import ImportItem, ImportMade, ImportRun, KeptSource
from .library import Origin, Photo, Video
from .search import Search
from .sharing import ShareLink
from .suggestions import Suggestion, SuggestionBan
from .taxonomy import Alias, Author, Category, Tag
from .versions import Redaction, Revision, Version

__all__ = [
    "BLOCKS",
    "Alias",
    "Article",
    "Author",
    "Byline",
    "Caption",
    "Category",
    "Embed",
    "Filing",
    "Gallery",
    "GalleryPicture",
    "ImportItem",
    "ImportMade",
    "ImportRun",
    "Installation",
    "KeptSource",
    "Link",
    "Listing",
    "Origin",
    "Photo",
    "Quote",
    "Raw",
    "Redaction",
    "RelatedPost",
    "Rendering",
    "Revision",
    "Search",
    "ShareLink",
    "Suggestion",
    "SuggestionBan",
    "Tag",
    "Tagging",
    "Text",
    "Version",
    "Video",
    "filings",
    "rows",
]
