"""A front as readers see it: the arrangement that is live, and the live stories that fill it.

Placements come first, then each container takes from its source what is not on the page yet. No
story stands twice, and none that readers cannot see: its place is taken by the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Subquery

from ..models import (
    Arrangement,
    Category,
    Container,
    FrontVersion,
    Photo,
    Placement,
    Version,
)
from ..models.arrangement import Fill
from ..rendering.pictures import picture
from .lists import Card, Cursor, Page, cards_of
from .places import Place
from .prepared import Prepared
from .pulse import Pulse, columns
from .sources import PLACED, Row, Source, rows_of, source_of

# The live front and its moments, beside those of the stories.
OWN = ("arrangement", "status", "begun_at", "acted_on_at", "coming_at")


@Prepared
def _current(now, category=0):
    of = FrontVersion.objects.filter(front__category=category or None)
    seen, coming = of.latest_of_each(now), of.filter(visible_from__gt=now).order_by("visible_from")
    own = (
        *(seen.values(name)[:1] for name in ("revision__arrangement", "pubstatus")),
        *(seen.values(name)[:1] for name in ("visible_from", "created_at")),
        coming.values("visible_from")[:1],
    )
    found = Version.objects.order_by("-pk").annotate(
        **columns(now), **{name: Subquery(one) for name, one in zip(OWN, own, strict=True)}
    )
    return found.values_list(*Pulse._fields, *OWN)[:1]


def front_of(now: datetime, category: Category | None = None) -> tuple[Arrangement | None, Pulse]:
    """What is live of the front (None: nothing is, the page is automatic), and the page's pulse."""
    rows = _current(now=now, **({"category": category.pk} if category else {}))
    if not rows:
        return None, Pulse(*[None] * len(Pulse._fields))
    width = len(Pulse._fields)
    arrangement, status, begun_at, acted_at, coming_at = rows[0][width:]
    live = arrangement if status == FrontVersion.PubStatus.USABLE else None
    moments = [begun_at, coming_at, *ends_of(live)]
    return live, joined(Pulse(*rows[0][:width]), now, acted_at, moments)


def ends_of(arrangement: Arrangement | None) -> list[datetime]:
    """The moments at which placements go by themselves."""
    placements = arrangement.placements() if arrangement else ()
    return [placement.until for placement in placements if placement.until]


def joined(pulse: Pulse, now: datetime, acted_at, moments: Iterable[datetime | None]) -> Pulse:
    """The pulse of a page that changes at these moments, too."""
    known = [moment for moment in moments if moment]
    past = [moment for moment in (*known, pulse.appeared_at) if moment and moment <= now]
    coming = [moment for moment in (*known, pulse.appears_at) if moment and moment > now]
    acted = [moment for moment in (acted_at, pulse.acted_at) if moment and moment <= now]
    return pulse._replace(
        acted_at=max(acted, default=None),
        appeared_at=max(past, default=None),
        appears_at=min(coming, default=None),
    )


# Filling


@dataclass
class Filled:
    """A container with its cards. `source` is where more of them are found."""

    container: Container
    cards: list[Card] = field(default_factory=list)
    source: Place | None = None

    @property
    def name(self) -> str:
        return self.container.name or (self.source.name if self.source else "")

    @property
    def template(self) -> str:
        return f"articles/fronts/{self.container.layout}.html"

    @property
    def lead(self) -> Card | None:
        return self.cards[0] if self.cards else None

    @property
    def others(self) -> list[Card]:
        return self.cards[1:]


@dataclass
class Filling:
    """A whole front: its containers, and below them what else is new.

    `found`: whether there is any live story in what the front is of.
    """

    containers: list[Filled]
    rest: Page
    found: bool


def filled(
    arrangement: Arrangement, now: datetime, category: Category | None = None, listed: int = 0
) -> Filling:
    """Fill a front with what readers see now. `listed`: how many of the newest follow below.

    Two queries, and one more where a placement has a picture of its own.
    """
    own = Source("category", category.pk) if category else Source()
    by_source = rows_of(arrangement, now, own, listed)
    chosen = _choose(arrangement, now, own, by_source)
    newest = by_source.get(own, [])
    shown = {row.article for slots in chosen for row, _placement in slots}
    rest = [row for row in newest[:listed] if row.article not in shown]
    standing = [row for slots in chosen for row, _placement in slots]
    cards = cards_of([row.version for row in (*standing, *rest)], now)
    pictures = _pictures((placement for slots in chosen for _row, placement in slots), now)
    containers = [
        Filled(
            container,
            # Between the two queries a story may have gone.
            [_card(cards[row.version], p, pictures) for row, p in slots if row.version in cards],
            _place(by_source.get(source_of(container, own)), container),
        )
        for container, slots in zip(arrangement.containers, chosen, strict=True)
    ]
    last = newest[listed - 1] if 0 < listed < len(newest) else None
    page = Page(
        [cards[row.version] for row in rest if row.version in cards],
        Cursor(last.at, last.place) if last else None,
    )
    return Filling(containers, page, bool(newest))


Slots = list[tuple[Row, Placement | None]]


def _choose(arrangement, now, own, by_source: dict[Source, list[Row]]) -> list[Slots]:
    """Who stands where. What is placed further down is not taken by a source further up."""
    live = {row.article: row for row in by_source.get(PLACED, [])}
    chosen: list[Slots] = []
    used: set[int] = set()
    for container in arrangement.containers:
        there = [one for one in container.placements if _stands(one, live, used, now)]
        chosen.append([(live[one.article], one) for one in there[: container.size]])
        used |= {row.article for row, _placement in chosen[-1]}
    for container, slots in zip(arrangement.containers, chosen, strict=True):
        for row in by_source.get(source_of(container, own), []):
            if len(slots) >= container.size:
                break
            if row.article not in used:
                used.add(row.article)
                slots.append((row, None))
    return chosen


def _stands(placement, live, used, now) -> bool:
    there = placement.article in live and placement.article not in used
    return there and (placement.until is None or placement.until > now)


def _place(rows: list[Row] | None, container: Container) -> Place | None:
    """The category or tag a container is filled from, by its live name."""
    if not rows or container.fill not in (Fill.CATEGORY, Fill.TAG):
        return None
    address = "/{}/" if container.fill is Fill.CATEGORY else "/tag/{}/"
    return Place(rows[0].name, address.format(rows[0].where))


def _pictures(placements, now) -> dict[int, dict[str, Any]]:
    """Those whose rights are not over."""
    wanted = [placement.photo for placement in placements if placement and placement.photo]
    if not wanted:
        return {}
    photos = Photo.objects.filter(pk__in=wanted)
    return {photo.pk: picture(photo).as_dict() for photo in photos if not photo.is_over(now)}


def _card(card: Card, placement: Placement | None, pictures) -> Card:
    """With the headline and the picture it has here."""
    if not placement:
        return card
    own = {"headline": placement.headline, "picture": pictures.get(placement.photo)}
    return replace(card, card={**card.card, **{k: value for k, value in own.items() if value}})
