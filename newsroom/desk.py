"""The newsroom's door: Django's admin site, careful about what is typed into addresses."""

from __future__ import annotations

import re

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UsernameField
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.urls import path, reverse
from django.utils.http import urlencode

from newsroom.accounts import second_factor
from newsroom.accounts.pages import SecondFactorView

# What the filters of Django's lists put behind the name of a column.
KINDS = re.compile(r"(__(id|pk))?(__(exact|isnull|gte|lt|year|month|day))?")

LONGEST = 200  # characters of a search


class Careful:
    """For a ModelAdmin: its list can be narrowed by what it offers, and by nothing else.

    Django lets an address ask for any column and any pattern: a broken pattern is an error in
    the database, and a right one tells, letter by letter, what the list does not show.
    """

    def lookup_allowed(self, lookup, value, request=None):
        offered = [*map(_name_of, self.list_filter), self.date_hierarchy or ""]
        fits = any(
            KINDS.fullmatch(lookup.removeprefix(name))
            for name in filter(None, offered)
            if lookup.startswith(name)
        )
        return fits and super().lookup_allowed(lookup, value, request)

    def log_deletions(self, request, queryset):
        """One by one: of rows that are logged together no signal tells."""
        return [
            entry
            for row in queryset
            for entry in super(Careful, self).log_deletions(request, [row])
        ]

    def changelist_view(self, request, extra_context=None):
        # PostgreSQL refuses NUL in any text, and would only do so while the page is written.
        if holds_nul(request.GET):
            return HttpResponseRedirect(f"{request.path}?e=1")
        return super().changelist_view(request, extra_context=extra_context)

    def get_search_results(self, request, queryset, search_term):
        """Each word is a condition for each column: some hundred are more than databases take."""
        return super().get_search_results(
            request, queryset, search_term.replace("\0", "")[:LONGEST]
        )


def holds_nul(parameters) -> bool:
    return any("\0" in text for name, values in parameters.lists() for text in (name, *values))


def _name_of(found):
    """What one of `list_filter` calls itself in an address."""
    if isinstance(found, (list, tuple)):
        return found[0]
    return found if isinstance(found, str) else getattr(found, "parameter_name", "")


class LogInForm(AdminAuthenticationForm):
    """A name longer than any name: the table of failures would have no room for it."""

    username = UsernameField(max_length=150, widget=forms.TextInput(attrs={"autofocus": True}))


class Desk(admin.AdminSite):
    """All lists are careful, those of other apps too."""

    login_form = LogInForm

    def login(self, request, extra_context=None):
        # Of a failure all this is written down.
        if holds_nul(request.GET) or any("\0" in told for told in request.headers.values()):
            return HttpResponseBadRequest()
        if request.method == "GET" and self._is_half_in(request):
            onward = urlencode({"next": request.GET.get("next") or reverse(f"{self.name}:index")})
            return HttpResponseRedirect(f"{reverse(f'{self.name}:second_factor')}?{onward}")
        return super().login(request, extra_context)

    def has_permission(self, request):
        """Every page of the desk asks this; without the second factor it leads to the log-in,
        and that to the page that asks for it. Logging out needs none."""
        if not super().has_permission(request):
            return False
        leaving = request.path == reverse(f"{self.name}:logout")
        return leaving or not second_factor.is_missing(request)

    def _is_half_in(self, request):
        return super().has_permission(request) and second_factor.is_missing(request)

    def register(self, model_or_iterable, admin_class=None, **options):
        found = admin_class or admin.ModelAdmin
        careful = type(found.__name__, (Careful, found), {"__module__": found.__module__})
        super().register(model_or_iterable, careful, **options)

    def get_urls(self):
        where = "r/<path:content_type_id>/<path:object_id>/"
        view = self.admin_view(self.view_on_site)
        ask = SecondFactorView.as_view(site=self)
        return [
            path(where, view, name="view_on_site"),
            path("second-factor/", ask, name="second_factor"),
            *super().get_urls(),
        ]

    def view_on_site(
        self, request: HttpRequest, content_type_id: str, object_id: str
    ) -> HttpResponse:
        """As Django's, for those who may see the row: its address may be a headline."""
        try:
            model = ContentType.objects.get(pk=content_type_id).model_class()
            found = self.get_model_admin(model)
        except (ContentType.DoesNotExist, admin.exceptions.NotRegistered, ValueError) as error:
            raise Http404 from error
        if not found.has_view_permission(request):
            raise PermissionDenied
        if found.get_object(request, object_id) is None:
            raise Http404
        return shortcut(request, content_type_id, object_id)
