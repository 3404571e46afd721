"""Where no pattern fits. Named as `handler404` in newsroom/urls.py."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from .. import answers


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answers.not_found()
