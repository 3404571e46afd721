"""The rows of a story in its form: blocks, categories, tags, authors.

A posted form is the whole story. Rows it names are changed, rows it names that are gone are
made again, rows it does not name are deleted. Where somebody else saved meanwhile nothing of it
is stored as it is: `rows` are what is merged with theirs, see `merging`.
"""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.utils.functional import cached_property

from .. import prose, scope
from ..models import Article
from .fields import Kept, Picked, PickedOrNew, PickedSelect, is_key


class WordsForm(forms.ModelForm):
    """Plain text in its one spelling; what differs only in that stays as it was."""

    def _clean_fields(self):
        super()._clean_fields()
        for name in self.untouched & set(self.errors):
            del self._errors[name]
            self.cleaned_data[name] = self.initial[name]

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | self.untouched

    @property
    def untouched(self):
        """The fields of a stored row that came back as they were: what an import brought may be
        more than a form takes, and is no reason to refuse what was really written."""
        if self.instance._state.adding:
            return set()
        plain = {n for n, f in self.fields.items() if not isinstance(f, (Picked, Kept))}
        return (plain & set(self.initial)) - set(self.changed_data)

    def clean(self):
        super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and name in self.plain_text:
                before = self.initial.get(name)
                value = prose.line(value)
                same = isinstance(before, str) and prose.line(before) == value
                self.cleaned_data[name] = before if same else value
        return self.cleaned_data

    @cached_property
    def plain_text(self):
        columns = {field.name for field in self._meta.model._meta.get_fields()}
        return columns - {"html"}


class RowForm(WordsForm):
    """One row. `kept` carries the columns that nobody edits and the keys as they were shown."""

    kept = Kept()
    carried: tuple[str, ...] = ()  # columns that are not in the form
    keys: tuple[str, ...] = ()  # columns that name a row elsewhere

    moved = False  # it stands in another place than it did

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.carried_before = self._carried()
        keys = {name: getattr(self.instance, f"{name}_id") for name in self.keys}
        self.initial["kept"] = {**self.carried_before, **keys}

    def _carried(self):
        values = {name: getattr(self.instance, name) for name in self.carried}
        # In full: the encoder of Django cuts a moment to milliseconds, which would be an edit.
        return {n: v.isoformat() if isinstance(v, datetime) else v for n, v in values.items()}

    def clean(self):
        super().clean()
        self._validate_constraints = False  # each costs a query a row; no form can break them
        before = self.cleaned_data.get("kept") or self.initial["kept"]
        for name in self.carried:
            column = self._meta.model._meta.get_field(name)
            setattr(self.instance, name, column.to_python(before.get(name)))
        for name in self.keys:
            if name in self.cleaned_data:
                chosen = self.cleaned_data[name]
                if (chosen and chosen.pk) != before.get(name) or (chosen and not chosen.pk):
                    self.pick(name, chosen)
        return self.cleaned_data

    def pick(self, name, chosen):
        """Another row was chosen than the one shown: take its words. None: none is."""

    def row(self):
        """The row as a valid form says it, unsaved."""
        return self.instance

    @property
    def is_to_be_written(self):
        return self.has_changed() or self.moved or self._carried() != self.carried_before

    @property
    def is_empty(self):
        """Nothing in it that anybody could read."""
        return False

    def fill(self, **words):
        """Words for fields that were left empty."""
        for name, value in words.items():
            if not self.cleaned_data.get(name):
                self.cleaned_data[name] = value


class ThisParent(InlineForeignKeyField):
    """The row is one of this parent's whatever the form says: that may be gone and made again."""

    def clean(self, value):
        return self.parent_instance


class RowFormSet(BaseInlineFormSet):
    """All rows of one kind. See the module for what `save` does."""

    name = ""  # of the fields in the form, before their number

    @classmethod
    def get_default_prefix(cls):
        return cls.name or super().get_default_prefix()

    @cached_property
    def stored(self):
        return {row.pk: row for row in super().get_queryset()}

    def get_queryset(self):
        """The stored rows; once bound, a row for each form, also for one that is gone since.

        Admin shows the forms side by side with these, and would leave out what has no row.
        """
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

    def _existing_object(self, pk):
        return self.stored.get(pk)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        for name in form.keys:
            if name in form.fields:
                form.fields[name].know(self.known[name])
        return form

    @cached_property
    def known(self):
        """For each key, the rows it has in any form: asked for once, not once a form."""
        found = {name: {} for name in self.form.keys}
        for name, rows in found.items():
            for row in self.stored.values():
                if row_named := getattr(row, name):
                    rows[str(row_named.pk)] = row_named
            missing = {int(pk) for pk in self._posted(name) if is_key(pk) and pk not in rows}
            if missing:
                offered = self.form.base_fields[name].queryset.filter(pk__in=missing)
                rows.update((str(row.pk), row) for row in offered)
        return found

    def _posted(self, name):
        if not self.is_bound:
            return []
        numbers = range(self.total_form_count())
        return [self.data.get(f"{self.add_prefix(number)}-{name}", "") for number in numbers]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # Django would look each key up on its own, and refuse the form when a row is gone.
        form.fields[self._pk_field.name] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=form.instance.pk
        )
        form.fields[self.fk.name] = ThisParent(self.instance)

    @property
    def staying(self):
        """The forms whose row is to be there after the save."""
        doomed = set(self.deleted_forms)
        filled = [f for f in self.initial_forms if not (f.is_empty and f.has_changed())]
        filled += [f for f in self.extra_forms if f.has_changed() and not f.is_empty]
        return [form for form in filled if form not in doomed]

    def rows(self):
        """The rows as the forms say, unsaved."""
        return [form.row() for form in self.staying]

    def save(self, commit=True):
        """Store the rows as the forms say. Returns those that were written."""
        staying = self.staying
        there = {form.instance.pk for form in staying}
        self.deleted_objects = [row for pk, row in self.stored.items() if pk not in there]
        for row in self.deleted_objects:
            row.delete()
        self.new_objects, self.changed_objects = [], []
        for form in staying:
            self.save_form(form)
        return [*self.new_objects, *(row for row, _ in self.changed_objects)]

    def save_form(self, form):
        if form.instance.pk is None:
            self.new_objects.append(self.save_new(form))
        elif form.is_to_be_written:
            self.changed_objects.append(
                (self.save_existing(form, form.instance), form.changed_data)
            )


class PlacedFormSet(RowFormSet):
    """Rows whose order is a column: that of their numbers in the form, new ones last."""

    @property
    def staying(self):
        return sorted(super().staying, key=_number)

    def rows(self):
        rows = super().rows()
        for number, row in enumerate(rows):
            row.position = number
        return rows

    def save(self, commit=True):
        forms = self.staying
        places = [form.initial.get("position") if form.instance.pk else None for form in forms]
        places += [None] * any(form.instance.position is None for form in forms)
        if None in places or places != sorted(places):
            for number, form in enumerate(forms):
                form.instance.position, form.moved = number, True
        return super().save(commit)


def _number(form):
    number = form.cleaned_data.get("position")
    return float("inf") if number is None else number


class RowInline(InlineModelAdmin):
    """What every inline of a story shares. Whoever may change the story may change its parts."""

    form = RowForm
    formset = RowFormSet
    extra = 0
    name = ""
    may_be_new: tuple[str, ...] = ()  # keys that take a name typed in
    may_be_made: tuple[str, ...] = ()  # keys whose row can be added in a window of its own

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.name = self.name
        return formset

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.form.keys)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        new = db_field.name in self.may_be_new and self._may_add(db_field, request)
        kwargs["form_class"] = PickedOrNew if new else Picked
        kwargs["widget"] = PickedSelect(db_field, self.admin_site, new=new)
        if db_field.related_model is Article:
            kwargs["queryset"] = scope.pickable(request.user, Article.objects.kept())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Of the links beside a picker only "add" and "look at it" serve a story."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, Picked):
            field.widget.can_change_related = field.widget.can_delete_related = False
            field.widget.can_add_related &= db_field.name in self.may_be_made
        return field

    def _may_add(self, db_field, request):
        model = db_field.remote_field.model._meta
        return request.user.has_perm(f"{model.app_label}.add_{model.model_name}")

    def _may_edit(self, request, article):
        if article and article.pk and not scope.may_change(request.user, article):
            return False
        return request.user.has_perm("articles.change_article") or request.user.has_perm(
            "articles.add_article"
        )

    def has_view_permission(self, request, obj=None):
        return self._may_edit(request, obj) or request.user.has_perm("articles.view_article")

    def has_add_permission(self, request, obj=None):
        return self._may_edit(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._may_edit(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_edit(request, obj)
