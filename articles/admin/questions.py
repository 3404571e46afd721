"""The page that asks which of two texts shall stand: one question a conflict."""

from __future__ import annotations

import re
from html import unescape

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .. import labels, prose
from ..merge import Conflict, merge, nothing
from ..story import StoryError
from .blocks import lines
from .differences import marked, told

OURS, THEIRS, BOTH = "ours", "theirs", "both"
# Words that can be written anew here. Others are chosen, and changed in the form of the story.
WRITTEN = frozenset({"headline", "standfirst", "byline", "dateline", "slugline", "rights"})
SPOKEN = frozenset({"title", "text", "credit", "alt", "cite"})
JOINED = frozenset({"standfirst", "rights"}) | SPOKEN  # two of them can stand as one
_plain = re.compile(r"<p>([^<>]*)</p>")


class Question:
    """One conflict as a person reads it, and as two boxes hold it."""

    def __init__(self, number: int, conflict: Conflict):
        self.conflict, self.prefix = conflict, f"c{number}"
        value = labels.value_of(conflict)
        self.label = labels.label_of(conflict.place, value)
        self.part = conflict.place.rpartition(".")[2]
        self.is_item = self.part.isdecimal()  # of the body or of a list: there may be two

    @property
    def base(self):
        return told(self.conflict.base)

    @property
    def ours(self):
        return self._marked(self.conflict.ours)

    @property
    def theirs(self):
        return self._marked(self.conflict.theirs)

    def _marked(self, value):
        return "" if value is None else marked(self.base, told(value))

    @property
    def is_written(self):
        """Whether both are plain words, to be written anew."""
        named = self.conflict.place in WRITTEN or self.part in SPOKEN or self.is_item
        field = self.conflict.field
        return named and field not in ("categories", "tags") and all(map(_is_plain, self.sides))

    @property
    def sides(self):
        return self.conflict.ours, self.conflict.theirs

    @property
    def choices(self):
        """Both of them where both are there, and can be."""
        found = [(OURS, OURS), (THEIRS, THEIRS)]
        both = self.is_item or self.conflict.place in JOINED or self.part in SPOKEN
        return [*found, (BOTH, BOTH)] if both and None not in self.sides else found

    def field(self, side):
        value = self.conflict.ours if side == OURS else self.conflict.theirs
        return forms.CharField(required=False, initial=_words(value), widget=lines(2), strip=True)

    def answer(self, choice, written):
        """What shall stand there. `written`: side → what is in its box."""
        values = [
            self._written(side, value, written)
            for side, value in zip((OURS, THEIRS), self.sides, strict=True)
            if choice in (side, BOTH) and value is not None
        ]
        values = [value for value in values if value is not None]
        if choice == BOTH and not self.is_item:
            return (" ".join(values),)
        return tuple(values)

    def _written(self, side, value, written):
        if side not in written or written[side] == _words(value):
            return value
        words = prose.line(written[side])
        if isinstance(value, str) and value.startswith("<p>"):
            return prose.paragraphs([words]) or None
        return words if words or not self.is_item else None


def _is_plain(value):
    return isinstance(value, str) and not (value.startswith("<") and not _plain.fullmatch(value))


def _words(value):
    found = _plain.fullmatch(value)
    return unescape(found[1]) if found else value


class MergeForm(forms.Form):
    """`kept` says what it would change, `against` is the revision it is shown beside."""

    def __init__(self, data=None, *, kept, against):
        super().__init__(data)
        self.kept, self.against = kept, against
        self.base = kept.base.story if kept.base else nothing(kept.story)
        self.merged = merge(self.base, kept.story, against.story)
        self.questions = [Question(n, c) for n, c in enumerate(self.merged.conflicts)]
        for question in self.questions:
            self.fields[f"{question.prefix}-choice"] = forms.ChoiceField(
                choices=question.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose which shall stand.")},
            )
            for side in (OURS, THEIRS) if question.is_written else ():
                self.fields[f"{question.prefix}-{side}"] = question.field(side)

    def name_sides(self, ours, theirs):
        """What the page calls them."""
        self.whose_ours, self.whose_theirs = ours, theirs

    def asked(self):
        """Each question with its fields, for the page."""
        for question in self.questions:
            choice = self[f"{question.prefix}-choice"]
            boxes = [
                self[name] if (name := f"{question.prefix}-{side}") in self.fields else ""
                for side in (OURS, THEIRS)
            ]
            yield question, choice, *boxes

    def clean(self):
        super().clean()
        if self.errors:
            return self.cleaned_data
        decided = {q.conflict.place: self._answer(q) for q in self.questions}
        if decided.get("headline") == ("",):
            raise ValidationError(_("The story needs a headline."))
        try:
            self.story = merge(self.base, self.kept.story, self.against.story, decided).story
        except StoryError as error:
            raise ValidationError(str(error)) from error
        return self.cleaned_data

    def _answer(self, question):
        names = {side: f"{question.prefix}-{side}" for side in (OURS, THEIRS)}
        written = {
            side: self.cleaned_data[name] for side, name in names.items() if name in self.fields
        }
        return question.answer(self.cleaned_data[f"{question.prefix}-choice"], written)
