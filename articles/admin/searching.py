"""The search boxes of lists and pickers: they ask the index, together with the list's filters."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import search
from ..search import SHELF


class Searched:
    """For a ModelAdmin whose texts are indexed. Best matches first, unless a column is chosen."""

    found_by = "id"  # the column that the index refers to
    search_help_text = _("Words, or the beginning of the last one; “words in a row”; -without.")

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        query = search.read(search_term, typing=True, **self._asked())
        keys = search.ranked(queryset, query, self.found_by)
        if ORDER_VAR in request.GET:
            return queryset.filter(pk__in=keys), False
        return search.Ranked(queryset, keys), False

    def _asked(self):
        """How the desk asks the index: for what it alone may find, on the shelf of this model."""
        shelf = SHELF.get(self.model)
        return {"desk": True, "marks": [(shelf,)] if shelf else []}

    def changelist_view(self, request, extra_context=None):
        """Where nothing is found: what may have been meant, in the stories that are theirs."""
        response = super().changelist_view(request, extra_context)
        listed = getattr(response, "context_data", {}).get("cl")
        if listed and listed.query and not listed.result_list:
            self._tell_what_was_meant(request, listed)
        return response

    def _tell_what_was_meant(self, request, listed):
        rows, options = self.get_queryset(request), self._asked()
        meant, _fewer = search.spelling.meant(rows, listed.query, self.found_by, **options)
        if meant:
            address = listed.get_query_string({SEARCH_VAR: meant}, [PAGE_VAR])
            link = format_html('<a href="{}">{}</a>', address, meant)
            self.message_user(request, format_html(_("Did you mean {}?"), link))


class SearchedByAddress(Searched):
    """Stories are found by the address somebody has pasted, too."""

    def get_search_results(self, request, queryset, search_term):
        pasted = search_term.strip()
        if pasted.startswith(("/", "http://", "https://")):
            return queryset.filter(path=_path_of(pasted)), False
        return super().get_search_results(request, queryset, search_term)


def _path_of(address):
    try:
        return unquote(urlsplit(address).path).replace("\0", "")
    except ValueError:
        return address
