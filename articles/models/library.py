"""The library: pictures and films, whatever stories use them.

Originals of pictures are kept as they came and are never served: they may hold the photographer's
position. Readers get renditions: of most pictures as plain files under `__processed__/`, which the
proxy serves; of a picture whose rights end one day under `limited/`, which only the application
does, see `views.limited`. Films, documents and recordings are the application's alone, too: their
address answers while a version that readers see shows them, see `views.attached`.
"""

from __future__ import annotations

import re
import secrets
from pathlib import PurePath
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from imagefield import fields as imagefield
from imagefield.fields import PPOIField

from ..pictures import FORMATS, upright_size
from ..story import EARLIEST, LATEST, Media

LIMITED = "limited"
ATTACHED = "files"
FILMS = "videos"  # where they lie; their addresses are those of what is attached
FILM_KINDS = MappingProxyType({".webm": "video/webm", ".mp4": "video/mp4"})
# In the name of an original that was written anew: the how manieth it is (`fog.2.jpg`).
REWRITTEN = re.compile(r"\.([0-9]+)(?=\.[a-z]+$)")


def upload_photo(instance, filename):
    return f"photos/{unguessable(filename)}"


def upload_video(instance, filename):
    return f"{FILMS}/{unguessable(filename)}"


def unguessable(filename):
    """A name that tells nothing, and that nobody finds by trying."""
    return secrets.token_hex(16) + PurePath(filename).suffix.lower()[:8]


@deconstructible
class LibraryStorage:
    """Where all media are; some have an address of the application's own, which asks first."""

    def url(self, name):
        folder, _slash, rest = name.partition("/")
        if folder in (ATTACHED, FILMS):
            return f"/{ATTACHED}/{rest}"
        return f"/{name}" if folder == LIMITED else default_storage.url(name)

    def __getattr__(self, name):
        return getattr(default_storage, name)

    def __eq__(self, other):
        return isinstance(other, LibraryStorage)

    def __hash__(self):
        return hash(LibraryStorage)


class PictureFile(imagefield.ImageFieldFile):
    """A picture of the library and its renditions."""

    def _process_base(self, name):
        base = super()._process_base(REWRITTEN.sub("", name))  # and stay where they were
        if not self.instance.is_limited:
            return base
        return base._replace(path=f"{LIMITED}/{self.instance.pk}")

    def _get_image_dimensions(self):
        """As it is seen: cameras write a picture lying on its side, and a note that says so."""
        if not hasattr(self, "_dimensions_cache"):
            was_closed = self.closed
            self.open()
            try:
                self._dimensions_cache = upright_size(self)
            finally:
                self.close() if was_closed else self.seek(0)
        return self._dimensions_cache

    def delete_renditions(self):
        """All of them, those of an earlier focal point too."""
        base = self._process_base(self.name)
        try:
            _folders, files = self.storage.listdir(base.path)
        except FileNotFoundError:
            return
        for file in files:
            if file.startswith(base.basename):
                self.storage.delete(f"{base.path}/{file}")

    def addresses(self):
        """Of every rendition, by the name of its format, as the photo is now."""
        for name in self.field.formats:
            self.__dict__.pop(name, None)  # remembered from before its focal point moved
        return {name: getattr(self, name) for name in self.field.formats}


class PictureField(imagefield.ImageField):
    attr_class = PictureFile


class PhotoQuerySet(models.QuerySet):
    def over(self, at=None):
        """Those whose rights have ended."""
        return self.filter(rights_until__lte=at or timezone.now())


class Photo(models.Model):
    """One picture, once: its bytes are its identity.

    The words of a file are named as in the IPTC Photo Metadata Standard; `said` keeps what it said
    when it came, whatever is typed over it later.
    """

    title = models.CharField(_("title"), max_length=200, help_text=_("For finding it here."))
    image = PictureField(
        _("picture"),
        upload_to=upload_photo,
        storage=LibraryStorage(),
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
    source = models.CharField(_("source"), max_length=500, blank=True)
    copyright_notice = models.TextField(_("copyright notice"), blank=True)
    usage_terms = models.TextField(_("usage terms"), blank=True)
    rights_until = models.DateTimeField(
        _("rights end"),
        null=True,
        blank=True,
        help_text=_("From then on readers see it nowhere, in no story and at no address."),
    )
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    city = models.CharField(_("city"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=200, blank=True)
    said = models.JSONField(_("what the file says"), default=dict, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-id"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [
            models.Index(fields=["-added_at", "-id"], name="photo_newest_first"),
            models.Index(
                fields=["rights_until"],
                condition=Q(rights_until__isnull=False),
                name="photo_rights_end",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__range": (EARLIEST, LATEST)})
                | Q(**{f"{name}__isnull": True}),
                name=f"photo_{name}_sane",
            )
            for name in ("rights_until", "taken_at")
        ]

    def __str__(self):
        return self.title

    @property
    def is_limited(self) -> bool:
        """Whether it will have to disappear one day, so that no proxy may serve it by itself."""
        return self.rights_until is not None

    def is_over(self, at=None) -> bool:
        return self.is_limited and self.rights_until <= (at or timezone.now())

    @property
    def picture(self) -> Photo:
        """What is shown of it: itself, as a film's is its poster."""
        return self

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
    """One film: a file of ours, or the address of a player elsewhere.

    Readers get its file from the application, while a version they see shows it: `views.attached`.
    """

    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(
        _("file"), upload_to=upload_video, storage=LibraryStorage(), max_length=200, blank=True
    )
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
    def picture(self) -> Photo | None:
        return self.poster

    @property
    def mime(self) -> str:
        """Of its file; "" without one."""
        return FILM_KINDS.get(PurePath(self.file.name).suffix, "video/mp4") if self.file else ""

    @property
    def media(self) -> Media:
        """The words by which a caption refers to this film."""
        return Media(url=self.url, file=self.file.name or "", sha256=self.sha256)


class Origin(models.Model):
    """Under which words a file of the library came: an address, or a file of a source's dump."""

    words = models.CharField(max_length=2300, unique=True)
    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="origins")
    video = models.ForeignKey(Video, models.CASCADE, null=True, related_name="origins")
    attachment = models.ForeignKey("Attachment", models.CASCADE, null=True, related_name="origins")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(photo__isnull=False, video=None, attachment=None)
                | Q(photo=None, video__isnull=False, attachment=None)
                | Q(photo=None, video=None, attachment__isnull=False),
                name="origin_of_one",
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def file(self):
        """The photo, video or attachment."""
        return self.photo or self.video or self.attachment

    @staticmethod
    def words_of(source: str, media: Media) -> str:
        """The key of these words; "" when they name nothing."""
        if media.sha256:
            return f"sha256:{media.sha256}"
        if media.url:
            return media.url
        return f"{source}|{media.file}" if media.file else ""
