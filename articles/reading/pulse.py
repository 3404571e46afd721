"""The moments at which what readers see changes. Caches keep no page beyond them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Subquery

from ..models import Photo, Version
from .prepared import Prepared


class Pulse(NamedTuple):
    """When what readers see changed last, and when it will next."""

    newest: int | None
    acted_at: datetime | None
    appeared_at: datetime | None
    appears_at: datetime | None
    expired_at: datetime | None  # the rights of a picture
    expires_at: datetime | None

    @property
    def changed_at(self) -> datetime | None:
        moments = (self.acted_at, self.appeared_at, self.expired_at)
        return max(filter(None, moments), default=None)

    @property
    def next_at(self) -> datetime | None:
        return min(filter(None, (self.appears_at, self.expires_at)), default=None)

    @property
    def key(self) -> str:
        """Another one after every act and every scheduled moment."""
        appeared = self.appeared_at and self.appeared_at.timestamp()
        expired = self.expired_at and self.expired_at.timestamp()
        return f"{self.newest}-{appeared}-{expired}"


def columns(now):
    newest = Version.objects.order_by("-pk")
    appeared = Version.objects.filter(visible_from__lte=now).order_by("-visible_from")
    coming = Version.objects.filter(visible_from__gt=now).order_by("visible_from")
    over = Photo.objects.over(now).order_by("-rights_until")
    ending = Photo.objects.filter(rights_until__gt=now).order_by("rights_until")
    return {
        "newest": Subquery(newest.values("pk")[:1]),
        "acted_at": Subquery(newest.filter(visible_from__lte=now).values("created_at")[:1]),
        "appeared_at": Subquery(appeared.values("visible_from")[:1]),
        "appears_at": Subquery(coming.values("visible_from")[:1]),
        "expired_at": Subquery(over.values("rights_until")[:1]),
        "expires_at": Subquery(ending.values("rights_until")[:1]),
    }


@Prepared
def _question(now):
    found = Version.objects.order_by("-pk").annotate(**columns(now))
    return found.values_list(*Pulse._fields)[:1]


def pulse(now: datetime) -> Pulse:
    rows = _question(now=now)
    return Pulse(*rows[0]) if rows else Pulse(*[None] * len(Pulse._fields))
