"""The archive: its years, a month with the calendar of its days, a day."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.encoding import iri_to_uri
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import calendar, reading
from ..answers import answer, page, public
from ..narrowing import Narrowing
from . import narrow
from .lists import listed


class Link(NamedTuple):
    """A day or month of the archive. No address: there is nothing to read in it."""

    day: date
    url: str = ""


@public
def archive(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    narrowing = Narrowing(request.GET, now)
    if narrowing:
        return listed(request, narrowing, {"title": _("Archive")})
    months = calendar.months_with_stories(now)
    years = [(year, _months(year, set(own))) for year, own in groupby(months, lambda m: m.year)]
    context = {"years": years, "nav": reading.sections(now)[0]}
    context["narrow"] = narrow.offered(narrowing, iri_to_uri(request.path), context)
    response = page("articles/archive.html", context)
    return answer(request, response, now, reading.pulse(now))


def _months(year: int, there: set[date]) -> list[Link]:
    months = (date(year, number, 1) for number in range(1, 13))
    return [Link(month, _month_url(month) if month in there else "") for month in months]


def _month_url(day: date) -> str:
    return reverse("archive-month", args=[f"{day:%Y}", f"{day:%m}"])


def _day_url(day: date) -> str:
    return reverse("archive-day", args=[f"{day:%Y}", f"{day:%m}", f"{day:%d}"])


@public
def archive_month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    now = timezone.now()
    try:
        first, span = date(int(year), int(month), 1), calendar.month(int(year), int(month))
    except (ValueError, OverflowError) as error:
        raise Http404("no such month") from error
    narrowing = Narrowing(request.GET, now, span=span)
    context = {"title": _month_name(first), "above": _above()}
    if not narrowing:
        context["calendar"] = _calendar(now, first)
        context |= _beside(now, span, _month_url, _month_name)
    return listed(request, narrowing, context)


@public
def archive_day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    now = timezone.now()
    try:
        own = date(int(year), int(month), int(day))
        span = calendar.day_here(own)
    except (ValueError, OverflowError) as error:
        raise Http404("no such day") from error
    narrowing = Narrowing(request.GET, now, span=span)
    context = {"title": _day_name(own), "above": _above(own)}
    if not narrowing:
        context |= _beside(now, span, _day_url, _day_name)
    return listed(request, narrowing, context)


def _above(day: date | None = None) -> list[reading.Place]:
    places = [reading.Place(_("Archive"), reverse("archive"))]
    return [*places, reading.Place(_month_name(day), _month_url(day))] if day else places


def _month_name(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


def _day_name(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _beside(now: datetime, span: calendar.Span, url, name) -> dict[str, reading.Place | None]:
    """The months, or days, with stories before and after this one."""
    older, newer = calendar.beside(now, span)
    return {
        "older": reading.Place(name(older), url(older)) if older else None,
        "newer": reading.Place(name(newer), url(newer)) if newer else None,
    }


def _calendar(now: datetime, first: date) -> dict:
    """The weeks of a month; None for the days of its neighbours."""
    there = set(calendar.days_of_month(now, first))
    weeks = calendar.weeks(first)
    days = [day.weekday() for day in weeks[0]]
    return {
        "names": [(WEEKDAYS_ABBR[day], WEEKDAYS[day]) for day in days],
        "weeks": [
            [
                Link(day, _day_url(day) if day in there else "")
                if day.month == first.month
                else None
                for day in week
            ]
            for week in weeks
        ],
    }
