"""The words of one paragraph and the marks they carry."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby, pairwise

from .characters import composed, is_blank
from .markup import MARKS

# What a run of words carries: the address of its link or "", and a bit for every other mark.
Key = tuple[str, int]
Run = tuple[Key, str]

PLAIN: Key = ("", 0)
BIT = {mark: 1 << place for place, mark in enumerate(MARKS) if mark != "a"}
BREAK = "\n"  # white space has become spaces, so a line feed is free to stand for <br>
_ends = " \xa0" + BREAK
_special = re.compile(f"[&<>{BREAK}]")


class Marks:
    """Which marks are open. `key` is what words that come now carry."""

    def __init__(self, key: Key = PLAIN) -> None:
        self.key = key
        self._opened: dict[str, list[bool]] = {mark: [] for mark in BIT}
        self._count = {mark: int(key[1] & bit > 0) for mark, bit in BIT.items()}

    def start(self, mark: str, shows: bool = True) -> None:
        """`shows` is False for a tag that has to be closed but marks nothing."""
        self._opened[mark].append(shows)
        self._change(mark, shows)

    def end(self, mark: str) -> None:
        if self._opened[mark]:
            self._change(mark, -self._opened[mark].pop())

    def link(self, address: str) -> None:
        self.key = (address, self.key[1])

    def _change(self, mark: str, by: int) -> None:
        self._count[mark] += by
        bits = self.key[1] & ~BIT[mark]
        self.key = (self.key[0], bits | BIT[mark] if self._count[mark] else bits)


class Words:
    """Runs as they come: no space at the start, after a space, or on either side of a break."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._tight = True  # a space here would be one too many
        self._broken = False  # nothing to read since the last break

    def add(self, key: Key, text: str) -> None:
        """`text` is not empty and has single spaces for white space."""
        if self._tight and text[0] == " ":
            text = text[1:]
            if not text:
                return
        self.runs.append((key, text))
        self._tight = text[-1] == " "
        if self._broken and text.strip(" \xa0"):
            self._broken = False

    def add_break(self) -> bool:
        """False for a second one in a row: that ends a paragraph."""
        if self._broken:
            return False
        if not self.runs:
            return True
        key, text = self.runs.pop()
        if text := text.removesuffix(" "):
            self.runs.append((key, text))
        self.runs.append((PLAIN, BREAK))
        self._tight = self._broken = True
        return True

    def html(self) -> str:
        """ "" where there is nothing to read."""
        runs = _merged(_trimmed(self.runs))
        if is_blank("".join(text for _, text in runs)):
            return ""
        if len(runs) > 1:
            runs = _merged(_with_plain_gaps(runs))
        return _rendered(runs)


def _trimmed(runs: list[Run]) -> list[Run]:
    """Without white space, no-break spaces and breaks at the two ends."""
    first, last = 0, len(runs)
    while first < last and not runs[first][1].strip(_ends):
        first += 1
    while first < last and not runs[last - 1][1].strip(_ends):
        last -= 1
    runs = runs[first:last]
    if runs:
        runs[0] = (runs[0][0], runs[0][1].lstrip(_ends))
        runs[-1] = (runs[-1][0], runs[-1][1].rstrip(_ends))
    return runs


def _merged(runs: list[Run]) -> list[Run]:
    """Neighbours that carry the same marks as one run."""
    if all(one[0] != next_[0] for one, next_ in pairwise(runs)):
        return runs
    return [(key, "".join(t for _, t in same)) for key, same in groupby(runs, lambda run: run[0])]


def _with_plain_gaps(runs: list[Run]) -> list[Run]:
    """A space or break between two runs carries only what both of them carry."""
    pieces: list[tuple[Key | None, str]] = []
    for key, text in runs:
        core = text.strip(" " + BREAK)
        if not core:
            pieces.append((None, text))
            continue
        if text[0] in " \n":
            pieces.append((None, text[0]))
        pieces.append((key, core))
        if text[-1] in " \n":
            pieces.append((None, text[-1]))
    return [(own or _shared(pieces, place), text) for place, (own, text) in enumerate(pieces)]


def _shared(pieces: list[tuple[Key | None, str]], place: int) -> Key:
    before, after = pieces[place - 1][0] or PLAIN, pieces[place + 1][0] or PLAIN
    return (before[0] if before[0] == after[0] else "", before[1] & after[1])


def _rendered(runs: list[Run]) -> str:
    """Marks in their fixed order, opened and closed as the editor does: a mark stays open over
    neighbouring runs while nothing outside it has to change."""
    out: list[str] = []
    opened: list[str] = []
    for key, text in runs:
        if key == PLAIN and not opened:
            out.append(escaped(text))
            continue
        wanted = _tags(key)
        shared = 0
        while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
            shared += 1
        out += [_closing(tag) for tag in reversed(opened[shared:])]
        out += wanted[shared:]
        out.append(escaped(text))
        opened = wanted
    out += [_closing(tag) for tag in reversed(opened)]
    return "".join(out)


def escaped(text: str) -> str:
    """Words as markup; breaks as `<br>`."""
    text = composed(text)
    if _special.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = text.replace(BREAK, "<br>")
    return text


def _tags(key: Key) -> list[str]:
    address, bits = key
    others = _mark_tags(bits)
    return ['<a href="{}">'.format(address.replace("&", "&amp;")), *others] if address else others


@cache
def _mark_tags(bits: int) -> list[str]:
    return [f"<{mark}>" for mark, bit in BIT.items() if bits & bit]


def _closing(tag: str) -> str:
    return "</a>" if tag.startswith("<a ") else f"</{tag[1:]}"
