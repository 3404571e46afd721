"""A row of the database without the words."""

from __future__ import annotations

from django.db import models

from ..models import Photo
from ..models.fields import AddressKeyField, HeadlineKeyField, StoryField
from ..story import address_key, headline_key
from .words import ADDRESSES, MARK, TECHNICAL

KEYS = (HeadlineKeyField, AddressKeyField)  # made of another column, and never of their own


def changes(row: models.Model, words) -> dict[str, object]:
    """Column → what it says without the words, of those that say them."""
    found = {}
    for field in row._meta.concrete_fields:
        if _says_nothing(row, field):
            continue
        before = getattr(row, field.attname)
        after = _without(row, field, before, words)
        if after != before:
            found[field.attname] = after
    for field in row._meta.concrete_fields:
        if isinstance(field, HeadlineKeyField) and "headline" in found:
            found[field.attname] = headline_key(found["headline"])
        elif isinstance(field, AddressKeyField) and field.of in found:
            found[field.attname] = address_key(found[field.of])
    return found


def _says_nothing(row, field):
    if field.is_relation or field.primary_key or field.choices or isinstance(field, KEYS):
        return True
    # Of a story it is whose it is; of a photo, words.
    is_words = isinstance(row, Photo) and field.name == "source"
    return field.name in TECHNICAL and not is_words


def _without(row, field, before, words):
    if isinstance(field, StoryField):
        return words.story(before)
    if isinstance(row, Photo) and field.name == "said":
        return {name: words.text(text) for name, text in before.items()}
    if isinstance(field, models.JSONField):
        return words.json(before)
    if isinstance(field, (models.CharField, models.TextField)):
        after = _turned(field.name, words)(before)
        return after if after or field.blank else before and MARK
    return before


def _turned(name, words):
    """How a Story takes the words out of a text of this name."""
    if name == "html":
        return words.html
    return words.slug if name in ADDRESSES else words.text


def scrub(rows, words) -> int:
    """Take the words out of these rows."""
    count = 0
    for row in rows:
        if found := changes(row, words):
            type(row)._base_manager.filter(pk=row.pk).update(**found)
            count += 1
    return count


def told(row: models.Model) -> str:
    """ "tag 12": what may be said of a row whose own words must not be repeated."""
    return f"{row._meta.verbose_name} {row.pk}"
