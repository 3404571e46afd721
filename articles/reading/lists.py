"""Lists of live versions, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache as cache_for_ever
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Q
from django.utils.encoding import iri_to_uri

from ..models import Version
from ..story import split_category
from .places import Place
from .prepared import Prepared, Value
from .pulse import Pulse

RECENT = 6
RECENT_LIFETIME = 10  # seconds


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
        # Only what is not a field arrives here; `card` itself when it is being unpickled.
        if name == "card" or name not in self.card:
            raise AttributeError(name)
        return self.card[name]


# In the order of Card's fields.
COLUMNS = (
    *("pk", "article_id", "article__path", "first_published_at", "published_at", "visible_from"),
    *("dated", "rendering__card", "rendering__category__path", "rendering__category__words"),
)
RIGHTS = "rendering__photo__rights_until"


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
    """Cards, and where the pages beside it begin: the older one before a story, the newer one
    after one (None: there is none).

    `begins`: behind what it begins itself, in the order it is shown; None on the first page.
    """

    cards: list[Card]
    before: Cursor | None = None
    after: Cursor | None = None
    begins: Cursor | None = None


class Order(NamedTuple):
    """The two columns a list is ordered by, newest first; an index has them in this order."""

    moment: str = "first_published_at"
    key: str = "article_id"

    def by(self, *, upward: bool) -> list[str]:
        """For `order_by`: upward is from the oldest to the newest."""
        return [*self] if upward else [f"-{name}" for name in self]

    def beyond(self, at: datetime, key: int, *, upward: bool) -> Q:
        """What comes behind a place on the way."""
        sign = "gt" if upward else "lt"
        return self._bound(at, key, f"{sign}e", sign, sign)

    def up_to(self, at: datetime, key: int, *, upward: bool) -> Q:
        """What comes before that place, and it itself."""
        sign = "lt" if upward else "gt"
        return self._bound(at, key, f"{sign}e", sign, f"{sign}e")

    def _bound(self, at, key, near, far, beside) -> Q:
        # The first condition alone is one an index can be entered by.
        return Q(**{f"{self.moment}__{near}": at}) & (
            Q(**{f"{self.moment}__{far}": at}) | Q(**{f"{self.key}__{beside}": key})
        )


class Step(NamedTuple):
    """From where a page of a list goes on, and which way: upward is towards the newest."""

    start: Cursor | None = None
    upward: bool = False

    def asked(self) -> dict[str, Cursor | None]:
        """As `page` is asked."""
        return {"after" if self.upward else "before": self.start}

    def page(self, rows, stop: Cursor | None = None, *, oldest_first: bool = False) -> Page | None:
        """The page of these (card, cursor), and at last the cursor of the one that comes next.

        `stop` is where looking ended, if it ended before the list did. None: less than a page was
        left on the way back, so the first page is the one.
        """
        *shown, following = rows
        ahead = shown[-1][1] if following else stop
        behind = shown[0][1] if shown and self.start else None
        back = self.upward != oldest_first
        if back and not ahead:
            return None
        cards = [card for card, _cursor in (reversed(shown) if back else shown)]
        ends = (behind, ahead) if self.upward else (ahead, behind)
        return Page(cards, *ends, begins=(following or stop) if back else self.start)


NEWEST = Order()
CORRECTED = Order("rendering__corrected_at", "rendering__version_id")


def listed_in(**place) -> tuple[dict, Order]:
    """The filter and order of the list of one category, tag or author."""
    ((kind, row),) = place.items()
    return listing(kind, row.pk)


def listing(kind: str, key: int) -> tuple[dict, Order]:
    """The same of a key."""
    return {f"listings__{kind}": key}, Order("listings__first_published_at", "listings__version_id")


def page(
    now: datetime,
    size: int,
    before: Cursor | None = None,
    order: Order = NEWEST,
    extra: tuple[str, ...] = (),
    *,
    after: Cursor | None = None,
    **filters: Value,
) -> Page:
    """The live versions that fit `filters`, newest first: the newest of all, those `before` a
    place, or the next ones `after` it. `extra` columns are put into the card."""
    flags = tuple((name, value) for name, value in filters.items() if isinstance(value, bool))
    values = {name: value for name, value in filters.items() if not isinstance(value, bool)}
    step = Step(after or before, bool(after))
    start = {"start_at": step.start.at, "start_key": step.start.key} if step.start else {}
    question = _question(size, order, extra, flags, step.upward)
    rows = question(now=now, **start, **values)
    found = step.page(told(rows, size, now, extra))
    return found or page(now, size, None, order, extra, **filters)


def ends(now: datetime, size: int, **filters: Value) -> Iterator[Cursor]:
    """Where each page of such a list ends but the last, newest first: `page` goes on behind it.
    Each is a walk along the index through one page: for lists that are seldom long."""
    rows = Version.objects.live(now).filter(**filters).order_by(*NEWEST.by(upward=False))
    rest = rows = rows.values_list(*NEWEST)
    while len(last_and_next := list(rest[size - 1 : size + 1])) == 2:
        end = Cursor(*last_and_next[0])
        yield end
        rest = rows.filter(NEWEST.beyond(*end, upward=False))


@cache_for_ever
def _question(size: int, order: Order, extra: tuple[str, ...], flags, upward: bool) -> Prepared:
    def build(now, start_at=None, start_key=None, **filters):
        conditions = Q(**filters, **dict(flags))
        if start_at:
            # All on one join: the list's place and the moment it has there.
            conditions &= order.beyond(start_at, start_key, upward=upward)
        found = Version.objects.live(now).filter(conditions).order_by(*order.by(upward=upward))
        return columns(found, order, extra)[: size + 1]

    return Prepared(build)


def columns(found, order: Order, extra: tuple[str, ...] = ()):
    """The rows that `told` makes cards of."""
    return found.values_list(*COLUMNS, *order, RIGHTS, *extra)


def told(rows, size: int, now: datetime, extra: tuple[str, ...] = ()):
    """(card, its place in the list) of each row of a page, and at last the place of the next."""
    width = len(COLUMNS)
    for row in rows[:size]:
        rights_until, *more = row[width + 2 :]
        words = {**dict(zip(extra, more, strict=True)), **rights(rights_until, now)}
        yield _card(row[:width], words), Cursor(*row[width : width + 2])
    yield Cursor(*rows[size][width : width + 2]) if len(rows) > size else None


def cards_of(versions: list[int], now: datetime) -> dict[int, Card]:
    """The cards of those of these versions that readers see."""
    found = Version.objects.live(now).filter(pk__in=versions).values_list(*COLUMNS, RIGHTS)
    return {row[0]: _card(row, rights(until, now)) for *row, until in found} if versions else {}


def rights(until: datetime | None, now: datetime) -> dict[str, None]:
    """What a card has instead, once the rights of its picture are over."""
    return {"picture": None} if until and until <= now else {}


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
