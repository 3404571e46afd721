"""The ledger of imports: what came when, from which file, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..story import LONGEST
from .article import Article
from .versions import Revision


class ImportRun(models.Model):
    """One call of `import_dump` that changed something."""

    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    paths = models.JSONField(_("files"), default=list)
    options = models.JSONField(_("options"), default=dict)
    tally = models.JSONField(_("outcome"), default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")

    def __str__(self):
        return f"run {self.pk}"


class ImportItem(models.Model):
    """One story of a dump that was not "unchanged". `revision` is what was taken of it."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("created")
        UPDATED = "updated", _("updated")
        UNCHANGED = "unchanged", _("unchanged")
        HELD = "held", _("held")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("refused")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="items")
    source = models.CharField(max_length=LONGEST["source"])
    source_id = models.CharField(max_length=LONGEST["source_id"])
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=9, choices=Outcome)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="imports")
    # What an editor drops with its whole history leaves its line in the ledger behind.
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    path = models.TextField(_("file"), blank=True)
    position = models.PositiveIntegerField(_("item"), default=1)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        indexes = [
            models.Index(fields=["source", "source_id", "-id"], name="importitem_latest"),
        ]

    def __str__(self):
        return f"{self.source}:{self.source_id} {self.outcome}"
