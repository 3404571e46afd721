"""Places in stored HTML that are filled when a page is asked for: live names and addresses.

A marker is a comment. None can come from a story: its text is escaped, and `prose.canonical`
leaves no comment in its markup.

    <!--link 0-->words<!--/-->   the words stand until the row says what they are called now
    <!--photo 12-->…<!--/-->     what stands within goes when the rights to photo 12 have ended
    <!--images-->…<!--/images-->   the pictures in the JSON of a story, a photo marker each
    <!--address-->               filled with one text; `body` and `/body` only mark a part
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from html import escape

from django.utils.safestring import SafeString, mark_safe

PICTURES = re.compile(r"<!--images-->(.*?)<!--/images-->", re.DOTALL)
PICTURE = re.compile(r"<!--photo (\d+)-->(.*?)<!--/-->", re.DOTALL)
MARKER = re.compile(r"<!--([a-z]+) (\d+)-->(.*?)<!--/-->|<!--(/?[a-z]+)-->", re.DOTALL)

SITE = mark_safe("<!--site-->")
ADDRESS = mark_safe("<!--address-->")
QUOTED = mark_safe("<!--quoted-->")
RECENT = mark_safe("<!--recent-->")


def named(kind: str, number: int, words: str) -> SafeString:
    """A place for the live name of the story's category, tag, author or link of this number."""
    return mark_safe(f"<!--{kind} {number}-->{escape(words)}<!--/-->")  # noqa: S308  escaped


def named_by(kind: str, number: int, text: str) -> SafeString:
    """A place for what is said of it in another way than by a link; `text` stands until then."""
    return mark_safe(f"<!--{kind} {number}-->{text}<!--/-->")  # noqa: S308  escaped already


def while_ours(photo: int, html: str) -> SafeString:
    """HTML that shows a photo, or names its address, in the place that is emptied in time."""
    return mark_safe(f"<!--photo {photo}-->{html}<!--/-->")  # noqa: S308  HTML already


Name = Callable[[str, int, str], str]


def fill(html: str, name: Name, texts: Mapping[str, str], over: Collection[int] = ()) -> str:
    """`name(kind, number, words)` and `texts[marker]` are HTML; what `texts` lacks is left out.

    over: keys of the photos that readers may not see any more.
    """

    def images(match: re.Match[str]) -> str:
        kept = [image for photo, image in PICTURE.findall(match[1]) if int(photo) not in over]
        return f'"image":[{",".join(kept)}],' if kept else ""

    def filled(match: re.Match[str]) -> str:
        kind, number, words, marker = match.groups()
        if kind == "photo":
            return "" if int(number) in over else MARKER.sub(filled, words)
        return name(kind, int(number), words) if kind else texts.get(marker, "")

    return MARKER.sub(filled, PICTURES.sub(images, html))


def part(html: str, marker: str) -> str:
    """What stands between `<!--marker-->` and `<!--/marker-->`."""
    return html.partition(f"<!--{marker}-->")[2].partition(f"<!--/{marker}-->")[0]
