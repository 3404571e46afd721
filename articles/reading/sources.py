"""Where the stories of a front come from, and all of them that it may need, in one query."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F, Value

from ..models import Arrangement, Container, Listing, Version
from ..models.arrangement import Fill
from .lists import NEWEST, listing
from .prepared import Prepared


class Source(NamedTuple):
    """Where stories come from: the newest of all (no key), of a category or of a tag."""

    kind: str = ""
    key: int = 0


class Row(NamedTuple):
    """A live story in a source."""

    source: int
    at: datetime
    place: int
    version: int
    article: int
    name: str
    where: str


PLACED = Source("placed")


def source_of(container: Container, own: Source) -> Source | None:
    if container.fill is Fill.NONE:
        return None
    return own if container.fill is Fill.NEWEST else Source(container.fill, container.source or 0)


def sources_of(arrangement: Arrangement, own: Source) -> list[Source]:
    """Each once; the page's own first."""
    found = [own, *(source_of(container, own) for container in arrangement.containers)]
    return list(dict.fromkeys(source for source in found if source))


def rows_of(
    arrangement: Arrangement, now: datetime, own: Source, listed: int
) -> dict[Source, list[Row]]:
    """The live ones among the placed stories, and enough of each source, newest first: one query.

    A source is asked for as many as the page can hold: all before it may be of that source.
    """
    sources = sources_of(arrangement, own)
    room = sum(container.size for container in arrangement.containers)
    depths = tuple(max(room, listed + 1) if source == own else room for source in sources)
    placed = {
        f"placed_{number}": placement.article
        for number, placement in enumerate(arrangement.placements())
    }
    keys = {f"source_{n}": source.key for n, source in enumerate(sources) if source.key}
    question = _question(tuple(source.kind for source in sources), depths)
    found: dict[Source, list[Row]] = {}
    rows = [Row(*row) for row in question(now=now, **placed, **keys)]
    for row in sorted(rows, key=lambda row: (row.at, row.place), reverse=True):
        found.setdefault(PLACED if row.source < 0 else sources[row.source], []).append(row)
    return found


@lru_cache(maxsize=256)
def _question(kinds: tuple[str, ...], depths: tuple[int, ...]) -> Prepared:
    def build(now, **keys):
        live = Version.objects.live(now)
        placed = [key for name, key in keys.items() if name.startswith("placed_")]
        parts = [_of_versions(live.filter(article__in=placed), -1)] if placed else []
        for number, (kind, depth) in enumerate(zip(kinds, depths, strict=True)):
            # SQLite has no LIMIT within a UNION; within an IN it has.
            if not kind:
                newest = live.order_by(*(f"-{name}" for name in NEWEST)).values("pk")[:depth]
                parts.append(_of_versions(Version.objects.filter(pk__in=newest), number))
            else:
                parts.append(_of_listing(live, kind, keys[f"source_{number}"], depth, number))
        return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]

    return Prepared(build)


PARTS = ("part", "moment", "place", "version_key", "article_key", "name", "where")


def _of_versions(versions, number):
    return (
        versions.order_by()
        .annotate(
            part=Value(number),
            moment=F("first_published_at"),
            place=F("article_id"),
            version_key=F("pk"),
            article_key=F("article_id"),
            name=Value(""),
            where=Value(""),
        )
        .values_list(*PARTS)
    )


def _of_listing(live, kind, key, depth, number):
    filters, order = listing(kind, key)
    newest = live.filter(**filters).order_by(*(f"-{name}" for name in order)).values("pk")[:depth]
    return (
        Listing.objects.filter(**{kind: key}, version__in=newest)
        .order_by()
        .annotate(
            part=Value(number),
            moment=F("first_published_at"),
            place=F("version_id"),
            version_key=F("version_id"),
            article_key=F("version__article_id"),
            name=F(f"{kind}__name"),
            where=F(f"{kind}__{'path' if kind == 'category' else 'slug'}"),
        )
        .values_list(*PARTS)
    )
