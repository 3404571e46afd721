"""What is to be done about each story of a batch."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from ..models import Article, ImportItem, Version
from ..story import PubStatus
from .ledger import Item, Outcome


class Before:
    """What is known here of the stories of a batch: asked once, articles locked."""

    def __init__(self, items, now):
        ids = defaultdict(list)
        for item in items:
            ids[item.story.source].append(item.story.source_id)
        wanted = Q()
        for source, source_ids in ids.items():
            wanted |= Q(source=source, source_id__in=source_ids)
        locked = Article.objects.filter(wanted).select_for_update().order_by("pk")
        self.articles = {(article.source, article.source_id): article for article in locked}
        self.last, self.taken = {}, {}
        if self.articles:
            self._ask_ledger(wanted)
            self._ask_versions(now)

    def _ask_ledger(self, wanted):
        ledger = ImportItem.objects.filter(wanted).order_by("pk")
        columns = ("source", "source_id", "digest", "revision__digest")
        for source, source_id, digest, taken in ledger.values_list(*columns):
            self.last[source, source_id] = digest
            if taken:
                self.taken[source, source_id] = taken

    def _ask_versions(self, now):
        own = Version.objects.filter(article__in=self.articles.values())
        self.live = {version.article_id: version for version in own.live(now)}
        self.pending = {version.article_id: version for version in own.pending(now)}
        newest = own.order_by("article", "number").values_list("article", "pubstatus", "by")
        self.newest = {article: (pubstatus, by) for article, pubstatus, by in newest}


def decide(item: Item, before: Before) -> tuple[str, str]:
    """(outcome, reason) of a story: what will be done about it."""
    article, digest = item.article, item.digest
    canceled = item.story.pubstatus == PubStatus.CANCELED
    if article is None:
        return (
            (Outcome.UNCHANGED, "nothing here to withdraw") if canceled else (Outcome.CREATED, "")
        )
    if _older(item.story.version, article.version):
        return Outcome.UNCHANGED, f"version {article.version} is here"
    if canceled:
        visible = article.pk in before.live or article.pk in before.pending
        return (Outcome.WITHDRAWN, "") if visible else (Outcome.UNCHANGED, "")
    if digest == article.digest:
        back = before.newest.get(article.pk) == TAKEN_DOWN_BY_THE_SOURCE and is_newer(item)
        return (Outcome.UPDATED if back else Outcome.UNCHANGED), ""
    if held := _why_held(article, item.key, before):
        return Outcome.HELD, held
    return Outcome.UPDATED, ""


TAKEN_DOWN_BY_THE_SOURCE = (Version.PubStatus.CANCELED, None)


def is_newer(item: Item) -> bool:
    """Whether the source counts this one higher than what is here."""
    return bool(item.article) and _older(item.article.version, item.story.version)


def _why_held(article, key, before):
    """Why an editor has to decide; "" when nobody here has touched the story."""
    if before.taken.get(key) != article.digest:
        return "it was edited here"
    pubstatus, by = before.newest.get(article.pk, ("", None))
    if pubstatus == Version.PubStatus.CANCELED and by:
        return "it was withdrawn here"
    pending = before.pending.get(article.pk)
    return "a version is scheduled here" if pending and pending.by_id else ""


def _older(version, than):
    """Whether a source's own version is lower; versions that are no numbers tell nothing."""
    return version.isdecimal() and than.isdecimal() and int(version) < int(than)
