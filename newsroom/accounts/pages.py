"""The pages of the desk that ask for the second factor, and set it up."""

from __future__ import annotations

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from . import second_factor


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


@method_decorator(never_cache, "dispatch")
class SecondFactorView(View):
    """Asks, of somebody who has set it up; else, or once it was shown, sets it up anew."""

    site = None  # the admin's

    def dispatch(self, request):
        user = request.user
        if not (user.is_active and user.is_staff):
            return HttpResponseRedirect(reverse(f"{self.site.name}:login"))
        self.asks = second_factor.is_set_up(user) and not user.is_verified()
        return super().dispatch(request)

    def get(self, request):
        return self.show(CodeForm())

    def post(self, request):
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        return (self.ask if self.asks else self.set_up)(form)

    def ask(self, form):
        if second_factor.accept(self.request, form.cleaned_data["code"]):
            return HttpResponseRedirect(self.next())
        form.add_error("code", _("This is not right, or it comes too soon after a wrong one."))
        return self.show(form)

    def set_up(self, form):
        codes = second_factor.set_up(self.request, form.cleaned_data["code"].replace(" ", ""))
        if codes is None:
            form.add_error("code", _("The phone shows another code. Try the next one."))
            return self.show(form)
        note(self.request.user, self.request.user, "Second factor set up.")
        return self.show(form, codes=codes, next=self.next())

    def show(self, form, **more):
        context = {**self.site.each_context(self.request), "form": form, "asks": self.asks, **more}
        context |= {"title": _("Second factor"), "is_nav_sidebar_enabled": False}
        if not self.asks and "codes" not in more:
            key = second_factor.new_key(self.request.session)
            picture = second_factor.picture_of(self.request.user, key)
            context |= {
                "letters": second_factor.as_letters(key),
                "picture": mark_safe(picture),  # noqa: S308  squares, drawn by segno
            }
        return TemplateResponse(self.request, "admin/second_factor.html", context)

    def next(self):
        told = self.request.GET.get("next", "")
        here = url_has_allowed_host_and_scheme(
            told, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return told if here else reverse(f"{self.site.name}:index")


def note(by, user, what: str) -> None:
    """Into the record of what was done at the desk."""
    LogEntry.objects.log_actions(by.pk, [user], CHANGE, what, single_object=True)
