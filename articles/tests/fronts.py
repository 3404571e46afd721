"""Fronts for tests, arranged and published in a line."""

from __future__ import annotations

from articles import fronts
from articles.models import Arrangement, Container, Front, Placement


def arranged(*containers, **changes) -> Arrangement:
    """Each container is a Container, or a list of articles placed in one as large as the list."""
    return Arrangement(
        containers=tuple(
            one if isinstance(one, Container) else holding(*one, **changes) for one in containers
        )
    )


def holding(*articles, **changes) -> Container:
    """A container with these articles (or Placements) placed in it, and nothing else."""
    values = {"size": max(1, len(articles)), "fill": "none", **changes}
    return Container(placements=tuple(map(placed, articles)), **values)


def placed(article, **changes) -> Placement:
    if isinstance(article, Placement):
        return article
    return Placement(article=article.pk, **changes)


def a_front(arrangement=None, category=None) -> Front:
    """A front of which nothing is published; the one there is already."""
    front, _new = Front.objects.get_or_create(category=category)
    if arrangement is not None:
        save(front, arrangement)
    return front


def save(front, arrangement, by=None):
    head = front.head
    return fronts.save(front, arrangement, by=by, opened=str(head.pk) if head else "")


def show(arrangement, category=None, at=None, **answers) -> Front:
    """Arranged like this and published, or scheduled."""
    front = a_front(arrangement, category)
    fronts.publish(front, by=None, at=at, **answers)
    return front
