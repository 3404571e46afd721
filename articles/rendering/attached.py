"""What a page needs to offer a document or recording of the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import ngettext

from ..models import Attachment
from ..story import CaptionBlock


@dataclass(frozen=True)
class Attached:
    """Where it is, what it is, and under which name it is saved."""

    href: str
    mime: str
    size: int  # bytes
    seconds: int | None
    name: str  # of the file that a reader saves, of the story's own words
    facts: tuple[str, ...]  # "PDF", "12 pages", "1.4 MB"


def attached(words: CaptionBlock, file: Attachment) -> Attached:
    suffix = PurePath(file.file.name).suffix
    return Attached(
        href=file.file.url,
        mime=file.mime,
        size=file.size,
        seconds=file.seconds,
        name=f"{slugify(words.title, allow_unicode=True)[:80] or words.kind}{suffix}",
        facts=facts(file),
    )


def facts(file: Attachment) -> tuple[str, ...]:
    """In words: its kind, how long it is, its size."""
    kind = PurePath(file.file.name).suffix.removeprefix(".").upper()
    pages = file.pages and ngettext("%(n)s page", "%(n)s pages", file.pages) % {"n": file.pages}
    return tuple(filter(None, (kind, pages, _clock(file.seconds), filesizeformat(file.size))))


def _clock(seconds: int | None) -> str:
    """2:05, or 1:02:05; "" where it is not known."""
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
