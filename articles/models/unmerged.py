"""What an editor saved and could not be merged: kept until somebody has decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..story import LONGEST
from .article import Article
from .fields import StoryField
from .versions import Revision, sane


class Unmerged(models.Model):
    """A form that was opened on `base` and sent when another revision was the newest.

    It says in part what that one says otherwise, so it is none itself. `settled_at`: a revision
    with what was decided has been saved.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="unmerged")
    # None: nothing was known of what the form was opened on.
    base = models.ForeignKey(Revision, models.RESTRICT, null=True, related_name="+")
    story = StoryField()
    at = models.DateTimeField(_("saved"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    # Of imports: whose words it is. Empty: those of `by`.
    source = models.CharField(max_length=LONGEST["source"], blank=True, default="")
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("unmerged text")
        verbose_name_plural = _("unmerged texts")
        constraints = [sane("at", "unmerged_date_sane")]
        indexes = [
            models.Index(
                fields=["article"], condition=models.Q(settled_at=None), name="unmerged_open"
            ),
            # Of all stories, for the first page of the desk.
            models.Index(
                fields=["at"], condition=models.Q(settled_at=None), name="unmerged_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.article_id} u{self.pk}"
