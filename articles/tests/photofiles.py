"""Picture files that say something about themselves, put together by hand."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="48,12.5N"
 photoshop:City="Corrin" photoshop:Credit="Coastwire"
 photoshop:DateCreated="2024-01-29T06:00:00+01:00">
%s
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
WHOLE = """<dc:description><rdf:Alt><rdf:li xml:lang="fr">Le bac.</rdf:li>
 <rdf:li xml:lang="x-default">The ferry leaves Corrin.</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Ada Fry</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2024 Coastwire</rdf:li></rdf:Alt></dc:rights>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Ferry</rdf:li></rdf:Alt></dc:title>
<photoshop:Source>Harbour pool</photoshop:Source><photoshop:Country>Vallenor</photoshop:Country>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">No sale.</rdf:li></rdf:Alt>
</xmpRights:UsageTerms>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A ferry at
 a quay</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"""


def an_xmp(within: str = WHOLE) -> bytes:
    return (XMP % within).encode()


def an_iim(**texts: bytes) -> bytes:
    """The records of an IPTC-IIM block; `d120=b"…"` is dataset 2:120."""
    records = b""
    for name, text in texts.items():
        record = b"\x01" if name.startswith("e") else b"\x02"
        records += b"\x1c" + record + bytes([int(name[1:])]) + len(text).to_bytes(2, "big") + text
    return records


def with_iim(jpeg: bytes, block: bytes) -> bytes:
    block += b"\0" * (len(block) % 2)
    resource = b"8BIM\x04\x04\0\0" + len(block).to_bytes(4, "big") + block
    part = b"Photoshop 3.0\0" + resource
    return jpeg[:2] + b"\xff\xed" + (len(part) + 2).to_bytes(2, "big") + part + jpeg[2:]


def a_jpeg(*, xmp=b"", iim=b"", exif=None, colour="navy", size=(64, 40)) -> bytes:
    data = BytesIO()
    more = {"xmp": xmp} if xmp else {}
    Image.new("RGB", size, colour).save(data, "JPEG", exif=exif or Image.Exif(), **more)
    return with_iim(data.getvalue(), iim) if iim else data.getvalue()


def a_png(xmp: bytes) -> bytes:
    data, info = BytesIO(), PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    Image.new("RGB", (64, 40), "teal").save(data, "PNG", pnginfo=info)
    return data.getvalue()


def a_webp(xmp: bytes) -> bytes:
    data = BytesIO()
    Image.new("RGB", (64, 40), "olive").save(data, "WEBP", xmp=xmp)
    return data.getvalue()
