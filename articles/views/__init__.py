"""Readers’ pages: they turn a request into a question for `reading`, and the answer into HTML."""

from .archive import archive, archive_day, archive_month
from .emblems import logo, social
from .errors import not_found
from .files import attached
from .health import live, ready
from .lists import author, category, corrections, front, tag
from .oembed import oembed
from .offline import offline, service_worker
from .pictures import limited
from .previews import preview, preview_front, shared, shared_file
from .searching import results, suggestions
from .stories import article, recent

__all__ = [
    "archive",
    "archive_day",
    "archive_month",
    "article",
    "attached",
    "author",
    "category",
    "corrections",
    "front",
    "limited",
    "live",
    "logo",
    "not_found",
    "oembed",
    "offline",
    "preview",
    "preview_front",
    "ready",
    "recent",
    "results",
    "service_worker",
    "shared",
    "shared_file",
    "social",
    "suggestions",
    "tag",
]
