"""Templates, each rendered once for every shape of what they are given, with holes for the words.

Thousands of stories have the same parts: a lead, three key points, no tags. What a template makes
of them differs in the words alone, so it is asked once, and later the words are put in their
places. A template therefore sees only *that* there are words, never which: it may test and loop,
and whatever depends on the words themselves is decided before, as a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape  # Django's makes the same of a text, by way of its lazy ones
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST = 1000  # shapes kept; an odd one more only takes longer
HOLE = re.compile("\ue000([0-9]+)\ue000")
WORDS = "words"

# A shape is WORDS, "" (no words), a bool or None, or a tuple of them: ("list", shape, …) or
# ("dict", (name, shape), …).
Shape = Any


def render(template: str, context: dict[str, Any]) -> SafeString:
    """The template with this context: text and numbers, flags, None, lists and dicts of them.

    Text is escaped here, unless it is marked as safe.
    """
    words: list[str] = []
    texts, holes = _skeleton(template, _shape(context, words), get_language() or "")
    filled = [""] * (len(texts) + len(holes))
    filled[::2], filled[1::2] = texts, [words[number] for number in holes]
    return mark_safe("".join(filled))  # noqa: S308  a template's own, and escaped words


def _shape(value: Any, words: list[str]) -> Shape:
    if isinstance(value, str):
        if not value:
            return ""
        words.append(value if hasattr(value, "__html__") else escape(value))
        return WORDS
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        words.append(str(value))
        return WORDS
    if isinstance(value, dict):
        return ("dict", *[(name, _shape(part, words)) for name, part in value.items()])
    return ("list", *[_shape(part, words) for part in value])


@lru_cache(MOST)
def _skeleton(template: str, shape: Shape, _language: str) -> tuple[list[str], list[int]]:
    """The texts between the holes, and which of the words goes into each hole."""
    numbers = iter(range(10**9))
    pieces = HOLE.split(render_to_string(template, _with_holes(shape, numbers)))
    return pieces[::2], [int(number) for number in pieces[1::2]]


def _with_holes(shape: Shape, numbers: Iterator[int]) -> Any:
    if shape == WORDS:
        return mark_safe(f"\ue000{next(numbers)}\ue000")  # noqa: S308
    if not isinstance(shape, tuple):
        return shape
    kind, *parts = shape
    if kind == "dict":
        return {name: _with_holes(part, numbers) for name, part in parts}
    return [_with_holes(part, numbers) for part in parts]
