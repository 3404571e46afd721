"""Renditions of pictures whose rights end one day. No proxy serves them by itself."""

from __future__ import annotations

from datetime import datetime

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone

from ..answers import public
from ..models import Photo
from ..models.library import LIMITED
from .desk import is_of_the_desk

LIFETIME = 60  # seconds, and never beyond the end


@public
def limited(request: HttpRequest, pk: str, name: str) -> HttpResponse:
    """The file while the rights last, to the second. The desk sees what it has lost, too."""
    now = timezone.now()
    photo = Photo.objects.filter(pk=pk, rights_until__isnull=False).first()
    if photo is None:
        raise Http404("no such picture")
    if not photo.is_over(now):
        return _file(pk, name, _lifetime(now, photo.rights_until))
    if is_of_the_desk(request, "articles.view_photo"):
        return _file(pk, name, "private, no-store")
    raise Http404("its rights have ended")


def _lifetime(now: datetime, end: datetime) -> str:
    left = max(0, int((end - now).total_seconds()))
    return f"public, max-age={min(LIFETIME, left)}, must-revalidate"


def _file(pk: str, name: str, lifetime: str) -> HttpResponse:
    try:
        stored = default_storage.open(f"{LIMITED}/{pk}/{name}")
    except FileNotFoundError as error:
        raise Http404("no such rendition") from error
    response = FileResponse(stored, content_type=f"image/{name.rpartition('.')[2]}")
    response.headers["Cache-Control"] = lifetime
    response._csp_replace = {"default-src": ["'none'"], "sandbox": True}
    return response
