"""Documents and recordings of the library: what readers save or hear beside a story."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..story import Media
from .library import ATTACHED, LibraryStorage, unguessable


def upload_attachment(instance, filename):
    return f"{ATTACHED}/{unguessable(filename)}"


class Attachment(models.Model):
    """One PDF or recording, once: its bytes are its identity.

    Readers get it from the application, while a version they see shows it: `views.attached`.
    """

    class Kind(models.TextChoices):
        AUDIO = "audio", _("recording")
        DOCUMENT = "document", _("document")

    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to=upload_attachment,
        storage=LibraryStorage(),
        max_length=200,
        unique=True,
    )
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, editable=False)
    mime = models.CharField(max_length=50, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)  # bytes
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    seconds = models.PositiveIntegerField(_("duration"), null=True, editable=False)
    caption = models.TextField(_("description"), blank=True)
    credit = models.CharField(_("credit"), max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    picture = None  # nothing of it is to be seen

    class Meta:
        ordering = ["-added_at", "-id"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [models.Index(fields=["-added_at", "-id"], name="attachment_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["audio", "document"]), name="attachment_kind_known"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def media(self) -> Media:
        """The words by which a caption refers to this file."""
        return Media(file=self.file.name, sha256=self.sha256, mime=self.mime)
