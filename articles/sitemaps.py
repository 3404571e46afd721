"""What search engines read: an index by day, each day's stories, and the last two days' news."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from . import calendar, reading
from .answers import absolute, answer, for_xml, public

LONGEST = 50_000  # https://www.sitemaps.org/protocol.html
NEWS_AGE, NEWS_LONGEST = timedelta(days=2), 1_000  # Google's limits for news sitemaps


def _xml(request, now, template, context):
    response = HttpResponse(
        render_to_string(template, context), content_type="application/xml; charset=utf-8"
    )
    return answer(request, response, now, reading.pulse(now))


@public
def index(request: HttpRequest) -> HttpResponse:
    """One sitemap for each day (in UTC) with stories that can be read, newest first."""
    now = timezone.now()
    days = calendar.days_with_stories(now)[:LONGEST]
    places = [absolute(reverse("sitemap-day", args=[day.isoformat()])) for day in days]
    context = {"sitemaps": [SitemapIndexItem(place) for place in places]}
    return _xml(request, now, "sitemap_index.xml", context)


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
    urls = [{"location": absolute(card.url), "lastmod": card.published_at} for card in cards]
    return _xml(request, now, "sitemap.xml", {"urlset": urls})


@public
def news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days; 404 on days without news, as an empty one is an error."""
    now = timezone.now()
    since = {"first_published_at__gte": now - NEWS_AGE, "dated": True}
    cards = reading.page(now, NEWS_LONGEST, **since).cards
    if not cards:
        raise Http404("no news of the last two days")
    urls = [
        {"location": absolute(card.url), "card": card, "headline": for_xml(card.headline)}
        for card in cards
    ]
    context = {"urls": urls, "site_name": settings.SITE_NAME}
    return _xml(request, now, "articles/news_sitemap.xml", context)


@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", f"Disallow: /{settings.ADMIN_PATH}", "Disallow: /fragment/", ""]
    lines += [f"Sitemap: {absolute(reverse(name))}" for name in ("sitemap", "news-sitemap")]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
