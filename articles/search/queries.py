"""What somebody typed, as a question to the index. Whatever it is, it is one.

Words: all of them must be there. "Words in quotes": in this order, side by side. -without.
The last word may be the beginning of one while somebody is still typing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .endings import EVERY, PUBLIC, Stem, general, internal
from .words import GAP, folded, is_dense, known, pairs, word_of

LONGEST = 200  # characters
MOST = 12  # words and phrases
EVER = (-(1 << 62), 1 << 62)

_part = re.compile(r'(?:(?<=\s)|^)(-?)["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|(\S+)')
_NOT_TYPED = str.maketrans({"\0": " ", GAP: " "})
_minus = re.compile(r"[-−–](?=\w)")


@dataclass(frozen=True)
class Term:
    """A word, or several that must stand side by side, as typed."""

    text: str
    beginning: bool = False  # the last word may go on

    def phrases(self, stem: Stem) -> Iterable[Phrase]:
        """The ways in which it can stand in a text whose words were kept by this stemmer."""
        written = word_of.findall(self.text)
        kept = [w for word in written for w in _kept(word, stem)]
        begun = self._begun(written, stem)
        # A beginning finds the whole word as well; SQLite gathers all that begins so, each time.
        if kept and not (begun and kept[-1].startswith(begun.words[-1]) and len(kept) == 1):
            lone = len(kept) == 1 and len(kept[0]) == 1 and is_dense(kept[0])
            yield Phrase(tuple(kept), lone)
        if begun:
            yield begun

    def _begun(self, written, stem) -> Phrase | None:
        """As words of which the last goes on. With one letter too many would."""
        folds = [w for word in written for w in folded(word).split()] if self.beginning else []
        if not folds or len(folds[-1]) < 2 or is_dense(folds[-1]):
            return None
        *before, last = folds
        begun = last if last.isascii() else general(last)
        return Phrase((*map(stem, before), begun if stem in PUBLIC else stem(begun)), True)


@dataclass(frozen=True)
class Phrase:
    """Words as they are kept; `open`: the last may be the beginning of one."""

    words: tuple[str, ...]
    open: bool = False


def _kept(word, stem):
    if is_dense(word):
        return pairs(folded(word), last=False)
    return known(stem)[word].split()


@dataclass(frozen=True)
class Query:
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    stems: tuple[Stem, ...] = PUBLIC
    # Of each of these sets the text has one: see entries.SHELF and LISTED.
    marks: tuple[tuple[str, ...], ...] = ()
    span: tuple[int, int] = EVER  # between which places, see entries.bounds
    is_cut: bool = False  # more was typed than is looked for

    def __bool__(self) -> bool:
        return bool(self.wanted)


def read(
    text: str,
    *,
    typing: bool = False,
    desk: bool = False,
    marks: Iterable[tuple[str, ...]] = (),
    span: tuple[int, int] = EVER,
) -> Query:
    """The question. `typing`: the last word may not be whole yet."""
    cut = " ".join(text[:LONGEST].translate(_NOT_TYPED).split())
    wanted, unwanted = [], []
    found = [_read(match) for match in parts(cut)]
    found = [(without, term) for without, term in found if any(Term(term).phrases(general))]
    for without, term in found[:MOST]:
        (unwanted if without else wanted).append(Term(term))
    if typing and wanted and found and not found[-1][0] and _goes_on(cut, text):
        wanted[-1] = Term(wanted[-1].text, beginning=True)
    return Query(
        tuple(wanted),
        tuple(unwanted),
        EVERY if desk else PUBLIC,
        tuple(marks),
        span,
        is_cut=len(text.split()) > len(cut.split()) or len(found) > MOST,
    )


def parts(text: str) -> Iterable[re.Match[str]]:
    """Its words and phrases as they were typed."""
    return _part.finditer(text)


def _read(match):
    without, quoted, word = match.groups()
    if word is None:
        return bool(without), quoted
    return bool(_minus.match(word)), word.lstrip("-−–")


def _goes_on(cut, text):
    return cut[-1:].isalnum() and not text[-1:].isspace()


# As SQLite's FTS5 and PostgreSQL write it. Words hold neither quotes nor backslashes.


@dataclass(frozen=True)
class Dialect:
    """`phrase` of words, with what confines it to parts of a text; the rest are operators."""

    phrase: Callable[[Phrase, str], str]
    all_of: str
    any_of: str
    but: str

    def write(self, query: Query, within: str = "") -> str:
        """`within`: "A", all of it in the headline; "AB", there or around the text."""
        ways = [self._way(query, stem, within) for stem in PUBLIC]
        asked = self._any(dict.fromkeys(way for way in ways if way))
        for marks in query.marks:
            asked += f"{self.all_of}{self._any(self.phrase(Phrase((m,)), '') for m in marks)}"
        unwanted = {
            self.phrase(phrase, "")
            for term in query.unwanted
            for stem in query.stems
            for phrase in term.phrases(stem)
        }
        return f"({asked}){self.but}{self._any(sorted(unwanted))}" if unwanted else asked

    def _way(self, query, stem, within):
        """All terms as a text says them whose words were kept by this stemmer, or each as what
        only the desk knows, where it asks."""
        stems = (stem, internal) if internal in query.stems else (stem,)
        told = [
            self._any(dict.fromkeys(self.phrase(p, within) for s in stems for p in term.phrases(s)))
            for term in query.wanted
        ]
        return self.all_of.join(told)

    def _any(self, ways: Iterable[str]) -> str:
        ways = [f"({way})" for way in ways]
        return ways[0] if len(ways) == 1 else f"({self.any_of.join(ways)})"


COLUMNS = {"": "", "A": "{headline} : ", "AB": "{headline upper} : "}


def _fts5(phrase: Phrase, within: str) -> str:
    return f'{COLUMNS[within]}"{" ".join(phrase.words)}"{" *" * phrase.open}'


def _tsquery(phrase: Phrase, within: str) -> str:
    flags = [within] * len(phrase.words)
    flags[-1] += "*" * phrase.open
    words = (f"'{w}':{f}" if f else f"'{w}'" for w, f in zip(phrase.words, flags, strict=True))
    return " <-> ".join(words)


DIALECTS = {
    "sqlite": Dialect(_fts5, " AND ", " OR ", " NOT "),
    "postgresql": Dialect(_tsquery, " & ", " | ", " & !"),
}
