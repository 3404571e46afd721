"""One story, and the live names round it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KeyTextTransform

from ..models import Link, Listing, Shown, Suggestion, Version
from .places import Place, with_stories
from .prepared import Prepared
from .pulse import Pulse, columns


class Found(NamedTuple):
    """The latest visible version at an address; withdrawn ones are found too.

    `article`, `head` and `card` are None where the rendering was lost until the next `reindex`.
    """

    pk: int
    article_id: int
    path: str
    pubstatus: str
    visible_from: datetime
    created_at: datetime
    article: str | None
    head: str | None
    card: dict | None

    @property
    def changed_at(self) -> datetime:
        """Since when readers may have seen it."""
        return max(self.visible_from, self.created_at)


@Prepared
def _story_at(now, path):
    return (
        Version.objects.latest_of_each(now)
        .filter(article__path=path)
        .order_by()
        .annotate(**columns(now))
        .values_list(
            *("pk", "article_id", "article__path", "pubstatus", "visible_from", "created_at"),
            *("rendering__article", "rendering__head", "rendering__card"),
            *Pulse._fields,
        )[:1]
    )


def story_at(path: str, now: datetime) -> tuple[Found, Pulse] | None:
    """What the page of a story is made of; None where no version can be seen."""
    rows = _story_at(now=now, path=path)
    width = len(Found._fields)
    return (Found(*rows[0][:width]), Pulse(*rows[0][width:])) if rows else None


@dataclass
class Around:
    """The live names round a story: (kind, number) → Place; and the site's sections.

    above: the categories above those it is filed under.
    over: keys of the photos in it that readers may not see any more.
    """

    places: dict[tuple[str, int], Place] = field(default_factory=dict)
    sections: list[Place] = field(default_factory=list)
    above: list[Place] = field(default_factory=list)
    over: set[int] = field(default_factory=set)

    def add(self, kind: str, number: int, name: str, where: str) -> None:
        if kind == OVER:
            self.over.add(number)
            return
        place = Place(name, ADDRESSES[kind].format(where))
        if kind == "section":
            self.sections.append(place)
        elif kind == "above":
            self.above.append(place)
        else:
            self.places[kind, number] = place


ADDRESSES = {
    "category": "/{}/",
    "above": "/{}/",
    "section": "/{}/",
    "tag": "/tag/{}/",
    "author": "/author/{}/",
    "link": "{}",
    "suggested": "{}",
}


LOOKED_AT = 6  # suggestions of a story; those that readers can not see are left out
PARTS = ("kind", "place", "name", "where")
OVER = "over"


@Prepared
def _around(now, version):
    sections = (
        with_stories(now)
        .annotate(kind=Value("section"), place=F("position"), where=F("path"))
        .order_by()
        .values_list(*PARTS)
    )
    of = Q(version=version)
    listed = _listed(of, PARTS)
    links, over, above = _linked(of, now, PARTS), _over(of, now, PARTS), _above(of)
    suggested = _suggested(version, now)
    return listed[0].union(*listed[1:], links, over, above, suggested, sections, all=True)


def around(version: int, now: datetime) -> Around:
    """One query for all names on a story's page."""
    return _placed(_around(now=now, version=version))


def _placed(rows) -> Around:
    found = Around()
    for row in sorted(rows, key=lambda row: (row[0], row[1])):
        found.add(*row)
    return found


def _listed(of, parts):
    """The categories, tags and authors of these versions, one question each."""
    return [
        Listing.objects.filter(of, implied=False, **{f"{kind}__isnull": False})
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


def _above(of):
    rows = Listing.objects.filter(of, implied=True).order_by()
    told = {"kind": Value("above"), "place": F("position")}
    return rows.annotate(name=F("category__name"), where=F("category__path"), **told).values_list(
        *PARTS
    )


def _over(of, now, parts):
    """The pictures of these versions whose rights have ended."""
    return (
        Shown.objects.filter(of, photo__rights_until__lte=now)
        .order_by()
        .annotate(kind=Value(OVER), place=F("photo_id"), name=Value(""), where=Value(""))
        .values_list(*parts)
    )


def _headline_of_target(now):
    live = Version.objects.live(now).filter(article=OuterRef("target"))
    words = KeyTextTransform("headline", "rendering__card")
    return Subquery(live.annotate(words=words).values("words")[:1])


def _suggested(version, now):
    """What belongs beside the story of this version, if readers can see it."""
    rows = Suggestion.objects.filter(version=version, position__lt=LOOKED_AT)
    return _to_readable(rows, now, PARTS, "suggested", "position")


def _linked(of, now, parts):
    """The links of these versions whose target readers can see, with its live headline."""
    rows = Link.objects.filter(of, target__isnull=False)
    return _to_readable(rows, now, parts, "link", "number")


def _to_readable(rows, now, parts, kind, place):
    told = {"kind": Value(kind), "place": F(place), "where": F("target__path")}
    found = rows.order_by().annotate(name=_headline_of_target(now), **told)
    return found.filter(name__isnull=False).values_list(*parts)


def around_each(versions: list[int], now: datetime) -> dict[int, Around]:
    """The live names in each of several versions, and the pictures that are over: one query."""
    found = {version: Around() for version in versions}
    of, parts = Q(version__in=versions), ("version_id", *PARTS)
    listed = _listed(of, parts)
    rows = _linked(of, now, parts).union(_over(of, now, parts), *listed, all=True)
    for version, *row in rows if versions else ():
        found[version].add(*row)
    return found


def live_places(articles: set[int], now: datetime) -> dict[int, Place]:
    """Where readers find these stories, and under which headline; what is not live is left out."""
    live = Version.objects.live(now).filter(article__in=articles)
    words = KeyTextTransform("headline", "rendering__card")
    rows = live.annotate(words=words).order_by().values_list("article", "words", "article__path")
    return {article: Place(headline, path) for article, headline, path in rows if headline}
