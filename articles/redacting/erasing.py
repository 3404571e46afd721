"""Erasure in one transaction: whatever fails, nothing has happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import addresses, audit, derive, locks, publishing, revisions, search, sharing
from ..models import (
    Article,
    FrontRevision,
    RelatedPost,
    Revision,
    Search,
    Suggestion,
    Text,
    Version,
)
from . import copies, files, library, records
from .references import Named
from .words import Everything, Words

KEPT_ELSEWHERE = "what came of other stories"
# Made of the others, and always anew; or saying the words, but perhaps of another story.
NO_COPY = {"search", "pages", KEPT_ELSEWHERE}


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
    with files.kept_or_gone() as written, transaction.atomic():
        transaction.on_commit(written.clear)  # from here on they are what rows name
        locks.one_at_a_time()
        if connection.vendor == "sqlite":  # what is freed is overwritten, not only forgotten
            connection.cursor().execute("PRAGMA secure_delete = ON").close()
        article = Article.objects.select_for_update().get(pk=article.pk)
        act = records.Act(at=timezone.now(), by=by, why=why.strip())
        erased = _Erasure(article, words, act, None if plan else written).run()
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
    def __init__(self, article, words, act, written):
        self.article, self.words, self.act, self.written = article, words, act, written
        first = article.revisions.order_by("at").first()
        self.told = Erased(article.pk, since=first and first.at, until=act.at)

    def run(self) -> Erased:
        self.named = Named.of(self.article)
        self.elsewhere = self.named.elsewhere()
        self.spelled = self._spelled()
        about = copies.about(self.article, self.words)
        versions = self.article.versions
        live, pending = versions.live(self.act.at).first(), list(versions.pending(self.act.at))
        self._not_guarded(about)
        self._working_copies()
        self._address()
        self._guarded(about)
        self._derived()
        gone, stays = copies.names(self.article, self.words)
        self._count("tags, authors, categories", gone)
        self.told.stays += stays
        self._said_anew(live, pending)
        if not any(number for what, number in self.told.counts.items() if what not in NO_COPY):
            raise RedactionRefused(_("No copy of this story says that."))
        audit.record("redact", self.article, by=self.act.by, at=self.act.at, detail=self.act.why)
        return self.told

    def _count(self, what, number=1):
        self.told.counts[str(what)] += int(number)

    def _spelled(self):
        """The words, one by one, that somebody who mistypes one must not be told any more."""
        if isinstance(self.words, Everything):
            return search.spelling.words_of_revisions(self.article.revisions.all())
        return search.spelling.words_of(self.words.phrases)

    # Copies that are nobody's record

    def _not_guarded(self, about):
        counts, stays = library.without(self.article, self.words, self.written)
        self.told.counts += counts
        self.told.stays += stays
        self._count("ledger", copies.ledger(self.article, self.words))
        kept = copies.kept_elsewhere(self.elsewhere, self.named.headlines, self.words)
        self._count(KEPT_ELSEWHERE, kept)
        self._count("log", copies.log(about, self.words))
        self._count("known headlines", copies.known_headlines(self.article, self.words))

    def _working_copies(self):
        self._count("working copy", copies.working_copy(self.article, self.words))
        self.article = self._again(self.article.pk)
        if isinstance(self.words, Everything):
            sharing.revoke(self.article.share_links.all(), by=self.act.by, now=self.act.at)
        for other in Article.objects.filter(pk__in=self.elsewhere).select_for_update():
            story = other.as_story()
            without = self.named.out_of(story, self.words)
            if without != story:
                self._other(other, without)
                self._again(other.pk)

    def _other(self, other, story):
        """Another story's rows stay what they are, but for what they say of this one."""
        Article.objects.filter(pk=other.pk).update(recent=story.as_dict().get("recent", []))
        for row in RelatedPost.objects.filter(parent=other):
            if new := self.named.out_of_post(row, self.words):
                RelatedPost.objects.filter(pk=row.pk).update(**new)
        for text in Text.objects.filter(parent=other):
            html = self.named.out_of_html(text.html, self.words)
            if html != text.html:
                Text.objects.filter(pk=text.pk).update(html=html)
        self._count("other stories that name it")

    def _again(self, pk):
        """A new revision, so that no form that is open now can store the words again."""
        article = Article.objects.get(pk=pk)
        revisions.record(article, by=self.act.by, at=self.act.at, act="redact")
        return article

    def _address(self):
        path = self.article.path
        if isinstance(self.words, Everything):
            told = _("the address %(path)s stays: it answers 410") % {"path": path}
            self.told.stays += [told] if path else []
            return
        if self.words.are_in(path):
            last = self.words.slug(path.rstrip("/").rpartition("/")[2])
            addresses.change(self.article, f"{last}-{self.article.pk}", by=self.act.by)
            self._count("address")
        self.article.refresh_from_db()
        self._count("old addresses", copies.redirects(self.article, self.words))

    # Copies that only a Redaction opens

    def _guarded(self, about):
        self._revisions()
        self._change(records.versions(self.named, self.elsewhere, self.words))
        self._change(records.notes(self.article, self.words))
        self._fronts()
        self._change(records.entries(about, self.digests, self.words))

    def _revisions(self):
        rows = records.revisions(self.named, self.article.source_id, self.elsewhere, self.words)
        digests: dict[int, dict[str, str]] = defaultdict(dict)
        for row, new in rows:
            digests[row.article_id][row.digest] = new["digest"]
            self._change([(row, new)])
        self.digests = digests
        articles = Article.objects.filter(pk__in=[self.article.pk, *self.elsewhere])
        for article in articles.select_related("head"):
            Article.objects.filter(pk=article.pk).update(digest=article.head.digest)

    def _fronts(self):
        """A front's newest arrangement once more, so that an open form of it is out of date."""
        changed = [row for row, _new in self._change(records.fronts(self.article, self.words))]
        for front in {row.front for row in changed}:
            head = front.head
            if head in changed:
                FrontRevision.objects.create(
                    front=front,
                    arrangement=head.arrangement,
                    digest=head.digest,
                    at=self.act.at,
                    by=self.act.by,
                )

    def _change(self, rows):
        changed = []
        for row, new in rows:
            self.act.change(row, new)
            self._count(row._meta.verbose_name_plural)
            changed.append((row, new))
        return changed

    # What is made of them

    def _derived(self):
        articles = [self.article.pk, *self.elsewhere]
        found = Revision.objects.filter(article__in=articles)
        heads = Article.objects.filter(pk__in=articles).values("head")
        shown = Version.objects.filter(article__in=articles)
        Suggestion.objects.filter(Q(version__in=shown) | Q(target__in=articles)).delete()
        Search.objects.filter(revision__in=found.values("pk")).delete()
        found = found.filter(Q(pk__in=heads) | Q(pk__in=shown.values("revision")))
        self._count("pages", sum(derive.again(shown)))
        self._count("search", sum(search.again(found)))
        whole = isinstance(self.words, Everything)
        (search.spelling.forget if whole else search.spelling.drop)(self.spelled)
        if isinstance(self.words, Words):
            library.pages_with(self.article)
        if connection.vendor == "sqlite":  # its index keeps deleted words until it is put in order
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO articles_words (articles_words) VALUES ('optimize')")

    def _said_anew(self, live, pending):
        """Readers see it at once, and so that what they kept is out of date."""
        act = {"kind": Version.Kind.REDACT, "by": self.act.by, "now": self.act.at}
        if isinstance(self.words, Everything):
            last = live or (pending[-1] if pending else None)
            again = [(last, self.act.at)] if last else []
            act |= {"pubstatus": Version.PubStatus.CANCELED, "why": self.act.why}
        else:
            again = [(live, self.act.at)] if live else []
            again += [(version, version.visible_from) for version in reversed(pending) if live]
            act |= {"pubstatus": Version.PubStatus.USABLE}
        for version, at in again:
            now = Version.objects.get(pk=version.pk)  # without the words
            publishing.add_copy(now, visible_from=at, **act)
