"""The history of a story: every save, what differs between any two, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from .. import labels, scope, working_copy
from ..merge import merge
from ..models import ImportItem, Revision, Version
from .base import UncountedPaginator, demand
from .differences import differences, with_thumbs
from .fields import is_key
from .stale import refuse_stale

SHOWN = 25  # saves on a page


class History:
    """For the admin of stories."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/compare/", wrap(self.compare_view), name="articles_article_compare"),
            path("<int:pk>/restore/", wrap(self.restore_view), name="articles_article_restore"),
        ]
        return [*own, *super().get_urls()]

    def _seen(self, request, pk):
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        demand(self.has_view_or_change_permission(request, article))
        return article

    def history_view(self, request, object_id, extra_context=None):
        """In the place of Django's, which knows that something was changed, and not what."""
        article = self._seen(request, object_id)
        number = request.GET.get("p", "")
        saves = Revision.objects.filter(article=article).select_related("by").order_by("-pk")
        page = UncountedPaginator(saves, SHOWN).page(int(number) if is_key(number) else 1)
        rows = list(page.object_list)
        earlier = saves.filter(pk__lt=rows[-1].pk).first() if rows else None
        context = {
            **self._page(request, article, _("History")),
            "page": page,
            "history_url": "",
            "saves": _told(article, rows, earlier),
            "may_restore": self.has_change_permission(request, article),
        }
        return TemplateResponse(request, "admin/articles/article/history.html", context)

    def compare_view(self, request, pk):
        article = self._seen(request, pk)
        old, new = _two(article, request.GET.get("old", ""), request.GET.get("new", ""))
        found = differences(old and old.story, new.story)
        context = {
            **self._page(request, article, _("What differs")),
            "old": old,
            "new": new,
            "differences": with_thumbs(found, article.source),
            "may_restore": self.has_change_permission(request, article),
        }
        return TemplateResponse(request, "admin/articles/article/compare.html", context)

    def restore_view(self, request, pk):
        """Shows what would become of the story, and does it when it is confirmed."""
        with transaction.atomic():
            article = self._seen(request, pk)
            demand(self.has_change_permission(request, article))
            given = request.POST if request.method == "POST" else request.GET
            revision = _named(article, given.get("revision", "")) or article.head
            error = ""
            if request.method == "POST":
                try:
                    return self._restore(request, article, revision)
                except ValidationError as refusal:
                    error = refusal.message
        found = differences(article.as_story(), revision.story)
        context = {
            **self._page(request, article, _("Restore this text")),
            "revision": revision,
            "error": error,
            "differences": with_thumbs(found, article.source),
        }
        return TemplateResponse(request, "admin/articles/article/restore.html", context)

    def _restore(self, request, article, revision):
        refuse_stale(article, request.POST.get("opened", ""), user=request.user)
        before = article.head_id
        with transaction.atomic():
            working_copy.replace(article, revision.story, by=request.user, act="restore")
            if not scope.is_theirs(request.user, article):
                raise ValidationError(_("It was filed under a category of another desk then."))
        if article.head_id == before:
            self.message_user(request, _("The story says this already."), messages.INFO)
        else:
            told = _("The earlier text is the working copy again. Nothing was published.")
            self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self._change_url(article.pk))

    def _page(self, request, article, title):
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(article),
            "opts": self.opts,
            "original": article,
            "media": self.media,
            "history_url": reverse(
                f"{self.admin_site.name}:articles_article_history", args=[article.pk]
            ),
        }


def _named(article, pk):
    found = Revision.objects.filter(article=article).select_related("by")
    return found.filter(pk=pk).first() if is_key(pk) else None


def _two(article, old, new):
    """The two that are asked for, the older one first; else the newest and the one before it."""
    two = [found for pk in (old, new) if (found := _named(article, pk))]
    if len(two) == 2:
        return sorted(two, key=lambda revision: revision.pk)
    newer = two[0] if two else article.head
    saves = Revision.objects.filter(article=article, pk__lt=newer.pk).select_related("by")
    return saves.order_by("-pk").first(), newer


def _told(article, rows, earlier):
    """(revision, what it changed in a line, its versions, whether an import brought it) of each,
    by a fixed number of queries."""
    versions = _versions(article, rows)
    imports = set(
        ImportItem.objects.filter(article=article, revision__in=rows).values_list(
            "revision", flat=True
        )
    )
    told = []
    for row, before in zip(rows, [*rows[1:], earlier], strict=True):
        told.append((row, _in_a_line(before, row), versions.get(row.pk, []), row.pk in imports))
    return told


def _in_a_line(before, row):
    if before is None:
        return _("the first text")
    taken = merge(before.story, before.story, row.story).taken
    return labels.told_places(taken) or _("nothing that readers would see")


def _versions(article, rows):
    """revision → [(version, what it is to readers)], newest first."""
    own = Version.objects.filter(article=article)
    live, pending = (
        set(found.values_list("pk", flat=True)) for found in (own.live(), own.pending())
    )
    found = {}
    for version in own.filter(revision__in=rows).select_related("by").order_by("-number"):
        if version.pk in live:
            state = _("live")
        elif version.pk in pending:
            state = _("scheduled")
        else:
            state = version.get_kind_display()
        found.setdefault(version.revision_id, []).append((version, state))
    return found
