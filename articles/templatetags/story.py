"""What templates of readers' pages need beyond Django's own."""

from datetime import time

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

register = template.Library()

KINDS = {
    "correction": _("Correction"),
    "clarification": _("Clarification"),
    "update": _("Update"),
    "editors-note": _("Editors’ note"),
    "retraction": _("Retraction"),
}


@register.filter
def correction_kind(kind):
    """The kind of a correction as readers see it; what is not known here as it is written."""
    return KINDS.get(kind, kind.replace("-", " ").capitalize())


@register.filter
def moment(at):
    """The day and time on the newsroom's clock; the day alone where no more is known of it."""
    local = timezone.localtime(at)
    if local.time() == time(0):
        return date_format(local, "DATE_FORMAT")
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"
