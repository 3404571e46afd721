"""Every format that is read or written: one module each, and one line in this table."""

from __future__ import annotations

from . import jsonl, textpage
from .context import Format

# In the order in which they are asked whether they recognise a dump.
FORMATS: dict[str, Format] = {"jsonl": jsonl, "textpage": textpage}
AUTO = "auto"
