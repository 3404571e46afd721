"""A Story as the rows of an Article, and back: `rows` and `parts_of` are inverses."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from django.db import models

from .. import story as document
from ..story import Story
from .article import Article
from .block import Block, fields_of
from .blocks import BLOCKS, KINDS, Gallery, RelatedPost
from .filings import Byline, Filing, Tagging


def rows(story: Story) -> Iterator[models.Model]:
    """Every row of a story but its article, unsaved and without a parent. Pure."""
    yield from filings(story)
    regions = {"lead": [story.lead] if story.lead else [], "body": story.body}
    for region, parts in regions.items():
        for position, part in enumerate(parts, start=1):
            row = KINDS[type(part)].of(part)
            row.region, row.ordering = region, position * 10
            yield row
    for position, post in enumerate(story.related, start=1):
        yield RelatedPost(**fields_of(post), region="related", ordering=position * 10)


def filings(story: Story) -> Iterator[Filing | Tagging | Byline]:
    """Those of them that say what the story is filed under."""
    for position, words in enumerate(story.categories):
        yield Filing(position=position, words=words)
    for position, words in enumerate(story.tags):
        yield Tagging(position=position, words=words)
    for position, author in enumerate(story.authors):
        yield Byline(position=position, words=author.name, role=author.role)


def parts_of(rows: Iterable[models.Model]) -> dict[str, object]:
    """The inverse of `rows`: the fields of a Story that live in rows."""
    rows = list(rows)
    blocks = sorted((row for row in rows if isinstance(row, Block)), key=_in_order)
    by_region = {
        region: list(group) for region, group in itertools.groupby(blocks, lambda row: row.region)
    }
    lead = by_region.get("lead", [])
    return {
        "categories": tuple(row.words for row in _placed(rows, Filing)),
        "tags": tuple(row.words for row in _placed(rows, Tagging)),
        "authors": tuple(
            document.Contributor(name=row.words, role=row.role) for row in _placed(rows, Byline)
        ),
        "lead": lead[0].as_part() if lead else None,
        "body": tuple(row.as_part() for row in by_region.get("body", [])),
        "related": tuple(row.as_post() for row in by_region.get("related", [])),
    }


def _in_order(row):
    return row.region, row.ordering, row.pk or 0


def _placed(rows, model):
    return sorted(
        (row for row in rows if isinstance(row, model)), key=lambda row: (row.position, row.pk or 0)
    )


def stored_rows(article: Article) -> list[models.Model]:
    """What is in the database: one query for each table, whatever the length."""
    found: list[models.Model] = []
    for related in ("filings", "taggings", "bylines"):
        found += getattr(article, related).all()
    for model in BLOCKS:
        stored = model.objects.filter(parent=article)
        found += stored.prefetch_related("pictures") if model is Gallery else stored
    return found
