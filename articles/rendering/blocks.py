"""The blocks of a body as HTML: one function and one partial a kind."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.safestring import SafeString, mark_safe

from .. import embeds, prose
from .. import story as document
from . import shapes
from .markers import named
from .pictures import figure


class Blocks:
    """Renders one story. `found(media)` is a Photo, a Video, an Attachment or None."""

    def __init__(self, found, labels: SafeString):
        self.found = found
        self.labels = labels  # attributes of words that are the site's, not the story's
        self.links = 0

    def html(self, block) -> SafeString:
        return KINDS[type(block)](self, block)

    def figure(self, words, *, lead=False):
        return figure(words, self.found(words.media), lead=lead)

    def first_audio(self, story) -> dict | None:
        """The recording that stands for the story in a feed, which has room for one."""
        captions = (b for b in story.body if isinstance(b, document.CaptionBlock))
        found = (self.figure(words).attached for words in captions if words.kind == "audio")
        one = next(filter(None, found), None)
        return one and {"href": one.href, "size": one.size, "mime": one.mime}

    def number(self) -> int:
        """Of the next link: related blocks in order, then related posts, see `links_of`."""
        self.links += 1
        return self.links - 1

    def partial(self, name, block) -> SafeString:
        context = {"block": block, "ui": self.labels}
        return shapes.render(f"articles/blocks/{name}.html", context)

    def text(self, block):
        # Once more at the last door: a row may have been stored past every other.
        return mark_safe(prose.canonical(block.html))  # noqa: S308

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
