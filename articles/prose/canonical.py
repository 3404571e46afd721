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

from .characters import BLANKS, REFUSE, UNSEEN, clean, composed
from .markup import ALLOWED, SCHEMES, TOKEN, ProseError
from .writer import Writer

LONGEST = 1_000_000  # characters; the longest book review ever printed has 60,000

_gate = nh3.Cleaner(
    tags=set(ALLOWED), attributes=ALLOWED, url_schemes=SCHEMES, link_rel=None, strip_comments=True
)
# Nothing but plain paragraphs that are spelt right already, as importers make them.
_plain = re.compile(
    rf"(?:<p>(?![\s{UNSEEN}])(?:[^{BLANKS.replace(' ', '')}<>&{REFUSE}]++|&(?:amp|lt|gt);)++"
    r"(?<!\s)</p>)*+"
)


def canonical(html: str) -> str:
    """The same prose in the one spelling: "" or a run of `p h2 h3 ul ol blockquote table`.

    Takes any text of at most `LONGEST` characters and raises `ProseError` on a longer one, or
    on a table of over `tables.CELLS` cells. `canonical(canonical(x)) == canonical(x)`.
    """
    if len(html) > LONGEST:
        raise ProseError(f"a text may be {LONGEST:,} characters long; this one has {len(html):,}")
    if _plain.fullmatch(html) and "  " not in html and composed(html) == html:
        return html
    for _ in range(4):
        written = _written(clean(html))
        html = _gate.clean(written).replace("&nbsp;", "\xa0") if written else ""
        if html == written:
            return html
    raise ProseError("this markup cannot be brought into one spelling")


def _written(html: str) -> str:
    writer = Writer()
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
