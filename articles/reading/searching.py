"""What readers find: live versions, the best first, each with the place that says so; and what
they may be looking for while they type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.encoding import iri_to_uri

from .. import search
from ..models import Category, Listing, Version
from ..search import excerpts, words
from ..story import CaptionBlock
from .lists import COLUMNS, RIGHTS, Card, cards_of, rights
from .narrowed import Wanted

FOUND_AT_ONCE = 20
SUGGESTED, SUGGESTED_PLACES = 8, 4
SUGGESTED_OF = 100  # stories are ranked
NAMES_OF = 40  # of the best of them may have the name of a section, topic or author
KINDS = ("category", "tag", "author")
NO_WISH = Wanted()


class Results(NamedTuple):
    """A page of what was found. Where that is nothing: what may have been `meant`, and what
    finds something with one word `fewer`."""

    query: search.Query
    cards: list[Card]
    more: bool = False
    meant: str = ""
    fewer: Iterable[str] = ()


def results(
    text: str, now: datetime, number: int = 1, wanted: Wanted = NO_WISH, *, newest: bool = False
) -> Results:
    """A page (1 is the first) of what fits. The headline and the excerpt of the cards are safe
    HTML with the words in <mark>."""
    live = Version.objects.live(now).filter(wanted.span("first_published_at"))
    options = _within(wanted)

    def ranked(query):
        return search.ranked(live, query, "revision", now=now, newest=newest)

    query = search.read(text, **options)
    keys = ranked(query)
    if query and not keys:
        # Perhaps the last word was not meant as a whole one: on every page of it alike.
        begun = search.read(text, typing=True, **options)
        if begun != query:
            query, keys = begun, ranked(begun)
    found = _page(live, query, keys, now, number)
    if query and not keys and number == 1 and not wanted.sources:
        meant, fewer = search.spelling.meant(live, text, "revision", **options)
        found = found._replace(meant=meant, fewer=fewer)
    return found


def _within(wanted: Wanted) -> dict[str, Any]:
    """The same wish, for the index: it narrows by itself, and walks past nothing."""
    marks = [_marks(source.kind, source.key) for source in wanted.sources]
    if wanted.video:
        marks.append((search.WITH_VIDEO,))
    return {"marks": marks, "span": search.bounds(wanted.since, wanted.until)}


def _marks(kind: str, key: int) -> tuple[str, ...]:
    if kind != "category":
        return (search.mark(kind, key),)
    branch = Category.objects.descendants(key, include_self=True)
    return tuple(search.mark(kind, pk) for pk in branch.values_list("pk", flat=True))


def _page(live, query, keys, now, number) -> Results:
    first = (number - 1) * FOUND_AT_ONCE
    here = keys[first : first + FOUND_AT_ONCE]
    rows = live.filter(pk__in=here).values_list(
        *COLUMNS, RIGHTS, "revision__story", search.SHOWS_LIMITED
    )
    cards = {row[0]: _card(row, query, now) for row in rows} if here else {}
    shown = [cards[key] for key in here if key in cards]
    return Results(query, shown, len(keys) > first + FOUND_AT_ONCE)


def _card(row, query, now) -> Card:
    *made, rights_until, story, limited = row
    # Where the rights to a picture end no caption of one is quoted, and nobody asked which it is.
    # Without a card it is not known whether they do.
    is_withheld = _is_of_a_photo if limited or not made[7] else search.nothing_withheld
    headline, excerpt = excerpts.of_story(query, story, is_withheld)
    told = {"headline": headline, **rights(rights_until, now)}
    if excerpt:
        told |= {"standfirst": "", "excerpt": excerpt}
    return Card(*made[:7], {**(made[7] or {}), **told}, *made[8:])


def _is_of_a_photo(caption: CaptionBlock) -> bool:
    return caption.kind == "photo"


# While somebody types


class Suggestion(NamedTuple):
    """`kind`: "story", or what a place is."""

    kind: str
    words: str
    url: str
    language: str = ""
    direction: str = ""


def suggested(text: str, now: datetime) -> list[Suggestion]:
    """Places whose names say what was typed so far, then stories. Two or three questions."""
    query = search.read(text, typing=True)
    live = Version.objects.live(now)
    keys = search.ranked(live, query, "revision", now=now, most=SUGGESTED_OF)
    if not keys:
        return []
    cards = cards_of(keys[:SUGGESTED], now)
    places = list(_places(text, keys[:NAMES_OF]))[:SUGGESTED_PLACES]
    stories = [_story(cards[key]) for key in keys[:SUGGESTED] if key in cards]
    return places + stories


def _story(card: Card) -> Suggestion:
    return Suggestion("story", card.headline, card.url, card.language, card.dir)


def _places(text: str, versions: list[int]) -> Iterator[Suggestion]:
    """Of the sections, topics and authors that live stories are listed in, those of that name."""
    typed = words.words(text).split()
    names = ("category__name", "category__path", "tag__name", "tag__slug")
    rows = Listing.objects.filter(version__in=versions).order_by()
    rows = rows.values_list(*names, "author__name", "author__slug").distinct()
    found = set()
    for row in rows:
        for kind, name, where in zip(KINDS, row[::2], row[1::2], strict=True):
            if name and _is_begun(name, typed):
                url = f"/{where}/" if kind == "category" else f"/{kind}/{where}/"
                found.add(Suggestion(kind, name, iri_to_uri(url)))
    yield from sorted(found, key=lambda each: (len(each.words), each))


def _is_begun(name: str, typed: list[str]) -> bool:
    own = words.words(name).split()
    return all(any(word.startswith(begun) for word in own) for begun in typed)
