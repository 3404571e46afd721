"""Is it a page, by what it says?"""

from __future__ import annotations

import re

from articles.story import StoryError

from . import labels
from .decoding import decoded
from .paragraphs import Paragraph, paragraphs

_other = re.compile(r"\s*(?:[\[{<]|#!|# |---\s*\n|%[!P]|WARC/)")
LONG_LINE = 160  # characters: prose that no program has wrapped


def recognises(head: bytes) -> bool:
    """A line of the template is enough; else a headline and paragraphs, each on one long line."""
    try:
        text, _ = decoded(head)
    except StoryError:
        return False
    if _other.match(text):
        return False
    found = paragraphs(text)
    return any(_is_template(paragraph) for paragraph in found) or _is_prose(found)


def _is_template(paragraph: Paragraph) -> bool:
    if paragraph.is_list:
        return False
    text = paragraph.text
    return bool(
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
