"""The list of stories: one page is a fixed number of queries, however many stories there are."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from .. import filters
from ..models import Category, Filing
from .base import Careful
from .searching import SearchedByAddress

STATUS = {
    "draft": _("draft"),
    "scheduled": _("scheduled"),
    "live": _("live"),
    "changed": _("live, changed since"),
    "withdrawn": _("withdrawn"),
    "withheld": _("withheld"),
}


def status_mark(status):
    """A status in words; the colour only says it again."""
    return format_html('<span class="status status-{}">{}</span>', status, STATUS[status])


def review_mark(article):
    """Whether colleagues are asked about it, or have said yes; "" for what is plain."""
    review = getattr(article, "review", None)
    if review is None:
        return ""
    told = review.get_state_display()
    if review.state == "approved" and review.revision_id != article.head_id:
        told = _("changed since approved")
    return format_html('<span class="review review-{}">{}</span>', review.state, told)


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return list(STATUS.items())

    def queryset(self, request, queryset):
        value = self.value()
        return filters.by_status(queryset, value) if value in STATUS else queryset


class CategoryFilter(admin.SimpleListFilter):
    title = _("category and below")
    parameter_name = "category"

    def lookups(self, request, model_admin):
        rows = Category.objects.with_tree_fields()
        return [(str(row.pk), "\u2003" * row.tree_depth + row.name) for row in rows]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value not in {key for key, _ in self.lookup_choices}:
            return queryset
        return filters.in_branch(queryset, int(value))


class DeskFilter(admin.SimpleListFilter):
    title = _("at the desk")
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        return [
            ("mine", _("assigned to me")),
            ("saved", _("saved by me last")),
            ("review", _("waiting for review")),
            ("approved", _("approved")),
            ("stale", _("changed since approved")),
            ("overdue", _("overdue")),
            ("scheduled", _("scheduled in 24 hours")),
            ("embargoed", _("embargoed")),
        ]

    def queryset(self, request, queryset):
        value = self.value()
        known = value in filters.AT_THE_DESK
        return filters.at_the_desk(queryset, value, request.user) if known else queryset


ATTENTION = {
    "held": (_("held by an import"), filters.held),
    "doubtful": (_("doubtful"), filters.doubtful),
    "notes": (_("has notes"), filters.with_notes),
    "raw": (_("has unread markup"), filters.with_raw),
}


class AttentionFilter(admin.SimpleListFilter):
    title = _("to be looked at")
    parameter_name = "attention"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _wanted) in ATTENTION.items()]

    def queryset(self, request, queryset):
        _label, wanted = ATTENTION.get(self.value(), ("", None))
        return wanted(queryset) if wanted else queryset


class StoryList(SearchedByAddress, Careful):
    found_by = "head"
    list_display = ["story", "status_told", "primary_category", "saved", "live_link"]
    list_display_links = ["story"]
    list_filter = [
        StatusFilter,
        DeskFilter,
        AttentionFilter,
        ("saved_at", admin.DateFieldListFilter),
        CategoryFilter,
    ]
    search_fields = ["headline"]  # that there is a box; `searching` says what it finds
    ordering = ["-saved_at", "-id"]
    actions = None

    def get_queryset(self, request):
        first = Filing.objects.filter(article=OuterRef("pk")).order_by("position", "id")
        stories = super().get_queryset(request).with_status()
        return (
            stories.annotate(filed=Subquery(first.values("words")[:1]))
            .select_related("head__by", "review__by", "assignment__to", "assignment__by")
            .defer("head__story")  # the whole text, which nobody reads in a list
        )

    @admin.display(description=_("headline"), ordering="headline")
    def story(self, article):
        return article.headline or article

    @admin.display(description=_("status"))
    def status_told(self, article):
        return format_html("{} {}", status_mark(article.status), review_mark(article))

    @admin.display(description=_("category"))
    def primary_category(self, article):
        return (article.filed or "").replace("\\/", "∕")

    @admin.display(description=_("saved"), ordering="saved_at")
    def saved(self, article):
        if not article.saved_at:
            return ""
        by = article.head and article.head.by
        ago = timesince(article.saved_at, depth=1)
        return format_html(
            '<time datetime="{}">{}</time> {}',
            article.saved_at.isoformat(),
            _("%(ago)s ago") % {"ago": ago},
            by or _("import"),
        )

    @admin.display(description=_("readers' page"))
    def live_link(self, article):
        if not article.live_version_id:
            return ""
        return format_html('<a href="{}">{}</a>', article.get_absolute_url(), _("see it"))
