"""The addresses of feeds: the newest stories, whole, of the site, a category, a tag, an author."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from . import reading, syndication
from .answers import answer, public
from .models import Author, Category, Tag


@public
def newest(request: HttpRequest, kind: str = "rss") -> HttpResponse:
    now = timezone.now()
    return _answered(request, now, syndication.of_site(now), kind)


@public
def category(request: HttpRequest, path: str, kind: str = "rss") -> HttpResponse:
    return _of_place(request, Category.objects.without_tree_fields().filter(path=path), kind)


@public
def tag(request: HttpRequest, slug: str, kind: str = "rss") -> HttpResponse:
    return _of_place(request, Tag.objects.filter(slug=slug), kind)


@public
def author(request: HttpRequest, slug: str, kind: str = "rss") -> HttpResponse:
    return _of_place(request, Author.objects.filter(slug=slug), kind)


def _of_place(request, rows, kind):
    row, now = rows.first(), timezone.now()
    feed = row and syndication.of_place(row, now)
    if not feed:
        raise Http404("no story can be seen here")
    return _answered(request, now, feed, kind)


def _answered(request, now, feed: syndication.Feed, kind):
    mime, write = syndication.WRITERS[kind]
    response = HttpResponse(write(feed), content_type=f"{mime}; charset=utf-8")
    links = [(feed.hub, "hub")] if feed.hub else []
    links.append((feed.url(kind), "self"))
    response.headers["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for url, rel in links)
    # A reader of feeds may be a page of another site; there is nothing in it that all may not see.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return answer(request, response, now, reading.pulse(now))
