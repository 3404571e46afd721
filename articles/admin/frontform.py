"""The form of a front: its containers, and in them the stories an editor has placed.

Two flat sets of forms. A placement names its container by the number of that container's form, so
that moving a story is changing two numbers; the page does that for whoever drags or presses a key.
"""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import prose
from ..models import (
    Arrangement,
    ArrangementError,
    Article,
    Caption,
    Category,
    Container,
    Filing,
    Photo,
    Placement,
    RelatedPost,
    Tag,
    Tagging,
)
from ..models.arrangement import LARGEST, MOST_CONTAINERS, Fill, Layout
from ..story import LONGEST, NAME_LENGTH
from .fields import Moment, Picked, PickedSelect

LAYOUTS = [
    (Layout.LEAD, _("one large, the others beside it")),
    (Layout.GRID, _("side by side")),
    (Layout.LIST, _("rows")),
    (Layout.OPINION, _("opinion: headlines and writers")),
]
FILLS = [
    (Fill.NEWEST, _("the newest stories")),
    (Fill.CATEGORY, _("a category")),
    (Fill.TAG, _("a tag")),
    (Fill.NONE, _("nothing: placed stories only")),
]
# What a start looks like, until somebody saves.
FIRST = Arrangement(
    containers=(Container(layout=Layout.LEAD, size=6), Container(name="", layout=Layout.GRID))
)


def picked(queryset, field, **options):
    """A search box, as those in the form of a story: it asks under the name of their field."""
    return Picked(queryset, widget=PickedSelect(field, admin.site), **options)


class Until(Moment):
    """A moment in the browser's own boxes, which need no script when a story is added."""

    widget = forms.SplitDateTimeWidget(
        date_format="%Y-%m-%d",
        time_format="%H:%M:%S",
        date_attrs={"type": "date", "aria-label": _("Until: date")},
        time_attrs={"type": "time", "step": "1", "aria-label": _("Until: time")},
    )


class TokenForm(forms.Form):
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    overwrite = forms.CharField(required=False, widget=forms.HiddenInput)


class ContainerForm(forms.Form):
    name = forms.CharField(label=_("Name"), required=False, max_length=NAME_LENGTH)
    layout = forms.ChoiceField(label=_("Looks like"), choices=LAYOUTS, initial=Layout.GRID)
    size = forms.IntegerField(label=_("Stories"), min_value=1, max_value=LARGEST, initial=4)
    fill = forms.ChoiceField(label=_("Filled with"), choices=FILLS)
    category = picked(
        Category.objects.without_tree_fields(),
        Filing._meta.get_field("category"),
        label=_("Category"),
        required=False,
    )
    tag = picked(Tag.objects.all(), Tagging._meta.get_field("tag"), label=_("Tag"), required=False)

    def clean_name(self):
        return prose.line(self.cleaned_data["name"])

    def clean(self):
        found = super().clean()
        fill = found.get("fill")
        if fill in (Fill.CATEGORY, Fill.TAG) and fill not in self.errors and not found.get(fill):
            self.add_error(fill, _("Choose one."))
        return found

    def container(self, placements) -> Container:
        found = self.cleaned_data
        source = found.get(found["fill"])
        return Container(
            name=found["name"],
            layout=Layout(found["layout"]),
            size=found["size"],
            fill=Fill(found["fill"]),
            source=source.pk if source else None,
            placements=tuple(placements),
        )


class PlacementForm(forms.Form):
    container = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    article = picked(Article.objects.all(), RelatedPost._meta.get_field("post"), label=_("Story"))
    words = forms.CharField(
        label=_("Headline here"), required=False, max_length=LONGEST["headline"]
    )
    photo = picked(
        Photo.objects.all(),
        Caption._meta.get_field("photo"),
        label=_("Picture here"),
        required=False,
    )
    until = Until(label=_("Until"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].before = self.initial.get("until")

    def clean_words(self):
        return prose.line(self.cleaned_data["words"])

    @property
    def placement(self) -> Placement:
        found = self.cleaned_data
        photo = found.get("photo")
        return Placement(
            article=found["article"].pk,
            headline=found["words"],
            photo=photo.pk if photo else None,
            until=found.get("until"),
        )


def _forms(form, most):
    return forms.formset_factory(
        form,
        extra=0,
        can_order=True,
        can_delete=True,
        max_num=most,
        absolute_max=2 * most,
        validate_max=True,
    )


Containers = _forms(ContainerForm, 2 * MOST_CONTAINERS)
Placements = _forms(PlacementForm, 2 * MOST_CONTAINERS * LARGEST)


class FrontForm:
    """Token, containers and placements together. `data`: what was sent (None: nothing yet)."""

    def __init__(self, arrangement: Arrangement | None, opened: str, data=None):
        shown = arrangement or FIRST
        self.token = TokenForm(data, initial={"opened": opened})
        self.containers = Containers(data, prefix="c", initial=list(map(_told, shown.containers)))
        self.placements = Placements(
            data,
            prefix="p",
            initial=[
                _placed(number, one)
                for number, container in enumerate(shown.containers)
                for one in container.placements
            ],
        )
        self.stale = None
        self.errors: list[str] = []

    @property
    def media(self):
        return self.containers.empty_form.media + self.placements.empty_form.media

    def is_valid(self) -> bool:
        valid = [part.is_valid() for part in (self.token, self.containers, self.placements)]
        if not all(valid):
            return False
        try:
            self.arrangement = self._arranged()
        except ValidationError as error:
            self.errors += error.messages
        except ArrangementError as error:
            self.errors.append(str(error))
        return not self.errors

    def _arranged(self) -> Arrangement:
        by_container: dict[int, list[Placement]] = {}
        seen: set[int] = set()
        for form in _in_order(self.placements):
            article = form.cleaned_data["article"]
            if article.pk in seen:
                raise ValidationError(_("“%s” stands twice on this front.") % article)
            seen.add(article.pk)
            by_container.setdefault(form.cleaned_data["container"], []).append(form.placement)
        return Arrangement(
            containers=tuple(
                form.container(by_container.get(number, ()))
                for number, form in _numbered_in_order(self.containers)
            )
        )

    # For the page

    @cached_property
    def shown(self) -> list[tuple[int, ContainerForm, list[PlacementForm]]]:
        """Each container as it stands, with its placements, in their order."""
        within: dict[str, list[PlacementForm]] = {}
        for form in sorted(self.placements.forms, key=_order):
            within.setdefault(str(form["container"].value()), []).append(form)
        numbered = sorted(enumerate(self.containers.forms), key=lambda pair: _order(pair[1]))
        return [(number, form, within.get(str(number), [])) for number, form in numbered]

    def know(self, articles) -> None:
        """The stories that are chosen, so that none is looked up on its own."""
        rows = {str(article.pk): article for article in articles}
        for form in self.placements.forms:
            form.fields["article"].know(rows)
            form.fields["article"].queryset = Article.objects.none()  # and no others
            form.story = rows.get(str(form["article"].value()))

    @property
    def chosen(self) -> list[str]:
        return [str(form["article"].value() or "") for form in self.placements.forms]


def _told(container: Container) -> dict:
    return {
        "name": container.name,
        "layout": container.layout,
        "size": container.size,
        "fill": container.fill,
        "category": container.source if container.fill is Fill.CATEGORY else None,
        "tag": container.source if container.fill is Fill.TAG else None,
    }


def _placed(number: int, placement: Placement) -> dict:
    return {
        "container": number,
        "article": placement.article,
        "words": placement.headline,
        "photo": placement.photo,
        "until": placement.until and timezone.localtime(placement.until),
    }


def _order(form) -> int:
    told = str(form["ORDER"].value() or "")
    return int(told) if told.isdecimal() and len(told) < 9 else 10**9


def _stays(form) -> bool:
    return bool(form.cleaned_data) and not form.cleaned_data.get("DELETE")


def _numbered_in_order(formset):
    stays = [(number, form) for number, form in enumerate(formset.forms) if _stays(form)]
    return sorted(stays, key=lambda pair: pair[1].cleaned_data.get("ORDER") or 10**9)


def _in_order(formset):
    return [form for _number, form in _numbered_in_order(formset)]
