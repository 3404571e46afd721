"""The search boxes of lists and pickers: they ask the index, together with the list's filters."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.contrib.admin.views.main import ORDER_VAR
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
        shelf = SHELF.get(self.model)
        marks = [(shelf,)] if shelf else []
        query = search.read(search_term, typing=True, desk=True, marks=marks)
        keys = search.ranked(queryset, query, self.found_by)
        if ORDER_VAR in request.GET:
            return queryset.filter(pk__in=keys), False
        return search.Ranked(queryset, keys), False


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
