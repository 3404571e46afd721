"""What is to be done about each story of a batch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from ..models import Article, ImportItem, ImportRun, Version
from ..story import PubStatus, headline_key
from .ledger import Item, Outcome

COLUMNS = (
    *("source", "source_id", "run", "outcome", "digest", "received", "decision"),
    *("revision", "revision__digest", "path", "reason"),
)
# What an editor has seen, and did not make the last thing that was taken as it is.
SETTLED = (ImportItem.Decision.DISMISSED, ImportItem.Decision.MERGED)
EDITED = "it was edited here"
NAMESAKE = "another file of this name is another story: "


@dataclass
class Came:
    """What came of one story before, by the ledger. What was undone never came."""

    taken: str = ""  # digest of what was taken last; an editor has changed it if it is not here
    ever: set[str] = field(default_factory=set)  # digests of all that was taken
    revision: int = 0
    run: int | None = None  # that took it, or took the story down
    received: set[str] = field(default_factory=set)
    by_run: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    held: set[str] = field(default_factory=set)  # and undecided
    settled: set[str] = field(default_factory=set)
    path: str = ""  # of what was taken last
    namesakes: set[str] = field(default_factory=set)  # refused, see `is_namesake`

    def add(self, run, outcome, digest, received, decision, revision, taken, path, reason) -> None:
        """The next row of the ledger. One that an editor took is as new as its revision."""
        self.ever |= {taken} - {None}
        if (revision or 0) > self.revision:
            self.taken, self.revision, self.path = taken, revision, path
            self.run, self.received = run, {received}
        elif outcome == Outcome.WITHDRAWN:
            self.run = run
            self.received.add(received)
        if outcome == Outcome.HELD and decision == "":
            self.held.add(received or digest)
        if outcome == Outcome.REFUSED and reason.startswith(NAMESAKE):
            self.namesakes.add(received)
        if decision in SETTLED:
            self.settled |= {received, digest} - {""}
        self.by_run[run].add(received)

    def knows(self, item: Item, run: ImportRun | None) -> bool:
        """Whether this very thing was taken last, or came beside that in an earlier run of the
        same dump: however well it is read today, it is no news."""
        if not item.received:
            return False
        another = self.run is not None and (run is None or run.pk != self.run)
        return item.received in self.received or (
            another and item.received in self.by_run[self.run]
        )


@dataclass
class State:
    """What is here of a story before an item of it is looked at."""

    article: Article | None = None
    came: Came = field(default_factory=Came)
    live: bool = False
    pending: Version | None = None
    number: int = 0  # of its newest version
    pubstatus: str = ""
    by: int | None = None
    edited: str = ""  # digest of what readers see, if an editor published it

    def __post_init__(self):
        self.head = self.article.head_id if self.article else None
        self.version = self.article.version if self.article else ""

    @property
    def was_taken_down_by_the_source(self):
        return self.pubstatus == Version.PubStatus.CANCELED and self.by is None


def states(items, now) -> dict[tuple[str, str], State]:
    """What is known here of the stories of a batch: asked once, articles locked."""
    ids = defaultdict(list)
    for item in items:
        ids[item.story.source].append(item.story.source_id)
    wanted = Q()
    for source, source_ids in ids.items():
        wanted |= Q(source=source, source_id__in=source_ids)
    locked = Article.objects.filter(wanted).select_for_update().order_by("pk")
    found = {(article.source, article.source_id): State(article) for article in locked}
    if found:
        _ask_ledger(found, wanted)
        _ask_versions(found, now)
    return defaultdict(State, found)


def _ask_ledger(found, wanted):
    ledger = ImportItem.objects.filter(wanted, undone_by=None).order_by("pk")
    for source, source_id, *row in ledger.values_list(*COLUMNS):
        if state := found.get((source, source_id)):
            state.came.add(*row)


def _ask_versions(found, now):
    by_article = {state.article.pk: state for state in found.values()}
    own = Version.objects.filter(article__in=by_article)
    for version in own.live(now):
        state = by_article[version.article_id]
        state.live, state.edited = True, version.digest if version.by_id else ""
    for version in own.pending(now):
        by_article[version.article_id].pending = version
    newest = own.order_by("article", "number")
    for pk, number, pubstatus, by in newest.values_list("article", "number", "pubstatus", "by"):
        state = by_article[pk]
        state.number, state.pubstatus, state.by = number, pubstatus, by


def is_namesake(item: Item, run: int | None) -> bool:
    """Whether this is another story than the one here, in a file of the same name elsewhere.

    Two files of one run with different headlines are; across runs it is the same story, changed,
    unless it was told apart before. Where a dump says itself what a story is called, it is meant.
    """
    came, story = item.state.came, item.story
    is_named_by_file = bool(item.came) and item.came.context.name == story.source_id
    if not (is_named_by_file and came.path and came.path != item.path):
        return False
    if headline_key(story.headline) == item.state.article.headline_key:
        return False
    return came.run == run or item.mark in came.namesakes


def decide(item: Item, state: State) -> tuple[str, str]:
    """(outcome, reason) of a story: what will be done about it."""
    article, digest = state.article, item.digest
    canceled = item.story.pubstatus == PubStatus.CANCELED
    if article is None:
        return (
            (Outcome.UNCHANGED, "nothing here to withdraw") if canceled else (Outcome.CREATED, "")
        )
    if item.is_namesake:
        return Outcome.REFUSED, f"{NAMESAKE}{state.came.path}. Import them with a --source each"
    if item.is_known and (canceled or digest == state.came.taken):
        edited = not canceled and digest != article.digest
        return (Outcome.HELD, EDITED) if edited else (Outcome.UNCHANGED, "")
    if _older(item.story.version, article.version):
        return Outcome.UNCHANGED, f"version {article.version} is here"
    if canceled:
        return (Outcome.WITHDRAWN, "") if state.live or state.pending else (Outcome.UNCHANGED, "")
    if digest == article.digest:
        back = state.was_taken_down_by_the_source and is_newer(item)
        return (Outcome.UPDATED if back else Outcome.UNCHANGED), ""
    if state.came.settled & {digest, item.mark}:
        return Outcome.UNCHANGED, "an editor decided to keep what is here"
    if held := _why_held(state):
        return Outcome.HELD, held
    return Outcome.UPDATED, ""


def is_newer(item: Item) -> bool:
    """Whether the source counts this one higher than what is here."""
    return bool(item.article) and _older(item.article.version, item.story.version)


def _why_held(state):
    """Why an editor has to decide; "" when nobody here has touched the story."""
    if state.article.binned_at:
        return "it is in the bin"
    if state.came.taken != state.article.digest:
        return EDITED
    if state.edited and state.edited not in state.came.ever:
        return "readers see what was edited here"
    if state.pubstatus == Version.PubStatus.CANCELED and state.by:
        return "it was withdrawn here"
    return "a version is scheduled here" if state.pending and state.pending.by_id else ""


def _older(version, than):
    """Whether a source's own version is lower; versions that are no numbers tell nothing."""
    return version.isdecimal() and than.isdecimal() and int(version) < int(than)
