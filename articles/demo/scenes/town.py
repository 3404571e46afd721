"""Streets, squares, bridges and roofs."""

from __future__ import annotations

import math

from .. import backdrops, buildings, figures, ships
from ..canvas import mix
from ..palettes import DUSK, FOG, GOLD, NOON, VIOLET

BRICK = ["#7a3f37", "#8d5a44", "#a8785a", "#5f4550", "#b9966b", "#6a5a66", "#c2a98a"]
NIGHT_BRICK = ["#2b2438", "#35293c", "#241f33", "#3d2d3c", "#2f2f44"]


def assembly(c):
    c.sky(["#14224a", "#3d4a7c", "#a87f8f", "#f0b98a"], 0, 830)
    backdrops.clouds(c, DUSK, 240, 8)
    with c.layer(["#efe6d4", "#b5a79c", "#7f7682"]) as pen:
        pen.rect(250, 500, 1350, 780)
        pen.poly([(520, 500), (800, 396), (1080, 500)])
        pen.rect(640, 330, 960, 420)
    with c.layer(["#7fa39a", "#3e6468"]) as pen:
        pen.disc(800, 336, 150, 140)
    with c.layer(["#efe6d4", "#a39a98"]) as pen:
        pen.rect(770, 150, 830, 214)
        pen.rect(636, 330, 964, 348)
    with c.layer("#3e6468") as pen:
        pen.poly([(762, 152), (800, 90), (838, 152)])
    with c.layer("#fff3c2") as pen:
        pen.rect(784, 162, 816, 206)
    c.glow(800, 184, 190, "#ffe9a8", 1.0)
    with c.layer(["#55506a", "#2d2b40"]) as pen:
        for x in range(290, 1330, 52):
            if not 560 < x < 1020:
                pen.rect(x, 548, x + 26, 640, round=13)
                pen.rect(x, 670, x + 26, 740)
        for x in range(576, 1030, 64):
            pen.rect(x + 24, 520, x + 50, 760)
    buildings.lit(c, 284, 540, 1330, 770, "#ffd98f", (52, 122), (26, 78), 0.35)
    with c.layer(["#d8cdbf", "#8b8188"]) as pen:
        for step in range(5):
            pen.rect(500 - step * 24, 756 + step * 12, 1100 + step * 24, 770 + step * 12)
    backdrops.ground(c, ["#6c6470", "#322e3c"], 812, 2)
    for x, h in ((420, 80), (470, 84), (1180, 82), (760, 76), (930, 78)):
        figures.person(
            c, x, 850 + h * 0.2, h, c.rng.choice(["#2a2a3c", "#4a2f3a", "#2d3f4c"]), stride=0.06
        )


def tram(c):
    c.sky(VIOLET.sky, 0, 760)
    backdrops.clouds(c, VIOLET, 180, 6)
    buildings.gables(c, 720, NIGHT_BRICK, -40, 1640, (240, 400), "#ffcf7c", 0.45)
    with c.layer(["#4a4358", "#1d1a28"]) as pen:
        pen.poly([(0, 720), (1600, 700), (1600, 1000), (0, 1000)])
    with c.layer("#8f86a0", opacity=0.7) as pen:
        for dy in (0, 60):
            pen.line([(-10, 862 + dy), (1610, 836 + dy * 1.2)], 4)
    with c.layer("#120f1c") as pen:
        pen.line([(0, 330), (1600, 300)], 2.5)
        pen.line([(860, 316), (800, 420), (880, 470)], 5)
    with c.layer(["#c94b3e", "#a53a36", "#7c2c30"]) as pen:
        pen.rect(420, 480, 1220, 850, round=26)
    with c.layer("#f3e6c8") as pen:
        pen.rect(420, 500, 1220, 516)
        pen.rect(420, 700, 1220, 722)
    with c.layer(["#ffe9b4", "#f6c57a"]) as pen:
        for x in (446, 560, 674, 788, 902, 1016, 1130):
            pen.rect(x, 534, x + 96 if x < 1100 else 1204, 682, round=8)
    for x in (500, 610, 736, 850, 960, 1060):
        with c.layer(mix("#2b1d2a", "#6a4030", c.rng.random() * 0.5)) as pen:
            pen.disc(x, 622, 20, 24)
            pen.disc(x, 684, 36, 44)
    with c.layer(["#a53a36", "#7c2c30"]) as pen:
        pen.rect(424, 683, 1216, 700)
        pen.rect(424, 722, 1216, 800)
    with c.layer("#120f1c") as pen:
        pen.rect(470, 846, 1170, 868)
        for x in (560, 640, 1000, 1080):
            pen.disc(x, 866, 26)
    with c.layer("#fff3c2") as pen:
        pen.disc(1200, 770, 15)
    c.glow(1210, 770, 280, "#ffe2a0", 0.9)
    c.glow(820, 640, 620, "#ffb870", 0.35, 0.6)


def comet(c):
    c.sky(["#030716", "#0a1734", "#1b2f58", "#35507a"], 0, 1000)
    backdrops.stars(c, 760, 420)
    head = (1010, 250)
    c.ray([head, (180, 20), (120, 190)], *head, 960, "#cfe6ff", 0.75, 26)
    c.ray([head, (120, 250), (200, 330)], *head, 820, "#f7e3bd", 0.4, 26)
    c.glow(*head, 200, "#dff0ff", 1.0)
    with c.layer("#ffffff", blur=3) as pen:
        pen.disc(*head, 13)
    buildings.skyline(c, 830, "#1a2748", "#ffd58a", 0, 1600, (30, 120), 0.04)
    buildings.gables(
        c, 1000, ["#0d1428", "#101a31", "#0a1022"], -30, 1640, (120, 260), "#ffcf7c", 0.03
    )
    for x, y, h in (
        (250, 742, 60),
        (292, 744, 44),
        (690, 748, 64),
        (735, 752, 60),
        (1130, 740, 62),
        (1400, 742, 58),
    ):
        with c.layer("#0a1022") as pen:
            pen.rect(x - 70, y, x + 70, 1000)
        figures.person(c, x, y + 2, h, "#1a2440", "#4a5a80", arm=0.3 if h == 64 else 0)


def swing_bridge(c):
    c.sky(DUSK.sky, 0, 620)
    backdrops.clouds(c, DUSK, 190, 9)
    buildings.skyline(c, 622, "#3a2c48", "#ffd58a", 0, 1600, (30, 130), 0.4)
    backdrops.sun(c, DUSK, 300, 560, 40, 500)
    with c.layer("#231a30") as pen:
        pen.rect(0, 556, 1600, 580)
        pen.line([(420, 560), (800, 380), (1180, 560)], 12)
        pen.poly([(776, 556), (784, 330), (816, 330), (824, 556)])
        for x in range(450, 1160, 50):
            pen.line([(x, 560), (x, 556 - max(0, 176 - abs(x - 800) * 0.47))], 4)
        for x in range(460, 1140, 100):
            pen.line([(x, 558), (x + 50, 556 - max(0, 176 - abs(x + 50 - 800) * 0.47))], 3)
        pen.poly([(700, 580), (720, 660), (880, 660), (900, 580)])
        for x in (60, 330, 1270, 1540):
            pen.rect(x - 18, 580, x + 18, 660)
    with c.layer("#ffe2a0") as pen:
        for x in range(40, 1600, 120):
            pen.disc(x, 530, 6)
        pen.rect(786, 344, 814, 366)
    for x in range(40, 1600, 120):
        c.glow(x, 530, 60, "#ffd58a", 0.7)
    for x, h in ((520, 44), (560, 46), (1010, 44)):
        figures.person(c, x, 558, h, "#120d1c", "#6a4a58", stride=0.12)
    backdrops.reflect(c, DUSK, 622, tint=0.3)


def singing_bridge(c):
    c.sky(["#8fa7b5", "#bccbd0", "#e9e2d2", "#f6e6c4"], 0, 700)
    c.glow(1080, 470, 620, "#fff2cc", 0.8)
    backdrops.hills(c, FOG, 700, 2, 60)
    c.haze(420, 700, "#eee8da", 0.8)
    buildings.suspension(c, 470, 1210, 560, 150, "#5f7480", 15)
    c.haze(360, 720, "#efe9dc", 0.75)
    backdrops.reflect(c, FOG, 700, tint=0.35, ripple=0.5)
    ships.gulls(c, 9, 120, 420, "#5d6f7a", 14)


def island_clock(c):
    backdrops.sea(c, NOON, 520, 50, 3)
    with c.layer(["#7fae6a", "#4c7d4f", "#35603f"]) as pen:
        pen.poly(
            [(0, 1000), (0, 640), (300, 590), (700, 600), (1100, 660), (1600, 760), (1600, 1000)]
        )
    for x, y, w in (
        (120, 690, 150),
        (330, 670, 130),
        (1020, 740, 150),
        (1230, 780, 160),
        (1420, 820, 140),
    ):
        with c.layer(["#efe9dc", "#b9b3ab"]) as pen:
            pen.rect(x, y - 60, x + w, y + 10)
        with c.layer(["#5b5a66", "#41424e"]) as pen:
            pen.poly(
                [(x - 8, y - 58), (x + 22, y - 112), (x + w - 22, y - 112), (x + w + 8, y - 58)]
            )
            pen.rect(x + w * 0.42, y - 36, x + w * 0.56, y + 10)
    buildings.church(c, 640, 720, 1.25)
    with c.layer("#d9d3c6", opacity=0.9) as pen:
        pen.poly([(640, 722), (700, 722), (980, 1000), (700, 1000)])
    with c.layer("#fdfdf8") as pen:
        for _ in range(16):
            x, y = c.rng.uniform(60, 520), c.rng.uniform(760, 960)
            pen.disc(x, y, 17, 11)
            pen.disc(x + 16, y - 7, 6)
    ships.gulls(c, 8, 120, 380)


def tide_mill(c):
    backdrops.sea(c, GOLD, 600, 50, 3, (1240, 520))
    with c.layer(["#b48a68", "#7b5c4c", "#4c3b39"]) as pen:
        pen.rect(300, 300, 720, 690)
    with c.layer(["#7a4a3c", "#51332f"]) as pen:
        pen.poly([(276, 302), (400, 170), (620, 170), (744, 302)])
    buildings.lit(c, 330, 320, 700, 640, "#ffe1a0", (92, 104), (44, 60), 0.6)
    with c.layer(["#8f8578", "#565055"]) as pen:
        pen.rect(-10, 640, 1160, 760)
    with c.layer("#2b2a33") as pen:
        for x in (820, 930, 1040):
            pen.rect(x, 670, x + 76, 770, round=36)
        pen.ring(720, 640, 132, 132, 16)
        pen.ring(720, 640, 92, 92, 8)
        for a in range(12):
            dx, dy = math.cos(a * math.pi / 6), math.sin(a * math.pi / 6)
            pen.line([(720 + dx * 20, 640 + dy * 20), (720 + dx * 150, 640 + dy * 150)], 9)
    backdrops.reflect(c, GOLD, 758, tint=0.3)
    with c.layer("#ffffff", blur=3, opacity=0.75) as pen:
        for x in (858, 968, 1078):
            for _ in range(26):
                pen.disc(c.rng.gauss(x, 20), 762 + abs(c.rng.gauss(0, 30)), c.rng.uniform(4, 22), 3)


def telephone_box(c):
    backdrops.sea(c, NOON, 470, 40, 2)
    with c.layer(["#8dbb6e", "#5b8f55", "#3b6a44"]) as pen:
        pen.poly(
            [(0, 1000), (0, 560), (300, 520), (760, 590), (1200, 700), (1600, 740), (1600, 1000)]
        )
    with c.layer("#ffffff", blur=12, opacity=0.85) as pen:
        for x, y in ((300, 170), (1150, 210), (760, 110)):
            for _ in range(14):
                pen.disc(
                    x + c.rng.gauss(0, 110),
                    y + c.rng.gauss(0, 16),
                    c.rng.uniform(30, 70),
                    c.rng.uniform(20, 44),
                )
    with c.layer("#2f5a3a", opacity=0.6, blur=8) as pen:
        pen.poly([(640, 834), (860, 830), (1120, 880), (760, 880)])
    with c.layer(["#d8453a", "#c23a33", "#8f2b2b"]) as pen:
        pen.rect(620, 380, 820, 850, round=10)
        pen.rect(606, 352, 834, 392, round=14)
        pen.rect(608, 830, 832, 862)
    with c.layer("#f6efdc") as pen:
        pen.rect(640, 400, 800, 426)
    with c.layer(["#d9f0f2", "#8fb9bd"]) as pen:
        for row in range(6):
            for column in range(3):
                pen.rect(
                    646 + column * 52, 444 + row * 60, 690 + column * 52, 496 + row * 60, round=3
                )
    figures.person(c, 716, 806, 300, "#2e4a66", "#c79a7c", arm=0.22)
    with c.layer("#fdfdf8") as pen:
        for _ in range(14):
            x, y = c.rng.uniform(980, 1560), c.rng.uniform(780, 960)
            pen.disc(x, y, 24, 16)
            pen.disc(x - 23, y - 9, 9)
    ships.gulls(c, 7, 260, 440)
