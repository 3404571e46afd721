"""What search engines read: an index by day, each day's stories in as many parts as it takes, the
last two days' news, and the places where stories are listed.

And what is told to programs that come by: where they may go, and whom to write to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
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
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
NEWS_AGE, NEWS_LONGEST = timedelta(days=2), 1_000  # Google's limits for news sitemaps
SECURITY_LASTS = timedelta(days=180)  # RFC 9116 asks for less than a year


def _xml(request, now, kind: str, entries: Iterable[str], pulse=None) -> HttpResponse:
    """Joined here: Django's templates take seconds for as many lines as a sitemap may have."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    text = "\n".join([head, f"<{kind} {SPACES}>", *entries, f"</{kind}>\n"])
    response = HttpResponse(for_xml(text), content_type="application/xml; charset=utf-8")
    return answer(request, response, now, pulse or reading.pulse(now))


@public
def index(request: HttpRequest) -> HttpResponse:
    """One sitemap for each day (in UTC) with stories that can be read, newest first."""
    now = timezone.now()
    pulse = reading.pulse(now)
    maps: list[tuple[str, datetime | None]]
    maps = [(f"/sitemap/{name}.xml", changed_at) for name, changed_at in _of_days(now, pulse)]
    if maps:
        maps.insert(0, (reverse("sitemap-places"), None))
    if newest := _news_since(now, 1):
        maps.insert(0, (reverse("news-sitemap"), newest[0].first_published_at))
    entries = [_map(escape(absolute(place)), at) for place, at in maps[:LONGEST]]
    return _xml(request, now, "sitemapindex", entries, pulse)


def _of_days(now, pulse) -> Iterator[tuple[str, datetime]]:
    """The name of each day's sitemap, and of those that go on behind it."""
    days = calendar.days_with_stories(now)
    crowded: list[date] = []
    # Few sites have as many stories at all.
    if (pulse.newest or 0) > LONGEST:
        crowded = calendar.crowded([day for day, _at in days], LONGEST)
    for day, changed_at in days:
        yield f"{day}", changed_at
        for end in reading.ends(now, LONGEST, **_on(day)) if day in crowded else ():
            yield f"{day}/{end}", changed_at


def _on(day: date) -> dict[str, datetime]:
    start, end = calendar.day(day)
    return {"first_published_at__gte": start, "first_published_at__lt": end}


def _map(place: str, changed_at: datetime | None) -> str:
    moment = f"<lastmod>{changed_at.isoformat()}</lastmod>" if changed_at else ""
    return f"<sitemap><loc>{place}</loc>{moment}</sitemap>"


@public
def day(request: HttpRequest, day: str, before: str = "") -> HttpResponse:
    """The stories first published on that day; of more than fit into a sitemap, the newest, or
    those that come behind a place (see `reading.Cursor`)."""
    now = timezone.now()
    try:
        filters = _on(date.fromisoformat(day))
        cursor = reading.Cursor.read(before) if before else None
    except (ValueError, OverflowError) as error:
        raise Http404("no such day") from error
    cards = reading.page(now, LONGEST, cursor, **filters).cards
    if not cards:
        raise Http404("no story of this day can be seen")
    entries = (
        f"<url><loc>{escape(absolute(card.url))}</loc>"
        f"<lastmod>{card.published_at.isoformat()}</lastmod>{_picture(card)}</url>"
        for card in cards
    )
    return _xml(request, now, "urlset", entries)


def _picture(card: reading.Card) -> str:
    if not card.picture:
        return ""
    place = escape(absolute(card.picture["largest"]))
    return f"<image:image><image:loc>{place}</image:loc></image:image>"


@public
def places(request: HttpRequest) -> HttpResponse:
    """The front, the archive, and the sections, topics and authors that have a story to read."""
    now = timezone.now()
    urls = [reverse("front"), reverse("archive")]
    urls += [place.url for place in reading.with_something(now, LONGEST)]
    entries = (f"<url><loc>{escape(absolute(url))}</loc></url>" for url in urls[:LONGEST])
    return _xml(request, now, "urlset", entries)


@public
def news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days; 404 on days without news, as an empty one is an error."""
    now = timezone.now()
    cards = _news_since(now, NEWS_LONGEST)
    if not cards:
        raise Http404("no news of the last two days")
    return _xml(request, now, "urlset", map(_news, cards))


def _news_since(now, most: int) -> list[reading.Card]:
    since = {"first_published_at__gte": now - NEWS_AGE, "dated": True}
    return reading.page(now, most, **since).cards


def _news(card: reading.Card) -> str:
    return (
        f"<url><loc>{escape(absolute(card.url))}</loc><news:news><news:publication>"
        f"<news:name>{escape(settings.SITE_NAME)}</news:name>"
        f"<news:language>{escape(_language(card.language))}</news:language></news:publication>"
        f"<news:publication_date>{card.first_published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(card.headline)}</news:title></news:news></url>"
    )


def _language(language: str) -> str:
    """As Google News wants it: two or three letters, but for the two ways to write Chinese."""
    parts = language.casefold().replace("_", "-").split("-")
    if parts[0] == "zh":
        return "zh-tw" if {"tw", "hk", "hant"} & set(parts) else "zh-cn"
    return parts[0]


@public
def robots(request: HttpRequest) -> HttpResponse:
    # Not the door: whoever moved it would find it told here. Its pages say themselves "noindex".
    now = timezone.now()
    names = ["sitemap", *(["news-sitemap"] if _news_since(now, 1) else [])]
    lines = ["User-agent: *", "Disallow: /fragment/", ""]
    lines += [f"Sitemap: {absolute(reverse(name))}" for name in names]
    return answer(request, _lines(lines), now, reading.pulse(now))


@public
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; 404 while nobody is named to write to."""
    if not settings.SECURITY_CONTACT:
        raise Http404("no contact is set")
    now = timezone.now()
    # By the day, so that the same is said to all who ask on one.
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    first = settings.LANGUAGE_CODE.split("-")[0]
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(today + SECURITY_LASTS):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(dict.fromkeys([first, 'en']))}",
        f"Canonical: {absolute(reverse('security'))}",
    ]
    pulse = reading.Pulse(*[None] * len(reading.Pulse._fields))
    return answer(request, _lines(lines), now, pulse, today)


def _lines(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
