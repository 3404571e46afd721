"""The acts on a front: save, publish, schedule, unschedule, make automatic again.

As with stories, a save adds a revision and nothing that readers see; each act of publication adds
one version, and none is ever changed.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Arrangement, Front, FrontRevision, FrontVersion
from .publishing import PendingVersion, PublishError, refuse_odd_moment, told_moment

Kind, PubStatus = FrontVersion.Kind, FrontVersion.PubStatus


class Stale(Exception):
    """Somebody saved the front since it was opened: `revision` is what is saved now."""

    def __init__(self, revision):
        self.revision = revision
        super().__init__(str(revision))


class PendingFront(PendingVersion):
    """What is scheduled would be overtaken: say `keep` or `drop`."""


@transaction.atomic
def save(front: Front, arrangement: Arrangement, *, by, opened: str = "", overwrite: str = ""):
    """Keep this as the working copy; the revision. Nothing is written where it says the same.

    `opened`: the id of the revision it was made from, as text ("" for none). Where that is not the
    newest any more, and `overwrite` does not name just the newest, `Stale` is raised.
    """
    front = _locked(front)
    head = front.head
    newest = str(head.pk) if head else ""
    if newest and newest not in (opened, overwrite):
        raise Stale(head)
    if head and head.digest == arrangement.digest:
        return head
    return FrontRevision.objects.create(
        front=front,
        arrangement=arrangement,
        digest=arrangement.digest,
        at=timezone.now(),
        by=by,
    )


@transaction.atomic
def publish(
    front: Front, *, by, at: datetime | None = None, pending=None, opened=None, now=None
) -> FrontVersion:
    """Freeze the working copy. Readers see it from `at` on (None: now).

    `opened`: the id, as text, of the revision that is meant; `Stale` when it is not the newest.

    What is scheduled for later than `at` would never appear, since a later version was published:
    `pending` says what becomes of it. "keep" schedules it again, behind this one; "drop" lets it
    go. Without an answer `PendingFront` is raised. What is scheduled for before `at` stays.
    What is scheduled for `at` itself cannot be kept: `PublishError`.
    """
    front = _locked(front)
    now = now or timezone.now()
    refuse_odd_moment(at, now)
    at = at or now
    revision = front.head
    if revision is None:
        raise PublishError(_("Nothing is on this front yet. Save it first."))
    if opened not in (None, str(revision.pk)):
        raise Stale(revision)
    overtaken = list(front.versions.pending(now).filter(visible_from__gte=at).select_related("by"))
    if overtaken and pending not in ("keep", "drop"):
        raise PendingFront(overtaken)
    if pending == "keep":
        _refuse_two_at_once(overtaken, at)
    _refuse_the_same(front, revision, at, now)
    version = _add(front, revision, Kind.PUBLISH, at=at, now=now, by=by)
    if pending == "keep":
        for kept in sorted(overtaken, key=lambda one: one.visible_from):
            _add(front, kept.revision, Kind.CARRY, at=kept.visible_from, now=now, by=by)
    return version


@transaction.atomic
def unschedule(front: Front, *, by, now=None):
    """Take back all that is scheduled: readers go on seeing what they see now."""
    front = _locked(front)
    now = now or timezone.now()
    pending = front.versions.pending(now).order_by("-number").first()
    if not pending:
        raise PublishError(_("Nothing is scheduled for this front."))
    live = front.versions.live(now).first()
    status = PubStatus.USABLE if live else PubStatus.CANCELED
    seen = live or pending
    return _add(front, seen.revision, Kind.UNSCHEDULE, at=now, now=now, by=by, status=status)


@transaction.atomic
def withdraw(front: Front, *, by, now=None):
    """From now on the page is the automatic one. What was scheduled will not appear either."""
    front = _locked(front)
    now = now or timezone.now()
    live = front.versions.live(now).first()
    if not live:
        raise PublishError(_("Readers do not see this front, so there is nothing to take down."))
    gone = PubStatus.CANCELED
    return _add(front, live.revision, Kind.WITHDRAW, at=now, now=now, by=by, status=gone)


def _refuse_two_at_once(kept, at):
    """Of two for one moment readers would only ever see one."""
    for version in kept:
        if version.visible_from == at:
            raise PublishError(
                _(
                    "%(who)s scheduled a front for %(when)s, too. Readers can see only one of them"
                    " then: choose another moment, or say that the other one is dropped."
                )
                % {"who": version.by or _("Somebody"), "when": told_moment(at)}
            )


def _refuse_the_same(front, revision, at, now):
    """A version that says what readers see at that moment anyway."""
    seen = front.versions.live(at).select_related("revision").first()
    if seen and seen.revision.digest == revision.digest:
        raise PublishError(_("Readers already see exactly this."))


def _add(front, revision, kind, *, at, now, by, status=PubStatus.USABLE):
    latest = front.versions.order_by("-number").first()
    return FrontVersion.objects.create(
        front=front,
        number=latest.number + 1 if latest else 1,
        revision=revision,
        kind=kind,
        pubstatus=status,
        visible_from=at,
        created_at=now,
        by=by,
    )


def _locked(front):
    return Front.objects.select_for_update().get(pk=front.pk)
