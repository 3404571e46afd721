"""`{% handbook %}` in the head of every page of the desk."""

from django import template

from .. import handbook as pages

register = template.Library()


@register.simple_tag(takes_context=True)
def handbook(context):
    """The address of the chapter about the page that is open."""
    found = getattr(context.get("request"), "resolver_match", None)
    return pages.address(pages.chapter_for((found and found.url_name) or ""))
