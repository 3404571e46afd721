"""What a picture says about itself, in the names of the IPTC Photo Metadata Standard.

It is read from three places, none of which is trusted: XMP, the older IPTC-IIM, and EXIF. Where
they disagree XMP stands, as the standard's mapping guidelines say. Positions are never read.
https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from lxml import etree
from PIL import Image, IptcImagePlugin

from . import prose

LONGEST = 5_000  # characters of a text
LARGEST_XMP = 500_000  # bytes; cameras write some thousand
LARGEST_IIM = 300_000


@dataclass(frozen=True)
class PhotoData:
    """The properties newsrooms use; "" is unknown. `date_created` is ISO 8601."""

    title: str = ""
    headline: str = ""
    description: str = ""
    creator: str = ""
    credit_line: str = ""
    source: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    date_created: str = ""
    city: str = ""
    country: str = ""
    alt_text: str = ""
    extended_description: str = ""

    @property
    def credit(self) -> str:
        """As it is printed: who took it, and for whom."""
        who, line = self.creator, self.credit_line or self.source
        if who and line and who.casefold() not in line.casefold():
            return f"{who}/{line}"
        return line or who

    @property
    def created_at(self) -> datetime | None:
        """The moment it was taken; without an offset where none was written."""
        with suppress(ValueError):
            return datetime.fromisoformat(self.date_created)
        return None

    def said(self) -> dict[str, str]:
        """What there is, by the standard's names."""
        return {name: text for name, text in asdict(self).items() if text}


def read(image: Image.Image) -> PhotoData:
    """What an opened picture says. What cannot be read is as if it were not there."""
    found = PhotoData()
    for source in (_exif, _iim, _xmp):
        with suppress(Exception):  # damaged in one of a hundred ways; the picture is sound
            said = {name: _clean(text) for name, text in source(image)}
            found = replace(found, **{name: text for name, text in said.items() if text})
    return found


def _clean(text: str) -> str:
    return prose.line(text[: 4 * LONGEST])[:LONGEST].strip()


# XMP

SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/",
}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
IN_XMP = {
    "dc:title": "title",
    "photoshop:Headline": "headline",
    "dc:description": "description",
    "dc:creator": "creator",
    "photoshop:Credit": "credit_line",
    "photoshop:Source": "source",
    "dc:rights": "copyright_notice",
    "rights:UsageTerms": "usage_terms",
    "photoshop:DateCreated": "date_created",
    "photoshop:City": "city",
    "photoshop:Country": "country",
    "core:AltTextAccessibility": "alt_text",
    "core:ExtDescrAccessibility": "extended_description",
}
NAMES = {
    f"{{{SPACES[prefix]}}}{name}": ours
    for key, ours in IN_XMP.items()
    for prefix, name in [key.split(":")]
}


def _xmp(image) -> Iterator[tuple[str, str]]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    if not packet or len(packet) > LARGEST_XMP or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(packet.strip(b"\0 \t\r\n"), parser)
    if root.getroottree().docinfo.internalDTD is not None:  # in another encoding
        return
    for described in root.iter(f"{RDF}Description"):
        for name, ours in NAMES.items():
            element = described.find(name)
            text = described.get(name, "") if element is None else _text_of(element, ours)
            if text:
                yield ours, _as_moment(text) if ours == "date_created" else text


def _text_of(element, ours: str) -> str:
    """A plain text, one of several languages (the default one), or several names."""
    items = list(element.iter(f"{RDF}li"))[:50]
    if not items:
        return element.text or ""
    if ours == "creator":
        return ", ".join(filter(None, (item.text for item in items)))
    items.sort(key=lambda item: item.get(LANGUAGE) != "x-default")
    return items[0].text or ""


# IPTC-IIM

IN_IIM = {
    5: "title",
    105: "headline",
    120: "description",
    80: "creator",
    110: "credit_line",
    115: "source",
    116: "copyright_notice",
    90: "city",
    101: "country",
}
DATE, TIME, CHARSET = (2, 55), (2, 60), (1, 90)
UTF_8 = b"\x1b%G"


def _iim(image) -> Iterator[tuple[str, str]]:
    block = (image.info.get("photoshop") or {}).get(0x0404) or b""
    if not block or len(block) > LARGEST_IIM:
        return
    found = IptcImagePlugin.getiptcinfo(image) or {}
    charset = _first(found.get(CHARSET, b""))

    def text(key) -> str:
        value = found.get(key, b"")
        values = value if isinstance(value, list) else [value]
        return ", ".join(_decoded(part, charset) for part in values[:20] if part)

    for number, ours in IN_IIM.items():
        yield ours, text((2, number))
    yield "date_created", _as_moment(text(DATE) + ("T" + text(TIME) if text(TIME) else ""))


def _first(value) -> bytes:
    return (value[0] if value else b"") if isinstance(value, list) else value


def _decoded(data: bytes, charset: bytes) -> str:
    """Few programs say which characters they write: UTF-8 when it can be, else Western."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if charset == UTF_8:
            return data.decode("utf-8", "replace")
        return data.decode("cp1252", "replace")


# EXIF

IN_EXIF = {0x010E: "description", 0x013B: "creator", 0x8298: "copyright_notice"}
SUB_IFD, TAKEN, TAKEN_OFFSET = 0x8769, 0x9003, 0x9011


def _exif(image) -> Iterator[tuple[str, str]]:
    exif = image.getexif()
    for tag, ours in IN_EXIF.items():
        yield ours, _exif_text(exif.get(tag))
    camera = exif.get_ifd(SUB_IFD)
    taken = _exif_text(camera.get(TAKEN)).replace(":", "-", 2)
    yield "date_created", _as_moment(taken + _exif_text(camera.get(TAKEN_OFFSET)))


def _exif_text(value) -> str:
    """EXIF means ASCII, and Pillow reads it as Latin-1; cameras write UTF-8."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return value.strip("\0 ")


# Moments

WRITTEN = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)


def _as_moment(text: str) -> str:
    """A date in the spelling of any of the three as ISO 8601; "" where it is none."""
    match = WRITTEN.fullmatch(text.strip()[:40])
    if not match:
        return ""
    year, month, day, hour, minute, second, offset = match.groups(default="")
    iso = f"{year}-{month}-{day}"
    if hour:
        iso += f"T{hour}:{minute}:{second or '00'}{offset}"
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return ""
    return iso
