"""What an undone run leaves behind of its stories: nothing, or what was here before it."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from .. import linking, search
from ..models import Article, ImportItem, ImportRun, Redaction, Revision, Version
from .copies import overwrite, store_rows
from .ledger import Outcome


def take_back(rows: list[ImportItem], articles: dict[int, Article], run: ImportRun) -> None:
    """Bring these articles to where they were before these items of a run, newest item first.

    Call it in a transaction, with the articles locked.
    """
    oldest = {
        row.article_id: row
        for row in rows
        if row.article_id in articles and row.outcome not in (Outcome.HELD, Outcome.REFUSED)
    }
    created = [pk for pk, row in oldest.items() if row.outcome == Outcome.CREATED]
    kept = {pk: row for pk, row in oldest.items() if row.outcome != Outcome.CREATED}
    taken = {row.revision_id for row in rows if row.article_id in kept} - {None}
    updated = {row.article_id for row in rows if row.outcome == Outcome.UPDATED} & set(kept)
    gone = Revision.objects.filter(Q(article__in=created) | Q(pk__in=taken))
    words = search.spelling.words_of_revisions(gone)
    _remove_versions(created, kept, run)
    _restore([articles[pk] for pk in updated], kept)
    for pk, row in kept.items():
        Article.objects.filter(pk=pk).update(version=row.version_before)
    bare = Article.objects.filter(pk__in=kept, versions=None).exclude(path="")
    bare.update(path="")  # no reader has ever been there
    Revision.objects.filter(pk__in=taken).delete()
    keys = {articles[pk].headline_key for pk in created} - {""}
    Article.objects.filter(pk__in=created).delete()
    ImportItem.objects.filter(pk__in=[row.pk for row in rows]).update(undone_by=run)
    _wait_again(run.of)
    search.spelling.forget(words)
    linking.connect_headlines(keys)  # one of two may be gone


def _remove_versions(created, kept, run):
    """Through the one door there is for it: a Redaction of each."""
    added = Q(article__in=created)
    for pk, row in kept.items():
        if row.number_before < row.number_after or row.outcome != Outcome.UNCHANGED:
            added |= Q(article=pk, number__gt=row.number_before)
    gone = list(Version.objects.filter(added).values_list("pk", flat=True)) if added else []
    now, why = timezone.now(), f"{run.of} was undone"
    Redaction.objects.bulk_create(Redaction(version_id=pk, at=now, why=why) for pk in gone)
    Version.objects.filter(pk__in=gone).delete()


def _restore(articles, rows):
    """The working copies become what they were."""
    had = []
    before = Revision.objects.in_bulk([rows[article.pk].before_id for article in articles])
    for article in articles:
        revision = before[rows[article.pk].before_id]
        had.append((article, article.headline))
        article.take(revision.story)
        article.head, article.digest, article.saved_at = revision, revision.digest, revision.at
    overwrite(articles)
    store_rows(articles, create=False)
    search.keep([article.head for article in articles])
    for article, headline in had:
        linking.forget(article, headline)


def _wait_again(run):
    """Items that a second reading made readable are refused again."""
    marks = run.items.exclude(undone_by=None).exclude(received="").values("received")
    ImportItem.objects.filter(
        received__in=marks,
        outcome=Outcome.REFUSED,
        decision=ImportItem.Decision.TAKEN,
        decided_by=None,
        undone_by=None,
    ).update(decision="", decided_at=None)
