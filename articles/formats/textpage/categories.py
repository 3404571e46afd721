"""Names that the template printed one after the other, told apart again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from articles.story import NAME_LENGTH, join_category, split_category

from .labels import SECTIONS

# Between two names: a space, or nothing but the change of case. "WorldPoliticsU.S.TV"
_seam = re.compile(
    r"\s+|(?<=[^\W\d_A-Z.&'’/-])(?=[A-Z])|(?<=[a-z])(?=\d)"
    r"|(?<=[A-Z]\.)(?=[A-Z][a-z])|(?<=[a-z]\.)(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])"
)
_joins = frozenset("& and und et y e of the for on in de la del der die - /".split())

# What it costs to read a line one way; the cheapest way is taken.
MOST = 60  # parts of a line that are worth telling apart
KNOWN, UNKNOWN, SEAM_LEFT, NEVER = 1, 10, 20, 10_000


def told_apart(names: str, known: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """The names in a line, and notes where there is doubt.

    Split at commas where there is one. Else at changes of case, unless the whole is a known
    name, and at spaces only where the names on both sides are known.
    """
    if "," in names:
        return [name.strip() for name in names.split(",") if name.strip()], []
    parts = parted(names)
    if len(parts) == 1:
        return [names] if names else [], []
    vocabulary = _vocabulary(tuple(known))
    found = _cheapest(parts, vocabulary)
    doubtful = [n for n in found if " " in n and n.casefold() not in vocabulary]
    return found, [f"“{name}” may be more than one category" for name in doubtful]


def is_usual(name: str) -> bool:
    """Whether sections of newspapers are called so."""
    return len(name) <= NAME_LENGTH and name.casefold() in _vocabulary(())


def is_spaced(line: str) -> bool:
    """Whether nothing but spaces parts the words of a line."""
    return all(glue for glue, _ in parted(line)[1:])


def is_made_of(line: str, names: Iterable[str]) -> bool:
    """Whether a line is several names, each of them known or usual, one after the other."""
    vocabulary = _vocabulary(tuple(names))
    parts = parted(line)
    if parts[0][1].casefold() not in _first_words(vocabulary):
        return False  # as nearly every headline
    found = _cheapest(parts, vocabulary)
    return len(found) > 1 and all(name.casefold() in vocabulary for name in found)


def paths(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """The categories as a Story has them.

    A name whose place in the tree is known ("World/Asia" for "Asia") gets its path. A slash
    between words is read as a path as well, so that our own pages keep the tree; one between
    digits or initials ("24/7", "AC/DC") is part of the name.
    """
    places = {split_category(path)[-1].casefold(): path for path in known if split_category(path)}
    found = [places.get(name.casefold()) or _path(_path(name)) for name in names]
    return list(dict.fromkeys(path for path in found if split_category(path)))


def _path(name: str) -> str:
    levels = split_category(name)
    if "\\/" not in name and any(len(level) < 3 for level in levels):
        return join_category([name])
    return join_category(levels)


def parted(names: str) -> list[tuple[str, str]]:
    """[("", "World"), (" ", "Politics"), …]: each part with what is before it."""
    parts, start, glue = [], 0, ""
    for seam in _seam.finditer(names):
        if seam.start() > start:
            parts.append((glue, names[start : seam.start()]))
            glue = " " if seam.end() > seam.start() else ""
            start = seam.end()
    parts.append((glue, names[start:]))
    return parts if len(parts) <= MOST else [("", names)]


def _cheapest(parts: list[tuple[str, str]], vocabulary: frozenset[str]) -> list[str]:
    """The best way to read the parts, by the cheapest way to read what is before each."""
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(parts) + 1):
        ways = []
        for start in range(max(0, end - 8), end):
            name = "".join(glue + part for glue, part in parts[start:end]).strip()
            cost, names = best[start]
            seams = sum(glue == "" for glue, _ in parts[start + 1 : end])
            cost += KNOWN if name.casefold() in vocabulary else UNKNOWN + SEAM_LEFT * seams
            cost += _cut(names, name, parts[start], vocabulary)
            ways.append((cost, [*names, name]))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _cut(before: list[str], name: str, part: tuple[str, str], vocabulary: frozenset[str]) -> int:
    """What it costs to cut in front of `name`: at a space both sides must be known."""
    if not before or part[0] != " ":
        return 0
    sides = (before[-1], name)
    joined = before[-1].split()[-1].casefold() in _joins or part[1].casefold() in _joins
    return NEVER if joined or any(s.casefold() not in vocabulary for s in sides) else 0


@lru_cache(maxsize=8)
def _first_words(vocabulary: frozenset[str]) -> frozenset[str]:
    return frozenset(parted(name)[0][1] for name in vocabulary)


@lru_cache(maxsize=8)
def _vocabulary(known: tuple[str, ...]) -> frozenset[str]:
    names = [*SECTIONS, *known, *(level for path in known for level in split_category(path))]
    return frozenset(name.casefold() for name in names)
