"""What the bytes of files say: kept items of dumps, originals of pictures, films."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from .. import photodata, pictures
from ..models import Attachment, Photo, Video

# No text is known to be in one of them: what is read wrongly says nothing.
ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")
ENDS = 8_000_000  # bytes of a film, at its begin and at its end: there it is told what it is


def texts_in(data: bytes) -> Iterator[str]:
    """These bytes as the texts they may be."""
    for encoding in ENCODINGS:
        yield data.decode(encoding, "ignore")
    yield data[1:].decode("utf-16-le", "ignore")  # in the midst of other bytes


def are_said(words, data: bytes) -> bool:
    return any(words.are_in(text) for text in texts_in(data))


def clean(photo: Photo, words) -> tuple[int, str]:
    """Take what a picture's file says about itself out of it, where that says the words.

    The file is written anew when the transaction is through. (how many, why it stays).
    """
    try:
        with photo.image.open() as file:
            data = file.read()
        if not (are_said(words, data) or _says(data, words)):
            return 0, ""
        plain = pictures.without_metadata(data)
    except (OSError, ValueError) as error:
        return 0, f"the file of photo {photo.pk} was not looked into ({error})"
    transaction.on_commit(partial(_replace, photo.pk, plain))
    return 1, ""


def _says(data, words):
    """XMP may be packed within the file."""
    with Image.open(ContentFile(data), formats=pictures.PICTURE_FORMATS) as image:
        return any(words.are_in(text) for text in photodata.read(image).said().values())


def _replace(key: int, data: bytes) -> None:
    """Under the same name, so that its renditions are still found; `sha256` tells of what came."""
    photo = Photo.objects.get(pk=key)
    name, storage = photo.image.name, photo.image.storage
    storage.delete(name)
    stored = storage.save(name, ContentFile(data))
    if stored != name:
        Photo.objects.filter(pk=key).update(image=stored)


def says(film: Video | Attachment, words) -> bool:
    """Whether the file of a film or recording does: it is told, for nothing here writes them."""
    if not film.file:
        return False
    with film.file.open() as file:
        begin = file.read(ENDS)
        file.seek(max(ENDS, film.file.size - ENDS))
        return are_said(words, begin) or are_said(words, file.read())
