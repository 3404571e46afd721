"""Documents and recordings for tests, put together from bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from articles import library

FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # 26 milliseconds of silence at 128 kbit/s
ID3 = b"ID3\x04\0\0\0\0\x02\0" + bytes(256)


def a_pdf(pages=2, change=None, **how) -> bytes:
    """A document of blank pages; `change(pdf)` may put something into it."""
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page()
        if change:
            change(document)
        data = BytesIO()
        document.save(data, **how)
    return data.getvalue()


def a_written_pdf(*objects: bytes) -> bytes:
    """A document of one page and these objects, spelled as they are here. The first of them is
    number 4."""
    pages = (
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    data, starts = b"%PDF-1.5\n", []
    for number, one in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", *pages, *objects), start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    size = len(starts) + 1
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    root = b"trailer\n<</Size %d/Root 1 0 R>>" % size
    return data + head + root + b"\nstartxref\n%d\n%%%%EOF\n" % len(data)


def an_mp3(seconds=10, head=ID3) -> bytes:
    return head + FRAME * round(seconds * 44100 / 1152)


def an_m4a(seconds=65) -> bytes:
    sound = bytes(6) + b"\0\1" + bytes(8) + b"\0\1\0\x10" + bytes(4) + b"\xac\x44\0\0"
    codec = b"\x03\x19\0\0\0\x04\x11\x40\x15" + bytes(11) + b"\x05\x02\x12\x10\x06\x01\x02"
    inner = bytes(4) + b"\0\0\0\1" + box(b"mp4a", sound + box(b"esds", bytes(4) + codec))
    for name in (b"stsd", b"stbl", b"minf", b"mdia", b"trak"):
        inner = box(name, inner)
    length = (1000).to_bytes(4, "big") + (seconds * 1000).to_bytes(4, "big")
    movie = box(b"mvhd", bytes(12) + length + bytes(80)) + inner
    return M4A + box(b"moov", movie) + box(b"mdat", bytes(5000))


def box(name: bytes, data: bytes) -> bytes:
    return (len(data) + 8).to_bytes(4, "big") + name + data


M4A = box(b"ftyp", b"M4A \0\0\0\0M4A isom")


def a_zip() -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("minutes.txt", "Nothing was decided. " * 9)
    return data.getvalue()


def an_attachment(data: bytes | None = None, name="plan.pdf", **words):
    """One of the library."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(a_pdf() if data is None else data)
        attachment = library.add_attachment(path)
    for field, value in words.items():
        setattr(attachment, field, value)
    attachment.save()
    return attachment
