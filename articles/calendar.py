"""Months and days on which there is something to read, without counting anything.

The days from the newest story back to the oldest are worked out here; the database only says, of
each, whether a live story is in it: one probe of an index.
"""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from django.db import connection
from django.db.models import Case, DateTimeField, F, Func, IntegerField, Subquery, When
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.formats import get_format

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


def day_here(of: date) -> Span:
    """The same on the site's clock, as addresses and archives are cut. ValueError: none such."""
    if not 1600 <= of.year < 2200:
        raise ValueError(of)
    return _midnight(of), _midnight(of + timedelta(days=1))


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


def crowded(days: list[date], most: int) -> list[date]:
    """Those of these days, in UTC, on which there may be more than `most` stories: so many
    versions of any kind say that they are of it. It counts them."""
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())
    versions = Version.objects.order_by().annotate(counted=counted).values("counted")
    found: list[date] = []
    for start in range(0, len(days), AT_ONCE):
        some = days[start : start + AT_ONCE]
        told = _of_each(list(map(day, some)), (versions,))
        found += [some[place] for place, number in told if number > most]
    return found


def weeks(first: date) -> list[list[date]]:
    """The days of a month in rows of a week, begun as the reader's language begins it; those of
    the months beside it fill the first and the last."""
    sunday_is_0 = int(get_format("FIRST_DAY_OF_WEEK"))
    return Calendar((sunday_is_0 - 1) % 7).monthdatescalendar(first.year, first.month)


def days_of_month(now: datetime, first: date) -> list[date]:
    """The days of a month, on the site's clock, on which live stories were first published."""
    days = [day for week in weeks(first) for day in week if day.month == first.month]
    return _with_stories(now, days, day_here)


def beside(now: datetime, span: Span) -> tuple[date | None, date | None]:
    """The days, on the site's clock, of the last live story before a span and the first after."""
    live, (start, end) = Version.objects.live(now), span
    before = live.filter(first_published_at__lt=start).newest_first()
    after = live.filter(first_published_at__gte=end).order_by("first_published_at", "article_id")
    moments = [Subquery(rows.values("first_published_at")[:1]) for rows in (before, after)]
    for found in Version.objects.order_by("-pk").values_list(*moments)[:1]:
        older, newer = (moment and timezone.localtime(moment).date() for moment in found)
        return older, newer
    return None, None


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


def _with_stories(now, days: list[date], span: Callable[[date], Span]) -> list[date]:
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
