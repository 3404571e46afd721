"""Stories that might stand beside one: worked out, disposable; and those an editor refused."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article


class Suggestion(models.Model):
    """A story that belongs to another, and why. `related` writes them, readers' pages ask whether
    the target is live."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="suggestions")
    position = models.PositiveIntegerField()  # the best is 0
    target = models.ForeignKey(Article, models.CASCADE, related_name="+")
    score = models.FloatField()
    # [["tag", "harbour"], ["words", "Corrin"], ["link", ""]]
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="suggestion_place_once"),
            models.UniqueConstraint(fields=["article", "target"], name="suggestion_once"),
        ]

    def __str__(self):
        return f"{self.target_id} beside {self.article_id}"


class SuggestionBan(models.Model):
    """An editor does not want this one beside that one."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="suggestion_bans")
    target = models.ForeignKey(Article, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("done at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "target"], name="suggestionban_once"),
        ]

    def __str__(self):
        return f"not {self.target_id} beside {self.article_id}"
