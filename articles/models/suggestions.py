"""Stories that might stand beside one: worked out, disposable; and those an editor refused."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article
from .versions import Version


class Suggestion(models.Model):
    """A story that belongs beside this version, and why. `related` writes them; readers' pages ask
    whether the target is live."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="suggestions")
    position = models.PositiveIntegerField()  # the best is 0
    target = models.ForeignKey(Article, models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)  # [["tag", "harbour"], ["words", "Corrin"]]

    class Meta:
        ordering = ["version", "position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="suggestion_place_once"),
            models.UniqueConstraint(fields=["version", "target"], name="suggestion_once"),
        ]

    def __str__(self):
        return f"{self.target_id} beside {self.version}"


class SuggestionBan(models.Model):
    """An editor does not want this one beside that one."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="suggestion_bans")
    target = models.ForeignKey(Article, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("done at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "target"], name="suggestionban_once"),
        ]

    def __str__(self):
        return f"not {self.target_id} beside {self.article_id}"
