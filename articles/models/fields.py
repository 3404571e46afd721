"""Columns that know our documents."""

from __future__ import annotations

from django.db import models

from ..story import ADDRESS_KEY_LENGTH, LONGEST, Story, address_key, headline_key


class StoryField(models.JSONField):
    """A whole Story as JSON: a Story in Python, a JSON object in the database."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else Story.from_json(value)

    def get_db_prep_value(self, value, connection, prepared=False):
        if isinstance(value, Story):
            value = value.as_dict()
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj):
        return self.value_from_object(obj).as_dict()

    def to_python(self, value):
        return Story.from_dict(value) if isinstance(value, dict) else value


class HeadlineKeyField(models.CharField):
    """Letters and digits of the row's headline, kept in step by every save, bulk or single."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args, **{"max_length": LONGEST["headline"], "editable": False, "blank": True, **kwargs}
        )

    def pre_save(self, instance, add):
        key = headline_key(instance.headline)
        setattr(instance, self.attname, key)
        return key


class AddressKeyField(models.CharField):
    """One spelling of the web address in the column `of`, kept in step by every save."""

    def __init__(self, *args, of="url", **kwargs):
        self.of = of
        own = {"max_length": ADDRESS_KEY_LENGTH, "editable": False, "blank": True, "default": ""}
        super().__init__(*args, **{**own, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, instance, add):
        key = address_key(getattr(instance, self.of))
        setattr(instance, self.attname, key)
        return key
