"""Derived rows of versions: where they are listed, what they link to, how they look.

Made from Versions alone, in the transaction that adds them; `reindex` makes them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from . import filing, rendering
from .models import Category, Link, Listing, Rendering, Version, rows
from .models.article import Byline, Filing, Tagging


def write(versions: list[Version]) -> None:
    """Write the derived rows of these new versions. Withdrawals have none."""
    shown = [version for version in versions if version.pubstatus == Version.PubStatus.USABLE]
    listed = [(version, list(filed(version))) for version in shown]
    filing.file([row for _version, rows in listed for row in rows])
    above = Above()
    Listing.objects.bulk_create(
        listing for version, rows in listed for listing in listings(version, rows, above)
    )
    Link.objects.bulk_create(links(shown))
    Rendering.objects.bulk_create(renderings(listed))


def filed(version) -> Iterator[Filing | Tagging | Byline]:
    """The words a version is filed under, as rows that are not stored."""
    for row in rows(version.story):
        if isinstance(row, (Filing, Tagging, Byline)):
            yield row


class Above:
    """The categories above each category, asked once."""

    def __init__(self):
        self.parents = dict(Category.objects.values_list("pk", "parent_id"))

    def __call__(self, pk):
        while pk := self.parents.get(pk):
            yield pk


def listings(version, rows, above) -> Iterator[Listing]:
    """Each category, tag and author once; the categories above are implied."""
    seen = set()
    for row in rows:
        kind = {Filing: "category_id", Tagging: "tag_id", Byline: "author_id"}[type(row)]
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


def links(versions) -> Iterator[Link]:
    named = [(version, rendering.links_of(version.story)) for version in versions]
    targets = filing.targets((link.headline, link.url) for _v, posts in named for link in posts)
    for version, posts in named:
        for number, post in enumerate(posts):
            target = targets.get((post.headline, post.url))
            own = target == version.article_id
            yield Link(
                version=version,
                number=number,
                headline=post.headline,
                target_id=None if own else target,
            )


def renderings(listed) -> Iterator[Rendering]:
    files = filing.Files([m for version, _rows in listed for m in filing.media_of(version.story)])
    for version, rows in listed:
        primary = next((row.category for row in rows if isinstance(row, Filing)), None)
        made = rendering.render(version, version.story, files)
        yield Rendering(
            version=version,
            article=made.article,
            head=made.head,
            card=made.card,
            corrections=made.corrections,
            category=primary,
        )


@transaction.atomic
def list_again(versions: Iterable[int]) -> None:
    """Write the listings of these versions anew, after the tree of categories has changed."""
    above = Above()
    found = Version.objects.filter(pk__in=versions).select_related("revision")
    made = []
    for version in found:
        stored = version.listings.filter(category__isnull=False, implied=False)
        own = [Filing(category_id=row.category_id, position=row.position) for row in stored]
        made += [listing for listing in listings(version, own, above) if listing.implied]
    Listing.objects.filter(version__in=versions, category__isnull=False, implied=True).delete()
    Listing.objects.bulk_create(made)


def again(versions, *, batch: int = 500) -> Iterator[int]:
    """Make all derived rows of these versions anew; yields how many after each batch."""
    usable = versions.filter(pubstatus=Version.PubStatus.USABLE).order_by("pk")
    last = 0
    while found := list(usable.filter(pk__gt=last).select_related("revision", "article")[:batch]):
        last = found[-1].pk
        with transaction.atomic():
            for model in (Listing, Link, Rendering):
                model.objects.filter(version__in=found).delete()
            write(found)
        yield len(found)
