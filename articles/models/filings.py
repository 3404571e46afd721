"""What a story is filed under: the words it came with, and what they mean here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import story as document
from ..story import NAME_LENGTH
from .article import Article
from .taxonomy import Author, Category, Tag


class Row(models.Model):
    """Words a story came with, in order, and what they mean here (nullable)."""

    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class Filing(Row):
    """The story is in this category."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="filings")
    words = models.CharField(max_length=document.CATEGORY_LENGTH, editable=False)
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="filings"
    )

    class Meta(Row.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self):
        return self.words


class Tagging(Row):
    """The story carries this tag."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="taggings")
    words = models.CharField(max_length=NAME_LENGTH, editable=False)
    tag = models.ForeignKey(Tag, models.SET_NULL, null=True, blank=True, related_name="taggings")

    class Meta(Row.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self):
        return self.words


class Byline(Row):
    """This person is in the byline."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    words = models.CharField(max_length=NAME_LENGTH, editable=False)
    role = models.CharField(_("role"), max_length=NAME_LENGTH, blank=True)
    author = models.ForeignKey(
        Author, models.SET_NULL, null=True, blank=True, related_name="bylines"
    )

    class Meta(Row.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self):
        return self.words
