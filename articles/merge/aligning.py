"""Which item of a list is which item of a later one: kept, changed, moved, added, removed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

MANY = 10_000  # pairs that are still compared word by word
SAME = 0.6  # the share of words by which something is known although it stands elsewhere
_word = re.compile(r"\w+")


class Traits(NamedTuple):
    """What an item is known by when its words have changed: one of another kind it never is."""

    kind: str
    words: frozenset[str]


Items = Sequence[Hashable]
Known = Callable[[Any], Traits]
Gap = tuple[list[int], list[int]]  # places of the old list and of the new one


def traits_of(kind: str, text: str) -> Traits:
    return Traits(kind, frozenset(_word.findall(text.casefold())))


@dataclass(frozen=True)
class Alignment:
    """`place[i]` is where item i of the old list is in the new one, `origin[j]` the inverse.

    What is in neither was removed or added. `moved` are old items that stand in another order.
    """

    place: dict[int, int]
    origin: dict[int, int]
    moved: frozenset[int]


def align(old: Items, new: Items, traits: Known | None = None) -> Alignment:
    """Equal items are the same item, wherever they stand. With `traits`, so are those that took
    the place of each other, and those that moved with most of their words.

    Takes about n² steps for n items at worst, and few where little has changed.
    """
    pairs = _common(old, new)
    gaps = list(_gaps(pairs, len(old), len(new)))
    moved = _moves(old, new, gaps)
    found = dict(pairs) | moved
    if traits:
        taken = set(found.values())
        for was, now in gaps:
            left = [i for i in was if i not in found], [j for j in now if j not in taken]
            found |= _in_place(*left, old, new, traits)
        far = _elsewhere(found, old, new, traits)
        moved |= far
        found |= far
    return Alignment(found, {j: i for i, j in found.items()}, frozenset(moved))


def _common(old: Items, new: Items) -> list[tuple[int, int]]:
    """The longest common subsequence, as pairs of places (Hunt and Szymanski)."""
    start, ends = 0, min(len(old), len(new))
    while start < ends and old[start] == new[start]:
        start += 1
    end = 0
    while end < ends - start and old[-1 - end] == new[-1 - end]:
        end += 1
    places = defaultdict(list)
    for j in range(len(new) - end - 1, start - 1, -1):
        places[new[j]].append(j)
    tails: list[int] = []
    chains: list[Any] = []  # (pair, the chain before it)
    for i in range(start, len(old) - end):
        for j in places.get(old[i], ()):
            length = bisect_left(tails, j)
            chain = ((i, j), chains[length - 1] if length else None)
            tails[length : length + 1], chains[length : length + 1] = [j], [chain]
    middle, link = [], chains[-1] if chains else None
    while link:
        pair, link = link
        middle.append(pair)
    tail = [(len(old) - n, len(new) - n) for n in range(end, 0, -1)]
    return [*((n, n) for n in range(start)), *reversed(middle), *tail]


def _gaps(pairs: list[tuple[int, int]], olds: int, news: int) -> Iterator[Gap]:
    """Between two pairs: the old and the new places that are in none."""
    i = j = 0
    for end_i, end_j in [*pairs, (olds, news)]:
        if end_i > i or end_j > j:
            yield list(range(i, end_i)), list(range(j, end_j))
        i, j = end_i + 1, end_j + 1


def _moves(old: Items, new: Items, gaps: list[Gap]) -> dict[int, int]:
    """Items that are gone here and equal to one that came there."""
    came: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for _was, now in gaps:
        for j in now:
            came[new[j]].append(j)
    return {i: came[old[i]].popleft() for was, _now in gaps for i in was if came.get(old[i])}


def _likeness(one: Traits, other: Traits) -> float:
    """0 for what cannot be the same thing; from 0.1 for no word in common to 1.1 for all."""
    if one.kind != other.kind:
        return 0
    both = len(one.words) + len(other.words)
    return 0.1 + (2 * len(one.words & other.words) / both if both else 0)


def _in_place(
    was: list[int], now: list[int], old: Items, new: Items, traits: Known
) -> dict[int, int]:
    """Of what stood and what stands between two kept items, the pairs most alike, in order."""
    if not was or not now:
        return {}
    before, after = [traits(old[i]) for i in was], [traits(new[j]) for j in now]
    if len(was) * len(now) > MANY:
        pairs = zip(was, now, before, after, strict=False)
        return {i: j for i, j, one, other in pairs if one.kind == other.kind}
    best = [[0.0] * (len(now) + 1) for _ in range(len(was) + 1)]
    like = [[_likeness(one, other) for other in after] for one in before]
    for a in range(len(was) - 1, -1, -1):
        for b in range(len(now) - 1, -1, -1):
            paired = like[a][b] and like[a][b] + best[a + 1][b + 1]
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    found, a, b = {}, 0, 0
    while a < len(was) and b < len(now):
        if like[a][b] and best[a][b] == like[a][b] + best[a + 1][b + 1]:
            found[was[a]] = now[b]
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _elsewhere(found: dict[int, int], old: Items, new: Items, traits: Known) -> dict[int, int]:
    """What moved and was changed by the way."""
    taken = set(found.values())
    was = [i for i in range(len(old)) if i not in found]
    now = [j for j in range(len(new)) if j not in taken]
    far: dict[int, int] = {}
    if len(was) * len(now) > MANY:
        return far
    known = {j: traits(new[j]) for j in now}
    for i in was:
        mine = traits(old[i])
        likely = [(_likeness(mine, theirs) - 0.1, -j) for j, theirs in known.items()]
        share, j = max(likely, default=(0.0, 0))
        if share >= SAME:
            far[i] = -j
            del known[-j]
    return far
