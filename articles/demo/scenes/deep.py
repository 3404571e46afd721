"""Under the Sound."""

from __future__ import annotations

import math

from ..canvas import mix, wander


def _water(c, colours, sun=800):
    c.sky(colours, 0, 1000)
    for _ in range(9):
        x = sun + c.rng.gauss(0, 320)
        foot = x + (x - sun) * 1.2 + c.rng.uniform(-60, 60)
        wide = c.rng.uniform(20, 90)
        c.ray(
            [
                (x - wide * 0.3, -10),
                (x + wide * 0.3, -10),
                (foot + wide * 2, 1000),
                (foot - wide, 1000),
            ],
            x,
            -60,
            1100,
            "#e9fff0",
            0.2,
            10,
        )
    c.glow(sun, -40, 760, "#eafff0", 0.55, 0.6)


def _motes(c, count=160):
    with c.layer("#eafff4", blur=0.8, opacity=0.5) as pen:
        for _ in range(count):
            pen.disc(c.rng.uniform(0, 1600), c.rng.uniform(0, 1000), c.rng.choice((1, 1.4, 2, 3)))


def _fish(c, x, y, s, colour, turn=1):
    with c.layer([mix(colour, "#ffffff", 0.35), mix(colour, "#06303a", 0.3)]) as pen:
        pen.disc(x, y, 34 * s, 13 * s)
        pen.poly(
            [
                (x - turn * 26 * s, y),
                (x - turn * 52 * s, y - 15 * s),
                (x - turn * 52 * s, y + 15 * s),
            ]
        )


def seagrass(c):
    _water(c, ["#bfeed8", "#4fb8a8", "#1a7f86", "#0c4f60"], 640)
    for row in range(5):
        near = (row + 1) / 5
        colour = mix("#4fae8d", "#0f4a38", near * 0.8)
        with c.layer([mix(colour, "#c9f06a", 0.3 * near), mix(colour, "#04222a", 0.4)]) as pen:
            for _ in range(80):
                x, base = c.rng.uniform(-20, 1620), 720 + 300 * near
                tall, wide = 420 * (0.35 + 0.65 * near) * c.rng.uniform(0.6, 1.1), 4 + 11 * near
                sway = 60 * near * math.sin(x / 170) + 46 * near
                steps = [(x + sway * (k / 8) ** 2, base - tall * k / 8) for k in range(9)]
                right = [(px + wide * (1 - k / 8.5), py) for k, (px, py) in enumerate(steps)]
                pen.poly(steps + right[::-1])
        if row < 4:
            c.haze(500, 1000, "#1a7f86", 0.25)
    for _ in range(13):
        _fish(
            c,
            c.rng.uniform(150, 1450),
            c.rng.uniform(240, 560),
            c.rng.uniform(0.5, 1.1),
            "#d9c48a",
            c.rng.choice((1, 1, -1)),
        )
    _motes(c)


def _stump(c, x, base, s, colour):
    top = base - 250 * s
    with c.layer([mix(colour, "#9fd3c4", 0.2), colour, mix(colour, "#000000", 0.4)]) as pen:
        pen.poly(
            [
                (x - 120 * s, base + 20),
                (x - 58 * s, base - 60 * s),
                (x - 52 * s, top),
                (x - 20 * s, top - 40 * s),
                (x + 4 * s, top + 16 * s),
                (x + 30 * s, top - 66 * s),
                (x + 52 * s, top + 6),
                (x + 62 * s, base - 60 * s),
                (x + 150 * s, base + 20),
            ]
        )
        pen.line([(x + 50 * s, base - 170 * s), (x + 130 * s, base - 240 * s)], 20 * s)
        pen.line([(x - 50 * s, base - 120 * s), (x - 120 * s, base - 150 * s)], 14 * s)


def drowned_forest(c):
    _water(c, ["#2a7f86", "#125a66", "#083743", "#041f29"], 300)
    line = wander(c.rng, 0, 1600, 800, 12)
    for row, (level, s) in enumerate(((700, 0.55), (770, 0.85), (850, 1.3))):
        colour = mix("#1d5a62", "#04161d", row / 2)
        for x in range(60 + 50 * row, 1640, 190 + 110 * row):
            _stump(c, x + c.rng.uniform(-50, 50), level, s * c.rng.uniform(0.7, 1.15), colour)
        with c.layer([mix(colour, "#9fd3c4", 0.16), colour]) as pen:
            pen.poly([(0, 1000)] + [(x, y - 800 + level) for x, y in line] + [(1600, 1000)])
        if row < 2:
            c.haze(380, 860, "#0f5560", 0.5)
    _robot(c, 380, 300, 0.7)
    c.ray([(440, 305), (1500, 420), (1250, 940)], 440, 305, 1050, "#f4ffd8", 0.5, 14)
    _motes(c, 240)


def _robot(c, x, y, s):
    with c.layer(["#ffd24a", "#e2932c", "#8f4f1a"]) as pen:
        pen.rect(x - 150 * s, y - 46 * s, x + 90 * s, y + 46 * s, round=44 * s)
        pen.poly(
            [
                (x - 140 * s, y - 20 * s),
                (x - 205 * s, y - 66 * s),
                (x - 205 * s, y + 66 * s),
                (x - 140 * s, y + 20 * s),
            ]
        )
        pen.poly(
            [
                (x - 20 * s, y - 44 * s),
                (x - 50 * s, y - 96 * s),
                (x - 14 * s, y - 96 * s),
                (x + 30 * s, y - 44 * s),
            ]
        )
    with c.layer("#1b2b33") as pen:
        pen.disc(x + 62 * s, y, 30 * s)
        pen.rect(x - 96 * s, y - 12 * s, x + 4 * s, y + 10 * s, round=8 * s)
    with c.layer("#f4ffd8") as pen:
        pen.disc(x + 68 * s, y, 17 * s)
    c.glow(x + 76 * s, y, 150 * s, "#f4ffd8", 1.0)


def robot(c):
    _water(c, ["#a9e6da", "#3fa9ab", "#146f7e", "#08424f"], 1000)
    c.ray([(980, 520), (1600, 600), (1500, 1000)], 980, 520, 900, "#f4ffd8", 0.45, 16)
    _robot(c, 800, 500, 1.9)
    with c.layer("#eafff4", opacity=0.6) as pen:
        for _ in range(34):
            pen.ring(430 + c.rng.gauss(0, 40), c.rng.uniform(20, 470), 10, 10, 2)
    for _ in range(8):
        _fish(
            c,
            c.rng.uniform(1080, 1500),
            c.rng.uniform(180, 420),
            c.rng.uniform(0.5, 0.9),
            "#b9cfae",
            -1,
        )
    _motes(c, 200)


def sonar_map(c):
    c.sky(["#0a2f4a", "#0b3a57"], 0, 1000)
    centres = [
        (c.rng.uniform(0, 1600), c.rng.uniform(0, 1000), c.rng.uniform(160, 420)) for _ in range(7)
    ]
    colours = ["#0d4666", "#10597a", "#17708a", "#2b8c94", "#57ab98", "#98c99a", "#dfe3a4"]
    for level, colour in enumerate(colours):
        share = 1 - level / len(colours)
        with c.layer(colour, blur=1) as pen:
            for x, y, reach in centres:
                points = []
                for step in range(72):
                    a = step * math.pi / 36
                    r = (
                        reach
                        * share
                        * (
                            1
                            + 0.22 * math.sin(3 * a + x)
                            + 0.12 * math.sin(7 * a + y + level * 0.2)
                        )
                    )
                    points.append((x + r * 1.35 * math.cos(a), y + r * math.sin(a)))
                pen.poly(points)
    with c.layer("#ffffff", opacity=0.16) as pen:
        for x in range(0, 1600, 160):
            pen.line([(x, 0), (x, 1000)], 1.5)
        for y in range(0, 1000, 160):
            pen.line([(0, y), (1600, y)], 1.5)
    with c.layer("#fff7cf") as pen:
        for _ in range(420):
            x, y = c.rng.gauss(800, 330), c.rng.gauss(500, 190)
            pen.disc(x, y, c.rng.choice((2.4, 3, 4.2)))
    with c.layer("#ff8a4a") as pen:
        for step in range(19):
            pen.disc(980 + step * 13, 380 + step * 7, 4.6)
        pen.ring(1096, 444, 170, 120, 3)
