"""The library: pictures and films, whatever stories use them.

Originals are kept as they came and are never served: they may hold the photographer's
position. Readers get renditions, under `__processed__/`.
"""

from __future__ import annotations

import secrets
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, PPOIField

from ..pictures import FORMATS
from ..story import Media


def upload_photo(instance, filename):
    return f"photos/{unguessable(filename)}"


def upload_video(instance, filename):
    return f"videos/{unguessable(filename)}"


def unguessable(filename):
    """A name that tells nothing, and that nobody finds by trying."""
    return secrets.token_hex(16) + PurePath(filename).suffix.lower()[:8]


class Photo(models.Model):
    """One picture, once: its bytes are its identity."""

    title = models.CharField(_("title"), max_length=200, help_text=_("For finding it here."))
    image = ImageField(
        _("picture"),
        upload_to=upload_photo,
        width_field="width",
        height_field="height",
        ppoi_field="ppoi",
        formats=FORMATS,
        max_length=200,
    )
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    ppoi = PPOIField(_("focal point"))
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=500, blank=True)
    alt = models.TextField(
        _("alternative text"), blank=True, help_text=_("What somebody who cannot see it misses.")
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-added_at", "-id"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [models.Index(fields=["-added_at", "-id"], name="photo_newest_first")]

    def __str__(self):
        return self.title

    @property
    def media(self) -> Media:
        """The words by which a caption refers to this picture."""
        left, _x, top = str(self.ppoi).partition("x")
        focal = (float(left), float(top)) if top and str(self.ppoi) != "0.5x0.5" else None
        return Media(
            file=self.image.name,
            sha256=self.sha256,
            width=self.width,
            height=self.height,
            focal=focal,
        )


class Video(models.Model):
    """One film: a file of ours, or the address of a player elsewhere."""

    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=upload_video, max_length=200, blank=True)
    url = models.CharField(
        _("address"),
        max_length=2000,
        blank=True,
        validators=[URLValidator(["http", "https"])],
        help_text=_("Of the video at YouTube or Vimeo, when the file is not here."),
    )
    poster = models.ForeignKey(
        Photo,
        models.SET_NULL,
        verbose_name=_("poster"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The picture shown before it plays."),
    )
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-added_at", "-id"]
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(sha256=""), name="video_file_once"
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if bool(self.file) == bool(self.url):
            raise ValidationError(_("Give either a file or an address."))

    @property
    def media(self) -> Media:
        """The words by which a caption refers to this film."""
        return Media(url=self.url, file=self.file.name or "", sha256=self.sha256)


class Origin(models.Model):
    """Under which words a picture or film came: an address, or a file of a source's dump."""

    words = models.CharField(max_length=2300, unique=True)
    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="origins")
    video = models.ForeignKey(Video, models.CASCADE, null=True, related_name="origins")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(photo__isnull=True) ^ Q(video__isnull=True), name="origin_of_one"
            ),
        ]

    def __str__(self):
        return self.words

    @staticmethod
    def words_of(source: str, media: Media) -> str:
        """The key of these words; "" when they name nothing."""
        if media.sha256:
            return f"sha256:{media.sha256}"
        if media.url:
            return media.url
        return f"{source}|{media.file}" if media.file else ""
