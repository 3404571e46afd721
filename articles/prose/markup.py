"""Which markup there is. Every door and the editor go by these tables."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from .characters import clean


class ProseError(ValueError):
    """Markup that no story has. The message says why, for an editor."""


# The literal allow-list: what canonical prose is made of. A test compares it with what the
# editor's extensions would let pass.
ALLOWED: dict[str, set[str]] = {
    "p": {"dir"},
    "h2": {"dir"},
    "h3": {"dir"},
    "ul": {"dir"},
    "ol": {"dir", "start"},
    "li": {"dir"},
    "blockquote": {"dir"},
    "table": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"dir", "colspan", "rowspan"},
    "td": {"dir", "colspan", "rowspan"},
    "a": {"href"},
    "strong": set(),
    "em": set(),
    "s": set(),
    "sub": set(),
    "sup": set(),
    "br": set(),
}
SCHEMES = {"http", "https", "mailto"}

# Outermost first: the order in which the editor writes them.
MARKS = ("a", "strong", "em", "s", "sub", "sup")

# What the editor offers: exactly the above. Its order of marks is the order here.
EDITOR_EXTENSIONS: dict[str, object] = {
    "Link": {"enableTarget": False, "protocols": sorted(SCHEMES), "defaultProtocol": "https"},
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "HardBreak": True,
    "BulletList": True,
    "OrderedList": {
        "listTypes": [{"label": "1, 2, 3, …", "type": "decimal", "description": "1, 2, 3, …"}]
    },
    "ListItem": True,
    "Blockquote": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Direction": True,  # ours, static/articles/admin/keep.js
    "NoSpellCheck": False,
}

# Other spellings of the marks, and of the headings: a page has its own h1.
MARK_OF = {
    **{mark: mark for mark in MARKS},
    "b": "strong", "i": "em", "cite": "em", "del": "s", "strike": "s",
}  # fmt: skip
HEADING_OF = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
# Elements that only end one paragraph and begin another.
DIVISIONS = (
    "address article aside body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form header hgroup hr html legend listing main menu nav option"
    " search section summary tbody tfoot thead"
).split()
# Elements that go with all that is in them.
DROPPED = (
    "applet|audio|button|canvas|datalist|frameset|head|iframe|math|map|noembed|noframes|noscript"
    "|object|plaintext|script|select|style|svg|template|textarea|title|video|xml|xmp"
)

# A tag's attributes as HTML's tokeniser reads them. Possessive, so that no input costs more
# than one pass over it; what never closes runs to the end, as in a browser.
_INSIDE = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+"""
TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*+(?:>|\Z)|</[^a-zA-Z][^>]*+(?:>|\Z)"
    rf"|<({DROPPED})(?=[\s/>]){_INSIDE}(?:(?<=/)>|>.*?(?:</\1(?=[\s/>])[^>]*+(?:>|\Z)|\Z)|\Z)"
    rf"|<(/?)([a-z][^\s/>]*+)({_INSIDE})(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_attribute = re.compile(
    r"""([^\s/=>][^\s/=>]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?"""
)
_reference = re.compile(r"&(#?[a-zA-Z0-9]+(?:;|(?![=a-zA-Z0-9])))")
_usual = re.compile(r"https?://[a-zA-Z0-9][!#-;=?-\[\]^_a-~]*")  # most links, right as they are
_scheme = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_web = re.compile(r"(https?):[/\\]*", re.IGNORECASE)


def attributes(source: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _attribute.findall(source):
        value = double or single or bare
        found.setdefault(name.lower(), _reference.sub(_decoded, value) if "&" in value else value)
    return found


def _decoded(match: re.Match[str]) -> str:
    """A reference in an attribute: `?a=1&copy=2` has none, unlike the same in running text."""
    name = match[1]
    if name.startswith("#"):
        return unescape(match[0])
    return html5.get(name, match[0])


def direction(given: dict[str, str]) -> str:
    """The `dir` attribute to write, with the space before it, or nothing."""
    value = given.get("dir", "").strip().lower()
    return f' dir="{value}"' if value in {"ltr", "rtl", "auto"} else ""


def number(given: dict[str, str], name: str, most: int) -> int:
    """A whole number from 0 to `most`; 1 where there is none."""
    value = given.get(name, "").strip()
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def address(url: str) -> str:
    """The address of a link in its one spelling, or "" where it is none that readers may follow:
    `http`, `https`, `mailto`, relative or `#…`; `//host` becomes https."""
    if _usual.fullmatch(url):
        return url
    url = re.sub(r"[\t\n\r\f\v]", "", clean(url)).strip()
    if re.match(r"[/\\]{2}", url):
        url = "https://" + url.lstrip("/\\")
    elif scheme := _scheme.match(url):
        if scheme[1].lower() not in SCHEMES:
            return ""
        url = scheme[0].lower() + url[scheme.end() :]
        url = _web.sub(r"\1://", url, count=1)
    elif url.startswith("\\"):
        url = "/" + url[1:]
    if url.endswith("://"):
        return ""
    return re.sub(r"""[\s"<>`\\]""", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)
