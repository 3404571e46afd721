"""What an editor decides about an item that was held or refused."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from .. import audit, companions, custody, linking, locks, revisions
from ..models import Article, ImportItem, Revision
from ..story import PubStatus, StoryError
from .copies import overwrite, store_rows
from .kept import NotKept, story_of

Outcome, Decision = ImportItem.Outcome, ImportItem.Decision


class DecisionError(ValueError):
    """This cannot be decided so. The message says why, for an editor."""


@transaction.atomic
def take_source(item: ImportItem, *, by, now=None) -> Revision:
    """The source's version of a held item becomes the working copy, as a revision by this editor.

    Nothing is published. From then on it counts as taken: the same thing coming again is
    unchanged, and the next one of the source is compared with it.
    """
    item, now = _locked(item, now)
    if item.outcome != Outcome.HELD or item.article_id is None:
        raise DecisionError("only a held item of a story that is here can be taken")
    custody.take_out(Article(pk=item.article_id), by=by)  # who takes the words wants the story
    article = Article.objects.select_for_update().get(pk=item.article_id)
    story = _said(item, article)
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
