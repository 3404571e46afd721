"""At the Breakwater Ground."""

from __future__ import annotations

from .. import backdrops, figures
from ..canvas import mix
from ..palettes import NIGHT


def _floodlight(c, x, top, base, turn):
    with c.layer("#10182a") as pen:
        pen.line([(x, base), (x + turn * 20, top)], 12)
    with c.layer("#eef6ff") as pen:
        for row in range(3):
            for column in range(4):
                pen.disc(x + turn * 20 + (column - 1.5) * 26, top + row * 24 - 30, 9)
    c.glow(x + turn * 20, top, 460, "#dceaff", 0.9)


def _pitch(c, top, colours=("#4f9a54", "#2f7a45", "#1f5c38")):
    c.sky(list(colours), top, 1000)
    with c.layer("#ffffff", opacity=0.06) as pen:
        for x in range(-1600, 3200, 300):
            pen.poly(
                [
                    (800 + (x - 800) * 0.5, top),
                    (800 + (x - 650) * 0.5, top),
                    (x + 150, 1000),
                    (x, 1000),
                ]
            )


def harriers(c):
    c.sky(["#0a1330", "#1b2a55", "#3a3f6c"], 0, 480)
    for x, turn in ((170, 1), (1430, -1)):
        _floodlight(c, x, 110, 480, turn)
    with c.layer(["#1a2238", "#0f1526"]) as pen:
        pen.poly([(0, 480), (0, 250), (1600, 250), (1600, 480)])
        pen.poly([(0, 250), (0, 214), (1600, 214), (1600, 250)])
    for colour in ("#d8a38a", "#8f6a5f", "#c9504a", "#e8e2d4", "#3f5f8f"):
        with c.layer(mix(colour, "#0f1526", 0.35)) as pen:
            for _ in range(900):
                pen.disc(c.rng.uniform(0, 1600), c.rng.uniform(262, 462), 4.2, 5)
    with c.layer(["#d8dfe8", "#9aa6b8"]) as pen:
        pen.rect(0, 466, 1600, 500)
    _pitch(c, 500)
    with c.layer("#f4f8f2", opacity=0.9) as pen:
        pen.line([(-10, 560), (1610, 560)], 4)
        pen.line([(1180, 560), (1010, 1010)], 5)
    with c.layer("#ffffff") as pen:
        pen.line([(1230, 700), (1230, 520), (1420, 610), (1420, 820)], 8)
    with c.layer("#ffffff", opacity=0.4) as pen:
        for step in range(9):
            pen.line(
                [(1230 + step * 24, 520 + step * 11), (1250 + step * 24, 700 + step * 14)], 1.5
            )
            pen.line([(1230, 520 + step * 20), (1420, 610 + step * 23)], 1.5)
    for x, y, h, shirt, turn in (
        (420, 760, 190, "#c9403a", 1),
        (640, 690, 160, "#e8eef4", 1),
        (980, 740, 178, "#e8eef4", -1),
        (300, 640, 130, "#c9403a", 1),
        (1130, 640, 134, "#c9403a", 1),
    ):
        _player(c, x, y, h, shirt, turn)
    _player(c, 760, 900, 280, "#c9403a", 1)
    with c.layer(["#ffffff", "#c9ced6"]) as pen:
        pen.disc(930, 872, 24)
    with c.layer("#20242c") as pen:
        for dx, dy in ((0, 0), (-14, 10), (14, 8), (2, -16)):
            pen.disc(930 + dx, 872 + dy, 5)


def _player(c, x, y, h, shirt, turn):
    with c.layer("#123a24", blur=6, opacity=0.6) as pen:
        pen.disc(x + 20, y, h * 0.3, h * 0.05)

    def p(px, py):
        return (x + turn * px * h, y - py * h)

    with c.layer("#8a5f4a") as pen:
        pen.line([p(-0.02, 0.5), p(-0.1, 0.26), p(-0.28, 0.12)], 0.085 * h)
        pen.line([p(0.03, 0.5), p(0.14, 0.28), p(0.16, 0.02)], 0.085 * h)
        pen.line([p(-0.06, 0.78), p(-0.22, 0.66), p(-0.14, 0.54)], 0.06 * h)
        pen.line([p(0.06, 0.78), p(0.2, 0.62), p(0.3, 0.7)], 0.06 * h)
        pen.disc(*p(0.05, 0.92), 0.07 * h, 0.08 * h)
    with c.layer([mix(shirt, "#ffffff", 0.15), mix(shirt, "#10182a", 0.25)]) as pen:
        pen.poly([p(-0.12, 0.84), p(0.13, 0.84), p(0.11, 0.5), p(-0.1, 0.5)])
        pen.line([p(-0.1, 0.81), p(-0.17, 0.71)], 0.09 * h)
        pen.line([p(0.1, 0.81), p(0.17, 0.7)], 0.09 * h)
    with c.layer("#1b2438") as pen:
        pen.poly([p(-0.11, 0.54), p(0.12, 0.54), p(0.16, 0.38), p(-0.13, 0.36)])
        pen.disc(*p(0.03, 0.965), 0.075 * h, 0.055 * h)
        pen.line([p(-0.02, 0.96), p(-0.14, 0.92)], 0.05 * h)
    with c.layer("#f1f1ec") as pen:
        pen.line([p(-0.2, 0.18), p(-0.28, 0.12)], 0.08 * h)
        pen.line([p(0.155, 0.16), p(0.16, 0.06)], 0.08 * h)


def touchline(c):
    c.sky(["#141c2c", "#26334a", "#3c4a5c"], 0, 470)
    _floodlight(c, 260, 120, 470, 1)
    with c.layer(["#222c3e", "#161d2b"]) as pen:
        pen.rect(0, 270, 1600, 470)
    with c.layer("#34425c") as pen:
        for row in range(6):
            for x in range(10, 1600, 40):
                pen.rect(x, 284 + row * 30, x + 28, 302 + row * 30, round=4)
    _pitch(c, 470, ("#3f7a52", "#2b5f45", "#1c4636"))
    with c.layer("#eef4ee", opacity=0.85) as pen:
        pen.poly([(0, 840), (1600, 770), (1600, 782), (0, 856)])
    with c.layer("#cfe0e4", blur=5, opacity=0.3) as pen:
        for _ in range(40):
            pen.disc(c.rng.uniform(0, 1600), c.rng.uniform(560, 1000), c.rng.uniform(40, 160), 5)
    with c.layer("#0e2a20", blur=10, opacity=0.7) as pen:
        pen.poly([(960, 930), (1050, 930), (1460, 980), (1240, 990)])
    figures.person(c, 1000, 935, 520, "#2c3444", "#c09478", -1, 0.03, 0, True)
    with c.layer("#c9403a") as pen:
        pen.line([(955, 492), (1045, 492)], 26)
        pen.line([(1030, 500), (1046, 610)], 22)
    backdrops.rain(c, 900, 40, "#e4eef4", 0.26)
    c.glow(260, 120, 700, NIGHT.lamp, 0.25)
