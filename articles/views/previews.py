"""What is not out yet, exactly as its page would be: for the desk, and for who has a link to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from csp.constants import SELF
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from newsroom.middleware import client_ip

from .. import filing, linking, reading, related, sharing
from ..answers import not_found, page, public
from ..models import (
    Arrangement,
    Article,
    Attachment,
    Byline,
    Filing,
    Front,
    ShareLink,
    Tagging,
    Version,
    Video,
)
from ..rendering import links_of, render
from ..story import Story
from .files import file_answer
from .lists import category_page, front_page
from .stories import rail_of, story_page

AT_MOST = 60  # pages a minute for one address: each is made anew


def preview(request: HttpRequest, article: Article) -> HttpResponse:
    """The working copy. The caller has asked for permission."""
    return _framed(_page_of(article, timezone.now()))


def preview_front(request: HttpRequest, front: Front, arrangement: Arrangement) -> HttpResponse:
    """A front arranged like this, as its page would be now: of live stories only.

    The caller has asked for permission.
    """
    now = timezone.now()
    if front.category is None:
        return _framed(front_page(now, arrangement))
    try:
        return _framed(category_page(now, front.category, arrangement))
    except Http404:
        return _framed(not_found())


@public
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """For who has the link. One that has ended is as if it had never been."""
    now = timezone.now()
    if _asks_too_often(client_ip(request), now):
        return _secret(page("articles/busy.html", {}, status=429))
    link = sharing.opened(token, now)
    return _secret(_page_of(link.article, now, link, token) if link else not_found())


@public
def shared_file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """A file of the story of a link, for who has the link, while the link is open."""
    link = sharing.opened(token, timezone.now())
    attached = _attached(link.article) if link else {}
    if name not in attached:
        return _secret(not_found())
    return _secret(file_answer(request, attached[name], "private, no-store"))


def _attached(article: Article) -> dict[str, Attachment | Video]:
    """The films, documents and recordings that the working copy shows, by the names of their
    files."""
    media = filing.media_of(article.as_story())
    files = filing.Files(media)
    found = (files.of(source, part) for source, part in media)
    ours = (file for file in found if isinstance(file, (Attachment, Video)) and file.file)
    return {PurePath(file.file.name).name: file for file in ours}


def _to_link(html: str, article: Article, token: str) -> str:
    """The page with the addresses that who has the link may open: readers' own may not be yet."""
    for name, file in _attached(article).items():
        own = reverse("shared-file", args=[token, name])
        html = html.replace(f'="{file.file.url}"', f'="{own}"')
    return html


def _page_of(
    article: Article, now: datetime, link: ShareLink | None = None, token: str = ""
) -> HttpResponse:
    story = article.as_story()
    live = article.versions.live(now).first()
    draft = Version(
        article=article,
        first_published_at=live.first_published_at if live else now,
        published_at=now,
        dated=live.dated if live else True,
    )
    files = filing.Files(filing.media_of(story))
    made = render(draft, story, files)
    if link:
        made = replace(made, article=_to_link(made.article, article, token))
    places = {**_filed(article), **_linked(story, now)}
    if not (link or story.related):  # what would stand there; a link shows this story alone
        places |= _suggested(article, now)
    around = reading.Around(places, reading.sections(now)[0], files.over(now))
    rail = rail_of(now, reading.pulse(now), but=article.pk or -1)
    return story_page(made, around, address=article.path, rail=rail, link=link)


def _framed(response: HttpResponse) -> HttpResponse:
    """For a page that only the desk may see, also within one of its own."""
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = {"frame-ancestors": [SELF]}
    return _secret(response)


def _secret(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # Where somebody goes from here is not told the address they come from.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _filed(article: Article) -> dict[tuple[str, int], reading.Place]:
    """The names the words of a working copy stand for."""
    kinds = {Filing: "category", Tagging: "tag", Byline: "author"}
    places = {}
    for model, kind in kinds.items():
        rows = sorted((r for r in article.rows if isinstance(r, model)), key=lambda r: r.position)
        for number, row in enumerate(rows):
            if target := getattr(row, kind):
                where = target.path if kind == "category" else target.slug
                path = reading.ADDRESSES[kind].format(where)
                places[kind, number] = reading.Place(target.name, path)
    return places


def _linked(story: Story, now: datetime) -> dict[tuple[str, int], reading.Place]:
    """The stories it names, where readers can see them."""
    posts = [(post.headline, post.url) for post in links_of(story)]
    targets = linking.targets(posts)
    live = reading.live_places(set(targets.values()), now)
    found = ((number, live.get(targets.get(post))) for number, post in enumerate(posts))
    return {("link", number): place for number, place in found if place}


def _suggested(article: Article, now: datetime) -> dict[tuple[str, int], reading.Place]:
    found = [each.target for each in related.for_working_copy(article)[: reading.LOOKED_AT]]
    live = reading.live_places({*found}, now)
    return {("suggested", n): live[key] for n, key in enumerate(found) if key in live}


def _asks_too_often(address: str, now: datetime) -> bool:
    key = f"shared:{address}:{int(now.timestamp()) // 60}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) > AT_MOST
    except ValueError:  # forgotten between the two lines
        return False
