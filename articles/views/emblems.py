"""The site's own pictures, for whoever shows a link to it."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from .. import emblem
from ..answers import public
from ..rendering.schema import LOGO_SIDE

LIFETIME = "public, max-age=86400, stale-if-error=604800"


@public
def logo(request: HttpRequest) -> HttpResponse:
    return _picture(request, emblem.logo(LOGO_SIDE))


@public
def social(request: HttpRequest) -> HttpResponse:
    return _picture(request, emblem.social(settings.SITE_NAME))


def _picture(request: HttpRequest, data: bytes) -> HttpResponse:
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": LIFETIME}
    response = HttpResponse(data, content_type="image/png", headers=headers)
    # Shown on pages of other sites: that is what it is for.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return get_conditional_response(request, etag, None, response)
