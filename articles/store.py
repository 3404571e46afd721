"""Save Stories as Articles: each once, whole batches in one transaction, never over an
editor's work.

The natural key is (source, source_id); the ledger keeps what was taken last, so that "has an
editor changed it?" is a comparison of two digests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import DataError, IntegrityError, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from . import derive, filing, library, publishing
from .models import (
    BLOCKS,
    Article,
    Byline,
    Filing,
    Gallery,
    GalleryPicture,
    ImportItem,
    ImportRun,
    RelatedPost,
    Revision,
    Tagging,
    Version,
)
from .story import PubStatus, Story

Outcome = ImportItem.Outcome
CHILDREN = (Filing, Tagging, Byline, *BLOCKS)


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
                digest=item.story.digest,
                outcome=item.outcome,
                reason=item.reason,
                article=item.article,
                revision=item.revision,
                path=item.path,
                position=item.position,
            )
            for item in rows
        )

    def finish(self, tally: dict[str, int]) -> None:
        if self.run:
            self.run.tally, self.run.finished_at = tally, timezone.now()
            self.run.save(update_fields=["tally", "finished_at"])


def save(items: list[Item], run: Import, *, now: datetime | None = None) -> list[Item]:
    """Save these stories in one transaction, in order, and set what became of each.

    Cut off anywhere, nothing of the batch is stored; run again, nothing is stored twice.
    """
    now = now or timezone.now()
    attached = set()
    if run.media_root:
        attached, problems = library.attach(run.media_root, [item.story for item in items])
        run.notes += problems
    ledger = run.run
    try:
        with transaction.atomic():
            for once in _each_key_once(items):
                _save(once, run, now)
            if attached:
                _show_pictures([item for item in items if item.outcome == Outcome.UNCHANGED])
    except BaseException:
        run.run = ledger  # one made in this transaction is gone with it
        raise
    return items


def save_what_fits(items: list[Item], run: Import) -> list[Item]:
    """`save`, but a story the database refuses is refused alone, with the reason."""
    try:
        return save(items, run)
    except (DataError, IntegrityError, ValueError) as error:
        if len(items) == 1:
            items[0].outcome, items[0].reason = Outcome.REFUSED, _in_words(error)
            return items
    return [item for one in items for item in save_what_fits([one], run)]


def _in_words(error):
    return f"the database refuses it: {str(error).splitlines()[0]}"


def plan(items: list[Item], run: Import, planned: dict[tuple[str, str], str]) -> list[Item]:
    """Set what would become of these stories, and write nothing.

    `planned` is kept between the batches of a run: the digest of each story so far.
    """
    now = timezone.now()
    with transaction.atomic():
        for once in _each_key_once(items):
            before = Before(once, now)
            for item in once:
                item.article = before.articles.get(item.key)
                item.outcome, item.reason = decide(item, before)
                if item.key in planned and not item.article:
                    same = planned[item.key] == item.story.digest
                    item.outcome = Outcome.UNCHANGED if same else Outcome.UPDATED
                planned[item.key] = item.story.digest
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
    before = Before(items, now)
    for item in items:
        item.article = before.articles.get(item.key)
        item.is_news = before.last.get(item.key) != item.story.digest
        item.outcome, item.reason = decide(item, before)
    _tell_duplicates([item for item in items if item.outcome == Outcome.CREATED], run)
    _take([item for item in items if item.outcome in (Outcome.CREATED, Outcome.UPDATED)], run, now)
    _publish(items, run, before, now)
    for item in items:
        if item.outcome == Outcome.WITHDRAWN:
            _withdraw(item, before, now)
    filing.connect([item.article for item in items if item.outcome == Outcome.CREATED])
    run.record(items)


class Before:
    """What is known here of the stories of a batch: asked once, articles locked."""

    def __init__(self, items, now):
        ids = defaultdict(list)
        for item in items:
            ids[item.story.source].append(item.story.source_id)
        wanted = Q()
        for source, source_ids in ids.items():
            wanted |= Q(source=source, source_id__in=source_ids)
        locked = Article.objects.filter(wanted).select_for_update().order_by("pk")
        self.articles = {(article.source, article.source_id): article for article in locked}
        self.last, self.taken = {}, {}
        if self.articles:
            self._ask_ledger(wanted)
            self._ask_versions(now)

    def _ask_ledger(self, wanted):
        ledger = ImportItem.objects.filter(wanted).order_by("pk")
        columns = ("source", "source_id", "digest", "revision__digest")
        for source, source_id, digest, taken in ledger.values_list(*columns):
            self.last[source, source_id] = digest
            if taken:
                self.taken[source, source_id] = taken

    def _ask_versions(self, now):
        own = Version.objects.filter(article__in=self.articles.values())
        self.live = {version.article_id: version for version in own.live(now)}
        self.pending = {version.article_id: version for version in own.pending(now)}
        newest = own.order_by("article", "number").values_list("article", "pubstatus", "by")
        self.newest = {article: (pubstatus, by) for article, pubstatus, by in newest}


def decide(item: Item, before: Before) -> tuple[str, str]:
    """(outcome, reason) of a story: what will be done about it."""
    article, digest = item.article, item.story.digest
    canceled = item.story.pubstatus == PubStatus.CANCELED
    if article is None:
        return (
            (Outcome.UNCHANGED, "nothing here to withdraw") if canceled else (Outcome.CREATED, "")
        )
    if canceled:
        visible = article.pk in before.live or article.pk in before.pending
        return (Outcome.WITHDRAWN, "") if visible else (Outcome.UNCHANGED, "")
    if digest == article.digest:
        return Outcome.UNCHANGED, ""
    if held := _why_held(article, item.key, before):
        return Outcome.HELD, held
    if _older(item.story.version, article.version):
        return Outcome.UNCHANGED, f"version {article.version} is here"
    return Outcome.UPDATED, ""


def _why_held(article, key, before):
    """Why an editor has to decide; "" when nobody here has touched the story."""
    if before.taken.get(key) != article.digest:
        return "it was edited here"
    pubstatus, by = before.newest.get(article.pk, ("", None))
    if pubstatus == Version.PubStatus.CANCELED and by:
        return "it was withdrawn here"
    pending = before.pending.get(article.pk)
    return "a version is scheduled here" if pending and pending.by_id else ""


def _older(version, than):
    """Whether a source's own version is lower; versions that are no numbers tell nothing."""
    return version.isdecimal() and than.isdecimal() and int(version) < int(than)


def _tell_duplicates(new, run):
    """The same words under another name: both are kept, and somebody is told."""
    digests = [item.story.digest for item in new]
    known = dict(Article.objects.filter(digest__in=digests).values_list("digest", "source_id"))
    for item in new:
        other = known.setdefault(item.story.digest, item.story.source_id)
        if other != item.story.source_id:
            run.notes.append(f"possible duplicate: {item.story.source_id} says what {other} says")


def _take(items, run, now):
    """Store the working copies and their revisions."""
    for item in items:
        source, source_id = item.key
        item.article = item.article or Article(source=source, source_id=source_id)
        captured_at = item.article.captured_at or item.story.captured_at  # the first counts
        item.article.take(item.story.replace(captured_at=captured_at))
        item.article.digest, item.article.saved_at = item.story.digest, now
    new = [item.article for item in items if item.outcome == Outcome.CREATED]
    old = [item.article for item in items if item.outcome == Outcome.UPDATED]
    Article.objects.bulk_create(new)
    for article in old:
        article.save()
    for model in CHILDREN if old else ():
        article_key = "parent__in" if model in BLOCKS else "article__in"
        model.objects.filter(**{article_key: old}).delete()
    run.notes += store_rows([item.article for item in items])
    revisions = Revision.objects.bulk_create(
        Revision(article=item.article, story=item.story, digest=item.story.digest, at=now)
        for item in items
    )
    for item, revision in zip(items, revisions, strict=True):
        item.revision = item.article.head = revision
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    Article.objects.filter(pk__in=[item.article.pk for item in items]).update(head=Subquery(newest))


def store_rows(articles: list[Article]) -> list[str]:
    """Store the rows these articles have taken, with the keys that are known. Returns notes."""
    made = defaultdict(list)
    for article in articles:
        for row in article.rows:
            key = "parent" if isinstance(row, BLOCKS) else "article"
            setattr(row, key, article)
            made[type(row)].append(row)
    notes = filing.file([*made[Filing], *made[Tagging], *made[Byline]])
    _point_at_stories(made[RelatedPost])
    for model in CHILDREN:
        model.objects.bulk_create(made[model])
    pictures = [picture for gallery in made[Gallery] for picture in _of_gallery(gallery)]
    GalleryPicture.objects.bulk_create(pictures)
    _point_at_pictures(articles)
    for article in articles:
        article.rows = None
    return notes


def _of_gallery(gallery):
    for picture in gallery._pictures or ():
        picture.gallery = gallery
        yield picture


def _point_at_stories(posts):
    found = filing.targets((post.headline, post.url) for post in posts)
    for post in posts:
        target = found.get((post.headline, post.url))
        post.post_id = None if target == post.parent_id else target


def _point_at_pictures(articles):
    """Fill the keys of captions whose picture or film is in the library."""
    from .models import Caption

    by_pk = {article.pk: article for article in articles}
    captions = [
        *Caption.objects.filter(parent__in=by_pk, photo=None, video=None, media__isnull=False),
        *GalleryPicture.objects.filter(
            gallery__parent__in=by_pk, photo=None, media__isnull=False
        ).select_related("gallery"),
    ]
    if not captions:
        return

    def source_of(row):
        return by_pk[row.parent_id if hasattr(row, "parent_id") else row.gallery.parent_id].source

    files = filing.Files([(source_of(row), row.as_part().media) for row in captions])
    filing.picture(captions, source_of, files)
    found = [row for row in captions if row.photo_id or getattr(row, "video_id", None)]
    Caption.objects.bulk_update([r for r in found if isinstance(r, Caption)], ["photo", "video"])
    GalleryPicture.objects.bulk_update(
        [row for row in found if isinstance(row, GalleryPicture)], ["photo"]
    )


def _show_pictures(items):
    """Pictures have come for stories that are here already."""
    articles = [item.article for item in items if item.article]
    _point_at_pictures(articles)
    for _count in derive.again(Version.objects.filter(article__in=articles)):
        pass


def _publish(items, run, before, now):
    """Add versions of what was taken, unless it may not or shall not be published."""
    if run.draft:
        return
    versions = []
    for item in items:
        usable = item.story.pubstatus == PubStatus.USABLE
        if item.outcome == Outcome.CREATED and usable:
            versions.append(first_version(item, now))
        elif item.outcome == Outcome.UPDATED and usable:
            pending = before.pending.get(item.article.pk)
            embargo = item.story.embargoed_until
            if pending and embargo and embargo > pending.visible_from:
                publishing.unschedule(item.article, by=None, now=now)
            versions.append(next_version(item, now))
    publishing.add(versions, zone=run.zone)


def first_version(item: Item, now: datetime) -> Version:
    """Visible from the day the source published it, or from the end of the embargo."""
    story = item.story
    known = story.published_at or story.first_published_at
    published_at = known or story.captured_at or now
    visible_from = max(published_at, story.embargoed_until or published_at)
    first = min(story.first_published_at or visible_from, visible_from)
    return Version(
        **_common(item, now),
        number=1,
        visible_from=visible_from,
        published_at=published_at,
        first_published_at=visible_from if visible_from > published_at else first,
        dated=bool(known),
    )


def next_version(item: Item, now: datetime) -> Version:
    """Visible from now on: what readers saw until now is not rewritten."""
    newest = item.article.versions.order_by("-number").first()
    if newest is None:
        return first_version(item, now)
    seen = item.article.versions.once_live(now).order_by("number").first()
    story = item.story
    visible_from = max(now, story.embargoed_until or now)
    changed = story.modified_at or story.published_at or now
    first = seen or newest
    return Version(
        **_common(item, now),
        number=newest.number + 1,
        visible_from=visible_from,
        published_at=max(min(changed, now), first.first_published_at) if seen else visible_from,
        first_published_at=first.first_published_at if seen else visible_from,
        dated=first.dated,
    )


def _common(item, now):
    return {
        "article": item.article,
        "revision": item.revision,
        "digest": item.revision.digest,
        "kind": Version.Kind.IMPORT,
        "pubstatus": Version.PubStatus.USABLE,
        "embargoed_until": item.story.embargoed_until,
        "created_at": now,
    }


def _withdraw(item, before, now):
    act = publishing.withdraw if item.article.pk in before.live else publishing.unschedule
    act(item.article, by=None, now=now)
