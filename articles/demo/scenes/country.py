"""Inland: the Fells, the valley, the plain."""

from __future__ import annotations

from .. import backdrops, figures, ships
from ..canvas import mix, wander
from ..palettes import DAWN, DUSK, GOLD, NOON


def doctor_dog(c):
    c.sky(DUSK.sky, 0, 830)
    backdrops.clouds(c, DUSK, 200)
    backdrops.sun(c, DUSK, 1150, 560, 60, 760)
    backdrops.hills(c, DUSK, 720, 3, 80, base=830)
    with c.layer(["#3a2b45", "#1a1428"]) as pen:
        pen.poly([(0, 1000), (0, 800), (500, 760), (1000, 776), (1600, 700), (1600, 1000)])
    with c.layer("#8d6a74", opacity=0.55) as pen:
        pen.poly([(500, 1000), (620, 770), (680, 770), (900, 1000)])
    for x in range(60, 1600, 120):
        y = 790 - x * 0.03
        with c.layer("#17111f") as pen:
            pen.rect(x, y - 66, x + 9, y + 6)
    with c.layer("#17111f") as pen:
        pen.line([(0, 746), (500, 722), (1000, 736), (1600, 660)], 3)
        pen.line([(0, 770), (500, 744), (1000, 758), (1600, 684)], 3)
    figures.person(c, 640, 850, 330, "#7a2f3c", "#b98268", 1, 0.07, 0.02, True)
    with c.layer("#2a1c20") as pen:
        pen.rect(694, 690, 752, 730, round=6)
        pen.ring(723, 690, 16, 14, 5)
    figures.dog(c, 880, 868, 118, "#4a2f24")
    with c.layer("#c9a06a") as pen:
        pen.line([(690, 700), (780, 790), (952, 800)], 3)


def reservoir(c):
    palette = GOLD._replace(sky=["#5f93bd", "#a4c3d2", "#ecdfc2", "#f6e6bd"])
    c.sky(palette.sky, 0, 560)
    backdrops.hills(c, palette, 430, 3, 70, base=560)
    colours = ["#b58a5e", "#c79d6c", "#d6b07c", "#dfbd8c", "#e6c99c", "#e9d1aa", "#dcc59f"]
    for index, colour in enumerate(colours):
        level = 420 + index * 44
        line = wander(c.rng, 0, 1600, level, 7)
        left = [(x, y + max(0, 120 - abs(x - 900) * 0.12)) for x, y in line]
        with c.layer([colour, mix(colour, "#7a5a3c", 0.35)]) as pen:
            pen.poly([(0, 1000), *left, (1600, 1000)])
    with c.layer(["#7fa9bd", "#4d7f9c"]) as pen:
        shore = wander(c.rng, 260, 1400, 800, 6)
        pen.poly([(180, 850), *shore, (1480, 850), (1300, 930), (420, 920)])
    with c.layer("#d8ecf2", blur=2, opacity=0.6) as pen:
        for _ in range(40):
            pen.disc(c.rng.uniform(420, 1280), c.rng.uniform(815, 905), c.rng.uniform(10, 60), 2)
    with c.layer("#8a6a48", opacity=0.6) as pen:
        for _ in range(110):
            x, y = c.rng.uniform(0, 1600), 930 + 70 * c.rng.random()
            pen.line(
                [
                    (x, y),
                    (x + c.rng.uniform(-50, 50), y + 12),
                    (x + c.rng.uniform(-40, 60), y + 30),
                ],
                2,
            )
    with c.layer(["#a39683", "#6d6257"]) as pen:
        pen.rect(930, 690, 1000, 850)
        pen.poly([(920, 692), (965, 560), (1010, 692)])
    with c.layer("#40382f") as pen:
        pen.rect(954, 716, 976, 756, round=10)
        pen.disc(965, 790, 15)
    figures.person(c, 380, 800, 70, "#3c5a78")
    figures.person(c, 414, 802, 62, "#a34a3c", turn=-1)


def cyclist(c):
    palette = DAWN._replace(sky=["#51708f", "#8ea5b5", "#cfd3cf", "#eee2cb"])
    c.sky(palette.sky, 0, 760)
    backdrops.clouds(c, palette, 190, 12, 160, "#e7e9e6", 0.6)
    for index, (level, colour) in enumerate(((420, "#93a4ae"), (520, "#6f8791"), (610, "#4f6e6c"))):
        line = wander(c.rng, 0, 1600, level, 110 - 22 * index, rough=0.48)
        with c.layer([mix(colour, "#ffffff", 0.15), colour]) as pen:
            pen.poly([(0, 1000), *line, (1600, 1000)])
        c.haze(level, level + 200, "#e4e3da", 0.4)
    with c.layer(["#6b8f5e", "#41663f"]) as pen:
        pen.poly([(0, 1000), (0, 800), (600, 740), (1600, 660), (1600, 1000)])
    with c.layer(["#8c8a88", "#63615f"]) as pen:
        pen.poly([(0, 960), (0, 850), (620, 790), (1600, 700), (1600, 800), (700, 880)])
    with c.layer("#f3efe2") as pen:
        for step in range(8):
            x = 60 + step * 200
            y = 900 - x * 0.098
            pen.poly([(x, y), (x + 90, y - 9), (x + 90, y - 4), (x, y + 6)])
    with c.layer("#d8d2c2") as pen:
        for x in range(40, 1600, 150):
            pen.rect(x, 770 - x * 0.075, x + 13, 830 - x * 0.077)
    with c.layer("#2f2f31", blur=6, opacity=0.5) as pen:
        pen.disc(830, 828, 170, 12)
    figures.cyclist(c, 820, 822, 1.75, "#e0503a")


def train(c):
    c.sky(NOON.sky, 0, 700)
    backdrops.clouds(c, NOON, 170, 10)
    backdrops.hills(c, NOON, 700, 3, 120)
    c.sky(["#6fa06a", "#3f7450", "#2c5a44"], 690, 1000)
    c.haze(520, 760, "#dfe9df", 0.5)
    with c.layer(["#d8c6aa", "#a58e78", "#75685f"]) as pen:
        pen.rect(-10, 462, 1610, 960)
        for x in range(-60, 1700, 190):
            pen.disc(x + 118, 606, 76, 90, on=0)
            pen.poly([(x + 42, 606), (x + 194, 606), (x + 186, 962), (x + 50, 962)], on=0)
    with c.layer("#f1e4cb", opacity=0.7) as pen:
        pen.rect(-10, 462, 1610, 470)
        pen.rect(-10, 496, 1610, 500)
    with c.layer(["#b83a34", "#8d2b2c"]) as pen:
        for car in range(6):
            pen.rect(96 + car * 238, 392, 322 + car * 238, 458, round=8)
        pen.poly([(1500, 392), (1560, 400), (1596, 440), (1596, 458), (1500, 458)])
        pen.rect(1490, 392, 1530, 458)
    with c.layer("#f4e9cf") as pen:
        for car in range(6):
            pen.rect(96 + car * 238, 440, 322 + car * 238, 446)
            for x in range(112, 300, 34):
                pen.rect(x + car * 238, 404, x + 22 + car * 238, 428, round=4)
    with c.layer(["#4f8a56", "#2f6244"]) as pen:
        for _ in range(120):
            x, y = c.rng.uniform(-20, 1620), c.rng.uniform(860, 1010)
            pen.disc(x, y, c.rng.uniform(26, 66), c.rng.uniform(24, 56))
    ships.gulls(c, 6, 110, 330, "#41606f", 13)


def grain(c):
    c.sky(["#3f6f9c", "#8fb3c4", "#f0cf94", "#f8b866"], 0, 640)
    backdrops.clouds(c, GOLD, 220, 16, 190, "#fff0d8", 0.7)
    backdrops.sun(c, GOLD, 360, 560, 56, 700)
    with c.layer(["#8a7a6a", "#5b5048"]) as pen:
        for x in (960, 1060, 1160, 1260):
            pen.rect(x, 420, x + 90, 650, round=12)
        pen.rect(1352, 350, 1400, 650)
        pen.rect(950, 392, 1410, 412)
    backdrops.hills(c, GOLD, 650, 2, 14)
    c.sky(["#d9a84e", "#e2b457", "#b98232", "#7a5220"], 648, 1000)
    for row in range(4):
        near = (row + 1) / 4
        with c.layer(mix("#f6d98c", "#a8711f", c.rng.random() * 0.5 + 0.1), opacity=0.9) as pen:
            for _ in range(170):
                x, y = c.rng.uniform(0, 1600), 680 + 250 * near + c.rng.uniform(-60, 90)
                tall = 150 * near * c.rng.uniform(0.7, 1.2)
                lean = c.rng.gauss(18, 12) * near
                pen.line(
                    [(x, y), (x + lean * 0.4, y - tall * 0.6), (x + lean, y - tall)], 2.4 * near
                )
                pen.disc(x + lean, y - tall, 4.5 * near + 1, 19 * near)
