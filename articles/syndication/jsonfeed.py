"""JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .described import Feed, Item, Name, Picture, Recording


def write(feed: Feed) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": feed.url("json"),
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(_told(document), ensure_ascii=False).encode()


def _told(fields: dict) -> dict:
    """Without what is not known. A feed without stories still has its list of them."""
    return {k: v for k, v in fields.items() if v not in (None, "", []) or k == "items"}


def _item(item: Item) -> dict:
    return _told(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.content,
            "image": item.picture and item.picture.url,
            "_image": item.picture and _about(item.picture),
            "date_published": item.published and item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            "authors": [_told({"name": one.name, "url": one.url}) for one in item.authors],
            "tags": _each_once((*item.categories, *item.tags)),
            "language": item.language,
            "attachments": [_attachment(one) for one in (item.audio, item.film) if one and one.url],
        }
    )


def _each_once(names: Iterable[Name]) -> list[str]:
    return list(dict.fromkeys(name.name for name in names))


def _about(picture: Picture) -> dict:
    """What the format has no names for."""
    return _told(
        {
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
            "caption": picture.caption,
            "credit": picture.credit,
            "thumbnail": picture.thumb,
        }
    )


def _attachment(file: Recording) -> dict:
    return _told(
        {
            "url": file.url,
            "mime_type": file.mime,
            "title": file.title,
            "size_in_bytes": file.size,
            "duration_in_seconds": file.seconds,
        }
    )
