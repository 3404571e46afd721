"""What machines read of a story: title, description, OpenGraph, and schema.org's NewsArticle."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from .. import prose
from ..story import split_category
from . import shapes
from .markers import ADDRESS, SITE, while_ours

HARMLESS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def whole(url: str) -> str:
    """An address with its host; ours is filled in with the page."""
    return f"{SITE}{url}" if url.startswith("/") and not url.startswith("//") else url


def description(story, excerpt: str) -> str:
    """At most some 30 words for a search engine's page."""
    return prose.excerpt(story.standfirst or excerpt, 30)


def head(version, story, card: dict) -> str:
    picture = card["picture"]
    context = {
        "headline": story.headline,
        "authors": [author.name for author in story.authors],
        "description": description(story, card["excerpt"]),
        "address": ADDRESS,
        "site_name": settings.SITE_NAME,
        "alt": picture["alt"] if picture else "",
        "photo": picture["photo"] if picture else None,
        # A marker stands in it; the rest is escaped here.
        "image": mark_safe(whole(escape(picture["largest"]))) if picture else "",  # noqa: S308
        "published": _moment(version.first_published_at) if version.dated else "",
        "updated": _moment(version.published_at),
    }
    return shapes.render("articles/parts/head.html", context)


def _moment(at: datetime | None) -> str:
    """With the newsroom's offset."""
    return timezone.localtime(at).isoformat() if at else ""


def news_article(version, story, card: dict) -> SafeString:
    """The JSON of `<script type="application/ld+json">`, safe inside HTML."""
    published = version.first_published_at if version.dated else None
    updated = version.published_at if version.dated else None
    document = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "description": description(story, card["excerpt"]),
        "inLanguage": card["language"],
        "datePublished": published and published.isoformat(),
        "dateModified": updated and updated.isoformat(),
        "author": [{"@type": "Person", "name": author.name} for author in story.authors],
        "articleSection": [split_category(words)[-1] for words in story.categories],
        "keywords": list(story.tags),
        "correction": [correction.text for correction in story.corrections],
        "wordCount": card["words"],
        "copyrightNotice": story.rights,
        "isAccessibleForFree": True,
        "publisher": {"@type": "NewsMediaOrganization", "name": settings.SITE_NAME},
    }
    fields = [f'"{n}":{_json(v)}' for n, v in document.items() if v not in (None, "", [])]
    picture = card["picture"]
    image = f'"image":["{whole(_json(picture["largest"])[1:-1])}"],' if picture else ""
    shown = while_ours(picture["photo"], image) if picture else ""
    address = f'"mainEntityOfPage":"{ADDRESS}","url":"{ADDRESS}"'
    return mark_safe(f"{{{','.join(fields)},{shown}{address}}}")  # noqa: S308


def _json(value) -> str:
    """JSON in which nothing ends a script or begins a marker."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(HARMLESS)
