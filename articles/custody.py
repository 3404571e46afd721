"""The bin: where stories go that were never published and are not wanted.

Nothing of them is lost: words, revisions and what imports brought stay, and a story that is
taken out again is what it was. Emptying the bin is what deletes.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import audit, linking, locks
from .models import Article

KEPT_FOR = timedelta(days=30)


class BinError(Exception):
    """The message says why not, for an editor."""


@transaction.atomic
def throw_away(article: Article, *, by, now=None) -> None:
    """Into the bin. Raises `BinError` for what was ever published or scheduled."""
    article = _locked(article)
    if article.versions.exists():
        raise BinError(_("It was published or scheduled, so its record is kept."))
    if article.binned_at is None:
        _mark(article, at=now or timezone.now(), by=by)
        audit.record("bin", article, by=by)
        linking.connect_headlines({article.headline_key})  # it may have been one of two


@transaction.atomic
def take_out(article: Article, *, by) -> None:
    """Back among the others. Headlines that wait for their story find it again."""
    article = _locked(article)
    if article.binned_at:
        _mark(article, at=None, by=None)
        audit.record("take out", article, by=by)
        linking.connect([article])


@transaction.atomic
def empty(thrown, *, by=None) -> int:
    """Delete these of the bin for good; how many. `thrown` is a queryset of articles."""
    locks.one_at_a_time()
    found = list(thrown.exclude(binned_at=None).filter(versions=None).order_by("pk"))
    for article in found:
        audit.record("delete", article, by=by)
    Article.objects.filter(pk__in=[article.pk for article in found]).delete()
    linking.connect_headlines({article.headline_key for article in found})
    return len(found)


def of_before(moment):
    """What has lain in the bin since before this moment."""
    return Article.objects.filter(binned_at__lt=moment)


def _locked(article):
    locks.one_at_a_time()
    return Article.objects.select_for_update().get(pk=article.pk)


def _mark(article, *, at, by):
    article.binned_at, article.binned_by = at, by
    article.save(update_fields=["binned_at", "binned_by"])
