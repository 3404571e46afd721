"""Films for tests, put together from bytes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from articles import library

from .attachedfiles import box

SOUND = bytes(range(250)) * 16


def an_mp4(*more: bytes, behind: bytes = b"") -> bytes:
    """A film of nothing; `more` are boxes within its `moov`, `behind` those at its end."""
    movie = box(b"moov", box(b"mvhd", bytes(100)) + b"".join(more))
    return box(b"ftyp", b"isom\0\0\2\0isomiso2") + movie + box(b"mdat", SOUND) + behind


def element(name: bytes, data: bytes) -> bytes:
    """Of Matroska, with a length of eight bytes."""
    return name + b"\1" + len(data).to_bytes(7, "big") + data


def a_webm(*more: bytes, info: bytes = b"") -> bytes:
    """A film of nothing; `more` are elements of its segment, `info` those of what it says of
    itself."""
    about = element(b"\x15\x49\xa9\x66", element(b"\x4d\x80", b"ours") + info)
    cluster = element(b"\x1f\x43\xb6\x75", element(b"\xe7", b"\0") + element(b"\xa3", SOUND))
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    return head + element(b"\x18\x53\x80\x67", about + b"".join(more) + cluster)


WEBM = a_webm()


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
