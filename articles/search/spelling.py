"""How words are spelled: what somebody may have meant whose words find nothing.

Each word of a text is kept under the keys of its slips: itself, and itself with one letter left
out. Two words that one slip lies between have a key in common, whichever of them has it. That
needs no extension and is the same on every database.

Drafts have words, too. So nothing is suggested by this table alone: each spelling is asked as a
question, together with the rows that somebody may find, and is one only if it finds something.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from zlib import crc32

from .. import bulk
from ..models import Spelling
from . import queries
from .entries import Said
from .finding import anything, said
from .words import folded, is_dense, word_of

SHORTEST, LONGEST = 4, 30  # letters; what is shorter is near to too much
LETTERS = 10  # the first so many of a word make its keys
LONG = 8  # letters from which on a word may have two slips
NEAR = 6  # spellings that are tried for one word
TRIED = 24  # of all words together
READ = 400  # rows of the table
AT_ONCE = 500

Spelled = tuple[int, str]  # how far from what was typed, and what it is

_possessive = re.compile("['’ʼ＇]s?$")


def keep(texts: Iterable[str]) -> None:
    """Know how the words of these texts are spelled. Within a transaction."""
    words = sorted(words_of(texts))
    for start in range(0, len(words), AT_ONCE):
        some = words[start : start + AT_ONCE]
        own = [_hash(folded(word)) for word in some]
        known = set(Spelling.objects.filter(key__in=own).values_list("word", flat=True))
        bulk.insert(
            Spelling(key=key, word=word)
            for word in some
            if word not in known
            for key in keys_of(folded(word))
        )


def forget(words: Collection[str]) -> None:
    """Those of them that no text says any more. Call it when the index is without them."""
    listed = sorted(words)
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        told = said([queries.read(word) for word in some])
        unsaid = [word for n, word in enumerate(some) if n not in told]
        Spelling.objects.filter(word__in=unsaid).delete()


def drop(words: Collection[str]) -> None:
    """These, whoever says them still."""
    Spelling.objects.filter(word__in=words).delete()


def forget_unsaid() -> None:
    """The same of all there are: stories were deleted."""
    last = ""
    words = Spelling.objects.order_by("word").values_list("word", flat=True).distinct()
    while some := list(words.filter(word__gt=last)[:AT_ONCE]):
        last = some[-1]
        forget(some)


def words_of_revisions(revisions) -> set[str]:
    """How the words of these are spelled: to be forgotten once they are gone."""
    found: set[str] = set()
    for revision in revisions.iterator(chunk_size=50):
        found |= words_of(Said.by(revision.story))
    return found


def words_of(texts: Iterable[str]) -> set[str]:
    """Their words as they are written, but in small letters."""
    found: set[str] = set()
    for text in texts:
        found.update(word_of.findall(text))
    return {word for word in map(_lowered, found) if _can_be_meant(word)}


def _lowered(word):
    return _possessive.sub("", word.casefold() if word.isascii() else word.lower())


def _can_be_meant(word):
    return (
        SHORTEST <= len(word) <= LONGEST
        and not any(map(str.isdigit, word))
        and not is_dense(word)
        and SHORTEST <= len(folded(word)) <= LONGEST
        and " " not in folded(word)
    )


def keys_of(word: str) -> set[int]:
    start = word[:LETTERS]
    return {_hash(word), *(_hash(start[:n] + start[n + 1 :]) for n in range(len(start)))}


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def distance(one: str, other: str) -> int:
    """Letters that are wrong, missing, too many, or two that changed places."""
    before, last = None, list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, met in enumerate(other, 1):
            least = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != met))
            swapped = before and row > 1 < column
            if swapped and letter == other[column - 2] and one[row - 2] == met:
                least = min(least, before[column - 2] + 1)
            here.append(least)
        before, last = last, here
    return last[-1]


# What was meant


def meant(rows, text: str, by: str, **options) -> tuple[str, list[str]]:
    """(the text as somebody may have meant it, else ""; with one word less, what finds something).

    `rows` and `by` as for `ranked`, `options` as for `read`.
    """
    text = " ".join(text[: queries.LONGEST].split())
    spelled, fewer = list(_spelled(text)), list(_fewer(text))
    asked = [queries.read(each, **options) for each in (*spelled, *fewer)]
    found = anything(rows, asked, by)
    first = next((each for n, each in enumerate(spelled) if n in found), "")
    return first, [each for n, each in enumerate(fewer, len(spelled)) if n in found]


def _spelled(text: str) -> Iterator[str]:
    """The text with its words spelled otherwise, the nearest first."""
    places = [place for place in word_of.finditer(text) if not _is_unwanted(text, place)]
    words = [_lowered(place[0]) for place in places[: queries.MOST]]
    near = _near({word for word in words if _can_be_meant(word)})
    ways = [near.get(word) or [(0, word)] for word in words]
    nearest = sorted(_each_otherwise(ways), key=lambda way: sum(far for far, _word in way))
    for way in nearest[:TRIED]:
        yield _put(text, places, [word for _far, word in way], words)


def _each_otherwise(ways: list[list[Spelled]]) -> Iterator[list[Spelled]]:
    """The nearest of each word, and that with one of them spelled in another way."""
    first = [options[0] for options in ways]
    if any(far for far, _word in first):
        yield first
    for n, options in enumerate(ways):
        for other in options[1:]:
            yield [*first[:n], other, *first[n + 1 :]]


def _is_unwanted(text, place):
    return text[place.start() - 1 : place.start()] in {"-", "−", "–"}


def _put(text, places, spelled, words):
    done, parts = 0, []
    for place, word, before in zip(places, spelled, words, strict=False):
        parts += [text[done : place.start()], place[0] if word == before else word]
        done = place.end()
    return "".join(parts) + text[done:]


def _near(words: set[str]) -> dict[str, list[Spelled]]:
    """(how far, spelling) of what each of these may have been meant as. One query."""
    keys = {word: keys_of(folded(word)) for word in words}
    wanted = set().union(*keys.values())
    rows = Spelling.objects.filter(key__in=wanted).order_by("key", "pk") if wanted else ()
    known = {row.word: folded(row.word) for row in rows[:READ]}
    found = {}
    for word in words:
        own = folded(word)
        most = 2 if len(own) >= LONG else 1
        far = ((distance(own, fold), spelled) for spelled, fold in known.items())
        # Letters are left out more often than others are put in: the longer word is nearer.
        near = sorted(
            (each for each in far if 0 < each[0] <= most),
            key=lambda each: (each[0], -len(each[1]), each[1]),
        )
        whole = [(0, word)] if own in known.values() else []
        found[word] = whole + near[:NEAR]
    return found


def _fewer(text: str) -> Iterator[str]:
    """The text with one of its words or phrases left out."""
    parts = [part[0] for part in queries.parts(text)]
    if len(parts) > 1:
        for n in range(len(parts)):
            yield " ".join(parts[:n] + parts[n + 1 :])
