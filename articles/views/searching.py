"""The page on which readers search, and what is suggested while they type."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .. import reading, search
from ..answers import answer, page, public
from ..narrowing import Searching
from . import narrow

LAST = search.RANKED // reading.FOUND_AT_ONCE


@public
def results(request: HttpRequest) -> HttpResponse:
    """Whatever is typed: an answer. What cannot be read of it is left out."""
    now = timezone.now()
    narrowing = Searching(request.GET, now)
    number = _number(request.GET.get("page", ""))
    context = {"nav": reading.sections(now)[0], **_found(narrowing, now, number)}
    context["narrow"] = narrow.offered(narrowing, reverse("search"), context)
    return answer(request, page("articles/search.html", context), now, reading.pulse(now))


def _found(narrowing: Searching, now, number) -> dict[str, Any]:
    found = reading.Results(search.read(narrowing.text), [])
    if found.query and not narrowing.is_empty:
        found = reading.results(
            narrowing.text, now, number, narrowing.wanted(), newest=narrowing.newest_first
        )
    return {
        "text": narrowing.text[: search.LONGEST],
        "is_asked": bool(narrowing.text.strip()),
        "newest_first": narrowing.newest_first,
        "found": found,
        "more": found.more and number < LAST and narrowing.query(page=number + 1),
        "is_end": found.more and number == LAST,
        "everywhere": bool(narrowing) and urlencode({"q": narrowing.text[: search.LONGEST]}),
        "meant": found.meant and (found.meant, narrowing.query(q=found.meant)),
        "fewer": [(text, narrowing.query(q=text)) for text in found.fewer],
        "longest": search.LONGEST,
    }


def _number(text: str) -> int:
    """The number of a page; the first for anything else."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(number, 1), LAST)


@public
def suggestions(request: HttpRequest) -> HttpResponse:
    """What readers may be looking for, as JSON. The same lifetime as the page."""
    now = timezone.now()
    text = request.GET.get("q", "").replace("\0", "")
    kinds = {"category": _("Section"), "tag": _("Topic"), "author": _("Author"), "story": ""}
    told = [
        {
            "kind": kinds[each.kind],
            "text": each.words,
            "url": each.url,
            "lang": each.language,
            "dir": each.direction or "auto",
        }
        for each in reading.suggested(text, now)
    ]
    return answer(request, JsonResponse({"suggestions": told}), now, reading.pulse(now))
