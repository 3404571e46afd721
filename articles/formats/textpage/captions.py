"""The paragraph under a photo: its words, and the credit in parentheses at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Whoever is named like this in parentheses at the end made the picture.
_agency = re.compile(
    r"\b(?:AP|AFP|EPA|EFE|ANSA|DPA|dpa|Reuters|REUTERS|Getty|Xinhua|Bloomberg|TASS|Kyodo|Yonhap"
    r"|Shutterstock|iStock|Alamy|Zuma|ZUMA|Photos?|Fotos?|Images?|Pictures|Picture|Imaging|Agency"
    r"|Courtesy|Handout|Screenshot|Screengrab|Pool|File|Archives?|Archivo|Archiv|Instagram"
    r"|Facebook|Twitter|YouTube|TikTok|Flickr|Wikimedia|NASA|Maxar|Planet Labs|Google|USA Today"
    r"|Illustration|Graphic|Wire|Press|News|Credit|Department|Police|Ministry|Office|via)\b|/"
)
_label = re.compile(
    r"(?:photo(?:graph)?|picture|image|credit|foto|bild|crédit)s?(?:\s+credit)?(?:\s*:|\s+by\b)\s*",
    re.IGNORECASE,
)
_credit_line = re.compile(
    r"(?:AP|AFP|Reuters|REUTERS|EPA|Getty Images|Associated Press)(?:\s*(?:Photo|Images))?"
    r"(?:\s*/\s*[^.!?]{2,60}|\s+via\s+[^.!?]{2,60})?|(?:Photo|Credit|Image|Foto|Bild)s?"
    r"(?:\s+credit)?(?:\s*:|\s+by\b|\s+courtesy of\b)\s*[^.!?]{2,80}",
    re.IGNORECASE,
)
_ends_a_sentence = re.compile(r"[.!?…。؟][\"'”’»)\]]*$|[.!?…。؟]\s*$")
# Names of people and papers alone, in parentheses alone: "(Ines Roth/Harbour Gazette)".
_names = re.compile(
    r"[^\W\d_a-z@][\w.'’&-]*(?:[\s,/;|&]+(?:[^\W\d_a-z@][\w.'’&-]*|of|the|and|for|de|von|la)){1,7}"
)
_trailing = re.compile(r"(.{10,}[.!?…][”\"’»]?)\s+([^.!?]{2,90})", re.DOTALL)
_shared = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*\s?){1,4}/(?:[^\W\d_a-z][\w.'’-]*\s?){1,4}")
LONGEST_CREDIT, LONGEST_CAPTION = 140, 600
SCANNED = 1200  # characters from the end in which the parenthesis may open


@dataclass(frozen=True, slots=True)
class Credited:
    text: str
    credit: str


def credited(paragraph: str) -> Credited | None:
    """The caption that a paragraph is, or None when it is none.

    A credit ends the paragraph without a full stop, and comes after a finished sentence or
    names an agency: "(WHO)" and "(see below)" are neither.
    """
    split = split_credit(paragraph)
    if not split:
        return _credited_without_parentheses(paragraph)
    if not 2 <= len(split.credit) <= LONGEST_CREDIT:
        return None
    if split.credit[-1] in ".!?…" or split.credit.islower():
        return None
    named = bool(_agency.search(split.credit) or _label.match(split.credit))
    finished = bool(_ends_a_sentence.search(split.text[-20:]))
    words = len(split.credit.split())
    if named or (finished and (words > 1 or not split.credit.isupper()) and words <= 12):
        return Credited(split.text, split.credit)
    return None


def _credited_without_parentheses(paragraph: str) -> Credited | None:
    """ "The quay on Monday. AP Photo/Ines Roth": behind the last sentence, and no sentence."""
    found = _trailing.fullmatch(paragraph) if len(paragraph) <= LONGEST_CAPTION else None
    if not found or not (_credit_line.fullmatch(found[2]) or _shared.fullmatch(found[2])):
        return None
    return Credited(found[1], found[2])


def split_credit(paragraph: str) -> Credited | None:
    """The last parentheses, if they end the paragraph, and what is before them."""
    paragraph = paragraph.rstrip()
    if not paragraph.endswith((")", ")")):
        return None
    depth = 0
    for position in range(len(paragraph) - 1, max(-1, len(paragraph) - SCANNED), -1):
        letter = paragraph[position]
        depth += (letter in "))") - (letter in "((")
        if depth == 0:
            return Credited(paragraph[:position].rstrip(), bare(paragraph[position:]))
    return None


def is_credit_alone(paragraph: str) -> str:
    """The credit, when a paragraph is nothing else, else ""."""
    split = split_credit(paragraph)
    if split and not split.text:
        known = _agency.search(split.credit) or _label.match(split.credit)
        named = known or _names.fullmatch(split.credit)
        return split.credit if named and split.credit[-1:] not in ".!?" else ""
    if len(paragraph) <= 100 and _credit_line.fullmatch(paragraph):
        return paragraph
    return ""


def bare(credit: str) -> str:
    """ "((AP Photo/Name) )" without what is around it."""
    credit = credit.strip()
    while credit[:1] in ("(", "(") and credit[-1:] in (")", ")") and _encloses(credit):
        credit = credit[1:-1].strip()
    return credit


def is_alt_of(words: str, caption: str) -> bool:
    """Whether a short line above a caption says what is in its picture.

    The alternative text repeats names of the caption; a subhead seldom does.
    """
    said = _long_words(words)
    return bool(said) and len(said & _long_words(caption)) * 2 >= len(said)


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}


def _encloses(credit: str) -> bool:
    """Whether the first parenthesis is closed by the last one, and not before."""
    depth = 0
    for position, letter in enumerate(credit):
        depth += (letter in "((") - (letter in "))")
        if depth == 0:
            return position == len(credit) - 1
    return False
