"""What an import would do, item by item, without doing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

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
    binned_at: datetime | None = None
    head_id: int | None = None


class Taken(NamedTuple):
    """What is left of a story that would be taken: enough to decide about its next item."""

    digest: bytes
    received: bytes
    version: str
    headline_key: str
    path: str
    run: int | None
    live: bool
    pubstatus: str
    by: int | None
    settled: frozenset[str]
    binned_at: datetime | None

    @classmethod
    def of(cls, state: State) -> Taken:
        article, came = state.article, state.came
        (received,) = came.received
        return cls(
            *(bytes.fromhex(article.digest), bytes.fromhex(received)),
            *(article.version, article.headline_key, came.path, came.run),
            *(state.live, state.pubstatus, state.by, frozenset(came.settled)),
            article.binned_at,
        )

    def state(self) -> State:
        digest = self.digest.hex()
        came = Came(digest, received={self.received.hex()}, settled=set(self.settled))
        came.path, came.run = self.path, self.run
        article = Sketch(digest, self.version, self.headline_key, binned_at=self.binned_at)
        return State(article, came, live=self.live, pubstatus=self.pubstatus, by=self.by)


class Planned:
    """What would be here by now of each story of a run, by its key.

    Of nearly all it is what a `Taken` can hold: as a State each would take three times as much.
    """

    def __init__(self) -> None:
        self._taken: dict[bytes, Taken] = {}
        self._others: dict[bytes, State] = {}

    def __contains__(self, key: tuple[str, str]) -> bool:
        mark = _mark(key)
        return mark in self._taken or mark in self._others

    def __getitem__(self, key: tuple[str, str]) -> State:
        mark = _mark(key)
        return self._taken[mark].state() if mark in self._taken else self._others[mark]

    def take(self, key: tuple[str, str], state: State) -> None:
        """It was taken, and nothing else is known of it that counts."""
        mark = _mark(key)
        self._others.pop(mark, None)
        self._taken[mark] = Taken.of(state)

    def keep(self, key: tuple[str, str], state: State) -> None:
        mark = _mark(key)
        self._taken.pop(mark, None)
        self._others[mark] = state


def _mark(key):
    return blake2b("\0".join(key).encode(), digest_size=16).digest()


def plan(items: list[Item], run: Import, planned: Planned) -> list[Item]:
    """Set what would become of these stories, and write nothing.

    `planned` is kept between the batches of a run.
    """
    now = timezone.now()
    stories = [item for item in items if item.outcome != Outcome.REFUSED]
    with transaction.atomic():
        for once in saving.each_key_once(stories):
            saving.look(once, run, now, planned)
            saving.judge(once)
            for item in once:
                if item.outcome in saving.TAKEN:
                    planned.take(item.key, _taken(item, run))
                elif state := _after(item):
                    planned.keep(item.key, state)
    run.counts += outcomes(items)
    return items


def _taken(item: Item, run: Import) -> State:
    """What would be here after a story that is taken."""
    before, story = item.state, item.story
    shown = story.pubstatus == PubStatus.USABLE and not run.draft
    came = Came(taken=item.digest, received={item.received}, settled=before.came.settled)
    came.path, came.run = item.path, run.run and run.run.pk
    article = Sketch(item.digest, story.version, headline_key(story.headline))
    article.binned_at = before.article.binned_at if before.article else None
    return State(
        article,
        came,
        live=shown or before.live,
        pubstatus=Version.PubStatus.USABLE if shown else before.pubstatus,
        by=None if shown else before.by,
    )


def _after(item: Item) -> State | None:
    """What would be here after any other; None where nothing would have changed."""
    before, story = item.state, item.story
    if before.article is None:
        return None
    here = before.article
    version = story.version or here.version
    article = Sketch(here.digest, version, here.headline_key, binned_at=here.binned_at)
    if item.outcome == Outcome.WITHDRAWN:
        before.came.received.add(item.received)
        before.came.run = None
        return State(article, before.came, pubstatus=Version.PubStatus.CANCELED)
    if item.outcome == Outcome.UNCHANGED and is_newer(item):
        return State(
            article,
            *(before.came, before.live, before.pending, before.number, before.pubstatus, before.by),
            edited=before.edited,
        )
    return None
