"""Addresses of the project: the newsroom's door, and everything else the app's own."""

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from newsroom.accounts import passwords
from newsroom.media import media

urlpatterns = [
    *passwords.urlpatterns,
    path(f"{settings.ADMIN_PATH}handbook/", include("articles.admin.handbook")),
    path(settings.ADMIN_PATH, admin.site.urls),
]

if settings.DEBUG and settings.MEDIA_URL.startswith("/"):
    # On a laptop only: in production the proxy or the bucket serves pictures, see docs/settings.md.
    pattern = rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.*)$"
    # Whatever was uploaded, opened on its own it may run nothing.
    harmless = csp({"default-src": [NONE], "sandbox": True})(media)
    urlpatterns.append(re_path(pattern, harmless, {"document_root": settings.MEDIA_ROOT}))

urlpatterns.append(path("", include("articles.urls")))

handler404 = "articles.views.not_found"
