"""Every format that is read or written, one module each, and the driver for all of them.

A format is `recognises(head)`, `split(stream)`, `parse(item, context)`, `write(story)` and
`carried(story)` (see `context.Format`) and one line in `known.FORMATS`.
"""

from .context import Context, Format, Item, NotADump, Read, Result, Unreadable
from .driver import Place, Reading, items, parsed, read_paths
from .known import AUTO, FORMATS
from .sources import Source

__all__ = [
    "AUTO",
    "FORMATS",
    "Context",
    "Format",
    "Item",
    "NotADump",
    "Place",
    "Read",
    "Reading",
    "Result",
    "Source",
    "Unreadable",
    "items",
    "parsed",
    "read_paths",
]
