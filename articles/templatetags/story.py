"""What templates of stories need beyond Django's own."""

from django import template
from django.utils.translation import gettext_lazy as _

from ..publishing import told_moment

register = template.Library()
register.filter("moment", told_moment)

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
