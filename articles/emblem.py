"""The site's own pictures, drawn from its name: where a story without one is shared, and its logo.

Drawn once a process. The letters are those that Pillow brings; a name in a script that these lack
is left out, and the sign stands alone.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from .pictures import SOCIAL

PAPER, INK, SIGN = "#fcfaf6", "#1c1a17", "#9c2f1b"
# The bars of static/icon.svg, in its 32 × 32.
BARS = [(8, 8, 24, 11), (8, 14, 15, 24), (18, 14, 24, 16), (18, 18, 24, 20), (18, 22, 24, 24)]
SMALLEST, LARGEST = 40, 110


@lru_cache(4)
def logo(side: int) -> bytes:
    image = Image.new("RGBA", (side, side))
    _sign(ImageDraw.Draw(image), 0, 0, side)
    return _png(image)


@lru_cache(4)
def social(name: str) -> bytes:
    """The sign, and the name of the site below it."""
    width, height = SOCIAL
    image = Image.new("RGB", SOCIAL, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, 12), fill=SIGN)
    lines, font = _set(name, width - 160) if _can_be_written(name) else ([], None)
    side = 180 if lines else 300
    step = int(font.size * 1.2) if font else 0
    top = (height - side - (50 + step * len(lines) if lines else 0)) // 2
    _sign(draw, (width - side) // 2, top, side)
    for number, line in enumerate(lines):
        at = (width // 2, top + side + 50 + step * number)
        draw.text(at, line, fill=INK, font=font, anchor="ma")
    return _png(image)


def _sign(draw: ImageDraw.ImageDraw, left: int, top: int, side: int) -> None:
    unit = side / 32
    draw.rounded_rectangle((left, top, left + side - 1, top + side - 1), radius=6 * unit, fill=SIGN)
    for x, y, right, bottom in BARS:
        box = (left + x * unit, top + y * unit, left + right * unit - 1, top + bottom * unit - 1)
        draw.rectangle(box, fill="white")


def _set(name: str, width: int):
    """The name in at most two lines, as large as fits; cut off where even the smallest does not."""
    for size in range(LARGEST, SMALLEST - 1, -10):
        font = ImageFont.load_default(size)
        if (lines := _broken(name.split(), font, width)) and len(lines) <= 2:
            return lines, font
    return lines[:2], font


def _broken(words: list[str], font, width: int) -> list[str]:
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    fits = all(font.getlength(line) <= width for line in lines)
    return lines if fits or font.size <= SMALLEST else []


def _can_be_written(name: str) -> bool:
    font = ImageFont.load_default(SMALLEST)
    missing = font.getmask("\uffff")
    missing = bytes(missing), missing.size
    masks = (font.getmask(sign) for sign in set(name) if not sign.isspace())
    return bool(name.strip()) and all((bytes(mask), mask.size) != missing for mask in masks)


def _png(image: Image.Image) -> bytes:
    data = BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()
