"""What the desk is shown before readers are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from ..answers import not_found
from ..models import Arrangement, Front
from .lists import category_page, front_page
from .stories import unseen


def preview_front(request: HttpRequest, front: Front, arrangement: Arrangement) -> HttpResponse:
    """A front arranged like this, exactly as its page would be now: of live stories only.

    The caller has asked for permission.
    """
    now = timezone.now()
    if front.category is None:
        return unseen(front_page(now, arrangement))
    try:
        return unseen(category_page(now, front.category, arrangement))
    except Http404:
        return unseen(not_found())
