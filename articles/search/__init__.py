"""Search: one index, asked for working copies, for what readers see, and for the library.

    words, endings   texts as words, in one spelling
    entries          what of a story, photo or video is found, and what it counts
    index            writing it
    spelling         what a mistyped word may have meant
    queries          what somebody typed, as a question
    finding          what fits, the best first
    excerpts         where it says so

Which of the texts somebody may find is never in the index: it is asked together with the rows
that decide it. Working copies are `Article.head`; what is live, `Version.objects.live()` says.
"""

from . import spelling
from .entries import SHELF, WITH_VIDEO, bounds, mark, nothing_withheld
from .finding import RANKED, Ranked, ranked
from .index import (
    SHOWS_LIMITED,
    again,
    keep,
    keep_files,
    keep_published,
    with_picture,
    with_pictures,
)
from .queries import LONGEST, Query, read

__all__ = [
    "LONGEST",
    "RANKED",
    "SHELF",
    "SHOWS_LIMITED",
    "WITH_VIDEO",
    "Query",
    "Ranked",
    "again",
    "bounds",
    "keep",
    "keep_files",
    "keep_published",
    "mark",
    "nothing_withheld",
    "ranked",
    "read",
    "spelling",
    "with_picture",
    "with_pictures",
]
