"""What a feed says, however it is written: of the site, or of one category, tag or author."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from .. import reading
from ..answers import absolute, for_xml
from ..models import Author, Category, Tag
from .content import content

ITEMS = 30


@dataclass(frozen=True)
class Name:
    """Somebody or something with a page of its own, or a name alone."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Picture:
    url: str
    thumb: str
    width: int | None
    height: int | None
    alt: str
    caption: str
    credit: str

    @property
    def mime(self) -> str:
        return mimetypes.guess_type(self.url)[0] or "image/webp"


@dataclass(frozen=True)
class Recording:
    """A film or a recording; `url` is its file, or "" where it plays elsewhere at `page`."""

    title: str
    url: str
    mime: str
    size: int | None = None
    seconds: int | None = None
    page: str = ""


@dataclass(frozen=True)
class Item:
    """One story. All text is plain but for `content`, which is HTML."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    language: str
    published: datetime | None
    updated: datetime
    authors: tuple[Name, ...]
    categories: tuple[Name, ...]
    tags: tuple[Name, ...]
    picture: Picture | None
    audio: Recording | None
    film: Recording | None


@dataclass(frozen=True)
class Feed:
    """`path` is the address of the feed as RSS; the others are below it."""

    title: str
    description: str
    page: str
    path: str
    items: tuple[Item, ...]
    language: str
    hub: str
    asked: datetime

    def url(self, kind: str) -> str:
        return absolute(self.path if kind == "rss" else f"{self.path}{kind}/")

    @property
    def updated(self) -> datetime:
        """When a story changed last; of a feed without any, when the day began (UTC), so that the
        same is said to all who ask on one."""
        today = self.asked.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return max((item.updated for item in self.items), default=today)


def of_site(now: datetime) -> Feed:
    return _feed(settings.SITE_NAME, "", "/", _items(now, {}, reading.NEWEST), now)


def of_place(row: Category | Tag | Author, now: datetime) -> Feed | None:
    """None while readers can see nothing there."""
    filters, order = reading.listed_in(**{row._meta.model_name: row})
    items = _items(now, filters, order)
    about = getattr(row, "description", "") or getattr(row, "biography", "")
    title = f"{row.name} · {settings.SITE_NAME}"
    return _feed(title, about, row.get_absolute_url(), items, now) if items else None


def _feed(title: str, about: str, page: str, items: tuple[Item, ...], now: datetime) -> Feed:
    return Feed(
        title=for_xml(title),
        description=for_xml(about) or _("The newest stories"),
        page=absolute(iri_to_uri(page)),
        path=iri_to_uri(f"{page}feed/"),
        items=items,
        language=settings.LANGUAGE_CODE,
        hub=settings.WEBSUB_HUB,
        asked=now,
    )


def _items(now, filters, order) -> tuple[Item, ...]:
    cards = reading.page(now, ITEMS, None, order, ("rendering__article",), **filters).cards
    around = reading.around_each([card.version for card in cards], now)
    return tuple(_item(card, around[card.version]) for card in cards)


def _item(card: reading.Card, around: reading.Around) -> Item:
    authors = _names(around, "author") or ((Name(for_xml(card.byline)),) if card.byline else ())
    return Item(
        id=_id(card),
        url=absolute(card.url),
        title=for_xml(card.headline),
        summary=for_xml(card.standfirst or card.excerpt),
        content=for_xml(content(card, around)),
        language=card.language,
        # To the second, which is all that RSS can say.
        published=card.first_published_at.replace(microsecond=0) if card.dated else None,
        updated=card.published_at.replace(microsecond=0),
        authors=authors,
        categories=_names(around, "category"),
        tags=_names(around, "tag"),
        picture=_picture(card.picture),
        audio=_audio(card.card.get("audio")),
        film=_film(card.card.get("film")),
    )


def _id(card: reading.Card) -> str:
    """The same for ever, wherever the story moves (RFC 4151): its address keeps its day."""
    day = "-".join(card.path.strip("/").split("/")[:3])
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{day}:story-{card.article}"


def _names(around: reading.Around, kind: str) -> tuple[Name, ...]:
    """The live ones, in the story's order."""
    keys = sorted(key for key in around.places if key[0] == kind)
    places = [around.places[key] for key in keys]
    return tuple(Name(for_xml(place.name), absolute(place.url)) for place in places)


def _picture(told: dict | None) -> Picture | None:
    if not told:
        return None
    return Picture(
        url=absolute(told["largest"]),
        thumb=absolute(told["card"]),
        width=told.get("full_width"),
        height=told.get("full_height"),
        alt=for_xml(told["alt"]),
        caption=for_xml(told.get("caption", "")),
        credit=for_xml(told.get("credit", "")),
    )


def _audio(told: dict | None) -> Recording | None:
    if not told:
        return None
    return Recording(
        title=for_xml(told.get("title", "")),
        url=absolute(told["href"]),
        mime=told["mime"],
        size=told["size"],
        seconds=told.get("seconds"),
    )


def _film(told: dict | None) -> Recording | None:
    if not told:
        return None
    return Recording(
        title=for_xml(told["title"]),
        url=absolute(told["src"]) if told["src"] else "",
        mime=told["mime"],
        page=told["page"],
    )
