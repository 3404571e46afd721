"""Which story a related story's words mean, when either of the two arrives.

In this order: the address it has here, the address it had at its source, the headline an editor
connected with a story, and the headline that exactly one story has or had. What several have
waits, and so does what none has: `waiting` tells which. Filling a key is never an edit, and a
page shows a link only while its target is live. What lies in the bin is meant by nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Count, Min, Model
from django.utils import timezone

from .models import Article, Installation, KnownHeadline, Link, RelatedPost
from .story import address_key, headline_key

Words = tuple[str, str]  # the headline and the address of a related story

# What waits: its column for the story, and the story that its words stand in.
WAITING: tuple[tuple[type[Model], str, str], ...] = (
    (RelatedPost, "post", "parent_id"),
    (Link, "target", "version__article_id"),
)


def targets(posts: Iterable[Words]) -> dict[Words, int]:
    """The story of each of these words. What waits is left out."""
    posts = set(posts)
    paths = _by_path({_path_here(url) for _, url in posts} - {""})
    addresses = by_address({address_key(url) for _, url in posts} - {""})
    keys = {words: headline_key(words[0]) for words in posts}
    headlines = by_headline(set(keys.values()) - {""})
    found = {}
    for words in posts:
        pk = (
            paths.get(_path_here(words[1]))
            or addresses.get(address_key(words[1]))
            or headlines.get(keys[words])
        )
        if pk:
            found[words] = pk
    return found


def _path_here(url):
    """The path of an address on this site, decoded; "" of any other."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return ""
    return unquote(parts.path)


def _by_path(paths):
    known = Article.objects.kept().filter(path__in=paths) if paths else Article.objects.none()
    return dict(known.values_list("path", "pk"))


def by_address(keys: Collection[str]) -> dict[str, int]:
    """The story that was at each of these addresses (see `address_key`), where it is one alone."""
    if not keys:
        return {}
    known = Article.objects.kept().filter(source_url_key__in=keys).exclude(source_url_key="")
    return {key: pk for key, count, pk in _counted(known, "source_url_key") if count == 1}


def by_headline(keys: Collection[str]) -> dict[str, int]:
    """The story each of these headlines (see `headline_key`) means."""
    found = {}
    for key, claims in _claims(keys).items():
        if claims.meant:
            found[key] = claims.meant
        elif claims.count <= 1 and len(claims.stories) == 1:
            (found[key],) = claims.stories
    return found


@dataclass
class Claims:
    """Who may be meant by a headline: `count` stories have it now; of `stories` one stands for
    them all, the others had it once. `meant` is the one an editor chose."""

    meant: int | None = None
    count: int = 0
    stories: set[int] = field(default_factory=set)


def _claims(keys) -> dict[str, Claims]:
    found: dict[str, Claims] = defaultdict(Claims)
    if not keys:
        return found
    have = Article.objects.kept().filter(headline_key__in=keys)
    for key, count, pk in _counted(have, "headline_key"):
        found[key].count = count
        found[key].stories.add(pk)
    had = KnownHeadline.objects.filter(headline_key__in=keys, article__binned_at=None)
    for key, pk, by in had.values_list("headline_key", "article", "by"):
        if by:
            found[key].meant = pk
        else:
            found[key].stories.add(pk)
    return found


def _counted(articles, column):
    """(value, how many have it, one of them): a headline of ten thousand stories is one row."""
    by_value = articles.order_by().values(column).annotate(count=Count("pk"), one=Min("pk"))
    return by_value.values_list(column, "count", "one")


# When a story arrives, or one goes


def connect(articles: Iterable[Article]) -> int:
    """Give the links that waited for these stories their key. Returns how many were given."""
    articles = list(articles)
    here = {address_key(settings.SITE_URL + a.path): a.pk for a in articles if a.path}
    given = _give("url_key", here)
    given += _give("url_key", by_address({a.source_url_key for a in articles} - {""}))
    return given + connect_headlines({article.headline_key for article in articles})


def connect_headlines(keys: Collection[str]) -> int:
    """The same for headlines that may mean one story alone now: another was deleted, say."""
    return _give("headline_key", by_headline(set(keys) - {""}))


def _give(column, stories):
    """Fill the keys of what waits with one of these values in this column. `stories`: value →
    key. Only values that mean one story are asked for: thousands may wait for the others."""
    given = 0
    for model, key, owner in WAITING if stories else ():
        waiting = model.objects.filter(**{key: None}).exclude(**{column: ""}).order_by()
        asked = waiting.filter(**{f"{column}__in": stories}).values_list(column, flat=True)
        for value in asked.distinct():
            alike = waiting.filter(**{column: value})
            others = alike.exclude(**{owner: stories[value]})  # none is related to itself
            count = others.update(**{key: stories[value]})
            given += count if model is RelatedPost else 0  # versions say what their copies say
    return given


# Headlines beside a story's own


def remember(article: Article, headline: str) -> None:
    """The story had this headline. The world may go on calling it that, if it ever saw it."""
    key = headline_key(headline)
    if not key or key == headline_key(article.headline):
        return
    if article.source == Installation.here() and not article.versions.exists():
        return
    remember_all([(article, headline)])


def remember_all(pairs: Iterable[tuple[Article, str]]) -> None:
    """The same for stories of a source: what they were called there is known there."""
    now = timezone.now()
    KnownHeadline.objects.bulk_create(
        (KnownHeadline(article=row, headline=had, at=now) for row, had in pairs if had),
        ignore_conflicts=True,
    )


def forget(article: Article, headline: str) -> None:
    """The story has its own headline back, and never had this one: an import was undone."""
    key, own = headline_key(headline), headline_key(article.headline)
    if key == own:
        return
    KnownHeadline.objects.filter(article=article, headline_key=own, by=None).delete()
    _let_go(key, article.pk)
    connect_headlines({key})
    connect([article])


def choose(headline: str, article: Article, *, by) -> int:
    """An editor says which story this headline means, now and whenever it comes again.

    Links that an earlier choice had connected follow. Returns how many links were connected.
    """
    key = headline_key(headline)
    earlier = KnownHeadline.objects.filter(headline_key=key, by__isnull=False)
    for known in earlier.exclude(article=article):
        _let_go(key, known.article_id)
        known.delete()
    KnownHeadline.objects.update_or_create(
        headline_key=key,
        article=article,
        defaults={"headline": headline, "by": by, "at": timezone.now()},
    )
    return connect_headlines({key})


def _let_go(key, article):
    for model, column, _owner in WAITING:
        model.objects.filter(**{"headline_key": key, column: article}).update(**{column: None})
