"""Is it a page, by what it says?"""

from __future__ import annotations

import re

from articles.story import StoryError

from . import labels
from .decoding import decoded
from .paragraphs import Paragraph, paragraphs

_other = re.compile(r"\s*(?:[\[{<]|#!|# |---\s*\n|%[!P]|WARC/)")
LONG_LINE = 160  # characters: prose that no program has wrapped
LONGEST_LABEL = 400  # characters of a line of the template; that of the categories may be long


def recognises(head: bytes) -> bool:
    """A line of the template is enough; else a headline and paragraphs, each on one long line."""
    plain = head.decode("utf-8-sig", "ignore")
    if not _other.match(plain) and any(map(_is_template, plain.splitlines())):
        return True  # as nearly all are, without mending and taking them apart
    try:
        text, _ = decoded(head)
    except StoryError:
        return False
    if _other.match(text):
        return False
    found = paragraphs(text)
    lines = (paragraph.text for paragraph in found if not paragraph.is_list)
    return any(map(_is_template, lines)) or _is_prose(found)


def _is_template(text: str) -> bool:
    return len(text) <= LONGEST_LABEL and bool(
        labels.category_line.fullmatch(text)
        or labels.close_video.fullmatch(text)
        or labels.recent_line.fullmatch(text)
        or labels.share_line.fullmatch(text)
    )


def _is_prose(found: list[Paragraph]) -> bool:
    if len(found) < 3 or len(found[0].text) > 200 or found[0].is_list:
        return False
    long = [p for p in found[1:] if len(p.lines) == 1 and len(p.text) >= LONG_LINE]
    return len(long) >= 2 and len(long) * 2 >= len(found) - 1
