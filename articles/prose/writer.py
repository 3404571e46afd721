"""From a stream of tags and text to canonical blocks."""

from __future__ import annotations

from collections.abc import Callable, Container
from html import unescape

from .characters import clean, collapse
from .inline import Marks, Words
from .markup import DIVISIONS, HEADING_OF, MARK_OF, address, attributes, direction, number
from .tables import Cell, table

DEPTH = 24  # open lists, items, cells; what is nested deeper joins the innermost
LISTS = ("ul", "ol")
CELLS = ("td", "th")


class Frame:
    """An open element that holds blocks. The page itself is the one without a tag."""

    def __init__(self, tag: str, opening: str = "", implied: bool = False) -> None:
        self.tag = tag
        self.opening = opening or f"<{tag}>"
        self.implied = implied  # a list that nobody opened: an item stood alone
        self.blocks: list[str] = []
        self.frames: list[Frame] = []  # the items of a list, rows of a table, cells of a row
        self.given: dict[str, str] = {}  # the attributes of a cell
        self.outside: Marks | None = None  # the marks around a cell

    def html(self) -> str:
        inside = "".join(self.blocks) + "".join(frame.html() for frame in self.frames)
        return f"{self.opening}{inside}</{self.tag}>" if inside else ""

    def cell(self) -> Cell:
        columns, rows = (max(1, number(self.given, f"{n}span", 1000)) for n in ("col", "row"))
        return Cell(self.tag, direction(self.given), columns, rows, "".join(self.blocks))


class Writer:
    """Takes tags and text in any order; `close` gives the canonical markup.

    With `tight` all white space in the text is single spaces already."""

    def __init__(self, tight: bool = False) -> None:
        self.tight = tight
        self.frames = [Frame("")]
        self.skipped: dict[str, int] = {}  # elements that were not opened, but will be closed
        self.marks = Marks()
        self.words = Words()
        self.base = "p"  # what loose words become here: inside a heading, the heading
        self.dir = ""
        self.lines = 0  # how many <pre> are open

    def tag(self, name: str, inside: str, end: bool) -> None:
        handler = (ENDS if end else STARTS).get(name)
        if handler:
            handler(self, name, attributes(inside) if inside and not end else {})

    def text(self, text: str) -> None:
        if "&" in text:
            text = clean(unescape(text))
        elif self.tight:
            self.words.add(self.marks.key, text)
            return
        for place, one in enumerate(text.split("\n") if self.lines else [text]):
            if place:
                self.break_("br", {})
            if one := collapse(one):
                self.words.add(self.marks.key, one)

    def close(self) -> str:
        self.flush()
        self.leave(1)
        return "".join(self.frames[0].blocks)

    # Blocks

    def flush(self) -> None:
        """End the paragraph, if there is one, and put it where it belongs."""
        direction_, self.dir = self.dir, ""
        if not self.words.runs:
            return
        html, self.words = self.words.html(), Words()
        if html:
            blocks = self.receiver()
            tag = self.base if blocks is self.frames[0].blocks else "p"
            blocks.append(f"<{tag}{direction_}>{html}</{tag}>")

    def receiver(self) -> list[str]:
        """Where a paragraph goes now. Between items it is an item, between cells it goes before
        the table."""
        top = self.frames[-1]
        if top.tag in LISTS and top.implied:
            self.leave(len(self.frames) - 1)
            return self.receiver()
        if top.tag in LISTS:
            self.frames.append(Frame("li"))
        if top.tag in ("table", "tr"):
            return self.frames[self.find(("table",))].blocks
        return self.frames[-1].blocks

    def find(self, tags: Container[str], stop: Container[str] = ()) -> int:
        """The place of the innermost of these elements, not looking past `stop`; 0 for none."""
        for place in range(len(self.frames) - 1, 0, -1):
            if self.frames[place].tag in tags:
                return place
            if self.frames[place].tag in stop:
                break
        return 0

    def leave(self, place: int) -> None:
        """Close elements until only the outer `place` of them are open."""
        while len(self.frames) > place:
            frame = self.frames.pop()
            self.keep(frame, self.frames[-1] if self.frames else frame)
        if place == 1:
            self.skipped.clear()

    def keep(self, frame: Frame, parent: Frame) -> None:
        if frame.tag == "table":
            rows = [[cell.cell() for cell in row.frames] for row in frame.frames]
            parent.blocks += [*frame.blocks, table(rows)]
        elif frame.tag in CELLS:
            self.marks = frame.outside or self.marks
            parent.frames.append(frame)
        elif frame.tag in ("li", "tr"):
            if frame.blocks or frame.frames:
                parent.frames.append(frame)
        elif html := frame.html():
            parent.blocks.append(html)

    def enter(self, frame: Frame, here: bool) -> None:
        """Open the element, where it may be `here`; else its content joins what is around it."""
        self.base = "p"
        if here and len(self.frames) < DEPTH:
            self.frames.append(frame)
        else:
            self.skipped[frame.tag] = self.skipped.get(frame.tag, 0) + 1

    # What each tag does

    def division(self, name: str, given: dict[str, str]) -> None:
        self.flush()

    def paragraph(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        self.base = HEADING_OF.get(name, "p")
        self.dir = direction(given)

    def end_paragraph(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        self.base = "p"

    def lines_start(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        self.lines += 1

    def lines_end(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        self.lines = max(0, self.lines - 1)

    def break_(self, name: str, given: dict[str, str]) -> None:
        """A second break ends the paragraph; a heading has no second paragraph to begin."""
        if not self.words.add_break() and self.base == "p":
            direction_ = self.dir
            self.flush()
            self.dir = direction_

    def list(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        if self.frames[-1].tag in LISTS and self.frames[-1].frames:
            self.frames.append(self.frames[-1].frames.pop())  # it belongs to the item before
        top = self.frames[-1]
        start = number(given, "start", 10**6) if name == "ol" else 1
        opening = f"<{name}{direction(given)}" + (f' start="{start}">' if start != 1 else ">")
        here = top.tag in ("", "blockquote", *CELLS) or (top.tag == "li" and bool(top.blocks))
        self.enter(Frame(name, opening), here)

    def end(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        if self.skipped.get(name):
            self.skipped[name] -= 1
        elif place := self.find((name,), stop=() if name == "table" else CELLS):
            self.leave(place)

    def item(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        self.base = "p"
        place = self.find(LISTS, stop=CELLS)
        if place:
            self.leave(place + 1)
        elif self.frames[-1].tag in ("table", "tr"):
            return
        else:
            self.frames.append(Frame("ul", implied=True))
        self.frames.append(Frame("li", f"<li{direction(given)}>"))

    def end_item(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        if place := self.find(("li",), stop=(*LISTS, *CELLS)):
            self.leave(place)

    def top_block(self, name: str, given: dict[str, str]) -> None:
        """Quotations and tables stand between paragraphs, never inside anything."""
        self.flush()
        if self.frames[-1].implied:
            self.leave(len(self.frames) - 1)
        opening = f"<{name}{direction(given) if name == 'blockquote' else ''}>"
        self.enter(Frame(name, opening), here=len(self.frames) == 1)

    def row(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        place = self.find(("table",))
        if place and not self.skipped.get("table"):
            self.leave(place + 1)
            self.frames.append(Frame("tr"))

    def cell(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        place = self.find(("table",))
        if not place or self.skipped.get("table"):
            return
        self.base = "p"
        self.leave((self.find(("tr",)) or place) + 1)
        if self.frames[-1].tag == "table":
            self.frames.append(Frame("tr"))
        frame = Frame(name)
        frame.given, frame.outside, self.marks = given, self.marks, Marks(self.marks.key)
        self.frames.append(frame)

    def end_cell(self, name: str, given: dict[str, str]) -> None:
        self.flush()
        if not self.skipped.get("table") and (place := self.find((name,))):
            self.leave(place)

    def mark(self, name: str, given: dict[str, str]) -> None:
        """Google Docs wraps all it copies in a <b> of normal weight."""
        style = given.get("style", "").replace(" ", "").lower()
        self.marks.start(MARK_OF[name], shows="font-weight:normal" not in style)

    def end_mark(self, name: str, given: dict[str, str]) -> None:
        self.marks.end(MARK_OF[name])

    def link(self, name: str, given: dict[str, str]) -> None:
        self.marks.link(address(given.get("href", "")))

    def quote(self, name: str, given: dict[str, str]) -> None:
        self.text("“")

    def end_quote(self, name: str, given: dict[str, str]) -> None:
        self.text("”")


Handler = Callable[[Writer, str, dict[str, str]], None]
_others = dict.fromkeys([mark for mark in MARK_OF if mark != "a"])
STARTS: dict[str, Handler] = {
    **dict.fromkeys(DIVISIONS, Writer.division),
    **dict.fromkeys(("p", *HEADING_OF), Writer.paragraph),
    **dict.fromkeys(_others, Writer.mark),
    **dict.fromkeys(LISTS, Writer.list),
    **dict.fromkeys(CELLS, Writer.cell),
    **dict.fromkeys(("blockquote", "table"), Writer.top_block),
    "a": Writer.link, "br": Writer.break_, "li": Writer.item, "pre": Writer.lines_start,
    "q": Writer.quote, "tr": Writer.row,
}  # fmt: skip
ENDS: dict[str, Handler] = {
    **dict.fromkeys(DIVISIONS, Writer.division),
    **dict.fromkeys(("p", *HEADING_OF), Writer.end_paragraph),
    **dict.fromkeys(_others, Writer.end_mark),
    **dict.fromkeys((*LISTS, "blockquote", "table"), Writer.end),
    **dict.fromkeys((*CELLS, "tr"), Writer.end_cell),
    "a": Writer.link, "br": Writer.break_, "li": Writer.end_item, "pre": Writer.lines_end,
    "q": Writer.end_quote,
}  # fmt: skip
