"""The record: revisions, versions, redactions. It is read here and changed nowhere."""

from __future__ import annotations

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import scope
from ..models import Redaction, Revision, Version
from .base import ReadOnly
from .differences import differences, readable


class Styled:
    class Media:
        css = {"all": ["articles/admin/desk.css"]}


def link_to_article(row):
    if not row.article_id:
        return ""
    url = reverse("admin:articles_article_change", args=[row.article_id])
    return format_html('<a href="{}">{}</a>', url, row.article)


class KeyFilter(admin.SimpleListFilter):
    """A list of what belongs to one row; the link to it is on that row's page."""

    told = ""

    def lookups(self, request, model_admin):
        value = request.GET.get(self.parameter_name, "")
        return [(value, self.told)] if value.isdecimal() and len(value) < 19 else []

    def queryset(self, request, queryset):
        value = self.value()
        known = value and value in {key for key, _ in self.lookup_choices}
        return queryset.filter(**{self.parameter_name: int(value)}) if known else queryset


class ArticleFilter(KeyFilter):
    """`?article=<id>`: the record of one story."""

    title = _("story")
    parameter_name = "article"
    told = _("this story")


class OfStories:
    """The record of a story is there for those whose it is to work on."""

    by_article = "article"  # the column that says whose

    def get_queryset(self, request):
        return scope.records_of(request.user, super().get_queryset(request), self.by_article)


@admin.register(Revision)
class RevisionAdmin(OfStories, Styled, ReadOnly, admin.ModelAdmin):
    list_display = ["id", "story_told", "at", "by"]
    list_display_links = ["id", "at"]
    list_filter = [ArticleFilter]
    list_select_related = ["article", "by"]
    fields = ["story_told", "at", "by", "changes", "whole"]
    ordering = ["-id"]

    def get_queryset(self, request):
        found = super().get_queryset(request).select_related("article", "by")
        listing = request.resolver_match and request.resolver_match.url_name.endswith("changelist")
        return found.defer("story") if listing else found

    @admin.display(description=_("story"))
    def story_told(self, revision):
        return link_to_article(revision)

    @admin.display(description=_("what this save changed"))
    def changes(self, revision):
        earlier = Revision.objects.filter(article=revision.article_id, pk__lt=revision.pk)
        before = earlier.order_by("-pk").first()
        if before is None:
            return _("It is the first.")
        found = differences(before.story, revision.story)
        return render_to_string("admin/articles/differences.html", {"differences": found})

    @admin.display(description=_("the whole story"))
    def whole(self, revision):
        return render_to_string("admin/articles/readable.html", {"parts": readable(revision.story)})


@admin.register(Version)
class VersionAdmin(OfStories, Styled, ReadOnly, admin.ModelAdmin):
    list_display = ["number_told", "story_told", "kind", "pubstatus", "visible_from", "by"]
    list_filter = [ArticleFilter, "kind", "pubstatus"]
    list_select_related = ["article", "by"]
    ordering = ["-id"]
    fields = [
        *("story_told", "number", "kind", "pubstatus", "visible_from", "published_at"),
        *("first_published_at", "embargoed_until", "correction", "created_at", "by", "whole"),
    ]

    @admin.display(description=_("version"))
    def number_told(self, version):
        return f"v{version.number}"

    @admin.display(description=_("story"))
    def story_told(self, version):
        return link_to_article(version)

    @admin.display(description=_("the whole story"))
    def whole(self, version):
        return render_to_string("admin/articles/readable.html", {"parts": readable(version.story)})


@admin.register(Redaction)
class RedactionAdmin(OfStories, ReadOnly, admin.ModelAdmin):
    by_article = "version__article"
    list_display = ["id", "of", "at", "by", "why"]
    list_select_related = ["by"]
    fields = ["of", "at", "by", "why"]
    ordering = ["-id"]
