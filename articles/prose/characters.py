"""Plain text: which characters may be in a newspaper, and the one spelling of a line."""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

# What no word is made of: controls, lone surrogates, noncharacters, soft hyphens and the
# invisible spaces. They stay: ZWNJ and ZWJ (Persian, Indic scripts, emoji), the marks of
# direction, and the tag characters that flags are made of. Tab, line feed, form feed and the
# other separators are white space, not refuse.
REFUSE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
)
# White space that a browser, and the editor, show as one space; a no-break space is a character.
BLANKS = " \t\n\r\f\v\x85\u2028\u2029"
# Together with white space they are nothing to read.
UNSEEN = "\u200c\u200d\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f\u180e\u034f"

_refuse = re.compile(f"[{REFUSE}]+")
_untidy = re.compile(f"[{BLANKS}]{{2,}}|[{BLANKS[1:]}]")
_unseen = re.compile(rf"[\s{UNSEEN}]*")


def clean(text: str) -> str:
    """Without the characters that no word is made of; white space as it was."""
    return _refuse.sub("", text) if _refuse.search(text) else text


def is_clean(text: str) -> bool:
    return not _refuse.search(text)


def collapse(text: str) -> str:
    """Every run of white space as one space, as the editor does; no-break spaces stay."""
    return _untidy.sub(" ", text)


def is_tight(text: str) -> bool:
    """All white space is single spaces already."""
    return not _untidy.search(text)


def composed(text: str) -> str:
    """NFC: one spelling for é, whatever keyboard or file system it came through."""
    return text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)


def is_blank(text: str) -> bool:
    """Nothing that a reader could see."""
    return _unseen.fullmatch(text) is not None


def line(text: str) -> str:
    """One line: no control or zero-width characters, white space (no-break too) as single
    spaces and none at the ends, NFC. Blank text is ""."""
    return composed(" ".join(clean(text).split()))


def text(text: str) -> str:
    """Like `line`, line by line: single newlines stay, blank lines go."""
    lines = (line(one) for one in clean(text).splitlines())
    return "\n".join(one for one in lines if one)
