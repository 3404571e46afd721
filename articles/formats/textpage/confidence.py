"""How sure it is that a page is a story, and was read as what it is.

A page begins with all confidence and loses some of it for each doubt. Below story.DOUBTFUL it is
imported as a working copy that an editor looks at, never live. Only what `Page` holds is looked
at, so a page that was written and is read again is judged the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .body import is_sentence
from .page import Page, Piece

# How much each doubt takes away. One of the first kind is enough, or two of the second.
NO_STORY = 0.6
SERIOUS = 0.35
SOME = 0.2
LITTLE = 0.05

SHORT_TEXT = 150  # letters of prose in a text that is hardly one
STORY = 600  # letters of prose in what is a story, whatever it is called
PROSE = 20  # letters of a paragraph that can be a sentence
LONG_PROSE = 120  # of one that is prose however it ends
LONG_HEADLINE, LONG_EXCERPT = 200, 160  # characters
CUT = ("…", "...", "[…]")
SIGNS = 0.3  # the share of figures and signs in any language's prose is lower
READ = 4000  # characters in which such phrases are looked for

Doubt = tuple[float, str]

# Pages that every site has and that are no stories, by their whole headline.
_no_headline = re.compile(
    r"(?:error:?\s*)?[45]\d\d\b.{0,20}(?:not found|forbidden|error|unavailable|gateway)"
    r"|(?:error )?40[34](?: error)?|(?:the )?page (?:was )?(?:not found|cannot be found)"
    r"|(?:oops|sorry)\b.{0,40}\b(?:found|exist|wrong|page)\b.{0,30}|not found|access denied"
    r"|forbidden|log ?in(?: to .{1,40})?"
    r"|sign (?:in|up)(?: (?:to (?:your|continue)|for free)\b.{0,30})?"
    r"|create (?:an|your) account|my account|register|forgot(?:ten)? (?:your )?password\??"
    r"|checking your browser.{0,60}|just a moment.{0,5}|are you (?:a )?(?:human|robot)\?"
    r"|(?:please )?enable (?:javascript|cookies).{0,60}|we (?:value|respect) your privacy"
    r"|we use cookies.{0,30}|your privacy(?: choices)?|before you continue.{0,30}"
    r"|(?:cookie|privacy) (?:policy|notice|settings|preferences|statement|choices)"
    r"|terms (?:of (?:use|service)|(?:and|&) conditions)"
    r"|(?:(?:the )?(?:MIT|BSD|ISC|Apache|Mozilla|GNU|Creative Commons)\b.{0,40} )?licen[cs]e\b"
    r".{0,40}"
    r"|copyright (?:\(c\)|©|\d{4}).{0,80}|search results.{0,60}|index of /.{0,60}|lorem ipsum"
    r"|seite nicht gefunden|page (?:introuvable|non trouvée)|p[aá]gina no encontrada"
    r"|sayfa bulunamadı|страница не найдена|الصفحة غير موجودة|anmelden|connexion|iniciar sesión",
    re.IGNORECASE,
)
# What only such pages say, in their text.
NO_TEXT = (
    "permission is hereby granted, free of charge",
    "without warranty of any kind",
    "redistribution and use in source and binary forms",
    "everyone is permitted to copy and distribute verbatim",
    "terms and conditions for use, reproduction, and distribution",
    "access information on a device",
    "access information on your device",
    "to our use of cookies",
    "accept all cookies",
    "reject all cookies",
    "manage preferences",
    "the page you are looking for",
    "the page you were looking for",
    "enable javascript",
    "checking if the site connection is secure",
    "lorem ipsum dolor",
    "username or email",
    "forgot your password",
    "forgot password?",
)
_machine = re.compile(
    r"^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3}\s|(?:def|class|import|from|var"
    r"|const|function|public|private|#include|SELECT|INSERT|return)\b.*[;:({)]\s*$|[\w.-]+\s*[=:]\s*\S+$)"
)
_full_stop = re.compile(r"[.!?…。！？؟۔।][”\"’»)\]]*$")
_sign = re.compile(r"[^\w\s]|[\d_]")
_ideograph = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def judged(page: Page) -> tuple[float, list[str]]:
    """How sure (0 to 1, two decimals), and the doubts that took more than LITTLE away."""
    doubts = list(_doubts(page))
    confidence = max(0.0, 1.0 - sum(weight for weight, _ in doubts))
    return round(confidence, 2), [reason for weight, reason in doubts if weight > LITTLE]


def _doubts(page: Page) -> Iterator[Doubt]:
    prose = [piece.text for piece in page.pieces if _is_prose(piece)]
    letters = sum(map(_length, prose))
    yield from _about_the_headline(page.headline, letters)
    yield from _about_the_text(page, prose, letters)
    yield from _about_its_lines(page, prose)
    yield from _about_the_template(page)


def _about_the_headline(headline: str, letters: int) -> Iterator[Doubt]:
    if _no_headline.fullmatch(headline):
        yield (NO_STORY if letters < STORY else SERIOUS), f"no story is called “{headline[:60]}”"
    elif _machine.match(headline):
        yield SERIOUS, "the headline was written by a program"
    elif not any(map(str.isalpha, headline)):
        yield SERIOUS, "the headline has no letters"
    elif len(headline) > LONG_HEADLINE:
        yield SOME, f"the headline is {len(headline)} characters long"


def _about_the_text(page: Page, prose: Sequence[str], letters: int) -> Iterator[Doubt]:
    words = " ".join([page.standfirst, *(_words(piece) for piece in page.pieces)])
    if not prose:
        told = page.video or page.key_points or any(p.kind == "photo" for p in page.pieces)
        told = told or any(_full_stop.search(p.text[-4:]) for p in page.pieces if p.kind == "p")
        yield (SERIOUS if told else NO_STORY), "there is no paragraph of prose in it"
    elif letters < SHORT_TEXT:
        yield SOME, "the text is short"
    some = words[:READ]
    small = some.lower()
    if found := next((phrase for phrase in NO_TEXT if phrase in small), ""):
        yield NO_STORY, f"what no story says: “{found}”"
    if len(_sign.findall(some)) > SIGNS * len(some):
        yield SERIOUS, "there are more figures and signs in it than in prose"
    if words.count("\ufffd") * 100 > len(words):
        yield SOME, "many characters are lost"


def _about_its_lines(page: Page, prose: Sequence[str]) -> Iterator[Doubt]:
    """Lines that are neither prose nor a known part: menus, tables, lists of names."""
    lines = [line for piece in page.pieces for line in (*piece.text.split("\n"), *piece.items)]
    if sum(bool(_machine.match(line)) for line in lines) * 2 > len(lines):
        yield NO_STORY, "most of its lines were written by a program"
    cut = sum(len(text) <= LONG_EXCERPT and text.endswith(CUT) for text in prose)
    if cut > 1 and cut * 2 >= len(prose):
        yield NO_STORY, "it is a list of other stories"
    loose = sum(_loose(piece) for piece in page.pieces)
    if loose > 3 and loose > 3 * len(prose):
        yield SERIOUS, f"{loose} of its lines belong to nothing"
    elif loose > 3 and loose > 2 * len(prose):
        yield SOME, f"{loose} of its lines belong to nothing"


def _about_the_template(page: Page) -> Iterator[Doubt]:
    signs = (page.categories, page.recent, page.video, page.published, page.byline, page.shared)
    if not any(signs):
        yield SOME, "nothing of a page's template is around it"
    elif not page.categories:
        yield LITTLE, "it names no category"
    last = page.pieces[-1] if page.pieces else None
    if last and last.kind == "p" and not page.shared and not is_sentence(last.text):
        yield LITTLE, "it ends in the middle of a sentence"


def _is_prose(piece: Piece) -> bool:
    if piece.kind != "p":
        return False
    length = _length(piece.text)
    return length >= LONG_PROSE or (length >= PROSE and bool(_full_stop.search(piece.text[-4:])))


def _length(text: str) -> int:
    """Letters and signs; of a script that writes words with one or two, four times as many."""
    length = len(text) - text.count(" ")
    return length if text.isascii() else length + 3 * len(_ideograph.findall(text))


def _loose(piece: Piece) -> int:
    if piece.kind in ("ul", "ol"):
        return len(piece.items)
    if piece.kind == "related":
        return 0
    if piece.kind == "p":
        return 0 if _is_prose(piece) else len(piece.text.split("\n"))
    return int(piece.kind == "h2")


def _words(piece: Piece) -> str:
    return " ".join((piece.title, piece.text, *piece.items))
