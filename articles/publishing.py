"""The acts of publication. Each adds one Version; nothing else does, and none is ever changed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import addresses, audit, bulk, derive, labels, locks, related, revisions, search, workflow
from .merge import merge, nothing
from .models import Article, Revision, Version
from .story import LATEST, StoryError

Kind = Version.Kind
USABLE, CANCELED = Version.PubStatus.USABLE, Version.PubStatus.CANCELED


class PublishError(Exception):
    """The act is refused. The message says why, for an editor."""


class PendingVersion(PublishError):
    """Another version is scheduled; publishing must say what becomes of it."""

    def __init__(self, versions):
        self.versions = versions
        told = "; ".join(map(told_schedule, versions))
        super().__init__(_("%s. Say whether it is to be dropped or carried.") % told)


class Embargoed(PublishError):
    """The source was promised that nobody reads this yet."""


class CarryConflict(PublishError):
    """What is scheduled and what is to be published say different things in one place."""

    def __init__(self, version, conflicts):
        self.conflicts = conflicts
        super().__init__(
            _(
                "What is scheduled for %(when)s cannot be carried: it says otherwise here:"
                " %(where)s. Bring both together by hand, or drop it."
            )
            % {"when": told_moment(version.visible_from), "where": labels.told_places(conflicts)}
        )


class NothingToPublish(PublishError):
    """Readers already see exactly this."""


def told_schedule(version):
    """Who scheduled it for when."""
    who, when = version.by or _("an import"), told_moment(version.visible_from)
    return _("%(who)s scheduled a version for %(when)s") % {"who": who, "when": when}


def told_moment(moment):
    local = timezone.localtime(moment)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"


@transaction.atomic
def publish(article, *, by, at: datetime | None = None, pending=None, now=None) -> Version:
    """Freeze the working copy. Readers see it from `at` on (None: now).

    `pending="drop"`: what is scheduled will never appear. `pending="carry"`: it still appears at
    its moment, with what is published now merged into it; `CarryConflict` where the two meet.
    Without an answer, and with something scheduled, `PendingVersion` is raised.

    Whatever the working copy's `pubstatus` was, it is usable from then on: that a story is withheld
    or was recalled stops nobody here. `checklist` asks first, on the desk's side.
    """
    article, now = _locked(article, now)
    refuse_odd_moment(at, now)
    at = at or now
    waiting = _answer_for_pending(article, pending, now)
    if pending == "carry":
        return _publish_before(waiting, article, by=by, at=at, now=now)
    if any(version.visible_from < at for version in waiting):
        unschedule(article, by=by, now=now)  # else it would appear in between
    return _publish(article, by=by, at=at, now=now, even_unchanged=bool(waiting))


@transaction.atomic
def correct(article, *, by, text, kind="correction", pending=None, now=None) -> Version:
    """Publish now, and tell readers what was wrong: `kind` and `text` stay with the story."""
    article, now = _locked(article, now)
    if not text.strip():
        raise PublishError(_("A correction needs words: what was wrong?"))
    if not article.versions.live(now).exists():
        raise PublishError(_("Only a story that readers can see can be corrected."))
    waiting = _answer_for_pending(article, pending, now)
    article.corrections = [
        *article.corrections,
        {"at": now.isoformat(), "kind": kind, "text": text.strip()},
    ]
    article.save(update_fields=["corrections"])
    carried = waiting if pending == "carry" else []
    told = {"kind": Kind.CORRECT, "correction": text.strip()}
    return _publish_before(carried, article, by=by, at=now, now=now, **told)


@transaction.atomic
def withdraw(article, *, by, why="", now=None) -> Version:
    """Take it down. Copies what readers last saw: a draft's words never leave the desk this way.

    What is scheduled will not appear either.
    """
    article, now = _locked(article, now)
    live = article.versions.live(now).first()
    if not live:
        raise PublishError(_("Readers do not see this story, so there is nothing to withdraw."))
    return add_copy(live, kind=Kind.WITHDRAW, pubstatus=CANCELED, by=by, now=now, why=why)


@transaction.atomic
def unschedule(article, *, by, now=None) -> Version:
    """Take back what is scheduled: readers go on seeing what they see now."""
    article, now = _locked(article, now)
    pending = article.versions.pending(now).order_by("-number").first()
    if not pending:
        raise PublishError(_("Nothing is scheduled for this story."))
    live = article.versions.live(now).first()
    if live:
        return add_copy(live, kind=Kind.UNSCHEDULE, pubstatus=USABLE, by=by, now=now)
    seen = article.versions.once_live(now).order_by("-number").first()
    return add_copy(seen or pending, kind=Kind.UNSCHEDULE, pubstatus=CANCELED, by=by, now=now)


def _publish_before(waiting, article, *, by, at, now, **options):
    """Freeze a locked article and add the version, and behind it again what is scheduled."""
    for version in waiting:
        if version.visible_from <= at:
            comes = _("%(what)s, which comes first: it cannot be carried.")
            if version.visible_from == at:
                comes = _("%(what)s, too. Both cannot appear at one moment: choose another one.")
            raise PublishError(comes % {"what": told_schedule(version)})
    live = article.versions.live(now).select_related("revision").first()
    published = _publish(article, by=by, at=at, now=now, **options)
    base = live.story if live else nothing(published.story)
    _carry(waiting, base, published, by=by, now=now)
    return published


def _carry(waiting, base, published, *, by, now):
    """Each scheduled version once more, at its moment, with what was published merged into it.

    `base` is what readers saw when it was scheduled. Where nothing of it is left to come, it is
    not added.
    """
    before = published.story
    for version in sorted(waiting, key=lambda version: version.visible_from):
        merged = merge(base, version.story, before)
        if merged.conflicts:
            raise CarryConflict(version, merged.conflicts)
        base, news = version.story, merged.story.digest != before.digest
        before = merged.story
        if not news:
            continue
        _refuse_embargoed(before.embargoed_until, version.visible_from)
        revision = Revision.objects.create(
            article=published.article, story=before, digest=before.digest, at=now, by=by
        )
        carried = Version(
            article=published.article,
            revision=revision,
            digest=revision.digest,
            kind=Kind.CARRY,
            pubstatus=USABLE,
            visible_from=version.visible_from,
            published_at=version.published_at,
            embargoed_until=before.embargoed_until,
            correction=version.correction,
            created_at=now,
            by=by,
        )
        _add(carried, now=now, behind=published)


def _publish(article, *, by, at, now, kind=None, correction="", even_unchanged=False):
    """Freeze a locked article and add the version.

    The working copy becomes usable, whatever its `pubstatus` was, and is frozen as that.
    """
    _refuse_embargoed(article.embargoed_until, at)
    if article.pubstatus != Article.Status.USABLE:
        article.pubstatus = Article.Status.USABLE
        article.save(update_fields=["pubstatus"])
    try:
        revision = revisions.record(article, by=by, at=now)
    except StoryError as error:
        raise PublishError(str(error)) from error
    workflow.end(article)
    live = article.versions.live(now).first()
    if live and live.digest == revision.digest and not even_unchanged:
        raise NothingToPublish(_("Readers already see exactly this."))
    again = not live and article.versions.once_live(now).exists()
    version = Version(
        article=article,
        revision=revision,
        digest=revision.digest,
        kind=kind or (Kind.REPUBLISH if again else Kind.PUBLISH),
        pubstatus=USABLE,
        visible_from=at,
        published_at=at,
        embargoed_until=article.embargoed_until,
        correction=correction,
        created_at=now,
        by=by,
    )
    return _add(version, now=now)


def add_copy(version, *, kind, pubstatus, by, now, why="", visible_from=None):
    """The same words again, from now on, as `kind` of act."""
    copy = Version(
        article=version.article,
        revision=version.revision,
        digest=version.digest,
        kind=kind,
        pubstatus=pubstatus,
        visible_from=visible_from or now,
        published_at=version.published_at,
        embargoed_until=version.embargoed_until if pubstatus == USABLE else None,
        dated=version.dated,
        correction=why,
        created_at=now,
        by=by,
    )
    return _add(copy, now=now)


def _add(version, *, now, behind=None):
    """Number it, date it, give the story its address, and store it with what pages need.

    `behind`: a version that readers will have seen before this one."""
    article = version.article
    latest = article.versions.order_by("-number").first()
    version.number = latest.number + 1 if latest else 1
    seen = article.versions.once_live(now).order_by("number").first() or behind
    version.first_published_at = seen.first_published_at if seen else version.published_at
    version.dated = seen.dated if seen else version.dated
    audit.published(version, instead_of=article.versions.live(now).first(), now=now)
    added = add([version])[0]
    related.write(added)
    return added


def add(versions: list[Version], *, zone: ZoneInfo | None = None) -> list[Version]:
    """Store finished versions, the addresses of their stories, and their derived rows.

    `zone` decides on which day a story without an address was published (None: the site's).
    """
    new = give_addresses(versions, zone=zone)
    Article.objects.bulk_update(new, ["path"])
    versions = bulk.insert(versions)
    if versions:
        derive.write(versions)
        search.keep_published(versions)
    return versions


def give_addresses(versions: list[Version], *, zone: ZoneInfo | None = None) -> list[Article]:
    """Give the stories of these versions, stored or not, the addresses they lack, in memory.

    Returns the articles that have got one.
    """
    dated = [
        (version.article, timezone.localtime(version.first_published_at, zone))
        for version in versions
        if version.pubstatus == USABLE
    ]
    new = [article for article, _day in dated if not article.path]
    addresses.assign(dated)
    return new


def _locked(article, now):
    """The article, and the moment: looked up after the wait for whoever acted before."""
    locks.one_at_a_time()
    if (article := Article.objects.select_for_update().get(pk=article.pk)).binned_at:
        raise PublishError(_("It is in the bin. Take it out first."))
    return article, now or timezone.now()


def _refuse_embargoed(until, at):
    if until and at < until:
        raise Embargoed(_("The embargo runs until %(until)s.") % {"until": told_moment(until)})


def refuse_odd_moment(at, now):
    if at and at < now:
        raise PublishError(_("%(when)s has passed.") % {"when": told_moment(at)})
    if at and at > LATEST:
        raise PublishError(_("No story can wait beyond the year %(year)s.") % {"year": LATEST.year})


def _answer_for_pending(article, answer, now):
    pending = list(article.versions.pending(now).select_related("by", "revision"))
    if pending and answer not in ("drop", "carry"):
        raise PendingVersion(pending)
    return pending
