"""Where the copies of a story are: one function a place. Each tells how many rows it changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.db import models
from django.db.models import Q

from .. import store
from ..models import (
    Article,
    Author,
    Byline,
    Category,
    Filing,
    ImportItem,
    ImportRun,
    KeptSource,
    KnownHeadline,
    Tag,
    Tagging,
)
from ..story import PubStatus
from . import files, library
from .rows import changes, scrub, told
from .words import REMOVED, Everything

# Guarded, or made anew from what is guarded, or not this story's own.
ELSEWHERE = {
    *("version", "revision", "note", "redaction"),
    *("rendering", "listing", "link", "shown", "search", "knownheadline"),
}
NAMES = {Tagging: "tag", Byline: "author", Filing: "category"}


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


def known_headlines(article: Article, words) -> int:
    """What it was called besides: nobody shall call it that again."""
    known = KnownHeadline.objects.filter(article=article)
    gone = [row.pk for row in known if words.are_in(row.headline)]
    return KnownHeadline.objects.filter(pk__in=gone).delete()[0]


def items_of(article: Article) -> models.QuerySet[ImportItem]:
    return ImportItem.objects.filter(
        Q(article=article) | Q(source=article.source, source_id=article.source_id)
    )


def ledger(article: Article, headlines, elsewhere: list[int], words) -> int:
    """What came, and of which file. It can not be read again, and not be taken unasked."""
    own = items_of(article)
    others = ImportItem.objects.filter(article__in=elsewhere).exclude(kept=None)
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
    data = store.unpacked(kept)
    if not isinstance(words, Everything):
        return files.are_said(words, data)
    texts = [text.casefold() for text in files.texts_in(data)]
    return any(headline.casefold() in text for headline in headlines for text in texts)


def names(article: Article, words) -> tuple[int, list[str]]:
    """Tags, authors and categories called so: removed where nothing else is filed there.

    (how many, what stays and why). Call it last, when the versions are listed anew.
    """
    if isinstance(words, Everything):
        return 0, []
    gone, stay = 0, []
    for row in [*_let_go(article, words)]:
        gone += _aliases(row, words)
        while row and words.are_in(row.name):
            if _is_used(row):
                stay.append(f"{told(row)} is used by others and stays")
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


def _aliases(row, words):
    said = [alias.pk for alias in row.aliases.all() if words.are_in(alias.words)]
    return row.aliases.filter(pk__in=said).delete()[0]


def _is_used(row):
    below = row.children.exists() if isinstance(row, Category) else False
    related = {Tag: "taggings", Author: "bylines", Category: "filings"}[type(row)]
    has_account = isinstance(row, Author) and row.account_id
    return below or has_account or row.listings.exists() or getattr(row, related).exists()


def about(article: Article, words) -> dict[type[models.Model], set[int]]:
    """The rows that the logs of the desk may name by the words."""
    if isinstance(words, Everything):
        return {Article: {article.pk}}
    found: dict[type[models.Model], set[int]] = defaultdict(set)
    found[Article].add(article.pk)
    found[ImportItem].update(items_of(article).values_list("pk", flat=True))
    for file in library.shown_by(article):
        found[type(file)].add(file.pk)
    for model, kind in NAMES.items():
        for row in model.objects.filter(article=article).exclude(**{kind: None}):
            target = getattr(row, kind)
            found[type(target)].add(target.pk)
    return found


def log(rows: dict[type[models.Model], set[int]], words) -> int:
    """What the admin's own log calls them."""
    count = 0
    for model, keys in rows.items():
        of = ContentType.objects.get_for_model(model)
        entries = LogEntry.objects.filter(content_type=of, object_id__in=map(str, keys))
        if isinstance(words, Everything):
            count += entries.update(object_repr=REMOVED, change_message="")
        else:
            count += scrub(entries, words)
    return count


def redirects(article: Article, words) -> int:
    """Old addresses that say the words."""
    if isinstance(words, Everything):
        return 0
    found = Redirect.objects.filter(Q(new_path=article.path) | Q(old_path=article.path))
    gone = [row.pk for row in found if words.are_in(row.old_path) or words.are_in(row.new_path)]
    return Redirect.objects.filter(pk__in=gone).delete()[0]
