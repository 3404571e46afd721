"""The ledger of imports: runs and their items, and what an editor decides about what was held."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from .. import filters, store
from ..models import ImportItem, ImportRun
from .base import ReadOnly, demand
from .decisions import DECISIONS
from .items import ItemPage, sources_in_ledger
from .records import ArticleFilter, KeyFilter, OfStories, Styled, link_to_article
from .runs import RunPage


@admin.register(ImportRun)
class ImportRunAdmin(Styled, ReadOnly, admin.ModelAdmin):
    list_display = ["id", "kind", "started_at", "took", "files", "outcome", "state"]
    list_filter = ["kind"]
    list_select_related = ["of"]
    fields = ["kind", "started_at", "state"]
    ordering = ["-id"]
    change_form_template = "admin/articles/importrun/change_form.html"

    def render_change_form(self, request, context, **kwargs):
        run = context["original"]
        context |= {"page": RunPage(run), "title": str(run)}
        return super().render_change_form(request, context, **kwargs)

    @admin.display(description=_("how long"))
    def took(self, run):
        return RunPage(run).took

    @admin.display(description=_("files"))
    def files(self, run):
        return RunPage(run).files

    @admin.display(description=_("outcome"))
    def outcome(self, run):
        return RunPage(run).tally

    @admin.display(description=_("state"))
    def state(self, run):
        return RunPage(run).state


class DecisionFilter(admin.SimpleListFilter):
    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("open", _("to be decided")), *ImportItem.Decision.choices]

    def queryset(self, request, queryset):
        value = self.value()
        if value == "open":
            return queryset.undecided()
        return queryset.filter(decision=value) if value in ImportItem.Decision else queryset


class RunFilter(KeyFilter):
    """`?run=<id>`: the items of one run."""

    title = _("run")
    parameter_name = "run"
    told = _("this run")


class SourceFilter(admin.SimpleListFilter):
    title = _("source")
    parameter_name = "source"

    def lookups(self, request, model_admin):
        return [(name, name) for name in sources_in_ledger()]

    def queryset(self, request, queryset):
        return queryset.filter(source=self.value()) if self.value() else queryset


class DoubtFilter(admin.SimpleListFilter):
    title = _("confidence")
    parameter_name = "confidence"

    def lookups(self, request, model_admin):
        return [("low", _("doubtful"))]

    def queryset(self, request, queryset):
        return filters.doubtful(queryset) if self.value() == "low" else queryset


@admin.register(ImportItem)
class ImportItemAdmin(OfStories, Styled, ReadOnly, admin.ModelAdmin):
    list_display = ["told", "outcome_told", "story_told", "sure"]
    list_display_links = ["told"]
    list_filter = [DecisionFilter, "outcome", DoubtFilter, SourceFilter, RunFilter, ArticleFilter]
    list_select_related = ["article", "run", "decided_by"]
    search_fields = ["source_id", "path", "article__headline"]
    search_help_text = _("Words of the source's id, the file or the headline.")
    fields = ["outcome"]
    ordering = ["-id"]
    change_form_template = "admin/articles/importitem/change_form.html"

    @admin.display(description=_("item"))
    def told(self, item):
        return (
            f"{item.source}:{item.source_id}" if item.source_id else f"{item.path}:{item.position}"
        )

    @admin.display(description=_("outcome"))
    def outcome_told(self, item):
        decision = ItemPage(item).decision
        return format_html(
            '<span class="outcome outcome-{}">{}</span> {}{}',
            *(item.outcome, item.get_outcome_display(), item.reason),
            f" · {decision}" if decision else "",
        )

    @admin.display(description=_("story"))
    def story_told(self, item):
        return link_to_article(item)

    @admin.display(description=_("confidence"), ordering="confidence")
    def sure(self, item):
        return "" if item.confidence is None else f"{item.confidence:.0%}"

    # The page of one, and what is done there

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name = "articles_importitem_{}".format
        return [
            path(
                "<int:pk>/source/",
                wrap(require_safe(self.source_view)),
                name=name("source"),
            ),
            *[
                path(
                    f"<int:pk>/{act}/",
                    wrap(require_POST(self.decide_view)),
                    {"act": act},
                    name=name(act),
                )
                for act in DECISIONS
            ],
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, **kwargs):
        item = context["original"]
        context |= {
            "page": ItemPage(item, request.user),
            "title": self.told(item),
            "is_nav_sidebar_enabled": False,  # two columns take the whole width
        }
        return super().render_change_form(request, context, **kwargs)

    def _item(self, request, pk):
        """The item, for those who may see the ledger."""
        demand(self.has_view_permission(request))
        item = self.get_object(request, str(pk))
        if item is None:
            raise Http404
        return item

    def source_view(self, request, pk):
        """All of what came, as a file: never shown, whatever it is."""
        page = ItemPage(self._item(request, pk), request.user)
        if page.source is None:
            raise Http404
        name = f"item-{pk}.{page.extension}"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return HttpResponse(page.source.data, "application/octet-stream", headers=headers)

    def decide_view(self, request, pk, act):
        item = self._item(request, pk)
        decision = DECISIONS[act]
        demand(all(map(request.user.has_perm, decision.permissions)))
        back = HttpResponseRedirect(reverse("admin:articles_importitem_change", args=[pk]))
        try:
            if not decision.applies(ItemPage(item, request.user)):
                raise store.DecisionError(_("that is not to be decided about this item."))
            told = decision.act(item, request.user, request.POST.get("opened", ""))
        except store.DecisionError as error:
            self.message_user(request, _("Not done: %s") % error, messages.ERROR)
            return back
        if item.article_id:
            told = format_html("{} {}", told, link_to_article(item))
        self.message_user(request, told, messages.SUCCESS)
        return back
