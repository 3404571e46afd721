"""Headlines that wait for their story: what stories name, and nothing here is yet.

Counted in the database, most wanted first; what is told beside each is asked for a page of them
at a time. Only working copies are asked: what is published says the same, or will.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import RowNumber

from .models import Article, ImportItem, ImportRun, KnownHeadline, RelatedPost
from .story import headline_key

AT_ONCE = 200
SHOWN = 5  # stories named beside a headline; how many there are is told


@dataclass(frozen=True)
class Waiting:
    """A headline, how many stories want it, some of them, and some of those that have it."""

    key: str
    headline: str
    wanted: int
    wanted_by: list[Article]
    candidates: list[Article]

    @property
    def more(self) -> bool:
        """Whether more stories want it than are named."""
        return self.wanted > len(self.wanted_by)

    @property
    def why(self) -> str:
        """none: nothing here has it; several: more than one has; itself: only the story does
        that names it."""
        return ("none", "itself", "several")[min(len(self.candidates), 2)]


def waiting(start: int = 0, limit: int | None = None) -> Iterator[Waiting]:
    """All that wait, most wanted first, as a stream; or `limit` of them from `start` on."""
    found = _counted().order_by("-wanted", "headline_key")
    found = found[start : None if limit is None else start + limit]
    rows = found.values_list("headline_key", "words", "wanted").iterator(AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        yield from _described(some)


def of(headline: str) -> Waiting:
    """One headline, whether it waits or not."""
    key = headline_key(headline)
    counted = _counted().filter(headline_key=key).values_list("headline_key", "words", "wanted")
    (found,) = _described([*counted] or [(key, headline, 0)])
    return found


def totals() -> tuple[int, int]:
    """(how many headlines wait, how many related stories that is)."""
    found = _open().aggregate(headlines=Count("headline_key", distinct=True), links=Count("pk"))
    return found["headlines"], found["links"]


class OfRun(NamedTuple):
    """Related stories that one run brought: those with their story and those without; and those
    of earlier stories that found theirs in it."""

    connected: int
    waiting: int
    earlier: int


def of_run(run: ImportRun) -> OfRun:
    """Costs as much as the run took, however much waits beside."""
    taken = run.items.filter(revision__isnull=False, undone_by=None).order_by()
    named = RelatedPost.objects.filter(parent__in=taken.values("article")).order_by()
    told = named.aggregate(all=Count("pk"), connected=Count("post"))
    created = taken.filter(outcome=ImportItem.Outcome.CREATED).values("article")
    found = RelatedPost.objects.filter(post__in=created).exclude(parent__in=taken.values("article"))
    return OfRun(told["connected"], told["all"] - told["connected"], found.count())


def _open():
    binned = Article.objects.exclude(binned_at=None).values("pk")
    return RelatedPost.objects.filter(~Q(parent__in=binned), post=None)


def _counted():
    by_headline = _open().order_by().values("headline_key")
    return by_headline.annotate(wanted=Count("parent", distinct=True), words=Max("headline"))


def _described(rows: list[tuple[str, str, int]]) -> Iterator[Waiting]:
    keys = [key for key, _words, _wanted in rows]
    wanting, having = _wanting(keys), _having(keys)
    for key, words, wanted in rows:
        yield Waiting(key, words, wanted, wanting[key], having[key])


def _wanting(keys):
    """Some of the stories that name each."""
    posts = _open().filter(headline_key__in=keys)
    found = _first_of_each(posts.values("headline_key", "parent"), "parent")
    return _articles(dict.fromkeys((row["headline_key"], row["parent"]) for row in found))


def _having(keys):
    """Some of the stories that have each now, or had it once."""
    have = Article.objects.kept().filter(headline_key__in=keys).values("headline_key", "pk")
    had = KnownHeadline.objects.filter(headline_key__in=keys, article__binned_at=None)
    had = had.values("headline_key", "article")
    pairs = [(row["headline_key"], row["pk"]) for row in _first_of_each(have, "pk")]
    pairs += [(row["headline_key"], row["article"]) for row in _first_of_each(had, "article")]
    return _articles(dict.fromkeys(pairs))


def _first_of_each(rows, column):
    """The first few for each headline: the most common one may be that of thousands."""
    number = Window(RowNumber(), partition_by=[F("headline_key")], order_by=F(column).asc())
    return rows.order_by("headline_key", column).annotate(number=number).filter(number__lte=SHOWN)


def _articles(pairs: Iterable[tuple[str, int]]) -> dict[str, list[Article]]:
    pairs = list(pairs)
    columns = ("headline", "path", "source", "source_id", "source_url", "first_published_at")
    known = Article.objects.only(*columns).in_bulk({pk for _key, pk in pairs})
    found: dict[str, list[Article]] = defaultdict(list)
    for key, pk in pairs:
        found[key].append(known[pk])
    return found
