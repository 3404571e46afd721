"""The door for a Story as JSON: every text in its one spelling, and a note of what was repaired.

Types are not looked at here; what is not text stays as it is, for msgspec to refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .canonical import LONGEST, canonical
from .characters import clean, is_clean, line, text
from .markup import ProseError, address

Document = dict[str, Any]

ADDRESSES = {"source_url", "url"}
# Nobody's words: the contract's own, moments, names of files. They have to be right as they are.
ASIDE = {"type", "kind", "pubstatus", "sha256", "mime", "at", "published_between"}
MOMENTS = ("_at", "_until")


def tidy(document: Document) -> tuple[Document, list[str]]:
    """The document with every text in its one spelling, and short notes of what was repaired.

    A document that needs nothing comes back equal, without notes. Nothing is changed in place
    and nothing raised, whatever is in it.
    """
    notes: list[str] = []
    return _value(document, "", notes), notes


def _value(value: Any, place: str, notes: list[str]) -> Any:
    if isinstance(value, str):
        return _string(value, place, notes)
    if isinstance(value, dict):
        return _part(value, place, notes)
    if isinstance(value, list):
        return _list(value, place, notes)
    return value


def _list(values: list[Any], place: str, notes: list[str]) -> list[Any]:
    """Without the entries in which there is nothing."""
    kept = []
    for number, value in _pieces(values):
        if value and _is_tidy(value):
            kept.append(value)
            continue
        tidied = _value(value, f"{place}[{number}]", notes)
        if tidied is None and value is not None:
            continue  # a block; it has its note
        if tidied == "":
            notes.append(f"empty entry dropped from {place}")
        else:
            kept.append(tidied)
    return kept


def _is_tidy(value: Any) -> bool:
    """A line, spelt as a line is: there is nothing to tell of it, whatever it is for."""
    return isinstance(value, str) and line(value) == value


def _pieces(values: list[Any]) -> Iterator[tuple[int, Any]]:
    """Numbered from 0; a text too long for one block as several, parted between paragraphs."""
    for number, value in enumerate(values):
        html = value.get("html") if isinstance(value, dict) else None
        if value and isinstance(html, str) and len(html) > LONGEST and value.get("type") == "text":
            for piece in _parted(html):
                yield number, {**value, "html": piece}
        else:
            yield number, value


def _parted(html: str) -> Iterator[str]:
    start = 0
    while len(html) - start > LONGEST:
        cut = html.rfind("</p><p", start, start + LONGEST - len("</p>"))
        if cut <= start:
            break
        yield html[start : cut + len("</p>")]
        start = cut + len("</p>")
    yield html[start:]


def _part(part: Document, place: str, notes: list[str]) -> Document | None:
    """A story, a block, a caption: what has named fields. None for a block without content."""
    kind = part.get("type")
    if kind == "text" and isinstance(part.get("html"), str):
        return _prose(part, place, notes)
    before = f"{place}." if place else ""
    tidied: Document = {}
    for name, value in part.items():
        if name not in ADDRESSES and _is_tidy(value):
            tidied[name] = value
        elif kind == "quote" and name == "text" and isinstance(value, str):
            tidied[name] = _noted(value, text(value), before + name, notes)
        else:
            tidied[name] = _value(value, f"{before}{name}", notes)
    if kind == "embed" and part.get("url") and tidied.get("url") == "":
        return None
    return tidied


def _prose(block: Document, place: str, notes: list[str]) -> Document | None:
    try:
        html = canonical(block["html"])
    except ProseError as error:
        notes.append(f"{place} is kept, but not shown: {error}")
        return {"type": "raw", "html": clean(block["html"]), "why": str(error)}
    if not html:
        notes.append(f"empty text dropped: {place}")
        return None
    if html != block["html"]:
        notes.append(f"markup cleaned in {place}")
    return {**block, "html": html}


def _string(value: str, place: str, notes: list[str]) -> str:
    name = place.rsplit(".", 1)[-1].split("[", maxsplit=1)[0]
    if name in ASIDE or name.endswith(MOMENTS):
        return value
    if name in ADDRESSES:
        tidied = address(value)
        if value and not tidied:
            notes.append(f"address refused in {place}: {line(value)[:60]}")
            return ""
        return _noted(value, tidied, place, notes, "address tidied in")
    if name in ("html", "file"):
        return _noted(value, clean(value), place, notes)
    if name == "rights" or place.startswith("corrections["):
        return _noted(value, text(value), place, notes)
    return _noted(value, line(value), place, notes)


def _noted(
    value: str, tidied: str, place: str, notes: list[str], what: str = "white space tidied in"
) -> str:
    if value != tidied:
        unclean = not is_clean(value)
        notes.append(f"{'control characters removed from' if unclean else what} {place}")
    return tidied
