"""Headlines that wait for their story, at the desk: what is wanted most, and connecting by hand."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .. import linking, locks, scope, waiting
from ..models import Article, KnownHeadline, RelatedPost
from ..story import LONGEST, headline_key
from .base import demand
from .fields import Picked, PickedSelect

A_PAGE = 50
DEEPEST = 200  # pages; those of a whole archive are for `waiting_links`
CHANGE = "articles.change_article"


def demand_all(user):
    """A headline is that of all stories, whoever works on them."""
    demand(scope.works_on_all(user))


class ConnectForm(forms.Form):
    headline = forms.CharField(max_length=LONGEST["headline"], widget=forms.HiddenInput)

    def __init__(self, *args, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        widget = PickedSelect(RelatedPost._meta.get_field("post"), admin_site)
        self.fields["story"] = Picked(
            queryset=Article.objects.kept().defer("notes", "recent"),
            widget=widget,
            label=_("Story"),
        )

    def clean_headline(self):
        headline = self.cleaned_data["headline"]
        if not headline_key(headline):
            raise forms.ValidationError(_("There is no letter in this headline."))
        return headline


class WaitingPages:
    """For the admin of stories."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("waiting/", wrap(self.waiting_view), name="articles_article_waiting"),
            path("waiting/connect/", wrap(self.connect_view), name="articles_article_connect"),
            *super().get_urls(),
        ]

    def waiting_view(self, request):
        demand(self.has_view_or_change_permission(request))
        demand_all(request.user)
        page = _number(request.GET.get("p", ""))
        start = (page - 1) * A_PAGE
        found = list(waiting.waiting(start=start, limit=A_PAGE + 1))
        more = len(found) > A_PAGE and page < DEEPEST
        context = {
            "title": _("Waiting headlines"),
            "rows": [(row, _address(row.headline)) for row in found[:A_PAGE]],
            "earlier": page - 1,
            "later": page + 1 if more else None,
            "may_connect": request.user.has_perm(CHANGE),
        }
        return self._shown(request, "waiting.html", context)

    def connect_view(self, request):
        """A headline, who wants it, who has it; and a form that says which story it means."""
        demand(self.has_view_or_change_permission(request))
        demand(request.user.has_perm(CHANGE))
        demand_all(request.user)
        posted = request.POST if request.method == "POST" else None
        headline = (posted or request.GET).get("headline", "").replace("\0", "")
        if not headline_key(headline):
            raise Http404
        form = ConnectForm(posted, initial={"headline": headline}, admin_site=self.admin_site)
        if form.is_valid():
            return self._connect(request, form.cleaned_data)
        known = KnownHeadline.objects.filter(headline_key=headline_key(headline), by__isnull=False)
        context = {
            "title": _("Connect a headline"),
            "row": waiting.of(headline),
            "form": form,
            "known": known.select_related("article", "by").first(),
            "media": self.media + form.media,
        }
        return self._shown(request, "connect.html", context)

    def _connect(self, request, told):
        with transaction.atomic():
            locks.one_at_a_time()
            count = linking.choose(told["headline"], told["story"], by=request.user)
        message = _("“%(headline)s” means “%(story)s” from now on; %(count)s links were connected.")
        values = {"headline": told["headline"], "story": told["story"], "count": count}
        self.message_user(request, message % values, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_waiting"))

    def _shown(self, request, template, context):
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(
            request,
            f"admin/articles/article/{template}",
            {**shared, "media": self.media, **context},
        )


def _address(headline):
    return f"{reverse('admin:articles_article_connect')}?{urlencode({'headline': headline})}"


def _number(text):
    known = text.isdecimal() and len(text) < 5
    return min(max(int(text), 1), DEEPEST) if known else 1
