"""Films, documents, recordings: for readers while a version they see shows them, and no longer."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from newsroom.ranges import part

from ..answers import public
from ..models import Attachment, Version, Video
from ..models.library import ATTACHED, FILM_KINDS, FILMS
from .desk import is_of_the_desk


@public
def attached(request: HttpRequest, name: str) -> HttpResponse:
    """The whole file, or the part a player asks for. The desk gets what readers do not see, too."""
    is_film = name.endswith(tuple(FILM_KINDS))
    model, folder = (Video, FILMS) if is_film else (Attachment, ATTACHED)
    found = model.objects.filter(file=f"{folder}/{name}").first()
    if found is None:
        raise Http404("no such file")
    kind = model._meta.model_name
    if Version.objects.live(timezone.now()).filter(**{f"shown__{kind}": found}).exists():
        return file_answer(
            request, found, "public, no-cache"
        )  # asked for each time: it may be gone
    if is_of_the_desk(request, f"articles.view_{kind}"):
        return file_answer(request, found, "private, no-store")
    raise Http404("no version that can be seen shows it")


def file_answer(request: HttpRequest, file: Attachment | Video, lifetime: str) -> HttpResponse:
    """To somebody who may have it."""
    etag = f'"{file.sha256[:32]}"'
    unchanged = get_conditional_response(request, etag)
    response = unchanged or _part(request, file, etag)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = lifetime
    response.headers["X-Robots-Tag"] = "noindex"
    # A player of feeds may be a page of another site.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response._csp_replace = {"default-src": ["'none'"], "sandbox": True}
    return response


def _part(request, file, etag):
    try:
        stored = default_storage.open(file.file.name)
    except FileNotFoundError as error:
        raise Http404("its file is lost") from error
    response = FileResponse(stored, content_type=file.mime, headers={"ETag": etag})
    # Without a name here the link says it: that of the story's words, see `rendering.attached`.
    response.headers["Content-Disposition"] = "attachment"
    return part(request, response)
