"""Between prose and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from .characters import clean, collapse, is_blank, line
from .inline import escaped

_inner = re.compile(r"<[^>]*>")
_end = re.compile(r"</(?:p|h2|h3)>")


def paragraphs(texts: Iterable[str]) -> str:
    """Canonical HTML of plain paragraphs, one a text; blank ones are left out."""
    tidy = (collapse(clean(text)).strip(" \xa0") for text in texts)
    return "".join(f"<p>{escaped(text)}</p>" for text in tidy if not is_blank(text))


_top = re.compile(r"<(/?)(?:p|h2|h3|ul|ol|blockquote|table)(?=[\s>])[^>]*>")


def elements(html: str) -> list[str]:
    """The paragraphs, subheads, lists, quotations and tables canonical HTML is a run of."""
    found, start, depth = [], 0, 0
    for tag in _top.finditer(html):
        depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(html[start : tag.end()])
            start = tag.end()
    return [*found, html[start:]] if start < len(html) else found


def as_text(html: str) -> str:
    """The words of canonical HTML: paragraphs apart by a blank line, `<br>` as a newline."""
    text = _end.sub("\n\n", html.replace("<br>", "\n"))
    return unescape(_inner.sub("", text)).strip()


def count_words(html: str) -> int:
    """Of canonical HTML."""
    return len(as_text(html).split())


def excerpt(html_or_text: str, words: int = 15) -> str:
    """The first words of the running text on one line, with `…` where it is cut. What begins
    with a tag is canonical HTML. Scripts without spaces are cut after 12 characters a word."""
    source = as_text(html_or_text) if html_or_text.startswith("<") else html_or_text
    running = line(source[: 1000 + 60 * words])
    most = 12 * words
    short = " ".join(running.split(" ")[:words])
    if len(short) > most:
        short = short[:most].rsplit(" ", 1)[0] if " " in short[most // 2 : most] else short[:most]
    return short if short == running else f"{short.rstrip(' .,;:–—-')}…"
