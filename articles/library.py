"""Taking files into the library: by their bytes, each once, and nothing else."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image, UnidentifiedImageError

from . import attachments, derive, photodata, search
from .attachments import MARKUP, AttachmentError
from .filing import captions_of
from .models import Attachment, Origin, Photo, Video
from .photodata import PhotoData
from .pictures import MAX_PIXELS, PICTURE_FORMATS
from .story import ATTACHED, EARLIEST, LATEST

MAX_PHOTO_BYTES = 40_000_000
PDF_BEGINS_WITHIN = 1024  # bytes: so far in, readers of PDF still look for its first line


LibraryError = AttachmentError


def nobody(_rows):
    """Whom to tell what was made, where nobody asks."""


def add_photo(data: bytes, *, title: str, made=nobody) -> Photo:
    """The photo of these bytes: the one there already, or a new one with its renditions.

    What its file says about it are its words; `title` where the file has none. `made([photo])`
    is called in the transaction that stores a new one.
    """
    said = check_picture(data)
    digest = hashlib.sha256(data).hexdigest()
    if known := twin(Photo, digest):
        return known
    photo = Photo(sha256=digest)
    fill(photo, said)
    photo.title = photo.title or title[:200]
    return _stored(photo, "image", ContentFile(data, name=title), made)


def twin(model: type[Photo | Video | Attachment], digest: str):
    """What the library has of these bytes: they are the identity of a file."""
    return model.objects.filter(sha256=digest).first()


def _stored(row, name, file, made):
    """A new row and its file; what another import has stored of them in the meantime instead."""
    try:
        with _whole(row, name), transaction.atomic():
            getattr(row, name).save(file.name, file, save=False)
            row.save()
            made([row])
            search.keep_files([row])
    except IntegrityError:
        if known := twin(type(row), row.sha256):
            return known
        raise
    return row


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


def save(file: Photo | Video) -> None:
    """Store a photo or film that is here already, and bring what readers see of it up to date.

    Pages are made anew when the addresses of a photo or its own words for the blind have changed,
    or the poster or address of a film. When the rights to a photo get an end, the files that a
    proxy serves by itself go: from then on the application decides.
    """
    was = type(file).objects.get(pk=file.pk)
    file.save()
    search.keep_files([file])
    if _on_pages(was) != _on_pages(file):
        derive.with_file(file)
    if isinstance(file, Photo) and file.is_limited != was.is_limited:
        search.with_picture(file)
    if isinstance(file, Photo) and file.is_limited and not was.is_limited:
        transaction.on_commit(was.image.delete_renditions)


def _on_pages(file):
    """What stored pages hold of it, beside the words of their own stories."""
    if isinstance(file, Photo):
        return file.image.addresses(), file.alt
    return file.poster_id, file.url, file.file.name


def remove(row: Photo | Video | Attachment | Origin) -> None:
    """Delete the row now, and its file with all that was made of it when that is certain.

    What a story shows cannot be deleted: its key is protected.
    """
    name = "image" if isinstance(row, Photo) else "file"
    path = "" if isinstance(row, Origin) else getattr(row, name).name
    if path:
        setattr(row, name, "")  # else a picture's renditions would go at once
    row.delete()
    if path:
        setattr(row, name, path)
        transaction.on_commit(lambda: getattr(row, name).delete(save=False))


def check_picture(data: bytes) -> PhotoData:
    """What this picture says about itself; `LibraryError` unless it is of a size and kind we take.

    Its bytes must be a picture from the first to the last, and nothing else besides.
    """
    if len(data) > MAX_PHOTO_BYTES:
        raise LibraryError(f"the picture has {len(data):,} bytes; at most {MAX_PHOTO_BYTES:,} fit")
    # A picture that is a page as well: its renditions would be harmless, its original is kept.
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
    facts = attachments.look_at_film(path)
    digest = digest_of(path)
    if known := twin(Video, digest):
        return known
    video = Video(title=path.stem[:200], sha256=digest, poster=poster)
    with plain(path, facts) as file:
        return _stored(video, "file", file, made)


def add_attachment(path: Path, *, made=nobody) -> Attachment:
    """The document or recording of this file: the one there already, or a new one."""
    facts = attachments.look(path)
    digest = digest_of(path)
    if known := twin(Attachment, digest):
        return known
    attachment = Attachment(title=path.stem[:200])
    with plain(path, facts) as file:
        describe(attachment, facts, digest=digest, size=file.size)
        return _stored(attachment, "file", file, made)


def plain(path: Path, facts: attachments.Facts) -> File:
    """What is stored of this file, and readers get: see `attachments.plain`. Its name says what it
    is; its digest stays that of what came."""
    return File(attachments.plain(path, facts), name=f"file{facts.suffix}")


def digest_of(path: Path) -> str:
    """SHA-256 of its bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def describe(attachment: Attachment, facts: attachments.Facts, *, digest: str, size: int) -> None:
    """Note what its file is."""
    attachment.sha256, attachment.size = digest, size
    for name in ("kind", "mime", "pages", "seconds"):
        setattr(attachment, name, getattr(facts, name))


@contextmanager
def _whole(row, name):
    """The file and its row are both stored, or neither: a full disk leaves no litter."""
    try:
        yield
    except BaseException:
        if file := getattr(row, name):
            file.delete(save=False)
        raise


def attach(root: Path, stories, *, made=nobody) -> tuple[set[str], list[str]]:
    """Take in the files below `root` that these stories name and the library does not have.

    A picture of the same name beside a film is its poster. Returns the words that have their
    file now (see `Origin`) and what could not be taken, as sentences. `made` is told what is
    new here, in the transaction that stores it.
    """
    named = {
        Origin.words_of(story.source, caption.media): caption
        for story in stories
        for caption in captions_of(story)
        if caption.media and caption.media.file
    }
    known = set(Origin.objects.filter(words__in=named).values_list("words", flat=True))
    given, problems = set(), []
    for words in sorted(set(named) - known - {""}):
        name = named[words].media.file
        path = below(root, name)
        if path is None:
            continue
        try:
            _attach(words, named[words].kind, path, made)
            given.add(words)
        except LibraryError as error:
            problems.append(f"{name}: {error}")
    return given, problems


def _attach(words, kind, path, made):
    file = _taken(kind, path, made)
    with transaction.atomic():
        known_as = {file._meta.model_name: file}
        origin, is_new = Origin.objects.get_or_create(words=words, defaults=known_as)
        if is_new:
            made([origin])
        search.keep_files([file])  # by the name of its file, too


def _taken(kind, path, made):
    """The file of a caption of this kind, in the library."""
    if kind in ATTACHED:
        return add_attachment(path, made=made)
    if path.suffix.lower() in (".webm", ".mp4", ".m4v"):
        poster = next(
            (p for s in (".jpg", ".png", ".webp") if (p := path.with_suffix(s)).is_file()), None
        )
        photo = _photo(poster, made) if poster else None
        return add_video(path, poster=photo, made=made)
    if path.stat().st_size > MAX_PHOTO_BYTES:
        raise LibraryError(f"the picture is larger than {MAX_PHOTO_BYTES:,} bytes")
    return _photo(path, made)


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
