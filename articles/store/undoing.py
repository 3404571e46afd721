"""Taking back what a run did, newest first: what of it can be, and in which order.

What somebody here or a later run has changed since is held: it stays as it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.contrib.redirects.models import Redirect
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from .. import locks
from ..models import Article, ImportItem, ImportRun, Version
from . import removing, unmaking
from .ledger import Outcome

EFFECTIVE = Q(outcome__in=[Outcome.CREATED, Outcome.UPDATED, Outcome.WITHDRAWN, Outcome.UNCHANGED])
TAKEN = ImportItem.Decision.TAKEN


class CannotUndo(ValueError):
    """This run cannot be undone at all. The message says why, for an operator."""


@dataclass
class Standing:
    """How an article stands now, or would by then: what is compared with what the run left."""

    article: Article
    head: int | None
    number: int = 0
    act: str = ""
    later: int = 0  # the newest item of another run
    later_run: int = 0
    has_moved: bool = False


@dataclass
class Undo:
    """The undoing of one run. Its own row in the ledger is made when something is taken back."""

    of: ImportRun
    counts: Counter[str] = field(default_factory=Counter)
    run: ImportRun | None = None

    def __post_init__(self):
        if self.of.kind == ImportRun.Kind.UNDO:
            raise CannotUndo(f"{self.of} undid another: import the dump again instead")
        begun = self.of.followed_by.filter(kind=ImportRun.Kind.UNDO, finished_at=None)
        self.run = begun.first()  # one that was interrupted goes on
        self.counts.update(self.run.tally if self.run else {})
        del self.counts[Outcome.HELD]  # they are looked at again

    def begun(self) -> ImportRun:
        if self.run is None:
            self.run = ImportRun.objects.create(
                kind=ImportRun.Kind.UNDO,
                of=self.of,
                started_at=timezone.now(),
                paths=self.of.paths,
                options=self.of.options,
            )
        return self.run

    def left(self, before: int | None = None):
        """What this run did and nobody has taken back, newest first; below a key, if given."""
        rows = self.of.items.filter(undone_by=None).order_by("-pk")
        return rows.filter(pk__lt=before) if before else rows

    def take_back(self, rows: list[ImportItem]) -> list[tuple[ImportItem, str, str]]:
        """These, in one transaction. Returns what became of each: (item, outcome, reason)."""
        with transaction.atomic():
            locks.one_at_a_time()
            found = standings(rows)
            told = [(row, *decide(row, found)) for row in rows]
            undone = [row for row, outcome, _why in told if outcome == Outcome.UNDONE]
            counts = self.counts + Counter(str(outcome) for _row, outcome, _why in told)
            if undone:
                run = self.begun()
                articles = {pk: standing.article for pk, standing in found.items()}
                removing.take_back(undone, articles, run)
                ImportRun.objects.filter(pk=run.pk).update(tally=dict(counts))
        self.counts = counts
        return told

    def plan(self, rows, found: dict[int, Standing]) -> list[tuple[ImportItem, str, str]]:
        """What would become of these; `found` is kept between the batches."""
        known = {row.article_id for row in rows} & found.keys()
        found.update((pk, standing) for pk, standing in standings(rows).items() if pk not in known)
        told = [(row, *decide(row, found)) for row in rows]
        self.counts.update(str(outcome) for _row, outcome, _why in told)
        return told

    def finish(self) -> None:
        """What came with the stories goes with them, unless something else uses it."""
        if unmaking.unmake(self.of, self.begun) or self.run:
            self.run.finished_at, self.run.tally = timezone.now(), dict(self.counts)
            self.run.save(update_fields=["finished_at", "tally"])


def standings(rows) -> dict[int, Standing]:
    """How the articles of these items stand now; locked."""
    locked = Article.objects.filter(pk__in={row.article_id for row in rows if row.article_id})
    found = {
        article.pk: Standing(article, article.head_id)
        for article in locked.select_for_update().order_by("pk")
    }
    newest = Version.objects.filter(article__in=found).order_by("article", "number")
    for pk, number, act in newest.values_list("article", "number", "kind"):
        found[pk].number, found[pk].act = number, act
    others = ImportItem.objects.filter(EFFECTIVE | Q(decision=TAKEN), article__in=found)
    later = others.filter(undone_by=None).exclude(run=rows[0].run_id).order_by()
    newest_of = later.values("article").annotate(Max("pk")).values("pk__max")
    for pk, item, run in later.filter(pk__in=newest_of).values_list("article", "pk", "run"):
        found[pk].later, found[pk].later_run = item, run
    paths = {standing.article.path: standing for standing in found.values()}
    moved = Redirect.objects.filter(new_path__in=set(paths) - {""})
    for path in moved.values_list("new_path", flat=True):
        paths[path].has_moved = True
    return found


def decide(row: ImportItem, found: dict[int, Standing]) -> tuple[str, str]:
    """(outcome, reason) of one item of the run: undone or held. The newest come first."""
    standing = found.get(row.article_id)
    if why := _why_held(row, standing):
        return Outcome.HELD, why
    if standing and row.outcome not in (Outcome.HELD, Outcome.REFUSED):
        standing.head, standing.number = row.before_id, row.number_before
    return Outcome.UNDONE, ""


def _why_held(row, standing):
    """Why it stays; "" when it is as the run left it, or not here any more."""
    if row.decision == TAKEN and row.decided_by_id:
        return "an editor took the source's version"
    if standing is None or row.outcome in (Outcome.HELD, Outcome.REFUSED):
        return ""
    if standing.later > row.pk:
        return f"run {standing.later_run} changed it since"
    took = row.outcome in (Outcome.CREATED, Outcome.UPDATED)
    if standing.head != (row.revision_id if took else row.before_id):
        return "it was edited here since"
    if standing.number != row.number_after:
        return f"it was {Version.Kind(standing.act).label} here since" if standing.act else "gone"
    if standing.has_moved:
        return "its address was changed here"
    if row.outcome == Outcome.UPDATED and row.before_id is None:
        return "what was here before is not known"
    return ""
