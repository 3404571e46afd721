"""The harbour of Port Averley, at all hours."""

from __future__ import annotations

from .. import backdrops, buildings, figures, ships
from ..canvas import mix
from ..palettes import DAWN, DUSK, EMBER, FOG, GOLD, NIGHT, STORM, VIOLET

BRICK = ["#7a3f37", "#8d5a44", "#a8785a", "#5f4550", "#b9966b", "#6a5a66", "#c2a98a"]


def night_ferry(c):
    c.sky(NIGHT.sky, 0, 648)
    backdrops.stars(c, 420)
    backdrops.moon(c, 1270, 170)
    backdrops.hills(c, NIGHT, 648, 2, 60)
    buildings.skyline(c, 648, "#0a1428", "#ffd58a", 0, 620, (20, 80), 0.35)
    ships.ferry(c, 830, 640, 1.25, "#10203c", "#ffdf9a", "#9fb0c8")
    backdrops.reflect(c, NIGHT, 646, tint=0.34)
    backdrops.glitter(c, NIGHT, 1270, 646, 50, 0.5)


def storm_quay(c):
    c.sky(STORM.sky, 0, 640)
    backdrops.clouds(c, STORM, 150, 16, 200, "#20282e", 0.7)
    backdrops.clouds(c, STORM, 330, 8, 120, "#c9cec4", 0.35)
    backdrops.swell(c, STORM, 560, 3, 34)
    buildings.mole(c, -20, 1180, 640, "#4a5254", 90)
    buildings.lighthouse(c, 1080, 646, 0.9)
    buildings.beam(c, 1080, 308, 1300, 3.32, 0.07, strength=0.4)
    _spray(c, 760, 660, 330)
    _spray(c, 1190, 690, 240)
    backdrops.swell(c, STORM, 690, 5, 46)
    backdrops.rain(c, 700, 60)


def _spray(c, x, y, reach):
    """A breaker thrown up by the wall: dense at the foot, drops at the top."""
    for blur, size, count, opacity in ((22, 46, 120, 0.8), (7, 15, 220, 0.6), (1.2, 3, 420, 0.8)):
        with c.layer("#f2f5f2", blur=blur, opacity=opacity) as pen:
            for _ in range(count):
                up = c.rng.random() ** 1.6
                wide = (1 - up) * 0.5 + 0.1
                px = x + c.rng.gauss(0, reach * wide * 0.6) - up * reach * 0.35
                radius = size * c.rng.uniform(0.3, 1) * (1.15 - up)
                pen.disc(px, y - up * reach, radius)


def fishing_quay(c):
    c.sky(DAWN.sky, 0, 560)
    backdrops.clouds(c, DAWN, 200)
    backdrops.sun(c, DAWN, 1180, 470, 40)
    buildings.gables(c, 566, BRICK, height=(90, 190), share=0.25)
    c.haze(330, 566, DAWN.sky[-1], 0.4)
    with c.layer(["#8d8580", "#4d4a50"]) as pen:
        pen.rect(0, 562, 1600, 661)
    for x, y, s, hull, turn in ((300, 640, 0.85, "#2d5a78", 1), (640, 655, 0.95, "#8c3b34", -1),
                                (1330, 645, 0.9, "#3b6650", -1)):  # fmt: skip
        ships.trawler(c, x, y, s, hull, turn=turn)
    backdrops.reflect(c, DAWN, 660, tint=0.3)
    ships.trawler(c, 990, 800, 1.55, "#20405e")
    with c.layer(mix(DAWN.water, DAWN.ink, 0.5), blur=5, opacity=0.6) as pen:
        pen.disc(1000, 812, 220, 14)
    ships.gulls(c, 16, 90, 420)
    with c.layer(["#6f6a66", "#3e3d42"]) as pen:
        pen.poly([(0, 1000), (0, 880), (620, 930), (640, 1000)])
    _boxes(c, 90, 880)


def _boxes(c, x, y):
    for row in range(3):
        for column in range(4 - row):
            colour = c.rng.choice(["#4f8fb5", "#d2743f", "#e3c05a", "#5a9a7a"])
            left, top = x + column * 104 + row * 40, y - 2 - row * 44
            with c.layer([mix(colour, "#ffffff", 0.2), mix(colour, "#10182a", 0.25)]) as pen:
                pen.rect(left, top, left + 98, top + 42, round=4)
            with c.layer(mix(colour, "#10182a", 0.55)) as pen:
                pen.rect(left + 34, top + 12, left + 64, top + 20, round=4)


def port_cranes(c):
    c.sky(EMBER.sky, 0, 708)
    backdrops.clouds(c, EMBER, 260, 12, 200)
    backdrops.sun(c, EMBER, 520, 590, 64, 760)
    backdrops.hills(c, EMBER, 707, 2, 40)
    for x, s in ((250, 1.15), (640, 1.35), (1040, 1.15)):
        buildings.crane(c, x, 700, s, "#1d1022")
    ships.freighter(c, 1180, 704, 0.95, "#1b0f22", "#ffcf7a", "#8a5a58",
                    ("#b4483e", "#44688c", "#c59a4c", "#5c7f6e"))  # fmt: skip
    backdrops.reflect(c, EMBER, 706, tint=0.3)
    backdrops.glitter(c, EMBER, 520, 706, 70)


def cruise_ship(c):
    c.sky(GOLD.sky, 0, 653)
    backdrops.clouds(c, GOLD, 160)
    ships.cruiser(c, 830, 650, 1.12, "#fff0c0")
    with c.layer("#f4efe4", opacity=0.14, blur=20) as pen:
        pen.rect(200, 100, 1500, 640)
    backdrops.reflect(c, GOLD, 652, tint=0.32)
    buildings.gables(c, 900, BRICK, height=(70, 140), share=0.35)
    with c.layer(["#54483a", "#2e2822"]) as pen:
        pen.rect(0, 898, 1600, 1000)
    with c.layer("#1f1b1a") as pen:
        for x in range(40, 1600, 92):
            pen.rect(x, 872, x + 8, 902)
    ships.gulls(c, 8, 60, 300)


def whale(c):
    backdrops.sea(c, DUSK, 470, 55, 2, (1150, 410))
    buildings.skyline(c, 474, "#33264a", "#ffcf8a", 60, 700, (14, 60), 0.3)

    def p(px, py):
        return (760 + px, 690 - py)

    half = [(150, -10), (96, 40), (52, 110), (40, 150), (120, 168), (230, 214), (330, 306),
            (286, 318), (190, 300), (90, 268), (34, 236), (0, 206)]  # fmt: skip
    body = [p(*point) for point in half] + [p(-x, y) for x, y in reversed(half)]
    with c.layer(["#3c3a55", "#15162a"], blur=0.6) as pen:
        pen.poly(body)
    with c.layer("#f3d2b0", blur=2, opacity=0.5) as pen:
        pen.line([p(-276, 300), p(-200, 236), p(-110, 184), p(-44, 160)], 5)
        pen.line([p(276, 300), p(200, 236), p(110, 184)], 5)
    with c.layer("#fbe3c4", blur=4, opacity=0.75) as pen:
        for _ in range(80):
            pen.disc(c.rng.gauss(764, 130), c.rng.gauss(702, 9), c.rng.uniform(6, 46), 3)
        for _ in range(60):
            pen.disc(c.rng.gauss(764, 150), 690 - abs(c.rng.gauss(0, 60)), c.rng.uniform(1, 4))
    ships.gulls(c, 5, 150, 330, "#2a2440", 14)


def foghorn(c):
    c.sky(FOG.sky, 0, 1000)
    c.glow(1180, 380, 520, "#fff1c9", 0.45)
    buildings.skyline(c, 600, "#b4bdbf", "#f6e7c0", 0, 700, (30, 120), 0.1)
    c.haze(420, 640, "#dde1dd", 0.85)
    buildings.mole(c, -20, 1240, 640, "#8b9598", 70)
    buildings.lighthouse(c, 1160, 644, 0.72, "#cfd4d2", "#a2857d", "#fff6d4")
    c.haze(300, 700, "#dfe3df", 0.55)
    backdrops.reflect(c, FOG, 712, tint=0.5, ripple=0.6)
    figures.heads(c, 905, 62, "#5d6a72", 44, spread=26)
    figures.heads(c, 955, 84, "#3c4850", 26, spread=20)


def herring_fleet(c):
    backdrops.sea(c, VIOLET, 480, 64, 3, (560, 430))
    fleet = [(c.rng.uniform(40, 1560), c.rng.uniform(500, 640)) for _ in range(17)]
    fleet += [(250, 760), (930, 740), (1390, 800), (640, 900)]
    for x, y in sorted(fleet, key=lambda place: place[1]):
        near = (y - 480) / 420
        hull = mix("#5a4472", "#120d24", min(1, near * 1.3))
        turn = c.rng.choice((1, -1))
        with c.layer("#ffd08a", blur=5, opacity=0.4) as pen:
            pen.disc(x, y + 26 * near, 34 * near, 50 * near)
        ships.trawler(c, x, y, 0.16 + near * 0.95, hull, "#ffdf9f", turn, mix(hull, "#d9b4a0", 0.4))


def warehouses(c):
    c.sky(DUSK.sky, 0, 695)
    backdrops.clouds(c, DUSK, 200, 8)
    x = -30
    while x < 1600:
        colour = c.rng.choice(["#5d3138", "#6b3d3b", "#53333f", "#74463c"])
        with c.layer([mix(colour, "#ffffff", 0.08), mix(colour, "#0b0815", 0.4)]) as pen:
            pen.rect(x, 330, x + 196, 690)
            pen.poly([(x, 332), (x + 98, 205), (x + 196, 332)])
        with c.layer("#190f1c") as pen:
            for row in range(4):
                for left in (30, 132):
                    pen.rect(x + left, 372 + row * 82, x + left + 34, 372 + row * 82 + 46, round=12)
                pen.rect(x + 82, 366 + row * 82, x + 114, 366 + row * 82 + 62)
            pen.line([(x + 98, 250), (x + 98, 300)], 6)
        buildings.lit(c, x + 20, 352, x + 180, 690, "#ffcf7c", (102, 82), (34, 46), 0.1)
        x += 200
    backdrops.reflect(c, DUSK, 694, tint=0.35, ripple=0.7)


def book_ship(c):
    backdrops.sea(c, GOLD, 560, 46, 2, (420, 500))
    ships.freighter(c, 930, 640, 1.25, "#f2eee2", "#ffe9b0", "#ffffff")
    with c.layer("#3f6f8f") as pen:
        pen.poly([(400, 588), (404, 602), (1436, 600), (1452, 582)])
    with c.layer("#3a3626", blur=7, opacity=0.4) as pen:
        pen.disc(930, 656, 520, 15)
    backdrops.waves(c, GOLD, 640, 0.6, 200)
    with c.layer(["#c9584a", "#dfae4b", "#4f8f86"]) as pen:
        for x in range(620, 1360, 44):
            sag = 26 * (1 - ((x - 990) / 370) ** 2)
            pen.poly([(x, 368 + sag * 3), (x + 24, 368 + sag * 3), (x + 12, 402 + sag * 3)])
    with c.layer("#55513d") as pen:
        line = [(x, 366 + 78 * (1 - ((x - 990) / 370) ** 2)) for x in range(620, 1364, 12)]
        pen.line(line, 2)
    ships.gulls(c, 9, 120, 360)


def opera_barge(c):
    c.sky(VIOLET.sky, 0, 717)
    backdrops.stars(c, 260, 120)
    buildings.skyline(c, 717, "#211a3e", "#ffd58a", 0, 1600, (90, 220), 0.3)
    for x, angle, colour in (
        (560, -1.9, "#ff9ad0"),
        (800, -1.57, "#9ad6ff"),
        (1040, -1.25, "#ffd27a"),
    ):
        buildings.beam(c, x, 560, 760, angle, 0.12, colour, 0.45)
    with c.layer(["#ffe7b0", "#f28c5c"]) as pen:
        pen.poly([(470, 640), (500, 470), (640, 400), (960, 400), (1100, 470), (1130, 640)])
    with c.layer("#2a1230") as pen:
        pen.poly(
            [
                (440, 640),
                (474, 462),
                (640, 380),
                (960, 380),
                (1126, 462),
                (1160, 640),
                (1130, 640),
                (1096, 484),
                (950, 412),
                (650, 412),
                (504, 484),
                (470, 640),
            ]
        )
    for x, h, coat in ((690, 120, "#5a1f3c"), (800, 140, "#f4efe4"), (920, 118, "#22304a")):
        figures.person(c, x, 640, h, coat, arm=0.2, skirt=True)
    with c.layer(["#3b2a34", "#140e1a"]) as pen:
        pen.poly([(250, 640), (290, 716), (1330, 716), (1370, 640)])
    c.glow(800, 540, 520, "#ffb070", 0.5, 0.6)
    backdrops.reflect(c, VIOLET, 716, tint=0.22)


def shipyard(c):
    c.sky(EMBER.sky, 0, 852)
    backdrops.clouds(c, EMBER, 220, 10, 160)
    backdrops.sun(c, EMBER, 360, 640, 52)
    backdrops.hills(c, EMBER, 852, 2, 60)
    with c.layer("#24131f") as pen:
        for x in (180, 520, 1090, 1430):
            pen.line([(x, 830), (x + 14, 190)], 22)
            for y in range(240, 800, 90):
                pen.line([(x, y), (x + 60, y + 60)], 6)
        pen.rect(120, 180, 1520, 220)
        pen.rect(700, 220, 800, 262)
        pen.line([(750, 262), (750, 420)], 5)
    hull = [
        (800, 300),
        (540, 420),
        (560, 640),
        (700, 830),
        (800, 850),
        (900, 830),
        (1040, 640),
        (1060, 420),
    ]
    with c.layer(["#a85c4a", "#5b2c38", "#2b1424"]) as pen:
        pen.poly(hull)
    with c.layer("#f7b26a", opacity=0.35, blur=6) as pen:
        pen.poly([(800, 310), (550, 424), (568, 630), (690, 790), (760, 600)])
    with c.layer("#2b1424") as pen:
        pen.line([(800, 300), (800, 850)], 7)
        pen.rect(470, 838, 1130, 870)
    backdrops.ground(c, ["#2a1824", "#120a12"], 850, 3)
    for x in (330, 400, 1210):
        figures.person(c, x, 900, 92, "#1c1019", "#8a5a48")
    for x, y in ((640, 690), (930, 560)):
        c.glow(x, y, 90, "#d8f0ff", 0.9)


def harbour_evening(c):
    """Also the backdrop of the film of the harbour; the boats are added by it."""
    c.sky(DUSK.sky, 0, 572)
    backdrops.clouds(c, DUSK, 210, 8)
    backdrops.sun(c, DUSK, 1130, 500, 44)
    backdrops.hills(c, DUSK, 571, 2, 46)
    buildings.skyline(c, 571, "#2c2344", "#ffd58a", 0, 760, (24, 110), 0.34)
    buildings.mole(c, 900, 1620, 556, "#3a2d48", 16)
    buildings.lighthouse(c, 960, 558, 0.4)
    backdrops.reflect(c, DUSK, 570, tint=0.34)
    backdrops.glitter(c, DUSK, 1130, 570)
