"""The versions an import adds: since when readers see what, by the source's own dates."""

from __future__ import annotations

from datetime import datetime

from ..models import Version
from ..story import Story
from .ledger import Item


def first_version(item: Item, now: datetime) -> Version:
    """Visible from the day the source published it, or from the end of the embargo."""
    story = item.story
    known = story.published_at or story.first_published_at
    published_at = known or story.captured_at or now
    visible_from = max(published_at, story.embargoed_until or published_at)
    first = min(story.first_published_at or visible_from, visible_from)
    return Version(
        **_common(item, now),
        number=1,
        visible_from=visible_from,
        published_at=max(published_at, _changed_at(story, now) or published_at),
        first_published_at=visible_from if visible_from > published_at else first,
        dated=bool(known),
    )


def next_version(item: Item, now: datetime) -> Version:
    """Visible from now on: what readers saw until now is not rewritten."""
    newest = item.article.versions.order_by("-number").first()
    if newest is None:
        return first_version(item, now)
    seen = item.article.versions.once_live(now).order_by("number").first()
    visible_from = opens_at(item.story, seen, now)
    changed_at = _changed_at(item.story, now) or item.story.published_at or now
    first = seen or newest
    return Version(
        **_common(item, now),
        number=newest.number + 1,
        visible_from=visible_from,
        published_at=max(min(changed_at, now), seen.first_published_at) if seen else visible_from,
        first_published_at=seen.first_published_at if seen else visible_from,
        dated=first.dated,
    )


def opens_at(story: Story, seen: Version | None, now: datetime) -> datetime:
    """From when readers may see what has changed; a story still to come keeps its day."""
    due = story.published_at if seen is None or seen.visible_from > now else None
    return max(now, story.embargoed_until or now, due or now)


def _changed_at(story, now):
    """When the source changed it last, if that is known and not still to come."""
    return story.modified_at if story.modified_at and story.modified_at <= now else None


def _common(item, now):
    return {
        "article": item.article,
        "revision": item.revision,
        "digest": item.revision.digest,
        "kind": Version.Kind.IMPORT,
        "pubstatus": Version.PubStatus.USABLE,
        "embargoed_until": item.story.embargoed_until,
        "created_at": now,
    }
