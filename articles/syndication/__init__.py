"""Feeds: one description of the newest stories of a place, and three ways to write it down."""

from collections.abc import Callable

from . import atom, jsonfeed, rss
from .described import ITEMS, Feed, Item, of_place, of_site

__all__ = ["ITEMS", "WRITERS", "Feed", "Item", "of_place", "of_site"]

# What a feed's address ends in: how it is written. The first is the one of the bare address.
WRITERS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "rss": ("application/rss+xml", rss.write),
    "atom": ("application/atom+xml", atom.write),
    "json": ("application/feed+json", jsonfeed.write),
}
