"""The page on which readers search."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .. import filters, reading, search
from ..answers import answer, page, public
from ..search import queries

ASKED = ("q", "category", "since", "until")  # what the form asks for
LAST = search.RANKED // reading.FOUND_AT_ONCE


@public
def results(request: HttpRequest) -> HttpResponse:
    """Whatever is typed: an answer. What cannot be read of it is left out."""
    now = timezone.now()
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ASKED}
    query = search.read(asked["q"])
    number = _number(request.GET.get("page", ""))
    nav = reading.sections(now)[0]
    cards, more = [], False
    if query:
        narrowed = filters.of_readers(**{name: asked[name] for name in ASKED[1:]})
        cards, more = reading.found(query, now, number, **narrowed)
        if not cards and number == 1:  # perhaps the last word was not meant as a whole one
            query = search.read(asked["q"], typing=True)
            cards, more = reading.found(query, now, **narrowed)
    context = {
        "asked": {**asked, "q": asked["q"][: queries.LONGEST]},
        "is_asked": bool(asked["q"].strip()),
        "query": query,
        "cards": cards,
        "nav": nav,
        "more": more and _address(asked, number + 1),
        "longest": queries.LONGEST,
    }
    return answer(request, page("articles/search.html", context), now, reading.pulse(now))


def _number(text: str) -> int:
    """The number of a page; the first for anything else."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(number, 1), LAST)


def _address(asked: dict[str, str], number: int) -> str:
    told = {name: text for name, text in asked.items() if text}
    return f"?{urlencode({**told, 'page': number})}"
