"""Where people gather."""

from __future__ import annotations

from .. import backdrops, buildings, figures
from ..canvas import mix
from ..palettes import DUSK

NIGHT_BRICK = ["#2b2438", "#35293c", "#241f33", "#3d2d3c", "#2f2f44"]


def lanterns(c):
    c.sky(["#0a0f26", "#1a1c3c", "#3a2a48"], 0, 1000)
    buildings.gables(c, 760, NIGHT_BRICK, -40, 1640, (220, 380), "#ffcf7c", 0.4)
    c.glow(800, 700, 900, "#ff9a4a", 0.5, 0.5)
    for row, (sag, top, size) in enumerate(((60, 120, 34), (90, 230, 44), (110, 360, 58))):
        points = [(x, top + sag * (1 - ((x % 800 - 400) / 400) ** 2)) for x in range(-20, 1640, 20)]
        with c.layer("#0a0a18") as pen:
            pen.line(points, 2)
        for x in range(40 + 30 * row, 1600, 96 + 26 * row):
            y = top + sag * (1 - ((x % 800 - 400) / 400) ** 2)
            _lantern(c, x, y + 6, size)
    figures.heads(c, 830, 70, "#3a1f2c", 50, spread=20)
    figures.heads(c, 900, 100, "#1d1220", 30, spread=24)
    for _ in range(9):
        _lantern(c, c.rng.uniform(100, 1500), c.rng.uniform(760, 850), 42)
    backdrops.flakes(c, 180)


def _lantern(c, x, y, size):
    """A paper house with a light in it."""
    warm = c.rng.choice(["#ffb347", "#ffd166", "#ff8c42", "#ffe3a3", "#f77f4f"])
    c.glow(x, y + size * 0.8, size * 2.4, warm, 0.75)
    with c.layer([mix(warm, "#ffffff", 0.5), warm]) as pen:
        pen.rect(x - size * 0.42, y + size * 0.4, x + size * 0.42, y + size * 1.3)
        pen.poly([(x - size * 0.5, y + size * 0.42), (x, y), (x + size * 0.5, y + size * 0.42)])
    with c.layer(mix(warm, "#6a2a10", 0.6)) as pen:
        for dx in (-0.24, 0.06):
            for dy in (0.52, 0.9):
                pen.rect(
                    x + dx * size, y + dy * size, x + (dx + 0.17) * size, y + (dy + 0.24) * size
                )


def ostmere_square(c):
    c.sky(["#0d1633", "#27305e", "#6a4a72", "#c87f63"], 0, 700)
    c.sky(["#241c2c", "#15111e"], 690, 1000)
    buildings.gables(
        c, 660, ["#4a3a4c", "#5a4350", "#3d3448", "#66504f"], -40, 1640, (220, 360), "#ffd58a", 0.6
    )
    c.glow(800, 640, 900, "#ffb46a", 0.5, 0.5)
    figures.crowd(c, 640, 46, ["#3c2c3e", "#4c3444", "#2f2a40"], 90, spread=30)
    figures.crowd(c, 730, 72, ["#35263a", "#56384a", "#2a2740", "#6a3f44"], 60, spread=30)
    for _ in range(30):
        x, y = c.rng.uniform(30, 1570), c.rng.uniform(500, 740)
        colours = c.rng.choice([("#efe6cf", "#1f7a74"), ("#e07a3f", "#1f7a74")])
        with c.layer("#2a2030") as pen:
            pen.line([(x, y), (x + 8, y + 150)], 4)
        for index, colour in enumerate(colours):
            with c.layer([mix(colour, "#ffffff", 0.1), mix(colour, "#20182c", 0.3)]) as pen:
                pen.poly(
                    [
                        (x, y + index * 30),
                        (x + 46, y + 10 + index * 30),
                        (x + 96, y - 4 + index * 30),
                        (x + 96, y + 26 + index * 30),
                        (x + 46, y + 40 + index * 30),
                        (x, y + 30 + index * 30),
                    ]
                )
    figures.crowd(c, 850, 104, ["#1f1828", "#2b1f30", "#191a2c"], 34, spread=26)
    with c.layer("#ffe2a8", blur=1.5, opacity=0.8) as pen:
        for _ in range(90):
            pen.disc(c.rng.uniform(0, 1600), c.rng.uniform(120, 640), c.rng.uniform(1.5, 5))


def evening_school(c):
    c.sky(["#16244c", "#344a7c", "#7c6f94", "#d99a7c"], 0, 850)
    backdrops.clouds(c, DUSK, 220, 7)
    with c.layer(["#5a3238", "#43262f", "#2e1c28"]) as pen:
        pen.rect(380, 250, 1220, 850)
        pen.poly([(360, 252), (520, 110), (1080, 110), (1240, 252)])
    with c.layer("#231722") as pen:
        pen.poly(
            [
                (356, 252),
                (516, 106),
                (1084, 106),
                (1244, 252),
                (1220, 252),
                (1076, 124),
                (524, 124),
                (380, 252),
            ]
        )
        pen.rect(430, 60, 476, 200)
        pen.rect(1120, 60, 1166, 200)
    with c.layer(["#ffe7ae", "#ffcb73"]) as pen:
        for row in range(4):
            for x in range(424, 1180, 112):
                pen.rect(x, 290 + row * 132, x + 72, 384 + row * 132, round=5)
        for x in (600, 764, 928):
            pen.rect(x, 160, x + 72, 226, round=30)
    with c.layer("#43262f") as pen:
        for row in range(4):
            for x in range(424, 1180, 112):
                pen.rect(x + 34, 290 + row * 132, x + 38, 384 + row * 132)
                pen.rect(x, 334 + row * 132, x + 72, 338 + row * 132)
    for row in range(4):
        for x in range(424, 1180, 112):
            if c.rng.random() < 0.6:
                figures.heads(c, 349 + row * 132, 19, "#5a3428", 1, x + 22, x + 50, 2)
    with c.layer(["#43262f", "#3a222b"]) as pen:
        for row in range(5):
            pen.rect(382, 384 + row * 132, 1218, 418 + row * 132)
    c.glow(800, 560, 800, "#ffb25e", 0.4, 0.7)
    backdrops.ground(c, ["#3a3242", "#17141f"], 850, 2)
    for x in (300, 350, 1320):
        figures.person(c, x, 892, 100, "#1f1c2c", "#a07a68", stride=0.08)


def ministers(c):
    c.sky(["#7f98ad", "#aebfc8", "#dcd9cc"], 0, 610)
    buildings.gables(
        c, 612, ["#8f8a8c", "#a39a92", "#7c7f8a", "#b3a897"], -40, 1640, (200, 330), "#e9e0c4", 0.3
    )
    c.haze(260, 612, "#dcd9cc", 0.55)
    with c.layer(["#9c968e", "#6d6a6a"]) as pen:
        pen.poly([(0, 610), (1600, 610), (1600, 1000), (0, 1000)])
    with c.layer("#5f5c5e", opacity=0.5) as pen:
        for y in (640, 690, 760, 860):
            pen.line([(0, y), (1600, y)], 2)
        for x in range(-1600, 3200, 190):
            pen.line([(800 + (x - 800) * 0.55, 610), (x, 1000)], 2)
    for x, colours in (
        (210, ("#efe6cf", "#1f7a74")),
        (380, ("#7a2f3c", "#e3c36a")),
        (1260, ("#efe6cf", "#1f7a74")),
        (1430, ("#7a2f3c", "#e3c36a")),
    ):
        with c.layer("#5a5a60") as pen:
            pen.line([(x, 690), (x, 190)], 6)
        for index, colour in enumerate(colours):
            with c.layer([mix(colour, "#ffffff", 0.15), mix(colour, "#22242c", 0.2)]) as pen:
                y = 200 + index * 42
                pen.poly(
                    [
                        (x, y),
                        (x + 60, y + 12),
                        (x + 132, y - 2),
                        (x + 132, y + 40),
                        (x + 60, y + 54),
                        (x, y + 42),
                    ]
                )
    for x, h, coat, skin, turn, skirt in (
        (250, 250, "#3c4450", "#b98a6c", 1, False),
        (1390, 255, "#4a4a50", "#9a6f54", -1, False),
        (700, 480, "#22304a", "#d0a283", 1, False),
        (900, 455, "#7a2f3c", "#c08e6e", -1, True),
    ):
        with c.layer("#3a383c", blur=8, opacity=0.5) as pen:
            pen.disc(x + 30, 640 + h * 0.62, h * 0.3, 10)
        figures.person(c, x, 640 + h * 0.62, h, coat, skin, turn, 0.08, 0.06, skirt)
