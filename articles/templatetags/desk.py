"""What templates of the desk need beyond Django's own."""

from django import template

from articles.models import ImportItem

register = template.Library()

MANY = 100


@register.simple_tag
def undecided() -> str:
    """How many imported items wait for a decision, or that there are many."""
    waiting = ImportItem.objects.undecided().order_by()[:MANY].count()
    return f"{MANY}+" if waiting == MANY else str(waiting or "")
