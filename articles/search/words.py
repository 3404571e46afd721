"""Texts as the words by which they are found: the same on every database.

A word is folded (NFKC, case, accents, the letters and digits that Arabic and Persian write in
two ways) and loses the ending of its number. “Ada's” is ada, “l'élection” is election, “U.S.” is
us, “1,500” is 1500, “COVID-19” is two words. Chinese, Japanese, Korean, Thai and others that
write without spaces become pairs of letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from .endings import EVERY, Stem, general

LONGEST = 60  # letters of a word; what is longer is nothing that anybody types
MOST = 15_000  # words of a story; PostgreSQL numbers no more than 16,383
REMEMBERED = 60_000  # words, about 10 MB
# Between texts, so that no phrase runs from one into the next: in what is read, and as kept.
GAP, BREAK = "\ue000", "\u00b7"

# Letters and digits, with the marks of scripts that Python's \w leaves out, and what may stand
# between them. One set and one loop: every text of every story goes through it.
_LETTER = (
    r"[\w\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06ed\u0900-\u0963\u0971-\u0dff\u0e30-\u0e4e\u0eb0-\u0ece\u0f71-\u0f84\u102b-\u103e"
    r"\u17b4-\u17d3\u200c\u200d\ue000]"
)
word_of = re.compile(rf"{_LETTER}+(?:['’ʼ＇.,]{_LETTER}+)*")
_joined = re.compile(r"(?:[^\W\d]\.)+[^\W\d]|\d{1,3}(?:[.,]\d{3})+")  # U.S, 1,500
_joiners = re.compile("['’ʼ＇\u200c\u200d\u0640]")
_punctuation = re.compile(r"[\x00-/:-@\[-`{-\x7f。，．]+")
_elided = re.compile("^(?:[dljmnstc]|qu)['’ʼ＇](?=.{3})")
_possessive = re.compile("['’ʼ＇]s?$")
# Accents of alphabets, points of Hebrew, vowels of Arabic. The marks of Indic scripts are letters.
_accents = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
)
_SPELLINGS = str.maketrans(
    dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("يىئ", "ی")
    | dict(zip("كةۀؤøłđı", "کههوoldi", strict=True))
    | {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | {chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966) for n in range(10)}
)
# Scripts without spaces between words: Thai to Burmese, Khmer, Kana, Han, Hangul.
_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\U00020000-\U0003ffff"
)
_dense = re.compile(f"[{_DENSE}]+")
_pieces = re.compile(f"[{_DENSE}]+|[^{_DENSE}]+")


def folded(word: str) -> str:
    """One spelling of a word, with its ending."""
    text = normalize("NFKC", word).casefold()
    if _joined.fullmatch(text):
        text = text.replace(".", "").replace(",", "")
    text = _joiners.sub("", _elided.sub("", _possessive.sub("", text)))
    if not text.isascii():
        text = normalize("NFC", _accents.sub("", normalize("NFD", text))).translate(_SPELLINGS)
    if not text.isalnum():
        text = _punctuation.sub(" ", text)  # some letters are written out as several words
    return text[:LONGEST]


def is_dense(word: str) -> bool:
    """Whether it is of a script that puts no spaces between words."""
    return _dense.match(word) is not None


def pairs(run: str, *, last: bool = True) -> list[str]:
    """東京都 → 東京, 京都, and, as the beginning of nothing, 都."""
    found = [run[n : n + 2] for n in range(len(run) - 1)]
    return [*found, run[-1]] if last or not found else found


class Known(dict[str, str]):
    """What stands between two spaces → its words as they are kept, apart by spaces.

    Remembers the frequent, with the comma or quotation mark at their ends.
    """

    def __init__(self, stem: Stem):
        self.stem = stem
        self[GAP] = BREAK

    def __missing__(self, written: str) -> str:
        words = word_of.findall(written)
        if words == [written]:
            told = " ".join(self._of(folded(written)))
        else:
            told = " ".join(filter(None, map(self.__getitem__, words)))
        if len(self) >= REMEMBERED:
            self.clear()
            self[GAP] = BREAK
        if len(written) <= LONGEST:
            self[written] = told
        return told

    def _of(self, text: str) -> Iterable[str]:
        for piece in _pieces.findall(text):
            if is_dense(piece):
                yield from pairs(piece)
            else:
                yield from map(self.stem, piece.split())


_known = {stem: Known(stem) for stem in EVERY}


def words(texts: str | Iterable[str], stem: Stem = general) -> str:
    """The words of a text, or of several with a `BREAK` between them, apart by spaces."""
    text = texts if isinstance(texts, str) else f" {GAP} ".join(filter(None, texts))
    return " ".join(filter(None, map(_known[stem].__getitem__, text.split())))


def known(stem: Stem) -> Known:
    return _known[stem]
