"""What a browser keeps for when there is no connection, and the script that keeps it."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from ..answers import page, public

SCRIPT = "articles/service-worker.js"


@public
def offline(request: HttpRequest) -> HttpResponse:
    """The page that is shown instead of one that cannot be reached."""
    response = page("articles/offline.html", {})
    patch_cache_control(response, public=True, max_age=3600)
    return response


def _etag(request: HttpRequest) -> str:
    return f'"{_digest()}"'


def _digest() -> str:
    """Another one whenever the page or what it links to is another: the script is then fetched
    anew, and keeps them again."""
    told = page("articles/offline.html", {}).content + page(SCRIPT, {"digest": ""}).content
    return hashlib.sha256(told).hexdigest()[:16]


@public
@condition(etag_func=_etag)
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the top of the site: a worker sees only what lies below its own address."""
    response = page(SCRIPT, {"digest": _digest()})
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    patch_cache_control(response, public=True, max_age=0)
    return response
