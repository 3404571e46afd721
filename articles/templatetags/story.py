"""What templates of readers' pages need beyond Django's own."""

from django import template
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
