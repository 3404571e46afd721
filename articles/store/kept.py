"""What came is kept, compressed: each item of a dump once, and how it was read.

So an editor can look at the source's words long after the dump is gone, and a better reader can
read them again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import zstandard
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Sum
from django.db.models.functions import Length

from .. import bulk, companions, formats, locks
from ..models import ImportItem, KeptSource
from ..story import Story

LONGEST = 5_000_000  # bytes; a longer item is imported, and not kept
AT_ONCE = 500


class NotKept(LookupError):
    """What came is not here any more, or never was. The message says so, for an editor."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def received(came: formats.Item, digest: str) -> str:
    """Digest of the bytes and of all that decides how they are read. `digest` is the bytes' own.

    The time of the file is left out: a copy of a dump is the same dump.
    """
    context = came.context
    told = [
        *(digest, came.format, context.name, context.source, str(context.timezone)),
        *(context.captured_at and context.captured_at.isoformat(), context.categories),
    ]
    return sha256(json.dumps(told).encode())


def keep(sources: dict[str, bytes], now: datetime) -> dict[str, int]:
    """Keep these bytes, by their digest, each once. Returns their keys in the database."""
    there = KeptSource.objects.filter(sha256__in=sources).values_list("sha256", "pk")
    keys = dict(there)
    pack = zstandard.ZstdCompressor().compress
    new = bulk.insert(
        KeptSource(sha256=digest, data=pack(data), size=len(data), kept_at=now)
        for digest, data in sources.items()
        if digest not in keys
    )
    return keys | {kept.sha256: kept.pk for kept in new}


def prune(before: datetime, *, plan: bool = False) -> tuple[int, int]:
    """Drop what was kept before that moment, and nobody waits for: (how many, bytes stored)."""
    waiting = ImportItem.objects.filter(
        kept=OuterRef("pk"), outcome__in=["held", "refused"], decision="", undone_by=None
    )
    old = KeptSource.objects.filter(~Exists(waiting), kept_at__lt=before).order_by("pk")
    if plan:
        told = old.aggregate(count=Count("pk"), size=Sum(Length("data")))
        return told["count"], told["size"] or 0
    count = size = 0
    while some := dict(old.values_list("pk", Length("data"))[:AT_ONCE]):
        with transaction.atomic():
            locks.one_at_a_time()  # an import may just be giving one of them to a new item
            gone = old.filter(pk__in=some)
            ImportItem.objects.filter(kept__in=gone.values("pk")).update(kept=None)
            deleted, _by_model = gone.delete()
        count, size = count + deleted, size + sum(some.values())
    return count, size


def unpacked(kept: KeptSource) -> bytes:
    return zstandard.ZstdDecompressor().decompress(bytes(kept.data), max_output_size=kept.size)


# How a dump was read, as it stands with the run


def options_told(
    context: formats.Context, *, format: str, draft: bool, media_root: Path | None
) -> dict[str, Any]:
    """The options of a run as JSON: all that it takes to read the same dump in the same way."""
    return {
        "format": format,
        "source": context.source,
        "timezone": str(context.timezone),
        "captured_at": context.captured_at and context.captured_at.isoformat(),
        "categories": [*context.categories],
        "draft": draft,
        "media_root": str(media_root) if media_root else "",
    }


def context_of(options: dict[str, Any]) -> formats.Context:
    """The inverse of `options_told`, as far as readers of dumps are concerned."""
    moment = options.get("captured_at")
    return formats.Context(
        source=options.get("source", ""),
        timezone=ZoneInfo(options.get("timezone") or "UTC"),
        captured_at=moment and datetime.fromisoformat(moment),
        categories=tuple(options.get("categories", ())),
    )


def media_root_of(options: dict[str, Any]) -> Path | None:
    """The folder of the pictures, if it is still there."""
    folder = options.get("media_root") and Path(options["media_root"])
    return folder if folder and folder.is_dir() else None


# What the ledger's row was made of


def source_of(item: ImportItem) -> formats.Item | None:
    """The item of a dump that this row tells of, as it came; None where it is not kept."""
    if item.kept is None or item.format not in formats.FORMATS:
        return None
    context = replace(
        context_of(item.run.options),
        name=item.name,
        modified=item.modified,
        learned=item.run.learned.get(item.format),
    )
    return formats.Item(item.path, item.position, item.format, unpacked(item.kept), context)


def story_of(item: ImportItem) -> Story:
    """What the source says in this item, read now.

    Raises NotKept where it is not here any more, and StoryError where it cannot be read.
    """
    came = source_of(item)
    if came is None:
        raise NotKept("what came is not kept here")
    story = formats.FORMATS[came.format].parse(came.data, came.context)
    return companions.with_files(story, media_root_of(item.run.options))
