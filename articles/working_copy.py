"""The working copy becomes another Story: one that was merged, or an earlier one again."""

from __future__ import annotations

from django.db import models

from . import filing, linking, revisions, store
from .models import (
    BLOCKS,
    Article,
    Byline,
    Caption,
    Filing,
    Gallery,
    GalleryPicture,
    RelatedPost,
    Revision,
    Tagging,
)
from .story import BOOKKEEPING, Story

FILED = {Filing: "category", Tagging: "tag", Byline: "author"}


def replace(article: Article, story: Story, *, by, rows=(), act="save") -> Revision:
    """Make this the working copy, and keep it as a revision, unless it is what is there already.

    Call it with the article locked and read after that. Its bookkeeping stays its own. `rows` are
    rows, stored or not, whose keys hold for the same words: a picture picked in a form is that one.
    """
    now = article.as_story()
    story = story.replace(**{name: getattr(now, name) for name in BOOKKEEPING})
    if story.digest == article.digest:
        return article.head
    keys = _keys([*article.rows, *rows])
    article.take(story)
    article.save()
    _store(article, article.rows, keys)
    if story.headline != now.headline:
        linking.remember(article, now.headline)
        linking.connect([article])
    return revisions.record(article, by=by, act=act)


def _store(article, rows, keys):
    """What is filed under words that nobody knows stays so: nothing is made of them here."""
    for model in (*FILED, *BLOCKS):
        name = "parent" if model in BLOCKS else "article"
        model.objects.filter(**{name: article}).delete()
    filed = [row for row in rows if type(row) in FILED]
    filing.file(filed, create=False)
    unknown = [row for row in filed if getattr(row, FILED[type(row)]) is None]
    for row in _pictures(rows):
        for column in row.file_ids:
            setattr(row, column, keys.get(_words_of(row), {}).get(column))
    article.rows = [row for row in rows if row not in unknown]
    store.store_rows([article])
    for row in unknown:
        row.article = article
        row.save()
    for row in rows:
        if isinstance(row, RelatedPost) and row.post_id is None and keys.get(_words_of(row)):
            row.post_id = keys[_words_of(row)]
            row.save(update_fields=["post"])


def _keys(rows):
    found = {}
    for row in rows:
        if isinstance(row, RelatedPost) and row.post_id:
            found[_words_of(row)] = row.post_id
    for row in _pictures(rows):
        if row.media and any(row.file_ids.values()):
            found[_words_of(row)] = row.file_ids
    return found


def _words_of(row: models.Model):
    """The words a key stands for."""
    if isinstance(row, RelatedPost):
        return row.headline, row.url
    return row.kind, row.as_part().media


def _pictures(rows):
    for row in rows:
        if isinstance(row, Gallery):
            yield from row.pictures.all() if row._pictures is None else row._pictures
        elif isinstance(row, (Caption, GalleryPicture)):
            yield row
