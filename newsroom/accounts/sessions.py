"""How long somebody of the newsroom stays logged in.

Twelve hours without a request (`SESSION_COOKIE_AGE`), or seven days whatever happens
(`SESSION_LONGEST`). A change of the password ends all others: Django sees to it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

BEGAN, SEEN = "began", "seen"
STEP = 10 * 60  # seconds: a request writes into the session only this often


def ends_in_time(get_response: Callable[[HttpRequest], HttpResponse]):
    """Middleware, for the desk only: readers' pages touch no session."""
    prefix = f"/{settings.ADMIN_PATH}"

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(prefix) and request.user.is_authenticated:
            _look(request)
        return get_response(request)

    return middleware


def _look(request):
    now, session = time.time(), request.session
    if now - session.get(BEGAN, 0) > settings.SESSION_LONGEST:
        logout(request)
    elif now - session.get(SEEN, 0) > STEP:
        session[SEEN] = now


def _begin(request, **kwargs):
    if request is not None and hasattr(request, "session"):
        request.session[BEGAN] = request.session[SEEN] = time.time()


user_logged_in.connect(_begin, dispatch_uid="newsroom.accounts.sessions")
