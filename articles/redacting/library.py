"""The library of a story: the words of its pictures, films and attachments, and their files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Q

from .. import derive, search
from ..models import Article, Attachment, Caption, GalleryPicture, Origin, Photo, Video
from . import files
from .rows import scrub, told
from .words import Everything


def without(article: Article, words, written=None) -> tuple[Counter[str], list[str]]:
    """Words kept with its pictures and films, and in their files; what stays, and why.

    `written`: see `files.clean`.
    """
    shown = [*shown_by(article)]
    if isinstance(words, Everything):  # other stories may show them
        return Counter(), [f"{told(file)} stays in the library" for file in shown]
    counts: Counter[str] = Counter()
    stays = []
    for file in shown:
        counts["library"] += scrub([file], words)
        if isinstance(file, Photo):
            number, why = files.clean(file, words, written)
            counts["files of pictures"] += number
            stays += [why] if why else []
        elif isinstance(file, Attachment) and file.kind == Attachment.Kind.DOCUMENT:
            # Its pages are packed in many ways: what is not found in it may still be there.
            stays.append(f"the file of {told(file)} was not looked into: read it yourself")
        elif files.says(file, words):
            stays.append(f"the file of {told(file)} says it: put another in its place")
    counts["library"] += _origins(shown, words)
    search.keep_files([type(file).objects.get(pk=file.pk) for file in shown])
    return counts, stays


def _origins(shown, words):
    """The names that files came under."""
    origins = Origin.objects.filter(
        Q(photo__in=[file.pk for file in shown if isinstance(file, Photo)])
        | Q(video__in=[file.pk for file in shown if isinstance(file, Video)])
        | Q(attachment__in=[file.pk for file in shown if isinstance(file, Attachment)])
    )
    said = [row for row in origins if words.are_in(row.words)]
    for row in said:
        Origin.objects.filter(pk=row.pk).update(words=words.slug(row.words))
    return len(said)


def pages_with(article: Article) -> None:
    """Other stories show its pictures, with the words that the library has for them."""
    keys = [file.pk for file in shown_by(article) if isinstance(file, Photo)]
    for photo in Photo.objects.filter(pk__in=keys):
        derive.with_file(photo)


def shown_by(article: Article) -> Iterator[Photo | Video | Attachment]:
    shown = Caption.objects.filter(parent=article)
    within = GalleryPicture.objects.filter(gallery__parent=article)
    keys = {*shown.values_list("photo", flat=True), *within.values_list("photo", flat=True)}
    yield from Photo.objects.filter(pk__in=keys - {None})
    yield from Video.objects.filter(pk__in=shown.exclude(video=None).values("video"))
    attached = shown.exclude(attachment=None).values("attachment")
    yield from Attachment.objects.filter(pk__in=attached)
