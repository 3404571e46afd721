"""The desk: stories, the library, the tree of categories, and the record of what was done.

Django's admin with django-content-editor for the blocks of a story and django-prose-editor for
their text. See docs/editing.md.
"""

from . import article, library, records, taxonomy

__all__ = ["article", "library", "records", "taxonomy"]
