"""Air, land and water: what stands behind everything else."""

from __future__ import annotations

import math

from PIL import Image, ImageFilter

from .canvas import mix, rgb, wander


def clouds(c, palette, level=260, count=9, spread=120, colour=None, opacity=0.5):
    """Long soft banks around y `level`, lit from below."""
    colour = colour or mix(palette.sky[-1], "#ffffff", 0.35)
    with c.layer(colour, blur=26, opacity=opacity) as pen:
        for _ in range(count):
            x, y = c.rng.uniform(-100, c.width + 100), c.rng.gauss(level, spread / 2)
            for _ in range(5):
                width = c.rng.uniform(70, 260)
                pen.disc(x + c.rng.uniform(-200, 200), y + c.rng.uniform(-18, 18), width, width / 9)


def sun(c, palette, x, y, radius=46, reach=620, strength=0.75):
    c.glow(x, y, reach, palette.lamp, strength * 0.7)
    c.glow(x, y, reach / 3, palette.lamp, strength)
    with c.layer(mix(palette.lamp, "#ffffff", 0.4), blur=1.5) as pen:
        pen.disc(x, y, radius)


def moon(c, x, y, radius=34):
    c.glow(x, y, radius * 9, "#9db8e8", 0.55)
    with c.layer("#f3f0df", blur=1) as pen:
        pen.disc(x, y, radius)
    with c.layer("#cfcfc4", blur=3, opacity=0.6) as pen:
        pen.disc(x - radius * 0.3, y - radius * 0.2, radius * 0.28)
        pen.disc(x + radius * 0.3, y + radius * 0.3, radius * 0.2)


def stars(c, bottom, count=240):
    with c.layer("#f4f6ff", opacity=0.85) as pen:
        for _ in range(count):
            y = bottom * c.rng.random() ** 1.4
            pen.disc(c.rng.uniform(0, c.width), y, c.rng.choice((0.7, 0.9, 1.1, 1.8)))


def hills(c, palette, horizon, count=3, height=70, base=None):
    """Ranges one behind the other, paler with distance, with mist between."""
    base = horizon if base is None else base
    for index in range(count):
        share = index / max(count - 1, 1)
        level = horizon - height * (1.5 - 1.1 * share)
        line = wander(c.rng, 0, c.width, level, height * (0.55 + 0.2 * share))
        colour = mix(mix(palette.sky[-1], palette.far, 0.55), palette.near, share)
        with c.layer([mix(colour, palette.sky[-1], 0.12), colour]) as pen:
            pen.poly([(0, base + 2), *line, (c.width, base + 2)])
        if index < count - 1:
            c.haze(level - 10, base, palette.sky[-1], 0.42)


def reflect(c, palette, horizon, tint=0.42, ripple=1.0):
    """Water below the horizon that mirrors what is above it, broken by small waves."""
    horizon, depth = round(horizon), c.height - round(horizon)
    height = min(horizon, round(depth * 1.15))
    mirror = c.image.crop((0, horizon - height, c.width, horizon))
    mirror = mirror.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((c.width, depth))
    mirror = mirror.filter(ImageFilter.BoxBlur((2, 5)))
    mirror = Image.blend(mirror, Image.new("RGB", mirror.size, rgb(palette.water)), tint)
    shift = c.rng.uniform(0, 6)
    y = 0
    while y < depth:
        near = y / depth
        thick = 2 + round(5 * near)
        sway = math.sin(y * 0.55 + shift) + 0.6 * math.sin(y * 0.21) + c.rng.uniform(-0.5, 0.5)
        strip = mirror.crop((0, y, c.width, min(y + thick, depth)))
        offset = round(sway * ripple * (2 + 10 * near))
        c.image.paste(strip, (0, horizon + y))
        c.image.paste(strip, (offset, horizon + y))
        y += thick
    waves(c, palette, horizon, strength=0.5 * ripple)


def waves(c, palette, horizon, strength=0.5, count=420):
    """Small crests, longer and farther apart towards the viewer."""
    light, dark = mix(palette.sky[-1], "#ffffff", 0.15), mix(palette.water, palette.ink, 0.5)
    for colour, opacity in ((dark, 0.42), (light, 0.34)):
        with c.layer(colour, blur=0.8, opacity=min(1, opacity * strength * 2)) as pen:
            for _ in range(count // 2):
                near = c.rng.random() ** 1.6
                y = horizon + 4 + near * (c.height - horizon)
                length = 12 + 120 * near * c.rng.random()
                pen.disc(c.rng.uniform(0, c.width), y, length, 0.7 + 2.1 * near)


def glitter(c, palette, x, horizon, width=60, strength=0.9):
    """The path of the light on the water."""
    with c.layer(mix(palette.lamp, "#ffffff", 0.3), blur=1.2, opacity=strength) as pen:
        for _ in range(150):
            near = c.rng.random() ** 1.3
            y = horizon + 3 + near * (c.height - horizon)
            spread = width * (0.35 + 1.5 * near)
            length = (4 + 44 * near) * c.rng.uniform(0.3, 1)
            pen.disc(c.rng.gauss(x, spread / 2), y, length, 0.8 + 2.2 * near)


def sea(c, palette, horizon=600, hill=60, ranges=2, light=None, ripple=1.0):
    """Sky, hills, water. `light` is (x, y) of a sun; what must be mirrored is painted before."""
    c.sky(palette.sky, 0, horizon + 2)
    clouds(c, palette, horizon * 0.45)
    if light:
        sun(c, palette, *light)
    if ranges:
        hills(c, palette, horizon, ranges, hill)
    c.haze(horizon - 90, horizon, palette.sky[-1], 0.35)
    reflect(c, palette, horizon, ripple=ripple)
    if light:
        glitter(c, palette, light[0], horizon)


def swell(c, palette, top, rows=7, height=26, foam=True):
    """Open sea in rows of waves, from y `top` down to the edge."""
    depth = c.height - top
    for row in range(rows):
        near = (row + 1) / rows
        level = top + depth * (row / rows) ** 1.35
        line = _crests(c, level, height * (0.25 + near), 90 + 240 * near)
        colour = mix(mix(palette.water, palette.sky[-1], 0.45), palette.ink, near * 0.5)
        with c.layer([mix(colour, palette.sky[-1], 0.22), colour]) as pen:
            pen.poly([(-20, c.height), *line, (c.width + 20, c.height)])
        if foam:
            crest = mix(palette.sky[-1], "#ffffff", 0.5)
            with c.layer(crest, blur=0.8, opacity=0.25 + 0.4 * near) as pen:
                for (x, y), after in zip(line, line[1:], strict=False):
                    if c.rng.random() < 0.16:
                        pen.line([(x, y + 1), after], 1 + 3 * near)


def _crests(c, level, height, length):
    """A row of waves, pointed above and round below, no two alike."""
    shift, bend = c.rng.uniform(0, 7), c.rng.uniform(0, 7)
    points = []
    for x in range(-20, c.width + 26, 6):
        at = math.pi * x / length + 0.9 * math.sin(x / length * 0.7 + bend) + shift
        rise = (1 - abs(math.sin(at))) ** 1.5 * (0.7 + 0.3 * math.sin(x / length * 1.3 + bend))
        chop = 0.12 * math.sin(at * 5.3 + bend)
        points.append((x, level - height * (1.3 * rise + chop)))
    return points


def ground(c, colours, top, rough=6):
    """Land in the foreground with an uneven edge."""
    line = wander(c.rng, 0, c.width, top, rough)
    with c.layer(colours if isinstance(colours, list) else [colours, colours]) as pen:
        pen.poly([(0, c.height), *line, (c.width, c.height)])


def rain(c, count=500, slant=30, colour="#dfe8ec", opacity=0.2):
    with c.layer(colour, blur=0.6, opacity=opacity) as pen:
        for _ in range(count):
            x, y = c.rng.uniform(0, c.width + slant), c.rng.uniform(-40, c.height)
            length = c.rng.uniform(0.5, 1.3)
            pen.line([(x, y), (x - slant * length, y + 70 * length)], 1)


def flakes(c, count=320):
    for radius, blur, share in ((2, 0.8, 0.7), (5, 2.5, 0.3)):
        with c.layer("#ffffff", blur=blur, opacity=0.8) as pen:
            for _ in range(round(count * share)):
                pen.disc(c.rng.uniform(0, c.width), c.rng.uniform(0, c.height), radius)
