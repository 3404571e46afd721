"""The bin: what was thrown away, by whom and when; out again with everything, or gone for good."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .. import custody, scope
from ..models import BinnedArticle
from .base import Careful, UncountedList


class BinList(UncountedList):
    def get_results(self, request):
        super().get_results(request)
        self.show_admin_actions = True


@admin.register(BinnedArticle)
class BinAdmin(Careful, admin.ModelAdmin):
    """Who may delete stories may look into the bin and take them out of it."""

    list_display = ["headline", "binned_at", "binned_by", "created_by", "saved_at"]
    list_display_links = None
    list_select_related = ["binned_by", "created_by"]
    ordering = ["-binned_at", "-pk"]
    actions = ["take_out", "delete_for_good"]

    def get_queryset(self, request):
        thrown = super().get_queryset(request).exclude(binned_at=None)
        return scope.stories_of(request.user, thrown)

    def get_changelist(self, request, **kwargs):
        return BinList

    def get_urls(self):
        """The list only: a story in the bin is looked at when it is out again."""
        return [url for url in super().get_urls() if url.name == BIN]

    def has_module_permission(self, request):
        return request.user.has_perm("articles.delete_article")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.delete_article")

    def has_restore_permission(self, request):
        return request.user.has_perm("articles.delete_article")

    def has_purge_permission(self, request):
        return request.user.has_perm("articles.purge_article")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Take out of the bin"), permissions=["restore"])
    def take_out(self, request, thrown):
        for article in thrown:
            custody.take_out(article, by=request.user)
            told = _("“%s” is among the stories again.") % article
            self.message_user(request, told, messages.SUCCESS)

    @admin.action(description=_("Delete for good…"), permissions=["purge"])
    def delete_for_good(self, request, thrown):
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Delete for good?"),
                "opts": self.opts,
                "thrown": list(thrown[:100]),
            }
            return TemplateResponse(request, "admin/articles/article/purge.html", context)
        count = custody.empty(thrown, by=request.user)
        told = ngettext("%d story is deleted.", "%d stories are deleted.", count) % count
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())


BIN = "articles_binnedarticle_changelist"
