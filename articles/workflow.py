"""From a draft to a story that may go out: review, assignment, notes. Readers see none of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from . import audit
from .models import Article, Assignment, Note, Review

State = Review.State


def submit(article: Article, *, by) -> Review:
    """Ask colleagues to look at what is saved."""
    return _set(article, State.IN_REVIEW, "submit", by)


def approve(article: Article, *, by) -> Review:
    """This revision may go out."""
    return _set(article, State.APPROVED, "approve", by)


@transaction.atomic
def send_back(article: Article, *, by, why: str) -> Review:
    """It needs more work; `why` is a note to colleagues."""
    note(article, by=by, text=why, log=False)
    return _set(article, State.DRAFT, "send back", by, why)


@transaction.atomic
def _set(article, state, act, by, detail=""):
    now = timezone.now()
    values = {"state": state, "revision": article.head, "at": now, "by": by}
    review, _new = Review.objects.update_or_create(article=article, defaults=values)
    audit.record(act, article, by=by, at=now, after=article.digest, detail=detail)
    return review


@transaction.atomic
def assign(article: Article, *, to, by, due: datetime | None = None) -> Assignment | None:
    """It is this person's now, until `due`. `to` is None: it is nobody's."""
    now = timezone.now()
    if to is None:
        Assignment.objects.filter(article=article).delete()
        audit.record("assign", article, by=by, at=now, detail="nobody")
        return None
    values = {"to": to, "due": due, "at": now, "by": by}
    assignment, _new = Assignment.objects.update_or_create(article=article, defaults=values)
    until = f", {due.isoformat()}" if due else ""
    audit.record("assign", article, by=by, at=now, detail=f"{to}{until}")
    return assignment


@transaction.atomic
def note(article: Article, *, by, text: str, log=True) -> Note:
    """Say something about a story to colleagues."""
    now = timezone.now()
    if log:
        audit.record("note", article, by=by, at=now)
    return Note.objects.create(article=article, by=by, at=now, text=text.strip())


def end(article: Article) -> None:
    """Published: what comes next is a new draft. Who approved it stays in the audit log."""
    Review.objects.filter(article=article).delete()
