"""oEmbed 1.0: a story in short, for other sites to show: https://oembed.com.

What is given is a quotation of ours, a few lines of HTML without script or style.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from lxml import etree

from .. import reading
from ..answers import absolute, answer, for_xml, public
from ..middleware import moved
from ..models import Version
from ..pictures import SOCIAL

WIDTH, NARROWEST, LINE = 600, 200, 26  # pixels
KINDS = ("json", "xml")
STEPS = 2  # the address that is asked for, and where that leads: there are no chains
THUMBS = (("social", *SOCIAL), ("card", 640, 400), ("thumb", 320, 200))
Told = dict[str, str | int]


@public
def oembed(request: HttpRequest) -> HttpResponse:
    """501 for a format there is not, 404 for what is no story of ours that can be read."""
    kind = request.GET.get("format", "json")
    if kind not in KINDS:
        return _plain("json and xml are there", 501)
    now = timezone.now()
    found, pulse = _story_at(_path(request.GET.get("url", "")), now)
    around = reading.around(found.pk, now)
    most = _at_most(request, "maxwidth"), _at_most(request, "maxheight")
    response = WRITERS[kind](_told(found, around, *most))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return answer(request, response, now, pulse)


def _path(url: str) -> str:
    """The decoded path of an address of ours; 404 for any other."""
    try:
        asked, own = urlsplit(url), urlsplit(settings.SITE_URL)
        path = unquote(asked.path, errors="strict")
    except ValueError as error:
        raise Http404("not an address") from error
    if asked.scheme not in ("http", "https") or asked.netloc != own.netloc:
        raise Http404("not an address of ours")
    return path


def _story_at(path: str, now: datetime) -> tuple[reading.Found, reading.Pulse]:
    """What can be read there, or where it went since; 404 if nothing can."""
    place: str | None = path
    for _step in range(STEPS):
        at = reading.story_at(place, now) if place and _is_of_story(place) else None
        if at and at[0].pubstatus == Version.PubStatus.USABLE and at[0].card:
            return at
        if at or not place:
            break
        place = moved(place)
    raise Http404("no story that can be read is there")


def _is_of_story(path: str) -> bool:
    try:
        return resolve(path).url_name == "article"
    except Resolver404:
        return False


def _at_most(request: HttpRequest, name: str) -> int | None:
    """None where nothing that can be meant is asked for."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def _told(found: reading.Found, around: reading.Around, width, height) -> Told:
    card = found.card
    url = absolute(iri_to_uri(found.path))
    words = card["standfirst"] or card["excerpt"]
    shown = max(NARROWEST, min(width or WIDTH, WIDTH))
    told: Told = {
        "version": "1.0",
        "type": "rich",
        "title": card["headline"],
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
        "html": _html(card, url, words),
        "width": min(shown, width) if width else shown,
        "height": _height(card["headline"] + words, shown, height),
    }
    author = around.places.get(("author", 0))
    if author:
        told |= {"author_name": author.name, "author_url": absolute(author.url)}
    elif card["byline"]:
        told["author_name"] = card["byline"]
    return told | _thumbnail(card["picture"], around.over, width, height)


def _html(card: dict, url: str, words: str) -> str:
    return format_html(
        '<blockquote cite="{url}" lang="{lang}" dir="{dir}"><p><a href="{url}">{headline}</a></p>'
        "<p>{words}</p><footer>{site}</footer></blockquote>",
        url=url,
        lang=card["language"],
        dir=card["dir"],
        headline=card["headline"],
        words=words,
        site=settings.SITE_NAME,
    )


def _height(words: str, width: int, most: int | None) -> int:
    """About how high it will be: the style is that of whoever shows it."""
    lines = 4 + len(words) // max(1, width // 9)
    return min(lines * LINE, most) if most else lines * LINE


def _thumbnail(picture: dict | None, over: set[int], width, height) -> Told:
    """The largest that fits, while we may show it."""
    if not picture or picture["photo"] in over:
        return {}
    for name, wide, high in THUMBS:
        if wide <= (width or wide) and high <= (height or high):
            place = absolute(picture[name])
            return {
                "thumbnail_url": place,
                "thumbnail_width": wide,
                "thumbnail_height": high,
            }
    return {}


def _as_json(told: Told) -> HttpResponse:
    return JsonResponse(told)


def _as_xml(told: Told) -> HttpResponse:
    root = etree.Element("oembed")
    for name, value in told.items():
        etree.SubElement(root, name).text = for_xml(str(value))
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return HttpResponse(data, content_type="text/xml; charset=utf-8")


WRITERS = {"json": _as_json, "xml": _as_xml}


def _plain(text: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response._has_been_logged = True  # what somebody asks for is no error of ours
    return response
