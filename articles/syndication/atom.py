"""Atom 1.0: RFC 4287."""

from __future__ import annotations

from lxml import etree

from .described import Feed, Item
from .markup import ATOM, MEDIA, XML_LANGUAGE, add, add_media, written


def write(feed: Feed) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "media": MEDIA})
    root.set(XML_LANGUAGE, feed.language)
    _add(root, "id", feed.url("atom"))
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.description)
    _add(root, "updated", feed.updated.isoformat())
    _add(root, "link", rel="self", href=feed.url("atom"), type="application/atom+xml")
    _add(root, "link", rel="alternate", href=feed.page, type="text/html")
    if feed.hub:
        _add(root, "link", rel="hub", href=feed.hub)
    # Of the stories that name nobody.
    _add(_add(root, "author"), "name", feed.title)
    for item in feed.items:
        _entry(_add(root, "entry"), item)
    return written(root)


def _add(parent, name, text="", **attributes):
    return add(parent, name, text, within=ATOM, **attributes)


def _entry(parent: etree._Element, item: Item) -> None:
    parent.set(XML_LANGUAGE, item.language)
    _add(parent, "id", item.id)
    _add(parent, "title", item.title)
    _add(parent, "link", rel="alternate", href=item.url, type="text/html")
    if item.published:
        _add(parent, "published", item.published.isoformat())
    _add(parent, "updated", item.updated.isoformat())
    for author in item.authors:
        person = _add(parent, "author")
        _add(person, "name", author.name)
        if author.url:
            _add(person, "uri", author.url)
    for name in (*item.categories, *item.tags):
        _add(parent, "category", term=name.name, scheme=name.url)
    _add(parent, "summary", item.summary)
    _add(parent, "content", item.content, type="html")
    if audio := item.audio:
        about = {"type": audio.mime, "length": audio.size, "title": audio.title}
        _add(parent, "link", rel="enclosure", href=audio.url, **about)
    add_media(parent, item)
