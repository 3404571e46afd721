"""Players of other sites: an allow-list of providers, and addresses built from what is known.

Nothing a provider says ends in our pages: of an address only the film's id is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """Where films are: how their addresses look, their page and their player."""

    name: str
    pattern: re.Pattern[str]
    page: str
    player: str


@dataclass(frozen=True)
class Film:
    """One film there. `page` is for a link, `player` for a frame that the reader asked for."""

    provider: str
    name: str
    id: str
    page: str
    player: str


YOUTUBE = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#\s]*&)?v=|embed/|shorts/|live/)"
    r"|youtu\.be/)([\w-]{11})(?![\w-])",
    re.ASCII,
)
VIMEO = re.compile(
    r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/|channels/\w+/)?([0-9]{5,12})(?![0-9])",
    re.ASCII,
)
PROVIDERS = {
    "youtube": Provider(
        name="YouTube",
        pattern=YOUTUBE,
        page="https://www.youtube.com/watch?v={id}",
        player="https://www.youtube-nocookie.com/embed/{id}?autoplay=1&rel=0",
    ),
    "vimeo": Provider(
        name="Vimeo",
        pattern=VIMEO,
        page="https://vimeo.com/{id}",
        player="https://player.vimeo.com/video/{id}?autoplay=1&dnt=1",
    ),
}


def identify(url: str) -> Film | None:
    """The film at this address; None when no provider of ours has such addresses."""
    for key, provider in PROVIDERS.items():
        if match := provider.pattern.match(url.strip()):
            film = match[1]
            return Film(
                provider=key,
                name=provider.name,
                id=film,
                page=provider.page.format(id=film),
                player=provider.player.format(id=film),
            )
    return None
