"""The whole text of a story for a reader far from our style sheet and our scripts."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.html import format_html

from ..reading import Around, Card
from ..rendering import markers

PARTS = ("lead", "body", "corrections")
LOCAL = re.compile(r'\b(href|src|poster)="(/[^"/][^"]*|/)"')
OFFERS = re.compile(r"</?picture>|<source type=\"image/avif\"[^>]*>")
# What only our pages can use.
OWN = re.compile(r' (?:srcset|sizes|fetchpriority|loading|decoding|data-[\w-]+)="[^"]*"')
BUTTONS = re.compile(r"<button\b.*?</button>", re.DOTALL)


def content(card: Card, around: Around) -> str:
    """As HTML: what leads the story, its body, and what was put right."""

    def name(kind: str, number: int, words: str) -> str:
        place = around.places.get((kind, number))
        return format_html('<a href="{}">{}</a>', place.url, place.name) if place else words

    article = card.rendering__article or ""
    whole = "".join(markers.part(article, part) for part in PARTS)
    html = markers.fill(whole, name, {}, around.over)
    html = OWN.sub("", OFFERS.sub("", BUTTONS.sub("", html)))
    return LOCAL.sub(lambda m: f'{m[1]}="{settings.SITE_URL}{m[2]}"', html).strip()
