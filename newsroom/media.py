"""Pictures for a laptop; in production the proxy or the bucket serves them."""

from __future__ import annotations

import mimetypes
import posixpath

from django.http import Http404, HttpRequest, HttpResponse
from django.views.static import serve

mimetypes.add_type("image/avif", ".avif")  # Python knows it from 3.13 on

# Renditions. Originals hold what the camera knew, and are for the newsroom alone.
SERVED = {"__processed__"}


def media(request: HttpRequest, path: str, document_root: str) -> HttpResponse:
    """A picture for readers."""
    path = posixpath.normpath(path).lstrip("/")
    if path.partition("/")[0] not in SERVED:
        raise Http404("no file for readers")
    response = serve(request, path, document_root)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
