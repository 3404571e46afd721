"""Words by which stories and categories know each other."""

from __future__ import annotations

from .parts import LONGEST


def headline_key(headline: str) -> str:
    """Letters and digits only, case-folded: equal for a headline and its form in CAPITALS."""
    return "".join(filter(str.isalnum, headline.casefold()))[: LONGEST["headline"]]


def split_category(words: str) -> list[str]:
    r"""["World", "Asia"] of "World/Asia"; a slash within a name is written `\/`."""
    marked = words.replace("\\/", "\0")
    return [name.replace("\0", "/").strip() for name in marked.split("/") if name.strip(" \0")]


def join_category(names: list[str]) -> str:
    """The inverse of `split_category`."""
    return "/".join(name.replace("/", "\\/") for name in names)
