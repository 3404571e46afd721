"""The blocks of a body as rows, one class a kind: its columns are the fields of its Story part.

To add a kind: a part in `story`, a class here and in `KINDS`, a partial in
`templates/articles/blocks/`, an inline in the admin. See docs/blocks.md.
"""

from __future__ import annotations

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from .. import prose
from .. import story as document
from .article import Article
from .attachments import Attachment
from .block import Block, in_region
from .fields import AddressKeyField, HeadlineKeyField
from .library import Photo, Video


class Text(Block):
    part = document.TextBlock
    html = ProseEditorField(
        _("text"), extensions=prose.EDITOR_EXTENSIONS, sanitize=prose.canonical, blank=True
    )

    class Meta(Block.Meta):
        abstract = False
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [
            in_region("text", ("body",)),
        ]

    def __str__(self):
        return prose.excerpt(self.html, 8)


class CaptionWords(models.Model):
    """The words with a file of the library, and which one it is."""

    file_keys: tuple[str, ...] = ("photo",)  # the keys to it, of which one at most is set

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        VIDEO = "video", _("video")
        AUDIO = "audio", _("recording")
        DOCUMENT = "document", _("document")

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PHOTO, editable=False)
    title = models.TextField(_("title"), blank=True)
    text = models.TextField(_("caption"), blank=True)
    credit = models.TextField(_("credit"), blank=True)
    alt = models.TextField(
        _("alternative text"), blank=True, help_text=_("What somebody who cannot see it misses.")
    )
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It adds nothing to be described.")
    )
    media = models.JSONField(null=True, blank=True, editable=False)
    photo = models.ForeignKey(
        Photo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )

    class Meta:
        abstract = True

    def __str__(self):
        return (self.title or self.text)[:60] or str(_("no caption"))

    @classmethod
    def of(cls, part):
        words = {name: getattr(part, name) for name in CAPTION_WORDS}
        return cls(**words, media=None if part.media is None else msgspec.to_builtins(part.media))

    def as_part(self):
        words = {name: getattr(self, name) for name in CAPTION_WORDS}
        media = None if self.media is None else msgspec.convert(self.media, document.Media)
        return document.CaptionBlock(**words, media=media)

    @classmethod
    def without_file(cls):
        """The rows whose file is not in the library, as far as is known."""
        return cls.objects.filter(**dict.fromkeys(cls.file_keys))

    def point_at(self, file):
        """Let this file of the library be the one that is meant (None: none is)."""
        for key in self.file_keys:
            setattr(self, key, file if file and file._meta.model_name == key else None)

    @property
    def file_ids(self):
        """The columns of the keys, with what is in them."""
        return {f"{key}_id": getattr(self, f"{key}_id") for key in self.file_keys}


CAPTION_WORDS = ("kind", "title", "text", "credit", "alt", "decorative")


class Caption(CaptionWords, Block):
    """A photo, video or attachment as used in this story. Editors are offered the three apart."""

    part = document.CaptionBlock
    file_keys = ("photo", "video", "attachment")
    video = models.ForeignKey(
        Video, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("video")
    )
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    class Meta(Block.Meta):
        abstract = False
        verbose_name = _("caption")
        verbose_name_plural = _("captions")
        constraints = [
            in_region("caption", ("lead", "body")),
            models.UniqueConstraint(
                fields=["parent"], condition=Q(region="lead"), name="caption_one_lead"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["photo", "video"])
                | Q(region="body", kind__in=document.ATTACHED),
                name="caption_kind_known",
            ),
        ]


class Gallery(Block):
    part = document.GalleryBlock

    class Meta(Block.Meta):
        abstract = False
        verbose_name = _("gallery")
        verbose_name_plural = _("galleries")
        constraints = [
            in_region("gallery", ("body",)),
        ]

    _pictures = None

    def __str__(self):
        return str(_("gallery"))

    @classmethod
    def of(cls, part):
        row = cls()
        row._pictures = [
            GalleryPicture.at(position, caption) for position, caption in enumerate(part.captions)
        ]
        return row

    def as_part(self):
        pictures = self.pictures.all() if self._pictures is None else self._pictures
        return self.part(captions=tuple(picture.as_part() for picture in pictures))


class GalleryPicture(CaptionWords):
    """One picture of a gallery."""

    gallery = models.ForeignKey(Gallery, models.CASCADE, related_name="pictures")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @classmethod
    def at(cls, position, part):
        row = cls.of(part)
        row.position = position
        return row


class RelatedPost(Block):
    """Another story: its headline as words, and the article once it is known."""

    part = document.RelatedBlock
    headline = models.CharField(_("headline"), max_length=document.LONGEST["headline"], blank=True)
    headline_key = HeadlineKeyField()
    url = models.CharField(_("address"), max_length=document.URL_LENGTH, blank=True)
    url_key = AddressKeyField()
    excerpt = models.TextField(blank=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    post = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("story")
    )

    class Meta(Block.Meta):
        abstract = False
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")
        constraints = [
            in_region("relatedpost", ("body", "related")),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | Q(published_at__range=(document.EARLIEST, document.LATEST)),
                name="relatedpost_published_at_sane",
            ),
        ]
        indexes = [
            models.Index(
                fields=["headline_key"], condition=Q(post=None), name="relatedpost_waiting"
            ),
            models.Index(
                fields=["url_key"],
                condition=Q(post=None) & ~Q(url_key=""),
                name="relatedpost_url_waiting",
            ),
        ]

    def __str__(self):
        return self.headline

    def as_post(self):
        names = document.RelatedPost.__struct_fields__
        return document.RelatedPost(**{name: getattr(self, name) for name in names})


class Quote(Block):
    part = document.QuoteBlock
    text = models.TextField(_("quote"))
    cite = models.TextField(_("who said it"), blank=True)

    class Meta(Block.Meta):
        abstract = False
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        constraints = [
            in_region("quote", ("body",)),
        ]

    def __str__(self):
        return self.text[:60]


class Embed(Block):
    part = document.EmbedBlock
    provider = models.CharField(max_length=50, editable=False)
    url = models.CharField(_("address"), max_length=document.URL_LENGTH)

    class Meta(Block.Meta):
        abstract = False
        verbose_name = _("embed")
        verbose_name_plural = _("embeds")
        constraints = [
            in_region("embed", ("body",)),
        ]

    def __str__(self):
        return self.url


class Raw(Block):
    """Markup no reader of dumps understood. Editors see it; readers never do."""

    part = document.RawBlock
    html = models.TextField(_("markup"))
    why = models.TextField(_("why it is kept apart"), blank=True)

    class Meta(Block.Meta):
        abstract = False
        verbose_name = _("unread markup")
        verbose_name_plural = _("unread markup")
        constraints = [
            in_region("raw", ("body",)),
        ]

    def __str__(self):
        return self.why or str(_("unread markup"))


BLOCKS = (Text, Caption, Gallery, RelatedPost, Quote, Embed, Raw)
KINDS = {model.part: model for model in BLOCKS}
