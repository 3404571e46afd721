"""Renditions: the sizes readers get, and the limits of what is taken in."""

from __future__ import annotations

import warnings
from io import BytesIO

from imagefield.processing_pillow import PILLOW_PROCESSORS, register_pillow
from PIL import Image, ImageOps

MAX_PIXELS = 60_000_000
# By content, never by name: Pillow would hand an EPS called .png to Ghostscript.
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
ORIENTATION, LYING = 0x0112, 5  # of EXIF; from 5 on the picture lies on its side
WIDTHS = (480, 960, 1600)
SOCIAL = (1200, 630)  # what is shown where somebody shares an address: https://ogp.me


def refuse_bombs() -> None:
    """Make Pillow refuse a picture of too many pixels before it takes the memory for them."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def upright_size(file) -> tuple[int | None, int | None]:
    """(width, height) of a picture as it is seen; (None, None) where it is none."""
    try:
        with Image.open(file, formats=PICTURE_FORMATS) as image:
            exif = Image.Exif()
            # Pillow's own `getexif` would decode a whole PNG to look behind its pixels.
            exif.load(image.info.get("exif") or b"")
            return image.size[::-1] if exif.get(ORIENTATION, 1) >= LYING else image.size
    except (OSError, SyntaxError, ValueError, TypeError):
        return None, None


@register_pillow
def upright(get_image):
    """Turned as it is seen, and no larger than needed: some hundred megabytes less to hold."""

    def processor(image, context):
        image.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # JPEG: decodes a smaller one
        factor = min(image.size) // WIDTHS[-1]
        if factor > 1:
            image = image.reduce(factor)
        ImageOps.exif_transpose(image, in_place=True)
        return get_image(image, context)

    return processor


def _encoded(name: str, **options):
    """A processor that decides how a rendition is written."""

    def encoded(get_image):
        def processor(image, context):
            image = get_image(image, context)
            context.save_kwargs.update(format=name, **options)
            if name == "JPEG":
                return _on_white(image)
            return image if image.mode in {"RGB", "RGBA"} else image.convert("RGB")

        return processor

    PILLOW_PROCESSORS[name.lower()] = encoded


def _on_white(image):
    """JPEG knows no transparency, and would keep a comment."""
    if image.has_transparency_data:
        sheet = Image.new("RGBA", image.size, "white")
        flat = Image.alpha_composite(sheet, image.convert("RGBA")).convert("RGB")
    else:
        flat = image.convert("RGB")
    flat.info = {name: image.info[name] for name in ("icc_profile",) if name in image.info}
    return flat


_encoded("WEBP", quality=80, method=2)
_encoded("AVIF", quality=60, speed=9)
_encoded("JPEG", quality=82, optimize=True)


def written(kind: str, *processors):
    """A rendition of that kind; metadata is left behind."""

    def spec(fieldfile, context):
        context.extension = f".{kind}"
        context.processors = [kind, "upright", *processors]

    return spec


def _fitting(width: int):
    return ("thumbnail", (width, 2 * width))


# AVIF is a third smaller; WebP is what every browser in use reads.
FORMATS = {
    **{f"w{width}": written("webp", _fitting(width)) for width in WIDTHS},
    **{f"avif{width}": written("avif", _fitting(width)) for width in WIDTHS},
    "card": written("webp", ("crop", (640, 400))),
    "thumb": written("webp", ("crop", (320, 200))),
    # JPEG: not every service that shows previews of links reads WebP.
    "social": written("jpeg", ("crop", SOCIAL)),
    "preview": written("webp", ("thumbnail", (300, 300))),  # for the desk
}


def without_metadata(data: bytes) -> bytes:
    """The same picture in the same format, upright, and nothing that it says about itself.

    Raises ValueError for one that moves, OSError for none.
    """
    with Image.open(BytesIO(data), formats=PICTURE_FORMATS) as image:
        if getattr(image, "is_animated", False):
            raise ValueError("it moves")
        kind, turned = image.format, image.getexif().get(ORIENTATION, 1) != 1
        image.load()
        options = {"icc_profile": image.info.get("icc_profile")}
        if kind == "JPEG":
            options |= {"quality": 95} if turned else {"quality": "keep"}
        elif kind == "WEBP":
            options |= {"quality": 95}
        if turned:
            ImageOps.exif_transpose(image, in_place=True)
        image.info = {k: v for k, v in image.info.items() if k == "transparency"}
        written = BytesIO()
        image.save(written, kind, exif=b"", **options)
        return written.getvalue()
