"""What several of the desk's pages share."""

from __future__ import annotations

from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from js_asset import Media


class NonceMedia:
    """Give the scripts of a page the nonce its Content-Security-Policy asks for.

    The editor's import map stands inline; without a nonce the whole editor stays dead.
    """

    def render_change_form(self, request, context, **kwargs):
        response = super().render_change_form(request, context, **kwargs)
        if hasattr(request, "csp_nonce"):  # made, and put into the policy, when it is read
            media = response.context_data["media"]
            response.context_data["media"] = Media.from_media(media, nonce=str(request.csp_nonce))
        return response


class UncountedPage(Page):
    """A page that knows whether there is a next one, and not how many there are."""

    def __init__(self, rows, number, paginator, more):
        super().__init__(rows, number, paginator)
        self.more = more

    def has_next(self):
        return self.more

    def end_index(self):
        return self.start_index() + len(self.object_list) - 1


class UncountedPaginator(Paginator):
    """Reads one row more than a page holds instead of counting a table of any size."""

    deepest = 100  # pages: further down a filter is the way, and OFFSET would get slow

    def page(self, number):
        number = min(max(int(number), 1), self.deepest)
        first = (number - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        more = len(rows) > self.per_page and number < self.deepest
        return UncountedPage(rows[: self.per_page], number, self, more)

    @cached_property
    def count(self):
        """What Django asks before it makes a page: there is always one more."""
        return self.deepest * self.per_page

    def get_elided_page_range(self, *args, **kwargs):
        return []


class UncountedList(ChangeList):
    """Django's own counts the rows before it reads a page of them."""

    def get_results(self, request):
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.page = self.paginator.page(self.page_num)
        self.page_num = self.page.number
        self.result_list = self.page.object_list
        self.result_count = self.full_result_count = len(self.result_list)
        self.show_full_result_count = self.show_admin_actions = self.can_show_all = False
        self.multi_page = self.page.has_other_pages()

    @property
    def newer(self):
        return self._page(-1) if self.page.has_previous() else ""

    @property
    def older(self):
        return self._page(1) if self.page.has_next() else ""

    def _page(self, step):
        return self.get_query_string({PAGE_VAR: self.page_num + step})


class Careful:
    """A list that never counts. What an address may ask of it, `newsroom.desk` decides."""

    paginator = UncountedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER  # each is a count of the table
    list_per_page = 50

    def get_changelist(self, request, **kwargs):
        return UncountedList


class Guarded:
    """Whoever may look at none of these rows is told so, and not which there are."""

    def get_object(self, request, object_id, from_field=None):
        demand(self.has_view_or_change_permission(request))
        return super().get_object(request, object_id, from_field)


class ReadOnly(Guarded, Careful):
    """To be looked at: what is in it was said once and is not changed."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def demand(allowed: bool) -> None:
    """403 unless allowed."""
    if not allowed:
        raise PermissionDenied


def is_popup(request) -> bool:
    return IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET
