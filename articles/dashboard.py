"""The first page of the desk: what waits for whom. A fixed number of queries, each of which reads
as many rows as it shows, by an index; nothing counts, however large the archive is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import scope
from .models import Assignment, ImportItem, Review, Revision, Unmerged, Version

SHOWN = 8
AHEAD = timedelta(hours=24)
SAVES = 500  # of people, the newest: as many are looked at for changes that are not published
STORY, ITEM = "articles_article", "articles_importitem"


@dataclass(frozen=True)
class Line:
    key: int
    headline: str
    at: datetime | None = None
    who: object = None
    mark: str = ""
    of: str = STORY

    @property
    def url(self) -> str:
        return reverse(f"admin:{self.of}_change", args=[self.key])


@dataclass(frozen=True)
class Section:
    """`more`: the list it is the beginning of; "" where there is none."""

    name: str
    title: str
    lines: list[Line]
    more: str = ""


def sections(user, now: datetime | None = None) -> list[Section]:
    """What this user may see of it."""
    now = now or timezone.now()
    found = []
    for name, (title, permission, ask, of, query) in SECTIONS.items():
        if user.has_perm(permission):
            lines = list(ask(user, now))
            more = f"{reverse(f'admin:{of}_changelist')}?{query}" if query else ""
            found.append(Section(name, title, lines, more))
    return found


def _mine(user, now):
    rows = scope.at_the_desk(user, Assignment.objects.filter(to=user))
    rows = rows.select_related("article", "by")
    for row in rows.order_by(F("due").asc(nulls_last=True), "-id")[:SHOWN]:
        late = _("overdue") if row.due and row.due < now else ""
        yield Line(row.article_id, str(row.article), row.due, row.by, late)


def _saved(user, now):
    rows = scope.at_the_desk(user, Revision.objects.filter(by=user, article__head=F("pk")))
    for row in rows.defer("story").select_related("article").order_by("-pk")[:SHOWN]:
        yield Line(row.article_id, str(row.article), row.at)


def _review(user, now):
    rows = scope.at_the_desk(user, Review.objects.filter(state=Review.State.IN_REVIEW))
    for row in rows.select_related("article", "by").order_by("at")[:SHOWN]:
        changed = "" if row.revision_id == row.article.head_id else _("changed since")
        yield Line(row.article_id, str(row.article), row.at, row.by, changed)


def _scheduled(user, now):
    rows = Version.objects.pending(now).filter(visible_from__lte=now + AHEAD)
    rows = (
        scope.records_of(user, rows).select_related("article", "by").order_by("visible_from", "pk")
    )
    for row in rows[:SHOWN]:
        yield Line(row.article_id, str(row.article), row.visible_from, row.by)


def _embargoed(user, now):
    rows = scope.stories(user).filter(embargoed_until__gt=now).order_by("embargoed_until", "pk")
    for row in rows[:SHOWN]:
        yield Line(row.pk, str(row), row.embargoed_until)


def _changed(user, now):
    newest = Revision.objects.exclude(by=None).order_by("-pk").values("pk")[:SAVES]
    live = Version.objects.filter(article=OuterRef("pk")).live(now)
    news = Exists(live.exclude(digest=OuterRef("digest")))
    rows = scope.stories(user).filter(news, head__in=newest)
    rows = rows.select_related("head__by").defer("head__story").order_by("-head_id")
    for row in rows[:SHOWN]:
        yield Line(row.pk, str(row), row.saved_at, row.head.by)


def _held(user, now):
    rows = scope.records_of(user, ImportItem.objects.undecided())
    for row in rows.select_related("article").order_by("-pk")[:SHOWN]:
        what = str(row.article) if row.article else f"{row.source} · {row.source_id}"
        yield Line(row.pk, what, mark=row.get_outcome_display(), of=ITEM)


def _problems(user, now):
    """Of three kinds, with one query."""
    late = Assignment.objects.filter(due__lt=now)
    stale = Review.objects.filter(state=Review.State.APPROVED).exclude(revision=F("article__head"))
    unmerged = Unmerged.objects.filter(settled_at=None)
    kinds = ((late, "due", "late"), (stale, "at", "stale"), (unmerged, "at", "unmerged"))
    first, *others = (_as_problem(scope.at_the_desk(user, rows), *told) for rows, *told in kinds)
    found = first.union(*others, all=True)
    for key, headline, at, kind in found.order_by("moment")[:SHOWN]:
        yield Line(key, headline, at, mark=PROBLEMS[kind])


def _as_problem(rows, moment, kind):
    told = {"moment": F(moment), "kind": Value(kind, output_field=CharField())}
    found = rows.order_by().annotate(**told)
    return found.values_list("article_id", "article__headline", "moment", "kind")


PROBLEMS = {
    "late": _("overdue"),
    "stale": _("changed since it was approved"),
    "unmerged": _("two edits wait to be merged"),
}
VIEW, VIEW_ITEMS = "articles.view_article", "articles.view_importitem"
Ask = Callable[[object, datetime], Iterable[Line]]
SECTIONS: dict[str, tuple[str, str, Ask, str, str]] = {
    "mine": (_("Assigned to me"), VIEW, _mine, STORY, "desk=mine"),
    "saved": (_("Saved by me last"), VIEW, _saved, STORY, "desk=saved"),
    "review": (_("Waiting for review"), VIEW, _review, STORY, "desk=review"),
    "scheduled": (_("Scheduled in the next 24 hours"), VIEW, _scheduled, STORY, "desk=scheduled"),
    "embargoed": (_("Embargoed"), VIEW, _embargoed, STORY, "desk=embargoed"),
    "changed": (_("Changed, not published"), VIEW, _changed, STORY, "status=changed"),
    "held": (_("Held or refused by an import"), VIEW_ITEMS, _held, ITEM, "decision=open"),
    "problems": (_("Problems"), VIEW, _problems, STORY, ""),
}
