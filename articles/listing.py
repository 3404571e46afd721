"""Where versions are listed: under each category, tag and author, and the categories above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db import transaction

from . import bulk
from .models import Byline, Category, Filing, Listing, Tagging
from .story import Story

AT_ONCE = 500
NAMES = ("version", "first_published_at", "has_video", "category")
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
        if key and (kind, key) not in seen:
            seen.add((kind, key))
            yield _listing(version, kind, key, row.position)
    for category in [key for kind, key in seen if kind == "category_id"]:
        for key in above(category):
            if ("category_id", key) not in seen:
                seen.add(("category_id", key))
                yield _listing(version, "category_id", key, 0, implied=True)


def _listing(version, kind, key, position, *, implied=False):
    return Listing(
        version_id=version.pk,
        first_published_at=version.first_published_at,
        position=position,
        implied=implied,
        has_video=has_video(version.story),
        **{kind: key},
    )


def has_video(story: Story) -> bool:
    """Whether it leads with a film: then lists say so."""
    return bool(story.lead and story.lead.kind == "video")


@transaction.atomic
def again(versions: list[int]) -> None:
    """Write the implied listings of these versions anew: the tree of categories has changed."""
    above = Above()
    for start in range(0, len(versions), AT_ONCE):
        some = versions[start : start + AT_ONCE]
        filed = Listing.objects.filter(version__in=some, category__isnull=False)
        own = defaultdict(set)
        for version, at, film, category in filed.filter(implied=False).values_list(*NAMES):
            own[version, at, film].add(category)
        filed.filter(implied=True).delete()
        bulk.insert(
            Listing(
                version_id=version,
                first_published_at=at,
                has_video=film,
                category_id=key,
                implied=True,
            )
            for (version, at, film), categories in own.items()
            for key in {key for category in categories for key in above(category)} - categories
        )
