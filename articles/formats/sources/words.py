"""What a file is that cannot be a dump, and why one cannot be read, in an editor's words."""

from __future__ import annotations

from articles.story import StoryError

# How files begin that are beside stories (the library's pictures) or that hold them packed.
MEDIA = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF file"),
    (b"\x1a\x45\xdf\xa3", "a WebM film"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"SQLite format 3\x00", "a database"),
)
PACKED = (
    (b"\x1f\x8b\x08", "packed twice with gzip"),
    (b"BZh91AY&SY", "packed twice with bzip2"),
    (b"\x28\xb5\x2f\xfd", "packed twice with zstd"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a rar archive"),
)


def refuse(head: bytes) -> None:
    """Raises StoryError when a file that begins so can be no dump, in words that say why."""
    if not head.strip(b"\x00\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise StoryError("the file is empty")
    for magic, what in PACKED:
        if head.startswith(magic):
            raise StoryError(f"it is {what}, which is not opened: unpack it first")
    controls = len(head) - len(head.translate(None, bytes(range(9))))
    zeros = head.count(0) / len(head)  # of UTF-16 every other byte
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or 0.4 < zeros < 0.6
    if controls * 50 > len(head) and not wide:
        raise StoryError("it is not text")


def medium(head: bytes) -> str:
    """The name of a picture, film or sound that begins so, else ""."""
    for magic, what in MEDIA:
        if head.startswith(magic):
            return what
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"AVI ", b"WAVE"):
        return "a picture, film or sound"
    return "a picture or film" if head[4:8] == b"ftyp" else ""


def in_words(error: Exception) -> str:
    """ "no such file", without the number and the path that Python puts around it."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, StoryError):
        return f"cannot be read: {error}"
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"cannot be read: {reason}"
