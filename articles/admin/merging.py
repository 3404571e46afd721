"""Two who saved one story: what does not overlap is merged, and the rest is asked.

A form that was opened on an older revision is a change of that one, as is what was saved since:
`merge` makes one story of both. Where they meet, what the form said is kept (`Unmerged`) until
somebody has chosen, however often the story is saved meanwhile. What went out past the working
copy (`behind`) is brought into it by the same page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import behind, labels, scope, working_copy
from ..merge import Merged, merge, nothing
from ..models import Article, Revision, Unmerged
from .base import demand
from .differences import differences
from .fields import is_key
from .questions import MergeForm
from .stale import who_saved


@dataclass(frozen=True)
class Meeting:
    """What became of a save that met others. `kept` is None: it is stored."""

    merged: Merged
    kept: Unmerged | None
    is_own: bool  # what was stored is what was sent: the others said nothing else
    others: str


def bring_together(article, base: Revision | None, ours, *, by, rows=(), source="") -> Meeting:
    """Merge `ours`, made of `base`, with what is saved, and store it, or keep it where they meet.

    `source`: who says it, if it is not `by` but a source of imports.

    Call it with the article locked and read after that.
    """
    theirs = article.head.story
    merged = merge(base.story if base else nothing(theirs), ours, theirs)
    kept = _keep(article, base, ours, by, source) if merged.conflicts else None
    others = _who_since(article, base, by)
    if kept is None:
        working_copy.replace(article, merged.story, by=by, rows=rows, act="merge")
    return Meeting(merged, kept, merged.story.content() == ours.content(), others)


def _keep(article, base, ours, by, source):
    """Once, however often the button was pressed."""
    for kept in article.unmerged.filter(settled_at=None, by=by, base=base):
        if kept.story.content() == ours.content():
            return kept
    return Unmerged.objects.create(
        article=article, base=base, story=ours, at=timezone.now(), by=by, source=source
    )


def _who_since(article, base, user):
    """ "Rosa and an import", of those who saved since."""
    since = Revision.objects.filter(article=article, pk__lte=article.head_id).defer("story")
    saves = since.filter(pk__gt=base.pk if base else 0).select_related("by").order_by("-pk")[:20]
    names = dict.fromkeys(who_saved(save, user) for save in saves)
    return ", ".join(names) or who_saved(article.head, user)


class Merging:
    """For the admin of stories: a stale form is merged, and the page that asks."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        own = [path("<int:pk>/merge/", view, name="articles_article_merge")]
        return [*own, *super().get_urls()]

    # The form

    def save_model(self, request, obj, form, change):
        if not form.is_stale:
            super().save_model(request, obj, form, change)

    def save_merged(self, request, form, formsets):
        """In the place of storing what a stale form says."""
        rows = [row for formset in formsets for row in formset.rows()]
        form.instance.rows = rows
        ours = form.instance.as_story()
        article = Article.objects.select_related("head__by").get(pk=form.instance.pk)
        base = _revision(article, form.cleaned_data["opened"])
        request.meeting = bring_together(article, base, ours, by=request.user, rows=rows)
        demand(scope.is_theirs(request.user, article))  # it stays filed at their desk

    def construct_change_message(self, request, form, formsets, add=False):
        if form.is_stale:
            return _("Merged with what was saved meanwhile.")
        return super().construct_change_message(request, form, formsets, add)

    def after_meeting(self, request, article):
        """Where a save leads that met others; None for one that met nobody."""
        meeting = getattr(request, "meeting", None)
        if meeting is None or (meeting.is_own and not meeting.kept):
            return None
        if meeting.kept:
            return HttpResponseRedirect(self._merge_url(meeting.kept))
        self.tell_merged(request, meeting, article)
        if any(f"_{name}" in request.POST for name in ("publish", "schedule", "correct")):
            told = _("Nothing is published yet: look at it, then press the button again.")
            self.message_user(request, told, messages.WARNING)
        return HttpResponseRedirect(self._change_url(article.pk))

    def tell_merged(self, request, meeting, article):
        told = _("Saved, and merged with what %(who)s saved: %(what)s.") % {
            "who": meeting.others,
            "what": labels.told_places(meeting.merged.taken),
        }
        self.message_user(request, told, messages.SUCCESS)

    def unmerged_of(self, article, user):
        """What waits to be merged into a story: (address, whose, when) of each."""
        waiting = article.unmerged.filter(settled_at=None).select_related("by").defer("story")
        return [(self._merge_url(kept), who_saved(kept, user), kept.at) for kept in waiting[:20]]

    def _merge_url(self, kept):
        address = reverse(f"{self.admin_site.name}:articles_article_merge", args=[kept.article_id])
        return f"{address}?of={kept.pk}"

    # The page that asks

    def merge_view(self, request, pk):
        with transaction.atomic():
            article = self.get_object(request, str(pk))
            if article is None:
                raise Http404
            demand(self.has_change_permission(request, article))
            kept = _waiting(article, request.GET.get("of", ""), request.user)
            if kept is None:
                self.message_user(request, _("Nothing waits to be merged."), messages.INFO)
                return HttpResponseRedirect(self._change_url(pk))
            # What is chosen is chosen of what was shown; without that it is shown again.
            shown = _revision(article, request.POST.get("against", ""))
            data = request.POST if shown else None
            form = MergeForm(data, kept=kept, against=shown or article.head)
            if request.method == "POST" and form.is_valid():
                return self._settle(request, article, kept, form)
        return self._ask_which(request, article, kept, form)

    def _settle(self, request, article, kept, form):
        """What was chosen is a change of what was shown: it is merged with what came since."""
        meeting = bring_together(article, form.against, form.story, by=request.user)
        demand(scope.is_theirs(request.user, article))
        kept.settled_at = timezone.now()
        kept.save(update_fields=["settled_at"] if kept.pk else None)
        if meeting.kept:
            told = _("%(who)s saved again meanwhile. What you chose is kept; this is new:")
            self.message_user(request, told % {"who": meeting.others}, messages.WARNING)
            return HttpResponseRedirect(self._merge_url(meeting.kept))
        if meeting.is_own:
            told = _("Saved, as you chose.")
            if not form.questions:
                told = _("The working copy has what went out now.")
            self.message_user(request, told, messages.SUCCESS)
        else:
            self.tell_merged(request, meeting, article)
        return HttpResponseRedirect(self._change_url(article.pk))

    def _ask_which(self, request, article, kept, form):
        others, mine = _who_since(article, kept.base, request.user), kept.by == request.user
        went_out = kept.pk is None
        if went_out:
            form.name_sides(_("What readers see"), _("Saved here: %s") % others)
        elif kept.source:
            form.name_sides(_("The source: %s") % kept.source, _("Edited here: %s") % others)
        else:
            saved = _("Saved meanwhile: %s") % others
            form.name_sides(_("Yours") if mine else str(kept.by), saved)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Two who changed the same"),
            "subtitle": str(article),
            "opts": self.opts,
            "original": article,
            "form": form,
            "kept": kept,
            "mine": mine,
            "went_out": went_out,
            "news": went_out and differences(form.against.story, form.merged.story),
            "others": others,
            "merged_already": labels.told_places(form.merged.taken),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/articles/article/merge.html", context)


def _revision(article, pk: str) -> Revision | None:
    """The revision of this article a page was opened on, if it is still there."""
    if not is_key(pk):
        return None
    return Revision.objects.filter(article=article, pk=pk).select_related("by").first()


def _waiting(article, pk: str, user) -> Unmerged | None:
    """The one that is asked for, else the oldest of this user, else of anybody."""
    if pk.startswith("v"):
        return _went_out(article, pk[1:], user)
    waiting = article.unmerged.filter(settled_at=None).select_related("base", "by")
    if pk:
        return waiting.filter(pk=pk).first() if is_key(pk) else None
    return waiting.filter(by=user).first() or waiting.first()


def _went_out(article, number, user) -> Unmerged | None:
    """What this version brought to readers past the working copy, if it still is what is missing.

    It is not stored before somebody has settled it; that row says from then on that they have.
    """
    found = behind.missing(article)
    if found is None or str(found.version.number) != number:
        return None
    return Unmerged(
        article=article,
        base=found.base,
        story=found.version.story,
        at=found.version.visible_from,
        by=user,
    )
