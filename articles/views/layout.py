"""How the newest stories become a front page. Each story stands on it once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ..reading import Card, Place

SECOND, LATEST, BANDS, IN_BAND = 4, 7, 4, 4
# A lead wants a picture; a text alone leads only when none of the newest few has one.
LEAD_AMONG = 4


@dataclass
class Band:
    """A section with some of its stories."""

    section: Place
    cards: list[Card] = field(default_factory=list)


@dataclass
class Front:
    lead: Card | None = None
    second: list[Card] = field(default_factory=list)
    latest: list[Card] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    rest: list[Card] = field(default_factory=list)


def arrange(cards: list[Card]) -> Front:
    """`cards` newest first. With few stories the later parts stay empty."""
    if not cards:
        return Front()
    lead = next((card for card in cards[:LEAD_AMONG] if card.picture), cards[0])
    left = [card for card in cards if card is not lead]
    latest, left = left[:LATEST], left[LATEST:]
    pictured = [card for card in left[: 3 * SECOND] if card.picture][:SECOND]
    second = pictured if len(pictured) == SECOND else left[:SECOND]
    left = [card for card in left if card not in second]
    bands = _bands(left)
    shown = {card.article for band in bands for card in band.cards}
    rest = [card for card in left if card.article not in shown]
    return Front(lead, second, latest, bands, rest)


def _bands(cards: list[Card]) -> list[Band]:
    """The sections with the newest stories among these, each with as many as fit."""
    by_root: dict[Place, list[Card]] = defaultdict(list)
    for card in cards:
        if card.root:
            by_root[card.root].append(card)
    full = [(root, found[:IN_BAND]) for root, found in by_root.items() if len(found) >= IN_BAND]
    # Pictures side by side, then those without: a calmer row than by the minute.
    return [Band(root, sorted(found, key=_without_picture)) for root, found in full[:BANDS]]


def _without_picture(card: Card) -> bool:
    return not card.picture
