"""Derived rows of versions: where they are listed, what they link to, how they look.

Made from Versions alone, in the transaction that adds them; `reindex` makes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from . import bulk, filing, linking, listing, rendering
from .models import (
    Attachment,
    Filing,
    Link,
    Listing,
    Photo,
    RelatedPost,
    Rendering,
    Shown,
    Version,
    Video,
    filings,
)
from .story import address_key


def write(versions: list[Version]) -> None:
    """Write the derived rows of these new versions. Withdrawals have none."""
    shown = [version for version in versions if version.pubstatus == Version.PubStatus.USABLE]
    listed = [(version, list(filings(version.story))) for version in shown]
    filing.file([row for _version, rows in listed for row in rows], create=False)
    above = listing.Above()
    bulk.insert(row for version, filed in listed for row in listing.of(version, filed, above))
    bulk.insert(links(shown))
    files = filing.Files([m for version in shown for m in filing.media_of(version.story)])
    bulk.insert(renderings(listed, files))
    bulk.insert(shown_files(shown, files))


def links(versions) -> Iterator[Link]:
    """What each version names. What its working copy knows of the same words is known of it:
    somebody may have picked the one of several that have a headline."""
    named = [(version, rendering.links_of(version.story)) for version in versions]
    picked = _picked([version.article_id for version, posts in named if posts])
    unknown = {
        (post.headline, post.url)
        for version, posts in named
        for post in posts
        if (version.article_id, post.headline, post.url) not in picked
    }
    targets = linking.targets(unknown)
    for version, posts in named:
        for number, post in enumerate(posts):
            words = (post.headline, post.url)
            target = picked.get((version.article_id, *words)) or targets.get(words)
            own = target == version.article_id
            yield Link(
                version_id=version.pk,
                number=number,
                headline=post.headline,
                url_key=address_key(post.url),
                target_id=None if own else target,
            )


def _picked(articles):
    known = RelatedPost.objects.filter(parent__in=articles, post__isnull=False)
    rows = known.values_list("parent_id", "headline", "url", "post_id") if articles else ()
    return {(parent, headline, url): post for parent, headline, url, post in rows}


def shown_files(versions, files) -> Iterator[Shown]:
    """The pictures of each version, its films and their posters, and what is attached to it; each
    once."""
    for version in versions:
        found = [files.of(source, media) for source, media in filing.media_of(version.story)]
        photos = {photo.pk for file in found if file and (photo := file.picture)}
        attached = {file.pk for file in found if isinstance(file, Attachment)}
        films = {file.pk for file in found if isinstance(file, Video)}
        yield from (Shown(version_id=version.pk, photo_id=key) for key in sorted(photos))
        yield from (Shown(version_id=version.pk, video_id=key) for key in sorted(films))
        yield from (Shown(version_id=version.pk, attachment_id=key) for key in sorted(attached))


def renderings(listed, files) -> Iterator[Rendering]:
    for version, filed in listed:
        primary = next((row.category_id for row in filed if isinstance(row, Filing)), None)
        made = rendering.render(version, version.story, files)
        yield Rendering(
            version_id=version.pk,
            article=made.article,
            head=made.head,
            card=made.card,
            corrections=made.corrections,
            corrected_at=made.corrected_at,
            category_id=primary,
            photo_id=made.card["picture"] and made.card["picture"]["photo"],
        )


def again(versions, *, batch: int = 500) -> Iterator[int]:
    """Make all derived rows of these versions anew; yields how many after each batch."""
    usable = versions.filter(pubstatus=Version.PubStatus.USABLE).order_by("pk")
    last = 0
    while found := list(usable.filter(pk__gt=last).select_related("revision", "article")[:batch]):
        last = found[-1].pk
        with transaction.atomic():
            for model in (Listing, Link, Rendering, Shown):
                model.objects.filter(version__in=found).delete()
            write(found)
        yield len(found)


def with_file(file: Photo | Video) -> None:
    """Make every page of this picture or film anew: its addresses or its words have changed, or its
    poster."""
    for _done in again(Version.objects.filter(**{f"shown__{file._meta.model_name}": file})):
        pass
