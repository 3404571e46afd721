"""Taking pictures and films into the library: by their bytes, each once, and nothing else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePosixPath

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image, UnidentifiedImageError

from .filing import media_of
from .models import Origin, Photo, Video
from .pictures import MAX_PIXELS

MAX_PHOTO_BYTES = 40_000_000
MAX_VIDEO_BYTES = 2_000_000_000
# By content, never by name: Pillow would hand an EPS called .png to Ghostscript.
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# A picture that is a page as well. Its renditions would be harmless; its original is kept.
MARKUP = re.compile(rb"<(?:script|html|body|iframe|svg|!doctype html|\?php)\b", re.IGNORECASE)
VIDEO_MARKS = {b"\x1a\x45\xdf\xa3": ".webm", b"ftyp": ".mp4"}


class LibraryError(ValueError):
    """The file is not taken. The message says why, for an editor."""


def nobody(_rows):
    """Whom to tell what was made, where nobody asks."""


def add_photo(data: bytes, *, title: str, made=nobody) -> Photo:
    """The photo of these bytes: the one there already, or a new one with its renditions.

    `made([photo])` is called in the transaction that stores a new one.
    """
    check_picture(data)
    digest = hashlib.sha256(data).hexdigest()
    known = Photo.objects.filter(sha256=digest).first()
    if known:
        return known
    photo = Photo(title=title[:200], sha256=digest)
    photo.image.save(title, ContentFile(data), save=False)
    try:
        with transaction.atomic():
            photo.save()
            made([photo])
    except IntegrityError:  # another import took it in the meantime
        return Photo.objects.get(sha256=digest)
    return photo


def check_picture(data: bytes) -> None:
    """Raise `LibraryError` unless this is a picture of a size and kind we take."""
    if len(data) > MAX_PHOTO_BYTES:
        raise LibraryError(f"the picture has {len(data):,} bytes; at most {MAX_PHOTO_BYTES:,} fit")
    if MARKUP.search(data) and not data.lstrip().startswith(b"<"):
        raise LibraryError("there is a page hidden in this picture")
    try:
        with Image.open(ContentFile(data), formats=PICTURE_FORMATS) as image:
            pixels = image.width * image.height * getattr(image, "n_frames", 1)
            if pixels > MAX_PIXELS:
                raise LibraryError(f"the picture has {pixels:,} pixels; at most {MAX_PIXELS:,} fit")
            image.verify()
        with Image.open(ContentFile(data), formats=PICTURE_FORMATS) as image:
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LibraryError(f"the picture has more than {MAX_PIXELS:,} pixels") from error
    except UnidentifiedImageError as error:
        kinds = ", ".join(PICTURE_FORMATS)
        raise LibraryError(f"this is no picture of a kind that is taken ({kinds})") from error
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, LibraryError):
            raise
        raise LibraryError(f"the picture is damaged: {error}") from error


def add_video(path: Path, *, poster: Photo | None = None, made=nobody) -> Video:
    """The film of this file: the one there already, or a new one (see `add_photo`)."""
    digest, suffix = _film(path)
    known = Video.objects.filter(sha256=digest).first()
    if known:
        return known
    video = Video(title=path.stem[:200], sha256=digest, poster=poster)
    with path.open("rb") as stream:
        video.file.save(f"video{suffix}", stream, save=False)
    with transaction.atomic():
        video.save()
        made([video])
    return video


def _film(path):
    """(SHA-256, suffix) of a film of a kind browsers play."""
    if path.stat().st_size > MAX_VIDEO_BYTES:
        raise LibraryError(f"the film is larger than {MAX_VIDEO_BYTES:,} bytes")
    with path.open("rb") as stream:
        head = stream.read(12)
        suffix = VIDEO_MARKS.get(head[:4]) or VIDEO_MARKS.get(head[4:8])
        if not suffix:
            raise LibraryError("this is neither a WebM nor an MP4 film")
        stream.seek(0)
        return hashlib.file_digest(stream, "sha256").hexdigest(), suffix


def attach(root: Path, stories, *, made=nobody) -> tuple[set[str], list[str]]:
    """Take in the files below `root` that these stories name and the library does not have.

    A picture of the same name beside a film is its poster. Returns the words that have their
    file now (see `Origin`) and what could not be taken, as sentences. `made` is told what is
    new here, in the transaction that stores it.
    """
    named = {Origin.words_of(source, m): m for s in stories for source, m in media_of(s) if m.file}
    known = set(Origin.objects.filter(words__in=named).values_list("words", flat=True))
    given, problems = set(), []
    for words in sorted(set(named) - known - {""}):
        path = below(root, named[words].file)
        if path is None:
            continue
        try:
            _attach(words, path, made)
            given.add(words)
        except LibraryError as error:
            problems.append(f"{named[words].file}: {error}")
    return given, problems


def _attach(words, path, made):
    if path.suffix.lower() in (".webm", ".mp4", ".m4v"):
        poster = next(
            (p for s in (".jpg", ".png", ".webp") if (p := path.with_suffix(s)).is_file()), None
        )
        photo = _photo(poster, made) if poster else None
        found = {"video": add_video(path, poster=photo, made=made)}
    else:
        if path.stat().st_size > MAX_PHOTO_BYTES:
            raise LibraryError(f"the picture is larger than {MAX_PHOTO_BYTES:,} bytes")
        found = {"photo": _photo(path, made)}
    with transaction.atomic():
        origin, is_new = Origin.objects.get_or_create(words=words, defaults=found)
        if is_new:
            made([origin])


def _photo(path, made):
    return add_photo(path.read_bytes(), title=path.stem, made=made)


def below(root: Path, name: str) -> Path | None:
    """The file of that name below `root`; None when it is not there, or not below."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or "\0" in name:
        return None
    try:
        path = root.joinpath(*[part for part in parts if part != "/"]).resolve()
        return path if path.is_relative_to(root.resolve()) and path.is_file() else None
    except OSError:
        return None
