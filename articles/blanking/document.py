"""PDF: written anew."""

from __future__ import annotations

from typing import BinaryIO

NOT_SHOWN = ("/Metadata", "/PieceInfo", "/LastModified")


def write(stream: BinaryIO, out: BinaryIO) -> None:
    """Write the document without its properties, XMP and what programs noted in it, and without
    its earlier states. One that is signed is written as it is: else its signature would say that
    somebody has altered it."""
    import pikepdf

    with pikepdf.open(
        stream, attempt_recovery=False, access_mode=pikepdf.AccessMode.stream
    ) as document:
        for part in document.objects:
            found = part.stream_dict if isinstance(part, pikepdf.Stream) else part
            if not isinstance(found, pikepdf.Dictionary):
                continue
            if "/ByteRange" in found:
                break
            for name in NOT_SHOWN:
                if name in found:
                    del found[name]
        else:
            if "/Info" in document.trailer:
                del document.trailer["/Info"]
            document.save(
                out,
                object_stream_mode=pikepdf.ObjectStreamMode.preserve,
                encryption=document.is_encrypted,
            )
            return
    stream.seek(0)
    while data := stream.read(2**20):
        out.write(data)
