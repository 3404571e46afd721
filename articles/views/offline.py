"""What a browser keeps for when there is no connection, and the script that keeps it."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from ..answers import page, public

SCRIPT = "articles/service-worker.js"


@public
def offline(request: HttpRequest) -> HttpResponse:
    """The page that is shown instead of one that cannot be reached."""
    response = page("articles/offline.html", {})
    patch_cache_control(response, public=True, max_age=3600)
    return response


def _digest() -> str:
    """Another one whenever the page or what it links to is another: the script is then fetched
    anew, and keeps them again."""
    told = page("articles/offline.html", {}).content + page(SCRIPT, {"digest": ""}).content
    return hashlib.sha256(told).hexdigest()[:16]


@public
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the top of the site: a worker sees only what lies below its own address. Browsers ask
    for it with every page, past their own cache; a proxy may answer."""
    digest = _digest()
    response = page(SCRIPT, {"digest": digest})
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["ETag"] = f'"{digest}"'
    patch_cache_control(response, public=True, max_age=60)
    return get_conditional_response(request, response.headers["ETag"], response=response)
