"""Everything that floats, as silhouettes with lamps. (x, y) is the middle of the waterline and
`s` the size: 1 is as large as the picture allows."""

from __future__ import annotations

from .canvas import mix


def _at(x, y, s, points, turn=1):
    return [(x + turn * px * s, y + py * s) for px, py in points]


def windows(c, x, y, s, colour, rows, start, end, gap=20, size=(9, 8), lit=1.0):
    """Rows of lit windows at heights `rows` (in the ship's own measure) from start to end."""
    with c.layer(colour) as pen:
        for level in rows:
            px = start
            while px < end:
                if c.rng.random() < lit:
                    left, top = x + px * s, y + level * s
                    pen.rect(left, top, left + size[0] * s, top + size[1] * s)
                px += gap


def ferry(c, x, y, s, hull, lamp, house="#e9ecec"):
    """A small passenger ship seen from the side, bow to the right."""
    shade = mix(house, hull, 0.55)
    with c.layer([house, shade]) as pen:
        pen.poly(_at(x, y, s, [(-250, -70), (-230, -112), (190, -112), (225, -70)]))
        pen.poly(_at(x, y, s, [(-200, -112), (-190, -150), (120, -150), (150, -112)]))
        pen.poly(_at(x, y, s, [(20, -150), (26, -182), (104, -182), (118, -150)]))
    with c.layer([mix(hull, "#ffffff", 0.08), hull]) as pen:
        pen.poly(_at(x, y, s, [(-300, -74), (-288, 4), (262, 4), (330, -84), (250, -70)]))
        pen.poly(_at(x, y, s, [(-110, -150), (-98, -222), (-38, -222), (-30, -150)]))
        pen.line(_at(x, y, s, [(62, -182), (62, -250)]), 4 * s)
        pen.line(_at(x, y, s, [(-255, -74), (-255, -140)]), 3 * s)
    with c.layer("#c8463c") as pen:
        pen.rect(x - 104 * s, y - 206 * s, x - 35 * s, y - 184 * s)
    windows(c, x, y, s, lamp, (-100, -138), -190, 110, gap=22, lit=0.92)
    windows(c, x, y, s, lamp, (-98,), 120, 190, gap=22)
    windows(c, x, y, s, lamp, (-174,), 32, 100, gap=16, size=(11, 9))
    windows(c, x, y, s, mix(lamp, hull, 0.3), (-52,), -260, 230, gap=34, size=(6, 6))
    c.glow(x, y - 90 * s, 420 * s, lamp, 0.35, flat=0.5)


def freighter(c, x, y, s, hull, lamp, deck="#c9ccc8", boxes=()):
    """A cargo ship, bow to the right; `boxes` are the colours of containers on deck."""
    for row in range(3 if boxes else 0):
        for column in range(12):
            if c.rng.random() < (1, 0.85, 0.5)[row]:
                left, top = x + (-190 + column * 40) * s, y + (-112 - 26 * row) * s
                with c.layer(mix(c.rng.choice(boxes), hull, 0.25)) as pen:
                    pen.rect(left, top, left + 37 * s, top + 24 * s)
    with c.layer([deck, mix(deck, hull, 0.6)]) as pen:
        pen.poly(_at(x, y, s, [(-380, -88), (-380, -200), (-270, -200), (-262, -88)]))
        pen.poly(_at(x, y, s, [(-396, -200), (-396, -222), (-256, -222), (-256, -200)]))
    with c.layer([mix(hull, "#ffffff", 0.1), hull]) as pen:
        pen.poly(_at(x, y, s, [(-430, -90), (-412, 6), (380, 6), (450, -112), (340, -88)]))
        pen.line(_at(x, y, s, [(-325, -222), (-325, -290)]), 5 * s)
        pen.line(_at(x, y, s, [(380, -100), (380, -170)]), 4 * s)
        pen.rect(x - 300 * s, y - 262 * s, x - 272 * s, y - 222 * s)
    windows(c, x, y, s, lamp, (-190, -160, -130), -368, -276, gap=18, lit=0.7)


def cruiser(c, x, y, s, lamp, body="#eef0f1", shade="#8e9bad"):
    """A very large white ship."""
    with c.layer([body, mix(body, shade, 0.35), shade]) as pen:
        pen.poly(_at(x, y, s, [(-560, -120), (-500, 0), (470, 0), (600, -150), (560, -150)]))
        for deck in range(7):
            left, right = -540 + deck * 12, 470 - deck * 34
            pen.rect(x + left * s, y - (160 + 38 * deck) * s, x + right * s, y - 118 * s)
        pen.poly(_at(x, y, s, [(-230, -388), (-200, -470), (-120, -470), (-110, -388)]))
    with c.layer("#3d5f96", opacity=0.9) as pen:
        pen.poly(_at(x, y, s, [(-546, -60), (-536, -38), (512, -38), (528, -60)]))
    for deck in range(7):
        levels = (-146 - 38 * deck,)
        windows(c, x, y, s, lamp, levels, -524 + 12 * deck, 440 - 34 * deck, 17, (10, 15), 0.86)
    windows(c, x, y, s, lamp, (-96,), -500, 520, gap=30, size=(9, 9))


def trawler(c, x, y, s, hull, lamp="#ffe2a0", turn=1, cabin="#e4e0d2"):
    """A fishing boat with a wheelhouse, a mast and a boom."""
    with c.layer([cabin, mix(cabin, hull, 0.5)]) as pen:
        pen.poly(_at(x, y, s, [(-70, -48), (-66, -112), (6, -112), (14, -48)], turn))
        pen.poly(_at(x, y, s, [(-78, -112), (-74, -122), (12, -122), (16, -112)], turn))
    with c.layer([mix(hull, "#ffffff", 0.14), hull]) as pen:
        shape = [(-132, -46), (-118, 5), (96, 5), (150, -72), (100, -50), (20, -42)]
        pen.poly(_at(x, y, s, shape, turn))
        pen.line(_at(x, y, s, [(40, -48), (40, -210)], turn), 5 * s)
        pen.line(_at(x, y, s, [(40, -196), (-120, -92)], turn), 3 * s)
        pen.line(_at(x, y, s, [(40, -205), (138, -68)], turn), 2 * s)
        pen.line(_at(x, y, s, [(-30, -122), (-30, -170)], turn), 3 * s)
    with c.layer(lamp) as pen:
        for px in (-60, -40, -20):
            left = x + turn * px * s - (0 if turn > 0 else 14 * s)
            pen.rect(left, y - 104 * s, left + 14 * s, y - 84 * s)
    c.glow(x + turn * 40 * s, y - 205 * s, 70 * s, lamp, 0.9)


def sail(c, x, y, s, colour, hull="#22304a", lean=0.0, jib=None):
    """A sailing boat; `lean` to the right as a share of its height."""
    tip = (10 + 300 * lean, -330 * (1 - abs(lean) * 0.3))
    with c.layer([mix(colour, "#ffffff", 0.2), mix(colour, "#334466", 0.16)]) as pen:
        belly = 118 + 60 * lean
        pen.poly(_at(x, y, s, [tip, (tip[0] + 62, -190), (belly, -40), (8, -36)]))
    with c.layer([mix(jib or colour, "#ffffff", 0.1), mix(jib or colour, "#334466", 0.3)]) as pen:
        front = (tip[0] - 10, tip[1] + 30)
        pen.poly(_at(x, y, s, [front, (-58 + 120 * lean, -150), (-112, -34), (-4, -36)]))
    with c.layer(hull) as pen:
        pen.poly(_at(x, y, s, [(-130, -30), (-96, 3), (96, 3), (128, -26)]))
        pen.line(_at(x, y, s, [(2, -24), tip]), 3.5 * s)


def spinnaker(c, x, y, s, colours):
    """A boat before the wind under a round sail of several colours."""
    count = len(colours)
    for index, colour in enumerate(colours):
        left, right = -120 + 240 * index / count, -120 + 240 * (index + 1) / count
        shape = [(-8, -390)]
        for step in range(9):
            at = step / 8
            bow = (1 - (2 * at - 1) ** 2) * 30
            shape.append((left * _belly(at), -390 + 330 * at + bow * 0.2))
        for step in range(8, -1, -1):
            at = step / 8
            shape.append((right * _belly(at), -390 + 330 * at + (1 - (2 * at - 1) ** 2) * 6))
        with c.layer([mix(colour, "#ffffff", 0.25), mix(colour, "#20304a", 0.2)]) as pen:
            pen.poly(_at(x, y, s, shape))
    with c.layer("#1d2c44") as pen:
        pen.poly(_at(x, y, s, [(-128, -34), (-100, 5), (100, 5), (136, -36)]))
        pen.line(_at(x, y, s, [(0, -30), (-4, -400)]), 3 * s)


def _belly(at):
    return 0.06 + 1.02 * (1 - (1.35 * at - 0.85) ** 2) if at else 0.03


def buoy(c, x, y, s, colour="#b3402f", lean=0.12):
    """A cage buoy with a bell."""
    with c.layer([mix(colour, "#ffffff", 0.2), mix(colour, "#101828", 0.4)]) as pen:
        pen.poly(_at(x, y, s, [(-90, -10), (-80, 26), (80, 26), (92, -14)]))
        for px in (-62, -20, 22, 62):
            pen.line(_at(x, y, s, [(px, -12), (px * 0.25 + 230 * lean, -230)]), 8 * s)
        pen.line(_at(x, y, s, [(-40 + 115 * lean, -115), (44 + 115 * lean, -118)]), 7 * s)
        pen.disc(x + 230 * lean * s, y - 246 * s, 26 * s)
    with c.layer("#d9b25a") as pen:
        bell = [(-24, -60), (-14, -106), (14, -106), (26, -60)]
        pen.poly(_at(x + 90 * lean * s, y, s, bell))


def gulls(c, count, top, bottom, colour="#f4f6f7", size=18):
    """Birds on the wing, here and there."""
    with c.layer(colour, blur=0.6) as pen:
        for _ in range(count):
            x, y = c.rng.uniform(0.05, 0.95) * c.width, c.rng.uniform(top, bottom)
            w = size * c.rng.uniform(0.5, 1.3)
            tilt = c.rng.uniform(-0.3, 0.3) * w
            pen.poly(
                [
                    (x - w, y - w * 0.32 + tilt),
                    (x - w * 0.4, y - w * 0.34),
                    (x, y + w * 0.1),
                    (x + w * 0.4, y - w * 0.34),
                    (x + w, y - w * 0.32 - tilt),
                    (x + w * 0.4, y - w * 0.16),
                    (x, y + w * 0.24),
                    (x - w * 0.4, y - w * 0.16),
                ]
            )
