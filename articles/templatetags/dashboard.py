"""`{% dashboard %}` on the first page of the desk."""

from django import template
from django.utils import timezone

from .. import dashboard as desk

register = template.Library()


@register.inclusion_tag("admin/articles/dashboard.html", takes_context=True)
def dashboard(context):
    found = desk.sections(context["request"].user)
    return {"sections": found, "zone": timezone.get_current_timezone_name()}
