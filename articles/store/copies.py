"""Working copies and their rows: stored many at a time, with the keys that are known."""

from __future__ import annotations

from collections import defaultdict

from django.db import models
from django.db.models import OuterRef, Subquery

from .. import filing, linking
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
    new = [item.article for item in items if item.outcome == Outcome.CREATED]
    old = [item.article for item in items if item.outcome == Outcome.UPDATED]
    Article.objects.bulk_create(new)
    made: list[models.Model] = []
    overwrite(old)
    run.notes += store_rows([*new, *old], made=made)
    run.made(made)
    revisions = Revision.objects.bulk_create(
        Revision(article=item.article, story=item.story, digest=item.digest, at=now)
        for item in items
    )
    for item, revision in zip(items, revisions, strict=True):
        item.revision = item.article.head = revision
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    Article.objects.filter(pk__in=[item.article.pk for item in items]).update(head=Subquery(newest))


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
            key = "parent" if isinstance(row, BLOCKS) else "article"
            setattr(row, key, article)
            rows[type(row)].append(row)
    filed = [*rows[Filing], *rows[Tagging], *rows[Byline]]
    notes = filing.file(filed, create=create, made=made)
    _point_at_stories(rows[RelatedPost])
    for model in CHILDREN:
        model.objects.bulk_create(rows[model])
    pictures = [picture for gallery in rows[Gallery] for picture in _of_gallery(gallery)]
    GalleryPicture.objects.bulk_create(pictures)
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
        *Caption.objects.filter(parent__in=by_pk, photo=None, video=None, media__isnull=False),
        *GalleryPicture.objects.filter(
            gallery__parent__in=by_pk, photo=None, media__isnull=False
        ).select_related("gallery"),
    ]
    if not captions:
        return set()

    def article_of(row):
        return row.parent_id if hasattr(row, "parent_id") else row.gallery.parent_id

    def source_of(row):
        return by_pk[article_of(row)].source

    files = filing.Files([(source_of(row), row.as_part().media) for row in captions])
    filing.picture(captions, source_of, files)
    found = [row for row in captions if row.photo_id or getattr(row, "video_id", None)]
    Caption.objects.bulk_update([r for r in found if isinstance(r, Caption)], ["photo", "video"])
    GalleryPicture.objects.bulk_update(
        [row for row in found if isinstance(row, GalleryPicture)], ["photo"]
    )
    return {article_of(row) for row in found}
