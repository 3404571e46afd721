"""What readers find: live versions, the best first, each with the place that says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .. import search
from ..models import Version
from ..search import excerpts
from .lists import COLUMNS, Card

FOUND_AT_ONCE = 20


def found(
    query: search.Query, now: datetime, number: int = 1, **filters: Any
) -> tuple[list[Card], bool]:
    """A page (1 is the first) of what fits, and whether there is another.

    `filters` are those of a queryset of versions. The headline and the excerpt of the cards are
    safe HTML with the words in <mark>.
    """
    live = Version.objects.live(now).filter(**filters)
    keys = search.ranked(live, query, "revision", now=now)
    first = (number - 1) * FOUND_AT_ONCE
    rows = live.filter(pk__in=keys[first : first + FOUND_AT_ONCE]).values_list(
        *COLUMNS, "revision__story"
    )
    cards = {row[0]: _card(row, query) for row in rows}
    shown = [cards[key] for key in keys[first : first + FOUND_AT_ONCE] if key in cards]
    return shown, len(keys) > first + FOUND_AT_ONCE


def _card(row, query):
    *made, story = row
    card = Card(*made)
    headline, excerpt = excerpts.of_story(query, story)
    words = {"headline": headline}
    if excerpt:
        words |= {"standfirst": "", "excerpt": excerpt}
    return Card(*row[:7], {**(card.card or {}), **words}, *row[8:-1])
