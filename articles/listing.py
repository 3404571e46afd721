"""Where versions are listed: under each category, tag and author, and the categories above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from .models import Byline, Category, Filing, Listing, Tagging, Version

KEYS = {Filing: "category_id", Tagging: "tag_id", Byline: "author_id"}


class Above:
    """The categories above each category, asked once."""

    def __init__(self):
        self.parents = dict(Category.objects.values_list("pk", "parent_id"))

    def __call__(self, pk):
        while pk := self.parents.get(pk):
            yield pk


def of(version, rows, above) -> Iterator[Listing]:
    """Each category, tag and author once; the categories above are implied."""
    seen = set()
    for row in rows:
        kind = KEYS[type(row)]
        key = getattr(row, kind)
        if (kind, key) not in seen:
            seen.add((kind, key))
            yield _listing(version, kind, key, row.position)
    for category in [key for kind, key in seen if kind == "category_id"]:
        for key in above(category):
            if ("category_id", key) not in seen:
                seen.add(("category_id", key))
                yield _listing(version, "category_id", key, 0, implied=True)


def _listing(version, kind, key, position, *, implied=False):
    return Listing(
        version=version,
        first_published_at=version.first_published_at,
        position=position,
        implied=implied,
        **{kind: key},
    )


@transaction.atomic
def again(versions: Iterable[int]) -> None:
    """Write the listings of these versions anew, after the tree of categories has changed."""
    above = Above()
    found = Version.objects.filter(pk__in=versions).select_related("revision")
    made = []
    for version in found:
        stored = version.listings.filter(category__isnull=False, implied=False)
        own = [Filing(category_id=row.category_id, position=row.position) for row in stored]
        made += [listing for listing in of(version, own, above) if listing.implied]
    Listing.objects.filter(version__in=versions, category__isnull=False, implied=True).delete()
    Listing.objects.bulk_create(made)
