"""Whether somebody of the desk asks for a reader's address."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest


def is_of_the_desk(request: HttpRequest, permission: str) -> bool:
    """Nobody's session is asked for where none is sent: readers get what never was."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return admin.site.has_permission(request) and request.user.has_perm(permission)
