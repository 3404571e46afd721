"""Erasure: words leave every copy of a story, or the whole story does. What stays is the record.

    words       finding words as they are written, and what stands for them
    rows, files what a row of the database says, and what the bytes of a file say
    references  the same story as other stories name it
    copies, library, records
                where copies are, one function a place; records are what the database guards
    erasing     all of it in one transaction

The database lets nothing of what was said be changed but through a `Redaction`: see
`models.triggers`. Who, when and why is kept there; the words are not.
"""

from .erasing import Erased, RedactionRefused, redact
from .files import left_behind
from .words import Everything, Words

__all__ = ["Erased", "Everything", "RedactionRefused", "Words", "left_behind", "redact"]
