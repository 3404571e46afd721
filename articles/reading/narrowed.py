"""Lists of what is in several lists at once, or shows something. No page of one reads the archive.

Of the lists that a story must be in, the one whose newest entries reach back furthest is walked:
it is the rarest just there. Where none is short, a page looks at so many entries and stops; the
next goes on from where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import DateTimeField, F, OuterRef, Q, Subquery, Value
from django.db.models.lookups import IsNull

from ..models import Author, Category, Listing, Tag, Version
from .lists import NEWEST, Cursor, Order, Page, Step, columns, listing, told
from .sources import Source

STEPS = 1_000
ENTRY = Order("first_published_at", "version_id")
NAMED = {"category": (Category, "path"), "tag": (Tag, "slug"), "author": (Author, "slug")}


class Known(NamedTuple):
    """A category, tag or author with something for readers in it. `where`: its path or slug."""

    kind: str
    key: int
    name: str
    where: str


class Wanted(NamedTuple):
    """What a story must be to be in a list."""

    sources: tuple[Source, ...] = ()  # it is in each of them
    since: datetime | None = None
    until: datetime | None = None  # the first moment that is too late
    video: bool = False

    @property
    def is_sparse(self) -> bool:
        """Whether entries of a list may not fit, and many in a row."""
        return len(self.sources) > 1 or (self.video and not self.sources)

    def span(self, moment: str) -> Q:
        ends = {f"{moment}__gte": self.since, f"{moment}__lt": self.until}
        return Q(**{name: at for name, at in ends.items() if at})


def known(asked: dict[str, Iterable[str]], now: datetime) -> list[Known]:
    """What is meant by these words, {kind: words}: a path, a slug or a name. One query.

    What readers can see nothing in is not there for them.
    """
    parts = []
    for kind, words in asked.items():
        model, where = NAMED[kind]
        manager = model.objects
        rows = manager.without_tree_fields() if model is Category else manager.all()
        of_it = Version.objects.live(now).filter(**{f"listings__{kind}": OuterRef("pk")})
        newest = of_it.order_by("-listings__first_published_at", "-listings__version_id")
        fits = Q(**{f"{where}__in": list(words)})
        if model is not Category:  # names of categories are not theirs alone
            fits |= Q(name__in=list(words))
        rows = rows.filter(fits, IsNull(Subquery(newest.values("pk")[:1]), False)).order_by()
        parts.append(
            rows.annotate(kind=Value(kind), where=F(where)).values_list(
                "kind", "pk", "name", "where"
            )
        )
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return [Known(*row) for row in rows]


def narrowed(
    now: datetime, size: int, wanted: Wanted, step: Step, *, oldest_first: bool = False
) -> tuple[Page, bool]:
    """A page of the live versions that are what is wanted; and whether it stopped looking."""
    if not step.start:
        step = Step(upward=oldest_first)
    source, stop = _led_by(wanted, step)
    fits, order = _fits(wanted, source)
    if step.start:
        fits &= order.beyond(*step.start, upward=step.upward)
    if stop:
        fits &= order.up_to(*stop, upward=step.upward)
    found = Version.objects.live(now).filter(fits).order_by(*order.by(upward=step.upward))
    rows = told(list(columns(found, order)[: size + 1]), size, now)
    page = step.page(rows, stop, oldest_first=oldest_first)
    if page is None:
        return narrowed(now, size, wanted, Step(), oldest_first=oldest_first)
    return page, bool(stop) and stop in (page.before, page.after)


def _fits(wanted: Wanted, source: Source) -> tuple[Q, Order]:
    """The condition, all on one join: that of the list which is walked; and its order."""
    if not source.kind:
        fits, order = Q(), NEWEST
        if wanted.video:
            fits = Q(rendering__card__has_video=True)
    else:
        filters, order = listing(source.kind, source.key)
        fits = Q(**filters)
        if wanted.video:
            fits &= Q(listings__has_video=True)
    for other in wanted.sources:
        if other != source:
            row = Listing.objects.filter(version=OuterRef("pk"), **{other.kind: other.key})
            # Not EXISTS: PostgreSQL would make that a join with all the list.
            fits &= Q(IsNull(Subquery(row.values("pk")[:1]), False))
    return fits & wanted.span(order.moment), order


def _led_by(wanted: Wanted, step: Step) -> tuple[Source, Cursor | None]:
    """The list to walk, and where to stop (None: at its end). One query, where it is sparse."""
    sources = wanted.sources or (Source(),)
    if not wanted.is_sparse:
        return sources[0], None
    ends = _ends(sources, wanted, step)
    last = [ends.get((n, STEPS)) for n in range(len(sources))]
    for n, end in enumerate(last):
        if end == ends.get((n, STEPS + 1)):  # one more makes no difference: there is none
            return sources[n], None
    furthest = (max if step.upward else min)(filter(None, last))
    return sources[last.index(furthest)], furthest


def _ends(sources: tuple[Source, ...], wanted: Wanted, step: Step) -> dict[tuple[int, int], Cursor]:
    """The last of the next STEPS entries of each list, and of one more: {(its place, how many)}."""
    parts, values = [], []
    back = "DESC" if step.upward else "ASC"
    for n, source in enumerate(sources):
        sql, params = _entries(source, wanted, step).query.sql_with_params()
        for most in (STEPS, STEPS + 1):
            some = f"{sql} LIMIT {most}"
            last = f"SELECT * FROM ({some}) AS w ORDER BY 1 {back}, 2 {back} LIMIT 1"  # noqa: S608
            parts.append(f"SELECT {n}, {most}, e.* FROM ({last}) AS e")  # noqa: S608  numbers
            values += params
    moment = Value(None, output_field=DateTimeField())
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for n, most, at, key in cursor.fetchall():
            for converted in connection.ops.get_db_converters(moment):
                at = converted(at, moment, connection)
            found[n, most] = Cursor(at, key)
    return found


def _entries(source: Source, wanted: Wanted, step: Step):
    """The entries of a list on the way: their moments and keys, in order."""
    order = ENTRY if source.kind else NEWEST
    rows = (Listing if source.kind else Version).objects.filter(wanted.span(order.moment))
    if source.kind:
        rows = rows.filter(**{source.kind: source.key})
        if wanted.video:
            rows = rows.filter(has_video=True)
    if step.start:
        rows = rows.filter(order.beyond(*step.start, upward=step.upward))
    return rows.order_by(*order.by(upward=step.upward)).values_list(*order)


def names_on(versions: list[int]) -> dict[str, list[str]]:
    """The tags and authors of these versions, by name: {kind: names}."""
    # Not without those of categories: SQLite would look for that among all there are.
    listed = Listing.objects.filter(version__in=versions).order_by()
    rows = listed.values_list("tag__name", "author__name").distinct() if versions else ()
    tags = {tag for tag, _author in rows if tag}
    authors = {author for _tag, author in rows if author}
    return {"tag": sorted(tags), "author": sorted(authors)}
