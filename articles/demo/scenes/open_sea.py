"""Tarrow Sound: ships, boats and rocks out of sight of the town."""

from __future__ import annotations

from .. import backdrops, buildings, figures, ships
from ..canvas import wander
from ..palettes import DAWN, FOG, NIGHT, NOON, STORM, WINTER


def lighthouse(c, lit=True):
    """Gannet Rock; without its beams it is the backdrop of the film of the light."""
    c.sky(NIGHT.sky, 0, 700)
    backdrops.stars(c, 600, 320)
    c.glow(1240, 640, 700, "#3f6ea8", 0.4, 0.5)
    backdrops.swell(c, NIGHT, 660, 4, 16)
    rock = [(360, 760), (450, 660), (520, 640), (560, 590), (660, 570), (740, 590), (800, 650),
            (900, 690), (1010, 770)]  # fmt: skip
    with c.layer(["#24304a", "#0a1022"]) as pen:
        pen.poly([(340, 800), *rock, (1030, 800)])
    buildings.lighthouse(c, 650, 584, 1.05)
    for angle in (-0.14, 3.28) if lit else ():
        buildings.beam(c, 650, 189, 1300, angle, 0.055, strength=0.6)
    backdrops.swell(c, NIGHT, 760, 5, 22)


def pilot_ladder(c):
    c.sky(["#04070f", "#0b1a33", "#1c3657"], 0, 800)
    backdrops.stars(c, 500, 120)
    with c.layer(["#3a2026", "#57262a", "#2a1218"]) as pen:
        pen.poly([(640, 0), (1600, 0), (1600, 860), (760, 860), (700, 700), (650, 300)])
    with c.layer("#0d0a12", opacity=0.5) as pen:
        for y in (140, 300, 460, 620):
            pen.line([(640, y), (1600, y + 6)], 2.5)
        for x in (900, 1180, 1440):
            pen.line([(x, 0), (x, 860)], 2)
    with c.layer("#e8e4d8") as pen:
        for y in range(250, 700, 60):
            pen.rect(1330, y, 1382, y + 7)
        pen.rect(1352, 250, 1360, 700)
    with c.layer("#d9b27a") as pen:
        for x in (868, 932):
            pen.line([(x, 0), (x - 4, 800)], 5)
        for y in range(30, 800, 44):
            pen.rect(858, y, 940, y + 8)
    c.glow(900, 330, 420, "#ffe9b8", 0.6)
    figures.person(c, 898, 470, 230, "#d9622f", arm=0.24, stride=0.06)
    with c.layer("#fff3cf") as pen:
        pen.disc(915, 262, 9)
    c.glow(915, 262, 90, "#fff3cf", 0.9)
    backdrops.swell(c, STORM._replace(water="#0e2138", sky=["#5f7d9a"]), 760, 3, 34)
    with c.layer(["#e7842f", "#8a3f18"]) as pen:
        pen.poly([(380, 800), (430, 880), (800, 880), (880, 770), (700, 800)])
        pen.poly([(470, 800), (490, 710), (640, 710), (670, 800)])
    with c.layer("#ffe9b0") as pen:
        for x in (504, 548, 592):
            pen.rect(x, 728, x + 32, 760)
    c.glow(560, 700, 260, "#ffd890", 0.5)
    backdrops.swell(c, STORM._replace(water="#0a182b", sky=["#5f7d9a"]), 860, 4, 30)


def school_boat(c):
    backdrops.sea(c, DAWN, 520, 80, 3, (1240, 450))
    with c.layer(["#f3f0e6", "#9fb0bd"]) as pen:
        pen.poly([(560, 690), (600, 590), (1000, 590), (1060, 690)])
    with c.layer("#bfe0ea") as pen:
        for x in range(622, 980, 62):
            pen.rect(x, 612, x + 48, 662, round=6)
    for x in range(640, 1000, 62):
        with c.layer("#e9bd2f") as pen:
            pen.disc(x + 6, 668, 17, 24)
        with c.layer("#6a4a3a") as pen:
            pen.disc(x + 6, 638, 10)
    with c.layer(["#2f6d8a", "#173a52"]) as pen:
        pen.poly([(500, 684), (540, 752), (1080, 752), (1160, 672), (1060, 686)])
    with c.layer("#f5f2e8") as pen:
        pen.rect(560, 700, 1090, 708)
        pen.line([(800, 590), (800, 510)], 5)
    with c.layer("#d4503f") as pen:
        pen.poly([(802, 512), (860, 526), (802, 544)])
    with c.layer("#ffffff", blur=4, opacity=0.7) as pen:
        for _ in range(70):
            pen.disc(c.rng.gauss(560, 130), c.rng.gauss(764, 10), c.rng.uniform(8, 50), 3)
    ships.gulls(c, 7, 140, 380)


def regatta(c):
    backdrops.sea(c, NOON, 470, 70, 3)
    for _ in range(26):
        x, near = c.rng.uniform(40, 1560), c.rng.uniform(0.02, 0.3)
        ships.sail(
            c, x, 480 + 260 * near, 0.12 + near, c.rng.choice(["#ffffff", "#f6f1e4"]), lean=0.16
        )
    for x, y, s, colour in (
        (300, 800, 0.95, "#ffffff"),
        (1240, 760, 0.85, "#f4d9a0"),
        (790, 930, 1.45, "#fdfbf4"),
    ):
        with c.layer("#e9f6fa", blur=5, opacity=0.7) as pen:
            pen.disc(x - 20, y + 6, 180 * s, 9 * s)
        ships.sail(c, x, y, s, colour, lean=0.2, jib="#d4503f" if colour == "#fdfbf4" else None)


def spinnakers(c):
    backdrops.sea(c, NOON._replace(sky=["#2f6fb0", "#67a7d6", "#b9dced"]), 560, 50, 2)
    sets = [
        ("#e4572e", "#ffffff", "#17468a"),
        ("#f3c13a", "#d4503f", "#f3c13a"),
        ("#2a9d8f", "#ffffff", "#2a9d8f"),
        ("#7a3f8f", "#f3a6c0", "#7a3f8f"),
        ("#17468a", "#f3c13a", "#17468a"),
    ]
    for index, (x, y, s) in enumerate(
        ((170, 700, 0.62), (1430, 690, 0.6), (520, 770, 0.95), (1110, 790, 1.05), (800, 680, 0.55))
    ):
        ships.spinnaker(c, x, y, s, sets[index])
    with c.layer("#ffffff", blur=1.4, opacity=0.75) as pen:
        for _ in range(120):
            y = c.rng.uniform(600, 1000)
            pen.disc(c.rng.uniform(0, 1600), y, (y - 560) * 0.09, 1 + (y - 560) * 0.008)


def calm_sails(c):
    palette = DAWN._replace(sky=["#7fa3c0", "#b9c9d2", "#f0dcc8", "#f9e6cc"], water="#a9bcc8")
    c.sky(palette.sky, 0, 563)
    backdrops.clouds(c, palette, 240, 6)
    backdrops.hills(c, palette, 563, 3, 44)
    for _ in range(14):
        ships.sail(c, c.rng.uniform(60, 1540), 542, c.rng.uniform(0.1, 0.2), "#fffaf0")
    for x, s in ((420, 0.6), (760, 0.9), (1230, 0.74)):
        ships.sail(c, x, 560, s, "#fff6e8")
    backdrops.reflect(c, palette, 562, tint=0.16, ripple=0.35)


def rowers(c):
    backdrops.sea(c, DAWN, 430, 70, 3, (430, 360), ripple=0.5)
    with c.layer("#31465f", blur=8, opacity=0.45) as pen:
        pen.disc(820, 745, 560, 16)
    figures.eight(c, 810, 730, 1.38, "#b8383a", "#f2efe6", "#3d2a22")
    with c.layer("#ffffff", blur=2, opacity=0.6) as pen:
        for x in range(330, 1350, 98):
            pen.ring(x, 806, 34, 6, 2)


def ice_buoy(c):
    c.sky(WINTER.sky, 0, 560)
    backdrops.sun(c, WINTER, 380, 470, 34, 500, 0.6)
    backdrops.hills(c, WINTER, 562, 2, 34)
    c.sky(["#e9eef1", "#c6d6e2", "#9db6ca"], 560, 1000)
    with c.layer("#8fa9bf", blur=1.2, opacity=0.6) as pen:
        for _ in range(60):
            y = 566 + 430 * c.rng.random() ** 1.5
            x = c.rng.uniform(0, 1600)
            far = (y - 560) * 0.5
            points = [(x, y)]
            for _ in range(4):
                points.append(
                    (
                        points[-1][0] + c.rng.uniform(0.3, 1) * far,
                        points[-1][1] + c.rng.uniform(-0.1, 0.1) * far,
                    )
                )
            pen.line(points, 1 + (y - 560) * 0.006)
    with c.layer("#ffffff", blur=9, opacity=0.7) as pen:
        for _ in range(40):
            y = 570 + 420 * c.rng.random()
            pen.disc(c.rng.uniform(0, 1600), y, (y - 540) * 0.7, (y - 540) * 0.035)
    with c.layer("#6f8aa3", blur=14, opacity=0.5) as pen:
        pen.poly([(1000, 830), (1420, 800), (1500, 830), (1020, 850)])
    ships.buoy(c, 960, 810, 1.25)
    with c.layer("#ffffff", blur=3) as pen:
        for x in range(840, 1090, 24):
            pen.disc(x, 838 + c.rng.uniform(-5, 5), 30, 14)
    for x, y, h in (
        (300, 620, 46),
        (340, 622, 40),
        (470, 600, 26),
        (500, 600, 26),
        (1360, 606, 30),
    ):
        figures.person(c, x, y, h, "#33445c", stride=0.1)
    backdrops.flakes(c, 120)


def gannets(c):
    palette = FOG._replace(sky=["#8fb0c8", "#bcd0da", "#e6ebe6"], water="#6f93a6")
    c.sky(palette.sky, 0, 760)
    backdrops.clouds(c, palette, 250)
    backdrops.swell(c, palette, 700, 3, 14)
    cliff = wander(c.rng, 480, 1180, 330, 46, rough=0.7)
    with c.layer(["#7d7f80", "#474c52", "#24292f"]) as pen:
        pen.poly([(400, 860), (440, 620), *cliff, (1230, 560), (1290, 860)])
    with c.layer("#2b3036", opacity=0.5) as pen:
        for _ in range(40):
            x, y = c.rng.uniform(470, 1230), c.rng.uniform(420, 800)
            pen.line([(x, y), (x + c.rng.uniform(-14, 14), y + c.rng.uniform(40, 120))], 3)
    with c.layer("#f5f5ef", blur=0.5) as pen:
        for _ in range(420):
            x = c.rng.gauss(830, 190)
            y = 340 + 430 * c.rng.random() ** 1.5
            if 480 - (y - 400) / 6 < x < 1200 + (y - 400) / 8:
                pen.disc(x, y, 4, 5)
    ships.gulls(c, 60, 90, 560, "#ffffff", 16)
    ships.gulls(c, 7, 120, 700, "#ffffff", 46)
    backdrops.swell(c, palette, 800, 4, 20)


def tidal_barrier(c):
    c.sky(STORM.sky, 0, 560)
    backdrops.clouds(c, STORM, 170, 14, 160, "#242c33", 0.6)
    buildings.skyline(c, 562, "#3b474e", "#f2d9a0", 0, 1600, (20, 80), 0.2)
    backdrops.swell(c, STORM, 560, 2, 8)
    for index in range(5):
        x = 90 + index * 330
        with c.layer(["#d6dcdc", "#8b979b", "#4d595f"]) as pen:
            for step in range(7):
                pen.rect(x + 66 + step * 1.0, 520, x + 300, 700)
            pen.disc(x + 184, 540, 116, 74)
        with c.layer(["#9aa3a3", "#515b60"]) as pen:
            pen.poly([(x, 740), (x + 10, 430), (x + 70, 430), (x + 80, 740)])
            pen.disc(x + 40, 432, 42, 46)
        with c.layer("#ffdf9a") as pen:
            pen.rect(x + 26, 470, x + 54, 496)
    with c.layer("#38434a") as pen:
        pen.rect(-10, 408, 1610, 422)
    backdrops.swell(c, STORM, 690, 6, 26)


def storm_poster(c):
    """The backdrop of the film of the storm."""
    c.sky(STORM.sky, 0, 640)
    backdrops.clouds(c, STORM, 170, 16, 200, "#1d252b", 0.75)
    backdrops.swell(c, STORM, 560, 3, 30)
    buildings.mole(c, 820, 1640, 600, "#495154", 80)
    buildings.lighthouse(c, 1000, 606, 0.8)
    backdrops.swell(c, STORM, 660, 5, 44)


def misty_strait(c):
    """The backdrop of the film of the strait."""
    palette = FOG._replace(sky=["#a9b8c0", "#c8d1d2", "#ece6d6"], water="#a9b8bd")
    c.sky(palette.sky, 0, 582)
    c.glow(1180, 330, 560, "#fff1cc", 0.5)
    backdrops.hills(c, palette, 580, 3, 90)
    c.haze(380, 580, "#e6e4da", 0.5)
    backdrops.reflect(c, palette, 580, tint=0.45, ripple=0.6)
