"""What readers' pages, feeds and sitemaps ask of the database.

Every question goes through `Version.objects.live()`. None counts and none skips: lists go on
from where the last page ended, so that a page costs the same at any size of the archive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KT
from django.utils.encoding import iri_to_uri

from .models import Category, Link, Listing, Version
from .story import split_category

RECENT = 6
RECENT_LIFETIME = 10  # seconds


class Place(NamedTuple):
    """A live name and its address (decoded path)."""

    name: str
    path: str

    @property
    def url(self) -> str:
        return iri_to_uri(self.path)


@dataclass(frozen=True)
class Card:
    """What lists show of a live version."""

    version: int
    article: int
    path: str
    first_published_at: datetime
    published_at: datetime
    visible_from: datetime
    dated: bool
    card: dict  # see rendering.Rendered
    section_path: str | None
    section_words: str | None

    @property
    def url(self) -> str:
        return iri_to_uri(self.path)

    @property
    def section(self) -> Place | None:
        """The category it is filed under first."""
        if not self.section_path:
            return None
        return Place(split_category(self.section_words)[-1], f"/{self.section_path}/")

    @property
    def root(self) -> Place | None:
        """The top of the tree above that."""
        if not self.section_path:
            return None
        return Place(split_category(self.section_words)[0], f"/{self.section_path.split('/')[0]}/")

    def __getattr__(self, name):
        try:
            return self.card[name]
        except KeyError:
            raise AttributeError(name) from None


# In the order of Card's fields.
COLUMNS = (
    *("pk", "article_id", "article__path", "first_published_at", "published_at", "visible_from"),
    *("dated", "rendering__card", "rendering__category__path", "rendering__category__words"),
)


class Pulse(NamedTuple):
    """When what readers see changed last, and when it will next."""

    newest: int | None
    acted_at: datetime | None
    appeared_at: datetime | None
    next_at: datetime | None

    @property
    def changed_at(self) -> datetime | None:
        return max(filter(None, (self.acted_at, self.appeared_at)), default=None)

    @property
    def key(self) -> str:
        """Another one after every act and every scheduled moment."""
        appeared = self.appeared_at and self.appeared_at.timestamp()
        return f"{self.newest}-{appeared}"


def _pulse_columns(now):
    newest = Version.objects.order_by("-pk")
    appeared = Version.objects.filter(visible_from__lte=now).order_by("-visible_from")
    coming = Version.objects.filter(visible_from__gt=now).order_by("visible_from")
    return {
        "newest": Subquery(newest.values("pk")[:1]),
        "acted_at": Subquery(newest.filter(visible_from__lte=now).values("created_at")[:1]),
        "appeared_at": Subquery(appeared.values("visible_from")[:1]),
        "next_at": Subquery(coming.values("visible_from")[:1]),
    }


def pulse(now: datetime) -> Pulse:
    found = Version.objects.order_by("-pk").annotate(**_pulse_columns(now))
    first = found.values_list(*Pulse._fields)[:1]
    return Pulse(*(list(first) or [(None,) * len(Pulse._fields)])[0])


# One story


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
        .annotate(**_pulse_columns(now))
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
    columns = ("kind", "place", "name", "where")
    listed = [
        Listing.objects.filter(version=version, implied=False, **{f"{kind}__isnull": False})
        .order_by()
        .annotate(
            kind=Value(kind),
            place=F("position"),
            name=F(f"{kind}__name"),
            where=F(f"{kind}__{'path' if kind == 'category' else 'slug'}"),
        )
        .values_list(*columns)
        for kind in ("category", "tag", "author")
    ]
    sections = (
        _sections(now)
        .annotate(kind=Value("section"), place=F("position"), where=F("path"))
        .order_by()
        .values_list(*columns)
    )
    rows = listed[0].union(*listed[1:], _linked([version.pk], now, columns), sections, all=True)
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


def _linked(versions, now, columns):
    """The links of these versions whose target readers can see, with its live headline."""
    live = Version.objects.live(now).filter(article=OuterRef("target"))
    headline = live.annotate(words=KT("rendering__card__headline")).values("words")[:1]
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
        .values_list(*columns)
    )


def links_of(versions: list[int], now: datetime) -> dict[int, dict[tuple[str, int], Place]]:
    """The live links of each of several versions, in one query."""
    found = {version: {} for version in versions}
    columns = ("version_id", "place", "name", "where")
    for version, number, name, path in _linked(versions, now, columns):
        found[version]["link", number] = Place(name, path)
    return found


# Sections


def _listed(now, **filters):
    """That readers can see a story in it."""
    return Exists(Version.objects.live(now).filter(**filters))


def _sections(now):
    seen = _listed(now, listings__category=OuterRef("pk"))
    return Category.objects.without_tree_fields().filter(seen, parent=None)


def sections(now: datetime, below: Category | None = None) -> tuple[list[Place], list[Place]]:
    """The top of the tree, and what is directly below a category; only where there is a story."""
    places = Q(parent=None) | Q(parent=below.pk) if below else Q(parent=None)
    found = (
        Category.objects.without_tree_fields()
        .filter(places, _listed(now, listings__category=OuterRef("pk")))
        .order_by("position", "name")
        .values_list("parent_id", "name", "path")
    )
    top, inner = [], []
    for parent, name, path in found:
        (inner if parent else top).append(Place(name, f"/{path}/"))
    return top, inner


# Lists


class Cursor(NamedTuple):
    """Where a page of a list ended: the next goes on behind it."""

    at: datetime
    key: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.key}"

    @classmethod
    def read(cls, text: str) -> Cursor:
        """The inverse of `str`; ValueError for anything else."""
        match = re.fullmatch(r"(-?[0-9]{1,17})-([0-9]{1,18})", text, re.ASCII)
        if not match:
            raise ValueError(text[:40])
        return cls(EPOCH + timedelta(microseconds=int(match[1])), int(match[2]))


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """Cards, and where the next page begins (None on the last)."""

    cards: list[Card]
    before: Cursor | None = None


class Order(NamedTuple):
    """The two columns a list is ordered by, newest first; an index has them in this order."""

    moment: str = "first_published_at"
    key: str = "article_id"


NEWEST = Order()
CORRECTED = Order("rendering__corrected_at", "pk")


def listed_in(**place) -> tuple[dict, Order]:
    """The filter and order of the list of one category, tag or author."""
    ((kind, row),) = place.items()
    return {f"listings__{kind}": row}, Order("listings__first_published_at", "listings__version_id")


def page(
    now: datetime,
    size: int,
    before: Cursor | None = None,
    order: Order = NEWEST,
    extra: tuple[str, ...] = (),
    **filters,
) -> Page:
    """The live versions that fit `filters`, newest first. `extra` columns are put into the card."""
    found = Version.objects.live(now)
    conditions = Q(**filters)
    if before:
        # All on one join: the list's place and the moment it has there.
        conditions &= Q(**{f"{order.moment}__lte": before.at}) & (
            Q(**{f"{order.moment}__lt": before.at}) | Q(**{f"{order.key}__lt": before.key})
        )
    found = found.filter(conditions).order_by(f"-{order.moment}", f"-{order.key}")
    width = len(COLUMNS)
    rows = list(found.values_list(*COLUMNS, *order, *extra)[: size + 1])
    cards = [_card(row[:width], dict(zip(extra, row[width + 2 :], strict=True))) for row in rows]
    last = Cursor(*rows[size - 1][width : width + 2]) if len(rows) > size else None
    return Page(cards[:size], last)


def _card(row, extra) -> Card:
    made = Card(*row)
    return Card(*row[:7], {**(made.card or {}), **extra}, *row[8:])


def recent(now: datetime, at: Pulse) -> list[Card]:
    """The newest stories, one more than the rail shows; for the rail of any page."""
    key = f"recent:{at.key}"
    found = cache.get(key)
    if found is None:
        found = page(now, RECENT + 1).cards
        cache.set(key, found, RECENT_LIFETIME)
    return found
