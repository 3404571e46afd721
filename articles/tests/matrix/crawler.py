"""Everything somebody without an account can reach, byte by byte."""

from __future__ import annotations

import re
from html import unescape
from unittest.mock import patch

from django.test import Client

from .states import INTERNAL, SEEN, UNSEEN

LINK = re.compile(r'(?:="|<loc>|<link>|<guid[^>]*>|[\s,;"](?=https?://testserver))([^"<>\s]+)')
HOST = "http://testserver"
SECRET = re.compile(f"qz(?:{'|'.join(UNSEEN)}|(?:{'|'.join(SEEN)})(?:{'|'.join(INTERNAL)}))\\w*")


def whole(response) -> str:
    """An answer with its headers, in small letters."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{response.status_code}\n{headers}\n\n{_text(response)}".casefold()


def _text(response) -> str:
    """Of a picture, too: a word could stand in it."""
    return response.content.decode(errors="replace")


def crawl(*seeds: str) -> dict[str, str]:
    """Path → whole answer, of these and of all that they lead to on this site."""
    client, found, waiting = Client(), {}, list(seeds)
    while waiting:
        path = waiting.pop()
        if path not in found:
            response = client.get(path)
            found[path] = whole(response)
            waiting += _links(response)
    return found


def _links(response):
    places = [response["Location"]] if response.has_header("Location") else []
    for link in [*places, *LINK.findall(_text(response))]:
        path = unescape(link).removeprefix(HOST).partition("#")[0]
        if re.match(r"/(?!/|static/)", path):
            yield path


def secrets(pages: dict[str, str]) -> list[str]:
    """What nobody may read, and where it stands."""
    return sorted(
        {f"{path}: {word}" for path, text in pages.items() for word in SECRET.findall(text)}
    )


def clock(moment):
    """It is this moment."""
    return patch("django.utils.timezone.now", return_value=moment)
