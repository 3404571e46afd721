"""What search engines read: an index by day, each day's stories, and the last two days' news."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from . import calendar, reading
from .answers import absolute, answer, for_xml, public

LONGEST = 50_000  # https://www.sitemaps.org/protocol.html
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
NEWS_AGE, NEWS_LONGEST = timedelta(days=2), 1_000  # Google's limits for news sitemaps


def _xml(request, now, kind: str, entries: Iterable[str]) -> HttpResponse:
    """Joined here: Django's templates take seconds for as many lines as a sitemap may have."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    text = "\n".join([head, f"<{kind} {SPACES}>", *entries, f"</{kind}>\n"])
    response = HttpResponse(for_xml(text), content_type="application/xml; charset=utf-8")
    return answer(request, response, now, reading.pulse(now))


@public
def index(request: HttpRequest) -> HttpResponse:
    """One sitemap for each day (in UTC) with stories that can be read, newest first."""
    now = timezone.now()
    days = calendar.days_with_stories(now)[:LONGEST]
    start = escape(absolute("/sitemap/"))
    entries = (f"<sitemap><loc>{start}{day}.xml</loc></sitemap>" for day in days)
    return _xml(request, now, "sitemapindex", entries)


@public
def day(request: HttpRequest, day: str) -> HttpResponse:
    """The stories first published on that day; of more than fit into a sitemap, the newest."""
    now = timezone.now()
    try:
        start, end = calendar.day(date.fromisoformat(day))
    except (ValueError, OverflowError) as error:
        raise Http404("no such day") from error
    filters = {"first_published_at__gte": start, "first_published_at__lt": end}
    cards = reading.page(now, LONGEST, **filters).cards
    if not cards:
        raise Http404("no story of this day can be seen")
    entries = (
        f"<url><loc>{escape(absolute(card.url))}</loc>"
        f"<lastmod>{card.published_at.isoformat()}</lastmod></url>"
        for card in cards
    )
    return _xml(request, now, "urlset", entries)


@public
def news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days; 404 on days without news, as an empty one is an error."""
    now = timezone.now()
    since = {"first_published_at__gte": now - NEWS_AGE, "dated": True}
    cards = reading.page(now, NEWS_LONGEST, **since).cards
    if not cards:
        raise Http404("no news of the last two days")
    return _xml(request, now, "urlset", map(_news, cards))


def _news(card: reading.Card) -> str:
    return (
        f"<url><loc>{escape(absolute(card.url))}</loc><news:news><news:publication>"
        f"<news:name>{escape(settings.SITE_NAME)}</news:name>"
        f"<news:language>{escape(card.language)}</news:language></news:publication>"
        f"<news:publication_date>{card.first_published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(card.headline)}</news:title></news:news></url>"
    )


@public
def robots(request: HttpRequest) -> HttpResponse:
    # Not the door: whoever moved it would find it told here. Its pages say themselves "noindex".
    lines = ["User-agent: *", "Disallow: /fragment/", ""]
    lines += [f"Sitemap: {absolute(reverse(name))}" for name in ("sitemap", "news-sitemap")]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
