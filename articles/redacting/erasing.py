"""Erasure in one transaction: whatever fails, nothing has happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import addresses, derive, locks, publishing, revisions, search, sharing
from ..models import Article, Redaction, RelatedPost, Revision, Search, Suggestion, Version
from ..story import headline_key
from . import copies, references
from .words import Everything, Words

MADE = {"search", "pages"}  # of the others, and always anew
SAID = ("headline", "excerpt", "url")  # of a story, by one that names it


class RedactionRefused(ValueError):
    """It is not done. The message says why."""


@dataclass
class Erased:
    """What was done, or would be. `since`, `until`: backups made between them hold the words."""

    article: int
    counts: Counter[str] = field(default_factory=Counter)
    stays: list[str] = field(default_factory=list)
    since: datetime | None = None
    until: datetime | None = None


def redact(article: Article, words: Words | Everything, *, by, why: str, plan=False) -> Erased:
    """Take the words out of every copy of a story. `plan`: say what would change, and change
    nothing."""
    if not why.strip():
        raise RedactionRefused(_("A redaction needs a reason."))
    if isinstance(words, Words) and words.are_in(why):
        raise RedactionRefused(_("The reason stays: it must not say the words themselves."))
    with transaction.atomic():
        locks.one_at_a_time()
        if connection.vendor == "sqlite":  # what is freed is overwritten, not only forgotten
            connection.cursor().execute("PRAGMA secure_delete = ON").close()
        article = Article.objects.select_for_update().get(pk=article.pk)
        erased = _Erasure(article, words, by, why.strip()).run()
        if plan:
            transaction.set_rollback(True)
        else:
            transaction.on_commit(_forget)
    return erased


def _forget():
    """What is outside of the transaction: caches, and SQLite's own log of changes."""
    cache.clear()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


class _Erasure:
    def __init__(self, article, words, by, why):
        self.article, self.words, self.by, self.why = article, words, by, why
        self.now = timezone.now()
        first = article.revisions.order_by("at").first()
        self.told = Erased(article.pk, since=first and first.at, until=self.now)

    def run(self) -> Erased:
        headlines = references.headlines_of(self.article)
        self.keys = {headline_key(headline) for headline in headlines} - {""}
        named = references.naming(self.article, headlines)
        versions = self.article.versions
        live, pending = versions.live(self.now).first(), list(versions.pending(self.now))
        self._count("library", copies.library(self.article, self.words))
        self._count("ledger", copies.ledger(self.article, headlines, named, self.words))
        self._count("log", copies.log(self.article, self.words))
        self._working_copies(named)
        self._guarded(Revision, self._revision, named)
        self._guarded(Version, self._version, named)
        self._derived([self.article.pk, *named])
        gone, self.told.stays = copies.names(self.article, self.words)
        self._count("tags, authors, categories", gone)
        self._act(live, pending)
        self._address()
        if not any(number for what, number in self.told.counts.items() if what not in MADE):
            raise RedactionRefused(_("No copy of this story says that."))
        return self.told

    def _count(self, what, number):
        self.told.counts[what] += int(number)

    # Copies that are nobody's record

    def _working_copies(self, named):
        self._count("working copy", copies.working_copy(self.article, self.words))
        self.article = self._again(self.article.pk)
        if isinstance(self.words, Everything):
            sharing.revoke(self.article.share_links.all(), by=self.by, now=self.now)
        for other in Article.objects.filter(pk__in=named).select_for_update():
            story = other.as_story()
            without = references.without(story, self.keys, self.words)
            if without != story:
                self._other(other, without)
                self._again(other.pk)

    def _other(self, other, story):
        """Another story's rows stay what they are, but for what they say of this one."""
        Article.objects.filter(pk=other.pk).update(recent=story.as_dict().get("recent", []))
        for row in RelatedPost.objects.filter(parent=other, headline_key__in=self.keys):
            said = self.words.entry({name: getattr(row, name) for name in SAID})
            new = {name: said.get(name, "") for name in SAID}
            key = headline_key(new["headline"])
            RelatedPost.objects.filter(pk=row.pk).update(**new, headline_key=key)
        self._count("other stories that name it", 1)

    def _again(self, pk):
        """A new revision, so that no form that is open now can store the words again."""
        article = Article.objects.get(pk=pk)
        revisions.record(article, by=self.by, at=self.now)
        return article

    # Copies that only a Redaction opens

    def _guarded(self, model, without, named):
        rows = model.objects.filter(article__in=[self.article.pk, *named])
        rows = rows if model is Revision else rows.select_related("revision")
        for row in rows.order_by("pk").iterator(chunk_size=50):
            if new := without(row):
                door = Redaction.objects.create(
                    **{model._meta.model_name: row}, at=self.now, by=self.by, why=self.why
                )
                if model is Revision:
                    new["redaction"] = door
                model.objects.filter(pk=row.pk).update(**new)
                self._count(str(model._meta.verbose_name_plural), 1)
        if model is Revision:
            articles = Article.objects.filter(pk__in=[self.article.pk, *named])
            for article in articles.select_related("head"):
                Article.objects.filter(pk=article.pk).update(digest=article.head.digest)

    def _revision(self, revision):
        story = revision.story
        if revision.article_id == self.article.pk:
            new = self.words.story(story)
            new = new.replace(source_id=self.article.source_id)
        else:
            new = references.without(story, self.keys, self.words)
        return {"story": new, "digest": new.digest} if new != story else None

    def _version(self, version):
        own = version.article_id == self.article.pk
        said = self.words.text(version.correction) if own else version.correction
        new = {"digest": version.revision.digest, "correction": said}
        return new if new != {"digest": version.digest, "correction": version.correction} else None

    # What is made of them

    def _derived(self, articles):
        found = Revision.objects.filter(article__in=articles)
        heads = Article.objects.filter(pk__in=articles).values("head")
        shown = Version.objects.filter(article__in=articles)
        Suggestion.objects.filter(Q(article__in=articles) | Q(target__in=articles)).delete()
        Search.objects.filter(revision__in=found.values("pk")).delete()
        found = found.filter(Q(pk__in=heads) | Q(pk__in=shown.values("revision")))
        self._count("search", sum(search.again(found)))
        self._count("pages", sum(derive.again(shown)))
        if connection.vendor == "sqlite":  # its index keeps deleted words until it is put in order
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO articles_words (articles_words) VALUES ('optimize')")

    def _act(self, live, pending):
        """Readers see it at once, and so that what they kept is out of date."""
        gone = isinstance(self.words, Everything)
        live = live and Version.objects.get(pk=live.pk)  # as it is now
        pending = [Version.objects.get(pk=version.pk) for version in pending]
        publishing.redacted(live, pending, by=self.by, now=self.now, why=self.why, gone=gone)

    def _address(self):
        path = self.article.path
        if isinstance(self.words, Everything):
            told = _("the address %(path)s stays: it answers 410") % {"path": path}
            self.told.stays += [told] if path else []
            return
        if self.words.are_in(path):
            last = self.words.slug(path.rstrip("/").rpartition("/")[2])
            addresses.change(self.article, f"{last}-{self.article.pk}")
            self._count("address", 1)
        self.article.refresh_from_db()
        self._count("old addresses", copies.redirects(self.article, self.words))
