"""What colleagues say to each other about a story: nothing of it is content, or ever published.

Rows beside the Article, so that no import, digest or revision knows of them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .article import Article
from .versions import Revision, opened_by, sane

NOTE_LENGTH = 2000


def person(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class Review(models.Model):
    """Where the working copy stands. No row: it is a draft that nobody was asked about.

    It holds for `revision`: what is saved later was not looked at. Publishing ends it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("sent back")
        IN_REVIEW = "review", _("in review")
        APPROVED = "approved", _("approved")

    article = models.OneToOneField(Article, models.CASCADE, related_name="review")
    state = models.CharField(_("state"), max_length=8, choices=State)
    # An undone import takes its revisions with it, and what was said about them.
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("at"))
    by = person(verbose_name=_("by"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ()
        permissions = [("review_article", "Can approve stories and send them back")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review", "approved"]), name="review_state_known"
            ),
            sane("at", "review_date_sane"),
        ]
        indexes = [models.Index(fields=["state", "at"], name="review_waiting")]

    def __str__(self):
        return f"{self.article_id}: {self.state}"


class Assignment(models.Model):
    """Whose story it is, and by when it is due."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="assignment")
    to = person(verbose_name=_("assigned to"))
    due = models.DateTimeField(_("due"), null=True, blank=True)
    at = models.DateTimeField(_("at"))
    by = person(verbose_name=_("by"))

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        default_permissions = ()
        constraints = [sane("at", "assignment_date_sane")]
        indexes = [
            models.Index(fields=["to", "due"], name="assignment_mine"),
            models.Index(fields=["due"], name="assignment_due"),
        ]

    def __str__(self):
        return f"{self.article_id} → {self.to_id}"


class Note(models.Model):
    """Words to colleagues: added, never changed. A trigger sees to it."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="desk_notes")
    text = models.TextField(_("note"), max_length=NOTE_LENGTH)
    at = models.DateTimeField(_("at"))
    by = person(verbose_name=_("by"))
    redaction = opened_by()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_has_words"),
            sane("at", "note_date_sane"),
        ]

    def __str__(self):
        return self.text[:60]
