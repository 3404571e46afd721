"""Old addresses: where nothing else answers, a Redirect may know where it went. And from where
the desk is used, for the audit log."""

from __future__ import annotations

import re
from collections.abc import Callable

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve

from . import audit
from .answers import gone

LONGEST = 200  # the width of Redirect.old_path
OF_STORIES = {"article", "category", "tag", "author"}  # names of addresses
OF_STORIES |= {"category-feed", "tag-feed", "author-feed"}
FEED = re.compile(r"(/.+/)(feed/(?:(?:atom|json)/)?)")


def places(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The audit log is told the network a request to the desk came from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
            return get_response(request)
        token = audit.PLACE.set(audit.coarse(get_client_ip_address(request) or ""))
        try:
            return get_response(request)
        finally:
            audit.PLACE.reset(token)

    return middleware


def redirects(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Turns a 404 into 301, or into 410 where a Redirect leads nowhere.

    Like contrib's, but it compares decoded paths, as our Redirects hold them, and knows an
    address with and without its last slash.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        return _moved(request) or response

    return middleware


def _moved(request: HttpRequest) -> HttpResponse | None:
    new = moved(request.path)
    if new == "":
        return gone()
    if new is None or _is_hidden(request, new):
        return None
    response = HttpResponsePermanentRedirect(new)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def moved(path: str) -> str | None:
    """Where what was at this decoded path went: "" if nowhere, None if no Redirect knows it."""
    if len(path) > LONGEST or "\0" in path or path.startswith(f"/{settings.ADMIN_PATH}"):
        return None
    spellings = {path, path.rstrip("/") + "/", path.rstrip("/")} - {""}
    # The feeds of a place moved with it.
    of_place = FEED.fullmatch(path)
    place, feed = of_place.groups() if of_place else ("", "")
    found = dict(
        Redirect.objects.filter(
            site_id=settings.SITE_ID, old_path__in=spellings | {place} - {""}
        ).values_list("old_path", "new_path")
    )
    if not found:
        return None
    # The very spelling that was asked for goes first.
    new = found.get(path, next(iter(found.values())))
    return new + feed if set(found) == {place} and new.endswith("/") else new


def _is_hidden(request: HttpRequest, path: str) -> bool:
    """Whether readers see nothing there yet: its address would tell them a headline or a name."""
    try:
        found = resolve(path)
    except Resolver404:  # another site, or what is none of ours
        return False
    if found.url_name not in OF_STORIES:
        return False
    return found.func(request, *found.args, **found.kwargs).status_code == 404
