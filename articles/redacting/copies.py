"""Where the copies of a story are: one function a place. Each tells how many rows it changed."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.db import models
from django.db.models import Q

from .. import search, store
from ..models import (
    Article,
    Author,
    Byline,
    Caption,
    Category,
    Filing,
    GalleryPicture,
    ImportItem,
    ImportRun,
    KeptSource,
    Origin,
    Photo,
    Tag,
    Tagging,
    Video,
)
from ..story import PubStatus, headline_key
from .words import ADDRESSES, MARK, REMOVED, TECHNICAL, Everything

# Guarded, or made anew from what is guarded, or not this story's own.
ELSEWHERE = {"version", "revision", "redaction", "rendering", "listing", "link", "search"}
NAMES = {Tagging: "tag", Byline: "author", Filing: "category"}


def changes(row: models.Model, words) -> dict[str, object]:
    """Column → what it says without the words, of those that say them."""
    found = {}
    for field in row._meta.concrete_fields:
        if field.is_relation or field.primary_key or field.choices or field.name in TECHNICAL:
            continue
        before = getattr(row, field.attname)
        if isinstance(field, models.JSONField):
            after = words.json(before)
        elif isinstance(field, (models.CharField, models.TextField)):
            after = _turned(field.name, words)(before)
            after = after if after or field.blank else before and MARK
        else:
            continue
        if after != before:
            found[field.attname] = after
    if "headline" in found and hasattr(row, "headline_key"):
        found["headline_key"] = headline_key(found["headline"])
    return found


def _turned(name, words):
    """How a Story takes the words out of a text of this name."""
    if name == "html":
        return words.html
    return words.slug if name in ADDRESSES else words.text


def scrub(rows, words) -> int:
    """Take the words out of these rows."""
    count = 0
    for row in rows:
        if found := changes(row, words):
            type(row)._base_manager.filter(pk=row.pk).update(**found)
            count += 1
    return count


def parts(article: Article) -> Iterator[models.QuerySet]:
    """Every row that would go with the article, by model, those of other modules too."""
    yield from _below(Article, [article.pk])


def _below(model, keys):
    for relation in model._meta.related_objects:
        child = relation.related_model
        if relation.on_delete is not models.CASCADE or child._meta.model_name in ELSEWHERE:
            continue
        rows = child._base_manager.filter(**{f"{relation.field.name}__in": keys})
        yield rows
        yield from _below(child, rows.values("pk"))


def working_copy(article: Article, words) -> int:
    """The columns and rows of the article. With everything, what is left is a tombstone."""
    if isinstance(words, Everything):
        story = words.story(article.as_story())
        article.take(story.replace(pubstatus=PubStatus.CANCELED))
        store.overwrite([article])
        store.store_rows([article], create=False)
        return 1 + sum(scrub(rows, words) for rows in parts(article))
    found = changes(article, words)
    found.pop("path", None)  # `address` sees to it
    if words.are_in(article.source_id):
        found["source_id"] = f"redacted-{article.pk}"
    if found:
        Article.objects.filter(pk=article.pk).update(**found)
    return bool(found) + sum(scrub(rows, words) for rows in parts(article))


def source_id(article: Article, words) -> str:
    """What the source calls it, unless that says the words itself."""
    hides = not isinstance(words, Everything) and words.are_in(article.source_id)
    return f"redacted-{article.pk}" if hides else article.source_id


def ledger(article: Article, headlines: set[str], named: list[int], words) -> int:
    """What came, and of which file. It can not be read again, and not be taken unasked."""
    own = ImportItem.objects.filter(
        Q(article=article) | Q(source=article.source, source_id=article.source_id)
    )
    others = ImportItem.objects.filter(article__in=named).exclude(kept=None)
    told = {r.kept_id for r in others.select_related("kept") if _says(r.kept, words, headlines)}
    mine = {r.kept_id for r in own.exclude(kept=None).select_related("kept")}
    saying = {k.pk for k in KeptSource.objects.filter(pk__in=mine) if _says(k, words, headlines)}
    kept = told | mine
    ImportItem.objects.filter(kept__in=kept).update(kept=None)
    KeptSource.objects.filter(pk__in=kept).delete()
    runs = [*ImportRun.objects.filter(items__in=own).distinct()]
    count = len(told | saying)
    if not isinstance(words, Everything):
        count += scrub(runs, words)
    count += scrub(own, words)
    # A revision that is not the source's any more: the next import of it waits for an editor.
    own.update(digest="", received="", revision=None)
    new = source_id(article, words)
    if new != article.source_id:
        own.update(source_id=new)
    return count


def _says(kept, words, headlines):
    text = store.unpacked(kept).decode("utf-8", "ignore")
    if isinstance(words, Everything):
        return any(headline.casefold() in text.casefold() for headline in headlines)
    return words.are_in(text)


def library(article: Article, words) -> int:
    """Words kept with its pictures and films. The files' own names tell nothing."""
    if isinstance(words, Everything):
        return 0  # other stories may show them: they are told to whoever asked
    files = [*pictures(article)]
    count = scrub(files, words)
    origins = Origin.objects.filter(
        Q(photo__in=[f.pk for f in files if isinstance(f, Photo)])
        | Q(video__in=[f.pk for f in files if isinstance(f, Video)])
    )
    count += sum(
        Origin.objects.filter(pk=row.pk).update(words=words.slug(row.words))
        for row in origins
        if words.are_in(row.words)
    )
    search.keep_files([type(f).objects.get(pk=f.pk) for f in files])
    return count


def pictures(article: Article) -> Iterator[Photo | Video]:
    shown = Caption.objects.filter(parent=article)
    within = GalleryPicture.objects.filter(gallery__parent=article)
    keys = {*shown.values_list("photo", flat=True), *within.values_list("photo", flat=True)}
    yield from Photo.objects.filter(pk__in=keys - {None})
    yield from Video.objects.filter(pk__in=shown.exclude(video=None).values("video"))


def names(article: Article, words) -> tuple[int, list[str]]:
    """Tags, authors and categories called so: removed where nothing else is filed there.

    (how many, what stays and why). Call it last, when the versions are listed anew.
    """
    if isinstance(words, Everything):
        return 0, []
    gone, stay = 0, []
    for row in [*_let_go(article, words)]:
        while row and words.are_in(row.name):
            if _is_used(row):
                stay.append(f"{row._meta.verbose_name} {row.pk} is used by others and stays")
                break
            type(row)._base_manager.filter(pk=row.pk).delete()
            gone += 1
            row = row.parent if isinstance(row, Category) else None
    return gone, stay


def _let_go(article, words):
    """What its rows stood for: a live name that has the words must not stand in their place."""
    for model, kind in NAMES.items():
        for row in model.objects.filter(article=article).exclude(**{kind: None}):
            target = getattr(row, kind)
            if words.are_in(target.name):
                model.objects.filter(pk=row.pk).update(**{kind: None})
            yield target


def _is_used(row):
    below = row.children.exists() if isinstance(row, Category) else False
    related = {Tag: "taggings", Author: "bylines", Category: "filings"}[type(row)]
    has_account = isinstance(row, Author) and row.account_id
    return below or has_account or row.listings.exists() or getattr(row, related).exists()


def log(article: Article, words) -> int:
    """What the desk's own log calls it."""
    rows = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Article), object_id=str(article.pk)
    )
    if isinstance(words, Everything):
        return rows.update(object_repr=REMOVED, change_message="")
    return scrub(rows, words)


def redirects(article: Article, words) -> int:
    """Old addresses that say the words."""
    if isinstance(words, Everything):
        return 0
    found = Redirect.objects.filter(Q(new_path=article.path) | Q(old_path=article.path))
    gone = [row.pk for row in found if words.are_in(row.old_path) or words.are_in(row.new_path)]
    return Redirect.objects.filter(pk__in=gone).delete()[0]
