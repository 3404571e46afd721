"""Copies that only a `Redaction` opens: what was saved, published, noted and done.

Each function yields the rows that say the words, and what they say without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from ..models import Article, AuditEntry, FrontRevision, Note, Redaction, Revision, Version
from .references import Named
from .words import MARK, REMOVED, Everything

DOORS = {
    Revision: "revision",
    Version: "version",
    Note: "note",
    AuditEntry: "entry",
    FrontRevision: "arrangement",
}
Changed = Iterator[tuple[models.Model, dict[str, Any]]]


@dataclass(frozen=True)
class Act:
    """Who takes words out, when and why."""

    at: datetime
    by: Any
    why: str

    def change(self, row: models.Model, new: dict[str, Any]) -> None:
        """Through a door that is open for this once."""
        key = DOORS[type(row)]
        door = Redaction.objects.create(**{key: row}, at=self.at, by=self.by, why=self.why)
        if key != "version":
            new = {**new, "redaction": door}
        type(row)._base_manager.filter(pk=row.pk).update(**new)


def revisions(named: Named, source_id: str, elsewhere: list[int], words) -> Changed:
    """`source_id`: what the story is called from now on."""
    article = named.article
    for row in _by_article(Revision.objects, [article.pk, *elsewhere]):
        if row.article_id == article.pk:
            new = words.story(row.story).replace(source_id=source_id)
        else:
            new = named.out_of(row.story, words)
        if new != row.story:
            yield row, {"story": new, "digest": new.digest}


def versions(named: Named, elsewhere: list[int], words) -> Changed:
    """Call it when the revisions are done: their digests are the versions'."""
    found = Version.objects.select_related("revision")
    for row in _by_article(found, [named.article.pk, *elsewhere]):
        own = row.article_id == named.article.pk
        said = words.text(row.correction) if own else row.correction
        if (row.revision.digest, said) != (row.digest, row.correction):
            yield row, {"digest": row.revision.digest, "correction": said}


def _by_article(rows, articles):
    return rows.filter(article__in=articles).order_by("pk").iterator(chunk_size=50)


def notes(article: Article, words) -> Changed:
    for row in Note.objects.filter(article=article):
        if words.are_in(row.text):
            yield row, {"text": words.text(row.text) or MARK}


def fronts(article: Article, words) -> Changed:
    """What fronts call it, and the part of them it stands in."""
    for row in FrontRevision.objects.order_by("pk").iterator(chunk_size=50):
        containers = (_container(each, article, words) for each in row.arrangement.containers)
        new = replace(row.arrangement, containers=tuple(containers))
        if new != row.arrangement:
            yield row, {"arrangement": new, "digest": new.digest}


def _container(container, article, words):
    placed = tuple(
        replace(one, headline=words.text(one.headline)) if one.article == article.pk else one
        for one in container.placements
    )
    is_there = any(one.article == article.pk for one in container.placements)
    renamed = is_there and bool(words.phrases)  # its name may be about all that stands in it
    name = words.text(container.name) if renamed else container.name
    return replace(container, name=name, placements=placed)


def entries(
    about: dict[type[models.Model], set[int]], digests: dict[int, dict[str, str]], words
) -> Changed:
    """The audit log. `about`: what it may name by the words; `digests`: of each story, what its
    texts were → what they are now."""
    keys = {model._meta.label_lower: {*map(str, found)} for model, found in about.items()}
    stories = {str(key): found for key, found in digests.items()}
    named = Q(model=Article._meta.label_lower, key__in=stories)
    for model, found in keys.items():
        named |= Q(model=model, key__in=found)
    for row in AuditEntry.objects.filter(named).order_by("pk").iterator(chunk_size=500):
        is_story = row.model == Article._meta.label_lower
        now = stories.get(row.key, {}) if is_story else {}
        new = {"before": now.get(row.before, row.before), "after": now.get(row.after, row.after)}
        if row.key in keys.get(row.model, ()):
            new |= _told(row, words)
        if any(getattr(row, name) != value for name, value in new.items()):
            yield row, new


def _told(row, words):
    if isinstance(words, Everything):
        return {"told": REMOVED, "detail": ""}
    return {"told": words.text(row.told), "detail": words.text(row.detail)}
