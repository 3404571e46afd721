"""The one spelling of markup.

A browser's parser is generous and can be made to work for minutes by 100 kB of crossed tags.
This one knows only what prose is made of: a stack of lists, quotations and table cells, and a
paragraph whose words each carry a set of marks. So any order of tags gives a well-formed
result in one pass, and everything written is either a tag from the allow-list or escaped text.
nh3 stands behind it and has the last word.
"""

from __future__ import annotations

import re

import nh3

from .characters import BLANKS, REFUSE, UNSEEN, clean, composed, is_tight
from .markup import ALLOWED, MARKS, SCHEMES, TOKEN, ProseError
from .writer import Writer

LONGEST = 1_000_000  # characters; the longest book review ever printed has 60,000

_gate = nh3.Cleaner(
    tags=set(ALLOWED), attributes=ALLOWED, url_schemes=SCHEMES, link_rel=None, strip_comments=True
)
# Most of what comes is spelt right already: it was here before, or an importer made it. These
# two see that at a tenth of the price. First every paragraph and subhead that holds nothing
# unusual, its marked words apart from each other by others, becomes its name and a NUL; then
# what is left has to be a plain order of blocks. (No group is captured within a possessive
# one: Python 3.11 loses its place.)
_text = rf"(?:[^<>&{BLANKS[1:]}{REFUSE}]++|&(?:amp|lt|gt);)++"
_sound = rf"(?![\s{UNSEEN}]){_text}(?<!\s)"
_href = r"https?://(?:[a-z0-9]++\.)++[a-z]{2,}+(?:/(?:[!#-%'-;=?-\[\]^_a-~]++|&amp;)*+)?+"
_marked = [f"<{mark}>{_sound}</{mark}>" for mark in MARKS if mark != "a"]
_leaf = re.compile(
    rf'<(p|h2|h3)>(?![\s{UNSEEN}])(?:{_text}|(?:<a href="{_href}">{_sound}</a>|{"|".join(_marked)})'
    r"(?= ?[^ <]|</(?:p|h2|h3)>))++(?<!\s)</\1>"
)
_items = r"(?:<li>(?:p\0)++</li>)++"
_order = re.compile(
    rf"(?:(?:p|h2|h3)\0|<ul>{_items}</ul>|<ol>{_items}</ol>|<blockquote>(?:p\0)++</blockquote>)*+"
)


def canonical(html: str) -> str:
    """The same prose in the one spelling: "" or a run of `p h2 h3 ul ol blockquote table`.

    Takes and gives at most `LONGEST` characters; raises `ProseError` on a longer text, and on a
    table of over `tables.CELLS` cells. `canonical(canonical(x)) == canonical(x)`.
    """
    _check_length(html)
    if _is_canonical(html):
        return html
    for _ in range(4):
        written = _written(clean(html))
        _check_length(written)
        html = _gate.clean(written).replace("&nbsp;", "\xa0") if written else ""
        if html == written:
            return html
    raise ProseError("this markup cannot be brought into one spelling")


def _check_length(html: str) -> None:
    if len(html) > LONGEST:
        raise ProseError(f"a text may be {LONGEST:,} characters long; this one has {len(html):,}")


def _is_canonical(html: str) -> bool:
    """Sure, where it says so. U+0338 makes one letter with an escaped `>` before it."""
    if "  " in html or "\0" in html or "\u0338" in html or composed(html) != html:
        return False
    return _order.fullmatch(_leaf.sub("\\1\0", html)) is not None


def _written(html: str) -> str:
    writer = Writer(is_tight(html))
    pieces = TOKEN.split(html)
    if pieces[0]:
        writer.text(pieces[0])
    for end, name, inside, text in zip(
        pieces[2::5], pieces[3::5], pieces[4::5], pieces[5::5], strict=True
    ):
        if name:
            writer.tag(name.lower(), inside, bool(end))
        if text:
            writer.text(text)
    return writer.close()
