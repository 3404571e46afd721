"""Indoors, mostly by lamplight."""

from __future__ import annotations

import math

from .. import backdrops, buildings, figures
from ..canvas import mix
from ..palettes import DUSK

SPINES = [
    "#8c3b34",
    "#2f5d73",
    "#c59a4c",
    "#4f7a5e",
    "#6a4a6e",
    "#d8c7a2",
    "#3a3f58",
    "#a8603c",
    "#7d8b6a",
]


def library(c):
    c.sky(["#6a4a3a", "#46312a", "#2a1e1e"], 0, 1000)
    with c.layer(["#f6e2b4", "#d9a860"]) as pen:
        pen.poly([(560, 0), (1040, 0), (960, 250), (640, 250)])
    with c.layer("#5a3f30") as pen:
        for x in range(560, 1050, 60):
            pen.line([(x, 0), (800 + (x - 800) * 0.66, 250)], 6)
        pen.line([(590, 90), (1010, 90)], 5)
        pen.line([(620, 176), (980, 176)], 5)
    c.glow(800, 120, 700, "#ffdf9f", 0.5)
    _shelves(c)
    with c.layer(["#8a5a38", "#4f3222"]) as pen:
        for y, reach in ((600, 170), (700, 230), (830, 330)):
            pen.rect(800 - reach, y, 800 + reach, y + reach * 0.1)
            pen.rect(800 - reach * 0.9, y, 800 - reach * 0.82, y + reach * 0.4)
            pen.rect(800 + reach * 0.82, y, 800 + reach * 0.9, y + reach * 0.4)
    for y, reach in ((600, 170), (700, 230), (830, 330)):
        for dx in (-0.5, 0.5):
            _reading_lamp(c, 800 + dx * reach, y, reach / 330)
    for x, y, h in ((735, 612, 80), (880, 716, 104), (640, 852, 150)):
        figures.heads(c, y - h * 0.6, h * 0.42, "#2a1a1c", 1, x, x + 1, 1)


def _shelves(c):
    """Books up both walls, smaller towards the far end."""
    books = {colour: [] for colour in SPINES}
    for side in (-1, 1):
        for shelf in range(6):
            x = 190.0
            while x < 800:
                scale = x / 800
                level = 520 + (-400 + shelf * 150) * scale
                wide, tall = c.rng.uniform(12, 30) * scale, c.rng.uniform(86, 122) * scale
                left = 800 + side * x - (wide if side < 0 else 0)
                books[c.rng.choice(SPINES)].append((left, level - tall, left + wide, level))
                x += wide + 2
    for colour, spines in books.items():
        with c.layer([mix(colour, "#ffdfa0", 0.15), mix(colour, "#150d10", 0.45)]) as pen:
            for box in spines:
                pen.rect(*box)
    with c.layer("#3a261c") as pen:
        for side in (-1, 1):
            for shelf in range(7):
                rise = -400 + shelf * 150
                ends = [(800 + side * 190, 520 + rise * 0.2375), (800 + side * 800, 520 + rise)]
                pen.poly(
                    [ends[0], ends[1], (ends[1][0], ends[1][1] + 18), (ends[0][0], ends[0][1] + 5)]
                )


def _reading_lamp(c, x, y, s):
    with c.layer("#3f8a6a") as pen:
        pen.poly([(x - 46 * s, y - 56 * s), (x - 28 * s, y - 92 * s), (x + 28 * s, y - 92 * s),
                  (x + 46 * s, y - 56 * s)])  # fmt: skip
    with c.layer("#d9b25a") as pen:
        pen.rect(x - 3 * s, y - 58 * s, x + 3 * s, y)
    c.glow(x, y - 30 * s, 170 * s, "#ffe2a0", 0.9)


def bakery(c):
    c.sky(["#0b1024", "#141a33", "#1d2138"], 0, 1000)
    with c.layer(["#39445f", "#232b44"]) as pen:
        for y in range(0, 1000, 44):
            for x in range(-60 + (y // 44 % 2) * 50, 1660, 100):
                pen.rect(x, y, x + 94, y + 38)
    with c.layer(["#ffe3a0", "#ffc566", "#f2a23f"]) as pen:
        pen.rect(330, 250, 1270, 800)
    c.glow(800, 520, 900, "#ffb14a", 0.55)
    with c.layer("#3b2418") as pen:
        pen.rect(306, 226, 1294, 256)
        pen.rect(306, 796, 1294, 832)
        for x in (306, 640, 952, 1270):
            pen.rect(x, 226, x + 26, 830)
        for y in (430, 620):
            pen.rect(330, y, 1270, y + 16)
    for shelf, y in enumerate((430, 620, 796)):
        for x in range(372, 1180, 118):
            if 620 < x + 50 < 670 or 930 < x + 50 < 990:
                continue
            _loaf(c, x + 50, y - 4, 1.0, shelf)
    with c.layer(["#c0483c", "#8d2f2c"]) as pen:
        for step in range(12):
            left = 280 + step * 87
            if step % 2 == 0:
                pen.poly([(left + 20, 130), (left + 107, 130), (left + 87, 244), (left, 244)])
    with c.layer(["#f4e8d0", "#cdbb9c"]) as pen:
        for step in range(1, 12, 2):
            left = 280 + step * 87
            pen.poly([(left + 20, 130), (left + 107, 130), (left + 87, 244), (left, 244)])
    figures.person(c, 1110, 824, 360, "#f2efe6", "#b98468", -1, 0, 0.1)
    with c.layer(["#4a4658", "#242336"]) as pen:
        pen.rect(0, 900, 1600, 1000)
    c.glow(800, 930, 600, "#ffb14a", 0.5, 0.16)


def _loaf(c, x, base, s, kind):
    crust = ("#8a4f22", "#b97a35", "#6b3a1c")[kind]
    with c.layer([mix(crust, "#ffe0a8", 0.45), crust, mix(crust, "#2a1408", 0.5)]) as pen:
        if kind == 1:
            for step in range(4):
                pen.disc(x - 36 + step * 24, base - 26, 24 * s, 27 * s)
        else:
            pen.disc(x, base - 30, 52 * s, 34 * s)
            pen.rect(x - 50, base - 26, x + 50, base, round=12)
    with c.layer("#ffe9c4", blur=0.8, opacity=0.7) as pen:
        for dx in (-24, 0, 24):
            pen.line([(x + dx - 8, base - 48), (x + dx + 8, base - 34)], 4)


def ship_bridge(c):
    c.sky(["#142848", "#3d5478", "#c08a74", "#f4c07a"], 0, 560)
    c.sky(["#5b6a86", "#26324e"], 558, 700)
    buildings.skyline(c, 560, "#2a3452", "#ffdf9a", 0, 1600, (10, 50), 0.4)
    backdrops.glitter(c, DUSK, 900, 562, 40, 0.7)
    for x in range(90, 1560, 170):
        c.glow(x, 552, 40, "#ffd58a", 0.9)
    with c.layer(["#0a0f1c", "#070a14"]) as pen:
        pen.rect(0, 0, 1600, 250)
        pen.rect(0, 690, 1600, 1000)
        for x in (-10, 380, 790, 1200, 1580):
            pen.poly([(x - 16, 240), (x + 22, 240), (x + 30, 700), (x - 22, 700)])
    with c.layer(["#141c30", "#0a0e1a"]) as pen:
        pen.poly([(180, 760), (1420, 760), (1520, 1000), (80, 1000)])
    for x, colour in ((360, "#38d39f"), (620, "#5ab4ff"), (980, "#5ab4ff"), (1240, "#ffb347")):
        with c.layer([mix(colour, "#ffffff", 0.2), mix(colour, "#0a0e1a", 0.6)]) as pen:
            pen.rect(x - 80, 780, x + 80, 850, round=8)
        c.glow(x, 812, 190, colour, 0.45)
    for x, h, coat in ((470, 470, "#0d1322"), (820, 520, "#10182a"), (1160, 480, "#0d1322")):
        figures.person(c, x, 1010, h, coat, "#6a5a58")
    with c.layer("#1a2438") as pen:
        pen.rect(0, 236, 1600, 250)


def night_desk(c):
    c.sky(["#12182c", "#1c2440", "#161b30"], 0, 1000)
    with c.layer(["#0a1a36", "#1c3d63", "#2c4f70"]) as pen:
        pen.rect(560, 110, 1400, 600)
    with c.layer("#ffdf9a", blur=1.4) as pen:
        for _ in range(150):
            pen.disc(c.rng.uniform(570, 1390), c.rng.gauss(500, 28), c.rng.choice((1.6, 2.4, 3.6)))
    with c.layer("#ffd58a", blur=9, opacity=0.5) as pen:
        for _ in range(26):
            pen.disc(c.rng.uniform(580, 1380), c.rng.gauss(510, 30), c.rng.uniform(8, 22))
    with c.layer("#e4e0d4") as pen:
        pen.disc(1230, 200, 34)
    c.glow(1230, 200, 220, "#9db8e8", 0.5)
    with c.layer("#d9d3c4") as pen:
        for x in (548, 972, 1392):
            pen.rect(x, 96, x + 18, 612)
        for y in (96, 340, 600):
            pen.rect(548, y, 1410, y + 16)
    with c.layer(["#8a5c3a", "#5a3a26"]) as pen:
        pen.rect(0, 760, 1600, 1000)
    with c.layer("#b98452", opacity=0.7) as pen:
        pen.rect(0, 758, 1600, 770)
    c.ray([(360, 420), (-60, 900), (820, 900)], 360, 420, 640, "#ffe2a0", 0.6, 18)
    with c.layer(["#3f7a5e", "#26513f"]) as pen:
        pen.poly([(270, 430), (310, 340), (410, 340), (450, 430)])
    with c.layer("#c9a24e") as pen:
        pen.rect(352, 430, 368, 770)
        pen.rect(290, 762, 430, 782, round=8)
    c.glow(360, 440, 260, "#ffe2a0", 0.8)
    with c.layer(["#3a3f4c", "#1d2029"]) as pen:
        pen.poly([(680, 850), (710, 770), (900, 770), (930, 850)])
        pen.rect(660, 720, 950, 758, round=22)
        pen.rect(700, 750, 740, 780)
        pen.rect(870, 750, 910, 780)
    with c.layer("#e9e4d6") as pen:
        pen.disc(805, 810, 32, 26)
        pen.poly([(1040, 830), (1290, 810), (1320, 880), (1060, 900)])
        pen.rect(1120, 650, 1200, 770, round=10)
        pen.ring(1210, 706, 26, 32, 9)


def ropewalk(c):
    c.sky(["#6a4a34", "#3a281e", "#2a1d18"], 0, 1000)
    far = (800, 520)
    for step in range(16):
        near = ((step + 1) / 16) ** 2.4
        shade = mix("#d9a066", "#2a1a12", min(1, near * 1.5))
        left, right = far[0] - 1000 * near, far[0] + 1000 * near
        top, base = far[1] - 640 * near, far[1] + 560 * near
        thick = 3 + 34 * near
        with c.layer(shade) as pen:
            pen.line(
                [
                    (left, base),
                    (left, top + 140 * near),
                    (far[0], top - 60 * near),
                    (right, top + 140 * near),
                    (right, base),
                ],
                thick,
            )
            pen.line([(left, top + 140 * near), (right, top + 140 * near)], thick * 0.8)
    with c.layer(["#8a6040", "#5a3c28"], opacity=0.85) as pen:
        pen.poly([(far[0] - 20, 530), (far[0] + 20, 530), (1700, 1000), (-100, 1000)])
    with c.layer("#3a281e", opacity=0.6) as pen:
        for x in range(-400, 2100, 120):
            pen.line([far, (x, 1000)], 2)
    with c.layer(["#fff6dc", "#ffe2a4"]) as pen:
        pen.rect(774, 486, 826, 534)
    c.glow(800, 510, 520, "#ffe2a4", 0.8)
    for index, x in enumerate((-300, 40, 330, 560, 1040, 1270, 1560, 1900)):
        with c.layer(mix("#f0d9a6", "#a8814c", index % 3 / 3)) as pen:
            pen.poly([(796 + index, 516), (800 + index, 516), (x + 26, 1000), (x - 26, 1000)])
    figures.person(c, 735, 640, 150, "#2d3f58", "#a0745a", -1, 0.05, 0.1)
    figures.person(c, 868, 600, 104, "#5a2f2c", "#a0745a", 1, 0.05, 0.1)


def chart_table(c):
    c.sky(["#3a2618", "#24170f"], 0, 1000)
    with c.layer(["#f2e7cc", "#e3d2ac"]) as pen:
        pen.poly([(150, 190), (1430, 120), (1540, 900), (90, 960)])
    for level, colour in enumerate(("#dfe6d2", "#c8dcd4", "#a9cdd0", "#86b7c4")):
        with c.layer(colour, opacity=0.9) as pen:
            points = []
            for step in range(60):
                a = step * math.pi / 30
                r = (360 - 74 * level) * (
                    1 + 0.25 * math.sin(2 * a + 1) + 0.12 * math.sin(5 * a + level)
                )
                points.append((830 + 1.45 * r * math.cos(a), 540 + 0.8 * r * math.sin(a)))
            pen.poly(points)
    with c.layer("#5a7a86", opacity=0.6) as pen:
        for _ in range(90):
            x, y = c.rng.uniform(330, 1340), c.rng.uniform(260, 840)
            pen.line([(x, y), (x + 9, y)], 2)
            pen.line([(x + 14, y), (x + 20, y)], 2)
    with c.layer("#a83a34") as pen:
        pen.line([(300, 830), (560, 660), (820, 600), (1010, 420), (1330, 330)], 4)
        for x, y in ((560, 660), (820, 600), (1010, 420)):
            pen.ring(x, y, 15, 15, 4)
    with c.layer("#6a5a48") as pen:
        pen.ring(380, 380, 92, 88, 4)
        for a in range(8):
            dx, dy = math.cos(a * math.pi / 4), math.sin(a * math.pi / 4)
            pen.line(
                [
                    (380, 380),
                    (380 + dx * (86 if a % 2 else 120), 380 + dy * (82 if a % 2 else 114)),
                ],
                5,
            )
    with c.layer(["#f0d48a", "#b98c3c"]) as pen:
        pen.poly([(1120, 250), (1146, 246), (1240, 660), (1226, 664)])
        pen.poly([(1128, 250), (1150, 250), (1046, 640), (1034, 634)])
        pen.disc(1134, 240, 24)
    with c.layer(["#d9573f", "#e8c35a"]) as pen:
        pen.poly([(430, 900), (438, 880), (800, 790), (806, 806)])
    with c.layer("#05070f", blur=30, opacity=0.5) as pen:
        pen.poly([(0, 0), (1600, 0), (1600, 90), (130, 170), (60, 1000), (0, 1000)])
    c.glow(900, 300, 820, "#ffdf9a", 0.4)
