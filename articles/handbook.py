"""The editors' handbook: the pages of docs/editors/, read in the admin.

They are Markdown that a code host shows as well, so links between them are `chapter.md#heading`
and pictures are `pictures/name.webp`; here both become addresses below `handbook/`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

FOLDER = Path(settings.BASE_DIR) / "docs" / "editors"
PICTURES = FOLDER / "pictures"
FIRST = "README"
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")

# Which chapter a page of the admin opens: that of the longest beginning its name has.
CHAPTERS = {
    "articles_article": "writing",
    "articles_article_changelist": "finding",
    "articles_article_history": "history",
    "articles_article_compare": "history",
    "articles_article_restore": "history",
    "articles_article_merge": "never-lost",
    "articles_article_preview": "showing",
    "articles_article_share": "showing",
    "articles_article_related": "showing",
    "articles_article_redact": "publishing",
    "articles_article_publish": "publishing",
    "articles_article_schedule": "publishing",
    "articles_article_unschedule": "publishing",
    "articles_article_correct": "publishing",
    "articles_article_withdraw": "publishing",
    "articles_article_waiting": "imports",
    "articles_article_connect": "imports",
    "articles_import": "imports",
    "articles_photo": "pictures",
    "articles_video": "pictures",
    "articles_attachment": "pictures",
    "articles_front": "fronts",
    "articles_binnedarticle": "never-lost",
    "articles_desk": "people",
    "articles_auditentry": "people",
    "auth_": "people",
    "second_factor": "people",
}


class Chapter(NamedTuple):
    slug: str
    title: str
    text: str  # Markdown without its title

    @property
    def address(self) -> str:
        return address(self.slug)


def address(slug: str) -> str:
    return reverse("handbook") if slug == FIRST else reverse("handbook-chapter", args=[slug])


def chapter(slug: str) -> Chapter:
    """Raises FileNotFoundError where there is none."""
    text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    title, _newline, rest = text.partition("\n")
    return Chapter(slug, title.removeprefix("# "), rest)


def chapters() -> list[Chapter]:
    """In the order of the table on the first page."""
    first = chapter(FIRST)
    return [first, *map(chapter, re.findall(r"(?m)^\| \[[^]]+\]\(([\w-]+)\.md", first.text))]


def chapter_for(page: str) -> str:
    """The slug of the chapter that fits a page of the admin, told by the name of its address."""
    fitting = [beginning for beginning in CHAPTERS if page.startswith(beginning)]
    return CHAPTERS[max(fitting, key=len)] if fitting else FIRST


# Markdown into the admin's HTML


def as_html(text: str) -> str:
    """Headings get their anchors, links and pictures their addresses. HTML in it is text."""
    tokens = MARKDOWN.parse(text)
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and after:
            token.attrSet("id", anchor(after.content))
        for child in token.children or ():
            SETTLE.get(child.type, lambda child: None)(child)
    return MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})


def anchor(heading: str) -> str:
    """As code hosts make them."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _settle_link(token: Token) -> None:
    told = re.fullmatch(r"([\w-]+)\.md(#.*)?", str(token.attrGet("href")))
    if told:
        token.attrSet("href", address(told[1]) + (told[2] or ""))


def _settle_picture(token: Token) -> None:
    name = Path(str(token.attrGet("src"))).name
    token.attrs |= {"src": reverse("handbook-picture", args=[name]), "loading": "lazy"}
    # Whoever installs without the pictures can still read.
    with suppress(FileNotFoundError), Image.open(PICTURES / name) as picture:
        token.attrs |= {"width": picture.width, "height": picture.height}


SETTLE = {"link_open": _settle_link, "image": _settle_picture}
