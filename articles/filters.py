"""Questions that lists of stories are narrowed by, asked in one place."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from .models import Category, Filing, ImportItem, Raw, Version
from .story import PubStatus


def by_status(articles, status: str):
    """Those whose `Article.status` is this one."""
    return _BY_STATUS[status](articles)


def _live(articles):
    return articles.filter(Exists(_of_each().live().filter(digest=OuterRef("digest"))))


def _changed(articles):
    return articles.filter(Exists(_of_each().live().exclude(digest=OuterRef("digest"))))


def _scheduled(articles):
    # Few are: asked from the versions, so that it costs as much as there are of them.
    pending = Version.objects.pending().values("article")
    return articles.filter(~Exists(_of_each().live()), pk__in=pending)


def _withdrawn(articles):
    return _unseen(articles).filter(Exists(_of_each().once_live()))


def _never_seen(articles):
    return _unseen(articles).exclude(Exists(_of_each().once_live()))


def _unseen(articles):
    """Neither live nor going to be."""
    pending = Version.objects.pending().values("article")
    return articles.filter(~Exists(_of_each().live())).exclude(pk__in=pending)


def _of_each():
    return Version.objects.filter(article=OuterRef("pk"))


WITHHELD = Q(pubstatus=PubStatus.WITHHELD.value)
_BY_STATUS = {
    "live": _live,
    "changed": _changed,
    "scheduled": _scheduled,
    "withdrawn": _withdrawn,
    "withheld": lambda articles: _never_seen(articles).filter(WITHHELD),
    "draft": lambda articles: _never_seen(articles).exclude(WITHHELD),
}


def in_branch(articles, category: int):
    """Those filed under this category or one below it."""
    branch = Category.objects.descendants(category, include_self=True)
    keys = list(branch.values_list("pk", flat=True))
    filed = Filing.objects.filter(article=OuterRef("pk"), category__in=keys)
    return articles.filter(Exists(filed))


def with_notes(articles):
    """Those about which the reader of a dump had something to say."""
    return articles.exclude(notes=[])


def with_raw(articles):
    """Those with markup that nobody understood."""
    return articles.filter(Exists(Raw.objects.filter(parent=OuterRef("pk"))))


def held(articles):
    """Those of which an import brought something else, and nobody has decided yet. Few are: asked
    from the ledger's side."""
    waiting = ImportItem.objects.undecided().filter(outcome=ImportItem.Outcome.HELD)
    return articles.filter(pk__in=waiting.order_by().values("article"))


DOUBTFUL = 0.5  # a reader of dumps less sure than this has guessed more than it read


def doubtful(rows):
    """Articles, or items of the ledger, of which the reader of the dump was not sure."""
    return rows.filter(confidence__lt=DOUBTFUL)
