"""A run of an import and its items: what came, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone

from ..models import Article, ImportItem, ImportRun, Revision
from ..story import Story
from .statistics import Growth

Outcome = ImportItem.Outcome


@dataclass
class Item:
    """A Story of a dump, and what becomes of it."""

    story: Story
    path: str = ""
    position: int = 1
    outcome: str = ""
    reason: str = ""
    article: Article | None = None
    revision: Revision | None = None
    is_news: bool = True  # the last dump told something else, or nothing

    @property
    def key(self):
        return self.story.source, self.story.source_id

    @cached_property
    def digest(self):
        """Of the story: asked for again and again, and not cheap."""
        return self.story.digest

    def become(self, story: Story) -> None:
        self.story = story
        del self.digest


@dataclass
class Import:
    """One run: what all its batches share. The ledger's row is made when there is something to
    write: a run that changes nothing writes nothing."""

    draft: bool = False
    media_root: Path | None = None
    zone: ZoneInfo | None = None
    paths: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    started_at: datetime = field(default_factory=timezone.now)
    run: ImportRun | None = None
    notes: list[str] = field(default_factory=list)
    growth: Growth = field(default_factory=Growth)

    def record(self, items: Iterable[Item]) -> None:
        """Write down what is news: the same dump a second time is not."""
        rows = [item for item in items if item.is_news and item.outcome != Outcome.UNCHANGED]
        if rows and self.run is None:
            self.run = ImportRun.objects.create(
                started_at=self.started_at, paths=self.paths, options=self.options
            )
        ImportItem.objects.bulk_create(
            ImportItem(
                run=self.run,
                source=item.story.source,
                source_id=item.story.source_id,
                digest=item.digest,
                outcome=item.outcome,
                reason=item.reason,
                article=item.article,
                revision=item.revision,
                path=item.path,
                position=item.position,
            )
            for item in rows
        )

    def take_notes(self) -> list[str]:
        """What was noted since this was asked last."""
        notes, self.notes = self.notes, []
        return notes

    def finish(self, tally: dict[str, int]) -> None:
        if self.run:
            self.run.tally, self.run.finished_at = tally, timezone.now()
            self.run.save(update_fields=["tally", "finished_at"])
            self.growth.ended()
