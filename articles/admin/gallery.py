"""A gallery in the form of a story: its pictures are rows within the row of the block.

The rows are plain form fields, some of them blank; side.js adds more.
"""

from __future__ import annotations

import msgspec
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import HiddenInput, inlineformset_factory
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from ..models import Gallery, GalleryPicture
from .blocks import BlockForm, BlockInline, lines
from .captions import not_here_yet
from .fields import Picked, PickedSelect
from .rows import PlacedFormSet, RowForm


class PictureForm(RowForm):
    carried = ("media",)
    keys = ("photo",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photo"].help_text = not_here_yet(self.instance, "photo")

    def pick(self, name, chosen):
        self.instance.media = msgspec.to_builtins(chosen.media) if chosen else None
        if chosen:
            self.fill(text=chosen.caption, credit=chosen.credit)
            if not self.cleaned_data.get("decorative"):
                self.fill(alt=chosen.alt)

    @property
    def is_empty(self):
        words = (self.cleaned_data.get(name) for name in ("photo", "text", "credit", "alt"))
        return not any(words) and not self.instance.media


def _formfield(db_field, **kwargs):
    """As `RowInline` and admin's own would make them; a gallery's rows are no inline."""
    if db_field.name == "position":
        return db_field.formfield(
            **{**kwargs, "required": False, "initial": None, "widget": HiddenInput}
        )
    if db_field.name != "photo":
        return db_field.formfield(**kwargs)
    field = db_field.formfield(
        form_class=Picked, widget=PickedSelect(db_field, admin.site), **kwargs
    )
    field.widget = RelatedFieldWidgetWrapper(
        field.widget, db_field.remote_field, admin.site, can_add_related=True
    )
    return field


PictureFormSet = inlineformset_factory(
    Gallery,
    GalleryPicture,
    form=PictureForm,
    formset=PlacedFormSet,
    fields=("photo", "text", "credit", "alt", "decorative", "position"),
    widgets={"text": lines(2), "credit": lines(1), "alt": lines(1)},
    formfield_callback=_formfield,
    extra=3,
)


class GalleryForm(BlockForm):
    locked = False  # for somebody who may only look

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pictures = self.instance.picture_forms = PictureFormSet(
            data=self.data if self.is_bound else None,
            instance=self.instance,
            prefix=self.add_prefix("pictures"),
            queryset=GalleryPicture.objects.select_related("photo"),
        )
        self.pictures.locked = self.locked
        for form in self.pictures if self.locked else ():
            for field in form.fields.values():
                field.disabled = True

    def has_changed(self):
        return super().has_changed() or self.pictures.has_changed()

    def is_valid(self):
        return super().is_valid() and self.pictures.is_valid()

    def clean(self):
        super().clean()
        if self.pictures.is_valid() and self.has_changed() and not self.pictures.staying:
            self.add_error(None, _("Choose a picture, or remove the gallery."))
        return self.cleaned_data

    def row(self):
        self.instance._pictures = self.pictures.rows()
        return self.instance

    def save(self, commit=True):
        gallery = super().save(commit)
        self.pictures.instance = gallery
        self.pictures.save()
        return gallery


class GalleryInline(BlockInline):
    model = Gallery
    name = "gallery"
    form = GalleryForm
    icon = "photo_library"
    fields = ("pictures",)
    readonly_fields = ("pictures",)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.locked = not self.has_change_permission(request, obj)
        return formset

    @admin.display(description=_("Pictures"))
    def pictures(self, gallery):
        forms = getattr(gallery, "picture_forms", None)
        return render_to_string("admin/articles/article/gallery.html", {"pictures": forms})
