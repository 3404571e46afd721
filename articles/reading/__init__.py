"""What readers' pages, feeds and sitemaps ask of the database.

Every question goes through `Version.objects.live()`. None counts and none skips: lists go on
from where the last page ended, so that a page costs the same at any size of the archive.
"""

from .fronts import Filled, Filling, ends_of, filled, front_of, joined
from .lists import (
    CORRECTED,
    NEWEST,
    RECENT,
    RECENT_LIFETIME,
    Card,
    Cursor,
    Page,
    Step,
    ends,
    listed_in,
    listing,
    page,
    recent,
)
from .narrowed import Known, Wanted, known, names_on, narrowed
from .places import Place, sections, with_something
from .pulse import Pulse, pulse
from .searching import FOUND_AT_ONCE, Results, Suggestion, results, suggested
from .sources import Source
from .stories import ADDRESSES, LOOKED_AT, Around, Found, around, around_each, live_places, story_at

__all__ = [
    "ADDRESSES",
    "CORRECTED",
    "FOUND_AT_ONCE",
    "LOOKED_AT",
    "NEWEST",
    "RECENT",
    "RECENT_LIFETIME",
    "Around",
    "Card",
    "Cursor",
    "Filled",
    "Filling",
    "Found",
    "Known",
    "Page",
    "Place",
    "Pulse",
    "Results",
    "Source",
    "Step",
    "Suggestion",
    "Wanted",
    "around",
    "around_each",
    "ends",
    "ends_of",
    "filled",
    "front_of",
    "joined",
    "known",
    "listed_in",
    "listing",
    "live_places",
    "names_on",
    "narrowed",
    "page",
    "pulse",
    "results",
    "recent",
    "sections",
    "story_at",
    "suggested",
    "with_something",
]
