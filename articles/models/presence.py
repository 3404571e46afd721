"""Who has a story open: a row for each, renewed by the open form, that expires by itself."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article

EXPIRES = timedelta(seconds=60)  # without a sign of life: three that the form sends were missed


class PresenceQuerySet(models.QuerySet):
    def beat(self, article, user) -> list[Presence]:
        """A sign of life. Returns the others who have the story open, the first one first.

        Three queries, however many there are. A table and not the cache: that may be each
        process's own, and editors are served by several.
        """
        now = timezone.now()
        self.filter(seen__lt=now - EXPIRES).delete()
        self.bulk_create(
            [Presence(article=article, user=user, since=now, seen=now)],
            update_conflicts=True,
            unique_fields=["article", "user"],
            update_fields=["seen"],
        )
        return list(self.filter(article=article).exclude(user=user).select_related("user")[:10])


class Presence(models.Model):
    """Somebody has the form of a story open. It locks nothing and nothing relies on it."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))
    seen = models.DateTimeField(_("last seen"), db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="presence_once_a_person")
        ]

    def __str__(self):
        return f"{self.article_id} {self.user_id}"
