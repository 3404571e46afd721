"""Writing the audit log: one entry for each act of a person, in the transaction of the act.

What an import does is in its ledger; what an editor decides about it is here.
"""

from __future__ import annotations

import ipaddress
from contextvars import ContextVar

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save
from django.utils import timezone

from .models import Article, AuditEntry, Version

# Where the request that is being answered came from; "" outside of one.
PLACE: ContextVar[str] = ContextVar("articles.audit.place", default="")
LOGGED = {ADDITION: "add", CHANGE: "change", DELETION: "delete"}


def record(act: str, on=None, *, by=None, before="", after="", detail="", at=None) -> AuditEntry:
    """Add an entry. `on`: a row; `before` and `after`: digests of a story's content."""
    return AuditEntry.objects.create(
        at=at or timezone.now(),
        act=act,
        by=by,
        model=on._meta.label_lower if on else "",
        key=str(on.pk) if on else "",
        told=str(on)[:200] if on else "",
        before=before,
        after=after,
        detail=detail,
        place=PLACE.get(),
    )


def published(version: Version, *, instead_of: Version | None, now) -> AuditEntry:
    """An act of publication. `instead_of`: what readers saw until then."""
    is_ahead = version.visible_from > now
    told = [f"from {version.visible_from.isoformat()}"] if is_ahead else []
    told += [version.correction] if version.correction else []
    return record(
        "schedule" if is_ahead and version.kind == Version.Kind.PUBLISH else version.kind,
        version.article,
        by=version.by,
        at=now,
        before=instead_of.digest if instead_of else "",
        after=version.digest,
        detail=" · ".join(told),
    )


def coarse(address: str) -> str:
    """The network an address is in: enough to tell the office from elsewhere, and no person."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    width = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, width), strict=False))


# What Django's admin and its accounts tell of themselves


def logged(instance, created, **kwargs):
    """Additions, changes and deletions in the admin, but for those of stories: they have their
    own entries."""
    model = instance.content_type.model_class() if instance.content_type else None
    if not created or (model and issubclass(model, Article)):
        return
    AuditEntry.objects.create(
        at=instance.action_time,
        act=LOGGED[instance.action_flag],
        by=instance.user,
        model=f"{instance.content_type.app_label}.{instance.content_type.model}",
        key=str(instance.object_id or "")[:40],
        told=instance.object_repr,
        detail=instance.get_change_message(),
        place=PLACE.get(),
    )


def entered(user, **kwargs):
    record("log in", user, by=user)


def left(user, **kwargs):
    if user:
        record("log out", user, by=user)


def listen() -> None:
    post_save.connect(logged, sender=LogEntry, dispatch_uid="articles.audit")
    user_logged_in.connect(entered, dispatch_uid="articles.audit")
    user_logged_out.connect(left, dispatch_uid="articles.audit")
