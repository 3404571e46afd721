"""The library: photos and videos, taken in by what they are and not by what they are called."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .. import attachments, embeds, filters, library, photodata, search
from ..models import Photo, Video
from .base import Careful, NonceMedia
from .blocks import lines
from .fields import Moment
from .meanwhile import Meanwhile, MeanwhileForm
from .searching import Searched
from .uploads import ManyAtOnce
from .uses import Uses

WORDS = {
    **{name: lines(2) for name in ("caption", "copyright_notice", "usage_terms")},
    "alt": lines(1),
}


def already_here(row):
    """The error that leads to what was uploaded before."""
    url = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
    return ValidationError(
        format_html(
            '{} <a href="{}">{}</a>', _("This file is already in the library:"), url, row.title
        ),
        code="already_here",
    )


class UploadForm(MeanwhileForm):
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
            self.cleaned_data["title"] = self.title_of(uploaded)[:200]
        if not self.cleaned_data.get("title") and not self.errors:
            self.add_error("title", _("For finding it here it needs a title."))
        return self.cleaned_data

    def title_of(self, uploaded):
        """Of a file that came without one."""
        return PurePath(uploaded.name).stem.replace("_", " ").replace("-", " ").strip()

    def refuse_twin(self):
        """The bytes of a picture or film are its identity: published stories name it by them."""
        if self.instance.sha256:
            raise ValidationError(_("It stays the file it is. Add the new one beside it."))
        if twin := library.twin(self._meta.model, self.digest):
            raise already_here(twin)

    def put_away(self):
        """What was opened for being stored."""

    def _post_clean(self):
        if self.digest and not self.errors:
            self.instance.sha256 = self.digest
        super()._post_clean()


class PhotoForm(UploadForm):
    upload = "image"
    said = photodata.PhotoData()  # by a new file

    rights_until = Moment(
        label=_("Rights end"),
        required=False,
        help_text=_("From then on readers see it nowhere, in no story and at no address."),
    )
    taken_at = Moment(label=_("Taken"), required=False)

    class Meta:
        widgets = WORDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"rights_until", "taken_at"} & set(self.fields):
            self.fields[name].before = getattr(self.instance, name)
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
            self.said = library.check_picture(data)
        except library.LibraryError as error:
            raise ValidationError(str(error)) from error
        finally:
            uploaded.seek(0)
        self.digest = hashlib.sha256(data).hexdigest()
        return uploaded

    def title_of(self, uploaded):
        return self.said.title or self.said.headline or super().title_of(uploaded)

    def clean_image(self):
        if self.uploaded:
            self.refuse_twin()
        return self.cleaned_data["image"]


class PhotoFilter(admin.SimpleListFilter):
    title = _("to be looked at")
    parameter_name = "look"

    def lookups(self, request, model_admin):
        return [
            ("alt", _("without alternative text")),
            ("credit", _("without credit")),
            ("ending", _("rights end within 30 days")),
            ("over", _("rights are over")),
            ("unused", _("in no story")),
        ]

    def queryset(self, request, queryset):
        return filters.photos(queryset, self.value())


class LibraryAdmin(Meanwhile, Searched, Careful, NonceMedia, admin.ModelAdmin):
    list_display_links = ["title"]
    list_per_page = 30
    actions = None

    search_fields = ["title"]  # that there is a box; `searching` says what it finds

    class Media:
        css = {"all": ["articles/admin/desk.css"]}

    def save_model(self, request, obj, form, change):
        if change and isinstance(obj, (Photo, Video)):
            library.save(obj)
        else:
            super().save_model(request, obj, form, change)
            search.keep_files([obj])
        form.put_away()

    def delete_model(self, request, obj):
        library.remove(obj)


@admin.register(Photo)
class PhotoAdmin(ManyAtOnce, Uses, LibraryAdmin):
    form = PhotoForm
    list_display = ["thumb", "title", "credit", "rights", "size", "added_at"]
    list_filter = [PhotoFilter]
    fieldsets = [
        (None, {"fields": ["image", "ppoi", "title", "caption", "credit", "alt"]}),
        (_("Rights"), {"fields": ["rights_until", "source", "copyright_notice", "usage_terms"]}),
        (_("Where and when"), {"fields": ["taken_at", "city", "country", "told", "used"]}),
    ]
    readonly_fields = ["told", "used"]
    ordering = ["-added_at", "-id"]

    def save_model(self, request, obj, form, change):
        if not change:
            library.fill(obj, form.said)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("rights"), ordering="rights_until")
    def rights(self, photo):
        if not photo.is_limited:
            return ""
        day = date_format(timezone.localtime(photo.rights_until), "SHORT_DATE_FORMAT")
        if photo.is_over():
            return format_html('<span class="rights-over">{}</span>', _("over since %s") % day)
        return _("until %s") % day

    @admin.display(description=_("the file says"))
    def told(self, photo):
        return format_html_join("", "<p>{}: {}</p>", photo.said.items()) or _("nothing")

    @admin.display(description=_("picture"))
    def thumb(self, photo):
        return format_html(
            '<img class="thumb" src="{}" alt="" width="80" height="50" loading="lazy">',
            photo.image.thumb,
        )

    @admin.display(description=_("size"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}"


@contextmanager
def on_disk(uploaded) -> Iterator[Path]:
    """Where the file that was sent lies; small ones are in memory only, and lie there for this."""
    if hasattr(uploaded, "temporary_file_path"):
        yield Path(uploaded.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in uploaded.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


class PlayedForm(UploadForm):
    """Of a film, recording or document: `look` says what it is, and what readers get is stored."""

    upload = "file"
    look: Callable[[Path], attachments.Facts]
    facts: attachments.Facts
    plain = None

    def clean_file(self):
        if not self.uploaded:
            return self.cleaned_data["file"]
        with on_disk(self.uploaded) as path:
            try:
                self.facts = self.look(path)
            except library.LibraryError as error:
                raise ValidationError(str(error)) from error
            self.digest = library.digest_of(path)
        self.refuse_twin()
        return self.uploaded

    def _post_clean(self):
        if self.digest and not self.errors:
            with on_disk(self.uploaded) as path:
                try:
                    self.plain = self.cleaned_data["file"] = library.plain(path, self.facts)
                except library.LibraryError as error:
                    self.add_error("file", str(error))
        super()._post_clean()

    def put_away(self):
        if self.plain:
            self.plain.close()


class VideoForm(PlayedForm):
    look = staticmethod(attachments.look_at_film)

    class Meta:
        widgets = {"caption": lines(2)}

    def clean_url(self):
        url = self.cleaned_data["url"]
        if url and url != self.initial.get("url") and not embeds.identify(url):
            raise ValidationError(_("This is no address of a film at YouTube or Vimeo."))
        return url


@admin.register(Video)
class VideoAdmin(Uses, LibraryAdmin):
    form = VideoForm
    list_display = ["thumb", "title", "credit", "added_at"]
    list_select_related = ["poster"]
    autocomplete_fields = ["poster"]
    fields = ["title", "file", "url", "poster", "caption", "credit", "used"]
    readonly_fields = ["used"]
    ordering = ["-added_at", "-id"]

    @admin.display(description=_("poster"))
    def thumb(self, video):
        return PhotoAdmin.thumb(self, video.poster) if video.poster else ""
