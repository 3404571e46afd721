"""Pages for what is not there. None asks the database: it may be why we are here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ..answers import page


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    response = page("404.html", {}, status=404)
    # Short: a scheduled story may be here in a moment.
    response.headers["Cache-Control"] = "public, max-age=1"
    return response
