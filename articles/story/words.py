"""Words by which stories and categories know each other."""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import parse_qsl, unquote, urlsplit

from .parts import LONGEST


def headline_key(headline: str) -> str:
    """Letters and digits only, case-folded: equal for a headline and its form in CAPITALS."""
    return "".join(filter(str.isalnum, headline.casefold()))[: LONGEST["headline"]]


# What is put behind an address to see who followed it, and says nothing of what is there.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|igshid|amp|share|ref", re.IGNORECASE)
ADDRESS_KEY_LENGTH = 32


def address_key(url: str) -> str:
    """The same for all spellings of a web address; "" for what is none.

    Scheme, `www.`, a slash or `/amp` at the end, fragment and tracking make no difference; the
    rest of a query does (`?p=117` is how WordPress names a story). A digest, because an address
    may be longer than an index takes.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if not host or parts.scheme not in ("http", "https", ""):
        return ""
    path = unquote(parts.path).rstrip("/").removesuffix("/amp").rstrip("/")
    asked = parse_qsl(parts.query, keep_blank_values=True)
    asked = sorted(pair for pair in asked if not TRACKING.fullmatch(pair[0]))
    told = repr((host, None if port in (80, 443) else port, path, asked))
    return blake2b(told.encode(), digest_size=ADDRESS_KEY_LENGTH // 2).hexdigest()


def split_category(words: str) -> list[str]:
    r"""["World", "Asia"] of "World/Asia"; a slash within a name is written `\/`."""
    marked = words.replace("\\/", "\0")
    return [name.replace("\0", "/").strip() for name in marked.split("/") if name.strip(" \0")]


def join_category(names: list[str]) -> str:
    """The inverse of `split_category`."""
    return "/".join(name.replace("/", "\\/") for name in names)
