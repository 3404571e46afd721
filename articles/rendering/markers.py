"""Places in stored HTML that are filled when a page is asked for: live names and addresses.

A marker is a comment. None can come from a story: its text is escaped, and `prose.canonical`
leaves no comment in its markup.

    <!--link 0-->words<!--/-->   the words stand until the row says what they are called now
    <!--address-->               filled with one text; `body` and `/body` only mark a part
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

MARKER = re.compile(r"<!--([a-z]+) (\d+)-->(.*?)<!--/-->|<!--(/?[a-z]+)-->", re.DOTALL)

SITE = mark_safe("<!--site-->")
ADDRESS = mark_safe("<!--address-->")
QUOTED = mark_safe("<!--quoted-->")
RECENT = mark_safe("<!--recent-->")


def named(kind: str, number: int, words: str) -> SafeString:
    """A place for the live name of the story's category, tag, author or link of this number."""
    return format_html("<!--{} {}-->{}<!--/-->", kind, number, words)


Name = Callable[[str, int, str], str]


def fill(html: str, name: Name, texts: Mapping[str, str]) -> str:
    """`name(kind, number, words)` and `texts[marker]` are HTML; what `texts` lacks is left out."""

    def filled(match: re.Match[str]) -> str:
        kind, number, words, marker = match.groups()
        return name(kind, int(number), words) if kind else texts.get(marker, "")

    return MARKER.sub(filled, html)


def part(html: str, marker: str) -> str:
    """What stands between `<!--marker-->` and `<!--/marker-->`."""
    return html.partition(f"<!--{marker}-->")[2].partition(f"<!--/{marker}-->")[0]
