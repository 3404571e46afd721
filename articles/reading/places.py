"""Live names and addresses: one place, and the sections of the site."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.utils.encoding import iri_to_uri

from ..models import Author, Category, Tag, Version
from .prepared import Prepared


class Place(NamedTuple):
    """A live name and its address (decoded path)."""

    name: str
    path: str

    @property
    def url(self) -> str:
        return iri_to_uri(self.path)


def _where_readers_see_something(now, rows=None):
    """The categories with a live story; or the tags, or the authors.

    Asked for the newest of each, not whether there EXISTS one: PostgreSQL would answer that with
    one pass over all versions, and this with a few steps along an index.
    """
    rows = Category.objects.without_tree_fields() if rows is None else rows
    kind = rows.model._meta.model_name
    live = Version.objects.live(now).filter(**{f"listings__{kind}": OuterRef("pk")})
    newest = live.order_by("-listings__first_published_at", "-listings__version_id").values("pk")
    return rows.alias(newest=Subquery(newest[:1])).filter(newest__isnull=False)


def with_something(now: datetime, most: int) -> list[Place]:
    """The categories, tags and authors that have a story for readers: the first `most` there
    ever were of each kind. One question a kind."""
    kinds = (Category.objects.without_tree_fields(), Tag.objects.all(), Author.objects.all())
    found = []
    for rows in kinds:
        seen = _where_readers_see_something(now, rows).order_by("pk")[:most]
        found += [Place(row.name, row.get_absolute_url()) for row in seen]
    return found


def with_stories(now):
    """The categories at the top of the tree that have a story for readers."""
    return _where_readers_see_something(now).filter(parent=None)


@Prepared
def _sections(now, below):
    found = _where_readers_see_something(now).filter(Q(parent=None) | Q(parent=below))
    return found.order_by("position", "name").values_list("parent_id", "name", "path")


def sections(now: datetime, below: Category | None = None) -> tuple[list[Place], list[Place]]:
    """The top of the tree, and what is directly below a category; only where there is a story."""
    top, inner = [], []
    for parent, name, path in _sections(now=now, below=below.pk if below else 0):
        (inner if parent else top).append(Place(name, f"/{path}/"))
    return top, inner
