"""Headers of every answer, and who is asking."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def client_ip(request: HttpRequest) -> str:
    """The address of the one who asks, seen past as many proxies as `TRUSTED_PROXIES` says.

    No further, because a client can write anything into the rest of the header. What is no
    address counts as the last proxy's own, and all who come through a socket as one."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    chain = [*(hop.strip() for hop in hops if hop.strip()), request.META.get("REMOTE_ADDR", "")]
    return _address(chain[-1 - min(settings.TRUSTED_PROXIES, len(chain) - 1)]) or (
        _address(chain[-1]) or "::"
    )


def _address(text: str) -> str:
    """An IP address without the port that some proxies add; "" when it is none."""
    bare = re.sub(r"^\[(.*)\](:\d+)?$|^([\d.]+):\d+$", r"\1\3", text, flags=re.ASCII)
    try:
        return str(ipaddress.ip_address(bare.partition("%")[0]))
    except ValueError:
        return ""


def admin_policy(get_response: Handler) -> Handler:
    """Staff pages get their own Content-Security-Policy; readers' pages keep the strict one.

    Stands below CSPMiddleware, which writes the header."""
    prefix = f"/{settings.ADMIN_PATH}"

    def middleware(request: HttpRequest) -> HttpResponse:
        response: Any = get_response(request)
        if request.path_info.startswith(prefix) and not hasattr(response, "_csp_replace"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response

    return middleware


def permissions_policy(get_response: Handler) -> Handler:
    """Nothing here needs a camera, a microphone or a position; nobody may ask in our name."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
