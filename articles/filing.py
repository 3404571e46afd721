"""What words mean here: the category, tag, author or picture they stand for.

Filling a key never touches the words, so it is never an edit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from . import addresses
from .models import (
    Alias,
    Attachment,
    Author,
    Byline,
    Caption,
    Category,
    Filing,
    GalleryPicture,
    Origin,
    Photo,
    Tag,
    Tagging,
    Video,
)
from .story import Media, join_category, split_category

# Categories, tags and authors: what is not known yet is made


def file(rows, *, create: bool = True, made: list | None = None) -> list[str]:
    """Fill the keys of these Filing, Tagging and Byline rows, unsaved or not. Returns notes.

    Words that mean nothing here stay without a key when `create` is off. What is made is added
    to `made`.
    """
    made = [] if made is None else made
    filings, taggings, bylines = _by_model(rows, Filing, Tagging, Byline)
    categories, notes = categories_of((row.words for row in filings), create=create, made=made)
    for row in filings:
        row.category = categories[row.words]
    tags = named(Tag, (row.words for row in taggings), create=create, made=made)
    for row in taggings:
        row.tag = tags[row.words]
    authors = named(Author, (row.words for row in bylines), create=create, made=made)
    for row in bylines:
        row.author = authors[row.words]
    return notes


def _by_model(rows, *models):
    found = defaultdict(list)
    for row in rows:
        found[type(row)].append(row)
    return [found[model] for model in models]


def categories_of(
    words: Iterable[str], *, create: bool = True, made: list | None = None
) -> tuple[dict[str, Category | None], list[str]]:
    """The category of each of these words ("World/Asia"), made with its parents if it is new.

    Without regard to case: the first spelling stands.
    """
    words = list(dict.fromkeys(words))
    if not words:
        return {}, []
    tree = _Tree(create=create)
    found = {name: tree.category(split_category(name)) for name in words}
    if made is not None:
        made += tree.made
    return found, tree.notes


def without_address(words: Iterable[str]) -> set[str]:
    """Those of these categories that are not here and could not be made: see `addresses`."""
    long = {name for name in words if addresses.would_be_too_long(split_category(name))}
    known, _notes = categories_of(long, create=False)
    return {name for name in long if known[name] is None}


class _Tree:
    """The categories by their names, and by the names they had."""

    def __init__(self, *, create):
        self.create, self.notes, self.made = create, [], []
        self.below = {(c.parent_id, c.name.casefold()): c for c in Category.objects.all()}
        aliases = Alias.objects.filter(category__isnull=False).select_related("category")
        self.once = {alias.words: alias.category for alias in aliases}

    def category(self, names):
        found = None
        for depth, name in enumerate(names, start=1):
            key = (found and found.pk, name.casefold())
            was = join_category(names[:depth]).casefold()
            found = self.below.get(key) or self.once.get(was) or self._new(name, found, key)
            if found is None:
                return None
        return found

    def _new(self, name, parent, key):
        if not self.create:
            return None
        category = self.below[key] = Category(name=name, parent=parent)
        self.notes += addresses.place(category)
        self.made.append(category)
        return category


def named(
    model, names: Iterable[str], *, create: bool = True, made: list | None = None
) -> dict[str, Tag | Author | None]:
    """The tag or author of each name, without regard to case; made if it is new."""
    names = list(dict.fromkeys(names))
    slugs = {name: addresses.slug_of(name, 100) or "x" for name in names}
    kind = model._meta.model_name
    once = Alias.objects.filter(
        words__in=[n.casefold() for n in names], **{f"{kind}__isnull": False}
    )
    found = {alias.words: getattr(alias, kind) for alias in once.select_related(kind)}
    alike = model.objects.filter(Q(slug__in=set(slugs.values())) | Q(name__in=names))
    found |= {row.name.casefold(): row for row in alike}
    new = {}
    for name in names if create else ():
        if name.casefold() not in found and name.casefold() not in new:
            new[name.casefold()] = model(name=name, slug=slugs[name])
    _separate(model, list(new.values()))
    model.objects.bulk_create(new.values())
    if made is not None:
        made += new.values()
    found |= new
    return {name: found.get(name.casefold()) for name in names}


def _separate(model, rows):
    """Different names may give one slug ("C" and "C++")."""
    taken = set(
        model.objects.filter(slug__in=[r.slug for r in rows]).values_list("slug", flat=True)
    )
    for row in rows:
        slug, number = row.slug, 1
        while row.slug in taken or (number > 1 and model.objects.filter(slug=row.slug).exists()):
            number += 1
            row.slug = f"{slug}-{number}"
        taken.add(row.slug)


# Pictures, films, documents and recordings

File = Photo | Video | Attachment


class Files:
    """Which file of the library these words mean, asked once for many stories."""

    def __init__(self, media: list[tuple[str, Media]]):
        words = {Origin.words_of(source, part) for source, part in media} - {""}
        origins = Origin.objects.filter(words__in=words)
        origins = origins.select_related("photo", "video__poster", "attachment")
        self._found = {origin.words: origin.file for origin in origins}
        digests = {word.removeprefix("sha256:") for word in words if word.startswith("sha256:")}
        if digests:
            videos = Video.objects.select_related("poster")
            for rows in (Attachment.objects, videos, Photo.objects):
                for file in rows.filter(sha256__in=digests):
                    self._found[f"sha256:{file.sha256}"] = file

    def photos(self) -> list[Photo]:
        """Every picture among them, the posters of films too."""
        return [photo for file in self._found.values() if (photo := file.picture)]

    def over(self, at) -> set[int]:
        """The keys of the pictures whose rights have ended by then."""
        return {photo.pk for photo in self.photos() if photo.is_over(at)}

    def of(self, source: str, media: Media | None) -> File | None:
        return media and self._found.get(Origin.words_of(source, media))


def media_of(story):
    """(source, Media) of every caption of a story."""
    return [(story.source, part.media) for part in captions_of(story) if part.media]


def captions_of(story):
    """Every caption of a story, in the order of the page."""
    if story.lead:
        yield story.lead
    for part in story.body:
        if hasattr(part, "captions"):
            yield from part.captions
        elif hasattr(part, "credit"):
            yield part


def picture(rows, source_of, files: Files) -> None:
    """Fill the keys of these Caption and GalleryPicture rows. `source_of(row)` is a name."""
    for row in rows:
        if not (isinstance(row, (Caption, GalleryPicture)) and row.media):
            continue
        if found := files.of(source_of(row), row.as_part().media):
            row.point_at(found)
