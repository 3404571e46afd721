"""Whose a story is, at the desk: nobody gets at what is not theirs, and deleting is a bin."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .. import custody, scope
from .base import Guarded
from .rows import PlacedFormSet


class FilingFormSet(PlacedFormSet):
    """The categories of a story, in order; the first must be one of the desks of `user`."""

    user = None

    def clean(self):
        super().clean()
        first = next((form.cleaned_data.get("category") for form in self.staying), None)
        if self.user and scope.has_desk(self.user) and not self._may_stand(first):
            told = _("The first category must be one of your desk: %s is not.")
            raise ValidationError(told % (f"“{first}”" if first else _("none")))

    def _may_stand(self, first):
        """What stands there already may stay: the story may be another desk's, and assigned."""
        rows = self.stored.values()
        before = min(rows, key=lambda row: (row.position, row.pk)).category_id if rows else None
        if before == (first and first.pk):
            return True
        if first is None:
            return self.instance._state.adding or self.instance.created_by_id == self.user.pk
        return scope.may_file(self.user, first)


class Custody(Guarded):
    """For the admin of stories. All of its pages look a story up by `get_queryset`."""

    def get_queryset(self, request):
        return scope.stories_of(request.user, super().get_queryset(request).kept())

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        for formset in formsets:
            if isinstance(formset, FilingFormSet):
                formset.user = request.user
        return formsets, inlines

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or scope.may_change(request.user, obj))

    # The bin

    def get_deleted_objects(self, objs, request):
        """Nothing goes: the story is kept with everything."""
        return [], {}, set(), []

    def delete_model(self, request, obj):
        custody.throw_away(obj, by=request.user)

    def response_delete(self, request, obj_display, obj_id):
        response = super().response_delete(request, obj_display, obj_id)
        told = messages.get_messages(request)
        told.used = True  # Django's own says that it is deleted
        list(told)
        self.message_user(request, _("“%s” is in the bin.") % obj_display, messages.SUCCESS)
        return response
