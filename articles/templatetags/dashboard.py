"""`{% dashboard %}` on the first page of the desk."""

from django import template
from django.utils import timezone

from .. import dashboard as desk
from .. import scope

register = template.Library()


@register.inclusion_tag("admin/articles/dashboard.html", takes_context=True)
def dashboard(context):
    found = desk.sections(context["request"].user)
    return {"sections": found, "zone": timezone.get_current_timezone_name()}


@register.filter
def works_on_all(user) -> bool:
    """Whether pages about all stories at once are this person's."""
    return scope.works_on_all(user)
