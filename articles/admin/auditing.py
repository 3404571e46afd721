"""The audit log: to be read and narrowed, by nobody to be changed."""

from __future__ import annotations

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import scope
from ..models import AuditEntry
from .base import ReadOnly
from .records import ArticleFilter, Styled

ACTS = {
    "save": _("saved"),
    "merge": _("merged"),
    "restore": _("restored"),
    "submit": _("submitted for review"),
    "approve": _("approved"),
    "send back": _("sent back"),
    "assign": _("assigned"),
    "note": _("note written"),
    "waive": _("checks waived"),
    "publish": _("published"),
    "schedule": _("scheduled"),
    "carry": _("carried"),
    "correct": _("corrected"),
    "unschedule": _("unscheduled"),
    "withdraw": _("withdrawn"),
    "republish": _("published again"),
    "change address": _("address changed"),
    "redact": _("words taken out"),
    "share": _("share link made"),
    "revoke share": _("share link revoked"),
    "taken": _("import: source taken"),
    "dismissed": _("import: dismissed"),
    "add": _("added"),
    "change": _("changed"),
    "bin": _("put into the bin"),
    "take out": _("taken out of the bin"),
    "delete": _("deleted"),
    "log in": _("logged in"),
    "log out": _("logged out"),
}


class ActFilter(admin.SimpleListFilter):
    """What there can be: the table is not searched for what there is."""

    title = _("act")
    parameter_name = "act"

    def lookups(self, request, model_admin):
        return list(ACTS.items())

    def queryset(self, request, queryset):
        value = self.value()
        return queryset.filter(act=value) if value in ACTS else queryset


class OnStory(ArticleFilter):
    def queryset(self, request, queryset):
        value = self.value()
        known = value and value in {key for key, _ in self.lookup_choices}
        return queryset.filter(model="articles.article", key=value) if known else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(Styled, ReadOnly, admin.ModelAdmin):
    list_display = ["at", "by", "act_told", "on", "detail_told", "place"]
    list_display_links = ["at"]
    list_filter = [ActFilter, "by", ("at", admin.DateFieldListFilter), OnStory]
    list_select_related = ["by"]
    fields = ["at", "by", "act_told", "on", "before", "after", "detail", "place"]
    ordering = ["-id"]

    def get_queryset(self, request):
        """Of all stories to those who work on all; to others what they did themselves."""
        entries = super().get_queryset(request)
        return entries if scope.works_on_all(request.user) else entries.filter(by=request.user)

    @admin.display(description=_("act"))
    def act_told(self, entry):
        return ACTS.get(entry.act, entry.act)

    @admin.display(description=_("on"))
    def on(self, entry):
        if not entry.model or entry.act == "delete":
            return entry.told
        try:
            name = f"admin:{entry.model.replace('.', '_')}_change"
            url = reverse(name, args=[entry.key])
        except NoReverseMatch:  # a model that has no page here
            return entry.told
        return format_html('<a href="{}" dir="auto">{}</a>', url, entry.told)

    @admin.display(description=_("detail"))
    def detail_told(self, entry):
        return entry.detail[:200]
