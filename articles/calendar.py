"""Months and days on which there is something to read, without counting anything.

The days from the newest story back to the oldest are worked out here; the database only says, of
each, whether a live story is in it: one probe of an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from .models import Version

AT_ONCE = 8_000  # spans in one question; SQLite takes 32,766 parameters
Span = tuple[datetime, datetime]


def month(year: int, number: int) -> Span:
    """The first moment of a month and of the next, on the site's clock. ValueError: none such."""
    if not 1600 <= year < 2200:
        raise ValueError(year)
    first = date(year, number, 1)
    return _midnight(first), _midnight(_next_month(first))


def day(of: date) -> Span:
    """The first moment of a day and of the next, in UTC: what sitemaps are cut by."""
    return _midnight(of, UTC), _midnight(of + timedelta(days=1), UTC)


def _midnight(of, zone=None):
    return timezone.make_aware(datetime.combine(of, clock.min), zone)


def _next_month(first):
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_with_stories(now: datetime) -> list[date]:
    """The first days of the months in which live stories were first published, newest first."""
    if not (ends := _ends(now)):
        return []
    oldest, newest = (timezone.localtime(end).date().replace(day=1) for end in ends)
    months = list(_months_back(newest, oldest))
    return _with_stories(now, months, lambda first: month(first.year, first.month))


def days_with_stories(now: datetime) -> list[date]:
    """The days, in UTC, on which live stories were first published, newest first."""
    days = []
    for first in months_with_stories(now):
        start, end = (moment.astimezone(UTC).date() for moment in month(first.year, first.month))
        days += [end - timedelta(days=n) for n in range((end - start).days + 1)]
    return _with_stories(now, list(dict.fromkeys(days)), day)


def _months_back(newest: date, oldest: date) -> Iterator[date]:
    first = newest
    while first >= oldest:
        yield first
        first = (first - timedelta(days=1)).replace(day=1)


def _ends(now) -> Span | None:
    """When the oldest and the newest live story were first published."""
    live = Version.objects.live(now)
    oldest = live.order_by("first_published_at", "article_id").values_list("first_published_at")
    first = oldest.first()
    if first is None:
        return None
    newest = live.newest_first().values_list("first_published_at").first()
    return first[0], (newest or first)[0]


def _with_stories(now, days: list[date], span) -> list[date]:
    found: set[int] = set()
    for start in range(0, len(days), AT_ONCE):
        part = days[start : start + AT_ONCE]
        found |= {start + place for place in _occupied(now, [span(day) for day in part])}
    return [day for place, day in enumerate(days) if place in found]


def _occupied(now, spans: Iterable[Span]) -> set[int]:
    """The places of those spans in which a live story was first published."""
    live = Version.objects.live(now).filter(
        first_published_at__gte=RawSQL("span.starts", []),
        first_published_at__lt=RawSQL("span.ends", []),
    )
    # The newest in it, not whether one EXISTS: that would be one pass over all versions.
    inside, own = live.newest_first().values("pk")[:1].query.sql_with_params()
    adapt = connection.ops.adapt_datetimefield_value
    values = [(n, adapt(start), adapt(end)) for n, (start, end) in enumerate(spans)]
    rows = ", ".join(["(%s, %s, %s)"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(place, starts, ends) AS (VALUES {rows}) "  # noqa: S608  placeholders only
            f"SELECT place FROM span WHERE ({inside}) IS NOT NULL",
            [*(value for row in values for value in row), *own],
        )
        return {place for (place,) in cursor.fetchall()}
