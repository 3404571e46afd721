"""Two changed copies of one Story, brought together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import prose
from ..story import (
    BOOKKEEPING,
    CaptionBlock,
    Contributor,
    EmbedBlock,
    GalleryBlock,
    PubStatus,
    QuoteBlock,
    RawBlock,
    RelatedBlock,
    Story,
    TextBlock,
)
from .aligning import Traits, traits_of
from .sequences import Conflict, Join, Placed, Record, Taken, Values, merge_items

SCALARS = (
    *("headline", "slug", "slugline", "standfirst", "language", "byline", "dateline", "rights"),
    *("pubstatus", "embargoed_until"),
)
LISTS = ("key_points", "categories", "authors", "related", "corrections")
# A set: replaced by another, a tag is removed and another one is added.
SETS = ("tags",)
# Parts whose fields are each somebody's own words: two may change them in different fields.
OPEN = (CaptionBlock, QuoteBlock, Contributor)


@dataclass(frozen=True)
class Merged:
    """`story` has the changes of both; in each of `conflicts` it holds ours."""

    story: Story
    conflicts: tuple[Conflict, ...]
    taken: tuple[Taken, ...]


def merge(
    base: Story, ours: Story, theirs: Story, decided: Mapping[str, Values] | None = None
) -> Merged:
    """What both made of `base`, per field, per item of a list, per paragraph and block.

    `decided`: for places that would be conflicts, what shall stand there: of a list and of the
    body none, one or several items, else one value. Bookkeeping is never a conflict.
    """
    record = Record(dict(decided or {}))
    found: dict[str, Any] = {}
    for name in Story.__struct_fields__:
        three = [getattr(story, name) for story in (base, ours, theirs)]
        found[name] = _field(name, three, record)
    if not found["headline"].strip() and found["pubstatus"] != PubStatus.CANCELED:
        found["headline"] = _needed_headline(base, ours, theirs, record)
    found["body"] = _body(base.body, ours.body, theirs.body, record)
    return Merged(Story(**found), tuple(record.conflicts), tuple(record.taken))


def nothing(story: Story) -> Story:
    """What a story was before anybody wrote it: the base of two that have none in common."""
    return Story(source=story.source, source_id=story.source_id, pubstatus=PubStatus.CANCELED)


def _field(name: str, three: list[Any], record: Record) -> Any:
    base, ours, theirs = three
    if name == "body":
        return ()
    if name in BOOKKEEPING:
        return theirs if ours == base else ours
    if name in SCALARS:
        return record.scalar(name, base, ours, theirs)
    if name == "lead":
        values = _three(name, base, ours, theirs, record)
        return values[0] if values else None
    if theirs in (base, ours):
        return ours
    merged = merge_items(
        name,
        *three,
        record=record,
        traits=None if name in SETS else item_traits,
        join=_join(record),
    )
    return theirs if ours == base else tuple(item.value for item in merged)


def _needed_headline(base: Story, ours: Story, theirs: Story, record: Record) -> str:
    """One took the headline out, as of a story that is recalled, and the other made it usable,
    which no story without one is: the headline that is left stands, and it is a conflict."""
    record.taken = [taken for taken in record.taken if taken.place != "headline"]
    for words in record.decided.get("headline", ()):
        if words.strip():
            return str(words)
    three = (story.headline for story in (base, ours, theirs))
    if all(conflict.place != "headline" for conflict in record.conflicts):
        record.conflicts.insert(0, Conflict("headline", *three))
    return ours.headline if ours.headline.strip() else theirs.headline


def _three(place: str, base: Any, ours: Any, theirs: Any, record: Record) -> Values:
    """One thing that is there or None."""
    if base and ours and theirs and ours != base and theirs not in (base, ours):
        return _join(record)(place, base, ours, theirs)
    return (record.scalar(place, base, ours, theirs),)


def _join(record: Record) -> Join:
    """What becomes of an item that both changed."""

    def join(place: str, base: Any, ours: Any, theirs: Any) -> Values:
        if isinstance(base, GalleryBlock) and _alike(base, ours, theirs):
            lists = [part.captions for part in (base, ours, theirs)]
            captions = merge_items(
                f"{place}.captions", *lists, record=record, traits=item_traits, join=join
            )
            return (GalleryBlock(captions=tuple(item.value for item in captions)),)
        if not isinstance(base, OPEN) or not _alike(base, ours, theirs):
            return record.settle(place, base, ours, theirs)
        fields = {}
        for name in base.__struct_fields__:
            three = (getattr(part, name) for part in (base, ours, theirs))
            fields[name] = record.scalar(f"{place}.{name}", *three)
        return (type(base)(**fields),)

    return join


def _alike(base: Any, *others: Any) -> bool:
    kinds = {(type(part), getattr(part, "kind", None)) for part in (base, *others)}
    return len(kinds) == 1


# The body: a sequence of paragraphs and blocks


@dataclass(frozen=True)
class Opened:
    """A body: its paragraphs (strings) and blocks, and which of them begin a block of text."""

    items: tuple[Any, ...]
    begins: frozenset[int]

    @classmethod
    def of(cls, body: tuple[Any, ...]) -> Opened:
        items: list[Any] = []
        begins = set()
        for block in body:
            elements = prose.elements(block.html) if isinstance(block, TextBlock) else []
            if elements:
                begins.add(len(items))
            items += elements or [block]
        return cls(tuple(items), frozenset(begins))


def _body(base: Values, ours: Values, theirs: Values, record: Record) -> Values:
    if theirs in (base, ours):
        return ours
    three = [Opened.of(body) for body in (base, ours, theirs)]
    items = [body.items for body in three]
    merged = merge_items("body", *items, record=record, traits=item_traits, join=_join(record))
    return theirs if ours == base else _closed(merged, *three)


def _closed(merged: list[Placed], *three: Opened) -> tuple[Any, ...]:
    """Runs of paragraphs as blocks of text again, parted where they were."""
    body: list[Any] = []
    run: list[str] = []

    def close() -> None:
        if run:
            body.append(TextBlock(html="".join(run)))
            run.clear()

    before: Placed | None = None
    for item in merged:
        if not isinstance(item.value, str):
            close()
            body.append(item.value)
        else:
            again = before is not None and before[1:] == item[1:]  # two that stand for one
            length = sum(map(len, run)) + len(item.value)
            if length > prose.LONGEST or (not again and _begins(item, *three)):
                close()
            run.append(item.value)
        before = item
    close()
    return tuple(body)


def _begins(item: Placed, base: Opened, ours: Opened, theirs: Opened) -> bool:
    was = item.base in base.begins
    mine = was if item.ours is None else item.ours in ours.begins
    other = was if item.theirs is None else item.theirs in theirs.begins
    return other if mine == was else mine


def item_traits(item: Any) -> Traits:
    """What an item of a body or of a list is known by."""
    if isinstance(item, str):
        return traits_of("text", prose.as_text(item) if item.startswith("<") else item)
    if isinstance(item, CaptionBlock):
        media = item.media
        file = f"{media.file} {media.url} {media.sha256}" if media else ""
        return traits_of(item.kind, f"{item.title} {item.text} {item.credit} {item.alt} {file}")
    if isinstance(item, GalleryBlock):
        return traits_of("gallery", " ".join(c.text for c in item.captions))
    names: dict[Any, tuple[str, ...]] = {
        QuoteBlock: ("text", "cite"),
        RelatedBlock: ("headline",),
        EmbedBlock: ("url",),
        RawBlock: ("html",),
        Contributor: ("name",),
        TextBlock: ("html",),
    }
    words = (getattr(item, name) for name in names.get(type(item), ()))
    told = " ".join(words) or getattr(item, "headline", "") or getattr(item, "text", "")
    return traits_of(type(item).__name__, told)
