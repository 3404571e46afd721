"""The blocks of a body in the form of a story: one form and one inline a kind."""

from __future__ import annotations

from content_editor.admin import ContentEditorInline
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Value
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import embeds, prose, scope
from ..models import Article, Embed, Quote, Raw, RelatedPost, Text
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
    attrs = {"rows": rows, "class": f"words rows-{rows}", "dir": "auto"}
    return forms.Textarea(attrs=attrs)


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


class RelatedFormSet(RowFormSet):
    @cached_property
    def stored(self):
        """A headline that was typed may be that of a draft which is nobody's business here. It
        is connected all the same, and shown as one that waits: nothing tells them apart."""
        rows = super().stored
        for row in rows.values():
            if row.post_id and not row.may_be_seen:
                row.post = None
        return rows


class RelatedInline(BlockInline):
    model = RelatedPost
    name = "related"
    form = RelatedForm
    formset = RelatedFormSet
    icon = "article"
    fields = ("post", "headline", "url")

    def get_queryset(self, request):
        seen = scope.pickable(request.user, Article.objects.filter(pk=OuterRef("post")))
        everything = Value(True) if scope.works_on_all(request.user) else Exists(seen)
        return super().get_queryset(request).annotate(may_be_seen=everything)


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
