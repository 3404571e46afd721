"""What stands in the head of a story's page: title, description, OpenGraph, oEmbed's addresses."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe

from .. import prose
from ..pictures import SOCIAL
from ..story import split_category
from . import shapes
from .languages import locale
from .markers import ADDRESS, QUOTED, SITE, named_by

# What stands before the names in a byline, by language; English is written everywhere.
BY = {"de": "Von", "es": "Por", "fr": "Par", "it": "Di", "nl": "Door", "pt": "Por"}


def whole(url: str) -> str:
    """An address with its host; ours is filled in with the page."""
    return f"{SITE}{url}" if url.startswith("/") and not url.startswith("//") else url


def description(story, excerpt: str) -> str:
    """At most some 30 words for a search engine's page."""
    return prose.excerpt(story.standfirst or excerpt, 30)


def writers(story) -> list[str]:
    """The names of who wrote it: of its authors, else its byline as one name, without "By"."""
    if story.authors:
        return [author.name for author in story.authors]
    language = (story.language or settings.LANGUAGE_CODE).lower().partition("-")[0]
    # In small letters some of these begin a name.
    before = {"By", "by", BY.get(language, "By")}
    before |= {word.upper() for word in before}
    match = re.match(rf"(?:{'|'.join(sorted(before))})(?:[:\s]+|$)", name := story.byline.strip())
    name = name[match.end() :] if match else name
    return [name] if name else []


def head(version, story, card: dict) -> str:
    picture = card["picture"]
    context = {
        "headline": story.headline,
        "authors": writers(story),
        "description": description(story, card["excerpt"]),
        "address": ADDRESS,
        "site_name": settings.SITE_NAME,
        "oembed": mark_safe(f"{SITE}/oembed/?url={QUOTED}&amp;format="),  # noqa: S308  markers
        "locale": locale(card["language"]),
        "alt": picture["alt"] or picture["caption"] if picture else "",
        "photo": picture["photo"] if picture else None,
        # A marker stands in it; the rest is escaped here.
        "image": mark_safe(whole(escape(picture["social"]))) if picture else "",  # noqa: S308
        "width": SOCIAL[0],
        "height": SOCIAL[1],
        "profiles": [named_by("profile", n, "") for n, _ in enumerate(story.authors)],
        "section": split_category(story.categories[0])[-1] if story.categories else "",
        "tags": list(story.tags),
        "published": _moment(version.first_published_at) if version.dated else "",
        "updated": _moment(version.published_at),
    }
    return shapes.render("articles/parts/head.html", context)


def _moment(at: datetime | None) -> str:
    """With the newsroom's offset."""
    return timezone.localtime(at).isoformat() if at else ""
