"""A run of an import and its items: what came, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils import timezone

from .. import bulk, formats, locks
from ..models import Article, ImportItem, ImportMade, ImportRun, Revision, Version
from ..story import Story
from . import kept
from .statistics import Growth

Outcome = ImportItem.Outcome
REDACTED = "words were taken out of it here: what came is not kept"


@dataclass
class Item:
    """An item of a dump, the Story it became, and what becomes of that.

    `came`: as it stood in the dump. `story`: None where it could not be read; it is refused then.
    `place`: where the reading stood behind it, see `ImportRun.place`.
    """

    story: Story | None
    path: str = ""
    position: int = 1
    came: formats.Item | None = None
    place: list[Any] | None = None
    outcome: str = ""
    reason: str = ""
    article: Article | None = None
    revision: Revision | None = None
    state: Any = None  # what was here before, see `deciding.State`
    is_news: bool = True  # the ledger does not say so yet
    is_known: bool = False  # this very thing came before, and became what it could
    is_namesake: bool = False  # another story in a file of the same name, see `deciding`

    @classmethod
    def refused(cls, path, position, reason, came=None, place=None) -> Item:
        return cls(None, path, position, came, place, outcome=Outcome.REFUSED, reason=reason)

    @property
    def key(self):
        return (self.story.source, self.story.source_id) if self.story else ("", "")

    @cached_property
    def digest(self):
        """Of the story: asked for again and again, and not cheap."""
        return self.story.digest if self.story else ""

    def become(self, story: Story) -> None:
        self.story = story
        del self.digest

    @cached_property
    def sha256(self):
        return kept.sha256(self.came.data) if self.came else ""

    @cached_property
    def received(self):
        """Equal for what came again and is read in the same way; "" where that is not known."""
        if self.came:
            return kept.received(self.came, self.sha256)
        if self.story is None:  # a file that could not be opened has no bytes
            return kept.sha256(f"{self.path}\n{self.position}\n{self.reason}".encode())
        return ""

    @property
    def mark(self):
        """By which the ledger knows it again."""
        return self.received or self.digest


@dataclass
class Import:
    """One run: what all its batches share. The ledger's row is made when there is something to
    write: a run that changes nothing writes nothing."""

    draft: bool = False
    media_root: Path | None = None
    zone: ZoneInfo | None = None
    paths: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    kind: str = ImportRun.Kind.IMPORT
    of: ImportRun | None = None
    learned: dict[str, Any] = field(default_factory=dict)
    started_at: datetime = field(default_factory=timezone.now)
    run: ImportRun | None = None
    notes: list[str] = field(default_factory=list)
    growth: Growth = field(default_factory=Growth)
    counts: Counter[str] = field(default_factory=Counter)
    # What came unchanged, by story: a later state in the same dump is taken beside it.
    passed: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def told(cls, options: dict[str, Any], **more: Any) -> Import:
        """The run that these options (`kept.options_told`) ask for."""
        return cls(
            draft=options.get("draft", False),
            media_root=kept.media_root_of(options),
            zone=kept.context_of(options).timezone,
            options=options,
            **more,
        )

    @classmethod
    def going_on(cls, run: ImportRun) -> Import:
        """The same run once more, from where it stood."""
        return cls.told(
            run.options,
            paths=run.paths,
            kind=run.kind,
            of=run.of,
            learned=run.learned,
            started_at=run.started_at,
            run=run,
            counts=Counter(run.tally),
        )

    @classmethod
    def again(cls, run: ImportRun) -> Import:
        """What that run brought, read again in the same way."""
        kind = ImportRun.Kind.REREAD
        return cls.told(run.options, paths=run.paths, kind=kind, of=run, learned=run.learned)

    def begun(self) -> ImportRun:
        """The ledger's row of this run, made now if it is not there yet."""
        if self.run is None:
            self.run = ImportRun.objects.create(
                kind=self.kind,
                of=self.of,
                started_at=self.started_at,
                paths=self.paths,
                options=self.options,
                learned=self.learned,
            )
            locks.hold(self.run.pk)
        return self.run

    def made(self, rows: Iterable) -> None:
        """These categories, tags, authors, pictures, films are here because of this run."""
        rows = list(rows)
        if rows:
            run = self.begun()
            ImportMade.objects.bulk_create(
                ImportMade(run=run, kind=row._meta.model_name, key=row.pk) for row in rows
            )

    def record(self, items: Iterable[Item], now: datetime) -> None:
        """Write down what is news: the same dump a second time is not."""
        rows = [item for item in items if item.is_news]
        if not rows:
            return
        run = self.begun()
        _tell_redacted(rows)
        fitting = [item for item in rows if item.reason != REDACTED and self._fits(item)]
        keys = kept.keep({item.sha256: item.came.data for item in fitting}, now)
        articles = [item.article.pk for item in rows if item.article]
        numbers = dict(
            Version.objects.filter(article__in=articles)
            .order_by()
            .values_list("article")
            .annotate(Max("number"))
        )
        beside = [row for item in rows if (row := self._passed(item, run))]
        told = [_row(item, run, keys, numbers) for item in rows]
        bulk.insert([*beside, *told])
        _no_longer_refused(rows, now)

    def let_pass(self, item: Item) -> None:
        """It is unchanged, and nothing is written down; it is remembered while this run lasts."""
        if item.received:
            self.passed[hash(item.key)] = bytes.fromhex(item.received)

    def _passed(self, item, run):
        """Of a story that changes now: the row of the state that came before it in this run.

        So the same dump a second time does not take it for the newer one.
        """
        received = self.passed.get(hash(item.key))
        if received is None or item.outcome not in (Outcome.UPDATED, Outcome.WITHDRAWN):
            return None
        state = item.state
        return ImportItem(
            **dict(zip(("source", "source_id"), item.key, strict=True)),
            run=run,
            outcome=Outcome.UNCHANGED,
            reason="another state of it came in the same dump",
            received=received.hex(),
            article=item.article,
            path=item.path,
            before_id=state.head,
            version_before=state.version,
            number_before=state.number,
            number_after=state.number,
        )

    def _fits(self, item):
        if item.came and len(item.came.data) > kept.LONGEST:
            size, most = len(item.came.data) // 1_000_000, kept.LONGEST // 1_000_000
            self.notes.append(
                f"{item.path}:{item.position}: {size} MB long, and only {most} MB of an item are "
                "kept: it cannot be read again"
            )
            return False
        return bool(item.came)

    def stand(self, items: list[Item]) -> None:
        """Write down how far this run has come, with the batch that brought it there."""
        if self.run and items[-1].place:
            tally = self.counts + outcomes(items)
            ImportRun.objects.filter(pk=self.run.pk).update(
                place=items[-1].place, tally=dict(tally), learned=self.learned
            )

    def take_notes(self) -> list[str]:
        """What was noted since this was asked last."""
        notes, self.notes = self.notes, []
        return notes

    def finish(self, *, all_done: bool = True) -> None:
        """The last word about this run. Of one that was stopped (`all_done` is off) the ledger
        has it already, with the last batch."""
        if self.run and all_done:
            self.run.tally, self.run.place = dict(self.counts), None
            self.run.finished_at = timezone.now()
            self.run.save(update_fields=["tally", "finished_at", "place"])
        if self.run:
            self.growth.ended()


def _tell_redacted(items):
    """Those held for stories that words were taken out of here: what came would bring them back."""
    held = [item for item in items if item.outcome == Outcome.HELD]
    found = Revision.objects.filter(article__in=[item.article.pk for item in held])
    redacted = {*found.exclude(redaction=None).values_list("article", flat=True)} if held else ()
    for item in held:
        if item.article.pk in redacted:
            item.reason = REDACTED


def _no_longer_refused(items, now):
    """What could not be read once, and is a story now, waits for nobody."""
    marks = [item.received for item in items if item.outcome in (Outcome.CREATED, Outcome.UPDATED)]
    refused = ImportItem.objects.filter(outcome=Outcome.REFUSED, decision="", undone_by=None)
    refused.filter(received__in=set(marks) - {""}).update(
        decision=ImportItem.Decision.TAKEN, decided_at=now
    )


def outcomes(items: Iterable[Item]) -> Counter[str]:
    return Counter(str(item.outcome) for item in items)


def _row(item, run, keys, numbers):
    came, article = item.came, item.article
    source, source_id = item.key
    row = ImportItem(
        run_id=run.pk,
        source=source,
        source_id=source_id,
        digest=item.digest,
        outcome=item.outcome,
        reason=item.reason,
        article_id=article and article.pk,
        revision_id=item.revision and item.revision.pk,
        path=item.path,
        position=item.position,
        confidence=item.story and item.story.confidence,
        received=item.received,
        number_after=numbers.get(article.pk, 0) if article else 0,
    )
    if item.state:
        row.before_id, row.version_before = item.state.head, item.state.version
        row.number_before = item.state.number
    if came:
        row.kept_id, row.format = keys.get(item.sha256), came.format
        row.name, row.modified = came.context.name, came.context.modified
    return row
