"""Save Stories as Articles: each once, whole batches in one transaction, never over an
editor's work.

The natural key is (source, source_id); the ledger keeps what was taken last, so that "has an
editor changed it?" is a comparison of two digests.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from .. import companions, derive, library, linking, locks, publishing
from ..models import Article, Revision, Version
from ..story import PubStatus
from .copies import point_at_pictures, store_rows, take
from .dating import first_version, next_version, opens_at
from .deciding import Before, decide, is_newer
from .ledger import Import, Item, Outcome

__all__ = ["Import", "Item", "Outcome", "plan", "save", "save_what_fits", "store_rows"]

TAKEN = (Outcome.CREATED, Outcome.UPDATED)


def save(items: list[Item], run: Import, *, now: datetime | None = None) -> list[Item]:
    """Save these stories in one transaction, in order, and set what became of each.

    Cut off anywhere, nothing of the batch is stored; run again, nothing is stored twice.
    """
    attached = set()
    if run.media_root:
        attached, problems = library.attach(run.media_root, [item.story for item in items])
        run.notes += problems
    ledger = run.run
    try:
        with transaction.atomic():
            locks.one_at_a_time()
            now = now or timezone.now()  # after the wait for whoever acted before
            for once in _each_key_once(items):
                _save(once, run, now)
            if attached:
                _show_pictures([item for item in items if item.outcome == Outcome.UNCHANGED])
    except BaseException:
        run.run = ledger  # one made in this transaction is gone with it
        raise
    run.growth.by(sum(item.outcome in (Outcome.CREATED, Outcome.UPDATED) for item in items))
    return items


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
        return items
    return [item for one in items for item in save_what_fits([one], run)]


# PostgreSQL ended one of two transactions that waited for each other; the next try goes through.
TRIES, MET_ANOTHER = 5, ("40P01", "40001")


def _in_words(error):
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return f"the database refuses it: {str(error).splitlines()[0]}"


def plan(items: list[Item], run: Import, planned: dict[tuple[str, str], str]) -> list[Item]:
    """Set what would become of these stories, and write nothing.

    `planned` is kept between the batches of a run: the digest of each story so far.
    """
    now = timezone.now()
    with transaction.atomic():
        for once in _each_key_once(items):
            before = _before(once, now)
            for item in once:
                item.outcome, item.reason = decide(item, before)
                if item.key in planned and not item.article:
                    same = planned[item.key] == item.digest
                    item.outcome = Outcome.UNCHANGED if same else Outcome.UPDATED
                planned[item.key] = item.digest
    return items


def _each_key_once(items):
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


def _save(items, run, now):
    before = _before(items, now)
    for item in items:
        item.is_news = before.last.get(item.key) != item.digest
        item.outcome, item.reason = decide(item, before)
    _tell_duplicates([item for item in items if item.outcome == Outcome.CREATED], run)
    take([item for item in items if item.outcome in TAKEN], run, now)
    _publish(items, run, before, now)
    for item in items:
        if item.outcome == Outcome.WITHDRAWN:
            _withdraw(item, before, now)
        elif item.outcome == Outcome.UNCHANGED and is_newer(item):
            _keep_version(item)
    linking.connect([item.article for item in items if item.outcome in TAKEN])
    run.record(items)


def _before(items, now):
    """What is known of these stories; those that came with files once, and come without, keep
    them."""
    before = Before(items, now)
    changed = []
    for item in items:
        item.article = before.articles.get(item.key)
        if item.article and item.article.digest != item.digest:
            changed.append(item)
    heads = Revision.objects.in_bulk([item.article.head_id for item in changed])
    for item in changed:
        if head := heads.get(item.article.head_id):
            item.become(companions.kept(item.story, head.story))
    return before


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
    articles = [item.article for item in items if item.article]
    point_at_pictures(articles)
    for _count in derive.again(Version.objects.filter(article__in=articles)):
        pass


def _publish(items, run, before, now):
    """Add versions of what was taken, unless it may not or shall not be published."""
    versions = []
    for item in items if not run.draft else ():
        usable = item.story.pubstatus == PubStatus.USABLE
        if item.outcome == Outcome.CREATED and usable:
            versions.append(first_version(item, now))
        elif item.outcome == Outcome.UPDATED:
            pending = before.pending.get(item.article.pk)
            if pending and (
                not usable or opens_at(item.story, pending, now) > pending.visible_from
            ):
                publishing.unschedule(item.article, by=None, now=now)
            if usable:
                versions.append(next_version(item, now))
            elif item.article.pk in before.live:
                run.notes.append(f"{item.story.source_id}: withheld by its source, and live here")
    publishing.add(versions, zone=run.zone)


def _withdraw(item, before, now):
    act = publishing.withdraw if item.article.pk in before.live else publishing.unschedule
    act(item.article, by=None, now=now)
    _keep_version(item)


def _keep_version(item):
    """The source's own version is known even where nothing was taken."""
    if item.story.version:
        Article.objects.filter(pk=item.article.pk).update(version=item.story.version)
