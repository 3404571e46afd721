"""What stories are filed under: categories (a tree), tags, authors.

Stories keep the words they came with; these rows are what the words mean today.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.models import OrderableTreeNode

from ..story import CATEGORY_LENGTH, NAME_LENGTH, join_category

PATH_LENGTH = 190  # so that a Redirect (200) can hold it with its slashes


class Category(OrderableTreeNode):
    """A place in the tree. `path` and `words` are derived from the branch by `addresses`."""

    parent = TreeNodeForeignKey(
        "self",
        verbose_name=_("parent"),
        blank=True,
        null=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        allow_unicode=True,
        blank=True,
        help_text=_("The part of the address. Left empty, it is made from the name."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("One or two sentences for readers and feeds.")
    )
    path = models.CharField(max_length=PATH_LENGTH, unique=True, editable=False)
    words = models.CharField(max_length=CATEGORY_LENGTH, editable=False)

    class Meta(OrderableTreeNode.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="category_slug_once"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(parent=None), name="category_top_slug_once"
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="category_has_slug"),
        ]
        indexes = [models.Index(fields=["words"], name="category_words")]

    def __str__(self):
        return self.words.replace("\\/", "∕") or self.name

    def get_absolute_url(self):
        return reverse("category", kwargs={"path": self.path})

    def names(self):
        """The names from the root down."""
        return [*(self.parent.names() if self.parent else []), self.name]

    def clean(self):
        super().clean()
        if self.parent and join_category(self.names()).count("/") > 5:
            raise ValidationError({"parent": _("A category can be at most six levels deep.")})


class Alias(models.Model):
    """What a category, tag or author was called once: stories and dumps go on saying it."""

    words = models.CharField(max_length=CATEGORY_LENGTH)  # case-folded
    category = models.ForeignKey(Category, models.CASCADE, null=True, related_name="aliases")
    tag = models.ForeignKey("Tag", models.CASCADE, null=True, related_name="aliases")
    author = models.ForeignKey("Author", models.CASCADE, null=True, related_name="aliases")

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["words"],
                condition=Q(**{f"{kind}__isnull": False}),
                name=f"alias_{kind}_once",
            )
            for kind in ("category", "tag", "author")
        ]

    def __str__(self):
        return self.words

    @classmethod
    def remember(cls, row, words: str) -> None:
        """`row` (a category, tag or author) was called this. Its newest owner keeps a name."""
        kind = row._meta.model_name
        named = cls.objects.filter(words=words.casefold(), **{f"{kind}__isnull": False})
        if not named.update(**{kind: row}):
            cls.objects.create(words=words.casefold(), **{kind: row})


class Tag(models.Model):
    """A keyword readers can follow."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        indexes = [models.Index(fields=["name"], name="tag_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("tag", kwargs={"slug": self.slug})


class Author(models.Model):
    """Somebody in a byline. A staff account is optional and never made by an import."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    role = models.CharField(_("role"), max_length=NAME_LENGTH, blank=True)
    biography = models.TextField(_("biography"), blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("staff account"),
        null=True,
        blank=True,
        related_name="author",
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        indexes = [models.Index(fields=["name"], name="author_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("author", kwargs={"slug": self.slug})
