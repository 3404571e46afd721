"""Showing a story to somebody without an account: a link that ends, and can be taken back.

A link shows the working copy of one story as it was saved last, not the revision of the moment
it was made: who is asked whether the facts are right should see the newest words.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from . import audit
from .models import Article, ShareLink

DAYS = (1, 3, 7, 14)  # how long a link may last
NOTICED = timedelta(minutes=1)  # so often the last use of a link is written down


def _digest(token: str) -> str:
    # A secret of 256 random bits needs no slow hash: nobody can go through them.
    return hashlib.sha256(token.encode()).hexdigest()


def make(article: Article, *, by, days: int, whom: str = "", now=None) -> tuple[ShareLink, str]:
    """A new link, and its secret, which is told this once."""
    now = now or timezone.now()
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        link = ShareLink.objects.create(
            article=article,
            digest=_digest(token),
            whom=whom,
            made_at=now,
            made_by=by,
            expires_at=now + timedelta(days=days),
        )
        until = link.expires_at.isoformat(timespec="minutes")
        audit.record("share", article, by=by, at=now, detail=f"link {link.pk} until {until}")
    return link, token


def opened(token: str, now: datetime) -> ShareLink | None:
    """The link of this secret, and its use written down; None once it has ended, and while its
    story lies in the bin."""
    links = ShareLink.objects.open(now).select_related("article")
    link = links.filter(digest=_digest(token), article__binned_at=None).first()
    if link and (link.used_at is None or now - link.used_at >= NOTICED):
        link.used_at = now
        link.save(update_fields=["used_at"])
    return link


def revoke(links, *, by, now=None) -> int:
    """Take these links back, those that are not yet. Returns how many."""
    now = now or timezone.now()
    with transaction.atomic():
        open_still = list(links.filter(revoked_at=None).select_related("article"))
        for link in open_still:
            ShareLink.objects.filter(pk=link.pk).update(revoked_at=now, revoked_by=by)
            audit.record("revoke share", link.article, by=by, at=now, detail=f"link {link.pk}")
    return len(open_still)
