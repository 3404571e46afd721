"""Where a file of the library is used."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .. import filters, scope
from .lists import status_mark

MOST = 100  # stories named on a page


class Uses:
    """For the admin of photos, films and attachments: the read-only field `used`."""

    def get_object(self, request, object_id, from_field=None):
        file = super().get_object(request, object_id, from_field)
        if file:
            file.stories = scope.pickable(request.user, filters.using(file))
        return file

    @admin.display(description=_("used in"))
    def used(self, file):
        """The stories that use it, in their working copy or for readers; one query."""
        stories = file.stories.with_status()[:MOST] if file.pk else ()
        address = "admin:articles_article_change"
        rows = format_html_join(
            "",
            '<li><a href="{}">{}</a> {}</li>',
            ((reverse(address, args=[one.pk]), one, status_mark(one.status)) for one in stories),
        )
        return format_html("<ul>{}</ul>", rows) if rows else _("no story")
