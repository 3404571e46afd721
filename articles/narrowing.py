"""How readers narrow a list of stories: what they may ask, and what it then is.

Whatever cannot be read of it is left out. Each choice has one way to be written, so that a
narrowed list has one address.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from . import reading, search
from .models import Version
from .models.taxonomy import PATH_LENGTH
from .story import EARLIEST, LATEST, NAME_LENGTH

ASKED = ("category", "tag", "author", "since", "until", "video", "sort")
PLACES, DAYS = ASKED[:3], ASKED[3:5]
SANE = [
    MinValueValidator(EARLIEST.date() + timedelta(days=1)),
    MaxValueValidator(LATEST.date() - timedelta(days=2)),
]


Span = tuple[datetime, datetime]


class Choice(NamedTuple):
    """Something that was chosen, and the query of the list without it."""

    words: str
    without: str


class Narrowing(FilterSet):
    """The form of a list. `own` is what the page is of (nothing: all stories), `span` its first
    moment and the first that is too late.

    A chain of filters would join the listings once for each of them, and walk whichever the
    database likes: what was asked goes to `reading.narrowed` in one piece.
    """

    category = CharFilter(max_length=PATH_LENGTH)
    tag = CharFilter(max_length=NAME_LENGTH)
    author = CharFilter(max_length=NAME_LENGTH)
    since = DateFilter(validators=SANE)
    until = DateFilter(validators=SANE)
    video = ChoiceFilter(choices=[("1", "1")])
    sort = ChoiceFilter(choices=[("oldest", "oldest")])

    class Meta:
        model = Version
        fields: list[str] = []

    def __init__(self, data, now, *, own: reading.Known | None = None, span: Span | None = None):
        super().__init__(data, queryset=Version.objects.live(now))
        self.now, self.own, self.span = now, own, span
        for name in (*(DAYS if span else ()), *([own.kind] if own and not self.path else ())):
            del self.filters[name]  # the page has said that already

    @property
    def path(self) -> str:
        """Of the category the page is of: a choice of categories lies below it."""
        return self.own.where if self.own and self.own.kind == "category" else ""

    @cached_property
    def given(self) -> dict[str, object]:
        """What was asked and could be read: the words of places, days, and the rest."""
        self.form.is_valid()
        found = {name: self.form.cleaned_data.get(name) for name in self.filters}
        if path := found.get("category"):
            path = path.strip("/")
            below = not self.path or path.startswith(f"{self.path}/")
            found["category"] = path if below else None
        return {name: found[name] for name in ASKED if found.get(name)}

    def __bool__(self) -> bool:
        return bool(self.given)

    @cached_property
    def found(self) -> list[reading.Known]:
        """The places that may be meant, and the page's own: those with something for readers."""
        asked = {kind: {text, _slug(kind, text)} for kind, text in self.words.items()}
        if asked and self.own:
            asked.setdefault(self.own.kind, set()).add(self.own.where)
        return reading.known(asked, self.now) if asked else []

    @property
    def words(self) -> dict[str, str]:
        return {kind: str(self.given[kind]) for kind in PLACES if kind in self.given}

    @cached_property
    def places(self) -> dict[str, reading.Known | None]:
        """The chosen category, tag and author; None where there is nothing of that name."""
        return {kind: _meant(kind, text, self.found) for kind, text in self.words.items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing can fit: there is no such place."""
        return None in self.places.values()

    @property
    def oldest_first(self) -> bool:
        return "sort" in self.given

    def wanted(self) -> reading.Wanted:
        places = [place for place in self.places.values() if place]
        # A category lies within the one it is below.
        if self.own and not (self.path and "category" in self.places):
            places.insert(0, self.own)
        since, until = self.span or (None, None)
        if day := self.given.get("since"):
            since = _midnight(day)
        if day := self.given.get("until"):
            until = _midnight(day + timedelta(days=1))
        sources = tuple(reading.Source(place.kind, place.key) for place in places)
        return reading.Wanted(sources, since, until, "video" in self.given)

    def page(self, size: int, step: reading.Step) -> tuple[reading.Page, bool]:
        """What fits; and whether looking stopped before the list ended."""
        if self.is_empty:
            return reading.Page([]), False
        wanted = self.wanted()
        return reading.narrowed(self.now, size, wanted, step, oldest_first=self.oldest_first)

    # How it is written

    def asked(self) -> dict[str, str]:
        """Each choice as it stands in the address."""
        told = {}
        for name, value in self.given.items():
            place = self.places.get(name)
            told[name] = place.where if place else str(value)
        return told

    def query(self, **more: object) -> str:
        """The part of an address behind the "?"; without what is None."""
        asked = {**self.asked(), **more}
        return urlencode({name: value for name, value in asked.items() if value is not None})

    def choices(self) -> Iterator[Choice]:
        for name, value in self.given.items():
            yield Choice(self._told(name, value), self.query(**{name: None}))

    def _told(self, name: str, value) -> str:
        place = self.places.get(name)
        if name in PLACES:
            return place.name if place else str(value)
        if name == "since":
            return _("from %(day)s") % {"day": date_format(value, "DATE_FORMAT")}
        if name == "until":
            return _("to %(day)s") % {"day": date_format(value, "DATE_FORMAT")}
        return _("With a video") if name == "video" else _("Oldest first")


class Searching(Narrowing):
    """The same beside a question: the best first, unless the newest are asked for."""

    sort = ChoiceFilter(choices=[("newest", "newest")])

    def __init__(self, data, now):
        super().__init__(data, now)
        self.text = data.get("q", "").replace("\0", "")

    @property
    def newest_first(self) -> bool:
        return "sort" in self.given

    def asked(self) -> dict[str, str]:
        text = self.text[: search.LONGEST]
        return {**({"q": text} if text else {}), **super().asked()}

    def _told(self, name: str, value) -> str:
        return _("Newest first") if name == "sort" else super()._told(name, value)


def _slug(kind: str, text: str) -> str:
    return text.casefold() if kind == "category" else slugify(text, allow_unicode=True)


def _meant(kind: str, text: str, found: list[reading.Known]) -> reading.Known | None:
    """Of what has such a name or address, that with the very address, else the very name."""
    own = [place for place in found if place.kind == kind]
    for fits in (lambda p: p.where == text, lambda p: p.name == text, lambda p: True):
        if one := next(filter(fits, own), None):
            return one
    return None


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
