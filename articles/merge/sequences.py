"""Two changed copies of one list, brought together."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .aligning import Alignment, Known, align

Values = tuple[Any, ...]


@dataclass(frozen=True)
class Conflict:
    """One place that both changed, each to something else. None: it is not there.

    `place` is "headline", "key_points.2", "body.7" (the paragraph or block that was number 7) or
    "body.7.credit": the name under which `merge` takes a decision.
    """

    place: str
    base: Any
    ours: Any
    theirs: Any

    @property
    def field(self) -> str:
        """The field of the Story it is in."""
        return self.place.partition(".")[0]


@dataclass(frozen=True)
class Taken:
    """A change that is only theirs, and is in the merged Story.

    how: "changed", "added", "removed" or "moved". `value`: the item, as it is or was.
    """

    place: str
    how: str
    value: Any

    @property
    def field(self) -> str:
        return self.place.partition(".")[0]


@dataclass
class Record:
    """What is noted while two Stories are merged, and what somebody has decided."""

    decided: dict[str, Values] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)

    def settle(self, place: str, base: Any, ours: Any, theirs: Any) -> Values:
        """Both changed it: what was decided; until then ours, and a conflict."""
        if place in self.decided:
            return self.decided[place]
        self.conflicts.append(Conflict(place, base, ours, theirs))
        return () if ours is None else (ours,)

    def scalar(self, place: str, base: Any, ours: Any, theirs: Any) -> Any:
        """A value that is there once, or None."""
        if theirs in (base, ours):
            return ours
        if ours == base:
            self.take(place, "changed", theirs)
            return theirs
        values = self.settle(place, base, ours, theirs)
        return values[0] if values else None

    def take(self, place: str, how: str, value: Any) -> None:
        self.taken.append(Taken(place, how, value))


class Placed(NamedTuple):
    """An item of the merged list, and which item of each list it is (None: of that one none)."""

    value: Any
    base: int | None = None
    ours: int | None = None
    theirs: int | None = None


# What becomes of an item that both changed: (place, base, ours, theirs) → what stands there.
Join = Callable[[str, Any, Any, Any], Values]
Node = tuple[str, int]
START: Node = ("start", 0)


def merge_items(
    place: str,
    base: Sequence[Any],
    ours: Sequence[Any],
    theirs: Sequence[Any],
    *,
    record: Record,
    traits: Known | None = None,
    join: Join | None = None,
) -> list[Placed]:
    """The list with the changes of both. Where both add something, ours comes first."""
    merging = _Merging(place, base, ours, theirs, record, traits)
    return merging.merged(join or record.settle)


class _Merging:
    def __init__(
        self,
        place: str,
        base: Sequence[Any],
        ours: Sequence[Any],
        theirs: Sequence[Any],
        record: Record,
        traits: Known | None,
    ) -> None:
        self.place, self.record = place, record
        self.base, self.ours, self.theirs = base, ours, theirs
        self.our: Alignment = align(base, ours, traits)
        self.their: Alignment = align(base, theirs, traits)
        self.twins = self._twins()

    def _twins(self) -> dict[int, int]:
        """What both added, once: theirs → ours."""
        mine: defaultdict[Any, deque[int]] = defaultdict(deque)
        for j, item in enumerate(self.ours):
            if j not in self.our.origin:
                mine[item].append(j)
        added = (k for k in range(len(self.theirs)) if k not in self.their.origin)
        return {k: mine[self.theirs[k]].popleft() for k in added if mine.get(self.theirs[k])}

    def merged(self, join: Join) -> list[Placed]:
        held = {("base", i): self._held(i, join) for i in range(len(self.base))}
        found: list[Placed] = []
        for node in self._order():
            side, number = node
            if side == "base":
                where = number, self.our.place.get(number), self.their.place.get(number)
                found += [Placed(value, *where) for value in held[node]]
            elif side == "ours":
                found.append(Placed(self.ours[number], ours=number))
            else:
                self.record.take(f"{self.place}.+{number}", "added", self.theirs[number])
                found.append(Placed(self.theirs[number], theirs=number))
        return found

    def _held(self, i: int, join: Join) -> Values:
        """What becomes of item i of the base."""
        place, was = f"{self.place}.{i}", self.base[i]
        gone, left = i not in self.our.place, i not in self.their.place
        mine = None if gone else self.ours[self.our.place[i]]
        other = None if left else self.theirs[self.their.place[i]]
        if gone:
            return () if left or other == was else self.record.settle(place, was, None, other)
        if left:
            if mine != was:
                return self.record.settle(place, was, mine, None)
            self.record.take(place, "removed", was)
            return ()
        if other not in (was, mine) and mine != was:
            return join(place, was, mine, other)
        if other not in (was, mine):
            self.record.take(place, "changed", other)
            return (other,)
        if i in self.their.moved and i not in self.our.moved:
            self.record.take(place, "moved", mine)
        return (mine,)

    def _order(self) -> list[Node]:
        """Ours is the thread; what is only theirs, or moved only by them, is put behind what it
        follows in theirs."""
        stays = self.their.moved - self.our.moved
        thread = [START, *(n for n in self._nodes_of_ours() if n[0] == "ours" or n[1] not in stays)]
        follow: dict[Node, Node | None] = dict(zip(thread, [*thread[1:], None], strict=True))
        loose = {n for n in thread if n[0] == "ours" or (n[0] == "base" and n[1] in self.our.moved)}
        anchor, own = START, set[Node]()
        for node in self._nodes_of_theirs():
            if node not in follow:
                last = anchor
                while last not in own and (behind := follow[last]) and behind in loose:
                    last = behind  # past what we put there
                follow[node], follow[last] = follow[last], node
                own.add(node)
            if node[0] != "base" or node[1] not in self.our.moved:
                anchor = node
        found: list[Node] = []
        following = follow[START]
        while following:
            found.append(following)
            following = follow[following]
        return found

    def _nodes_of_ours(self) -> list[Node]:
        origin = self.our.origin
        return [("base", origin[j]) if j in origin else ("ours", j) for j in range(len(self.ours))]

    def _nodes_of_theirs(self) -> Iterator[Node]:
        for k in range(len(self.theirs)):
            if k in self.their.origin:
                yield "base", self.their.origin[k]
            else:
                yield ("ours", self.twins[k]) if k in self.twins else ("theirs", k)
