"""Revisions (every save) and Versions (every publication): added, never changed.

The database itself refuses to change them, see `triggers`. What is live for readers is the
answer of one queryset method, `Version.objects.live()`, and nothing else spells it out.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..story import EARLIEST, LATEST
from .article import Article
from .fields import StoryField


def sane(field, name):
    return models.CheckConstraint(condition=Q(**{f"{field}__range": (EARLIEST, LATEST)}), name=name)


def opened_by():
    """The last record that words were taken out of a row: each opens it for one change."""
    return models.ForeignKey(
        "articles.Redaction",
        models.DO_NOTHING,
        null=True,
        editable=False,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )


class Revision(models.Model):
    """The Story of an article after a save. Its id is the token an edit form carries."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    story = StoryField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("saved"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    redaction = opened_by()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [sane("at", "revision_date_sane")]
        indexes = [
            # What was saved last, by one person, and by people: an import saves thousands.
            models.Index(fields=["by", "-id"], name="revision_by"),
            models.Index(fields=["-id"], condition=~Q(by=None), name="revision_by_people"),
        ]

    def __str__(self):
        return f"{self.article_id} r{self.pk}"


class AsARule(models.Func):
    """A column in a condition that nearly every row meets: SQLite must not go by its index.

    It would read the whole archive in the order of that index and sort it for every list. The
    sign in front is its manual's own word for that. PostgreSQL knows from its statistics.
    """

    template = "%(expressions)s"

    def as_sqlite(self, compiler, connection):
        return self.as_sql(compiler, connection, template="+%(expressions)s")


class Kind(models.TextChoices):
    """The act that added a version."""

    PUBLISH = "publish", _("published")
    CORRECT = "correct", _("corrected")
    CARRY = "carry", _("carried")
    UNSCHEDULE = "unschedule", _("unscheduled")
    WITHDRAW = "withdraw", _("withdrawn")
    REPUBLISH = "republish", _("published again")
    IMPORT = "import", _("imported")
    REDACT = "redact", _("redacted")


class VisibleQuerySet(models.QuerySet):
    """Of versions of something: of each `of`, the highest-numbered one that has begun is seen."""

    of: str  # the key to what these are versions of

    # All look at every version, never only at the ones already filtered, so that
    # .filter(...).live() and .live().filter(...) always mean the same.

    def latest_of_each(self, at=None):
        """Of each the highest-numbered version visible by then (None: now)."""
        seen = LessThanOrEqual(AsARule("visible_from"), at or timezone.now())
        return self.filter(seen, ~Exists(self._later(seen)))

    def live(self, at=None):
        """What readers see: now, or as the site stood at a moment."""
        return self.latest_of_each(at).filter(pubstatus=PubStatus.USABLE)

    def pending(self, at=None):
        """Scheduled, and not overtaken by a version with a higher number."""
        return self._never_overtaken().filter(visible_from__gt=at or timezone.now())

    def once_live(self, at=None):
        """Usable versions that readers really have seen, for however short a time."""
        return self._never_overtaken().filter(visible_from__lte=at or timezone.now())

    def _never_overtaken(self):
        """Usable, and no later version was already there when its moment came."""
        overtaking = self._later(visible_from__lte=OuterRef("visible_from"))
        return self.filter(~Exists(overtaking), pubstatus=PubStatus.USABLE)

    def _later(self, *conditions, **more):
        """Those with a higher number of the same, that meet the conditions."""
        own = {self.of: OuterRef(self.of), "number__gt": OuterRef("number")}
        return self.model._base_manager.filter(*conditions, **own, **more)


class VersionQuerySet(VisibleQuerySet):
    of = "article"

    def newest_first(self):
        return self.order_by("-first_published_at", "-article_id")


class PubStatus(models.TextChoices):  # IPTC's words
    USABLE = "usable", _("live")
    CANCELED = "canceled", _("withdrawn")


class Version(models.Model):
    """What readers see from `visible_from` on, until a later version. `publishing` adds them."""

    Kind, PubStatus = Kind, PubStatus

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64)
    kind = models.CharField(_("act"), max_length=10, choices=Kind)
    pubstatus = models.CharField(_("status"), max_length=8, choices=PubStatus)
    visible_from = models.DateTimeField(_("visible from"))
    published_at = models.DateTimeField(_("published"))
    first_published_at = models.DateTimeField(_("first published"))
    embargoed_until = models.DateTimeField(_("embargoed until"), null=True)
    dated = models.BooleanField(
        default=True, help_text="False: the day is a guess, and pages show no date of publication."
    )
    correction = models.TextField(_("correction or reason"), blank=True)
    created_at = models.DateTimeField(_("done at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        get_latest_by = "number"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(pubstatus__in=["usable", "canceled"]), name="version_pubstatus_known"
            ),
            models.CheckConstraint(
                condition=Q(embargoed_until=None)
                | Q(visible_from__gte=F("embargoed_until"))
                | Q(pubstatus="canceled"),
                name="version_keeps_embargo",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="version_kind_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
            models.CheckConstraint(
                condition=Q(embargoed_until=None) | Q(embargoed_until__range=(EARLIEST, LATEST)),
                name="version_embargo_sane",
            ),
            sane("created_at", "version_created_at_sane"),
            sane("visible_from", "version_visible_from_sane"),
            sane("published_at", "version_published_at_sane"),
            sane("first_published_at", "version_first_published_at_sane"),
        ]
        indexes = [
            models.Index(fields=["-first_published_at", "-article"], name="version_newest_first"),
            models.Index(fields=["visible_from"], name="version_visible_from"),
            models.Index(
                fields=["article"],
                condition=~Q(pubstatus=PubStatus.USABLE.value),
                name="version_taken_back",
            ),
        ]

    def __str__(self):
        return f"{self.article_id} v{self.number}"

    def get_absolute_url(self):
        return self.article.path

    @property
    def story(self):
        return self.revision.story

    @property
    def was_recalled(self) -> bool:
        """Whether its source took it back by this act: an import did, and no editor."""
        taken = self.kind in (Kind.WITHDRAW, Kind.UNSCHEDULE)
        return taken and self.pubstatus == PubStatus.CANCELED and self.by_id is None


# What a Redaction is of: one of these keys.
GUARDED = ("version", "revision", "note", "entry", "arrangement")


def _only(name):
    return Q(**{f"{each}__isnull": each != name for each in GUARDED})


def _guarded_row(model):
    return models.ForeignKey(
        model, models.DO_NOTHING, null=True, db_constraint=False, related_name="redactions"
    )


class Redaction(models.Model):
    """The audited door past the triggers: why words were taken out of one row, add-only.

    The words themselves are not in it.
    """

    # No constraint in the database: the record outlives a version that an undone import removes.
    version = _guarded_row(Version)
    revision = _guarded_row(Revision)
    note = _guarded_row("Note")
    entry = _guarded_row("AuditEntry")
    arrangement = _guarded_row("FrontRevision")
    at = models.DateTimeField(_("done at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.TextField(_("reason"))
    # Set by a trigger on PostgreSQL: the door is open in this transaction only.
    transaction_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="redaction_has_reason"),
            models.CheckConstraint(
                condition=reduce(or_, (_only(name) for name in GUARDED)),
                name="redaction_of_one",
            ),
        ]

    def __str__(self):
        return f"{self.of}: {self.why[:60]}"

    @property
    def of(self) -> str:
        """The row that it opened: "revision 12"."""
        name = next(name for name in GUARDED if getattr(self, f"{name}_id"))
        model = self._meta.get_field(name).related_model
        return f"{model._meta.verbose_name} {getattr(self, f'{name}_id')}"
