"""Letters that were once read in the wrong encoding and saved so ("donâ€™t"), put right.

What they were is ftfy's to find: it looks for what no language writes. All its other repairs
(straight quotation marks, ligatures, half-width letters) would change an author's characters
and are off.
"""

from __future__ import annotations

import re

import ftfy

from articles import prose

from . import directions

_only_letters = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    restore_byte_a0=False,  # done below, where a letter follows
    replace_lossy_sequences=False,  # guesses at what is lost
    decode_inconsistent_utf8=True,
    fix_c1_controls=True,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
# UTF-8 that was misread is a letter and another character beyond ASCII, in whatever encoding;
# where its second byte was A0 that may have become a plain space.
# (The pattern begins with one set of characters: Python looks for those at twice the speed.)
_suspicious = re.compile(
    r"[^\x00-\x7f](?:(?<=[^\W\d_])(?=[^\x00-\x7f])|(?<=Ã)(?= {1,2}[a-z])|(?<=[\x80-\x84\x86-\x9f]))"
)
_plain_space = re.compile("Ã {1,2}(?=[a-z])")
# Right in itself: the end of a word in capitals, then a quotation mark, a dash or a space.
_may_be_meant = re.compile("[ÀÁÃ-ß](?=[\\s\xa0‘’“”«»‹›…–—])")


def mend(text: str) -> str:
    """The text with such letters put right, line by line; what is right stays as it is.

    A capital before a quotation mark could be meant ("IRMÃ”"): such pairs are put right only
    where others are that nobody means.
    """
    if not _suspicious.search(text):
        return text
    lines = text.split("\n")
    doubtful = [number for number, line in enumerate(lines) if _suspicious.search(line)]
    mended = {number: _mended(lines[number]) for number in doubtful}
    changed = [number for number in doubtful if mended[number] != lines[number]]
    if not any(_evident(lines[number]) for number in changed):
        return text
    for number in changed:
        lines[number] = mended[number]
    return "\n".join(lines)


def _evident(line: str) -> bool:
    certain = _may_be_meant.sub("", line)
    return _mended(certain) != certain


def _mended(line: str) -> str:
    """The line put right; word by word where it would be by taking a space for a letter's part."""
    line = _plain_space.sub("Ã\xa0 ", line)
    mended = ftfy.fix_encoding(line, _only_letters)
    if mended.count(" ") == line.count(" "):
        return mended
    return " ".join(ftfy.fix_encoding(word, _only_letters) for word in line.split(" "))


def clean(text: str) -> str:
    """One line of text as it comes back from a page."""
    for _ in range(3):  # what is taken out may bring together what looks misread
        before, text = text, prose.line(directions.settled(mend(text))[0])
        if text == before:
            return text
    return text
