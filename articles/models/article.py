"""The Article: identity plus working copy. Editors change it; readers never see it.

`take(story)` and `as_story()` are exact inverses. Both work on columns and on `rows`, the
children of the article in memory; storing them is `store`'s and the admin's business.
"""

from __future__ import annotations

import uuid
from datetime import UTC

import msgspec
from content_editor.models import Region
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from .. import story as document
from ..story import LONGEST, PubStatus, Story
from .desks import IN_BIN, Custody
from .fields import AddressKeyField, HeadlineKeyField


def new_source_id():
    return str(uuid.uuid4())


class Installation(models.Model):
    """Who we are as a source of stories: one row, made once, never changed."""

    source = models.CharField(max_length=LONGEST["source"], default=new_source_id)

    @classmethod
    def here(cls) -> str:
        return cls.objects.get_or_create(pk=1)[0].source

    def __str__(self):
        return self.source


def within(field):
    """A check that a moment is one Python can read back, or absent."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__range": (document.EARLIEST, document.LATEST)})
        | Q(**{f"{field}__isnull": True}),
        name=f"article_{field}_sane",
    )


def no_longer(field, longest):
    """SQLite takes whatever length a column is given."""
    return models.CheckConstraint(
        condition=LessThanOrEqual(Length(field), longest), name=f"article_{field}_fits"
    )


class ArticleQuerySet(models.QuerySet):
    def kept(self):
        """Without the ones in the bin."""
        return self.filter(binned_at=None)

    def with_status(self, at=None):
        """What readers see of each, and what they are going to: see `Article.status`."""
        from .versions import Version

        own = Version.objects.filter(article=models.OuterRef("pk"))
        live, pending = own.live(at), own.pending(at).order_by("visible_from")
        return self.annotate(
            live_version_id=models.Subquery(live.values("pk")[:1]),
            live_digest=models.Subquery(live.values("digest")[:1]),
            scheduled_for=models.Subquery(pending.values("visible_from")[:1]),
            # One of them, not whether any EXISTS: PostgreSQL would work that out for all at once.
            once_live=models.Subquery(own.once_live(at).values("pk")[:1]),
        )


class Article(Custody):
    """No flag says "draft": an Article is the draft, a Version is the publication."""

    Status = models.TextChoices(
        "Status", {status.name: (status.value, status.value) for status in PubStatus}
    )

    # Identity
    source = models.CharField(max_length=LONGEST["source"], default=Installation.here)
    source_id = models.CharField(max_length=LONGEST["source_id"], default=new_source_id)
    source_url = models.CharField(max_length=LONGEST["source_url"], blank=True)
    source_url_key = AddressKeyField(of="source_url")
    version = models.CharField(max_length=LONGEST["version"], blank=True)
    path = models.CharField(
        _("address"),
        max_length=190,
        blank=True,
        editable=False,
        help_text=_("Given when the story is first published; only “Change address” alters it."),
    )

    # Content
    pubstatus = models.CharField(
        _("may be published"), max_length=8, choices=Status, default=PubStatus.USABLE
    )
    headline = models.CharField(_("headline"), max_length=LONGEST["headline"], blank=True)
    headline_key = HeadlineKeyField()
    slug = models.SlugField(
        _("slug"),
        max_length=LONGEST["slug"],
        blank=True,
        allow_unicode=True,
        help_text=_("For the address. Left empty, it is made from the headline."),
    )
    slugline = models.CharField(_("slugline"), max_length=LONGEST["slugline"], blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True)
    key_points = models.JSONField(_("key points"), default=list, blank=True)
    language = models.CharField(
        _("language"), max_length=LONGEST["language"], blank=True, help_text=_("Such as en or ar.")
    )
    byline = models.CharField(_("byline"), max_length=LONGEST["byline"], blank=True)
    dateline = models.CharField(_("dateline"), max_length=LONGEST["dateline"], blank=True)
    rights = models.TextField(_("rights"), blank=True)
    corrections = models.JSONField(default=list, blank=True, editable=False)
    embargoed_until = models.DateTimeField(_("embargoed until"), null=True, blank=True)

    # Bookkeeping
    first_published_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    modified_at = models.DateTimeField(null=True, editable=False)
    captured_at = models.DateTimeField(null=True, editable=False)
    recent = models.JSONField(default=list, editable=False)
    notes = models.JSONField(default=list, editable=False)
    confidence = models.FloatField(_("confidence"), null=True, editable=False)

    # What was saved last
    head = models.ForeignKey(
        "Revision", models.RESTRICT, null=True, editable=False, related_name="+"
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), null=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    regions = [
        Region(key="lead", title=_("Lead"), limit=1),
        Region(key="body", title=_("Body")),
        Region(key="related", title=_("Related posts")),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", _("Can publish, schedule and correct stories")),
            ("withdraw_article", _("Can withdraw published stories")),
            ("others_article", _("Can work on other people's stories")),
            ("purge_article", _("Can empty the bin")),
            ("share_article", _("Can show drafts to people without an account")),
            ("redact_article", _("Can take words out of every copy of a story")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="article_once"),
            models.UniqueConstraint(
                fields=["path"], condition=~Q(path=""), name="article_path_once"
            ),
            models.CheckConstraint(
                condition=Q(pubstatus__in=[status.value for status in PubStatus]),
                name="article_pubstatus_known",
            ),
            models.CheckConstraint(
                condition=~Q(headline="") | Q(pubstatus=PubStatus.CANCELED.value),
                name="article_has_headline",
            ),
            *[within(field) for field in (*document.MOMENTS, "saved_at", "binned_at")],
            *[no_longer(field, longest) for field, longest in LONGEST.items()],
        ]
        indexes = [
            models.Index(fields=["headline_key"], name="article_headline_key"),
            models.Index(
                fields=["source_url_key"],
                condition=~Q(source_url_key=""),
                name="article_source_url_key",
            ),
            # Whole: neither database looks up a list of addresses in the constraint's half of one.
            models.Index(fields=["path"], name="article_path"),
            models.Index(fields=["digest"], name="article_digest"),
            models.Index(fields=["-saved_at", "-id"], name="article_saved_last"),
            models.Index(
                fields=["embargoed_until"],
                condition=Q(embargoed_until__isnull=False),
                name="article_embargoed",
            ),
            models.Index(fields=["binned_at"], condition=IN_BIN, name="article_in_bin"),
        ]

    def __str__(self):
        return self.headline or f"{self.source}:{self.source_id}"

    def get_absolute_url(self):
        return self.path

    @property
    def status(self) -> str:
        """live, changed (live, and the working copy is ahead), scheduled, withdrawn, withheld
        or draft. Of an article from `with_status()`."""
        if self.live_version_id:
            return "live" if self.live_digest == self.digest else "changed"
        if self.scheduled_for:
            return "scheduled"
        if self.once_live:
            return "withdrawn"
        return "withheld" if self.pubstatus == PubStatus.WITHHELD else "draft"

    @property
    def rows(self):
        """The children of this working copy: as taken, else as stored."""
        if self._rows is None:
            self._rows = stored_rows(self) if self.pk else []
        return self._rows

    @rows.setter
    def rows(self, rows):
        self._rows = rows

    _rows = None

    def take(self, story: Story) -> None:
        """Become this story, in memory."""
        for name in (*IDENTITY, *PLAIN, *MOMENTS, "confidence"):
            setattr(self, name, getattr(story, name))
        self.pubstatus = story.pubstatus.value
        for name in LISTS:
            setattr(self, name, msgspec.to_builtins(getattr(story, name)))
        self.rows = list(rows(story))

    def as_story(self) -> Story:
        """The story that was taken, or that editors have made of it. Reads words only."""
        parts = {name: getattr(self, name) for name in (*IDENTITY, *PLAIN)}
        parts |= {name: _in_utc(getattr(self, name)) for name in MOMENTS}
        parts |= {name: tuple(getattr(self, name)) for name in ("key_points", "notes")}
        parts["pubstatus"], parts["confidence"] = PubStatus(self.pubstatus), self.confidence
        parts["corrections"] = _parts(self.corrections, document.Correction)
        parts["recent"] = _parts(self.recent, document.RecentPost)
        return Story(**parts, **parts_of(self.rows))


IDENTITY = ("source", "source_id", "source_url", "version")
PLAIN = ("headline", "slug", "slugline", "standfirst", "language", "byline", "dateline", "rights")
LISTS = ("key_points", "corrections", "recent", "notes")
MOMENTS = document.MOMENTS


def _parts(values, kind):
    return msgspec.convert(values, tuple[kind, ...])


def _in_utc(moment):
    return moment and moment.astimezone(UTC)


# These three stand below the model they use; children.py imports this module.
from .children import parts_of, rows, stored_rows  # noqa: E402
