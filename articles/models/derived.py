"""Derived tables: what readers' pages are made of. Disposable; `reindex` makes them anew.

They are written in the transaction that publishes and are always read through
`Version.objects.live()`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..story import ADDRESS_KEY_LENGTH, LONGEST
from .article import Article
from .attachments import Attachment
from .fields import HeadlineKeyField
from .library import Photo, Video
from .taxonomy import Author, Category, Tag
from .versions import Version


class Rendering(models.Model):
    """The HTML of a version: what does not change until the next one.

    `article` is the inside of <article> with a marker wherever a live name or address stands;
    `card` holds what lists show; `head` the metadata of the page. See `rendering`.
    """

    version = models.OneToOneField(
        Version, models.CASCADE, primary_key=True, related_name="rendering"
    )
    article = models.TextField()
    head = models.TextField()
    card = models.JSONField()
    corrections = models.JSONField(default=list)
    corrected_at = models.DateTimeField(null=True)  # the newest of them
    category = models.ForeignKey(Category, models.SET_NULL, null=True, related_name="+")
    # The picture of the card.
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["-corrected_at", "-version"],
                condition=Q(corrected_at__isnull=False),
                name="rendering_corrected_newest",
            ),
        ]

    def __str__(self):
        return f"rendering of version {self.version_id}"


class Listing(models.Model):
    """Where a version is listed: one category (its own or one above), one tag or one author."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="listings")
    first_published_at = models.DateTimeField()
    position = models.PositiveIntegerField(default=0)
    implied = models.BooleanField(default=False)  # a category above the one it is filed under
    has_video = models.BooleanField(default=False)  # the lead is one
    category = models.ForeignKey(Category, models.CASCADE, null=True, related_name="listings")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, related_name="listings")
    author = models.ForeignKey(Author, models.CASCADE, null=True, related_name="listings")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=False, tag=None, author=None)
                | Q(category=None, tag__isnull=False, author=None)
                | Q(category=None, tag=None, author__isnull=False),
                name="listing_of_one",
            ),
            *[
                models.UniqueConstraint(
                    fields=["version", kind],
                    condition=Q(**{f"{kind}__isnull": False}),
                    name=f"listing_{kind}_once",
                )
                for kind in ("category", "tag", "author")
            ],
        ]
        indexes = [
            models.Index(
                fields=[kind, "-first_published_at", "-version"],
                condition=Q(**{f"{kind}__isnull": False}),
                name=f"listing_{kind}_newest",
            )
            for kind in ("category", "tag", "author")
        ] + [
            # Films are few: without these a list of them would walk past everything else.
            models.Index(
                fields=[kind, "-first_published_at", "-version"],
                condition=Q(**{f"{kind}__isnull": False}, has_video=True),
                name=f"listing_{kind}_video",
            )
            for kind in ("category", "tag", "author")
        ]

    def __str__(self):
        return f"version {self.version_id} in {self.category or self.tag or self.author}"


class Link(models.Model):
    """A related story a version names, and the article once it is known."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="links")
    number = models.PositiveIntegerField()  # the marker in the rendering
    headline = models.CharField(max_length=LONGEST["headline"])
    headline_key = HeadlineKeyField()
    url_key = models.CharField(max_length=ADDRESS_KEY_LENGTH, blank=True, default="")
    target = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="link_number_once"),
        ]
        indexes = [
            models.Index(fields=["headline_key"], condition=Q(target=None), name="link_waiting"),
            models.Index(
                fields=["url_key"],
                condition=Q(target=None) & ~Q(url_key=""),
                name="link_url_waiting",
            ),
        ]

    def __str__(self):
        return self.headline


class Shown(models.Model):
    """A file that a version shows: whose rights its pages ask for, or which readers may have
    while they see it; and where it is used."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="shown")
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, related_name="shown")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="shown")
    video = models.ForeignKey(Video, models.PROTECT, null=True, related_name="shown")

    class Meta:
        verbose_name = _("file of a version")
        verbose_name_plural = _("files of versions")
        constraints = [
            models.UniqueConstraint(fields=["version", "photo"], name="shown_once"),
            models.UniqueConstraint(fields=["version", "attachment"], name="shown_attachment_once"),
            models.UniqueConstraint(fields=["version", "video"], name="shown_video_once"),
            models.CheckConstraint(
                condition=Q(photo__isnull=False, attachment=None, video=None)
                | Q(photo=None, attachment__isnull=False, video=None)
                | Q(photo=None, attachment=None, video__isnull=False),
                name="shown_of_one",
            ),
        ]

    def __str__(self):
        return f"{self.photo or self.attachment or self.video} in version {self.version_id}"
