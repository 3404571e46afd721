"""From bytes to clean text, telling what had to be repaired."""

from __future__ import annotations

import codecs
import re
import unicodedata

from articles import prose
from articles.prose.characters import REFUSE
from articles.story import StoryError

# In front of a line: what follows is not what it looks like. Once: a paragraph. Twice: the
# headline of a related story. Three times: a subhead. Four times: a caption. Five times: a
# line of the head (headline, standfirst, title of the video), or a headline in a list of other
# stories. Six times: the caption of a video. Invisible (WORD JOINER), printed by our writer only
# where it is needed.
MARK = "\u2060"

_encodings = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_new_lines = re.compile("\r\n|\r\r\n|[\r\v\f\x85\u2028\u2029]")
_misplaced_mark = re.compile(rf"(?m)(^[ \t]*(?:•|\d{{1,3}}\.)?[ \t]*{MARK}{{1,6}})|{MARK}")
_control = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_refuse = REFUSE.replace("\u2060", "\u2061")  # the mark has a check of its own
_invisible = re.compile(f"[{_refuse}]")


def decoded(data: bytes) -> tuple[str, list[str]]:
    """The text of a page and the notes on its repair. Raises StoryError if it is no text."""
    text, notes = _as_text(data)
    mended = text if text.isascii() else mend(text)
    if mended != text:
        notes.append("letters that had been read in the wrong encoding were put right")
    mended = _new_lines.sub("\n", mended)
    clean, removed = _control.subn("", mended)
    if removed * 20 > len(mended):
        raise StoryError("cannot be read: it is not text")
    if removed:
        notes.append(f"{removed} control characters removed")
    clean, removed = _invisible.subn("", clean)
    if MARK in clean:
        kept = _misplaced_mark.sub(lambda m: m[1] or "", clean)
        removed, clean = removed + len(clean) - len(kept), kept
    if removed:
        notes.append(f"{removed} zero-width characters and soft hyphens removed")
    return unicodedata.normalize("NFC", clean), notes


def clean(text: str) -> str:
    """One line of text as it comes back from a page."""
    return prose.line(mend(text))


def mend(text: str) -> str:
    """UTF-8 that was once read as Windows-1252 ("donâ€™t") put right, also when done twice.

    A letter before a quotation mark could be meant ("IRMÃ”"): such pairs are put right only
    where others are that nobody means.
    """
    while _surely.search(text):
        mended = _mojibake.sub(_mended, text)
        if mended == text:
            break
        text = mended
    return text


def _as_text(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _encodings:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            lost = text.count("\ufffd")
            return text, [f"{lost} characters were broken in the file"] if lost else []
    if encoding := _unmarked_utf16(data):
        return data.decode(encoding, "replace"), ["read as UTF-16, though the file does not say so"]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8"), ["cut in the middle of a character"]
    text = data.decode("utf-8", "newsroom.windows-1252")
    return text, ["not UTF-8: read as Windows-1252"]


def _unmarked_utf16(data: bytes) -> str:
    """Every second byte is NUL in UTF-16 of a western language."""
    some = data[:2000]
    half = len(some) // 2
    if half > 10 and some[1::2].count(0) > half * 0.8 and some[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if half > 10 and some[::2].count(0) > half * 0.8 and some[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _letter(byte: int) -> str:
    """A byte in Windows-1252; its five unused places as the control characters they are."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_letters = [_letter(byte) for byte in range(256)]
_bytes = {chr(byte): byte for byte in range(0x80, 0xA0)}  # read as Latin-1
_bytes |= {letter: byte for byte, letter in enumerate(_letters)}


def _set(first: int, last: int) -> str:
    letters = {letter for letter, byte in _bytes.items() if first <= byte <= last}
    return "[" + re.escape("".join(sorted(letters))) + "]"


_next = _set(0x80, 0xBF)
_mojibake = re.compile(
    f"{_set(0xC2, 0xDF)}{_next}|{_set(0xE0, 0xEF)}{_next}{{2}}|{_set(0xF0, 0xF4)}{_next}{{3}}"
)


_surely = re.compile(
    f"{_set(0xC2, 0xDF)}{_set(0xA0, 0xBF)}|â[€\x80]{_next}"
    f"|{_set(0xE0, 0xEF)}{_set(0xA0, 0xBF)}{_next}|{_set(0xF0, 0xF4)}{_next}{{3}}"
)


def _mended(found: re.Match[str]) -> str:
    try:
        return bytes(_bytes[letter] for letter in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """For codecs: the bytes that are not UTF-8, one by one, as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(_letters[byte] for byte in error.object[error.start : error.end]), error.end


codecs.register_error("newsroom.windows-1252", _windows_1252)
