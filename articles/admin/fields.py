"""Form fields of a story: what was not touched comes back exactly as it was."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from datetime import timezone as dt_timezone

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .. import prose
from ..models import Photo, Video

NEW = "new:"  # what the picker puts before a name that is not in its list
MISSING = _("This does not exist any more. Choose again.")


def is_key(text: str) -> bool:
    """Whether this can be a key: what is longer no database has a row for."""
    return text.isdecimal() and len(text) < 19


def thumb_of(row) -> str:
    """The address of a small picture of it; "" where it has none."""
    photo = row.poster if isinstance(row, Video) else row
    return photo.image.thumb if isinstance(photo, Photo) else ""


class PickedSelect(AutocompleteSelect):
    """A search box. It knows the rows its form shows, so that none is looked up on its own."""

    url_name = "%s:articles_article_pick"
    known: dict[str, object] = {}

    def __init__(self, *args, new=False, **kwargs):
        super().__init__(*args, **kwargs)
        if new:
            self.attrs["data-tags"] = "true"  # select2: what is typed may be a choice of its own

    def optgroups(self, name, value, attrs=None):
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for chosen in value:
            chosen = str(chosen)
            row = chosen.removeprefix(NEW) if chosen.startswith(NEW) else self._row(chosen)
            if row is not None:
                option = self.create_option(name, chosen, str(row), True, len(options))
                option["attrs"] |= {"data-thumb": thumb} if (thumb := thumb_of(row)) else {}
                options.append(option)
        return [(None, options, 0)]

    def _row(self, chosen):
        if is_key(chosen) and chosen not in self.known:
            self.known = {**self.known, chosen: self.choices.queryset.filter(pk=chosen).first()}
        return self.known.get(chosen)


class Picked(forms.ModelChoiceField):
    """A row picked from thousands. `known` (key as text → row) saves asking for each."""

    known: dict[str, object] = {}

    def know(self, rows):
        self.known = rows
        widget = getattr(self.widget, "widget", self.widget)  # admin wraps it in its add link
        widget.known = rows

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if str(value) in self.known:
            return self.known[str(value)]
        return super().to_python(value if is_key(str(value)) else None) or self._refuse()

    def _refuse(self):
        raise ValidationError(MISSING, code="invalid_choice")


class PickedOrNew(Picked):
    """The same, or a name typed in, which comes back as a row that is not stored yet."""

    def to_python(self, value):
        if isinstance(value, str) and value.startswith(NEW):
            return self._named(prose.line(value.removeprefix(NEW)))
        return super().to_python(value)

    def _named(self, name):
        model = self.queryset.model
        longest = model._meta.get_field("name").max_length
        if not name:
            return None
        if len(name) > longest:
            raise ValidationError(_("A name has at most %(n)s characters."), params={"n": longest})
        return model(name=name)

    def validate(self, value):
        if value is None or value.pk:
            super().validate(value)


class Lines(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return value if isinstance(value, str) else "\n".join(value or [])

    def to_python(self, value):
        lines = (prose.line(line) for line in super().to_python(value).splitlines())
        return [line for line in lines if line]

    def has_changed(self, initial, data):
        return self.to_python(data) != [prose.line(line) for line in initial or []]


class Clock(forms.TimeField):
    """A time of day. An offset behind it ("02:30 +01:00") says which of two is meant."""

    def to_python(self, value):
        told = OFFSET.fullmatch(value.strip()) if isinstance(value, str) else None
        if not told:
            return super().to_python(value)
        ahead = timedelta(hours=int(told["hours"]), minutes=int(told["minutes"]))
        zone = dt_timezone(-ahead if told["sign"] in "-−" else ahead)
        found = super().to_python(told["time"])
        return found and found.replace(tzinfo=zone)


OFFSET = re.compile(r"(?P<time>.+?)\s*(?P<sign>[+−-])(?P<hours>[01]\d):?(?P<minutes>[0-5]\d)")


class Moment(forms.SplitDateTimeField):
    """A moment in the newsroom's zone, to the second.

    A time that clocks leave out that night is refused, and one they show twice needs its offset.
    `before` is what the form opened with; typed unchanged it stays exactly that, which such a
    time (or its microseconds) would not survive otherwise.
    """

    widget = AdminSplitDateTime
    before = None

    def __init__(self, **kwargs):
        zone = timezone.get_default_timezone_name()
        told = format_lazy(_("In the time of {zone}."), zone=zone)
        more = kwargs.get("help_text")
        kwargs["help_text"] = format_lazy("{} {}", more, told) if more else told
        super().__init__(**kwargs)
        clock = Clock(error_messages={"invalid": self.error_messages["invalid_time"]})
        clock.required = False
        self.fields = (self.fields[0], clock)
        # Their label names the pair.
        for part, name in zip(self.widget.widgets, (_("date"), _("time")), strict=True):
            part.attrs["aria-label"] = format_lazy("{} {}", self.label or "", name)

    def compress(self, data_list):
        if self.before and all(data_list or [None]):
            local = timezone.localtime(self.before)
            shown = [local.date(), local.time().replace(microsecond=0)]
            if data_list == shown:
                return self.before
        if not all(data_list or [None]):
            return super().compress(data_list)
        return self._at(datetime.combine(*data_list))

    def _at(self, typed):
        zone = timezone.get_default_timezone()
        meant = _meanings(typed.replace(tzinfo=None), zone)
        if typed.tzinfo:
            meant = [moment for moment in meant if moment.utcoffset() == typed.utcoffset()]
        told = {"time": f"{typed:%H:%M}", "zone": zone}
        if not meant:
            raise ValidationError(
                _("Clocks in %(zone)s do not show %(time)s on that day."), params=told
            )
        if len(meant) > 1:
            first, second = (_with_offset(moment) for moment in meant)
            raise ValidationError(
                _(
                    "Clocks in %(zone)s show %(time)s twice on that day. Write %(first)s for the"
                    " first and %(second)s for the second."
                ),
                params={**told, "first": first, "second": second},
            )
        return meant[0]

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True


def _meanings(naive, zone):
    """The moments at which clocks of the zone show this: one, none in a gap, or two."""
    folds = [naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    found = [f for f in folds if f.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive]
    return found if len({moment.utcoffset() for moment in found}) > 1 else found[:1]


def _with_offset(moment):
    """As `Clock` reads it: 02:30:00 +01:00."""
    offset = moment.isoformat()[-6:]
    return f"{moment:%H:%M:%S} {offset}"


class Carried(forms.CharField):
    """What a form carries along, and is never an edit."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False)

    def has_changed(self, initial, data):
        return False


class Kept(forms.CharField):
    """What a form carries along although nobody edits it: signed, so that nobody can."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False)

    def prepare_value(self, value):
        return value if isinstance(value, str) else Signer(salt=__name__).sign_object(value or {})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return Signer(salt=__name__).unsign_object(value)
        except (BadSignature, ValueError) as error:
            raise ValidationError(_("The form was damaged on its way. Open it again.")) from error

    def has_changed(self, initial, data):
        return False
