"""Articles and what is made of them. The modules, in the order of the flow."""

from .arrangement import Arrangement, ArrangementError, Container, Placement
from .article import Article, Installation
from .attachments import Attachment
from .audit import AuditEntry
from .bin import BinnedArticle
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
from .derived import Link, Listing, Rendering, Shown
from .desks import Desk
from .filings import Byline, Filing, Tagging
from .fronts import Front, FrontRevision, FrontVersion
from .known import KnownHeadline
from .ledger import ImportItem, ImportMade, ImportRun, KeptSource
from .library import Origin, Photo, Video
from .pings import Ping
from .presence import Presence
from .search import Search, Spelling
from .sharing import ShareLink
from .suggestions import Suggestion, SuggestionBan
from .taxonomy import Alias, Author, Category, Tag
from .unmerged import Unmerged
from .versions import Redaction, Revision, Version
from .workflow import Assignment, Note, Review

__all__ = [
    "BLOCKS",
    "Alias",
    "Arrangement",
    "ArrangementError",
    "Article",
    "Assignment",
    "Attachment",
    "AuditEntry",
    "Author",
    "BinnedArticle",
    "Byline",
    "Caption",
    "Category",
    "Container",
    "Desk",
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
    "KnownHeadline",
    "Link",
    "Listing",
    "Note",
    "Origin",
    "Photo",
    "Ping",
    "Placement",
    "Presence",
    "Quote",
    "Raw",
    "Redaction",
    "RelatedPost",
    "Rendering",
    "Review",
    "Revision",
    "Search",
    "Spelling",
    "ShareLink",
    "Shown",
    "Suggestion",
    "SuggestionBan",
    "Tag",
    "Tagging",
    "Text",
    "Unmerged",
    "Version",
    "Video",
    "filings",
    "rows",
]
