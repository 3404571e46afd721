"""Things seen close: books, fish, wood, a face, a year in stripes."""

from __future__ import annotations

import math

from ..canvas import mix

# fmt: off
HAIR = [(300, 640), (270, 470), (320, 320), (460, 240), (620, 250), (720, 340), (735, 470),
        (690, 560), (640, 480), (560, 420), (450, 470), (400, 600), (410, 740), (350, 730)]
FACE = [(690, 420), (716, 520), (726, 600), (768, 690), (730, 716), (738, 756), (716, 776),
        (726, 806), (700, 850), (640, 876), (600, 880), (590, 960), (600, 1060), (380, 1060),
        (410, 900), (400, 620), (470, 440), (580, 390)]
SHOULDERS = [(60, 1500), (110, 1230), (240, 1110), (400, 1040), (600, 1040), (760, 1110),
             (880, 1240), (930, 1500)]
CHEEK = [(690, 440), (722, 600), (760, 690), (724, 720), (700, 840), (660, 850), (690, 700),
         (660, 520)]
NECK = [(400, 620), (470, 460), (520, 620), (500, 800), (560, 900), (590, 1050), (390, 1050)]
# fmt: on


def columnist(c):
    """A portrait in two lights, taller than wide."""
    c.sky(["#24406a", "#36608a", "#2a3f66"], 0, 1500)
    c.glow(820, 500, 900, "#ff9a5a", 0.75)
    c.glow(120, 300, 700, "#5ab4ff", 0.5)
    with c.layer(["#2c4a72", "#1a2c4a", "#0f1a30"]) as pen:
        pen.poly(SHOULDERS)
    with c.layer(["#e9a57c", "#c97f60", "#8f5850"]) as pen:
        pen.poly(FACE)
    with c.layer("#ffd0a0", blur=16, opacity=0.6) as pen:
        pen.poly(CHEEK)
    with c.layer("#3a4a7a", blur=18, opacity=0.5) as pen:
        pen.poly(NECK)
    with c.layer(["#5a3a34", "#33242e", "#211a2a"], blur=1) as pen:
        pen.poly(HAIR)
        pen.disc(470, 430, 190, 190)
        pen.disc(590, 350, 130, 100)
    with c.layer("#2a1c22", blur=1.4) as pen:
        pen.line([(636, 556), (690, 548), (712, 560)], 11)
        pen.poly([(650, 610), (690, 598), (706, 612), (680, 620)])
        pen.line([(690, 786), (726, 780)], 5)
    with c.layer("#1c2434") as pen:
        pen.ring(672, 612, 52, 46, 7)
        pen.line([(622, 604), (480, 590)], 7)
    with c.layer(["#e8e2d4", "#b3b3bd"]) as pen:
        pen.poly([(470, 1060), (600, 1046), (690, 1110), (560, 1220)])
    with c.layer("#ff9a5a", blur=20, opacity=0.3) as pen:
        pen.poly([(700, 1090), (880, 1240), (930, 1500), (840, 1500), (760, 1220)])


def tide_books(c):
    c.sky(["#dfe6e2", "#c3d2d3"], 0, 640)
    c.glow(1200, 120, 800, "#ffffff", 0.6)
    c.sky(["#b98a5c", "#8a5f3c", "#6a452c"], 640, 1000)
    with c.layer("#7a5434", opacity=0.5) as pen:
        for _ in range(30):
            y = c.rng.uniform(650, 1000)
            pen.line([(0, y), (1600, y + c.rng.uniform(-6, 6))], 1.5)
    with c.layer("#3a2a20", blur=16, opacity=0.5) as pen:
        pen.rect(180, 800, 900, 850)
        pen.rect(960, 820, 1400, 870)
    y = 830
    for colour in ("#2f5d73", "#e3d4b4", "#7fa8b4", "#2f5d73", "#d9c49a"):
        shift, tall = c.rng.uniform(-36, 36), 72
        with c.layer([mix(colour, "#ffffff", 0.15), mix(colour, "#1a2a34", 0.25)]) as pen:
            pen.rect(230 + shift, y - tall, 830 + shift, y, round=7)
        with c.layer(["#fbf7ec", "#d9d0bc"]) as pen:
            pen.rect(780 + shift, y - tall + 8, 826 + shift, y - 8)
        with c.layer(mix(colour, "#10202a", 0.6)) as pen:
            pen.rect(330 + shift, y - 46, 560 + shift, y - 36)
            pen.rect(590 + shift, y - 46, 680 + shift, y - 36)
        y -= tall + 2
    with c.layer(["#e9dcc0", "#cbb88f"]) as pen:
        pen.poly([(1000, 300), (1370, 270), (1390, 850), (1010, 850)])
    for index, colour in enumerate(("#2f5d73", "#4b7f93", "#7fa8b4", "#b8cdcb")):
        points = [
            (1004 + 2.0 * index + x * 0.985, 560 + index * 66 + 26 * math.sin(x / 52 + index))
            for x in range(0, 384, 6)
        ]
        with c.layer(colour) as pen:
            pen.poly([*points, (1388, 848), (1010, 848)])
    with c.layer("#2a3f4a") as pen:
        pen.rect(1090, 372, 1290, 390)
        pen.rect(1120, 412, 1256, 424)
        pen.disc(1190, 482, 22)


def mackerel(c):
    c.sky(["#3f4448", "#2a2e32", "#1c1f23"], 0, 1000)
    with c.layer(["#7a563a", "#5a3d2a"]) as pen:
        pen.rect(140, 120, 1460, 890, round=50)
    with c.layer("#4a3120", opacity=0.6) as pen:
        for _ in range(46):
            y = c.rng.uniform(130, 880)
            pen.line([(160, y), (1440, y + c.rng.uniform(-12, 12))], 1.5)
    for y, shift in ((290, 0), (490, 60), (690, -20)):
        _one_mackerel(c, 760 + shift, y)
    for x, y, r in ((1270, 250, 74), (1330, 380, 66), (330, 800, 70)):
        with c.layer(["#ffe27a", "#f0bd3a"]) as pen:
            pen.disc(x, y, r)
        with c.layer("#fff6cf") as pen:
            pen.disc(x, y, r * 0.84)
        with c.layer("#f7d65a") as pen:
            for a in range(8):
                t = a * math.pi / 4
                tip = [
                    (x + r * 0.76 * math.cos(t + d), y + r * 0.76 * math.sin(t + d))
                    for d in (-0.3, 0.3)
                ]
                pen.poly([(x + 8 * math.cos(t), y + 8 * math.sin(t)), *tip])
    with c.layer(["#8fbf6a", "#4f8a4a"]) as pen:
        for _ in range(60):
            x, y = 1260 + c.rng.gauss(0, 90), 740 + c.rng.gauss(0, 60)
            turn = c.rng.uniform(0, 6)
            pen.line([(x, y), (x + 46 * math.cos(turn), y + 46 * math.sin(turn))], 3)
            pen.disc(x + 46 * math.cos(turn), y + 46 * math.sin(turn), 7, 5)
    with c.layer("#f4f1e6") as pen:
        for _ in range(150):
            pen.disc(c.rng.uniform(180, 1420), c.rng.uniform(150, 860), c.rng.choice((1.4, 2, 2.8)))


def _one_mackerel(c, x, y):
    """Blue back with dark stripes, silver belly."""

    def outline(share, sign):
        return [
            (x - 400 + k * 20, y + sign * 82 * share * math.sin(math.pi * (k / 40) ** 0.8) ** 0.85)
            for k in range(40)
        ]

    with c.layer("#1a120c", blur=14, opacity=0.6) as pen:
        pen.disc(x + 10, y + 50, 420, 60)
    with c.layer(["#7fa9b8", "#e9eef0", "#b9c4c8"]) as pen:
        pen.poly(outline(1, -1) + outline(1, 1)[::-1])
        pen.poly([(x + 360, y), (x + 520, y - 96), (x + 470, y), (x + 520, y + 96)])
    back = outline(1, -1) + outline(0.15, -1)[::-1]
    with c.layer(["#1f5a6e", "#3f8a98"]) as pen:
        pen.poly(back)
    with c.layer("#0e3040", blur=0.8, opacity=0.8) as pen:
        for k in range(6, 37):
            px = x - 400 + k * 20
            reach = 70 * math.sin(math.pi * (k / 40) ** 0.8) ** 0.85
            pen.line(
                [
                    (px, y - reach),
                    (px + 9, y - reach * 0.66),
                    (px - 3, y - reach * 0.4),
                    (px + 6, y - reach * 0.18),
                ],
                5,
            )
    with c.layer("#f7f3df") as pen:
        pen.disc(x - 340, y - 12, 17)
    with c.layer("#0c1418") as pen:
        pen.disc(x - 340, y - 12, 9)
        pen.line([(x - 300, y - 44), (x - 286, y), (x - 300, y + 40)], 4)
    with c.layer(["#8fb0b8", "#5f8490"]) as pen:
        pen.poly([(x - 60, y - 76), (x + 20, y - 116), (x + 60, y - 74)])
        pen.poly([(x - 240, y + 16), (x - 160, y + 40), (x - 250, y + 44)])


def tree_rings(c):
    c.sky(["#4a5a5a", "#2f3c3e"], 0, 1000)

    def ring(radius, wobble):
        points = []
        for step in range(120):
            a = step * math.pi / 60
            r = radius * (
                1
                + 0.05 * math.sin(2 * a + 0.6)
                + 0.03 * math.sin(5 * a + 1)
                + 0.008 * math.sin(17 * a + wobble)
            )
            points.append((780 + 1.12 * r * math.cos(a), 500 + r * math.sin(a)))
        return points

    with c.layer("#0c1212", blur=22, opacity=0.7) as pen:
        pen.poly([(x + 20, y + 30) for x, y in ring(462, 0)])
    with c.layer(["#3a2a20", "#1d1410"]) as pen:
        pen.poly(ring(466, 0))
    radius, index = 440.0, 0
    while radius > 6:
        colour = mix("#b98a5a", "#6a452c", index % 2 * 0.7 + c.rng.uniform(0, 0.25))
        colour = mix(colour, "#3a2418", 0.25 + 0.25 * (1 - radius / 440))
        with c.layer(colour) as pen:
            pen.poly(ring(radius, index * 0.15))
        radius -= c.rng.uniform(5, 17)
        index += 1
    with c.layer("#120b08", blur=1) as pen:
        pen.poly([(780, 494), (1000, 470), (1290, 380), (1240, 430), (1010, 500), (780, 508)])
        pen.line([(780, 500), (640, 610), (560, 760)], 4)
        pen.line([(780, 500), (700, 360), (690, 240)], 3)
    with c.layer("#e8e2d0") as pen:
        for step in range(8):
            pen.rect(150 + step * 60, 940, 150 + step * 60 + (60 if step % 2 == 0 else 0), 956)
        pen.rect(150, 938, 630, 941)
        pen.rect(150, 955, 630, 958)


def temperature_stripes(c):
    blues = [
        "#0b2f66",
        "#1f5aa0",
        "#5a9ccf",
        "#a9d0e6",
        "#f3eee4",
        "#f7c3a0",
        "#ee8a62",
        "#cf3f36",
        "#7c0f1c",
    ]
    for year in range(147):
        trend = -0.62 + 1.3 * (year / 146) ** 2.2
        value = max(-1.0, min(1.0, trend + c.rng.gauss(0, 0.2)))
        value = 1.0 if year == 146 else value
        place = (value + 1) / 2 * 8
        index = min(7, int(place))
        colour = mix(blues[index], blues[index + 1], place - index)
        left, right = round(year * 1600 / 147), round((year + 1) * 1600 / 147)
        c.image.paste(tuple(colour), (left, 0, right, 1000))
