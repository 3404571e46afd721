"""Months and days on which there is something to read, without counting anything.

The days from the newest story back to the oldest are worked out here; the database only says, of
each, whether a live story is in it: one probe of an index.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from django.db import connection
from django.db.models import Case, DateTimeField, F, Func, When
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


def days_with_stories(now: datetime) -> list[tuple[date, datetime]]:
    """The days, in UTC, on which live stories were first published, newest first; and when a
    story of each was last published, changed or taken down."""
    days: list[date] = []
    for first in months_with_stories(now):
        start, end = (moment.astimezone(UTC).date() for moment in month(first.year, first.month))
        days += [end - timedelta(days=n) for n in range((end - start).days + 1)]
    days = list(dict.fromkeys(days))
    newest, convert = _last_act(now)
    return [
        (days[place], convert(at))
        for place, (_key, at) in _occupied(now, list(map(day, days)), newest)
    ]


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
    return [days[place] for place, _told in _occupied(now, list(map(span, days)))]


def _last_act(now):
    """When the last act was that readers have seen; and how to read what a database says of it."""
    # A CASE, so that no planner goes along the index of these moments through all there ever was.
    seen = Case(When(visible_from__lte=now, then=F("visible_from")))
    newest = Func(seen, function="MAX", output_field=DateTimeField())
    functions = connection.ops.get_db_converters(newest)

    def convert(value):
        for function in functions:
            value = function(value, newest, connection)
        return value

    return Version.objects.order_by().annotate(newest=newest).values("newest"), convert


def _occupied(now, spans: list[Span], *more) -> Iterator[tuple[int, tuple]]:
    """The places of those spans in which a live story was first published, and what is told of
    each: the key of the newest, and the answers of `more` questions."""
    # The newest in it, not whether one EXISTS: that would be one pass over all versions.
    newest = Version.objects.live(now).newest_first().values("pk")
    for start in range(0, len(spans), AT_ONCE):
        for place, *told in _of_each(spans[start : start + AT_ONCE], (newest, *more)):
            if told[0] is not None:
                yield start + place, tuple(told)


def _of_each(spans: list[Span], questions) -> list[tuple]:
    """(place, answers) of each span, in their order."""
    asked = [_within(question).query.sql_with_params() for question in questions]
    columns = ", ".join(f"({sql})" for sql, _params in asked)
    adapt = connection.ops.adapt_datetimefield_value
    values = [(n, adapt(start), adapt(end)) for n, (start, end) in enumerate(spans)]
    rows = ", ".join(["(%s, %s, %s)"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(place, starts, ends) AS (VALUES {rows}) "  # noqa: S608  placeholders only
            f"SELECT place, {columns} FROM span ORDER BY place",
            [*(v for row in values for v in row), *(p for _sql, params in asked for p in params)],
        )
        return cursor.fetchall()


def _within(question):
    """The first row of a question about what was first published in a span."""
    return question.filter(
        first_published_at__gte=RawSQL("span.starts", []),
        first_published_at__lt=RawSQL("span.ends", []),
    )[:1]
