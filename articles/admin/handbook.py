"""The pages of the handbook, for everybody who may open the admin."""

from __future__ import annotations

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, re_path

from .. import handbook


def chapter_view(request, slug=handbook.FIRST):
    try:
        shown = handbook.chapter(slug)
    except FileNotFoundError:
        raise Http404 from None
    context = {
        **admin.site.each_context(request),
        "title": shown.title,
        "chapters": handbook.chapters(),
        "shown": shown,
        "html": handbook.as_html(shown.text),
    }
    return TemplateResponse(request, "admin/handbook.html", context)


def picture_view(request, name):
    try:
        picture = (handbook.PICTURES / name).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(picture, content_type="image/webp")


urlpatterns = [
    path("", admin.site.admin_view(chapter_view), name="handbook"),
    re_path(
        r"^pictures/(?P<name>[\w-]+\.webp)$",
        admin.site.admin_view(picture_view, cacheable=True),
        name="handbook-picture",
    ),
    path("<slug:slug>/", admin.site.admin_view(chapter_view), name="handbook-chapter"),
]
