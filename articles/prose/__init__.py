"""Prose: the words of a story and the one spelling of their markup.

`canonical` stands at every door (editor, importer, API); `line` and `text` do the same for
plain text, `tidy` for a whole Story as JSON. Without Django.
"""

from .canonical import LONGEST, canonical
from .characters import line, text
from .markup import ALLOWED, EDITOR_EXTENSIONS, MARKS, SCHEMES, ProseError, address
from .plain import as_text, count_words, elements, excerpt, paragraphs
from .tidy import tidy

__all__ = [
    "ALLOWED",
    "EDITOR_EXTENSIONS",
    "LONGEST",
    "MARKS",
    "SCHEMES",
    "ProseError",
    "address",
    "as_text",
    "canonical",
    "count_words",
    "elements",
    "excerpt",
    "line",
    "paragraphs",
    "text",
    "tidy",
]
