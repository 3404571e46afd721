"""Revisions: the Story of an article after each save that changed its content."""

from __future__ import annotations

from django.utils import timezone

from . import audit, search
from .models import Article, Revision


def record(article: Article, *, by, at=None, act="save") -> Revision:
    """Keep what the article says now, unless that is what was kept last.

    Call it with the rows of the article stored and its row locked. Raises `StoryError` when
    the working copy is no Story, say without a headline. `act`: what the audit log calls it.
    """
    article.rows = None
    story = article.as_story()
    digest = story.digest
    if article.head_id and digest == article.digest:
        return article.head
    revision = Revision.objects.create(
        article=article, story=story, digest=digest, at=at or timezone.now(), by=by
    )
    if by:
        told = {"before": article.digest, "after": digest, "at": revision.at}
        audit.record(act, article, by=by, **told)
    adopt(article, revision)
    article.save(update_fields=["head", "digest", "saved_at"])
    search.keep([revision])
    return revision


def adopt(article: Article, revision: Revision) -> None:
    """Set, in memory, what the article knows about its newest revision."""
    article.head, article.digest, article.saved_at = revision, revision.digest, revision.at
