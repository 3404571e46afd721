"""Categories, tags, authors and files that an undone run made, and nothing else uses."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from .. import derive, library, locks
from ..filing import media_of
from ..models import (
    Article,
    Attachment,
    Author,
    Caption,
    Category,
    GalleryPicture,
    ImportMade,
    ImportRun,
    Origin,
    Photo,
    Revision,
    Shown,
    Tag,
    Version,
    Video,
)

Kind = ImportMade.Kind
AT_ONCE = 100


def unmake(run: ImportRun, begun: Callable[[], ImportRun]) -> int:
    """Remove what this run made and nobody uses. Returns how much that was.

    `begun()` is called in the transaction, before anything goes.
    """
    gone = 0
    made = {kind: set() for kind in Kind}
    for kind, key in run.made.values_list("kind", "key"):
        made[kind].add(key)
    if any(made[kind] for kind in LIBRARY):
        gone += _Library(run, made).unmake(begun)
    for kind, model in ((Kind.TAG, Tag), (Kind.AUTHOR, Author), (Kind.CATEGORY, Category)):
        if made[kind]:
            gone += _unmake_names(run, kind, model, made[kind], begun)
    return gone


# A film goes before its poster.
LIBRARY = {
    Kind.ORIGIN: Origin,
    Kind.VIDEO: Video,
    Kind.PHOTO: Photo,
    Kind.ATTACHMENT: Attachment,
}
UNUSED = {
    Kind.TAG: {"taggings": None, "listings": None, "aliases": None},
    Kind.AUTHOR: {
        "bylines": None,
        "listings": None,
        "aliases": None,
        "biography": "",
        "account": None,
    },
    Kind.CATEGORY: {
        "filings": None,
        "listings": None,
        "aliases": None,
        "children": None,
        "front": None,
        "description": "",
    },
}


def _unmake_names(run, kind, model, keys, begun):
    """Those that no story is filed under; of categories the lowest first."""
    gone = 0
    with transaction.atomic():
        locks.one_at_a_time()
        unused = model.objects.filter(pk__in=keys, **UNUSED[kind])
        while found := list(unused.values_list("pk", flat=True)):
            begun()
            model.objects.filter(pk__in=found).delete()
            run.made.filter(kind=kind, key__in=found).delete()
            gone += len(found)
    return gone


class _Library:
    """Files of the library, and the names under which they came."""

    def __init__(self, run, made):
        self.run, self.made = run, made
        # Stories that are as they were before this run: whatever they show of it, they did not.
        touched = Article.objects.filter(imports__in=run.items.exclude(undone_by=None))
        held = run.items.filter(undone_by=None, article__isnull=False)
        self.undone = {*touched.values_list("pk", flat=True)}
        self.undone -= {*held.values_list("article", flat=True)}
        since = Revision.objects.filter(at__gte=run.started_at, by__isnull=False)
        self.named = {
            name
            for revision in since.iterator(chunk_size=AT_ONCE)
            for _source, media in media_of(revision.story)
            for name in (media.sha256, media.file)
            if name
        }

    def unmake(self, begun):
        gone = 0
        for kind, model in LIBRARY.items():
            keys = sorted(self.made[kind])
            for start in range(0, len(keys), AT_ONCE):
                rows = model.objects.filter(pk__in=keys[start : start + AT_ONCE])
                gone += self._remove(kind, list(rows), begun)
        return gone

    @transaction.atomic
    def _remove(self, kind, rows, begun):
        locks.one_at_a_time()
        gone, blinded = [], set()
        for row in rows:
            users = _captions(row)
            versions = _shown(row)
            articles = {_article_of(user) for user in users}
            articles |= set(versions.values_list("version__article", flat=True))
            if self._is_used(row) or not articles <= self.undone:
                continue
            begun()
            gone.append(row.pk)
            blinded |= articles
            versions.delete()  # made anew below
            _blind(users)
            library.remove(row)
        self.run.made.filter(kind=kind, key__in=gone).delete()
        for _count in derive.again(Version.objects.filter(article__in=blinded)):
            pass
        return len(gone)

    def _is_used(self, row):
        """By an editor, by a film, or by a name under which it came another time."""
        if isinstance(row, Origin):
            return False
        file = row.image if isinstance(row, Photo) else row.file
        if _typed(row) or row.origins.exists() or {row.sha256, file.name} & self.named:
            return True
        return isinstance(row, Photo) and Video.objects.filter(poster=row).exists()


def _typed(row):
    """What somebody here has said of it, and not its own file."""
    words = [row.caption, row.credit]
    if isinstance(row, Photo):
        said = set(row.said.values())
        words = [word for word in [*words, row.alt, row.rights_until] if word not in said]
    return any(words)


def _shown(row):
    """The derived rows of versions that name it."""
    if isinstance(row, Origin):
        return Shown.objects.none()
    return Shown.objects.filter(**{row._meta.model_name: row})


def _captions(row):
    """The captions that show this file; of an Origin those that found theirs by it."""
    shown = row.file if isinstance(row, Origin) else row
    kind = shown._meta.model_name
    found = [*Caption.objects.filter(**{kind: shown}).select_related("parent")]
    if kind == "photo":
        pictures = GalleryPicture.objects.filter(photo=shown)
        found += pictures.select_related("gallery__parent")
    if not isinstance(row, Origin):
        return found
    return [user for user in found if user.media and _words_of(user) == row.words]


def _words_of(caption):
    parent = caption.parent if isinstance(caption, Caption) else caption.gallery.parent
    return Origin.words_of(parent.source, caption.as_part().media)


def _article_of(caption):
    return caption.parent_id if isinstance(caption, Caption) else caption.gallery.parent_id


def _blind(captions):
    """They show a place held for the file again."""
    for caption in captions:
        caption.point_at(None)
        caption.save()
