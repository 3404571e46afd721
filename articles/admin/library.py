"""The library: photos and videos, taken in by what they are and not by what they are called."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import embeds, library, search
from ..models import Photo, Video
from .base import Careful, NonceMedia
from .blocks import lines
from .searching import Searched

WORDS = {"caption": lines(2), "alt": lines(1)}


def already_here(row):
    """The error that leads to what was uploaded before."""
    url = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
    return ValidationError(
        format_html(
            '{} <a href="{}">{}</a>', _("This file is already in the library:"), url, row.title
        ),
        code="already_here",
    )


class UploadForm(forms.ModelForm):
    """`upload` is the name of the file field. A title left empty is made of the file's name."""

    upload: str
    digest = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False

    @property
    def uploaded(self):
        """The file sent with this form; None when the one that was there stays."""
        return self.files.get(self.add_prefix(self.upload))

    def clean(self):
        super().clean()
        uploaded = self.uploaded
        if uploaded and not self.cleaned_data.get("title"):
            stem = PurePath(uploaded.name).stem
            self.cleaned_data["title"] = stem.replace("_", " ").replace("-", " ")[:200].strip()
        if not self.cleaned_data.get("title") and not self.errors:
            self.add_error("title", _("For finding it here it needs a title."))
        return self.cleaned_data

    def refuse_twin(self):
        """The bytes of a picture or film are its identity: published stories name it by them."""
        if self.instance.sha256:
            raise ValidationError(_("It stays the file it is. Add the new one beside it."))
        model = self._meta.model
        twin = model.objects.filter(sha256=self.digest).exclude(pk=self.instance.pk).first()
        if twin:
            raise already_here(twin)

    def _post_clean(self):
        if self.digest and not self.errors:
            self.instance.sha256 = self.digest
        super()._post_clean()


class PhotoForm(UploadForm):
    upload = "image"

    class Meta:
        widgets = WORDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "image" in self.fields:
            # Django's own check opens the file as whatever it says it is, before ours can look.
            self.fields["image"].to_python = self._picture

    def _picture(self, uploaded):
        if uploaded in (None, ""):
            return None
        try:
            if uploaded.size > library.MAX_PHOTO_BYTES:
                raise library.LibraryError(
                    _("The picture has more than %(n)s MB.")
                    % {"n": library.MAX_PHOTO_BYTES // 10**6}
                )
            data = uploaded.read()
            library.check_picture(data)
        except library.LibraryError as error:
            raise ValidationError(str(error)) from error
        finally:
            uploaded.seek(0)
        self.digest = hashlib.sha256(data).hexdigest()
        return uploaded

    def clean_image(self):
        if self.uploaded:
            self.refuse_twin()
        return self.cleaned_data["image"]


class LibraryAdmin(Searched, Careful, NonceMedia, admin.ModelAdmin):
    list_display_links = ["title"]
    list_per_page = 30
    actions = None

    search_fields = ["title"]  # that there is a box; `searching` says what it finds

    class Media:
        css = {"all": ["articles/admin/desk.css"]}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        search.keep_files([obj])


@admin.register(Photo)
class PhotoAdmin(LibraryAdmin):
    form = PhotoForm
    list_display = ["thumb", "title", "credit", "size", "added_at"]
    fields = ["image", "ppoi", "title", "caption", "credit", "alt"]
    ordering = ["-added_at", "-id"]

    @admin.display(description=_("picture"))
    def thumb(self, photo):
        return format_html(
            '<img class="thumb" src="{}" alt="" width="80" height="50" loading="lazy">',
            photo.image.thumb,
        )

    @admin.display(description=_("size"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}"


class VideoForm(UploadForm):
    upload = "file"

    class Meta:
        widgets = {"caption": lines(2)}

    def clean_file(self):
        uploaded = self.uploaded
        if uploaded:
            self._check(uploaded)
            self.refuse_twin()
        return self.cleaned_data["file"]

    def _check(self, uploaded):
        if uploaded.size > library.MAX_VIDEO_BYTES:
            raise ValidationError(_("The film is too large."))
        head = uploaded.read(12)
        suffix = library.VIDEO_MARKS.get(head[:4]) or library.VIDEO_MARKS.get(head[4:8])
        if not suffix:
            raise ValidationError(_("This is neither a WebM nor an MP4 film."))
        uploaded.seek(0)
        digest = hashlib.sha256()
        for chunk in uploaded.chunks():
            digest.update(chunk)
        uploaded.seek(0)
        self.digest, self.suffix = digest.hexdigest(), suffix

    def clean_url(self):
        url = self.cleaned_data["url"]
        if url and url != self.initial.get("url") and not embeds.identify(url):
            raise ValidationError(_("This is no address of a film at YouTube or Vimeo."))
        return url

    def _post_clean(self):
        super()._post_clean()
        if self.digest and not self.errors:  # the name it is stored under says what it is
            self.instance.file.name = f"video{self.suffix}"


@admin.register(Video)
class VideoAdmin(LibraryAdmin):
    form = VideoForm
    list_display = ["thumb", "title", "credit", "added_at"]
    list_select_related = ["poster"]
    autocomplete_fields = ["poster"]
    fields = ["title", "file", "url", "poster", "caption", "credit"]
    ordering = ["-added_at", "-id"]

    @admin.display(description=_("poster"))
    def thumb(self, video):
        return PhotoAdmin.thumb(self, video.poster) if video.poster else ""
