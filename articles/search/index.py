"""Writing the index: in the transaction that stores or publishes it; and making it anew.

There is a row for each revision that is some article's head or some version's, for each photo
and for each video. All of it is disposable: `manage.py reindex`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from .. import bulk, filing
from ..models import Article, Photo, Revision, Search, Version, Video
from ..models import Shown as Used
from . import spelling
from .entries import (
    KINDS,
    LISTED,
    NEVER_SHOWN,
    Entry,
    Said,
    Shown,
    mark,
    of_file,
    of_revision,
    withheld,
)
from .words import BREAK

AT_ONCE = 500


def keep(
    revisions: list[Revision], *, new: Collection[int] = (), published: Collection[int] = ()
) -> None:
    """Index these, the new heads of their articles, and let go of the heads before them.

    Call it when the articles are stored. `new`: keys of those that had no head before;
    `published`: keys of the revisions that `keep_published` was called for.
    """
    _write(_entries([revision for revision in revisions if revision.pk not in published]))
    if old := {revision.article_id for revision in revisions} - {*new}:
        _let_go(Revision.objects.filter(article__in=old))


def keep_published(versions: list[Version]) -> None:
    """Index what these versions say, with where they are listed. Call it when that is stored."""
    _write(_entries([v.revision for v in versions if v.pubstatus == Version.PubStatus.USABLE]))


def _entries(revisions: list[Revision]) -> list[Entry]:
    if not revisions:
        return []
    shown = _shown(revisions)
    said = _said(revisions, shown)
    spelling.keep(text for texts in said.values() for text in texts)
    return [of_revision(each, said[each.pk], shown[each.pk]) for each in revisions]


def _said(revisions, shown) -> dict[int, Said]:
    limited = [each.story for each in revisions if shown[each.pk].is_limited]
    media = [used for story in limited for used in filing.media_of(story)]
    files = filing.Files(media) if media else None
    found = {}
    for revision in revisions:
        story = revision.story
        ends = files and shown[revision.pk].is_limited
        found[revision.pk] = Said.by(story, withheld(story, files)) if ends else Said.by(story)
    return found


# Of a version.
SHOWS_LIMITED = Exists(
    Used.objects.filter(version=OuterRef("pk"), photo__rights_until__isnull=False)
)


def _shown(revisions) -> dict[int, Shown]:
    """What each of these is to readers, in any version. Categories above are no marks: so
    nothing is written anew when the tree changes."""
    found: dict[int, Shown] = defaultdict(lambda: NEVER_SHOWN)
    usable = Version.objects.filter(revision__in=revisions, pubstatus=Version.PubStatus.USABLE)
    kinds = [f"listings__{kind}" for kind in LISTED]
    columns = ("revision", "first_published_at", SHOWS_LIMITED, "listings__implied", *kinds)
    for revision, moment, limited, implied, *keys in usable.values_list(*columns).order_by("pk"):
        marks = {mark(kind, key) for kind, key in zip(LISTED, keys, strict=True) if key}
        before = found[revision]
        marks = before.marks if implied else before.marks | marks
        found[revision] = Shown(moment, marks, before.is_limited or limited)
    return found


def keep_files(rows) -> None:
    """Index the words of these photos and videos anew. Other files of the library are few, and
    found without it."""
    rows = [row for row in rows if isinstance(row, (Photo, Video))]
    for kind in (Photo, Video):
        keys = [row.pk for row in rows if isinstance(row, kind)]
        if keys:
            Search.objects.filter(**{f"{kind._meta.model_name}__in": keys}).delete()
    _write(_of_files(rows))


def _of_files(rows) -> list[Entry]:
    return [of_file(row) for row in rows]


def _let_go(revisions):
    """Of these, the rows that nobody can find anything by any more."""
    Search.objects.filter(revision__in=revisions.filter(~_IS_FOUND).values("pk")).delete()


_IS_FOUND = Q(Exists(Article.objects.filter(head=OuterRef("pk")))) | Q(
    Exists(Version.objects.filter(revision=OuterRef("pk")))
)


def again(revisions=None) -> Iterator[int]:
    """Make the rows of these revisions (None: all there should be, and the library's) anew.

    Yields how many after each batch.
    """
    if revisions is None:
        _let_go(Revision.objects.all())
        for model in (Photo, Video):
            files = model.objects.prefetch_related("origins")
            yield from _batches(files, model._meta.model_name, _of_files)
    found = Revision.objects.filter(_IS_FOUND) if revisions is None else revisions
    yield from _batches(found, "revision", _entries)
    if revisions is None:
        spelling.forget_unsaid()


def with_picture(photo: Photo) -> None:
    """Write what shows this picture anew: its rights have an end now, or none any more."""
    for _done in again(Revision.objects.filter(versions__shown__photo=photo).distinct()):
        pass


def with_pictures(articles: Collection[int]) -> None:
    """Write what is published of these articles anew where it shows a picture whose rights end:
    which it shows has changed."""
    limited = Version.objects.filter(SHOWS_LIMITED, article__in=articles)
    for _done in again(Revision.objects.filter(versions__in=limited).distinct()):
        pass


def _batches(rows, kind, entries_of):
    rows, last = rows.order_by("pk"), 0
    while found := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = found[-1].pk
        with transaction.atomic():
            Search.objects.filter(**{f"{kind}__in": [row.pk for row in found]}).delete()
            _write(entries_of(found))
        yield len(found)


def _write(entries: list[Entry]) -> None:
    if entries:
        _take_from_old_places(entries)
        WRITERS[connection.vendor](entries)


def _take_from_old_places(entries):
    """A text that is published has another moment, and so another place, than its draft had."""
    keys = [entry.key for entry in entries if entry.kind == "revision"]
    Search.objects.filter(revision__in=keys).delete()


def _sqlite(entries):
    keys = ((e.place, *_keys(e)) for e in entries)
    texts = ((e.place, e.headline, e.upper, e.body) for e in entries)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO articles_search (place, revision_id, photo_id, video_id) "
            "VALUES (%s, %s, %s, %s)",
            list(keys),
        )
        cursor.executemany(
            "INSERT OR REPLACE INTO articles_words (rowid, headline, upper, body) "
            "VALUES (%s, %s, %s, %s)",
            list(texts),
        )


def _postgresql(entries):
    columns = ("place", *(f"{kind}_id" for kind in KINDS), "words")
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM articles_search WHERE place = ANY(%s)", [[e.place for e in entries]]
        )
    bulk.copy(
        "articles_search",
        columns,
        ((e.place, *_keys(e), as_tsvector(e)) for e in entries),
    )


def _keys(entry):
    return (entry.key if entry.kind == kind else None for kind in KINDS)


WRITERS = {"sqlite": _sqlite, "postgresql": _postgresql}


def as_tsvector(entry: Entry) -> str:
    """The literal: each word once, with its places and how much it counts there."""
    places: dict[str, list[str]] = defaultdict(list)
    before = 0
    for text, weight in ((entry.headline, "A"), (entry.upper, "B"), (entry.body, "")):
        found = text.split()
        numbered = [f"{number}{weight}" for number in range(before + 1, before + len(found) + 1)]
        for word, place in zip(found, numbered, strict=True):
            places[word].append(place)
        before += len(found) + 1  # no phrase runs over
    places.pop(BREAK, None)
    return " ".join([f"'{word}':{','.join(numbers)}" for word, numbers in places.items()])
