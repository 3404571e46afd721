"""The form of a story: its own columns, and the token that says when it was opened."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import Article
from .blocks import lines
from .fields import Carried, Lines, Moment
from .rows import WordsForm
from .stale import is_stale, refuse_redacted

ONE_LINE = forms.TextInput(attrs={"class": "words", "dir": "auto"})


class ArticleForm(WordsForm):
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    # The name of the browser's own copy of what is not saved yet, see `unsaved`.
    local_copy = Carried()
    key_points = Lines(
        label=_("Key points"),
        required=False,
        widget=lines(3),
        help_text=_("One a line: what a reader in a hurry should know."),
    )
    embargoed_until = Moment(label=_("Embargoed until"), required=False)

    is_stale = False  # somebody saved after it was opened: it is merged with what they saved

    class Meta:
        model = Article
        fields = ()
        widgets = {
            "headline": lines(1),
            "standfirst": lines(2),
            "rights": lines(2),
            "byline": ONE_LINE,
            "dateline": ONE_LINE,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["opened"] = str(self.instance.head_id or "")
        if "headline" in self.fields:  # not in the form of somebody who may only look
            self.fields["headline"].required = True
            self.fields["embargoed_until"].before = self.instance.embargoed_until
            self.fields["pubstatus"].choices = self._statuses()

    @property
    def is_restored(self):
        """It came out of the browser's own copy, to be looked at and not to be saved."""
        return "_restore" in self.data

    def _statuses(self):
        """Taking a story down is an act of its own, not a choice in a list."""
        told = {"usable": _("yes"), "withheld": _("not yet"), "canceled": _("no, it was recalled")}
        now = self.instance.pubstatus
        return [(value, told[value]) for value in told if value != "canceled" or value == now]

    def clean(self):
        super().clean()
        before = self.initial.get("key_points")
        if "key_points" in self.cleaned_data and "key_points" not in self.changed_data:
            self.cleaned_data["key_points"] = before or []
        opened = self.cleaned_data.get("opened") or ""
        self.is_stale = bool(self.instance.pk) and is_stale(self.instance, opened)
        if self.is_stale:
            refuse_redacted(self.instance, opened)  # a merge would bring the words back
        if self.is_restored:  # shown as every form that cannot be saved yet
            self.add_error(None, ValidationError("", code="restored"))
        return self.cleaned_data
