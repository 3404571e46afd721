"""Links that show the working copy of one story to somebody without an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article
from .versions import sane


class ShareLinkQuerySet(models.QuerySet):
    def open(self, now):
        """Those that still show something. Of who has left the newsroom, none does, nor of a
        story in the bin."""
        there = self.filter(article__binned_at=None, made_by__is_active=True)
        return there.filter(revoked_at=None, expires_at__gt=now)


class ShareLink(models.Model):
    """One link. Its secret is not here: of it only the digest is kept. See `sharing`."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="share_links")
    digest = models.CharField(max_length=64, unique=True)
    whom = models.CharField(_("for whom"), max_length=100, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    expires_at = models.DateTimeField(_("ends"))
    used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        constraints = [
            sane("expires_at", "sharelink_ends"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="sharelink_lasts"
            ),
        ]

    def __str__(self):
        return f"{self.article_id} for {self.whom or 'anybody'}"
