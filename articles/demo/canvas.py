"""A picture being painted, from back to front.

Positions are in a sheet 1600 wide and 1000 high (a tall one is 1000 by 1500), x to the right and
y down. The same seed always gives the same picture. Shapes are drawn at twice the size and
reduced, which is what makes their edges smooth.
"""

from __future__ import annotations

import math
import random
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

WIDE, TALL = (1600, 1000), (1000, 1500)


def rgb(colour):
    return ImageColor.getrgb(colour) if isinstance(colour, str) else tuple(colour)


def mix(one, other, share):
    """A colour between two: `share` 0 is the first, 1 the second."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)


def ramp(colours, length):
    """A column of pixels that runs through these colours from top to bottom."""
    column = Image.new("RGB", (1, max(length, 1)))
    steps = len(colours) - 1
    for y in range(column.height):
        place = y / max(column.height - 1, 1) * steps
        index = min(int(place), steps - 1) if steps else 0
        after = colours[min(index + 1, steps)]
        column.putpixel((0, y), mix(colours[index], after, place - index))
    return column


class Pen:
    """Draws the mask of one layer: white is painted, black is not."""

    def __init__(self, mask):
        self._draw = ImageDraw.Draw(mask)

    def poly(self, points, on=255):
        self._draw.polygon([(2 * x, 2 * y) for x, y in points], fill=on)

    def rect(self, left, top, right, bottom, on=255, round=0):
        box = (2 * left, 2 * top, max(2 * right, 2 * left), max(2 * bottom, 2 * top))
        self._draw.rounded_rectangle(box, 2 * round, fill=on)

    def disc(self, x, y, rx, ry=None, on=255):
        ry = rx if ry is None else ry
        self._draw.ellipse((2 * (x - rx), 2 * (y - ry), 2 * (x + rx), 2 * (y + ry)), fill=on)

    def line(self, points, width=2, on=255):
        scaled = [(2 * x, 2 * y) for x, y in points]
        self._draw.line(scaled, fill=on, width=max(1, round(2 * width)), joint="curve")

    def ring(self, x, y, rx, ry, width=2, on=255):
        box = (2 * (x - rx), 2 * (y - ry), 2 * (x + rx), 2 * (y + ry))
        self._draw.ellipse(box, outline=on, width=max(1, round(2 * width)))


class Canvas:
    """See the module. `rng` is for everything that should look like chance."""

    def __init__(self, seed, size=WIDE):
        self.width, self.height = size
        self.rng = random.Random(seed)  # noqa: S311 - a painter's dice, no secret
        self.image = Image.new("RGB", size)

    def sky(self, colours, top=0, bottom=None):
        """Bands of colour that run into each other, over the whole width."""
        bottom = self.height if bottom is None else bottom
        band = ramp(colours, round(bottom - top)).resize((self.width, round(bottom - top)))
        self.image.paste(band, (0, round(top)))

    @contextmanager
    def layer(self, fill, blur=0, opacity=1.0):
        """Everything that the pen draws inside, in one colour or a list from top to bottom."""
        mask = Image.new("L", (2 * self.width, 2 * self.height))
        yield Pen(mask)
        mask = mask.reduce(2)
        if blur:
            mask = _soft(mask, blur)
        self.paint(mask, fill, opacity)

    def paint(self, mask, fill, opacity=1.0):
        if opacity < 1:
            mask = mask.point(lambda value: round(value * opacity))
        box = mask.getbbox()
        if not box:
            return
        mask = mask.crop(box)
        if isinstance(fill, list):
            colour = ramp(fill, mask.height).resize(mask.size)
        else:
            colour = Image.new("RGB", mask.size, rgb(fill))
        self.image.paste(colour, box[:2], mask)

    def glow(self, x, y, radius, colour, strength=1.0, flat=1.0):
        """Light around a place, brightening what is there. `flat` squeezes it to an ellipse."""
        width, height = round(2 * radius), round(2 * radius * flat)
        halo = ImageChops.invert(Image.radial_gradient("L")).resize((width, height))
        halo = halo.point(lambda value: round(255 * strength * (max(value - 75, 0) / 180) ** 2))
        light = Image.new("RGB", (width, height))
        light.paste(rgb(colour), mask=halo)
        corner = (round(x - radius), round(y - radius * flat))
        box = (*corner, corner[0] + width, corner[1] + height)
        self.image.paste(ImageChops.screen(self.image.crop(box), light), corner)

    def ray(self, points, x, y, reach, colour, strength=0.5, blur=8):
        """A shape of light that fades with the distance from (x, y)."""
        mask = Image.new("L", (2 * self.width, 2 * self.height))
        Pen(mask).poly(points)
        mask = _soft(mask.reduce(2), blur)
        fade = ImageChops.invert(Image.radial_gradient("L")).resize((round(2 * reach),) * 2)
        fade = fade.point(lambda value: round(255 * min(1, max(value - 75, 0) / 150) ** 1.3))
        near = Image.new("L", self.image.size)
        near.paste(fade, (round(x - reach), round(y - reach)))
        self.paint(ImageChops.multiply(mask, near), colour, strength)

    def haze(self, top, bottom, colour, opacity=0.6):
        """Mist: nothing at the top, thickest at the bottom."""
        mask = Image.new("L", self.image.size)
        band = ramp([(0, 0, 0), (round(255 * opacity),) * 3], round(bottom - top)).convert("L")
        mask.paste(band.resize((self.width, band.height)), (0, round(top)))
        self.paint(mask, colour)

    def finish(self, grain=0.07, vignette=0.28):
        """The film: darker corners and a fine grain."""
        edge = Image.radial_gradient("L").resize(self.image.size)
        edge = edge.point(lambda value: round(255 * vignette * (value / 255) ** 3))
        self.paint(edge, "#05070f")
        width, height = self.width // 2, self.height // 2
        noise = Image.frombytes("L", (width, height), self.rng.randbytes(width * height))
        noise = noise.resize(self.image.size, Image.Resampling.BILINEAR)
        textured = ImageChops.overlay(self.image, Image.merge("RGB", (noise,) * 3))
        self.image = Image.blend(self.image, textured, grain)


def _soft(mask, radius):
    """Blur; a wide one on a small copy, where it costs little and looks the same."""
    if radius < 8:
        return mask.filter(ImageFilter.GaussianBlur(radius))
    small = mask.reduce(4).filter(ImageFilter.GaussianBlur(radius / 4))
    return small.resize(mask.size, Image.Resampling.BICUBIC)


def wander(rng, start, end, level, height, step=12, rough=0.5):
    """The line of a range of hills: points from x `start` to `end` around y `level`."""
    waves = [(rng.uniform(0.6, 1.4) * k, rng.uniform(0, 7), rough**i) for i, k in enumerate(
        (2.2, 4.7, 9.1, 19, 41)
    )]  # fmt: skip
    points = []
    for x in range(int(start), int(end) + step, step):
        at = x / 1600
        sway = sum(size * math.sin(turns * at * 3.1 + shift) for turns, shift, size in waves)
        points.append((x, level - height * sway))
    return points
