"""What others saved meanwhile: two who have one form open overwrite nothing of each other.

For every form of one row but the story's, see `merging`, and a front's. A form carries digests of
its fields as they were when it was opened. In a save, a field that this editor left alone stays
what is stored now. One that both have changed is an error that shows what the other wrote: sent
again it is as typed, or the other's where the box beside it is ticked.
"""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .. import locks
from ..publishing import told_moment
from .fields import Carried

AS_OPENED, THEIRS = "as_opened", "theirs"  # fields of a form: the digests, and the boxes ticked
AT = "@"  # among the digests: when it was opened, in seconds


class MeanwhileForm(forms.ModelForm):
    """A form of one row. `stays`: fields that others changed and this editor did not.

    One that comes without its digests changes nothing before it was shown again.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stays: list[str] = []
        if self.fields and not self.instance._state.adding:
            self.fields[AS_OPENED] = Carried()
            now = {name: digest(self.initial[name]) for name in self._compared()}
            self.initial[AS_OPENED] = _written({AT: str(int(time.time())), **now})

    def _compared(self):
        """A file is what it is: another one in its place is refused elsewhere."""
        return [
            name
            for name, field in self.fields.items()
            if name in self.initial and name != AS_OPENED and not isinstance(field, forms.FileField)
        ]

    def clean(self):
        super().clean()
        if AS_OPENED in self.fields:
            self._meet(_read(self.cleaned_data.pop(AS_OPENED, "")))
        return self.cleaned_data

    def _meet(self, opened):
        at = opened.get(AT, "")
        self.opened_at = int(at) if at.isdecimal() and len(at) < 11 else 0
        chosen = self.data.getlist(self.add_prefix(THEIRS))
        for name in self._compared():
            if name not in self.cleaned_data:
                continue  # there is something wrong with it, and it is shown as it was typed
            mine, now = digest(self.cleaned_data[name]), digest(self.initial[name])
            seen = opened.get(name) == now
            opened_with, opened[name] = opened.get(name), now
            if mine == now or (seen and name not in chosen):
                continue
            if seen or mine == opened_with:
                self._leave(name)
            else:
                self.add_error(name, self._theirs(name))
        self.fields[AS_OPENED].bound_data = lambda data, initial: _written(opened)

    def _leave(self, name):
        """As it is stored, in the form too if that has to be shown again."""
        self.fields[name].bound_data = lambda data, initial: initial
        now = getattr(self.instance, name)
        self.cleaned_data[name] = now.all() if isinstance(now, models.Manager) else now
        self.stays.append(name)
        if name in self.changed_data:
            self.changed_data.remove(name)

    def _theirs(self, name):
        user = self.saved_meanwhile_by()
        who = _("Saved meanwhile by %s:") % user if user else _("Saved meanwhile:")
        box = format_html(
            '<label><input type="checkbox" name="{}" value="{}"> {}</label>',
            self.add_prefix(THEIRS),
            name,
            _("Take this one. Else what stands below is saved when you save again."),
        )
        now = told(getattr(self.instance, name)) or _("(nothing)")
        theirs = format_html('{} <q class="theirs" dir="auto">{}</q> {}', who, now, box)
        return ValidationError(theirs, code="meanwhile")

    def saved_meanwhile_by(self):
        """Who did so last at the desk; None where nobody of the desk did."""
        kind = ContentType.objects.get_for_model(self.instance)
        since = datetime.fromtimestamp(self.opened_at, UTC)
        entry = (
            LogEntry.objects.filter(content_type=kind, object_id=str(self.instance.pk))
            .filter(action_time__gte=since)
            .select_related("user")
            .order_by("-action_time")
            .first()
        )
        return entry and entry.user


class Meanwhile:
    """For the admin of such a form."""

    form = MeanwhileForm

    class Media:
        css = {"all": ["articles/admin/desk.css"]}

    def get_object(self, request, object_id, from_field=None):
        """Locked, and read after that, where something is going to be stored."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not _is_in_transaction():
            return found
        lock(self.model, [found.pk])
        return super().get_object(request, object_id, from_field)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        tell_what_stays(self, request, [form])


def lock(model, keys) -> None:
    """Nobody else stores these rows until the end of this transaction."""
    locks.one_at_a_time()  # before any row, as everybody does who waits for both
    list(
        model._base_manager.select_for_update().filter(pk__in=keys).values_list("pk").order_by("pk")
    )


def tell_what_stays(admin, request, saved) -> None:
    """A notice for each of the forms in which others changed something else. Call it before it is
    in the record that these were saved."""
    for form in saved:
        if form.stays:
            user = form.saved_meanwhile_by()
            told = _("“%(row)s” is saved. What %(who)s saved meanwhile stays: %(what)s.") % {
                "row": form.instance,
                "who": _("you yourself") if user == request.user else user or _("others"),
                "what": ", ".join(str(form.fields[name].label or name) for name in form.stays),
            }
            admin.message_user(request, told, messages.INFO)


def _is_in_transaction():
    return transaction.get_connection().in_atomic_block


def told(value) -> str:
    """What is stored in a column, as an editor reads it."""
    if isinstance(value, models.Manager):
        return ", ".join(str(row) for row in value.all())
    if isinstance(value, datetime):
        return told_moment(value)
    return "" if value is None else str(value)


def digest(value) -> str:
    """Of what is in a field, stored or sent: the same for what an editor sees as the same."""
    if isinstance(value, models.Model):
        value = value.pk
    elif isinstance(value, (list, tuple, models.QuerySet)):
        value = sorted(row.pk for row in value)
    elif isinstance(value, datetime):
        value = value.astimezone(UTC).replace(microsecond=0)
    text = "" if value is None else "\n".join(str(value).splitlines()).strip()
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _written(digests):
    return " ".join(f"{name}:{one}" for name, one in digests.items())


def _read(text):
    """{} where it is missing or was damaged: then nothing counts as seen."""
    return dict(part.split(":", 1) for part in (text or "").split() if ":" in part)
