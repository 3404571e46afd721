"""Whose a story is: the person who began it, the desks of the newsroom, the bin."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Custody(models.Model):
    """What the newsroom knows of a story beside its words. Nothing of it is ever an edit."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("begun by"),
        null=True,
        editable=False,
        related_name="stories",
    )
    # Never published, and not wanted: out of every list until somebody takes it out again.
    binned_at = models.DateTimeField(_("put into the bin"), null=True, editable=False)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("by"),
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True


IN_BIN = Q(binned_at__isnull=False)


class Desk(models.Model):
    """A part of the newsroom: its members work on its categories, and on what lies below them.

    Somebody of no desk works on all categories; somebody of several on those of each.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("members"), blank=True, related_name="desks"
    )
    categories = models.ManyToManyField(
        "articles.Category",
        verbose_name=_("categories"),
        blank=True,
        related_name="desks",
        help_text=_("And what lies below them. With none, members see their own stories only."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("desk")
        verbose_name_plural = _("desks")

    def __str__(self):
        return self.name
