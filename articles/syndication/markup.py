"""What RSS and Atom have in common: elements, and Media RSS."""

from __future__ import annotations

from lxml import etree

from ..answers import for_xml
from .described import Item

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATOR = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"  # https://www.rssboard.org/media-rss
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def add(parent: etree._Element, name: str, text: str = "", within: str = "", **attributes):
    """A new last child; attributes without a value are left out."""
    child = etree.SubElement(parent, f"{{{within}}}{name}" if within else name)
    child.text = for_xml(text) or None
    for key, value in attributes.items():
        if value not in ("", None):
            child.set(key, for_xml(str(value)))
    return child


def add_media(parent: etree._Element, item: Item) -> None:
    if picture := item.picture:
        shown = add(
            parent,
            "content",
            within=MEDIA,
            url=picture.url,
            type=picture.mime,
            medium="image",
            width=picture.width,
            height=picture.height,
        )
        if picture.caption or picture.alt:
            words = picture.caption or picture.alt
            add(shown, "description", words, within=MEDIA, type="plain")
        if picture.credit:
            add(shown, "credit", picture.credit, within=MEDIA)
        add(shown, "thumbnail", within=MEDIA, url=picture.thumb, width=640, height=400)
    if film := item.film:
        is_ours = {"url": film.url, "type": film.mime} if film.url else {}
        played = add(parent, "content", within=MEDIA, medium="video", **is_ours)
        if film.title:
            add(played, "title", film.title, within=MEDIA, type="plain")
        if film.page:
            add(played, "player", within=MEDIA, url=film.page)


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
