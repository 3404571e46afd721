"""Pages of many stories: the front, sections, tags, authors, months, corrections."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from .. import calendar, reading
from ..answers import absolute, answer, page, public
from ..models import Arrangement, Author, Category, Tag
from ..story import split_category
from .layout import arrange

FRONT, LIST = 40, 24


@public
def front(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    before = _before(request)
    arrangement, pulse = reading.front_of(now)
    if arrangement and not before:
        return answer(request, front_page(now, arrangement), now, pulse)
    found = reading.page(now, LIST if before else FRONT, before)
    context = {"nav": reading.sections(now)[0], "page": found}
    if before:
        return _list(request, now, pulse, {**context, "title": _("Earlier stories")})
    context["front"] = arrange(found.cards)
    return answer(request, page("articles/front.html", context), now, pulse)


def front_page(now: datetime, arrangement: Arrangement) -> HttpResponse:
    """The front page of the site as it is arranged here, with what is live."""
    filled = reading.filled(arrangement, now, listed=FRONT)
    context = {
        "nav": reading.sections(now)[0],
        "containers": filled.containers,
        "page": filled.rest,
    }
    return page("articles/front.html", context)


@public
def category(request: HttpRequest, path: str) -> HttpResponse:
    now = timezone.now()
    row = _found(Category.objects.without_tree_fields().filter(path=path))
    before = _before(request)
    arrangement, pulse = reading.front_of(now, row)
    if arrangement and not before:
        return answer(request, category_page(now, row, arrangement), now, pulse)
    return _listed(request, now, _of_category(now, row), pulse, category=row)


def category_page(now: datetime, row: Category, arrangement: Arrangement) -> HttpResponse:
    """The first page of a category as it is arranged here; 404 while nothing is live in it."""
    filled = reading.filled(arrangement, now, row, listed=LIST)
    if not filled.found:
        raise Http404("no story can be seen here")
    context = _of_category(now, row)
    context |= {"containers": filled.containers, "page": filled.rest}
    context["canonical"] = absolute(iri_to_uri(row.get_absolute_url()))
    return page("articles/list.html", context)


def _of_category(now, row):
    nav, below = reading.sections(now, row)
    return {
        "title": row.name,
        "lead": row.description,
        "above": _above(row),
        "below": below,
        "nav": nav,
        "current": f"/{row.path.split('/', maxsplit=1)[0]}/",
        "feed": f"/{row.path}/feed/",
    }


@public
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    row = _found(Tag.objects.filter(slug=slug))
    return _listed(request, timezone.now(), {"title": row.name, "label": _("Topic")}, tag=row)


@public
def author(request: HttpRequest, slug: str) -> HttpResponse:
    row = _found(Author.objects.filter(slug=slug))
    context = {"title": row.name, "label": row.role or _("Author"), "lead": row.biography}
    return _listed(request, timezone.now(), context, author=row)


def _found(rows):
    """The one row, or 404."""
    row = rows.first()
    if row is None:
        raise Http404("nothing has this address")
    return row


def _above(row: Category) -> list[reading.Place]:
    """The categories above, from the row alone: its words and its path name them all."""
    names, slugs = split_category(row.words), row.path.split("/")
    return [
        reading.Place(name, f"/{'/'.join(slugs[: n + 1])}/")
        for n, name in enumerate(names[: len(slugs) - 1])
    ]


def _listed(request, now, context, pulse=None, **place) -> HttpResponse:
    """The list of one place. What readers can see nothing in is not there for them."""
    filters, order = reading.listed_in(**place)
    before = _before(request)
    found = reading.page(now, LIST, before, order, **filters)
    if not found.cards:
        raise Http404("no story can be seen here")
    pulse = pulse or reading.pulse(now)
    return _list(request, now, pulse, {**context, "page": found})


def _list(request, now, pulse, context) -> HttpResponse:
    context.setdefault("nav", None)
    if context["nav"] is None:
        context["nav"] = reading.sections(now)[0]
    context["canonical"] = absolute(iri_to_uri(request.path))
    if before := request.GET.get("before"):
        context["canonical"] += f"?before={before}"
    return answer(request, page("articles/list.html", context), now, pulse)


def _before(request: HttpRequest) -> reading.Cursor | None:
    """Where the page before ended; 404 for what no page of ours says."""
    text = request.GET.get("before", "")
    if not text:
        return None
    try:
        return reading.Cursor.read(text)
    except (ValueError, OverflowError) as error:
        raise Http404("no page begins there") from error


@public
def archive(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    months = calendar.months_with_stories(now)
    years = [(year, list(of_year)) for year, of_year in groupby(months, lambda m: m.year)]
    context = {"years": years, "nav": reading.sections(now)[0]}
    response = page("articles/archive.html", context)
    return answer(request, response, now, reading.pulse(now))


@public
def archive_month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    now = timezone.now()
    try:
        start, end = calendar.month(int(year), int(month))
    except (ValueError, OverflowError) as error:
        raise Http404("no such month") from error
    before = _before(request)
    filters = {"first_published_at__gte": start, "first_published_at__lt": end}
    found = reading.page(now, LIST, before, **filters)
    if not found.cards:
        raise Http404("no story of this month can be seen")
    context = {"title": start, "is_month": True, "label": _("Archive"), "page": found}
    return _list(request, now, reading.pulse(now), context)


@public
def corrections(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = reading.page(
        now,
        LIST,
        _before(request),
        reading.CORRECTED,
        ("rendering__corrections",),
        rendering__corrected_at__isnull=False,
    )
    for card in found.cards:
        for correction in card.rendering__corrections:
            correction["at"] = datetime.fromisoformat(correction["at"])
    context = {"page": found, "nav": reading.sections(now)[0]}
    response = page("articles/corrections.html", context)
    return answer(request, response, now, reading.pulse(now))
