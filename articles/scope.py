"""Which stories are whose to work on.

    with "Can work on other people's stories"    every story
    without it                                   those one has begun
    member of a desk                             of these, those whose first category lies in a
                                                 category of the desk; and one's own that have
                                                 none yet
    everybody                                    what is assigned to them

What is not somebody's to work on is not there for them: in no list, picker, form, act or record
of the desk. What readers see is another question, and `Version.objects.live()` answers it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from .models import Article, Assignment, Desk, Filing, Version

OTHERS, PUBLISH = "articles.others_article", "articles.publish_article"


def has_desk(user) -> bool:
    """Whether desks limit what this person works on."""
    return not user.is_superuser and branch_of(user) is not None


def works_on_all(user) -> bool:
    """Whether every story is this person's to work on, and so what is about all of them."""
    return user.is_superuser or (user.has_perm(OTHERS) and not has_desk(user))


def stories(user):
    """The stories that are this person's to work on, without those in the bin."""
    return stories_of(user, Article.objects.kept())


def stories_of(user, articles):
    """Of these articles the ones that are this person's to work on."""
    if works_on_all(user):
        return articles
    own, mine = Q(created_by=user), Q()
    if not user.has_perm(OTHERS):
        mine &= own
    if (branch := branch_of(user)) is not None:
        filed = Filing.objects.filter(article=OuterRef("pk"))
        first = _first(filed).filter(branch)
        mine &= Q(_one_is_null(first, False)) | (own & Q(_one_is_null(filed, True)))
    given = Assignment.objects.filter(to=user).values("article")
    return articles.filter(mine | Q(pk__in=given))


def _one_is_null(rows, null: bool) -> IsNull:
    """Whether there is none of these rows, or one, asked story by story on the way down a list.

    Not EXISTS: PostgreSQL would look at all filings there are first, for a page of fifty. And not
    the one as the other's opposite: where nothing can fit, Django says "no" to either.
    """
    return IsNull(Subquery(rows.values("pk")[:1]), null)


def is_theirs(user, article) -> bool:
    """Whether a story is this person's to work on, as it is stored now."""
    return works_on_all(user) or stories_of(user, Article.objects.filter(pk=article.pk)).exists()


def records_of(user, rows, article="article"):
    """The same of rows that belong to an article, the one in this column: revisions, versions,
    lines of the ledger. Those of stories in the bin are among them."""
    if works_on_all(user):
        return rows
    mine = stories_of(user, Article.objects.filter(pk=OuterRef(article)))
    return rows.filter(Exists(mine))


def at_the_desk(user, rows):
    """The same without what belongs to a story in the bin."""
    return records_of(user, rows.filter(article__binned_at=None))


def fronts_of(user, fronts):
    """Of these fronts the ones that are this person's: of a desk those of its categories."""
    return fronts.filter(branch_of(user)) if has_desk(user) else fronts


def pickable(user, articles):
    """What a story may point to: one's own to work on, and whatever everybody can read."""
    if works_on_all(user):
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
    if category is None or not has_desk(user):
        return True
    paths = user.desk_paths
    return any(category.path == path or category.path.startswith(f"{path}/") for path in paths)


def may_publish(user, article) -> bool:
    """Of a story that is one's own to work on: whether its place lets this person publish it."""
    if not has_desk(user):
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
