"""Save Stories as Articles: each once, whole batches in one transaction, never over an
editor's work.

The natural key is (source, source_id); the ledger keeps what was taken last, so that "has an
editor changed it?" is a comparison of two digests.
"""

from .copies import overwrite, store_rows
from .desk import DecisionError, dismiss, merge_source, take_source
from .kept import NotKept, context_of, options_told, prune, source_of, story_of, unpacked
from .ledger import Import, Item, Outcome
from .planning import Planned, plan
from .rereading import kept_items, read_again
from .saving import save, save_what_fits
from .undoing import CannotUndo, Undo

__all__ = [
    "CannotUndo",
    "DecisionError",
    "Import",
    "Item",
    "NotKept",
    "Outcome",
    "Planned",
    "Undo",
    "context_of",
    "dismiss",
    "kept_items",
    "merge_source",
    "options_told",
    "overwrite",
    "plan",
    "prune",
    "read_again",
    "save",
    "save_what_fits",
    "source_of",
    "store_rows",
    "story_of",
    "take_source",
    "unpacked",
]
