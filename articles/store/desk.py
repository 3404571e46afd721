"""What an editor decides about an item that was held or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from .. import audit, companions, custody, linking, locks, revisions
from ..models import Article, ImportItem, Revision
from ..story import PubStatus, Story, StoryError
from .copies import overwrite, store_rows
from .kept import NotKept, story_of

Outcome, Decision = ImportItem.Outcome, ImportItem.Decision
T = TypeVar("T")


class DecisionError(ValueError):
    """This cannot be decided so. The message says why, for an editor."""


@transaction.atomic
def take_source(item: ImportItem, *, by, now=None) -> Revision:
    """The source's version of a held item becomes the working copy, as a revision by this editor.

    Nothing is published. From then on it counts as taken: the same thing coming again is
    unchanged, and the next one of the source is compared with it.
    """
    item, now = _locked(item, now)
    article, story = _held(item, by)
    headline = article.headline
    article.take(story)
    overwrite([article])
    store_rows([article])
    linking.remember(article, headline)
    linking.connect([article])
    item.revision = revisions.record(article, by=by, at=now)
    _decide(item, Decision.TAKEN, by, now)
    return item.revision


@transaction.atomic
def merge_source(
    item: ImportItem, merge: Callable[[Article, Revision | None, Story], T], *, by
) -> T:
    """What the source changed goes into the working copy, beside what was edited here.

    `merge(article, base, story)` does that with the article locked; `base` is the revision that was
    taken of the source last, which both have changed since. Returns what it returns.

    As what is here is no copy of the source afterwards, the next one is held again.
    """
    item, now = _locked(item, None)
    article, story = _held(item, by)
    taken = article.imports.filter(revision__isnull=False, undone_by=None).order_by("-revision")
    base = Revision.objects.filter(pk__in=taken.values("revision")[:1]).first()
    merged = merge(article, base, story)
    _decide(item, Decision.MERGED, by, now)
    return merged


@transaction.atomic
def dismiss(item: ImportItem, *, by, now=None) -> None:
    """What is here stays, or what could not be read is left alone.

    The same thing coming again is not held again; a newer one of the source is.
    """
    item, now = _locked(item, now)
    _decide(item, Decision.DISMISSED, by, now)


def _locked(item, now):
    """The item as it is now, if it can still be decided about."""
    locks.one_at_a_time()
    item = ImportItem.objects.select_for_update().get(pk=item.pk)
    if item.outcome not in (Outcome.HELD, Outcome.REFUSED):
        raise DecisionError("only what is held or refused waits for a decision")
    if item.undone_by_id:
        raise DecisionError("the run that brought it was undone")
    if item.decision:
        raise DecisionError("it has been decided already")
    return item, now or timezone.now()


def _held(item, by):
    """The story that is here, locked, and what the source says. Who wants its words wants the
    story, wherever it lies."""
    if item.outcome != Outcome.HELD or item.article_id is None:
        raise DecisionError("only a held item of a story that is here can be taken")
    custody.take_out(Article(pk=item.article_id), by=by)
    article = Article.objects.select_for_update(of=("self",)).select_related("head")
    article = article.get(pk=item.article_id)
    return article, _said(item, article)


def _said(item, article):
    """The source's story, with the files and the time of capture that are known here."""
    try:
        story = story_of(item)
    except (NotKept, StoryError) as error:
        raise DecisionError(str(error)) from error
    if (story.source, story.source_id) != (article.source, article.source_id):
        raise DecisionError("read today, it is another story")
    if story.pubstatus == PubStatus.CANCELED:
        raise DecisionError("its source has withdrawn it")
    if article.head:
        story = companions.kept(story, article.head.story)
    return story.replace(captured_at=article.captured_at or story.captured_at)


def _decide(item, decision, by, now):
    item.decision, item.decided_at, item.decided_by = decision, now, by
    item.save(update_fields=["revision", "decision", "decided_at", "decided_by"])
    audit.record(decision, item.article or item, by=by, at=now, detail=str(item))
