"""The form that lists are narrowed by, on the page of the list."""

from __future__ import annotations

from typing import Any

from .. import reading
from ..narrowing import Narrowing


def whole(narrowing: Narrowing, size: int, step: reading.Step) -> reading.Page:
    """A page of the list itself, as if nothing had been chosen."""
    filters, order = {}, reading.NEWEST
    if own := narrowing.own:
        filters, order = reading.listing(own.kind, own.key)
    if narrowing.span:
        since, until = narrowing.span
        filters |= {f"{order.moment}__gte": since, f"{order.moment}__lt": until}
    return reading.page(narrowing.now, size, order=order, **step.asked(), **filters)


def is_there(narrowing: Narrowing) -> bool:
    """Whether readers can see anything in the list itself."""
    own = narrowing.own
    if own and narrowing.found:
        return any((place.kind, place.key) == (own.kind, own.key) for place in narrowing.found)
    if own and narrowing.words:
        return False
    return bool(whole(narrowing, 1, reading.Step()).cards)


def offered(narrowing: Narrowing, here: str, context: dict[str, Any], page=None) -> dict[str, Any]:
    """What the form shows. `context` has the sections that can be chosen; names are suggested
    of the stories on this page, where that is no question too many."""
    sections = context["below"] if narrowing.path else context["nav"]
    names = {}
    if page and not narrowing.wanted().is_sparse:
        names = reading.names_on([card.version for card in page.cards])
    chosen = narrowing.places.get("category")
    options = [(place.path.strip("/"), place.name) for place in sections]
    if chosen and chosen.where not in dict(options):
        options.append((chosen.where, chosen.name))
    typed = {kind: place.name if place else "" for kind, place in narrowing.places.items()}
    return {
        "here": here,
        "fields": set(narrowing.filters),
        "asked": narrowing.asked(),
        "typed": {**narrowing.words, **{kind: name for kind, name in typed.items() if name}},
        "choices": list(narrowing.choices()),
        "query": narrowing.query(),
        "oldest_first": narrowing.oldest_first,
        "sections": options,
        "names": names,
    }
