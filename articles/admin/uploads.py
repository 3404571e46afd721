"""Many pictures at once: a page that takes them, and one to write their words."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.contrib import messages
from django.db import transaction
from django.forms import modelformset_factory
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import library
from ..models import Photo
from .base import demand
from .blocks import lines
from .meanwhile import MeanwhileForm, lock, tell_what_stays

AT_ONCE = 50  # files of one request, and photos on the page of words
WORDS = ("title", "caption", "credit", "alt")


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `added`, `twin` (it was here already) or `refused`, and why."""

    name: str
    outcome: str
    told: str
    id: int | None = None
    url: str = ""
    thumb: str = ""


class ManyAtOnce:
    """For the admin of photos: the two pages and what they do."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("many/", wrap(self.many_view), name="articles_photo_many"),
            path("words/", wrap(self.words_view), name="articles_photo_words"),
        ]
        return [*own, *super().get_urls()]

    # Taking them

    def many_view(self, request):
        """All files of a plain form in one request, or one file a request for who asks for JSON."""
        demand(self.has_add_permission(request))
        files = request.FILES.getlist("files") if request.method == "POST" else []
        outcomes = [self._take(request, uploaded) for uploaded in files[:AT_ONCE]]
        outcomes += [
            Outcome(uploaded.name, "refused", _("At most %(n)s files at once.") % {"n": AT_ONCE})
            for uploaded in files[AT_ONCE:]
        ]
        if request.accepts("application/json") and not request.accepts("text/html"):
            status = 200 if files else 400
            return JsonResponse({"files": [asdict(one) for one in outcomes]}, status=status)
        added = [str(one.id) for one in outcomes if one.outcome == "added"]
        context = {"outcomes": outcomes, "added": ",".join(added), "at_once": AT_ONCE}
        return self._page(request, "many", _("Add many photos"), context)

    def _take(self, request, uploaded) -> Outcome:
        """By the same form, and so by the same checks, as a single one."""
        form = self.get_form(request)({"ppoi": "0.5x0.5"}, {"image": uploaded})
        if form.is_valid():
            with transaction.atomic():
                photo = form.save(commit=False)
                self.save_model(request, photo, form, change=False)
                self.log_addition(request, photo, [{"added": {}}])
            return self._told(uploaded, "added", _("Added: %s") % photo.title, photo)
        twin = form.digest and library.twin(Photo, form.digest)
        if twin:
            told = _("Already in the library: %s") % twin.title
            return self._told(uploaded, "twin", told, twin)
        errors = [str(error) for found in form.errors.values() for error in found]
        return Outcome(uploaded.name, "refused", " ".join(errors))

    def _told(self, uploaded, outcome, told, photo):
        url = reverse(f"{self.admin_site.name}:articles_photo_change", args=[photo.pk])
        return Outcome(uploaded.name, outcome, told, photo.pk, url, photo.image.thumb)

    # Their words

    def words_view(self, request):
        """Title, caption, credit and alternative text of several, one below the other."""
        demand(self.has_change_permission(request))
        keys = [int(key) for key in request.GET.get("ids", "").split(",") if _is_key(key)]
        photos = Photo.objects.filter(pk__in=keys[:AT_ONCE]).order_by("pk")
        with transaction.atomic():
            if request.method == "POST":
                lock(Photo, keys[:AT_ONCE])
            formset = FORMSET(request.POST or None, queryset=photos)
            if request.method == "POST" and formset.is_valid():
                self._store(request, formset)
                url = reverse(f"{self.admin_site.name}:articles_photo_changelist")
                return HttpResponseRedirect(url)
        return self._page(request, "words", _("Words of the new photos"), {"formset": formset})

    def _store(self, request, formset):
        formset.save(commit=False)  # only what the page has shown: never another photo
        tell_what_stays(self, request, formset)
        for photo, fields in formset.changed_objects:
            library.save(photo)
            self.log_change(request, photo, [{"changed": {"fields": fields}}])
        told = ngettext("%(n)s photo saved.", "%(n)s photos saved.", len(formset.changed_objects))
        self.message_user(request, told % {"n": len(formset.changed_objects)}, messages.SUCCESS)

    def _page(self, request, name, title, context):
        shared = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
            "may_change": self.has_change_permission(request),
        }
        template = f"admin/articles/photo/{name}.html"
        return TemplateResponse(request, template, {**shared, **context})


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19  # a big integer's digits


FORMSET = modelformset_factory(
    Photo,
    form=MeanwhileForm,
    fields=WORDS,
    extra=0,
    edit_only=True,
    max_num=AT_ONCE,
    absolute_max=AT_ONCE,
    widgets={name: lines(2 if name == "caption" else 1) for name in WORDS},
)
