"""`close Video`, the title of the video, its caption."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.story import headline_key

from .page import Piece
from .paragraphs import LINE, VIDEO_CAPTION, Paragraph, is_template

# How the captions of videos talk: who speaks with whom, on which programme.
_surely = re.compile(
    r"\bon (?:the )?[‘'“\"«][^’'”\"»]{2,60}[.,!]?[’'”\"»]\.?$|\btop headlines\b"
    r"|check out what.s clicking|\((?:credit|video|source)\b.{0,80}\)$",
    re.IGNORECASE,
)
_likely = re.compile(
    r"\b(?:speaks?|joins?|joined|discuss\w*|weighs? in|breaks? down|reports?|reacts?|explains?"
    r"|previews?|has the (?:latest|story|details)|talks?|sits down|comments?|correspondent|anchor"
    r"|host|panel|footage|video|shows?|captured|caught on)\b",
    re.IGNORECASE,
)
LONGEST_TITLE = 200
LONGEST_CAPTION = 700
SHORT_CAPTION = 160
LIKELY_CAPTION = 300


def take_video(
    paragraphs: Sequence[Paragraph], position: int, notes: list[str], body_start: str = ""
) -> tuple[Piece, int]:
    """The video whose title may be at `position`, and where to read on.

    `body_start`: letters (as headline_key) that the body is known to begin with.
    """
    title = text = ""
    if position < len(paragraphs) and _is_title(paragraphs[position], body_start):
        title = paragraphs[position].text
        position += 1
    if position < len(paragraphs) and _is_caption(paragraphs, position, title, body_start, notes):
        text = paragraphs[position].text
        position += 1
    return Piece("video", text, title=title), position


def _is_title(paragraph: Paragraph, body_start: str) -> bool:
    if paragraph.mark or paragraph.is_list:
        return paragraph.mark == LINE and paragraph.is_text
    text = paragraph.text
    if len(text) > LONGEST_TITLE or starts_body(text, body_start) or is_template(text):
        return False
    return len(text) <= 120 or text[-1:] not in '.”"'


def _is_caption(
    paragraphs: Sequence[Paragraph],
    position: int,
    title: str,
    body_start: str,
    notes: list[str],
) -> bool:
    paragraph = paragraphs[position]
    if paragraph.mark or paragraph.is_list:
        return paragraph.mark == VIDEO_CAPTION
    text = paragraph.text
    if not title or len(text) > LONGEST_CAPTION or starts_body(text, body_start):
        return False
    if is_template(text):
        return False
    after = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
    if not after or after.is_list or starts_body(after.text, body_start):
        return bool(after)
    if _surely.search(text):
        return True
    is_one = len(text) <= (LIKELY_CAPTION if _likely.search(text) else SHORT_CAPTION)
    notes.append(
        f"read as {'the caption of the video' if is_one else 'the body, not the video’s caption'}:"
        f" “{text[:60]}…”"
    )
    return is_one


def starts_body(text: str, body_start: str) -> bool:
    """Whether this is the paragraph that the body is known to begin with."""
    if not body_start:
        return False
    letters = headline_key(text[: len(body_start) * 3])
    return letters.startswith(body_start) or (len(letters) > 12 and body_start.startswith(letters))
