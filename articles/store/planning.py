"""What an import would do, item by item, without doing it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ..models import Version
from ..story import PubStatus, headline_key
from . import saving
from .deciding import Came, State, is_newer
from .ledger import Import, Item, Outcome, outcomes


@dataclass(slots=True)
class Sketch:
    """As much of an article as a decision needs."""

    digest: str = ""
    version: str = ""
    headline_key: str = ""
    pk: int | None = None
    head_id: int | None = None


def plan(items: list[Item], run: Import, planned: dict[tuple[str, str], State]) -> list[Item]:
    """Set what would become of these stories, and write nothing.

    `planned` is kept between the batches of a run: what would be here of each story so far.
    """
    now = timezone.now()
    stories = [item for item in items if item.outcome != Outcome.REFUSED]
    with transaction.atomic():
        for once in saving.each_key_once(stories):
            saving.look(once, run, now, planned)
            saving.judge(once)
            for item in once:
                if state := _after(item, run):
                    planned[item.key] = state
    run.counts += outcomes(items)
    return items


def _after(item: Item, run: Import) -> State | None:
    """What would be here after it; None where nothing would have changed."""
    before, story = item.state, item.story
    if item.outcome in (Outcome.CREATED, Outcome.UPDATED):
        shown = story.pubstatus == PubStatus.USABLE and not run.draft
        came = Came(taken=item.digest, received={item.received}, dismissed=before.came.dismissed)
        came.path, came.run = item.path, run.run and run.run.pk
        article = Sketch(item.digest, story.version, headline_key(story.headline))
        return State(
            article,
            came,
            live=shown or before.live,
            pubstatus=Version.PubStatus.USABLE if shown else before.pubstatus,
            by=None if shown else before.by,
        )
    if before.article is None:
        return None
    here = before.article
    article = Sketch(here.digest, story.version or here.version, here.headline_key)
    if item.outcome == Outcome.WITHDRAWN:
        before.came.received.add(item.received)
        before.came.run = None
        return State(article, before.came, pubstatus=Version.PubStatus.CANCELED)
    if item.outcome == Outcome.UNCHANGED and is_newer(item):
        return State(
            article,
            *(before.came, before.live, before.pending, before.number, before.pubstatus, before.by),
        )
    return None
