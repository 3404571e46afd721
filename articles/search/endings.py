"""Endings of number and case, taken off so that “elections” finds “election”.

Only those, and by rules of our own. What full stemmers make of a word (“electricity” →
“electr”) is no beginning of it any more, and whoever is still typing would find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Stem = Callable[[str], str]
GERMAN = "de"
# German words are kept apart from the others: “Listen” (lists) must not find “list”. The mark
# stands last, so that the beginning of a word is the same in all languages; no folded word has it.
MARK = "\u1d48"
# Stands before words that only the desk may look for: labels, the source's own numbers.
DESK = "\u02e2"

_ODD = dict(
    pair.split(":")
    for pair in "men:man women:woman children:child lives:life wives:wife knives:knife"
    " thieves:thief crises:crisis viruses:virus buses:bus gases:gas campuses:campus"
    " bonuses:bonus shoes:shoe canoes:canoe news:news".split()
)
_es = re.compile("(?:ch|sh|ss|x|zz|[a-z]{3}o)es")
_kept = re.compile(".*(?:ss|us|is)")
_german = re.compile("(?:ern|em|en|er|es|e|(?<!s)s|n)$")
_arabic = re.compile("^(?:[وفبك]ال|ال|لل)(?=.{3})")


def general(word: str) -> str:
    """Of a folded word in any language but German: the plurals of English, whose `s` most
    languages with Latin letters share."""
    if not word.isascii():
        return _arabic.sub("", word)
    if word in _ODD:
        return _ODD[word]
    if len(word) < 4 or word.isdigit():
        return word
    if word.endswith("s") and not _kept.fullmatch(word):
        if word.endswith("ies") and len(word) > 4:
            return word[:-2]  # “cities” as “city”, below
        return word[:-2] if _es.search(word, len(word) - 6) and word.endswith("es") else word[:-1]
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}i"
    return word[:-1] if word.endswith("ie") else word


def german(word: str) -> str:
    """Of a folded word in German, marked as such."""
    if not word.isascii() or word.isdigit():
        return general(word)
    short = word
    while len(stem := _german.sub("", short)) >= 4 and stem != short:
        short = stem
    return short + MARK


def stemmer(language: str) -> Stem:
    """The rules for a language (BCP 47)."""
    return german if language.lower().partition("-")[0] == GERMAN else general


def internal(word: str) -> str:
    """Of a folded word that readers must not find anything by."""
    return DESK + word


PUBLIC = (general, german)
EVERY = (*PUBLIC, internal)
