"""Finding words in whatever they are written into: prose, markup, addresses, names of files."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from .. import prose
from ..story import MOMENTS, Story

MARK = "[…]"  # the press's own sign for an omission; never longer than what it stands for
PLAIN = "xxx"  # where only letters can stand: addresses, names of files
SHORTEST = 3  # letters, so that no column gets too narrow
REMOVED = "Removed"

# What the databases and programs read, and people do not.
TECHNICAL = frozenset(
    "type kind provider pubstatus source source_id version sha256 mime language at digest format"
    " received published_between region version_before".split()
) | {*MOMENTS}

ADDRESSES = frozenset({"slug", "source_url", "url", "file"})
TAG = "<[^<>]*>"
GAP = rf"(?:{TAG}|&nbsp;|%20|[\s\u00a0_+.\-])+"
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}


class Words:
    """These words, each phrase as a whole: “Ann” is not in “Annual”, and stands in “Ann’s”.

    Case does not count, nor do tags between the letters, nor what separates the words: an
    address says them with hyphens.
    """

    def __init__(self, phrases):
        self.phrases = [phrase for phrase in (" ".join(p.split()) for p in phrases) if phrase]
        short = [p for p in self.phrases if sum(map(str.isalnum, p)) < SHORTEST]
        if short or not self.phrases:
            raise ValueError(f"words of at least {SHORTEST} letters are needed")
        longest_first = sorted(self.phrases, key=len, reverse=True)
        ways = dict.fromkeys(way for phrase in longest_first for way in _ways(phrase))
        self.pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(ways)})(?![^\W_])", re.IGNORECASE)

    def are_in(self, text: str) -> bool:
        return bool(self.pattern.search(text))

    def text(self, text: str) -> str:
        """The text with a mark in their place. Tags between the letters stay."""
        mark = MARK if re.search(r"[\s<]", text) or self.pattern.fullmatch(text) else PLAIN
        return self.pattern.sub(lambda m: mark + "".join(re.findall(TAG, m[0])), text)

    def html(self, html: str) -> str:
        return prose.canonical(self.text(html)) if self.are_in(html) else html

    def slug(self, slug: str) -> str:
        return self.pattern.sub(PLAIN, slug)

    def json(self, value: Any) -> Any:
        """The same in every text of a JSON value that is no technical one."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, (list, tuple)):
            return [self.json(each) for each in value]
        if isinstance(value, dict):
            return {self.text(name): self._part(name, each) for name, each in value.items()}
        return value

    def _part(self, name, value):
        if name in TECHNICAL:
            return value
        if name == "html":
            return self.html(value)
        if name in ADDRESSES and isinstance(value, str):
            return self.slug(value)
        return self.json(value)

    def story(self, story: Story) -> Story:
        return Story.from_dict(self.json(story.as_dict()))

    def entry(self, entry: dict) -> dict:
        """A related or recent story, as another one names it."""
        return self.json(entry)


class Everything:
    """All words of a story. A tombstone stays: whose it was, and when."""

    phrases = ()

    def are_in(self, text: str) -> bool:
        return bool(text)

    def text(self, text: str) -> str:
        return ""

    html = slug = text

    def json(self, value: Any) -> Any:
        return type(value)() if isinstance(value, (str, list, tuple, dict)) else value

    def story(self, story: Story) -> Story:
        kept = ("source", "source_id", "version", "pubstatus", *MOMENTS)
        return Story(headline=REMOVED, **{name: getattr(story, name) for name in kept})

    def entry(self, entry: dict) -> dict:
        kept = {name: value for name, value in entry.items() if name in TECHNICAL}
        return {**kept, "headline": MARK}


def _ways(phrase):
    """The pattern of a phrase, composed and decomposed."""
    for form in ("NFC", "NFD"):
        words = unicodedata.normalize(form, phrase).split()
        yield GAP.join(f"(?:{TAG})*".join(map(_letter, word)) for word in words)


def _letter(char):
    written = re.escape(char)
    return f"(?:{written}|{re.escape(ENTITIES[char])})" if char in ENTITIES else written
