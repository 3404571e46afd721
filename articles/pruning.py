"""Throwing old saves away, of stories and of front pages: what nothing points to any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import Cast, Length
from django.utils import timezone

from .models import FrontRevision, Revision

PERIODS = {"day": "%Y-%m-%d", "week": "%G-%V", "month": "%Y-%m"}


class Saves(NamedTuple):
    """One kind of them: the column that says of what, and the one that holds the document."""

    model: type[models.Model]
    of: str
    document: str


STORIES = Saves(Revision, "article", "story")
FRONTS = Saves(FrontRevision, "front", "arrangement")


def unpointed(saves: Saves) -> models.QuerySet:
    """Those that are not the newest, and that no other row names: no article, no version, no line
    of the ledger, nothing that waits to be merged. Asked of every key there is, so that a new one
    counts too."""
    same = {saves.of: OuterRef(saves.of)}
    found = saves.model.objects.filter(
        Exists(saves.model.objects.filter(**same, pk__gt=OuterRef("pk")))
    )
    for relation in saves.model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            named = relation.related_model._base_manager.filter(
                **{relation.field.name: OuterRef("pk")}
            )
            found = found.filter(~Exists(named))
    return found


def unneeded(saves: Saves, before: datetime, period: str, batch: int) -> Iterator[list[int]]:
    """The ids of unpointed ones saved before that moment, but for the last of its story or front
    in each period, in the site's time zone: a batch at a time, the oldest story first."""
    old = saves.model.objects.filter(at__lt=before).order_by(saves.of, "-pk")
    free = old.annotate(is_free=Exists(unpointed(saves).filter(pk=OuterRef("pk"))))
    rows = free.values_list("pk", saves.of, "at", "is_free").iterator(chunk_size=2000)
    found = _not_the_last(rows, PERIODS[period])
    return iter(lambda: list(islice(found, batch)), [])


def _not_the_last(rows, period):
    last = None
    for pk, owner, at, is_free in rows:
        place = owner, timezone.localtime(at).strftime(period)
        if place == last and is_free:
            yield pk
        last = place


def measure(saves: Saves, ids: list[int]) -> tuple[int, int]:
    """(how many, characters of their documents)."""
    size = Sum(Length(Cast(saves.document, models.TextField())))
    told = saves.model.objects.filter(pk__in=ids).aggregate(count=models.Count("pk"), size=size)
    return told["count"], told["size"] or 0


@transaction.atomic
def prune(saves: Saves, ids: list[int]) -> tuple[int, int]:
    """Delete those of them that are still unpointed. As `measure` of what is gone."""
    found = unpointed(saves).filter(pk__in=ids).select_for_update()
    ids = list(found.values_list("pk", flat=True))
    gone = measure(saves, ids)
    saves.model.objects.filter(pk__in=ids).delete()
    return gone
