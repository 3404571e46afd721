"""The audit log: who did what, when. The database itself refuses to change it, see `triggers`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .versions import opened_by, sane


class AuditEntry(models.Model):
    """One act of a person (`by` is None: of a command). `audit.record` adds them.

    What it was done to is named by words and not by a key: the entry outlives it.
    """

    at = models.DateTimeField(_("at"))
    act = models.CharField(_("act"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    model = models.CharField(_("of what kind"), max_length=80, blank=True)
    key = models.CharField(max_length=40, blank=True)
    told = models.CharField(_("on"), max_length=200, blank=True)
    before = models.CharField(_("digest before"), max_length=64, blank=True)
    after = models.CharField(_("digest after"), max_length=64, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    place = models.CharField(
        _("from where"), max_length=50, blank=True, help_text=_("A network, never one address.")
    )
    redaction = opened_by()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        default_permissions = ("view",)
        constraints = [sane("at", "auditentry_date_sane")]
        indexes = [
            models.Index(fields=["model", "key", "-id"], name="auditentry_of"),
            models.Index(fields=["act", "-id"], name="auditentry_act"),
            models.Index(fields=["by", "-id"], name="auditentry_by"),
        ]

    def __str__(self):
        return f"{self.act} {self.told}".strip()
