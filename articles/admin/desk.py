"""The buttons below a story and the pages they lead to."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from .. import publishing, scope
from .acts import ACTS as PUBLISHING
from .acts import Asks, perform
from .base import demand, is_popup
from .differences import differences, with_thumbs
from .pick import PickView
from .redaction import REDACTING
from .related import SUGGESTING
from .reviewing import REVIEWING

ACTS = {**PUBLISHING, **REVIEWING, **SUGGESTING, **REDACTING}


class Desk:
    """For the admin of stories: addresses, buttons, and what happens after a save."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        acts = [
            path(
                f"<int:pk>/{name}/",
                wrap(self.act_view),
                {"name": name},
                name=f"articles_article_{name}",
            )
            for name in ACTS
        ]
        own = [
            path(
                "pick/",
                wrap(PickView.as_view(admin_site=self.admin_site)),
                name="articles_article_pick",
            ),
        ]
        return [*own, *acts, *super().get_urls()]

    # Buttons

    def buttons(self, request, article):
        """The acts that apply to this story (None: a new one) and that this user may do."""
        return [
            act
            for act in ACTS.values()
            if _has_right(request.user, act, article)
            and act.name != "address"
            and act.applies(article)
        ]

    def response_add(self, request, obj, post_url_continue=None):
        return self._after_save(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._after_save(request, obj) or super().response_change(request, obj)

    def _after_save(self, request, obj):
        """Where a button that is more than "save" leads; None for the plain ones."""
        if is_popup(request):
            return None
        if met := self.after_meeting(request, obj):
            return met
        if "_preview" in request.POST:
            return HttpResponseRedirect(f"{self._change_url(obj.pk)}?preview=1#preview")
        for act in ACTS.values():
            if act.saves and f"_{act.name}" in request.POST:
                demand(request.user.has_perm(act.permission))
                if not _is_in_place(request.user, act, obj):
                    return self._keep_unfiled(request, obj)
                if not act.at_once:
                    return HttpResponseRedirect(self._act_url(act.name, obj.pk))
                return self._do_at_once(request, obj, act)
        return None

    def _keep_unfiled(self, request, article):
        told = _("Saved, not published: file it under a category of your desk first.")
        self.message_user(request, told, messages.WARNING)
        return HttpResponseRedirect(self._change_url(article.pk))

    def _do_at_once(self, request, article, act):
        shown = request.POST.get("advised", "").splitlines()
        try:
            told = act.at_once(article, request.user, shown)
        except Asks as asks:
            if str(asks):
                self.message_user(request, str(asks), messages.WARNING)
            return HttpResponseRedirect(self._act_url(act.name, article.pk))
        except publishing.PublishError as error:
            self.message_user(request, _("Saved, not published. %s") % error, messages.WARNING)
        else:
            self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self._change_url(article.pk))

    def _change_url(self, pk):
        return reverse(f"{self.admin_site.name}:articles_article_change", args=[pk])

    def _act_url(self, name, pk):
        return reverse(f"{self.admin_site.name}:articles_article_{name}", args=[pk])

    # Pages

    def act_view(self, request, pk, name):
        with transaction.atomic():
            return self._act(request, pk, ACTS[name])

    def _act(self, request, pk, act):
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        demand(self.has_view_or_change_permission(request, article))
        demand(_has_right(request.user, act, article))
        demand(_is_in_place(request.user, act, article))
        if not act.applies(article):
            refusal = _("“%s” does not apply to this story any more.") % act.title
            self.message_user(request, refusal, messages.WARNING)
            return HttpResponseRedirect(self._change_url(pk))
        form = act.form(request.POST or None, article=article, user=request.user)
        if request.method == "POST" and form.is_valid() and (told := perform(form)):
            self.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(self._change_url(pk))
        return self._ask(request, article, act, form)

    def _ask(self, request, article, act, form):
        live = article.versions.live().select_related("revision").first()
        news = act.saves and live and differences(live.story, article.as_story())
        news = news and with_thumbs(news, article.source)
        context = {
            **self.admin_site.each_context(request),
            "title": act.title,
            "subtitle": str(article),
            "opts": self.opts,
            "original": article,
            "act": act,
            "form": form,
            "live": live,
            "news": news,
            "may_merge": self.has_change_permission(request, article),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/articles/article/act.html", context)


def _has_right(user, act, article) -> bool:
    """Whoever may not change the words of a story any more does not hand them in, either."""
    if not user.has_perm(act.permission):
        return False
    return not (article and act.edits) or scope.may_change(user, article)


def _is_in_place(user, act, article) -> bool:
    """Whether the story is filed where this person may publish."""
    return act.name not in PUBLISHING or scope.may_publish(user, article)
