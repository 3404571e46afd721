"""What is not saved yet: the browser keeps a copy until a save is confirmed, and sends it back.

A copy is the fields of the form under a name, `local_copy`, that the form carries. A save that is
stored answers with that name in a cookie: only then the scripts let go of it. A copy that comes
back (`_restore`) is shown like any form that cannot be saved yet: nothing is stored, whatever
was added, moved or deleted in it is as it was, and the revision it began from comes with it.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from .base import is_popup

COOKIE = "desk_saved"
NAME = re.compile(r"[\w-]{1,40}", re.ASCII)


class Unsaved:
    """For the admin of stories: saves are confirmed, errors are listed."""

    def response_add(self, request, obj, post_url_continue=None):
        return self._confirm(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._confirm(request, super().response_change(request, obj))

    def _confirm(self, request, response):
        name = request.POST.get("local_copy", "")
        if NAME.fullmatch(name):
            response.set_cookie(
                COOKIE,
                name,
                max_age=settings.SESSION_COOKIE_AGE,
                path=reverse(f"{self.admin_site.name}:index"),
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    def render_change_form(self, request, context, add=False, change=False, **kwargs):
        form = context["adminform"].form
        found = problems(form, context["inline_admin_formsets"]) if form.is_bound else []
        context |= {
            "errors": None,  # listed by us, each with a link to its place
            "problems": found,
            "restored": form.is_bound and getattr(form, "is_restored", False),
            "keeps": not is_popup(request),
            "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
            "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        }
        return super().render_change_form(request, context, add=add, change=change, **kwargs)


def problems(form, inline_formsets):
    """What keeps a form from being saved: (where, what, id of the place) of each."""
    found = list(_of_form(form, "", "article_form"))
    for inline in inline_formsets:
        name, formset = str(inline.opts.verbose_name), inline.formset
        group = f"{formset.prefix}-group"
        found += [(name, message, group) for message in formset.non_form_errors()]
        for row in formset.forms:
            found += _of_form(row, name, row.prefix)
            pictures = getattr(row, "pictures", None)
            for picture in pictures.forms if pictures else ():
                found += _of_form(picture, name, row.prefix)
    return found


def _of_form(form, name, place):
    for field, messages in form.errors.items():
        bound = form[field] if field in form.fields else None
        shown = bound if bound and not bound.is_hidden else None
        label = str(shown.label) if shown else _("the whole")
        where = ": ".join(filter(None, [name, label]))
        target = shown.id_for_label if shown else place
        # The place of one that came back out of the browser is told beside, not here.
        yield from ((where, message, target) for message in messages if message)
