"""The stories in the bin, as a kind of their own: for the page of the desk that shows them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .article import Article


class BinnedArticle(Article):
    """The same rows, those that are thrown away and those that are not."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("story in the bin")
        verbose_name_plural = _("bin")
