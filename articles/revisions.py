"""Revisions: the Story of an article after each save that changed its content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import Cast, Length
from django.utils import timezone

from .models import Article, Revision


def record(article: Article, *, by, at=None) -> Revision:
    """Keep what the article says now, unless that is what was kept last.

    Call it with the rows of the article stored and its row locked. Raises `StoryError` when
    the working copy is no Story, say without a headline.
    """
    article.rows = None
    story = article.as_story()
    digest = story.digest
    if article.head_id and digest == article.digest:
        return article.head
    revision = Revision.objects.create(
        article=article, story=story, digest=digest, at=at or timezone.now(), by=by
    )
    adopt(article, revision)
    article.save(update_fields=["head", "digest", "saved_at"])
    return revision


def adopt(article: Article, revision: Revision) -> None:
    """Set, in memory, what the article knows about its newest revision."""
    article.head, article.digest, article.saved_at = revision, revision.digest, revision.at


# Throwing old ones away

PERIODS = {"day": "%Y-%m-%d", "week": "%G-%V", "month": "%Y-%m"}


def unpointed() -> models.QuerySet[Revision]:
    """Those that no other row names: no article as its newest, no version, no line of the ledger,
    nothing that waits to be merged. Asked of every key there is, so that a new one counts too."""
    found = Revision.objects.all()
    for relation in Revision._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            named = relation.related_model._base_manager.filter(
                **{relation.field.name: OuterRef("pk")}
            )
            found = found.filter(~Exists(named))
    return found


def unneeded(before: datetime, period: str, batch: int) -> Iterator[list[int]]:
    """The ids of unpointed revisions saved before that moment, but for the last one of its story
    in each period, in the site's time zone: a batch at a time, oldest story first."""
    old = Revision.objects.filter(at__lt=before).order_by("article_id", "-pk")
    free = old.annotate(is_free=Exists(unpointed().filter(pk=OuterRef("pk"))))
    rows = free.values_list("pk", "article_id", "at", "is_free").iterator(chunk_size=2000)
    found = _not_the_last(rows, PERIODS[period])
    return iter(lambda: list(islice(found, batch)), [])


def _not_the_last(rows, period):
    last = None
    for pk, article, at, is_free in rows:
        place = article, timezone.localtime(at).strftime(period)
        if place == last and is_free:
            yield pk
        last = place


def measure(ids: list[int]) -> tuple[int, int]:
    """(how many, characters of their stories)."""
    return _measured(Revision.objects.filter(pk__in=ids))


def _measured(found):
    size = Sum(Length(Cast("story", models.TextField())))
    told = found.aggregate(count=models.Count("pk"), size=size)
    return told["count"], told["size"] or 0


@transaction.atomic
def prune(ids: list[int]) -> tuple[int, int]:
    """Delete those of them that are still unpointed. As `measure` of what is gone."""
    found = unpointed().filter(pk__in=ids).select_for_update()
    ids = list(found.values_list("pk", flat=True))
    gone = measure(ids)
    Revision.objects.filter(pk__in=ids).delete()
    return gone
