"""Which stories are whose to work on.

    with "Can work on other people's stories"    every story
    without it                                   those one has begun
    member of a desk                             of these, those whose first category lies in a
                                                 category of the desk; and one's own that have
                                                 none yet

What is not somebody's to work on is not there for them: in no list, picker, form or act of the
desk. What readers see is another question, and `Version.objects.live()` answers it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from .models import Article, Desk, Filing, Version

OTHERS, PUBLISH = "articles.others_article", "articles.publish_article"


def stories_of(user, articles):
    """Of these articles the ones that are this person's to work on."""
    if user.is_superuser:
        return articles
    if not user.has_perm(OTHERS):
        articles = articles.filter(created_by=user)
    branch = branch_of(user)
    if branch is None:
        return articles
    filed = Filing.objects.filter(article=OuterRef("pk"))
    first = _first(filed).filter(branch)
    return articles.filter(Exists(first) | (Q(created_by=user) & ~Exists(filed)))


def records_of(user, rows):
    """The same of rows that belong to an article: revisions, versions, lines of the ledger."""
    if user.is_superuser or (user.has_perm(OTHERS) and branch_of(user) is None):
        return rows
    mine = stories_of(user, Article.objects.filter(pk=OuterRef("article")))
    return rows.filter(Exists(mine))


def pickable(user, articles):
    """What a story may point to: one's own to work on, and whatever everybody can read."""
    if user.is_superuser or (user.has_perm(OTHERS) and branch_of(user) is None):
        return articles
    mine = stories_of(user, Article.objects.filter(pk=OuterRef("pk")))
    read = Version.objects.live().filter(article=OuterRef("pk"))
    return articles.filter(Exists(mine) | Exists(read))


def may_change(user, article) -> bool:
    """Of a story that is one's own to work on: whether its words may still be changed.

    Whoever may neither publish nor work on others' stories hands it over when it is published.
    """
    if article.pk is None or user.has_perm(OTHERS) or user.has_perm(PUBLISH):
        return True
    if not hasattr(article, "live_version_id"):  # it has just been stored
        article = Article.objects.with_status().get(pk=article.pk)
    return article.status in ("draft", "withheld")


def may_file(user, category) -> bool:
    """Whether a story of this person may have this as its first category. None: it has none."""
    branch = None if user.is_superuser else branch_of(user)
    if branch is None or category is None:
        return True
    paths = user.desk_paths
    return any(category.path == path or category.path.startswith(f"{path}/") for path in paths)


def may_publish(user, article) -> bool:
    """Of a story that is one's own to work on: whether its place lets this person publish it."""
    if user.is_superuser or branch_of(user) is None:
        return True
    filed = Filing.objects.filter(article=article).select_related("category")
    first = filed.order_by("position", "pk").first()
    return bool(first and first.category and may_file(user, first.category))


def branch_of(user) -> Q | None:
    """What a Filing is narrowed by: the categories of somebody's desks. None: no limit.

    One query for each account that is loaded, so one a request.
    """
    if not hasattr(user, "desk_paths"):
        rows = Desk.objects.filter(members=user).values_list("categories__path", flat=True)
        found = list(rows)
        user.desk_paths = [path for path in found if path] if found else None
    if user.desk_paths is None:
        return None
    within = Q(pk__in=[])
    for path in user.desk_paths:
        within |= Q(category__path=path) | Q(category__path__startswith=f"{path}/")
    return within


def _first(filed):
    """The first category of each."""
    before = Filing.objects.filter(article=OuterRef("article")).filter(
        Q(position__lt=OuterRef("position"))
        | Q(position=OuterRef("position"), pk__lt=OuterRef("pk"))
    )
    return filed.filter(~Exists(before))
