"""Where a story is filed: its categories, tags and authors, in the form beside the text."""

from __future__ import annotations

from django.contrib.admin import StackedInline
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from .. import filing
from ..models import Byline, Filing, Tagging
from .custody import FilingFormSet
from .rows import PlacedFormSet, RowForm, RowInline


class FilingForm(RowForm):
    """Words, and the row they stand for. `key` is its column, `label` where its words are."""

    carried = ("words",)
    keys = ("category",)
    label = "words"

    def pick(self, name, chosen):
        if chosen:
            self.instance.words = getattr(chosen, self.label)
        else:
            self.add_error(name, _("Choose another, or remove this line."))

    @property
    def is_empty(self):
        return not self.cleaned_data.get(self.keys[0]) and not self.instance.words

    @property
    def unknown(self):
        """The words, while nothing here is known by them."""
        return "" if getattr(self.instance, f"{self.keys[0]}_id") else self.instance.words


class NamedForm(FilingForm):
    """The same for what may be typed in: it is made when the story is saved."""

    label = "name"

    def row(self):
        key = self.keys[0]
        chosen = self.cleaned_data.get(key)
        if chosen and not chosen.pk:
            found = filing.named(type(chosen), {chosen.name})[chosen.name]
            setattr(self.instance, key, found)
            self.instance.words = found.name
        return super().row()

    def save(self, commit=True):
        self.row()
        return super().save(commit)


class TaggingForm(NamedForm):
    keys = ("tag",)


class BylineForm(NamedForm):
    keys = ("author",)

    def clean(self):
        super().clean()
        if self.is_empty and self.cleaned_data.get("role"):
            self.add_error("author", _("Whose role is this?"))
        return self.cleaned_data


class SideInline(RowInline, StackedInline):
    formset = PlacedFormSet
    template = "admin/articles/article/rows.html"

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": [*self.fields, "position", "kept"]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "position":
            return db_field.formfield(required=False, initial=None, widget=HiddenInput)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class FilingInline(SideInline):
    model = Filing
    name = "filing"
    form = FilingForm
    formset = FilingFormSet
    fields = ("category",)


class TaggingInline(SideInline):
    model = Tagging
    name = "tagging"
    form = TaggingForm
    fields = ("tag",)
    may_be_new = ("tag",)


class BylineInline(SideInline):
    model = Byline
    name = "byline"
    form = BylineForm
    fields = ("author", "role")
    may_be_new = ("author",)


SIDE = (FilingInline, TaggingInline, BylineInline)
