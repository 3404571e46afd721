"""What a film, a PDF or a recording is, told by its bytes and by nothing else.

Parsers of other people look at it in a process of its own, with little memory and time: whatever a
file does to them, the newsroom goes on. This module is the program of that process, too, which
knows neither settings nor a database; of ours it imports only `blanking`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO

from .blanking import Blank, Blanked, Damaged, boxes, document, elements, tags

MAX_BYTES = 200_000_000
MAX_FILM_BYTES = 2_000_000_000
PROGRAM = "import sys; sys.path.append({!r}); from articles import attachments; attachments.main()"
MEMORY = 200 * 2**20  # bytes that a file may take beyond itself
MOST = 200_000  # stretches to be blanked
SECONDS = 10  # of the processor
LONGEST = 7 * 86400  # seconds a recording may say it lasts
HEAD = 1024  # bytes: so far in, readers of PDF still look for its first line
RECORDINGS = (b"ftypM4A ", b"ftypM4B ")
MARKUP = re.compile(rb"<(?:script|html|body|iframe|svg|!doctype html|\?php)\b", re.IGNORECASE)

# What a PDF does, or brings along, beyond being read: ISO 32000's names of it.
ACTIVE = {
    "a script": ("JS", "JavaScript"),
    "an order to start a program": ("Launch", "ImportData"),
    "other files": ("EmbeddedFile", "EmbeddedFiles", "EF", "GoToE", "RichMedia"),
    "a form that is a program (XFA)": ("XFA",),
}
STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
NAMES = re.compile(
    rb"/(%s)(?![^\s/<>\[\]()])" % b"|".join(n.encode() for names in ACTIVE.values() for n in names)
)


class AttachmentError(ValueError):
    """The file is not taken. The message says why, for an editor."""


@dataclass(frozen=True)
class Facts:
    """kind: as that of a caption, "video", "audio" or "document"; `suffix` with its dot; `blanks`
    is what readers do not get of it."""

    kind: str
    mime: str
    suffix: str
    pages: int | None = None
    seconds: int | None = None
    blanks: tuple[Blank, ...] = ()


def look(path: Path) -> Facts:
    """What this document or recording is; `AttachmentError` unless it is of a kind and size we
    take."""
    return _looked_at(path, "file", MAX_BYTES)


def look_at_film(path: Path) -> Facts:
    """The same of a film."""
    return _looked_at(path, "film", MAX_FILM_BYTES)


def plain(path: Path, facts: Facts) -> Blanked:
    """The file that readers get: without what it says beside what it shows, see `blanking`. To be
    closed by the caller."""
    if facts.kind != "document":
        return Blanked(path.open("rb"), facts.blanks)
    written = Blanked(tempfile.TemporaryFile())  # noqa: SIM115  closed with it
    try:
        _run(path, "write", written.stream)
    except BaseException:
        written.close()
        raise
    written.seek(0)
    return written


def _looked_at(path: Path, what: str, most: int) -> Facts:
    if path.stat().st_size > most:
        advice = ": make it smaller, or give the address of the film elsewhere"
        told = f"the {what} is larger than {most // 10**6:,} MB"
        raise AttachmentError(told + (advice if what == "film" else ""))
    try:
        told = json.loads(_run(path, what, subprocess.PIPE))
    except ValueError as error:
        raise AttachmentError(TOO_MUCH) from error
    if "refused" in told:
        raise AttachmentError(told["refused"])
    return Facts(**{**told, "blanks": tuple(map(tuple, told["blanks"]))})


TOO_MUCH = "looking at the file takes too much memory or time"


def _run(path: Path, what: str, out: int | IO[bytes]) -> bytes:
    """What the process says of this file, where it is not written to `out`."""
    root = str(Path(__file__).resolve().parents[1])
    command = [sys.executable, "-I", "-c", PROGRAM.format(root), what]
    with path.open("rb") as stream:
        try:
            done = subprocess.run(  # noqa: S603  our own program, and nothing of the file's
                command,
                stdin=stream,
                stdout=out,
                stderr=subprocess.DEVNULL,
                timeout=6 * SECONDS,
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise AttachmentError(TOO_MUCH) from error
    return done.stdout


# In the process of its own


def main() -> None:
    _limit()
    what = sys.argv[1]
    if what == "write":
        with open(1, "r+b", closefd=False) as out:
            document.write(sys.stdin.buffer, out)
        return
    try:
        told = asdict((film if what == "film" else facts)(sys.stdin.buffer))
    except AttachmentError as error:
        told = {"refused": str(error)}
    sys.stdout.write(json.dumps(told))


def _limit() -> None:
    """Whoever wants more than this is ended. Only Linux tells what is needed to say how much."""
    try:
        import resource

        own = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (own + MEMORY,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def facts(stream: BinaryIO) -> Facts:
    """As `look`, here and now: without its limits."""
    head = _head(stream)
    if head.startswith(b"%PDF-"):
        return Facts("document", "application/pdf", ".pdf", pages=_pages(stream))
    if head[4:12] in RECORDINGS:
        blanks = _blanks("recording", boxes.blanks, stream)
        return Facts("audio", "audio/mp4", ".m4a", seconds=_seconds(stream), blanks=blanks)
    if head.startswith(b"ID3") or _is_frame(head):
        _demand_frame(stream, head)
        blanks = _blanks("recording", tags.blanks, stream)
        return Facts("audio", "audio/mpeg", ".mp3", seconds=_seconds(stream), blanks=blanks)
    raise AttachmentError("this is neither a PDF nor an MP3 or M4A recording")


def film(stream: BinaryIO) -> Facts:
    """As `look_at_film`, here and now: without its limits."""
    head = _head(stream)
    if head.startswith(elements.EBML):
        blanks = _blanks("film", elements.blanks, stream)
        return Facts("video", "video/webm", ".webm", blanks=blanks)
    if head[4:12] in RECORDINGS:
        raise AttachmentError("this is a recording: it is an attachment, and no film")
    if head[4:8] == b"ftyp":
        blanks = _blanks("film", boxes.blanks_of_film, stream)
        return Facts("video", "video/mp4", ".mp4", blanks=blanks)
    raise AttachmentError("this is neither a WebM nor an MP4 film")


def _blanks(what, of, stream) -> tuple[Blank, ...]:
    try:
        found = tuple(islice(of(stream), MOST + 1))
    except Damaged as error:
        raise AttachmentError(f"the {what} is cut off or damaged; export it anew") from error
    if len(found) > MOST:
        raise AttachmentError(f"the {what} holds too many notes; export it without them")
    return found


def _head(stream: BinaryIO) -> bytes:
    """How it begins; refused where it is something else as well."""
    head = stream.read(HEAD)
    if MARKUP.search(head):
        raise AttachmentError("there is a page in this file")
    if b"%PDF-" in head[1:]:
        raise AttachmentError("there is a document hidden in this file")
    if zipfile.is_zipfile(stream):
        raise AttachmentError("this is an archive, or there is one hidden in it")
    return head


# Documents


def _pages(stream: BinaryIO) -> int:
    """How many it has; refused unless it is whole and does nothing by itself."""
    import pikepdf

    _demand_end(stream)
    try:
        with pikepdf.open(
            stream, attempt_recovery=False, access_mode=pikepdf.AccessMode.stream
        ) as document:
            _refuse_active(document.trailer)
            for part in document.objects:
                _refuse_active(part.stream_dict if isinstance(part, pikepdf.Stream) else part)
            pages = len(document.pages)
    except pikepdf.PasswordError as error:
        raise AttachmentError("the document is locked with a password") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, AttachmentError):
            raise
        raise AttachmentError("the document is damaged; print it to a new PDF") from error
    if not pages:
        raise AttachmentError("the document has no pages")
    return pages


def _demand_end(stream: BinaryIO) -> None:
    """Nothing may hang on behind it."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - HEAD))
    before, mark, behind = stream.read().rpartition(b"%%EOF")
    if not mark:
        raise AttachmentError("the document is cut off, or something hangs on behind it")
    if behind.strip(b"\0\t\n\f\r "):
        raise AttachmentError("something hangs on behind the document")
    stream.seek(0)


def _refuse_active(part) -> None:
    """`part` as text in the spelling of qpdf, which has undone every disguise of a name."""
    found = NAMES.search(STRING.sub(b"()", part.unparse(resolved=True)))
    if found:
        name = found[1].decode()
        what = next(what for what, names in ACTIVE.items() if name in names)
        raise AttachmentError(f"the document contains {what}; print it to a new PDF")


# Recordings


def _is_frame(data: bytes) -> bool:
    """Whether a frame of MPEG audio begins here: eleven bits that are set."""
    return len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0


def _demand_frame(stream: BinaryIO, head: bytes) -> None:
    """The sound begins at once, or right behind the ID3 tag."""
    if length := tags.length(head[:10]):
        stream.seek(length)
        head = stream.read(2)
    if not _is_frame(head):
        raise AttachmentError("this is no MP3: there is no sound where it should begin")


def _seconds(stream: BinaryIO) -> int:
    """How long it lasts, as it says."""
    from tinytag import TinyTag, TinyTagException

    stream.seek(0)
    try:
        found = TinyTag.get(file_obj=stream, tags=False)
    except TinyTagException as error:
        raise AttachmentError("the recording is damaged") from error
    if not (found.samplerate and found.duration and 0 < found.duration < LONGEST):
        raise AttachmentError("the recording is damaged, or there is no sound in it")
    return max(1, round(found.duration))
