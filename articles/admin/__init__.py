"""The desk: stories, fronts, the library, the tree of categories, and the record of what was done.

Django's admin with django-content-editor for the blocks of a story and django-prose-editor for
their text.
"""

from django.conf import settings
from django.contrib import admin

from . import (
    accounts,
    article,
    attachments,
    auditing,
    bin,
    fronts,
    ledger,
    library,
    records,
    taxonomy,
)

__all__ = [
    "accounts",
    "article",
    "attachments",
    "auditing",
    "bin",
    "fronts",
    "ledger",
    "library",
    "records",
    "taxonomy",
]

admin.site.site_header = admin.site.site_title = settings.SITE_NAME
