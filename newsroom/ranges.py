"""A part of a file: what a player asks for when somebody goes to the middle of a recording."""

from __future__ import annotations

import re
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse

RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})", re.ASCII)
COPIED = ("Content-Type", "ETag", "Last-Modified", "Accept-Ranges", "X-Content-Type-Options")
COPIED += ("Cache-Control", "Content-Disposition", "Cross-Origin-Resource-Policy")


class Stretch:
    """So many bytes of a stream from where it stands, read a piece at a time."""

    def __init__(self, stream: BinaryIO, length: int):
        self.stream, self.left = stream, length

    def read(self, size: int) -> bytes:
        data = self.stream.read(min(size, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.stream.close()


def part(request: HttpRequest, response: FileResponse) -> HttpResponse:
    """206 with the one range of bytes that was asked for; the whole for anything more complicated,
    and for who has the beginning of another file (`If-Range`)."""
    response.headers["Accept-Ranges"] = "bytes"
    size = int(response.headers["Content-Length"])
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or not _is_of(request.headers.get("If-Range"), response):
        return response
    start, end = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
    if start > end:
        response.file_to_stream.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    stream = response.file_to_stream
    stream.seek(start)
    stretch = FileResponse(Stretch(stream, end - start + 1), status=206)
    for name in COPIED:
        if name in response.headers:
            stretch.headers[name] = response.headers[name]
    stretch.headers["Content-Length"] = str(end - start + 1)
    stretch.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return stretch


def _is_of(condition: str | None, response: FileResponse) -> bool:
    known = (response.headers.get("ETag"), response.headers.get("Last-Modified"))
    return condition is None or condition in known
