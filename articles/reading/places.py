"""Live names and addresses: one place, and the sections of the site."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.encoding import iri_to_uri

from ..models import Category, Version


class Place(NamedTuple):
    """A live name and its address (decoded path)."""

    name: str
    path: str

    @property
    def url(self) -> str:
        return iri_to_uri(self.path)


def _listed(now, **filters):
    """That readers can see a story in it."""
    return Exists(Version.objects.live(now).filter(**filters))


def with_stories(now):
    """The categories at the top of the tree that have a story for readers."""
    seen = _listed(now, listings__category=OuterRef("pk"))
    return Category.objects.without_tree_fields().filter(seen, parent=None)


def sections(now: datetime, below: Category | None = None) -> tuple[list[Place], list[Place]]:
    """The top of the tree, and what is directly below a category; only where there is a story."""
    places = Q(parent=None) | Q(parent=below.pk) if below else Q(parent=None)
    found = (
        Category.objects.without_tree_fields()
        .filter(places, _listed(now, listings__category=OuterRef("pk")))
        .order_by("position", "name")
        .values_list("parent_id", "name", "path")
    )
    top, inner = [], []
    for parent, name, path in found:
        (inner if parent else top).append(Place(name, f"/{path}/"))
    return top, inner
