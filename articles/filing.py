"""What words mean here: the category, tag, author, picture or story they stand for.

Filling a key never touches the words, so it is never an edit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Q

from . import addresses
from .models import (
    Alias,
    Article,
    Author,
    Byline,
    Caption,
    Category,
    Filing,
    GalleryPicture,
    Link,
    Origin,
    Photo,
    RelatedPost,
    Tag,
    Tagging,
    Video,
)
from .story import Media, headline_key, join_category, split_category

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


# Pictures and films


class Files:
    """Which picture or film these words mean, asked once for many stories."""

    def __init__(self, media: list[tuple[str, Media]]):
        words = {Origin.words_of(source, part) for source, part in media} - {""}
        origins = Origin.objects.filter(words__in=words).select_related("photo", "video__poster")
        self._found = {origin.words: origin.photo or origin.video for origin in origins}
        digests = {word.removeprefix("sha256:") for word in words if word.startswith("sha256:")}
        if digests:
            for video in Video.objects.filter(sha256__in=digests).select_related("poster"):
                self._found[f"sha256:{video.sha256}"] = video
            for photo in Photo.objects.filter(sha256__in=digests):
                self._found[f"sha256:{photo.sha256}"] = photo

    def of(self, source: str, media: Media | None) -> Photo | Video | None:
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
        if isinstance(row, (Caption, GalleryPicture)) and row.media:
            found = files.of(source_of(row), row.as_part().media)
            if isinstance(found, Photo):
                row.photo = found
            elif found and isinstance(row, Caption):
                row.video = found


# Stories


def targets(posts) -> dict[tuple[str, str], int]:
    """The article of each (headline, url): by its address here, else by its headline when
    exactly one article has it. What waits for its story is left out."""
    posts = set(posts)
    paths = {_path_here(url) for _, url in posts} - {""}
    keys = {headline_key(headline) for headline, _ in posts} - {""}
    by_path, by_key, ids = {}, Counter(), {}
    wanted = Q(headline_key__in=keys) | Q(path__in=paths)
    for pk, path, key in (
        Article.objects.kept().filter(wanted).values_list("pk", "path", "headline_key")
    ):
        by_path[path] = pk
        by_key[key] += 1
        ids[key] = pk
    found = {}
    for headline, url in posts:
        key = headline_key(headline)
        pk = by_path.get(_path_here(url) or None) or (ids.get(key) if by_key[key] == 1 else None)
        if pk:
            found[headline, url] = pk
    return found


def _path_here(url):
    """The path of an address on this site, decoded; "" of any other."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return ""
    return unquote(parts.path)


def connect(articles) -> int:
    """Give the links that waited for these stories their key. Returns how many were given."""
    ids = {article.headline_key: article.pk for article in articles if article.headline_key}
    given = 0
    for model, key in ((RelatedPost, "post_id"), (Link, "target_id")):
        waiting = model.objects.filter(**{key: None}, headline_key__in=ids)
        waiting = list(waiting.select_related("version") if model is Link else waiting)
        if waiting:
            alone = _only_ones({row.headline_key for row in waiting})
            found = [
                row
                for row in waiting
                if row.headline_key in alone and ids[row.headline_key] != _article_of(row)
            ]
            for row in found:
                setattr(row, key, ids[row.headline_key])
            model.objects.bulk_update(found, [key.removesuffix("_id")])
            given += len(found)
    return given


def _article_of(row):
    return row.parent_id if isinstance(row, RelatedPost) else row.version.article_id


def _only_ones(keys):
    """Of these headline keys, the ones that exactly one article has."""
    named = (
        Article.objects.kept().filter(headline_key__in=keys).values_list("headline_key", flat=True)
    )
    return {key for key, count in Counter(named).items() if count == 1}
