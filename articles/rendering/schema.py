"""What search engines are told of a story: schema.org's NewsArticle, after Google's rules for it.

https://schema.org/NewsArticle, https://developers.google.com/search/docs/appearance/structured-data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from .. import embeds
from ..pictures import SOCIAL
from ..story import CaptionBlock, EmbedBlock, split_category
from .head import description, writers
from .markers import ADDRESS, SITE, named_by, while_ours
from .pictures import Figure, Picture

HARMLESS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
HERE = "\ue001"  # stands for the site's address until the JSON is written
LOGO, LOGO_SIDE = "/logo.png", 512
PUBLISHER, WEBSITE = "/#publisher", "/#website"


def dumps(value: Any, site: str = SITE) -> SafeString:
    """JSON in which nothing ends a script or begins a marker."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(HARMLESS).replace(HERE, site))  # noqa: S308  escaped


def known(**fields: Any) -> dict[str, Any]:
    """These fields, but for those that say nothing. `type_` is `@type`, and so on."""
    return {
        f"@{name[:-1]}" if name.endswith("_") else name: value
        for name, value in fields.items()
        if value not in (None, "", [])
    }


def whole(url: str) -> str:
    return f"{HERE}{url}" if url.startswith("/") and not url.startswith("//") else url


def publisher() -> dict[str, Any]:
    logo = known(type_="ImageObject", url=whole(LOGO), width=LOGO_SIDE, height=LOGO_SIDE)
    return known(
        type_="NewsMediaOrganization",
        id_=whole(PUBLISHER),
        name=settings.SITE_NAME,
        url=whole("/"),
        logo=logo,
    )


def website() -> dict[str, Any]:
    return known(type_="WebSite", id_=whole(WEBSITE), name=settings.SITE_NAME, url=whole("/"))


def news_article(version, story, card: dict, figures: list[Figure]) -> SafeString:
    """The JSON of `<script type="application/ld+json">`, safe inside HTML.

    What may change without the story stands in markers: the names and pages of its authors, its
    pictures while they are ours, its address.
    """
    published = version.first_published_at if version.dated else None
    updated = version.published_at if version.dated else None
    document = known(
        context_="https://schema.org",
        type_="NewsArticle",
        headline=story.headline,
        description=description(story, card["excerpt"]),
        inLanguage=card["language"],
        datePublished=published and published.isoformat(),
        dateModified=updated and updated.isoformat(),
        articleSection=[split_category(words)[-1] for words in story.categories],
        keywords=list(story.tags),
        correction=[_correction(correction) for correction in story.corrections],
        audio=[_recording(f) for f in figures if f.attached and f.words.kind == "audio"],
        wordCount=card["words"],
        copyrightNotice=story.rights,
        isAccessibleForFree=True,
        isPartOf=website(),
        publisher=publisher(),
    )
    authors = ",".join(_authors(story))
    players = [*figures, *_embedded(story)]
    films = ",".join(_film(f, story, published) for f in players if f.source or f.film)
    parts = [
        dumps(document)[:-1],
        f',"author":[{authors}]' if authors else "",
        f',"video":[{films}]' if films else "",
        f",{_images(card['picture'], figures)}",
        f'"mainEntityOfPage":{{"@type":"WebPage","@id":"{ADDRESS}"}},"url":"{ADDRESS}"}}',
    ]
    return mark_safe("".join(parts))  # noqa: S308  JSON, and markers


def _correction(correction) -> dict[str, Any]:
    at = correction.at.isoformat()
    return known(type_="CorrectionComment", text=correction.text, datePublished=at)


def _authors(story) -> Iterator[str]:
    """Who has a page here, each by its live name; else whom the byline names."""
    for number, author in enumerate(story.authors):
        yield _author(number, author)
    for name in [] if story.authors else writers(story):
        ours = name.casefold() == settings.SITE_NAME.casefold()
        yield dumps(known(type_="Organization" if ours else "Person", name=name))


def _author(number: int, author) -> str:
    name = named_by("person", number, f'"name":{dumps(author.name)}')
    role = f',"jobTitle":{dumps(author.role)}' if author.role else ""
    return f'{{"@type":"Person",{name}{role}}}'


def _recording(figure: Figure) -> dict[str, Any]:
    file, words = figure.attached, figure.words
    return known(
        type_="AudioObject",
        name=words.title or words.text,
        description=words.text,
        contentUrl=whole(file.href),
        encodingFormat=file.mime,
        contentSize=str(file.size),
        duration=file.seconds and f"PT{file.seconds}S",
    )


def _embedded(story) -> list[Figure]:
    """The films that stand in the body without words of their own."""
    urls = [block.url for block in story.body if isinstance(block, EmbedBlock)]
    none = CaptionBlock(kind="video")
    return [Figure(classes="", words=none, film=embeds.identify(url)) for url in urls]


def _film(figure: Figure, story, published) -> str:
    words = figure.words
    document = known(
        type_="VideoObject",
        name=words.title or words.text or story.headline,
        description=words.text or words.title or story.standfirst or story.headline,
        uploadDate=published and published.isoformat(),
        contentUrl=whole(figure.source),
        encodingFormat=figure.mime,
        # What starts by itself on our page need not do so on another.
        embedUrl=figure.film.player.partition("?")[0] if figure.film else "",
        url=figure.film.page if figure.film else "",
    )
    poster = figure.picture
    thumb = f'"thumbnailUrl":{dumps(whole(poster.social))},' if poster else ""
    thumb = while_ours(poster.photo, thumb) if poster else ""
    return f"{{{thumb}{dumps(document)[1:]}"


def _images(shown: dict | None, figures: list[Figure]) -> str:
    """What stands for the story in several shapes, then its other photos; each while it is ours."""
    found: dict[int, list[str]] = {}
    if shown:
        words = {"caption": shown["caption"], "creditText": shown["credit"]}
        full = (shown["largest"], shown["full_width"], shown["full_height"])
        sizes = [full, (shown["social"], *SOCIAL), (shown["card"], 640, 400)]
        found[shown["photo"]] = [_image(*size, **words) for size in sizes]
    for figure in figures:
        if figure.picture and figure.words.kind == "photo":
            own = {"caption": figure.words.text, "creditText": figure.words.credit}
            found.setdefault(figure.picture.photo, [_of(figure.picture, own)])
    ours = [while_ours(photo, image) for photo, images in found.items() for image in images]
    return f"<!--images-->{''.join(ours)}<!--/images-->"


def _of(picture: Picture, words: dict[str, str]) -> str:
    return _image(picture.largest, picture.full_width, picture.full_height, **words)


def _image(url: str, width: int, height: int, **words: str) -> str:
    return dumps(known(type_="ImageObject", url=whole(url), width=width, height=height, **words))


def trail(places: list[tuple[str, str]], headline: str) -> dict[str, Any]:
    """Where a page stands on the site: the (name, address) of all above it, then its own name."""
    steps = [(settings.SITE_NAME, "/"), *places, (headline, "")]
    items = [
        known(type_="ListItem", position=n, name=name, item=_page(url) if url else None)
        for n, (name, url) in enumerate(steps, start=1)
    ]
    return known(context_="https://schema.org", type_="BreadcrumbList", itemListElement=items)


def _page(url: str) -> dict[str, Any]:
    return known(type_="WebPage", id_=whole(url))
