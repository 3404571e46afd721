"""Working copies and their rows: stored many at a time, with the keys that are known."""

from __future__ import annotations

from collections import defaultdict

from django.db import models

from .. import bulk, filing, linking, publishing
from ..models import (
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
from ..story import PubStatus
from .dating import first_version
from .ledger import Outcome

CHILDREN = (Filing, Tagging, Byline, *BLOCKS)


def take(items, run, now):
    """Store the working copies and their revisions."""
    renamed = []
    for item in items:
        source, source_id = item.key
        item.article = item.article or Article(source=source, source_id=source_id)
        if item.outcome == Outcome.UPDATED and item.article.headline != item.story.headline:
            renamed.append((item.article, item.article.headline))
        captured_at = item.article.captured_at or item.story.captured_at  # the first counts
        item.story = item.story.replace(captured_at=captured_at)  # content stays what it is
        item.article.take(item.story)
        item.article.digest, item.article.saved_at = item.digest, now
    linking.remember_all(renamed)
    _give_keys(items, now)
    created = [item for item in items if item.outcome == Outcome.CREATED]
    if not run.draft:
        _give_addresses(created, run.zone, now)
    bulk.insert(item.article for item in created)
    old = [item.article for item in items if item.outcome == Outcome.UPDATED]
    overwrite(old)
    made: list[models.Model] = []
    run.notes += store_rows([item.article for item in items], made=made)
    run.made(made)
    bulk.insert(item.revision for item in items)


def _give_keys(items, now):
    """Each article knows its revision before either is stored, so that it is written once."""
    bulk.give_keys(item.article for item in items if item.article.pk is None)
    for item in items:
        item.revision = Revision(
            article_id=item.article.pk, story=item.story, digest=item.digest, at=now
        )
    bulk.give_keys(item.revision for item in items)
    for item in items:
        item.article.head_id = item.revision.pk


def _give_addresses(items, zone, now):
    usable = [item for item in items if item.story.pubstatus == PubStatus.USABLE]
    publishing.give_addresses([first_version(item, now) for item in usable], zone=zone)


def overwrite(articles: list[Article]) -> None:
    """Save these articles, and clear the place for the rows they have taken."""
    for article in articles:
        article.save()
    for model in CHILDREN if articles else ():
        article_key = "parent__in" if model in BLOCKS else "article__in"
        model.objects.filter(**{article_key: articles}).delete()


def store_rows(articles: list[Article], *, create=True, made=None) -> list[str]:
    """Store the rows these articles have taken, with the keys that are known. Returns notes.

    `create`: categories, tags and authors that are not here yet are made, and added to `made`.
    """
    rows = defaultdict(list)
    for article in articles:
        for row in article.rows:
            key = "parent_id" if isinstance(row, BLOCKS) else "article_id"
            setattr(row, key, article.pk)
            rows[type(row)].append(row)
    filed = [*rows[Filing], *rows[Tagging], *rows[Byline]]
    notes = filing.file(filed, create=create, made=made)
    _point_at_stories(rows[RelatedPost])
    for model in CHILDREN:
        bulk.insert(rows[model])
    pictures = [picture for gallery in rows[Gallery] for picture in _of_gallery(gallery)]
    bulk.insert(pictures)
    point_at_pictures(articles)
    for article in articles:
        article.rows = None
    return notes


def _of_gallery(gallery):
    for picture in gallery._pictures or ():
        picture.gallery = gallery
        yield picture


def _point_at_stories(posts):
    found = linking.targets((post.headline, post.url) for post in posts)
    for post in posts:
        target = found.get((post.headline, post.url))
        post.post_id = None if target == post.parent_id else target


def point_at_pictures(articles) -> set[int]:
    """Fill the keys of captions whose picture or film is in the library. Returns the keys of the
    articles that got one."""
    by_pk = {article.pk: article for article in articles}
    captions = [
        *Caption.without_file().filter(parent__in=by_pk, media__isnull=False),
        *GalleryPicture.without_file()
        .filter(gallery__parent__in=by_pk, media__isnull=False)
        .select_related("gallery"),
    ]
    if not captions:
        return set()

    def article_of(row):
        return row.parent_id if hasattr(row, "parent_id") else row.gallery.parent_id

    def source_of(row):
        return by_pk[article_of(row)].source

    files = filing.Files([(source_of(row), row.as_part().media) for row in captions])
    filing.picture(captions, source_of, files)
    found = [row for row in captions if any(row.file_ids.values())]
    for model in (Caption, GalleryPicture):
        model.objects.bulk_update([r for r in found if isinstance(r, model)], model.file_keys)
    return {article_of(row) for row in found}
