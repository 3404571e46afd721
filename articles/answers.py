"""How pages are answered: to anybody, without a cookie, and so that proxies can keep them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .rendering import direction

# Seconds: how long a page is fresh, and how long a proxy may show it while it asks again, or
# while we are away.
FRESH, WHILE_ASKING, WHILE_DOWN = 10, 60, 86400

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page for anybody: read only, so that neither a token nor a session is ever asked for."""
    safe = require_safe(view)

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return safe(request, *args, **kwargs)
        except Http404:
            return not_found()  # the readers' page even with DEBUG

    return csrf_exempt(answered)


def lifetime(now: datetime, next_at: datetime | None) -> str:
    """Cache-Control of a page; shorter when something is scheduled to change soon."""
    left = max(0, int((next_at - now).total_seconds())) if next_at else FRESH + WHILE_ASKING
    fresh = min(FRESH, left)
    asking = min(WHILE_ASKING, left - fresh)
    return f"public, max-age={fresh}, stale-while-revalidate={asking}, stale-if-error={WHILE_DOWN}"


def answer(
    request: HttpRequest, response: HttpResponse, now: datetime, pulse, changed_at=None
) -> HttpResponse:
    """Give a finished response its lifetime and its validators; 304 where that is enough.

    Its ETag, which is made of what it says, decides. `Last-Modified` tells of the last act, and
    nobody is sent away by it alone: a section may be renamed since, a story have grown too old
    for a list, a proxy have another rail to fill in.
    """
    changed_at = changed_at or pulse.changed_at
    response.headers["Cache-Control"] = lifetime(now, pulse.next_at)
    if response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    modified = int(changed_at.timestamp()) if changed_at else None
    response.headers["ETag"] = etag
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    return get_conditional_response(request, etag, None, response)


def page(template: str, context: dict, *, status: int = 200) -> HttpResponse:
    """A whole HTML page. Nothing in it depends on who asks."""
    site = {
        "site_name": settings.SITE_NAME,
        "site_about": settings.SITE_ABOUT,
        "site_url": settings.SITE_URL,
        "site_dir": direction(settings.LANGUAGE_CODE),
        "site_language": settings.LANGUAGE_CODE,
    }
    return HttpResponse(render_to_string(template, {**site, **context}), status=status)


def absolute(url: str) -> str:
    """An address with the site's host."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def not_found() -> HttpResponse:
    """The page for what is not there. It asks the database nothing."""
    response = page("404.html", {}, status=404)
    # Short: a scheduled story may be here in a moment.
    response.headers["Cache-Control"] = "public, max-age=1"
    return response


def gone() -> HttpResponse:
    """The page of a story that readers have seen and that was taken down."""
    return page("410.html", {}, status=410)


# What XML 1.0 has no way to write, even escaped.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """A text without the characters that would end a feed."""
    return UNWRITABLE.sub("", text)
