"""Articles and what is made of them. The modules, in the order of the flow."""

from .arrangement import Arrangement, ArrangementError, Container, Placement
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
from .fronts import Front, FrontRevision, FrontVersion
from .ledger import ImportItem, ImportMade, ImportRun, KeptSource
from .library import Origin, Photo, Video
from .taxonomy import Alias, Author, Category, Tag
from .versions import Redaction, Revision, Version

__all__ = [
    "BLOCKS",
    "Alias",
    "Arrangement",
    "ArrangementError",
    "Article",
    "Author",
    "Byline",
    "Caption",
    "Category",
    "Container",
    "Embed",
    "Filing",
    "Front",
    "FrontRevision",
    "FrontVersion",
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
    "Placement",
    "Quote",
    "Raw",
    "Redaction",
    "RelatedPost",
    "Rendering",
    "Revision",
    "Tag",
    "Tagging",
    "Text",
    "Version",
    "Video",
    "filings",
    "rows",
]
