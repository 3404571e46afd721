"""Fronts in the admin: one page each, which looks like the front."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Media, Script

from .. import fronts, publishing, reading, scope, views
from ..models import Article, Front, FrontRevision, FrontVersion, Version
from .base import Careful, NonceMedia, demand
from .fields import is_key
from .frontacts import ACTS, perform, refusal
from .frontform import FrontForm
from .lists import status_mark

DESK = Media(
    css={"all": ["articles/admin/desk.css", "articles/admin/front.css"]},
    js=[
        Script("articles/admin/pick.js", defer=True),
        Script("articles/admin/front.js", type="module"),
    ],
)
KEPT = 100  # saves that the page of the history names


@admin.register(Front)
class FrontAdmin(Careful, NonceMedia, admin.ModelAdmin):
    fields = ["category"]
    autocomplete_fields = ["category"]
    list_display = ["__str__", "status_told", "saved"]
    list_select_related = ["category"]
    actions = None

    def get_queryset(self, request):
        return scope.fronts_of(request.user, super().get_queryset(request)).with_status()

    @admin.display(description=gettext_lazy("status"))
    def status_told(self, front):
        return status_mark(front.status)

    @admin.display(description=gettext_lazy("saved"))
    def saved(self, front):
        if not front.saved_at:
            return "–"
        return f"{publishing.told_moment(front.saved_at)} · {front.saved_by or '–'}"

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.versions.exists())

    def get_deleted_objects(self, objs, request):
        """Who may delete a front may delete its revisions: it was never published."""
        shown, counts, _not_allowed, protected = super().get_deleted_objects(objs, request)
        return shown, counts, set(), protected

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        demand(self.get_queryset(request).filter(pk=obj.pk).exists())  # one of their desk's

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(self._url("change", obj.pk))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        acts = [
            path(f"<int:pk>/{name}/", wrap(self.act_view), {"name": name}, name=_named(name))
            for name in ACTS
            if name != "restore"
        ]
        own = [
            path("<int:pk>/preview/", wrap(self.preview_view), name=_named("preview")),
            path(
                "<int:pk>/restore/<int:revision>/",
                wrap(self.act_view),
                {"name": "restore"},
                name=_named("restore"),
            ),
        ]
        return [*own, *acts, *super().get_urls()]

    def _url(self, page, *args):
        return reverse(f"{self.admin_site.name}:{_named(page)}", args=args)

    def _front(self, request, pk) -> Front:
        front = self.get_object(request, str(pk))
        if front is None:
            raise Http404
        demand(self.has_view_or_change_permission(request, front))
        return front

    # The page of a front

    def change_view(self, request, object_id, form_url="", extra_context=None):
        front = self._front(request, object_id)
        head = front.head
        sent = request.POST if request.method == "POST" else None
        if sent is not None:
            demand(self.has_change_permission(request, front))
        form = FrontForm(head and head.arrangement, str(head.pk) if head else "", sent)
        form.know(_stories(form.chosen, request.user, head and head.arrangement))
        if sent is not None and form.is_valid() and self._save(request, front, form):
            return self._after_save(request, front)
        return self._show(request, front, form, head)

    def _save(self, request, front, form) -> bool:
        opened, overwrite = (form.token.cleaned_data[name] for name in ("opened", "overwrite"))
        try:
            fronts.save(
                front, form.arrangement, by=request.user, opened=opened, overwrite=overwrite
            )
        except fronts.Stale as stale:
            form.stale = stale.revision
            form.errors.append(refusal(stale))
        return not form.errors

    def _after_save(self, request, front):
        if "_preview" in request.POST:
            return HttpResponseRedirect(f"{self._url('change', front.pk)}?preview=1#preview")
        for name in ("publish", "schedule"):
            if f"_{name}" in request.POST:
                demand(request.user.has_perm(ACTS[name].permission))
                return (
                    self._publish_at_once(request, front)
                    if name == "publish"
                    else (HttpResponseRedirect(self._url(name, front.pk)))
                )
        self.message_user(request, _("Saved. Readers see nothing of it yet."), messages.SUCCESS)
        return HttpResponseRedirect(self._url("change", front.pk))

    def _publish_at_once(self, request, front):
        """What was just saved goes out, unless something has to be asked first."""
        try:
            fronts.publish(front, by=request.user)
        except fronts.PendingFront:
            return HttpResponseRedirect(self._url("publish", front.pk))
        except publishing.PublishError as error:
            self.message_user(request, _("Saved, not published. %s") % error, messages.WARNING)
        else:
            self.message_user(request, _("Saved. Readers see it now."), messages.SUCCESS)
        return HttpResponseRedirect(self._url("change", front.pk))

    def _show(self, request, front, form, head):
        now = timezone.now()
        theirs = form.stale and form.stale.arrangement
        context = {
            **self._page(request, front, str(front)),
            "form": form,
            "shown": list(_with_automatic(form, front, head, now)),
            "blank": {"number": "", "form": form.containers.empty_form, "layout": "grid"},
            "theirs": list(_readable(theirs, request.user)) if theirs else None,
            "status": status_mark(front.status),
            "pending": front.versions.pending(now).select_related("by").order_by("visible_from"),
            "may_change": self.has_change_permission(request, front),
            "acts": [act for act in ACTS.values() if _offered(act, request.user, front)],
            "show_preview": head and "preview" in request.GET,
            "head": head,
            "media": self.media + form.media + DESK,
        }
        context["media"] = Media.from_media(context["media"], nonce=_nonce(request))
        return TemplateResponse(request, "admin/articles/front/page.html", context)

    def _page(self, request, front, title):
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": front,
        }

    # What leads from there

    def preview_view(self, request, pk):
        """The working copy, or the revision that the address names."""
        front = self._front(request, pk)
        wanted = request.GET.get("revision", "")
        revisions = front.revisions.all()
        if wanted:
            known = wanted.isdecimal() and len(wanted) < 19
            revisions = revisions.filter(pk=wanted) if known else revisions.none()
        revision = revisions.first()
        if revision is None:
            raise Http404
        return views.preview_front(request, front, revision.arrangement)

    def history_view(self, request, object_id, extra_context=None):
        front = self._front(request, object_id)
        versions = FrontVersion.objects.select_related("by").order_by("number")
        revisions = front.revisions.select_related("by").prefetch_related(
            Prefetch("versions", versions)
        )
        context = {
            **self._page(request, front, _("History of the front")),
            "revisions": revisions[:KEPT],
            "live": front.versions.live().first(),
            "may_change": self.has_change_permission(request, front),
            "media": self.media + DESK,
        }
        return TemplateResponse(request, "admin/articles/front/history.html", context)

    def act_view(self, request, pk, name, revision=None):
        front, act = self._front(request, pk), ACTS[name]
        demand(request.user.has_perm(act.permission))
        back = HttpResponseRedirect(self._url("change", front.pk))
        if not act.applies(front):
            told = _("“%s” does not apply to this front any more.") % act.title
            self.message_user(request, told, messages.WARNING)
            return back
        form = act.form(request.POST or None, front=front, user=request.user)
        if revision is not None:
            form.revision = _revision(front, revision)
        if request.method == "POST" and form.is_valid() and (told := perform(form)):
            self.message_user(request, told, messages.SUCCESS)
            return back
        context = {
            **self._page(request, front, act.title),
            "act": act,
            "form": form,
            "revision": form.revision if revision is not None else None,
            "media": self.media + form.media + DESK,
        }
        return TemplateResponse(request, "admin/articles/front/act.html", context)


def _named(page):
    return f"articles_front_{page}"


def _nonce(request):
    return str(request.csp_nonce) if hasattr(request, "csp_nonce") else None


def _revision(front, pk) -> FrontRevision:
    found = front.revisions.filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


def _offered(act, user, front) -> bool:
    return act.name != "restore" and user.has_perm(act.permission) and act.applies(front)


def _stories(keys, user, arrangement):
    """The chosen ones, with their status and, where readers see them, their picture. What stands
    there and is nobody's business stands there without its headline."""
    keys = {int(key) for key in keys if is_key(key)}
    theirs = scope.pickable(user, Article.objects.filter(pk__in=keys))
    found = list(theirs.with_status())
    others = keys - {article.pk for article in found}
    others &= {one.article for one in arrangement.placements()} if arrangement else set()
    for article in Article.objects.filter(pk__in=others).with_status():
        article.headline = _("A story of another desk")
        found.append(article)
    live = Version.objects.live().filter(article__in=found)
    cards = dict(live.values_list("article_id", "rendering__card"))
    for article in found:
        picture = (cards.get(article.pk) or {}).get("picture")
        article.thumb = picture["card"] if picture else ""
        article.mark = status_mark(article.status)
    return found


def _with_automatic(form, front, head, now):
    """Each container with its placements and what would fill the rest of it now."""
    filled = []
    if head and not form.containers.is_bound:
        filled = reading.filled(head.arrangement, now, front.category).containers
    for number, container, placements in form.shown:
        placed = {str(one["article"].value()) for one in placements}
        cards = filled[number].cards if number < len(filled) else []
        automatic = [card for card in cards if str(card.article) not in placed]
        layout = container["layout"].value()
        yield {
            "number": number,
            "form": container,
            "placements": placements,
            "automatic": automatic,
            "layout": layout if layout in LAYOUTS else "grid",
        }


LAYOUTS = ("lead", "grid", "list", "opinion")


def _readable(arrangement, user):
    """Names and headlines of a front that somebody else has saved."""
    keys = [str(one.article) for one in arrangement.placements()]
    words = {story.pk: story.headline for story in _stories(keys, user, arrangement)}
    for container in arrangement.containers:
        placements = [one.headline or words.get(one.article, "–") for one in container.placements]
        yield container.name, placements
