"""Fronts: pages arranged by hand, kept and published the way stories are.

A Front is an identity. Each save adds a FrontRevision, the newest of which is the working copy;
each act of publication adds a FrontVersion. What readers see is `FrontVersion.objects.live()`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .arrangement import Arrangement
from .taxonomy import Category
from .versions import PubStatus, VisibleQuerySet, opened_by, sane


class ArrangementField(models.JSONField):
    """An Arrangement in Python, a JSON object in the database."""

    def from_db_value(self, value, expression, connection):
        found = super().from_db_value(value, expression, connection)
        return None if found is None else Arrangement.from_dict(found)

    def get_db_prep_value(self, value, connection, prepared=False):
        if isinstance(value, Arrangement):
            value = value.as_dict()
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj):
        return self.value_from_object(obj).as_dict()

    def to_python(self, value):
        return Arrangement.from_dict(value) if isinstance(value, dict) else value


class FrontQuerySet(models.QuerySet):
    def with_status(self, at=None):
        """What readers see of each, and what was saved last: see `Front.status`."""
        versions = FrontVersion.objects.filter(front=OuterRef("pk"))
        saved = FrontRevision.objects.filter(front=OuterRef("pk")).order_by("-pk")
        pending = versions.pending(at).order_by("visible_from")
        return self.annotate(
            live_digest=Subquery(versions.live(at).values("revision__digest")[:1]),
            scheduled_for=Subquery(pending.values("visible_from")[:1]),
            digest=Subquery(saved.values("digest")[:1]),
            saved_at=Subquery(saved.values("at")[:1]),
            saved_by=Subquery(saved.values("by__username")[:1]),
        )


class Front(models.Model):
    """The front page of the site (without a category), or the first page of a category."""

    category = models.OneToOneField(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        null=True,
        blank=True,
        related_name="front",
        help_text=_("Empty: the front page of the site."),
    )

    objects = FrontQuerySet.as_manager()

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")
        ordering = ["category__path"]
        permissions = [("publish_front", _("Can publish and schedule front pages"))]
        constraints = [
            # NULLs are all different to a unique column: this is one row of them.
            models.UniqueConstraint(
                Coalesce("category", Value(0)),
                name="front_one_of_each",
                violation_error_message=_("It has a front page already."),
            ),
        ]

    def __str__(self):
        return str(self.category) if self.category_id else str(_("The front page"))

    def get_absolute_url(self):
        return self.category.get_absolute_url() if self.category else reverse("front")

    @property
    def status(self) -> str:
        """live, changed, scheduled or draft, as of an Article. Of a front `with_status()`."""
        if self.live_digest:
            return "live" if self.live_digest == self.digest else "changed"
        return "scheduled" if self.scheduled_for else "draft"

    @property
    def head(self) -> FrontRevision | None:
        """The working copy; its id is the token that an edit form carries."""
        return self.revisions.select_related("by").first()


class FrontRevision(models.Model):
    """A front after a save. Add-only."""

    front = models.ForeignKey(Front, models.CASCADE, related_name="revisions")
    arrangement = ArrangementField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("saved"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    redaction = opened_by()

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        constraints = [sane("at", "frontrevision_date_sane")]

    def __str__(self):
        return f"front {self.front_id} r{self.pk}"


class FrontKind(models.TextChoices):
    """The act that added a version."""

    PUBLISH = "publish", _("published")
    CARRY = "carry", _("scheduled again")
    UNSCHEDULE = "unschedule", _("unscheduled")
    WITHDRAW = "withdraw", _("made automatic again")


class FrontVersionQuerySet(VisibleQuerySet):
    of = "front"


class FrontVersion(models.Model):
    """What readers see of a front from `visible_from` on, until a later version. Add-only."""

    Kind, PubStatus = FrontKind, PubStatus

    front = models.ForeignKey(Front, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(FrontRevision, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=10, choices=FrontKind)
    pubstatus = models.CharField(max_length=8, choices=PubStatus)
    visible_from = models.DateTimeField(_("visible from"))
    created_at = models.DateTimeField(_("done at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = FrontVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        get_latest_by = "number"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["front", "number"], name="frontversion_number_once"),
            models.CheckConstraint(
                condition=Q(pubstatus__in=PubStatus.values), name="frontversion_pubstatus_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FrontKind.values), name="frontversion_kind_known"
            ),
            sane("visible_from", "frontversion_visible_from_sane"),
            sane("created_at", "frontversion_created_at_sane"),
        ]

    def __str__(self):
        return f"front {self.front_id} v{self.number}"
