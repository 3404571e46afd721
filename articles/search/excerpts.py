"""Where a story says what was looked for: its headline and some of its words, as safe HTML."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .. import prose
from ..filing import captions_of
from ..story import QuoteBlock, Story, TextBlock
from .entries import Withheld, nothing_withheld, stemmer_of
from .queries import Query
from .words import known, word_of

WORDS = 30  # of an excerpt
BEFORE = 8  # of them stand before the first word that was looked for
READ = 20_000  # characters of a text


class Marker:
    """Knows the words of a question in the language of a story."""

    def __init__(self, query: Query, story: Story):
        stem = stemmer_of(story)
        phrases = [p for term in query.wanted for p in term.phrases(stem)]
        self.known = known(stem)
        self.whole = {word for p in phrases for word in p.words[: -1 if p.open else None]}
        self.begun = tuple(p.words[-1] for p in phrases if p.open)

    def fits(self, written: str) -> bool:
        kept = self.known[written].split()
        return any(word in self.whole or word.startswith(self.begun) for word in kept)

    def marked(self, text: str) -> SafeString:
        return mark_safe("".join(self._marked(text)))  # noqa: S308  escaped piece by piece

    def _marked(self, text) -> Iterator[str]:
        done = 0
        for match in word_of.finditer(text):
            if self.fits(match[0]):
                yield f"{escape(text[done : match.start()])}<mark>{escape(match[0])}</mark>"
                done = match.end()
        yield escape(text[done:])

    def excerpt(self, texts) -> SafeString:
        """Of the first text that has one of the words, the part around it; "" if none has."""
        for text in texts:
            running = " ".join(text[:READ].split())
            places = list(word_of.finditer(running))
            first = next((n for n, place in enumerate(places) if self.fits(place[0])), None)
            if first is not None:
                return self._around(running, places, first)
        return SafeString("")

    def _around(self, running, places, first):
        start = max(0, min(first - BEFORE, len(places) - WORDS))
        shown = places[start : start + WORDS]
        before = "… " if start else ""
        after = "…" if start + WORDS < len(places) else ""
        end = shown[-1].end() if after else len(running)
        part = running[shown[0].start() if start else 0 : end]
        return mark_safe(f"{before}{self.marked(part)}{after}")  # noqa: S308  escaped in it


def of_story(
    query: Query, story: Story, is_withheld: Withheld = nothing_withheld
) -> tuple[SafeString, SafeString]:
    """(headline, excerpt) of a story that was found. Without a sentence that says it, "" for the
    second: the words are in a name."""
    marker = Marker(query, story)
    return marker.marked(story.headline), marker.excerpt(_sentences(story, is_withheld))


def _sentences(story: Story, is_withheld: Withheld) -> Iterator[str]:
    """What readers see of a story but its names and credits, in its order; captions last."""
    yield story.standfirst
    yield from story.key_points
    for part in story.body:
        if isinstance(part, TextBlock):
            yield prose.as_text(part.html)
        elif isinstance(part, QuoteBlock):
            yield part.text
    for correction in story.corrections:
        yield correction.text
    for caption in captions_of(story):
        if not is_withheld(caption):
            yield caption.text
