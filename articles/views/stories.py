"""The page of one story, and the rail beside it."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .. import filing, reading
from ..answers import absolute, answer, gone, page, public
from ..models import Version
from ..rendering import Rendered, markers, render, schema

# What a proxy in front replaces by the rail. A setting, not a header of the request: whoever could
# send that header could put pages without a rail into every cache on the way.
INCLUDES = {
    "ssi": '<!--#include virtual="/fragment/recent/" -->',
    "esi": '<esi:include src="/fragment/recent/"/>',
}

SUGGESTED = 4  # stories below one that names none itself
# A headline may be in another language than the story that names it.
CLASSES = {"link": ' class="headline" dir="auto"', "author": ' rel="author"'}


@public
def article(request: HttpRequest, year: str, month: str, day: str, slug: str) -> HttpResponse:
    now = timezone.now()
    at = reading.story_at(f"/{year}/{month}/{day}/{slug}/", now)
    if at is None:
        raise Http404("no story at this address")
    found, pulse = at
    if found.pubstatus == Version.PubStatus.CANCELED:
        if not Version.objects.once_live(now).filter(article=found.article_id).exists():
            raise Http404("no story was ever seen at this address")
        return answer(request, gone(), now, pulse)
    included = INCLUDES.get(settings.FRAGMENTS, "")
    rail = included or rail_of(now, pulse, but=found.article_id)
    around = reading.around(found.pk, now)
    made = found if found.card else _made_again(found.pk, around, now)
    response = story_page(made, around, address=found.path, rail=rail)
    changed = found.changed_at if included else pulse.changed_at
    return answer(request, response, now, pulse, changed)


def _made_again(pk: int, around: reading.Around, now) -> Rendered:
    version = Version.objects.select_related("revision").get(pk=pk)
    files = filing.Files(filing.media_of(version.story))
    around.over |= files.over(now)  # what it shows was lost as well
    return render(version, version.story, files)


def story_page(
    made, around: reading.Around, *, address: str, rail: str = "", link=None
) -> HttpResponse:
    """A page of what was made at publish, or just now, and the live names round it.

    `address` is a decoded path, or "" for what has none yet; `rail` is HTML; `link` is the
    ShareLink of somebody who is shown the working copy.
    """
    url = absolute(iri_to_uri(address)) if address else settings.SITE_URL
    texts = {
        "site": escape(settings.SITE_URL),
        "address": escape(url),
        "quoted": quote(url, safe=""),
        "recent": rail,
        "suggested": _suggested(around),
    }

    def name(kind: str, number: int, words: str) -> str:
        if kind in AUTHORS:
            return AUTHORS[kind](words, around.places.get(("author", number)))
        place = around.places.get((kind, number))
        own = mark_safe(CLASSES.get(kind, ""))  # noqa: S308  a literal
        if place is None:
            return f"<span{own}>{words}</span>"
        return format_html('<a{} href="{}">{}</a>', own, place.url, place.name)

    context = {
        "card": made.card,
        "address": url,
        "head": mark_safe(markers.fill(made.head, name, texts, around.over)),  # noqa: S308
        "article": mark_safe(markers.fill(made.article, name, texts, around.over)),  # noqa: S308
        "trail": _trail(around, made.card["headline"]) if address else "",
        "nav": around.sections,
        "link": link,
        "has_player": "data-player=" in made.article or "<video" in made.article,
    }
    return page("articles/story.html", context)


def _person(words: str, place: reading.Place | None) -> str:
    """The name and the page of an author, in JSON."""
    return f'"name":{_json(place.name)},"url":{_json(absolute(place.url))}' if place else words


def _profile(words: str, place: reading.Place | None) -> str:
    told = '<meta property="article:author" content="{}">\n'
    return format_html(told, absolute(place.url)) if place else ""


AUTHORS = {"person": _person, "profile": _profile}


def _json(value) -> str:
    return schema.dumps(value, escape(settings.SITE_URL))


def _trail(around: reading.Around, headline: str) -> str:
    """The categories above the story, as JSON; "" where it has none."""
    own = around.places.get(("category", 0))
    if own is None:
        return ""
    above = [place for place in around.above if own.path.startswith(place.path)]
    places = [*sorted(above, key=lambda place: len(place.path)), own]
    return _json(schema.trail([(place.name, place.url) for place in places], headline))


def _suggested(around: reading.Around) -> str:
    """What stands in the place of related posts where the story has none of its own."""
    places = [around.places[key] for key in sorted(around.places) if key[0] == "suggested"]
    if not places:
        return ""
    context = {"places": places[:SUGGESTED]}
    return render_to_string("articles/parts/suggested.html", context)


# The rail


@public
def recent(request: HttpRequest) -> HttpResponse:
    """The rail alone, the same for all pages, for a proxy to put into them."""
    now = timezone.now()
    pulse = reading.pulse(now)
    return answer(request, HttpResponse(rail_of(now, pulse)), now, pulse)


def rail_of(now, pulse: reading.Pulse, but: int = 0) -> str:
    """The newest stories but the reader's own: one HTML for nearly all pages.

    The rail for a proxy has one more than is shown; the page leaves its own story out.
    """
    cards = reading.recent(now, pulse)
    own = but if any(card.article == but for card in cards) else 0
    key = f"rail:{pulse.key}:{own if but else 'all'}"
    if (rail := cache.get(key)) is None:
        shown = [card for card in cards if card.article != own]
        shown = shown[: reading.RECENT] if but else shown
        rail = render_to_string("articles/parts/recent.html", {"cards": shown})
        cache.set(key, rail, reading.RECENT_LIFETIME)
    return rail
