"""RSS 2.0, with the modules every reader knows: https://www.rssboard.org/rss-specification."""

from __future__ import annotations

from email.utils import format_datetime
from html import escape

from lxml import etree

from .described import Feed, Item
from .markup import ATOM, CONTENT, CREATOR, MEDIA, add, add_media, written

SPACES = {"atom": ATOM, "content": CONTENT, "dc": CREATOR, "media": MEDIA}


def write(feed: Feed) -> bytes:
    root = etree.Element("rss", nsmap=SPACES, version="2.0")
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.page)
    add(channel, "description", feed.description)
    add(channel, "language", feed.language)
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    own = feed.url("rss")
    add(channel, "link", within=ATOM, rel="self", href=own, type="application/rss+xml")
    if feed.hub:
        add(channel, "link", within=ATOM, rel="hub", href=feed.hub)
    for item in feed.items:
        _item(add(channel, "item"), item)
    return written(root)


def _item(parent: etree._Element, item: Item) -> None:
    add(parent, "title", item.title)
    add(parent, "link", item.url)
    add(parent, "guid", item.id, isPermaLink="false")
    if item.published:
        add(parent, "pubDate", format_datetime(item.published))
    add(parent, "updated", item.updated.isoformat(), within=ATOM)
    for author in item.authors:
        add(parent, "creator", author.name, within=CREATOR)
    for name in (*item.categories, *item.tags):
        add(parent, "category", name.name)
    add(parent, "description", escape(item.summary, quote=False))  # readers take it for HTML
    add(parent, "encoded", item.content, within=CONTENT)
    if audio := item.audio:
        add(parent, "enclosure", url=audio.url, length=audio.size, type=audio.mime)
    add_media(parent, item)
