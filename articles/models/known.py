"""The headlines a story is known by beside its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..story import LONGEST
from .article import Article
from .fields import HeadlineKeyField


class KnownHeadline(models.Model):
    """A headline that means this story beside its own: it had it once, or somebody said so.

    `by` is who said so; nobody for one it had when the world could see it.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="known_headlines")
    headline = models.CharField(_("headline"), max_length=LONGEST["headline"])
    headline_key = HeadlineKeyField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("known headline")
        verbose_name_plural = _("known headlines")
        constraints = [
            models.UniqueConstraint(
                fields=["headline_key", "article"], name="knownheadline_once_a_story"
            ),
            models.UniqueConstraint(
                fields=["headline_key"],
                condition=Q(by__isnull=False),
                name="knownheadline_one_is_meant",
            ),
        ]

    def __str__(self):
        return self.headline
