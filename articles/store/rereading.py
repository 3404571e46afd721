"""What was kept, read again: of each story the newest that came, as today's readers read it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from .. import formats
from ..formats import Read, Unreadable
from ..models import ImportItem, ImportRun
from .kept import source_of
from .ledger import Outcome

AT_ONCE = 200


def kept_items(*, run: ImportRun | None = None, source: str = "", format: str = ""):
    """The items to be read again. What was undone, or decided to be left alone, is not; nor is
    a story that an editor has deleted."""
    newer = ImportItem.objects.filter(pk__gt=OuterRef("pk"), undone_by=None)
    of_the_story = newer.filter(source=OuterRef("source"), source_id=OuterRef("source_id"))
    of_the_bytes = newer.filter(received=OuterRef("received"))
    found = ImportItem.objects.filter(
        Q(outcome=Outcome.REFUSED) | Q(article__isnull=False),
        ~Exists(of_the_story.exclude(source_id="")),
        ~Exists(of_the_bytes.exclude(received="")),
        undone_by=None,
        kept__isnull=False,
    ).exclude(outcome=Outcome.REFUSED, decision=ImportItem.Decision.DISMISSED)
    if run:
        found = found.filter(run=run)
    if source:
        found = found.filter(Q(source=source) | Q(source="", run__options__source=source))
    return found.filter(format=format) if format else found


def read_again(items) -> Iterator[Read | Unreadable]:
    """The results of reading these rows of the ledger, in the order in which they came."""
    keys = list(items.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = ImportItem.objects.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk")
        for row in some.select_related("run", "kept"):
            if came := source_of(row):
                yield formats.parsed(came)
