"""What is saved, as readers would see it: at the desk, and for somebody who is sent a link."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from .. import sharing, views
from ..answers import absolute
from .base import demand

SHARE = "articles.share_article"


def _days(number):
    return number, ngettext_lazy("%(days)s day", "%(days)s days", number) % {"days": number}


class ShareForm(forms.Form):
    whom = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("For the newsroom’s own list; it is not on the page."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("It ends after"),
        choices=[_days(number) for number in sharing.DAYS],
        coerce=int,
        initial=sharing.DAYS[1],
    )


class Previews:
    """For the admin of stories: the preview, and the links that show it to others."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/preview/", wrap(self.preview_view), name="articles_article_preview"),
            path("<int:pk>/share/", wrap(self.share_view), name="articles_article_share"),
        ]
        return [*own, *super().get_urls()]

    def _story_of(self, request, pk):
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        demand(self.has_view_or_change_permission(request, article))
        return article

    def preview_view(self, request, pk):
        return views.preview(request, self._story_of(request, pk))

    def share_view(self, request, pk):
        article = self._story_of(request, pk)
        demand(request.user.has_perm(SHARE))
        if revoked := request.POST.get("revoke", ""):
            return self._revoke(request, article, revoked)
        form, secret = ShareForm(request.POST or None), ""
        if request.method == "POST" and form.is_valid():
            link, token = sharing.make(article, by=request.user, **form.cleaned_data)
            secret = absolute(reverse("shared", args=[token]))
        return self._show_links(request, article, form, secret)

    def _revoke(self, request, article, key):
        links = article.share_links.filter(pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
        if sharing.revoke(links, by=request.user):
            self.message_user(request, _("The link shows nothing any more."), messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    def _show_links(self, request, article, form, secret):
        links = article.share_links.select_related("made_by", "revoked_by")
        opening = {*links.open(timezone.now()).values_list("pk", flat=True)}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Show it to somebody without an account"),
            "subtitle": str(article),
            "opts": self.opts,
            "original": article,
            "form": form,
            # It is on this page only: what is kept is its digest.
            "secret": secret,
            "links": [(link, link.pk in opening) for link in links[:50]],
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/articles/article/share.html", context)
