"""Pictures and films for a laptop; in production the proxy or the bucket serves them."""

from __future__ import annotations

import mimetypes
import posixpath
import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.static import serve

mimetypes.add_type("image/avif", ".avif")  # Python knows it from 3.13 on

# Renditions and films. Originals hold what the camera knew, and are for the newsroom alone.
SERVED = {"__processed__", "videos"}


def media(request: HttpRequest, path: str, document_root: str) -> HttpResponse:
    """A file for readers; 206 for the part of a film that a player asks for."""
    path = posixpath.normpath(path).lstrip("/")
    if path.partition("/")[0] not in SERVED:
        raise Http404("no file for readers")
    response = serve(request, path, document_root)
    response.headers["X-Content-Type-Options"] = "nosniff"
    if isinstance(response, FileResponse):
        response.headers["Accept-Ranges"] = "bytes"
        return _part(request, response)
    return response


def _part(request: HttpRequest, response: FileResponse) -> HttpResponse:
    """The one range of bytes that was asked for; the whole for anything more complicated."""
    size = int(response.headers["Content-Length"])
    asked = re.fullmatch(r"bytes=([0-9]{1,15})-([0-9]{0,15})", request.headers.get("Range", ""))
    if not asked:
        return response
    start, end = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
    if start > end:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    stream = response.file_to_stream
    stream.seek(start)
    part = HttpResponse(stream.read(end - start + 1), status=206)
    response.close()
    for name in ("Content-Type", "Last-Modified", "Accept-Ranges", "X-Content-Type-Options"):
        part.headers[name] = response.headers[name]
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return part
