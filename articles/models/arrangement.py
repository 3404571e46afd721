"""What stands on a front page, as one frozen document without Django.

A front is arranged in one piece: comparing two states, keeping each, going back to one and
showing a draft are then functions on documents. Stories and pictures are named by their keys:
what became of them is asked when a page is made, so nothing here can show what is hidden.

JSON: {"containers": [{"name", "layout", "size", "fill", "source", "placements": [{"article",
"headline", "photo", "until"}]}]}; absent is empty, and a moment is ISO 8601 with its offset.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..story import LONGEST, NAME_LENGTH

MOST_CONTAINERS, LARGEST = 20, 12  # containers of a front, stories of a container


class ArrangementError(ValueError):
    """This is no front. The message says why, for an editor."""


class Layout(StrEnum):
    LEAD = "lead"  # one large, the others beside it
    GRID = "grid"  # side by side, four in a row
    LIST = "list"  # rows
    OPINION = "opinion"  # headlines with their writers, without pictures


class Fill(StrEnum):
    """Where the stories come from that nobody placed."""

    NEWEST = "newest"  # of the site; on the front of a category, of that category
    CATEGORY = "category"
    TAG = "tag"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A story put there by hand. It goes at `until`; what it says here may be its own."""

    article: int
    headline: str = ""
    photo: int | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        if len(self.headline) > LONGEST["headline"]:
            raise ArrangementError(f"a headline has more than {LONGEST['headline']} characters")
        if self.until and self.until.tzinfo is None:
            raise ArrangementError(f"{self.until} is on no clock: it has no offset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A part of the page: its placements first, then what `fill` brings, `size` in all.

    `source` is the key of the category or tag that `fill` means. More placements than there is
    room for wait until one of those before them goes.
    """

    name: str = ""
    layout: Layout = Layout.GRID
    size: int = 4
    fill: Fill = Fill.NEWEST
    source: int | None = None
    placements: tuple[Placement, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.size <= LARGEST:
            raise ArrangementError(f"a container has 1 to {LARGEST} stories, not {self.size}")
        if len(self.name) > NAME_LENGTH:
            raise ArrangementError(f"a name has more than {NAME_LENGTH} characters")
        if (self.source is not None) != (self.fill in (Fill.CATEGORY, Fill.TAG)):
            raise ArrangementError(f"“{self.fill}” and the source {self.source} do not fit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The containers of a front, from the top."""

    containers: tuple[Container, ...] = ()

    def __post_init__(self) -> None:
        if len(self.containers) > MOST_CONTAINERS:
            raise ArrangementError(f"a front has at most {MOST_CONTAINERS} containers")
        articles = [placement.article for placement in self.placements()]
        if len(articles) != len(set(articles)):
            raise ArrangementError("a story stands twice on this front")

    def placements(self) -> Iterator[Placement]:
        for container in self.containers:
            yield from container.placements

    @property
    def digest(self) -> str:
        """SHA-256 of its JSON: what says the same has the same."""
        return hashlib.sha256(json.dumps(self.as_dict(), sort_keys=True).encode()).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        return {"containers": [_told(container) for container in self.containers]}

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> Arrangement:
        """The inverse of `as_dict`. Raises ArrangementError for what is none."""
        try:
            return cls(containers=tuple(map(_container, value.get("containers", ()))))
        except ArrangementError:
            raise
        except (TypeError, ValueError, AttributeError) as error:
            raise ArrangementError(f"this is no front: {error}") from error


def _told(container: Container) -> dict[str, Any]:
    placements = [
        {**asdict(one), "until": one.until.isoformat() if one.until else None}
        for one in container.placements
    ]
    told = {**asdict(container), "placements": [_without_empty(one) for one in placements]}
    return _without_empty(told)


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}


def _container(value: dict[str, Any]) -> Container:
    placements = tuple(map(_placement, value.get("placements", ())))
    layout = Layout(value.get("layout", Layout.GRID))
    fill = Fill(value.get("fill", Fill.NEWEST))
    return Container(**{**value, "layout": layout, "fill": fill, "placements": placements})


def _placement(value: dict[str, Any]) -> Placement:
    until = value.get("until")
    return Placement(**{**value, "until": datetime.fromisoformat(until) if until else None})
