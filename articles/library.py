"""Taking pictures and films into the library: by their bytes, each once, and nothing else."""

from __future__ import annotations

import hashlib
import re
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image, UnidentifiedImageError

from . import derive, photodata, search
from .filing import media_of
from .models import Origin, Photo, Video
from .photodata import PhotoData
from .pictures import MAX_PIXELS, PICTURE_FORMATS
from .story import EARLIEST, LATEST

MAX_PHOTO_BYTES = 40_000_000
MAX_VIDEO_BYTES = 2_000_000_000
# A picture that is a page as well. Its renditions would be harmless; its original is kept.
MARKUP = re.compile(rb"<(?:script|html|body|iframe|svg|!doctype html|\?php)\b", re.IGNORECASE)
PDF_BEGINS_WITHIN = 1024  # bytes: so far in, readers of PDF still look for its first line
VIDEO_MARKS = {b"\x1a\x45\xdf\xa3": ".webm", b"ftyp": ".mp4"}


class LibraryError(ValueError):
    """The file is not taken. The message says why, for an editor."""


def nobody(_rows):
    """Whom to tell what was made, where nobody asks."""


def add_photo(data: bytes, *, title: str, made=nobody) -> Photo:
    """The photo of these bytes: the one there already, or a new one with its renditions.

    What its file says about it are its words; `title` where the file has none. `made([photo])`
    is called in the transaction that stores a new one.
    """
    said = check_picture(data)
    digest = hashlib.sha256(data).hexdigest()
    known = Photo.objects.filter(sha256=digest).first()
    if known:
        return known
    photo = Photo(sha256=digest)
    fill(photo, said)
    photo.title = photo.title or title[:200]
    try:
        with _whole(photo, "image"), transaction.atomic():
            photo.image.save(title, ContentFile(data), save=False)
            photo.save()
            made([photo])
            search.keep_files([photo])
    except IntegrityError:  # another import took it in the meantime
        return Photo.objects.get(sha256=digest)
    return photo


def fill(photo: Photo, said: PhotoData) -> None:
    """Give a new photo the words of its file where it has none yet, and keep what was said."""
    words = {
        "title": said.title or said.headline,
        "caption": said.description,
        "credit": said.credit,
        "alt": said.alt_text,
        "source": said.source,
        "copyright_notice": said.copyright_notice,
        "usage_terms": said.usage_terms,
        "city": said.city,
        "country": said.country,
    }
    for name, text in words.items():
        longest = Photo._meta.get_field(name).max_length
        setattr(photo, name, getattr(photo, name) or text[:longest])
    photo.taken_at = photo.taken_at or _moment(said.created_at)
    photo.said = said.said()


def _moment(written: datetime | None) -> datetime | None:
    """In the newsroom's zone where the camera wrote none; None where no clock can have said it."""
    try:
        moment = timezone.make_aware(written) if written and not written.tzinfo else written
        return moment if moment and EARLIEST <= moment <= LATEST else None
    except (ValueError, OverflowError):
        return None


def save(photo: Photo) -> None:
    """Store a photo that is here already, and bring what readers see of it up to date.

    Pages are made anew when its addresses or its own words for the blind have changed. When its
    rights get an end, the files that a proxy serves by itself go: from then on the application
    decides.
    """
    was = Photo.objects.get(pk=photo.pk)
    photo.save()
    search.keep_files([photo])
    if (was.image.addresses(), was.alt) != (photo.image.addresses(), photo.alt):
        derive.with_picture(photo)
    if photo.is_limited and not was.is_limited:
        transaction.on_commit(was.image.delete_renditions)


def check_picture(data: bytes) -> PhotoData:
    """What this picture says about itself; `LibraryError` unless it is of a size and kind we take.

    Its bytes must be a picture from the first to the last, and nothing else besides.
    """
    if len(data) > MAX_PHOTO_BYTES:
        raise LibraryError(f"the picture has {len(data):,} bytes; at most {MAX_PHOTO_BYTES:,} fit")
    if MARKUP.search(data) and not data.lstrip().startswith(b"<"):
        raise LibraryError("there is a page hidden in this picture")
    if b"%PDF-" in data[:PDF_BEGINS_WITHIN] and not data.startswith(b"%PDF-"):
        raise LibraryError("there is a document hidden in this picture")
    try:
        return _looked_at(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LibraryError(f"the picture has more than {MAX_PIXELS:,} pixels") from error
    except UnidentifiedImageError as error:
        kinds = ", ".join(PICTURE_FORMATS)
        raise LibraryError(f"this is no picture of a kind that is taken ({kinds})") from error
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, LibraryError):
            raise
        raise LibraryError(f"the picture is damaged: {error}") from error


def _looked_at(data):
    with Image.open(ContentFile(data), formats=PICTURE_FORMATS) as image:
        pixels = image.width * image.height * getattr(image, "n_frames", 1)
        if pixels > MAX_PIXELS:
            raise LibraryError(f"the picture has {pixels:,} pixels; at most {MAX_PIXELS:,} fit")
        image.verify()
    with Image.open(ContentFile(data), formats=PICTURE_FORMATS) as image:
        image.load()
        return photodata.read(image)


def add_video(path: Path, *, poster: Photo | None = None, made=nobody) -> Video:
    """The film of this file: the one there already, or a new one (see `add_photo`)."""
    digest, suffix = _film(path)
    known = Video.objects.filter(sha256=digest).first()
    if known:
        return known
    video = Video(title=path.stem[:200], sha256=digest, poster=poster)
    with path.open("rb") as stream, _whole(video, "file"), transaction.atomic():
        video.file.save(f"video{suffix}", stream, save=False)
        video.save()
        made([video])
        search.keep_files([video])
    return video


@contextmanager
def _whole(row, name):
    """The file and its row are both stored, or neither: a full disk leaves no litter."""
    try:
        yield
    except BaseException:
        if file := getattr(row, name):
            file.delete(save=False)
        raise


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
        search.keep_files(list(found.values()))  # by the name of its file, too


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
