"""The documents of the sample newsroom: letters of a page, set in a typewriter's face."""

from __future__ import annotations

from pathlib import Path

import pikepdf

A4 = (595, 842)  # points
MARGIN, LEADING, SIZE = 72, 17, 11

LETTERS = {
    "bench": """\
                                        COUNCIL OF THE TARROW ISLES
                                                           Sandrey

To the yards that bid for the six ferries


Dear builders,

you have sent us 2,300 pages. We have read them, in turn, in the
evenings. They are about batteries, and we believe all they say.

We pay a quarter of the ships. For that we ask for one thing which
is on none of your drawings:

    On every ship there shall be a bench outside, on the lee
    side, for eight persons, out of the way of the loudspeaker.

A ferry is the only room on the islands that everybody uses. It is
our square, our waiting room and our front door. Please build it as
if you knew that.

The bench need not be electric.


                                 For the council

                                 Asta Lindqvist, chair
                                 Peder Quill, clerk
""",
}


def write(name: str, path: Path) -> None:
    """A PDF of one page. Every time the same bytes: they are a document's identity."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=A4)
        page = document.pages[0]
        face = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))
        page.Contents = document.make_stream(_typed(LETTERS[name]))
        document.Root.Lang = pikepdf.String("en")
        document.save(path, deterministic_id=True)


def _typed(text: str) -> bytes:
    """The operators of ISO 32000 that set these lines."""
    for sign in "\\()":
        text = text.replace(sign, f"\\{sign}")
    lines = [f"({line}) ' " for line in text.splitlines()]
    start = f"BT /F1 {SIZE} Tf {LEADING} TL {MARGIN} {A4[1] - MARGIN} Td "
    return (start + "".join(lines) + "ET").encode("latin-1")
