"""What readers see and the working copy does not have: words that went out past it.

A version that was carried is nobody's save, and what was scheduled is out of the working copy
where an earlier text was restored before it went out. Published as it is, the working copy would
take them back from readers. Whoever restores an earlier text while readers see a later one means
that: nothing is missing then.
"""

from __future__ import annotations

from dataclasses import dataclass

from .merge import merge
from .models import Article, Revision, Version

CARRY = Version.Kind.CARRY


@dataclass(frozen=True)
class Missing:
    """What `version` brought to readers. It is a change of `base`, a revision of the story."""

    version: Version
    base: Revision


def missing(article: Article) -> Missing | None:
    """None: nothing that readers see now would be taken back unnoticed.

    What somebody has merged into the working copy, or decided against there, is not missing.
    """
    shown = _shown(article)
    if shown is None or shown.visible_from <= shown.created_at:
        return None  # what goes out at once is what is saved
    knows, left = _walk(article, shown)
    if knows or _is_settled(article, shown):
        return None
    carry = article.versions.filter(kind=CARRY, revision=shown.revision_id).first()
    base = _behind_what(article, carry) if carry else left
    if base is None or _has_it(article, base, shown):
        return None
    return Missing(shown, base)


def _shown(article):
    """The version that first showed readers what they see; None where that is what is saved."""
    if not hasattr(article, "live_version_id"):
        article = Article.objects.with_status().get(pk=article.pk)
    if article.live_version_id is None or article.live_digest == article.digest:
        return None
    same = article.versions.once_live().filter(revision__versions=article.live_version_id)
    return same.order_by("number").first()


def _walk(article, shown):
    """(whether the line of saves leads through these words or left them when readers saw them,
    the save that left them earlier).

    A save that says what an earlier one said is that one again: what came between is left.
    """
    saves = article.revisions.exclude(pk__in=_carried(article)).order_by("pk")
    line: list[str] = []
    knows, left = False, None
    for pk, digest, at in saves.values_list("pk", "digest", "at"):
        was_in = shown.digest in line
        if digest in line:
            del line[line.index(digest) + 1 :]
        else:
            line.append(digest)
        if shown.digest in line:
            knows = True
        elif was_in:
            knows, left = at >= shown.visible_from, pk
    return knows, left and Revision.objects.get(pk=left)


def _carried(article):
    """Revisions that were never the working copy."""
    return Version.objects.filter(article=article, kind=CARRY).values("revision")


def _behind_what(article, carry):
    """The newest text it was carried behind that the working copy had."""
    before = article.versions.filter(number__lt=carry.number).order_by("-number")
    for version in before.select_related("revision"):
        if version.kind != CARRY or _is_settled(article, version):
            return version.revision
    return None


def _is_settled(article, version):
    """Whether somebody was asked about these very words, see `admin.merging`."""
    settled = article.unmerged.exclude(settled_at=None)
    return any(kept.story.digest == version.digest for kept in settled)


def _has_it(article, base, shown):
    """Whether the working copy says it already, by whatever way."""
    merged = merge(base.story, article.head.story, shown.story)
    return not merged.conflicts and merged.story.digest == article.digest
