"""The acts of publication. Each adds one Version; nothing else does, and none is ever changed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import addresses, derive, locks, related, revisions
from .models import Article, Version
from .story import LATEST, StoryError

Kind = Version.Kind
USABLE, CANCELED = Version.PubStatus.USABLE, Version.PubStatus.CANCELED


class PublishError(Exception):
    """The act is refused. The message says why, for an editor."""


class PendingVersion(PublishError):
    """Another version is scheduled; publishing must say what becomes of it."""

    def __init__(self, versions):
        self.versions = versions
        told = "; ".join(
            _("%(who)s scheduled a version for %(when)s")
            % {"who": version.by or _("an import"), "when": told_moment(version.visible_from)}
            for version in versions
        )
        super().__init__(_("%(told)s. Say whether it is to be dropped.") % {"told": told})


class Embargoed(PublishError):
    """The source was promised that nobody reads this yet."""


class NothingToPublish(PublishError):
    """Readers already see exactly this."""


def told_moment(moment):
    local = timezone.localtime(moment)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"


@transaction.atomic
def publish(article, *, by, at: datetime | None = None, pending=None, now=None) -> Version:
    """Freeze the working copy. Readers see it from `at` on (None: now).

    `pending="drop"`: what is scheduled will never appear. Without an answer, and with
    something scheduled, `PendingVersion` is raised.
    """
    article, now = _locked(article, now)
    _refuse_odd_moment(at, now)
    at = at or now
    dropped = _answer_for_pending(article, pending, now)
    if any(version.visible_from < at for version in dropped):
        unschedule(article, by=by, now=now)  # else it would appear in between
    return _publish(article, by=by, at=at, now=now, even_unchanged=bool(dropped))


@transaction.atomic
def correct(article, *, by, text, kind="correction", pending=None, now=None) -> Version:
    """Publish now, and tell readers what was wrong: `kind` and `text` stay with the story."""
    article, now = _locked(article, now)
    if not text.strip():
        raise PublishError(_("A correction needs words: what was wrong?"))
    if not article.versions.live(now).exists():
        raise PublishError(_("Only a story that readers can see can be corrected."))
    _answer_for_pending(article, pending, now)
    article.corrections = [
        *article.corrections,
        {"at": now.isoformat(), "kind": kind, "text": text.strip()},
    ]
    article.save(update_fields=["corrections"])
    return _publish(article, by=by, at=now, now=now, kind=Kind.CORRECT, correction=text.strip())


@transaction.atomic
def withdraw(article, *, by, why="", now=None) -> Version:
    """Take it down. Copies what readers last saw: a draft's words never leave the desk this way.

    What is scheduled will not appear either.
    """
    article, now = _locked(article, now)
    live = article.versions.live(now).first()
    if not live:
        raise PublishError(_("Readers do not see this story, so there is nothing to withdraw."))
    return _add_copy(live, kind=Kind.WITHDRAW, pubstatus=CANCELED, by=by, now=now, why=why)


@transaction.atomic
def unschedule(article, *, by, now=None) -> Version:
    """Take back what is scheduled: readers go on seeing what they see now."""
    article, now = _locked(article, now)
    pending = article.versions.pending(now).order_by("-number").first()
    if not pending:
        raise PublishError(_("Nothing is scheduled for this story."))
    live = article.versions.live(now).first()
    if live:
        return _add_copy(live, kind=Kind.UNSCHEDULE, pubstatus=USABLE, by=by, now=now)
    seen = article.versions.once_live(now).order_by("-number").first()
    return _add_copy(seen or pending, kind=Kind.UNSCHEDULE, pubstatus=CANCELED, by=by, now=now)


def redacted(live, pending, *, by, now, why, gone: bool) -> list[Version]:
    """Say anew what readers see, and what is scheduled, after words were taken out of both.

    `gone`: they see nothing of it from now on. What is live or pending may be None or empty.
    """
    if gone:
        last = live or (pending[-1] if pending else None)
        act = {"pubstatus": CANCELED, "by": by, "now": now, "why": why}
        return [_add_copy(last, kind=Kind.REDACT, **act)] if last else []
    again = [(live, now)] if live else []
    again += [(version, version.visible_from) for version in reversed(pending) if live]
    act = {"kind": Kind.REDACT, "pubstatus": USABLE, "by": by, "now": now, "why": ""}
    return [_add_copy(version, visible_from=at, **act) for version, at in again]


def _publish(article, *, by, at, now, kind=None, correction="", even_unchanged=False):
    """Freeze a locked article and add the version."""
    if article.embargoed_until and at < article.embargoed_until:
        until = told_moment(article.embargoed_until)
        raise Embargoed(_("The embargo runs until %(until)s.") % {"until": until})
    if article.pubstatus != Article.Status.USABLE:
        article.pubstatus = Article.Status.USABLE
        article.save(update_fields=["pubstatus"])
    try:
        revision = revisions.record(article, by=by, at=now)
    except StoryError as error:
        raise PublishError(str(error)) from error
    live = article.versions.live(now).first()
    if live and live.digest == revision.digest and not even_unchanged:
        raise NothingToPublish(_("Readers already see exactly this."))
    version = Version(
        article=article,
        revision=revision,
        digest=revision.digest,
        kind=kind or (Kind.PUBLISH if live else _first_or_again(article, now)),
        pubstatus=USABLE,
        visible_from=at,
        published_at=at,
        embargoed_until=article.embargoed_until,
        correction=correction,
        created_at=now,
        by=by,
    )
    added = _add(version, now=now)
    related.write(article)
    return added


def _first_or_again(article, now):
    return Kind.REPUBLISH if article.versions.once_live(now).exists() else Kind.PUBLISH


def _add_copy(version, *, kind, pubstatus, by, now, why="", visible_from=None):
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


def _add(version, *, now):
    """Number it, date it, give the story its address, and store it with what pages need."""
    article = version.article
    latest = article.versions.order_by("-number").first()
    version.number = latest.number + 1 if latest else 1
    seen = article.versions.once_live(now).order_by("number").first()
    version.first_published_at = seen.first_published_at if seen else version.published_at
    version.dated = seen.dated if seen else version.dated
    return add([version])[0]


def add(versions: list[Version], *, zone: ZoneInfo | None = None) -> list[Version]:
    """Store finished versions, the addresses of their stories, and their derived rows.

    `zone` decides on which day a story without an address was published (None: the site's).
    """
    dated = [
        (version.article, timezone.localtime(version.first_published_at, zone))
        for version in versions
        if version.pubstatus == USABLE
    ]
    new = [article for article, _day in dated if not article.path]
    addresses.assign(dated)
    Article.objects.bulk_update(new, ["path"])
    versions = Version.objects.bulk_create(versions)
    if versions:
        derive.write(versions)
    return versions


def _locked(article, now):
    """The article, and the moment: looked up after the wait for whoever acted before."""
    locks.one_at_a_time()
    article = Article.objects.select_for_update().get(pk=article.pk)
    return article, now or timezone.now()


def _refuse_odd_moment(at, now):
    if at and at < now:
        raise PublishError(_("%(when)s has passed.") % {"when": told_moment(at)})
    if at and at > LATEST:
        raise PublishError(_("No story can wait beyond the year %(year)s.") % {"year": LATEST.year})


def _answer_for_pending(article, answer, now):
    pending = list(article.versions.pending(now).select_related("by"))
    if pending and answer != "drop":
        raise PendingVersion(pending)
    return pending
