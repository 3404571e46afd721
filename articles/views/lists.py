"""Pages of many stories: the front, sections, tags, authors, corrections."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from .. import reading
from ..answers import absolute, answer, page, public
from ..models import Arrangement, Author, Category, Tag
from ..narrowing import Narrowing
from ..story import split_category
from . import metadata, narrow
from .layout import arrange

FRONT, LIST = 40, 24


@public
def front(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    step = _step(request)
    arrangement, pulse = reading.front_of(now)
    if arrangement and not step.start:
        return answer(request, front_page(now, arrangement), now, pulse)
    found = reading.page(now, LIST if step.start else FRONT, **step.asked())
    context = {"nav": reading.sections(now)[0], "page": found, "data": metadata.of_front()}
    if step.start:
        context |= {"title": _("Earlier stories"), "data": []}
        return _list(request, now, pulse, context)
    context["front"] = arrange(found.cards)
    return answer(request, page("articles/front.html", context), now, pulse)


def front_page(now: datetime, arrangement: Arrangement) -> HttpResponse:
    """The front page of the site as it is arranged here, with what is live."""
    filled = reading.filled(arrangement, now, listed=FRONT)
    context = {
        "nav": reading.sections(now)[0],
        "is_arranged": filled.found,
        "containers": filled.containers,
        "page": filled.rest,
        "data": metadata.of_front(),
    }
    return page("articles/front.html", context)


@public
def category(request: HttpRequest, path: str) -> HttpResponse:
    now = timezone.now()
    row = _found(Category.objects.without_tree_fields().filter(path=path))
    own = reading.Known("category", row.pk, row.name, row.path)
    narrowing = Narrowing(request.GET, now, own=own)
    arrangement, pulse = reading.front_of(now, row)
    if arrangement and not (narrowing or _step(request).start):
        return answer(request, category_page(now, row, arrangement), now, pulse)
    return listed(request, narrowing, _of_category(now, row), pulse)


def category_page(now: datetime, row: Category, arrangement: Arrangement) -> HttpResponse:
    """The first page of a category as it is arranged here; 404 while nothing is live in it."""
    filled = reading.filled(arrangement, now, row, listed=LIST)
    if not filled.found:
        raise Http404("no story can be seen here")
    context = _of_category(now, row)
    context |= {"containers": filled.containers, "page": filled.rest}
    here = iri_to_uri(row.get_absolute_url())
    own = reading.Known("category", row.pk, row.name, row.path)
    context["narrow"] = narrow.offered(Narrowing({}, now, own=own), here, context, filled.rest)
    context["canonical"] = absolute(here)
    cards = [card for container in filled.containers for card in container.cards]
    context["data"] = metadata.of_place(row, cards + filled.rest.cards, context["above"])
    return page("articles/list.html", context)


def _of_category(now, row):
    nav, below = reading.sections(now, row)
    return {
        "row": row,
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
    own = reading.Known("tag", row.pk, row.name, row.slug)
    narrowing = Narrowing(request.GET, timezone.now(), own=own)
    context = {"row": row, "title": row.name, "label": _("Topic"), "feed": f"/tag/{slug}/feed/"}
    return listed(request, narrowing, context)


@public
def author(request: HttpRequest, slug: str) -> HttpResponse:
    row = _found(Author.objects.filter(slug=slug))
    own = reading.Known("author", row.pk, row.name, row.slug)
    narrowing = Narrowing(request.GET, timezone.now(), own=own)
    context = {"row": row, "title": row.name, "label": row.role or _("Author")}
    context |= {"lead": row.biography, "feed": f"/author/{slug}/feed/"}
    return listed(request, narrowing, context)


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


def listed(request, narrowing: Narrowing, context, pulse=None) -> HttpResponse:
    """The list of one place or time. What readers can see nothing in is not there for them."""
    now, step = narrowing.now, _step(request)
    is_cut = False
    if narrowing:
        found, is_cut = narrowing.page(LIST, step)
        if not (found.cards or narrow.is_there(narrowing)):
            raise Http404("no story can be seen here")
    else:
        found = narrow.whole(narrowing, LIST, step)
        if not found.cards:
            raise Http404("no story can be seen here")
    pulse = pulse or reading.pulse(now)
    context |= {"page": found, "is_cut": is_cut}
    return _list(request, now, pulse, context, narrowing)


def _list(request, now, pulse, context, narrowing=None) -> HttpResponse:
    context.setdefault("nav", None)
    if context["nav"] is None:
        context["nav"] = reading.sections(now)[0]
    here, found = iri_to_uri(request.path), context["page"]
    towards = "after" if narrowing and narrowing.oldest_first else "before"
    start = {towards: found.begins} if found.begins else {}
    query = narrowing.query(**start) if narrowing is not None else urlencode(start)
    context["canonical"] = _canonical(request, query)
    if "row" in context and not query:
        context["data"] = metadata.of_place(context["row"], found.cards, context.get("above", []))
    if narrowing is not None:
        context["narrow"] = narrow.offered(narrowing, here, context, found)
    return answer(request, page("articles/list.html", context), now, pulse)


def _canonical(request, query: str) -> str:
    here = iri_to_uri(request.path)
    return absolute(f"{here}?{query}" if query else here)


def _step(request: HttpRequest) -> reading.Step:
    """Where the page before ended, and which way this one goes from there; 404 for what no page
    of ours says."""
    name = "before" if request.GET.get("before") else "after"
    text = request.GET.get(name, "")
    if not text:
        return reading.Step()
    try:
        return reading.Step(reading.Cursor.read(text), upward=name == "after")
    except (ValueError, OverflowError) as error:
        raise Http404("no page begins there") from error


@public
def corrections(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = reading.page(
        now,
        LIST,
        order=reading.CORRECTED,
        extra=("rendering__corrections",),
        rendering__corrected_at__isnull=False,
        **_step(request).asked(),
    )
    for card in found.cards:
        for correction in card.rendering__corrections:
            correction["at"] = datetime.fromisoformat(correction["at"])
    start = {"before": found.begins} if found.begins else {}
    context = {
        "page": found,
        "nav": reading.sections(now)[0],
        "canonical": _canonical(request, urlencode(start)),
    }
    response = page("articles/corrections.html", context)
    return answer(request, response, now, reading.pulse(now))
