"""The body of a page: which paragraphs are more than paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.story import headline_key

from . import labels
from .captions import credited, is_alt_of, is_credit_alone, split_credit
from .lesson import NOTHING, Lesson
from .page import Entry, Kind, Piece
from .paragraphs import CAPTION, PARAGRAPH, STORY, SUBHEAD, Paragraph
from .video import take_video

_ends_a_sentence = re.compile(r"[.!…:;,。!؟।\"”»'’)\]]$|[.!?…]\S{0,2}$")
_small = bytes(range(ord("a"), ord("z") + 1))
_asks = re.compile(r"(?:who|what|why|where|when|how|is|are|does|do|did|can|will)\b", re.IGNORECASE)
_no_subhead = re.compile(r"https?:|www\.|@|pic\.twitter")
_wrapped_at = range(50, 100)  # characters: lines that a program broke, not an author

LONGEST_SUBHEAD = 80
LONGEST_ADVERTISEMENT = 160
LONGEST_CAPITALS = 300


class Body:
    """Takes paragraphs one after the other; `pieces` and `notes` are what came of them."""

    def __init__(self, others: Sequence[Entry] = (), lesson: Lesson = NOTHING) -> None:
        self.pieces: list[Piece] = []
        self.notes: list[str] = []
        self.others, self.lesson = others, lesson

    def read(self, paragraphs: Sequence[Paragraph]) -> None:
        position = 0
        while position < len(paragraphs):
            paragraph = paragraphs[position]
            position += 1
            if labels.close_video.fullmatch(paragraph.text) and not paragraph.mark:
                video, position = take_video(paragraphs, position, self.notes)
                self.pieces.append(video)
            elif paragraph.is_list:
                self._list(paragraph)
            elif paragraph.mark:
                self.pieces.append(marked(paragraph))
            else:
                self._text(paragraph)
        self._settle_subheads()

    def _list(self, paragraph: Paragraph) -> None:
        """Lists that only blank lines part are one."""
        kind: Kind = "ol" if paragraph.ordered else "ul"
        before = self.pieces[-1] if self.pieces else None
        if before and before.kind == kind and not paragraph.mark:
            self.pieces[-1] = replace(before, items=before.items + paragraph.lines)
        elif paragraph.lines:
            self.pieces.append(Piece(kind, items=paragraph.lines, start=paragraph.start))

    def _text(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if is_advertisement(text):
            self.notes.append(f"dropped as an advertisement: “{text}”")
        elif credit := is_credit_alone(text):
            self._credit_below(credit, text)
        elif caption := credited(text):
            alt = self._alt_above(caption.text)
            self.pieces.append(Piece("photo", caption.text, credit=caption.credit, alt=alt))
        elif is_capitals(text):
            self._capitals(text)
        elif (found := labels.leads_to.match(text)) and is_capitals(text[found.end() :]):
            self._capitals(text[found.end() :])
        elif is_subhead(paragraph):
            self.pieces.append(Piece("h2", text))
        else:
            self.pieces.append(Piece("p", _unwrapped(paragraph.lines)))

    def _capitals(self, text: str) -> None:
        if not is_short_capitals(text) or self._is_known(text):
            self.pieces.append(Piece("related", text))
        else:
            self.notes.append(f"read as a subhead, not as a related story: “{text}”")
            self.pieces.append(Piece("h2", text))

    def _is_known(self, text: str) -> bool:
        key = headline_key(text)
        named = any(headline_key(entry.headline) == key for entry in self.others)
        return named or self.lesson.knows(text)

    def _credit_below(self, credit: str, text: str) -> None:
        """A credit on its own line belongs to the caption above it."""
        if self.pieces and self.pieces[-1].kind in ("p", "h2"):
            words = self.pieces.pop().text.replace("\n", " ")
            alt = self._alt_above(words)
            self.pieces.append(Piece("photo", words, credit=credit, alt=alt))
        else:
            self.notes.append(f"a photo with nothing but its credit: “{text}”")
            self.pieces.append(Piece("photo", credit=credit))

    def _alt_above(self, caption: str) -> str:
        """The picture's alternative text, printed as a paragraph above its caption."""
        above = self.pieces[-1] if self.pieces else None
        if not above or "\n" in above.text or len(above.text) > len(caption) + 40:
            return ""
        alike = above.kind == "p" and abs(len(above.text) - len(caption)) <= 40
        repeated = alike and headline_key(above.text) == headline_key(caption)
        unended = above.kind == "p" and not is_sentence(above.text)
        named = above.kind == "h2" and is_alt_of(above.text, caption)
        if not (repeated or unended or named):
            return ""
        self.pieces.pop()
        self.notes.append(f"read as the alternative text of a photo: “{above.text}”")
        return above.text

    def _settle_subheads(self) -> None:
        """A line at the very end, with nothing under it, is no subhead."""
        last = self.pieces[-1] if self.pieces else None
        if last and last.kind == "h2" and not last.title:
            self.pieces[-1] = Piece("p", last.text)
        self.pieces = [replace(p, title="") if p.kind == "h2" else p for p in self.pieces]


def marked(paragraph: Paragraph) -> Piece:
    """What our writer said it is."""
    if paragraph.mark == PARAGRAPH:
        return Piece("p", "\n".join(paragraph.lines))
    if paragraph.mark == STORY:
        return Piece("related", paragraph.text)
    if paragraph.mark == SUBHEAD:
        return Piece("h2", paragraph.text, title="certain")
    split = split_credit(paragraph.text)
    if paragraph.mark == CAPTION and split:
        return Piece("photo", split.text, credit=split.credit)
    return Piece("photo", paragraph.text)


def is_advertisement(text: str) -> bool:
    """The site's own: short, without a full stop unless in capitals, asking for a click."""
    if len(text) > LONGEST_ADVERTISEMENT:
        return False
    if labels.advertisement_line.fullmatch(text):
        return True
    if is_capitals(text):
        return bool(labels.advertisement.search(text) or labels.shouted.search(text))
    return bool(labels.advertisement.search(text)) and not re.search(r"[.!?] \S", text)


def is_capitals(text: str) -> bool:
    """Nearly all letters are capitals: "McCARTHY WINS" counts, a sentence does not."""
    begun = text[:60].encode(errors="replace")  # of most texts this much tells
    small = len(begun) - len(begun.translate(None, _small))
    if len(text) > LONGEST_CAPITALS or small * 10 > len(text):
        return False
    upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return upper > 1 and lower * 10 <= upper


def is_short_capitals(text: str) -> bool:
    """Whether a line in CAPITALS is rather a subhead or an acronym than another headline."""
    words = text.split()
    if len(words) <= 3 or text.endswith(":"):
        return True
    return len(words) <= 5 and (text.endswith("?") or bool(_asks.match(text)))


def is_subhead(paragraph: Paragraph) -> bool:
    """A short line that is no sentence."""
    text = paragraph.text
    return (
        len(paragraph.lines) == 1
        and len(text) <= LONGEST_SUBHEAD
        and len(text.split()) <= 12
        and text[:1].isalnum()
        and not text[:1].islower()
        and not _ends_a_sentence.search(text.removesuffix("?"))
        and not _no_subhead.search(text)
    )


def is_sentence(text: str) -> bool:
    """Whether the text ends as sentences do."""
    return bool(_ends_a_sentence.search(text[-4:])) or text.endswith("?")


def _unwrapped(lines: Sequence[str]) -> str:
    """Lines that a program broke are joined; those that an author broke stay."""
    if all(len(line) in _wrapped_at for line in lines[:-1]):
        return " ".join(lines)
    return "\n".join(lines)
