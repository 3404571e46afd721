"""Who else has a story open: an address that its open form tells, every 20 seconds, it is there."""

from __future__ import annotations

from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import scope
from ..models import Presence
from .base import demand
from .stale import is_stale, who_saved


class Presences:
    """For the admin of stories. Nobody is locked out: a save that meets another is merged."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.presence_view)
        own = [path("<int:pk>/presence/", view, name="articles_article_presence")]
        return [*own, *super().get_urls()]

    def presence_view(self, request, pk):
        """POST `opened`, the id of the revision the form began from → what its editor should
        know, in sentences: `{"told": [text]}`."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        demand(self.has_change_permission(request))
        article = scope.stories(request.user).select_related("head__by").filter(pk=pk).first()
        if article is None:
            raise Http404
        demand(self.has_change_permission(request, article))
        others = Presence.objects.beat(article, request.user)
        told = [*map(_here, others), *_saved_since(article, request)]
        return JsonResponse({"told": told})


def _here(presence) -> str:
    told = _("%(who)s has had this story open since %(at)s.")
    return told % {"who": presence.user, "at": _clock(presence.since)}


def _saved_since(article, request):
    if is_stale(article, request.POST.get("opened", "")):
        told = _("Saved after you opened it, by %(who)s, %(at)s. Your save will be merged with it.")
        who = who_saved(article.head, request.user)
        yield told % {"who": who, "at": _clock(article.head.at)}


def _clock(moment) -> str:
    """The time; the date, too, where it is another day's."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return date_format(local, "TIME_FORMAT" if today else "SHORT_DATETIME_FORMAT")
