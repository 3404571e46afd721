"""One story, and the live names round it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.fields.json import KeyTextTransform

from ..models import Link, Listing, Version
from .places import Place, with_stories
from .pulse import Pulse, columns


def story_at(path: str, now: datetime) -> tuple[Version | None, Pulse | None]:
    """The latest visible version at an address, with what its page is made of. May be withdrawn."""
    found = (
        Version.objects.latest_of_each(now)
        .filter(article__path=path)
        .select_related("article", "rendering")
        .only(
            *("number", "pubstatus", "visible_from", "published_at", "first_published_at"),
            *("dated", "revision_id", "created_at", "article__path", "article__source"),
            *("rendering__article", "rendering__head", "rendering__card"),
        )
        .annotate(**columns(now))
        .first()
    )
    return (found, Pulse(*(getattr(found, n) for n in Pulse._fields))) if found else (None, None)


@dataclass
class Around:
    """The live names round a story: (kind, number) → Place; and the site's sections."""

    places: dict[tuple[str, int], Place] = field(default_factory=dict)
    sections: list[Place] = field(default_factory=list)


ADDRESSES = {
    "category": "/{}/",
    "section": "/{}/",
    "tag": "/tag/{}/",
    "author": "/author/{}/",
    "link": "{}",
}


def around(version: Version, now: datetime) -> Around:
    """One query for all names on a story's page."""
    parts = ("kind", "place", "name", "where")
    listed = [
        Listing.objects.filter(version=version, implied=False, **{f"{kind}__isnull": False})
        .order_by()
        .annotate(
            kind=Value(kind),
            place=F("position"),
            name=F(f"{kind}__name"),
            where=F(f"{kind}__{'path' if kind == 'category' else 'slug'}"),
        )
        .values_list(*parts)
        for kind in ("category", "tag", "author")
    ]
    sections = (
        with_stories(now)
        .annotate(kind=Value("section"), place=F("position"), where=F("path"))
        .order_by()
        .values_list(*parts)
    )
    rows = listed[0].union(*listed[1:], _linked([version.pk], now, parts), sections, all=True)
    return _placed(rows)


def _placed(rows) -> Around:
    found = Around()
    for kind, number, name, where in sorted(rows, key=lambda row: (row[0], row[1])):
        place = Place(name, ADDRESSES[kind].format(where))
        if kind == "section":
            found.sections.append(place)
        else:
            found.places[kind, number] = place
    return found


def _linked(versions, now, parts):
    """The links of these versions whose target readers can see, with its live headline."""
    live = Version.objects.live(now).filter(article=OuterRef("target"))
    words = KeyTextTransform("headline", "rendering__card")
    headline = live.annotate(words=words).values("words")[:1]
    return (
        Link.objects.filter(version__in=versions, target__isnull=False)
        .order_by()
        .annotate(
            kind=Value("link"),
            place=F("number"),
            name=Subquery(headline),
            where=F("target__path"),
        )
        .filter(name__isnull=False)
        .values_list(*parts)
    )


def links_of(versions: list[int], now: datetime) -> dict[int, dict[tuple[str, int], Place]]:
    """The live links of each of several versions, in one query."""
    found = {version: {} for version in versions}
    parts = ("version_id", "place", "name", "where")
    for version, number, name, path in _linked(versions, now, parts):
        found[version]["link", number] = Place(name, path)
    return found
