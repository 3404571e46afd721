"""Questions that lists of stories are narrowed by, asked in one place."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from .models import (
    Article,
    Attachment,
    Caption,
    Category,
    Filing,
    Gallery,
    GalleryPicture,
    ImportItem,
    Photo,
    Raw,
    Review,
    Shown,
    Version,
    Video,
)
from .story import DOUBTFUL, PubStatus


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
    # First what may be so, which is little beside an archive: an address comes with the first
    # version, and whatever nobody sees of a story that has one was taken back.
    back = Version.objects.exclude(pubstatus=PubStatus.USABLE.value).order_by().values("article")
    few = articles.filter(Q(path="") | Q(pk__in=back))
    pending = Version.objects.pending().values("article")
    return few.filter(~Exists(_of_each().live())).exclude(pk__in=pending)


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


# What waits at the desk, as the dashboard shows the beginning of it


def at_the_desk(articles, what: str, user):
    """One of `AT_THE_DESK`, for this user."""
    return AT_THE_DESK[what](articles, user, timezone.now())


def _approved_and_changed(articles, user, now):
    approved = articles.filter(review__state=Review.State.APPROVED)
    return approved.exclude(review__revision=F("head"))


def _coming(articles, user, now):
    until = now + timedelta(hours=24)
    pending = Version.objects.pending(now).filter(visible_from__lte=until)
    return articles.filter(pk__in=pending.values("article"))


AT_THE_DESK = {
    "mine": lambda articles, user, now: articles.filter(assignment__to=user),
    "saved": lambda articles, user, now: articles.filter(head__by=user),
    "review": lambda articles, user, now: articles.filter(review__state=Review.State.IN_REVIEW),
    "approved": lambda articles, user, now: articles.filter(
        review__state=Review.State.APPROVED, review__revision=F("head")
    ),
    "stale": _approved_and_changed,
    "overdue": lambda articles, user, now: articles.filter(assignment__due__lt=now),
    "scheduled": _coming,
    "embargoed": lambda articles, user, now: articles.filter(embargoed_until__gt=now),
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


def doubtful(rows):
    """Articles, or items of the ledger, of which the reader of the dump was not sure."""
    return rows.filter(confidence__lt=DOUBTFUL)


# Pictures

SOON = timedelta(days=30)


def using(file: Photo | Video | Attachment):
    """The stories with this file in their working copy, or in what readers see or will; of a photo
    also those with a film that it is the poster of."""
    key = file._meta.model_name
    versions = Version.objects.filter(**{f"shown__{key}": file})
    captions, galleries = Q(**{key: file}), Gallery.objects.none()
    if key == "photo":
        captions |= Q(video__poster=file)
        galleries = Gallery.objects.filter(pictures__photo=file)
    return (
        Article.objects.kept()
        .filter(
            Q(pk__in=Caption.objects.filter(captions).values("parent"))
            | Q(pk__in=galleries.values("parent"))
            | Q(pk__in=versions.live().values("article"))
            | Q(pk__in=versions.pending().values("article"))
        )
        .order_by("-saved_at", "-id")
    )


def photos(queryset, look: str | None):
    """Those that somebody has to look at, for one of the reasons of `_PHOTOS`."""
    wanted = _PHOTOS.get(look or "")
    return wanted(queryset) if wanted else queryset


def _ending(queryset):
    now = timezone.now()
    return queryset.filter(rights_until__gt=now, rights_until__lte=now + SOON)


def _unused(queryset):
    photo = OuterRef("pk")
    rows = [model.objects.filter(photo=photo) for model in (Caption, GalleryPicture, Shown)]
    return queryset.exclude(Exists(Video.objects.filter(poster=photo))).filter(
        *(~Exists(of_it) for of_it in rows)
    )


_PHOTOS = {
    "alt": lambda queryset: queryset.filter(alt=""),
    "credit": lambda queryset: queryset.filter(credit=""),
    "ending": _ending,
    "over": lambda queryset: queryset.over(),
    "unused": _unused,
}
