"""What stands above a headline: the name of the site, its menu, its search box, breadcrumbs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from articles.story import headline_key

from . import categories
from .body import is_advertisement, is_capitals, is_sentence
from .page import Entry
from .paragraphs import Paragraph, is_template
from .rail import is_prose

_breadcrumbs = re.compile(
    r"[^.!?»›>]{1,60}(?:\s[»›>]\s[^.!?»›>]{1,80})+|home(?:page)?|menu"
    r"|skip to (?:the )?(?:main )?content"
    r"|search|close|type your search query.{0,30}|about(?: us)?|contact(?: us)?|log ?in|sign in"
    r"|subscribe|toggle .{1,20}|open menu|close menu|primary menu|live tv|watch tv"
)
SITE_NAMES, SHORT_NAME = 5, 4  # lines; a headline has no fewer words
key_of = lru_cache(maxsize=1024)(headline_key)  # the pages of a batch have the same rail


def is_above_menu(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """The name of the site, with its menu straight below."""
    here, below = paragraphs[position], paragraphs[position + 1 : position + 2]
    return bool(
        not here.mark
        and len(here.text.split()) < SHORT_NAME
        and below
        and below[0].is_list
        and len(below[0].lines) > 1
        and any(categories.is_usual(line) for line in below[0].lines)
        and all(categories.is_usual(line) or len(line.split()) == 1 for line in below[0].lines)
    )


def is_menu(paragraph: Paragraph) -> bool:
    if paragraph.mark:
        return False
    text = paragraph.text
    first, *others = paragraph.lines
    if others and not paragraph.is_list and _breadcrumbs.fullmatch(first.casefold()):
        return all(len(line.split()) < SHORT_NAME for line in others)
    return (
        paragraph.is_list
        or bool(_breadcrumbs.fullmatch(text.casefold()))
        or categories.is_usual(text)
        or (len(text) <= 80 and not is_sentence(text) and categories.is_made_of(text, ()))
        or is_advertisement(text)
    )


def site_names(paragraphs: Sequence[Paragraph], others: Sequence[Entry], *, menu: bool) -> int:
    """How many of the first lines are the name of the site, its motto or its search box.

    Told by a menu above them, or by the rail, where it names the page itself.
    """
    lines = []
    for paragraph in paragraphs[:SITE_NAMES]:
        text = paragraph.text
        if paragraph.mark or paragraph.is_list or is_template(text) or is_prose(text):
            break
        lines.append(text)
    keys = {key_of(entry.headline) for entry in others}
    for position, text in enumerate(lines):
        before = lines[:position]
        if all(len(line.split()) < SHORT_NAME for line in before) and headline_key(text) in keys:
            return 0 if is_capitals(text) and not menu else position
    if len(lines) < 2:
        return 0
    if not menu:  # hardly a headline is a single word
        is_word = lines[0].isascii() and lines[0].isalpha() and not is_capitals(lines[1])
        return int(is_word and len(lines[1].split()) >= SHORT_NAME)
    return next((n for n, text in enumerate(lines) if len(text.split()) >= SHORT_NAME), 0)
