"""Photos, videos and attachments in the form of a story: one table, three things to editors."""

from __future__ import annotations

import msgspec
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Caption
from .blocks import BlockForm, BlockInline, lines
from .rows import RowFormSet


def not_here_yet(row, key):
    """What is known of a picture or film that is not in the library; "" of one that is."""
    media = row.media or {}
    if getattr(row, f"{key}_id") or not (media.get("file") or media.get("url")):
        return ""
    what = media.get("file") or media["url"]
    return format_html("{} <code>{}</code>", _("Not in the library yet:"), what)


class CaptionForm(BlockForm):
    """A file of the library as used in this story."""

    carried = ("media",)
    regions = frozenset({"lead", "body"})
    kinds = (Caption.Kind.PHOTO,)
    file_key = "photo"  # the key of the file itself

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.kind not in self.kinds:
            self.instance.kind = self.kinds[0]
        self.fields[self.file_key].help_text = not_here_yet(self.instance, self.file_key)

    def pick(self, name, chosen):
        if name == self.file_key:
            self.instance.media = msgspec.to_builtins(chosen.media) if chosen else None
            if chosen:
                self.fill(text=chosen.caption, credit=chosen.credit, **self.other_words(chosen))

    def other_words(self, chosen):
        return {} if self.cleaned_data.get("decorative") else {"alt": chosen.alt}

    def clean(self):
        super().clean()
        words = ("title", "text", "credit", "alt", self.file_key)
        said = self.instance.media or any(self.cleaned_data.get(name) for name in words)
        if not said and not self.errors and self.has_changed():
            self.add_error(self.file_key, _("Choose one, or write its caption, or remove it."))
        return self.cleaned_data


class PhotoForm(CaptionForm):
    keys = ("photo",)

    class Meta:
        widgets = {"text": lines(2), "credit": lines(1), "alt": lines(1)}


class VideoForm(CaptionForm):
    keys = ("video",)
    kinds = (Caption.Kind.VIDEO,)
    file_key = "video"

    class Meta:
        widgets = {"title": lines(1), "text": lines(2), "credit": lines(1)}

    def other_words(self, chosen):
        return {"title": chosen.title}


class AttachmentForm(CaptionForm):
    """A document or a recording: which of the two says the file."""

    carried = ("media", "kind")
    keys = ("attachment",)
    regions = frozenset({"body"})
    kinds = (Caption.Kind.DOCUMENT, Caption.Kind.AUDIO)
    file_key = "attachment"

    class Meta:
        widgets = {"title": lines(1), "text": lines(2), "credit": lines(1)}

    def pick(self, name, chosen):
        super().pick(name, chosen)
        if name == self.file_key and chosen:
            self.instance.kind = chosen.kind

    def other_words(self, chosen):
        return {"title": chosen.title}


class CaptionFormSet(RowFormSet):
    """At most one of all photos and videos leads; admin hands over `siblings`."""

    siblings = ()

    def clean(self):
        super().clean()
        leads = [
            form
            for formset in self.siblings
            for form in formset.staying
            if form.cleaned_data.get("region") == "lead"
        ]
        for form in leads[1:]:
            if form in self.forms:
                message = _("Only one photo or video can lead the story. Move this to the body.")
                form.add_error(None, message)


class CaptionInline(BlockInline):
    model = Caption
    formset = CaptionFormSet

    def get_queryset(self, request):
        return super().get_queryset(request).filter(kind__in=self.form.kinds)


class PhotoInline(CaptionInline):
    name = "photo"
    form = PhotoForm
    icon = "image"
    verbose_name, verbose_name_plural = _("photo"), _("photos")
    fields = ("photo", "text", "credit", ("alt", "decorative"))
    may_be_made = ("photo",)


class VideoInline(CaptionInline):
    name = "video"
    form = VideoForm
    icon = "movie"
    verbose_name, verbose_name_plural = _("video"), _("videos")
    fields = ("video", "title", "text", "credit")
    may_be_made = ("video",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("video__poster")


class AttachmentInline(CaptionInline):
    name = "attachment"
    form = AttachmentForm
    icon = "attach_file"
    verbose_name, verbose_name_plural = _("attachment"), _("attachments")
    fields = ("attachment", "title", "text", "credit")
    may_be_made = ("attachment",)
