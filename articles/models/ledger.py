"""The ledger of imports: what came when, from which file, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from ..story import LONGEST
from .article import Article
from .versions import AsARule, Revision


class ImportRun(models.Model):
    """One run that changed something: of a dump, of what was kept of dumps, or backwards."""

    class Kind(models.TextChoices):
        IMPORT = "import", _("import")
        REREAD = "reread", _("read again")
        UNDO = "undo", _("undone")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.IMPORT)
    of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="followed_by",
        verbose_name=_("of run"),
        help_text=_("The run that this one went on with or undid."),
    )
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    paths = models.JSONField(_("files"), default=list)
    options = models.JSONField(_("options"), default=dict)
    learned = models.JSONField(
        _("learned"), default=dict, help_text=_("What the formats made of the first items.")
    )
    # [number of the path, file, item]: all up to here is stored. None: not begun, or finished.
    place = models.JSONField(_("stood at"), null=True)
    tally = models.JSONField(_("outcome"), default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["import", "reread", "undo"]), name="importrun_kind_known"
            ),
        ]

    def __str__(self):
        return f"run {self.pk}"


class KeptSource(models.Model):
    """An item of a dump as it came, compressed (zstd): what a better reader reads again."""

    sha256 = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()
    size = models.PositiveIntegerField(help_text=_("Bytes as it came."))
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kept source")
        verbose_name_plural = _("kept sources")

    def __str__(self):
        return self.sha256[:12]


class ImportItemQuerySet(models.QuerySet):
    def undecided(self):
        """What waits for an editor: held or refused."""
        return self.filter(UNDECIDED, IsNull(AsARule("undone_by"), True))


# As the index says it, to the word: SQLite goes by an index of some rows only if a query repeats
# its condition, and "one of these" is none it can compare.
UNDECIDED = (Q(outcome="held") | Q(outcome="refused")) & Q(decision="")


class ImportItem(models.Model):
    """One story of a dump that was not "unchanged". `revision` is what was taken of it.

    An "unchanged" one is here only if it left something: its pictures, or the source's version.
    """

    class Outcome(models.TextChoices):
        CREATED = "created", _("created")
        UPDATED = "updated", _("updated")
        UNCHANGED = "unchanged", _("unchanged")
        HELD = "held", _("held")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("refused")
        UNDONE = "undone", _("undone")

    class Decision(models.TextChoices):
        """What an editor made of an item that was held or refused."""

        TAKEN = "taken", _("taken")
        MERGED = "merged", _("merged")
        DISMISSED = "dismissed", _("dismissed")

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
    confidence = models.FloatField(_("confidence"), null=True)

    # What came: enough to read it again without the dump.
    kept = models.ForeignKey(KeptSource, models.SET_NULL, null=True, related_name="items")
    format = models.CharField(_("format"), max_length=20, blank=True)
    name = models.CharField(max_length=LONGEST["source_id"], blank=True)
    modified = models.DateTimeField(_("time of the file"), null=True)
    received = models.CharField(
        max_length=64, blank=True, help_text=_("Digest of the bytes and of how they were read.")
    )

    # What was here before, for `--undo`.
    before = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    version_before = models.CharField(max_length=LONGEST["version"], blank=True)
    # Numbers of the story's newest Version (0: none): what lies between was added by this item.
    number_before = models.PositiveIntegerField(default=0)
    number_after = models.PositiveIntegerField(default=0)
    undone_by = models.ForeignKey(
        ImportRun, models.SET_NULL, null=True, related_name="undid", verbose_name=_("undone by")
    )

    decision = models.CharField(_("decision"), max_length=9, choices=Decision, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = ImportItemQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        permissions = [("decide_importitem", _("Can decide about held and refused items"))]
        indexes = [
            models.Index(fields=["source", "source_id", "-id"], name="importitem_latest"),
            models.Index(fields=["received"], name="importitem_received"),
            models.Index(
                fields=["-id"],
                name="importitem_undecided",
                condition=UNDECIDED,
            ),
        ]

    def __str__(self):
        return f"{self.source}:{self.source_id} {self.outcome}"


class ImportMade(models.Model):
    """What a run made beside stories: taken back with it, unless something else uses it."""

    class Kind(models.TextChoices):
        CATEGORY = "category", _("category")
        TAG = "tag", _("tag")
        AUTHOR = "author", _("author")
        PHOTO = "photo", _("photo")
        VIDEO = "video", _("video")
        ATTACHMENT = "attachment", _("attachment")
        ORIGIN = "origin", _("name of a file")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="made")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.BigIntegerField()

    class Meta:
        verbose_name = _("made by an import")
        verbose_name_plural = _("made by imports")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="importmade_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"
