"""The bin: where stories go that were never published and are not wanted.

Nothing of them is lost: words, revisions and what imports brought stay, and a story that is
taken out again is what it was. Emptying the bin is what deletes.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import filing, locks
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


@transaction.atomic
def take_out(article: Article) -> None:
    """Back among the others. Headlines that wait for their story find it again."""
    article = _locked(article)
    if article.binned_at:
        _mark(article, at=None, by=None)
        filing.connect([article])


@transaction.atomic
def empty(thrown) -> int:
    """Delete these of the bin for good; how many. `thrown` is a queryset of articles."""
    locks.one_at_a_time()
    found = thrown.exclude(binned_at=None).filter(versions=None).order_by("pk")
    keys = list(found.values_list("pk", flat=True))
    Article.objects.filter(pk__in=keys).delete()
    return len(keys)


def of_before(moment):
    """What has lain in the bin since before this moment."""
    return Article.objects.filter(binned_at__lt=moment)


def _locked(article):
    locks.one_at_a_time()
    return Article.objects.select_for_update().get(pk=article.pk)


def _mark(article, *, at, by):
    article.binned_at, article.binned_by = at, by
    article.save(update_fields=["binned_at", "binned_by"])
