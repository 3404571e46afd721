"""Films for tests, put together from bytes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from articles import library

from .attachedfiles import box

WEBM = b"\x1a\x45\xdf\xa3" + bytes(4000)


def an_mp4(*more: bytes) -> bytes:
    """A film of nothing; `more` are boxes within its `moov`."""
    movie = box(b"moov", box(b"mvhd", bytes(100)) + b"".join(more))
    return box(b"ftyp", b"isom\0\0\2\0isomiso2") + movie + box(b"mdat", bytes(range(250)) * 16)


def a_film(data: bytes | None = None, name="gate.mp4", **words):
    """One of the library."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(an_mp4() if data is None else data)
        film = library.add_video(path)
    for field, value in words.items():
        setattr(film, field, value)
    film.save()
    return film
