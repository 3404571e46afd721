"""What every template may say about the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """`site_name` and `site_url`, the latter without a slash at its end."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
