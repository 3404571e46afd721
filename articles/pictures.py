"""Renditions: the sizes readers get, and the limits of what is taken in."""

from __future__ import annotations

import warnings

from imagefield.processing_pillow import register_pillow
from PIL import Image

MAX_PIXELS = 60_000_000
WIDTHS = (480, 960, 1600)


def refuse_bombs() -> None:
    """Make Pillow refuse a picture of too many pixels before it takes the memory for them."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


@register_pillow
def force_webp(get_image):
    def processor(image, context):
        image = get_image(image, context)
        context.save_kwargs["format"] = "WEBP"
        context.save_kwargs["quality"] = 80
        context.save_kwargs["method"] = 2
        return image if image.mode in {"RGB", "RGBA"} else image.convert("RGB")

    return processor


def as_webp(*processors):
    """A rendition in WebP, which every browser in use reads; metadata is left behind."""

    def spec(fieldfile, context):
        context.extension = ".webp"
        context.processors = ["force_webp", "autorotate", *processors]

    return spec


FORMATS = {
    **{f"w{width}": as_webp(("thumbnail", (width, 2 * width))) for width in WIDTHS},
    "card": as_webp(("crop", (640, 400))),
    "thumb": as_webp(("crop", (160, 100))),
}
