"""What every kind of block is: a row of one region of an article, and a part of its Story."""

from __future__ import annotations

from content_editor.models import create_plugin_base
from django.db import models
from django.db.models import Q

from .. import story as document
from .article import Article

ArticlePlugin = create_plugin_base(Article)


class Block(ArticlePlugin):
    """A row of one region of an article."""

    part: type[document.Block]  # what it is in a Story

    class Meta(ArticlePlugin.Meta):
        abstract = True
        ordering = ["ordering", "id"]

    @classmethod
    def of(cls, part):
        """The row of this part of a story, unsaved."""
        return cls(**fields_of(part))

    def as_part(self):
        return self.part(**{name: getattr(self, name) for name in self.part.__struct_fields__})


def in_region(name, regions):
    return models.CheckConstraint(condition=Q(region__in=regions), name=f"{name}_region_known")


def fields_of(part):
    return {name: getattr(part, name) for name in part.__struct_fields__}
