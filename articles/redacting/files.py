"""What the bytes of files say: kept items of dumps, originals of pictures, films."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from .. import photodata, pictures
from ..models import Attachment, Photo, Video
from ..models.library import REWRITTEN

# No text is known to be in one of them: what is read wrongly says nothing.
ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
ENDS = 8_000_000  # bytes of a film, at its begin and at its end: there it is told what it is


def texts_in(data: bytes) -> Iterator[str]:
    """These bytes as the texts they may be."""
    for encoding in ENCODINGS:
        yield data.decode(encoding, "ignore")
    text = data.decode("utf-8", "ignore")
    yield ESCAPED.sub(lambda found: chr(int(found[1], 16)), html.unescape(text))  # JSON, HTML
    yield data[1:].decode("utf-16-le", "ignore")  # in the midst of other bytes


def are_said(words, data: bytes) -> bool:
    return any(words.are_in(text) for text in texts_in(data))


def clean(photo: Photo, words, written: list[str] | None) -> tuple[int, str]:
    """Take what a picture's file says about itself out of it, where that says the words.

    `written` gets the name of the file that is in its place then, see `kept_or_gone`; None: nothing
    is written. (how many, why it stays).
    """
    try:
        with photo.image.open() as file:
            data = file.read()
        if not (are_said(words, data) or _says(data, words)):
            return 0, ""
        plain = pictures.without_metadata(data)
    except (OSError, ValueError) as error:
        return 0, f"the file of photo {photo.pk} was not looked into ({error})"
    if written is not None:
        _replace(photo, plain, written)
    return 1, ""


def _says(data, words):
    """XMP may be packed within the file."""
    with Image.open(ContentFile(data), formats=pictures.PICTURE_FORMATS) as image:
        return any(words.are_in(text) for text in photodata.read(image).said().values())


def _replace(photo: Photo, data: bytes, written: list[str]) -> None:
    """The row names a new file as soon as it is whole; the old one goes when that is certain.

    Its renditions stay, see `PictureFile`; `sha256` tells of what came.
    """
    old, storage = photo.image.name, photo.image.storage
    found = REWRITTEN.search(old)
    stem, _dot, suffix = REWRITTEN.sub("", old).rpartition(".")
    new = f"{stem}.{int(found[1]) + 1 if found else 2}.{suffix}"
    storage.delete(new)  # of an erasure that never came to its end: no row names it
    written.append(new)
    storage.save(new, ContentFile(data))
    photo.image.name = new
    Photo.objects.filter(pk=photo.pk).update(image=new)
    transaction.on_commit(partial(_delete_older, new, storage), robust=True)


@contextmanager
def kept_or_gone() -> Iterator[list[str]]:
    """Where names of new files are collected: they go again where no row came to name them."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in written:
            Photo.image.field.storage.delete(name)
        raise


def left_behind() -> int:
    """Delete originals that were replaced, and that a process which was killed left there. How
    many."""
    rewritten = Photo.objects.filter(image__regex=r"\.[0-9]+\.[a-z]+$")
    storage = Photo.image.field.storage
    return sum(_delete_older(name, storage) for name in rewritten.values_list("image", flat=True))


def _delete_older(name, storage) -> int:
    """Those that were in the place of this file before it."""
    number = int(REWRITTEN.search(name)[1])
    older = [REWRITTEN.sub(f".{n}" if n > 1 else "", name) for n in range(1, number)]
    there = [each for each in older if storage.exists(each)]
    for each in there:
        storage.delete(each)
    return len(there)


def says(film: Video | Attachment, words) -> bool:
    """Whether the file of a film or recording does: it is told, for nothing here writes them."""
    if not film.file:
        return False
    with film.file.open() as file:
        begin = file.read(ENDS)
        file.seek(max(ENDS, film.file.size - ENDS))
        return are_said(words, begin) or are_said(words, file.read())
