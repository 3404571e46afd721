"""The blocks of a body in the form of a story: one form and one inline a kind."""

from __future__ import annotations

import msgspec
from content_editor.admin import ContentEditorInline
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import embeds, prose
from ..models import Caption, Embed, Quote, Raw, RelatedPost, Text
from .rows import RowForm, RowFormSet, RowInline

HIDDEN = ("region", "ordering", "kept")


class BlockForm(RowForm):
    regions = frozenset({"body"})

    def clean_region(self):
        region = self.cleaned_data["region"]
        if region not in self.regions:
            raise ValidationError(_("This cannot stand here."))
        return region


class BlockInline(RowInline, ContentEditorInline):
    """`fields` are shown; a tuple among them is one line."""

    form = BlockForm

    @property
    def regions(self):
        return self.form.regions

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": [*self.fields, *HIDDEN]})]


def lines(rows):
    """A box for text of about so many lines; it grows with what is in it."""
    return forms.Textarea(attrs={"rows": rows, "class": f"words rows-{rows}"})


# Text


class TextForm(BlockForm):
    def clean_html(self):
        try:
            return prose.canonical(self.cleaned_data["html"])
        except prose.ProseError as error:
            raise ValidationError(str(error)) from error

    @property
    def is_empty(self):
        return not self.cleaned_data.get("html")


class TextInline(BlockInline):
    model = Text
    name = "text"
    form = TextForm
    icon = "notes"
    fields = ("html",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "html":
            field.label = _("Text")
            # The desk's own: insert at the cursor, split, join. It makes no markup.
            desk = {**field.config["extensions"], "Desk": True}
            field.config = field.widget.config = {**field.config, "extensions": desk}
        return field


# Photos and videos: one table, two things to editors


def not_here_yet(row, key):
    """What is known of a picture or film that is not in the library; "" of one that is."""
    media = row.media or {}
    if getattr(row, f"{key}_id") or not (media.get("file") or media.get("url")):
        return ""
    what = media.get("file") or media["url"]
    return format_html("{} <code>{}</code>", _("Not in the library yet:"), what)


class CaptionForm(BlockForm):
    """A photo or video as used in this story."""

    carried = ("media",)
    regions = frozenset({"lead", "body"})
    kind = Caption.Kind.PHOTO
    file_key = "photo"  # the key of the picture or film itself

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.kind = self.kind
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
    kind = Caption.Kind.VIDEO
    file_key = "video"

    class Meta:
        widgets = {"title": lines(1), "text": lines(2), "credit": lines(1)}

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
        return super().get_queryset(request).filter(kind=self.form.kind)


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


# Links to other stories


class RelatedForm(BlockForm):
    carried = ("excerpt", "published_at")
    keys = ("post",)
    regions = frozenset({"body", "related"})

    class Meta:
        widgets = {"headline": lines(1)}

    def pick(self, name, chosen):
        """Its headline and address are the words; the story it was before lent the others."""
        if chosen:
            self.cleaned_data |= {"headline": chosen.headline, "url": chosen.path}
            self.instance.excerpt, self.instance.published_at = "", None

    def clean(self):
        super().clean()
        if not self.cleaned_data.get("headline") and "headline" not in self.errors:
            self.add_error("headline", _("Choose a story, or type its headline."))
        return self.cleaned_data

    def clean_url(self):
        url = self.cleaned_data["url"]
        if url and "url" in self.changed_data:
            url = prose.address(url)
            if not url:
                raise ValidationError(_("This is no address a reader could follow."))
        return url


class RelatedInline(BlockInline):
    model = RelatedPost
    name = "related"
    form = RelatedForm
    icon = "article"
    fields = ("post", "headline", "url")


# The rest


class QuoteForm(BlockForm):
    class Meta:
        widgets = {"text": lines(2), "cite": lines(1)}


class QuoteInline(BlockInline):
    model = Quote
    name = "quote"
    form = QuoteForm
    icon = "record_voice_over"
    fields = ("text", "cite")


class EmbedForm(BlockForm):
    carried = ("provider",)

    def clean_url(self):
        """Only what is typed anew is looked at: an imported address stays as it came."""
        url = prose.line(self.cleaned_data["url"])
        film = embeds.identify(url)
        if film:
            self.film = film.provider
        elif url != self.initial.get("url"):
            known = ", ".join(provider.name for provider in embeds.PROVIDERS.values())
            raise ValidationError(
                _("This is no address of a film at %(known)s."), params={"known": known}
            )
        return url

    film = ""

    def clean(self):
        super().clean()
        if self.film and "url" in self.changed_data:
            self.instance.provider = self.film
        return self.cleaned_data


class EmbedInline(BlockInline):
    model = Embed
    name = "embed"
    form = EmbedForm
    icon = "smart_display"
    fields = ("url",)


class RawForm(BlockForm):
    carried = ("html", "why")


class RawInline(BlockInline):
    """What no reader of dumps understood: to be looked at, and removed."""

    model = Raw
    name = "raw"
    form = RawForm
    icon = "code_off"
    fields = ("reason", "markup")
    readonly_fields = ("reason", "markup")

    def has_add_permission(self, request, obj=None):
        return False

    def reason(self, raw):
        return raw.why or _("It was not understood.")

    def markup(self, raw):
        return format_html("<pre class=raw>{}</pre>", raw.html)


BLOCKS = (TextInline, PhotoInline, VideoInline, RelatedInline, QuoteInline, EmbedInline, RawInline)
