"""A version as HTML, made once when it is published; pages only fill in what is live.

`render` decides from its arguments and the settings alone. Names and addresses that may change
without the story are left open as markers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .. import prose
from ..story import (
    CaptionBlock,
    Contributor,
    RelatedBlock,
    RelatedPost,
    Story,
    TextBlock,
    split_category,
)
from . import head as heads
from . import schema, shapes
from .blocks import Blocks
from .languages import direction, language_of
from .markers import QUOTED, named
from .pictures import Figure

__all__ = ["Rendered", "direction", "links_of", "render"]

# A correction within the minute is no update to readers.
UPDATED_AFTER = timedelta(minutes=1)
LONG = 110  # characters of a headline in smaller letters
SUBHEAD = re.compile(r"<(h[23])\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Rendered:
    """The parts of a version's pages.

    article: the inside of <article>; head: metadata; card: what lists show, as JSON;
    corrections: [{"at", "kind", "text"}], newest first.
    """

    article: str
    head: str
    card: dict
    corrections: list[dict]

    @property
    def corrected_at(self) -> datetime | None:
        """The moment of the newest correction."""
        return datetime.fromisoformat(self.corrections[0]["at"]) if self.corrections else None


def links_of(story: Story) -> list[RelatedBlock | RelatedPost]:
    """The stories this one names, in the order of their markers: in the body, then beside it."""
    return [*(block for block in story.body if isinstance(block, RelatedBlock)), *story.related]


def render(version, story: Story, files) -> Rendered:
    """`version` needs its dates and `dated`; `files.of(source, media)` finds a Photo or Video."""
    with translation.override(settings.LANGUAGE_CODE):
        blocks = Blocks(lambda media: files.of(story.source, media), _labels(story))
        lead = blocks.figure(story.lead, lead=True) if story.lead else None
        figures = blocks.figures(story)
        card = _card(story, figures, lead, _shown(story, blocks, lead))
        context = {
            **_own_words(story),
            **_dates(version),
            "ui": blocks.labels,
            "categories": mark_safe(" ".join(_categories(story))),  # noqa: S308
            "authors": [_author(n, author) for n, author in enumerate(story.authors)],
            "byline": _byline(story),
            "lead": blocks.shown(lead) if lead else "",
            "body": mark_safe("".join(f"{blocks.html(block)}\n" for block in story.body)),  # noqa: S308
            "corrections": _corrections_part(story, blocks.labels),
            "tags": _tags(story),
            "related": [_related(blocks.number(), post) for post in story.related],
            "address": QUOTED,
            "json": schema.news_article(version, story, card, figures),
        }
        return Rendered(
            article=shapes.render("articles/article.html", context),
            head=heads.head(version, story, card),
            card=card,
            corrections=[_as_json(correction) for correction in _corrections(story)],
        )


def _own_words(story: Story) -> dict:
    return {
        "headline": story.headline,
        "is_long": len(story.headline) > LONG,
        "standfirst": story.standfirst,
        "dateline": story.dateline,
        "key_points": story.key_points,
        "rights": story.rights,
    }


def _dates(version) -> dict:
    """What readers are told of when it was published, and changed."""
    first, last = version.first_published_at, version.published_at
    if not (version.dated and first):
        return {"published": None, "updated": None}
    changed = last and last - first >= UPDATED_AFTER
    return {"published": _told(first), "updated": _told(last) if changed else None}


def _told(at: datetime) -> dict:
    """On the newsroom's clock; the day alone where no more is known of it."""
    local = timezone.localtime(at)
    if local.time() == time(0):
        told = date_format(local, "DATE_FORMAT")
    else:
        told = f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"
    return {"at": local.isoformat(), "told": told}


def _labels(story: Story) -> SafeString:
    """The language of the site's own words, where the story's is another."""
    site = settings.LANGUAGE_CODE
    if language_of(story).split("-")[0].casefold() == site.split("-")[0]:
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', site, direction(site))


def _shown(story: Story, blocks: Blocks, lead: Figure | None) -> Figure | None:
    """Whose picture stands for the story: the lead's, else the first of the body, since a page
    saved as text has no lead photo."""
    if lead and lead.picture:
        return lead
    captions = (block for block in story.body if isinstance(block, CaptionBlock))
    figures = (blocks.figure(words) for words in captions)
    return next((figure for figure in figures if figure.picture), None)


def _card(story: Story, figures: list[Figure], lead: Figure | None, shown: Figure | None) -> dict:
    texts = [block.html for block in story.body if isinstance(block, TextBlock)]
    running = SUBHEAD.sub("", "".join(texts[:5]))
    language = language_of(story)
    recordings = (figure for figure in figures if figure.attached and figure.words.kind == "audio")
    films = (figure for figure in figures if figure.source or figure.film)
    return {
        "headline": story.headline,
        "standfirst": story.standfirst,
        "excerpt": prose.excerpt(running or story.standfirst),
        "byline": story.byline or ", ".join(author.name for author in story.authors),
        "language": language,
        "dir": direction(language),
        "has_video": bool(lead and lead.is_video),
        "picture": _picture(shown) if shown else None,
        # A feed has room for one of each.
        "audio": next(map(_audio, recordings), None),
        "film": next(map(_film, films), None),
        "words": sum(prose.count_words(html) for html in texts),
    }


def _picture(shown: Figure) -> dict:
    words = shown.words
    return {**shown.picture.as_dict(), "caption": words.text, "credit": words.credit}


def _audio(figure: Figure) -> dict:
    file = figure.attached
    told = {"href": file.href, "size": file.size, "mime": file.mime, "seconds": file.seconds}
    return {**told, "title": figure.words.title}


def _film(figure: Figure) -> dict:
    page = figure.film.page if figure.film else ""
    title = figure.words.title or figure.words.text
    return {"title": title, "src": figure.source, "mime": figure.mime, "page": page}


def _categories(story: Story) -> list[SafeString]:
    leaves = [split_category(words)[-1] for words in story.categories]
    return [named("category", n, leaves[n]) for n in _first_of_each(story.categories)]


def _tags(story: Story) -> list[SafeString]:
    return [named("tag", n, story.tags[n]) for n in _first_of_each(story.tags)]


def _first_of_each(words) -> list[int]:
    """The positions of words that did not come before in another case."""
    first: dict[str, int] = {}
    for position, name in enumerate(words):
        first.setdefault(name.casefold(), position)
    return list(first.values())


def _author(number: int, author: Contributor) -> dict:
    return {"name": named("author", number, author.name), "role": author.role}


def _byline(story: Story) -> SafeString:
    """The byline as printed, in which known names lead to their pages."""
    numbers = {escape(author.name): n for n, author in enumerate(story.authors)}
    longest_first = sorted(map(re.escape, numbers), key=len, reverse=True)
    if not story.byline or not longest_first:
        return escape(story.byline)
    # One pass, so that no name is looked for inside a marker.
    pieces = re.split(rf"\b({'|'.join(longest_first)})\b", escape(story.byline))
    marked = (
        format_html("<!--author {}-->{}<!--/-->", numbers[piece], mark_safe(piece))  # noqa: S308
        if piece in numbers
        else piece
        for piece in pieces
    )
    return mark_safe("".join(marked))  # noqa: S308  escaped above, and markers


def _related(number: int, post: RelatedPost) -> dict:
    return {"headline": named("link", number, post.headline), "excerpt": post.excerpt}


def _corrections(story: Story) -> list:
    return sorted(story.corrections, key=lambda correction: correction.at, reverse=True)


def _corrections_part(story: Story, labels: SafeString) -> str:
    if not story.corrections:
        return ""
    context = {"corrections": _corrections(story), "ui": labels}
    return render_to_string("articles/parts/corrections.html", context)


def _as_json(correction) -> dict:
    return {"at": correction.at.isoformat(), "kind": correction.kind, "text": correction.text}
