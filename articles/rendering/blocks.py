"""The blocks of a body as HTML: one function and one partial a kind."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.safestring import SafeString, mark_safe

from .. import embeds, prose
from .. import story as document
from ..filing import captions_of
from . import shapes
from .markers import named
from .pictures import Figure, figure


class Blocks:
    """Renders one story. `found(media)` is a Photo, a Video, an Attachment or None."""

    def __init__(self, found, labels: SafeString):
        self.found = found
        self.labels = labels  # attributes of words that are the site's, not the story's
        self.links = 0
        self.made: dict[int, Figure] = {}  # by the caption: each is asked for several times

    def html(self, block) -> SafeString:
        return KINDS[type(block)](self, block)

    def figure(self, words, *, lead=False) -> Figure:
        if id(words) not in self.made:
            self.made[id(words)] = figure(words, self.found(words.media), lead=lead)
        return self.made[id(words)]

    def figures(self, story) -> list[Figure]:
        """Every photo, film and attachment of a story, in the order of the page."""
        return [self.figure(words) for words in captions_of(story)]

    def number(self) -> int:
        """Of the next link: related blocks in order, then related posts, see `links_of`."""
        self.links += 1
        return self.links - 1

    def partial(self, name, block) -> SafeString:
        context = {"block": block, "ui": self.labels}
        return shapes.render(f"articles/blocks/{name}.html", context)

    def text(self, block):
        # Once more at the last door: a row may have been stored past every other.
        html = prose.canonical(block.html)
        # A wide table scrolls by itself; with the keyboard only what has the focus does.
        return mark_safe(html.replace("<table>", '<table tabindex="0">'))  # noqa: S308

    def caption(self, block):
        if block.kind in document.ATTACHED:
            return self.partial("attachment", self.figure(block).as_dict())
        return self.shown(self.figure(block))

    def shown(self, figure) -> SafeString:
        return self.partial("caption", figure.as_dict())

    def gallery(self, block):
        return self.partial("gallery", [self.figure(words).as_dict() for words in block.captions])

    def related(self, block):
        return self.partial("related", named("link", self.number(), block.headline))

    def quote(self, block):
        return self.partial("quote", {"text": block.text, "cite": block.cite})

    def embed(self, block):
        film = embeds.identify(block.url)
        known = film or block.url.startswith(("https://", "http://"))
        if not known:
            return mark_safe("")
        return self.partial("embed", asdict(film) if film else {"url": block.url})

    def raw(self, block):
        return mark_safe("")  # kept, never shown


KINDS = {
    document.TextBlock: Blocks.text,
    document.CaptionBlock: Blocks.caption,
    document.GalleryBlock: Blocks.gallery,
    document.RelatedBlock: Blocks.related,
    document.QuoteBlock: Blocks.quote,
    document.EmbedBlock: Blocks.embed,
    document.RawBlock: Blocks.raw,
}
