"""Two people changed one story: what both made of it, and where they meet.

Pure functions on Stories, for a save of a form that was opened before somebody else saved, for
a scheduled version behind one that is published now, and for a source that changed a story which
was edited here. Nothing is lost: what each wrote is in the merged Story, or in a conflict.
"""

from .aligning import Alignment, align
from .sequences import Conflict, Taken
from .stories import LISTS, SCALARS, SETS, Merged, Opened, item_traits, merge, nothing

__all__ = [
    "LISTS",
    "SCALARS",
    "SETS",
    "Alignment",
    "Conflict",
    "Merged",
    "Opened",
    "Taken",
    "align",
    "item_traits",
    "merge",
    "nothing",
]
