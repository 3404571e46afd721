"""What machines are told of a page that is no story: schema.org's types, as JSON for its head."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from ..models import Author, Category, Tag
from ..reading import Card, Place
from ..rendering.schema import dumps, known, publisher, trail, website, whole

LISTED = 24  # stories of a list that are named


def of_front() -> list[str]:
    """The site itself: who publishes it, and how it is searched."""
    entry = known(
        type_="EntryPoint", urlTemplate=f"{settings.SITE_URL}/search/?q={{search_term_string}}"
    )
    search = {
        "@type": "SearchAction",
        "target": entry,
        "query-input": "required name=search_term_string",
    }
    site = {**website(), "inLanguage": settings.LANGUAGE_CODE, "potentialAction": search}
    site["publisher"] = known(id_=publisher()["@id"])
    return _written(known(graph_=[site, publisher()]))


def of_place(row: Category | Tag | Author, cards: list[Card], above: list[Place]) -> list[str]:
    """The first page of a category, a tag or an author."""
    if isinstance(row, Author):
        return _written(_profile(row))
    url = whole(_url(row))
    listed = [
        known(type_="ListItem", position=n, url=whole(card.url), name=card.headline)
        for n, card in enumerate(cards[:LISTED], start=1)
    ]
    page = known(
        type_="CollectionPage",
        id_=url,
        url=url,
        name=row.name,
        description=getattr(row, "description", ""),
        inLanguage=settings.LANGUAGE_CODE,
        isPartOf=website(),
        mainEntity=known(type_="ItemList", itemListElement=listed),
    )
    if isinstance(row, Tag):
        return _written(page)
    return _written(page, trail([(place.name, place.url) for place in above], row.name))


def _profile(row: Author) -> dict[str, Any]:
    url = whole(_url(row))
    person = known(
        type_="Person",
        id_=f"{url}#person",
        name=row.name,
        url=url,
        jobTitle=row.role,
        description=row.biography,
        worksFor=known(type_="NewsMediaOrganization", name=settings.SITE_NAME, url=whole("/")),
    )
    page = known(type_="ProfilePage", id_=url, url=url, isPartOf=website())
    return {**page, "mainEntity": person}


def _url(row) -> str:
    return Place(row.name, row.get_absolute_url()).url


def _written(*documents: dict[str, Any]) -> list[str]:
    context = {"@context": "https://schema.org"}
    return [dumps({**context, **document}, settings.SITE_URL) for document in documents]
