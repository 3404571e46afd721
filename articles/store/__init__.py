"""Save Stories as Articles: each once, whole batches in one transaction, never over an
editor's work.

The natural key is (source, source_id); the ledger keeps what was taken last, so that "has an
editor changed it?" is a comparison of two digests.
"""

from .copies import store_rows
from .desk import DecisionError, dismiss, take_source
from .kept import NotKept, options_told, source_of, story_of
from .ledger import Import, Item, Outcome
from .planning import plan
from .saving import save, save_what_fits

__all__ = [
    "DecisionError",
    "Import",
    "Item",
    "NotKept",
    "Outcome",
    "dismiss",
    "options_told",
    "plan",
    "save",
    "save_what_fits",
    "source_of",
    "store_rows",
    "story_of",
    "take_source",
]
