"""Tables in one spelling: every row as wide as the table, no span over an edge.

That is what the editor makes of a ragged table at its first touch; doing it here first keeps an
untouched story untouched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .markup import ProseError

CELLS = 50_000
COLUMNS = 200


class Cell(NamedTuple):
    tag: str
    direction: str  # the attribute, or ""
    colspan: int
    rowspan: int
    html: str


def table(rows: Sequence[Sequence[Cell]]) -> str:
    """Markup of a table whose rows have one cell or more; "" where all cells are empty. A table
    of one cell was there for the looks: what is in it is given bare."""
    cells = [cell for row in rows for cell in row]
    if not any(cell.html for cell in cells):
        return ""
    if len(cells) == 1:
        return cells[0].html
    if len(cells) > CELLS:
        raise ProseError(f"a table may have {CELLS:,} cells; this one has {len(cells):,}")
    width = 1 + max(column for _, _, column, _ in _laid(rows, COLUMNS + 1))
    if width > COLUMNS or width * len(rows) > CELLS:
        raise ProseError(f"a table of {len(rows):,} rows and {width:,} columns is too large")
    written: list[list[str]] = [[] for _ in rows]
    for number, cell, _, span in _laid(rows, width, fill=True):
        written[number].append(_html(cell, span, min(cell.rowspan, len(rows) - number)))
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in written)
    return f"<table><tbody>{body}</tbody></table>"


def _laid(
    rows: Sequence[Sequence[Cell]], width: int, fill: bool = False
) -> Iterator[tuple[int, Cell, int, int]]:
    """Every cell with the number of its row, its column and the columns it can really span.
    With `fill`, empty cells for what is left free."""
    until = [0] * (width + 1)  # per column: the first row in which it is free
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < width and until[column] > number:
                column += 1
            end = column + 1
            while end < min(column + cell.colspan, width) and until[end] <= number:
                end += 1
            until[column:end] = [number + cell.rowspan] * (end - column)
            yield number, cell, column, end - column
            column = min(end, width)
        if fill:
            empty = Cell(row[-1].tag, "", 1, 1, "")
            for column in range(width):
                if until[column] <= number:
                    yield number, empty, column, 1


def _html(cell: Cell, colspan: int, rowspan: int) -> str:
    columns = f' colspan="{colspan}"' if colspan > 1 else ""
    rows = f' rowspan="{rowspan}"' if rowspan > 1 else ""
    return f"<{cell.tag}{cell.direction}{columns}{rows}>{cell.html}</{cell.tag}>"
