"""A batch of stories into Articles: each once, in one transaction, never over an editor's work."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from .. import addresses, companions, derive, filing, library, linking, locks, publishing, search
from ..models import Article, ImportItem, ImportRun, Revision, Version
from ..story import PubStatus
from .copies import point_at_pictures, take
from .dating import first_version, next_version, opens_at
from .deciding import decide, is_namesake, is_newer, states
from .ledger import Import, Item, Outcome, outcomes

TAKEN = (Outcome.CREATED, Outcome.UPDATED)


def save(items: list[Item], run: Import, *, now: datetime | None = None) -> list[Item]:
    """Save these stories in one transaction, in order, and set what became of each.

    Cut off anywhere, nothing of the batch is stored; run again, nothing is stored twice. Items
    that are refused already are written into the ledger, and nothing else is done about them.
    """
    refused = [item for item in items if item.outcome == Outcome.REFUSED]
    stories = [item for item in items if item.outcome != Outcome.REFUSED]
    ledger = run.run
    try:
        attached = _attach(stories, run)
        with transaction.atomic():
            locks.one_at_a_time()
            now = now or timezone.now()  # after the wait for whoever acted before
            _know_refused(refused)
            run.record(refused, now)
            for once in each_key_once(stories):
                _save(once, run, attached, now)
            run.stand(items)
    except BaseException:
        run.run = ledger  # one made in this transaction is gone with it
        raise
    run.counts += outcomes(items)
    run.growth.by(sum(item.outcome in TAKEN for item in items))
    return items


def _attach(items, run):
    """Take in the files that these stories name. Returns the words that have theirs now."""
    if not run.media_root:
        return set()
    stories = [item.story for item in items]
    attached, problems = library.attach(run.media_root, stories, made=run.made)
    run.notes += problems
    return attached


def _know_refused(items):
    """What was refused before, for the same reason or another, is no news."""
    if not items:
        return
    told = ImportItem.objects.filter(outcome=Outcome.REFUSED, undone_by=None)
    marks = told.filter(received__in=[item.mark for item in items])
    known = set(marks.values_list("received", flat=True))
    for item in items:
        item.is_news = item.mark not in known
        known.add(item.mark)


def save_what_fits(items: list[Item], run: Import) -> list[Item]:
    """`save`, but a story that cannot be stored is refused alone, with the reason."""
    for _try in range(TRIES):
        try:
            return save(items, run)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in MET_ANOTHER:
                raise
            refusal = error
        except (DataError, IntegrityError, ValidationError, ValueError) as error:
            refusal = error
            break
    if len(items) == 1:
        items[0].outcome, items[0].reason = Outcome.REFUSED, _in_words(refusal)
        items[0].article = items[0].revision = items[0].state = None
        return save(items, run)
    return [item for one in items for item in save_what_fits([one], run)]


# PostgreSQL ended one of two transactions that waited for each other; the next try goes through.
TRIES, MET_ANOTHER = 5, ("40P01", "40001")


def _in_words(error):
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return f"the database refuses it: {str(error).splitlines()[0]}"


def each_key_once(items):
    """Parts of a batch in which no story occurs twice, in order."""
    waiting = items
    while waiting:
        part: dict[tuple[str, str], Item] = {}
        later = []
        for item in waiting:
            if item.key in part:
                later.append(item)
            else:
                part[item.key] = item
        yield list(part.values())
        waiting = later


def _save(items, run, attached, now):
    look(items, run, now)
    judge(items)
    for item in items:
        told_before = item.is_known or item.mark in item.state.came.held
        held_before = item.outcome == Outcome.HELD and told_before
        item.is_news = item.outcome != Outcome.UNCHANGED and not held_before
    _know_refused([item for item in items if item.outcome == Outcome.REFUSED])
    _tell_duplicates([item for item in items if item.outcome == Outcome.CREATED], run)
    take([item for item in items if item.outcome in TAKEN], run, now)
    _index(items, published=_publish(items, run, now))
    for item in items:
        if item.outcome == Outcome.WITHDRAWN:
            _withdraw(item, now)
        elif item.outcome == Outcome.UNCHANGED and is_newer(item):
            _keep_version(item)
    unchanged = [item for item in items if item.outcome == Outcome.UNCHANGED]
    if attached:
        _show_pictures(unchanged)
    for item in unchanged:
        if not item.is_news:
            run.let_pass(item)
    linking.connect([item.article for item in items if item.outcome in TAKEN])
    run.record(items, now)


def judge(items):
    """Set what is to be done about each of these stories, looked at before."""
    for item in items:
        item.outcome, item.reason = decide(item, item.state)
        if item.outcome == Outcome.UNCHANGED and is_newer(item):
            item.reason = item.reason or f"version {item.story.version} came"
    new = [item for item in items if item.outcome in TAKEN]
    unfit = filing.without_address({name for item in new for name in item.story.categories})
    for item in new if unfit else ():
        if unfit & set(item.story.categories):
            item.outcome, item.reason = Outcome.REFUSED, addresses.too_long()


def look(items, run, now, planned=()):
    """Set what is known here of these stories, and let them be what they are here.

    What came before is what was made of it then; what came with files once keeps them. `planned`
    are states that would be here by now, see `planning`.
    """
    known = states(items, now)
    known.update((item.key, planned[item.key]) for item in items if item.key in planned)
    changed = []
    for item in items:
        item.state = known[item.key]
        item.article = item.state.article
        if item.article and item.article.digest != item.digest:
            item.is_namesake = is_namesake(item, run.run and run.run.pk)
            if not item.is_namesake:
                changed.append(item)
    ids = {item.article.head_id for item in changed} | {i.state.came.revision for i in changed}
    before = Revision.objects.in_bulk(ids - {None, 0})
    for item in changed:
        taken, head = before.get(item.state.came.revision), before.get(item.article.head_id)
        if run.kind != ImportRun.Kind.REREAD and item.state.came.knows(item, run.run):
            item.is_known = True
            if taken and item.story.pubstatus != PubStatus.CANCELED:
                item.become(companions.with_files(taken.story, run.media_root))
        elif head:
            item.become(companions.kept(item.story, head.story))


def _tell_duplicates(new, run):
    """The same words under another name: both are kept, and somebody is told."""
    same = Article.objects.filter(digest__in=[item.digest for item in new])
    known = {digest: key for digest, *key in same.values_list("digest", "source", "source_id")}
    for item in new:
        source, source_id = known.setdefault(item.digest, item.key)
        if (source, source_id) != item.key:
            told = f"possible duplicate: {item.story.source_id} says what {source_id} says"
            run.notes.append(told if source == item.story.source else f"{told} ({source})")


def _show_pictures(items):
    """Pictures have come for stories that are here already."""
    shown = point_at_pictures([item.article for item in items if item.article])
    for item in items:
        if item.article and item.article.pk in shown:
            item.is_news, item.reason = True, "its pictures came"
    for _count in derive.again(Version.objects.filter(article__in=shown)):
        pass
    search.with_pictures(shown)


def _publish(items, run, now):
    """Add versions of what was taken, unless it may not or shall not be published. Returns the
    keys of what they say."""
    versions = []
    for item in items if not run.draft else ():
        usable = item.story.pubstatus == PubStatus.USABLE
        if item.outcome == Outcome.CREATED and usable:
            versions.append(first_version(item, now))
        elif item.outcome == Outcome.UPDATED:
            pending = item.state.pending
            if pending and (
                not usable or opens_at(item.story, pending, now) > pending.visible_from
            ):
                publishing.unschedule(item.article, by=None, now=now)
            if usable:
                versions.append(next_version(item, now))
            elif item.state.live:
                run.notes.append(f"{item.story.source_id}: withheld by its source, and live here")
    publishing.add(versions, zone=run.zone)
    return {version.revision_id for version in versions}


def _index(items, published):
    """What is found of those that were taken; of the published it is known already."""
    taken = [item for item in items if item.outcome in TAKEN]
    created = {item.article.pk for item in taken if item.outcome == Outcome.CREATED}
    search.keep([item.revision for item in taken], new=created, published=published)


def _withdraw(item, now):
    act = publishing.withdraw if item.state.live else publishing.unschedule
    act(item.article, by=None, now=now)
    _keep_version(item)


def _keep_version(item):
    """The source's own version is known even where nothing was taken."""
    if item.story.version != item.article.version and item.story.version:
        item.is_news = True
        Article.objects.filter(pk=item.article.pk).update(version=item.story.version)
