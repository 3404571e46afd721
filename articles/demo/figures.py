"""People and animals, as silhouettes. (x, y) is where they stand and `h` how tall they are."""

from __future__ import annotations

from .canvas import mix


def person(c, x, y, h, coat, skin="#c89b7b", turn=1, stride=0.0, arm=0.0, skirt=False):
    """One standing or walking figure in a coat; `arm` lifts the front one."""

    def p(px, py):
        return (x + turn * px * h, y - py * h)

    dark = mix(coat, "#05070f", 0.35)
    with c.layer(dark) as pen:
        pen.line([p(-0.04, 0.45), p(-0.05 - stride, 0.0)], 0.075 * h)
        pen.line([p(0.04, 0.45), p(0.05 + stride, 0.0)], 0.075 * h)
    with c.layer([mix(coat, "#ffffff", 0.1), coat, dark]) as pen:
        hem = 0.15 if skirt else 0.12
        pen.poly([p(-0.12, 0.8), p(-0.07, 0.84), p(0.07, 0.84), p(0.12, 0.8),
                  p(hem, 0.36), p(-hem, 0.36)])  # fmt: skip
        pen.line([p(-0.115, 0.79), p(-0.15, 0.6), p(-0.13, 0.42)], 0.06 * h)
        pen.line([p(0.115, 0.79), p(0.15 + arm * 0.4, 0.6 + arm * 0.5),
                  p(0.14 + arm * 0.7, 0.43 + arm)], 0.06 * h)  # fmt: skip
    with c.layer(skin) as pen:
        pen.disc(x, y - 0.925 * h, 0.058 * h, 0.07 * h)
        pen.rect(x - 0.025 * h, y - 0.88 * h, x + 0.025 * h, y - 0.82 * h)
    with c.layer(mix(coat, "#1a1310", 0.75)) as pen:
        pen.disc(x - turn * 0.012 * h, y - 0.95 * h, 0.062 * h, 0.055 * h)


def crowd(c, level, height, colours, count=60, start=0, end=1600, spread=14):
    """Heads and shoulders, nearer ones lower and larger."""
    for _ in range(count):
        x, drop = c.rng.uniform(start, end), c.rng.random()
        y, h = level + drop * spread, height * (0.8 + 0.4 * drop)
        with c.layer(c.rng.choice(colours)) as pen:
            pen.disc(x, y, 0.2 * h, 0.25 * h)
            pen.disc(x, y + 0.75 * h, 0.44 * h, 0.52 * h)
            pen.rect(x - 0.44 * h, y + 0.7 * h, x + 0.44 * h, y + 2 * h)


def heads(c, level, height, colour, count=60, start=0, end=1600, spread=14):
    """The same seen against the light: one colour, one layer."""
    with c.layer(colour) as pen:
        for _ in range(count):
            x, drop = c.rng.uniform(start, end), c.rng.random()
            y, h = level + drop * spread, height * (0.8 + 0.4 * drop)
            pen.disc(x, y, 0.2 * h, 0.26 * h)
            pen.disc(x, y + 0.78 * h, 0.44 * h, 0.54 * h)
            pen.rect(x - 0.44 * h, y + 0.7 * h, x + 0.44 * h, y + 3 * h)


def dog(c, x, y, h, colour, turn=1):
    """A large friendly dog."""

    def p(px, py):
        return (x + turn * px * h, y - py * h)

    with c.layer([mix(colour, "#ffffff", 0.15), colour]) as pen:
        pen.poly([p(-0.6, 0.78), p(0.42, 0.82), p(0.5, 0.5), p(0.3, 0.36), p(-0.58, 0.42)])
        for px in (-0.5, -0.36, 0.26, 0.4):
            pen.line([p(px, 0.5), p(px - 0.03, 0.0)], 0.12 * h)
        pen.poly([p(0.3, 0.86), p(0.5, 1.12), p(0.72, 1.12), p(0.94, 0.98), p(0.92, 0.88),
                  p(0.66, 0.84), p(0.46, 0.56)])  # fmt: skip
        pen.poly([p(0.5, 1.12), p(0.42, 0.86), p(0.58, 0.9)])
        pen.line([p(-0.56, 0.74), p(-0.82, 0.98), p(-0.9, 1.16)], 0.08 * h)


def eight(c, x, y, s, coat, oar, hull):
    """A rowing boat with eight and a cox, moving to the right."""
    with c.layer(oar) as pen:
        for seat in range(8):
            px = x + (-250 + 72 * seat) * s
            pen.line([(px + 12 * s, y - 26 * s), (px - 74 * s, y + 26 * s)], 3.4 * s)
            pen.poly([(px - 66 * s, y + 18 * s), (px - 108 * s, y + 34 * s),
                      (px - 102 * s, y + 46 * s), (px - 62 * s, y + 30 * s)])  # fmt: skip
    with c.layer([mix(hull, "#ffffff", 0.4), hull]) as pen:
        pen.poly([(x - 430 * s, y - 14 * s), (x - 330 * s, y + 10 * s), (x + 340 * s, y + 10 * s),
                  (x + 450 * s, y - 16 * s)])  # fmt: skip
    for seat in range(9):
        px = x + (-262 + 72 * seat) * s
        lean = 16 if seat < 8 else -4
        with c.layer(coat if seat < 8 else "#e4b23c") as pen:
            pen.poly([(px - 15 * s, y - 10 * s), (px + (lean - 17) * s, y - 58 * s),
                      (px + (lean + 15) * s, y - 58 * s), (px + 19 * s, y - 10 * s)])  # fmt: skip
            if seat < 8:
                pen.line([(px + lean * s, y - 50 * s), (px - 18 * s, y - 26 * s)], 9 * s)
        with c.layer("#3a2b26") as pen:
            pen.disc(px + (lean + 3) * s, y - 74 * s, 12 * s, 14 * s)


def cyclist(c, x, y, s, shirt, frame="#15181f"):
    """A racing cyclist, moving to the right."""

    def p(px, py):
        return (x + px * s, y - py * s)

    with c.layer(frame) as pen:
        for hub in (-62, 62):
            pen.ring(*p(hub, 44), 44 * s, 44 * s, 4.5 * s)
        pen.line([p(-62, 44), p(-14, 44), p(40, 108), p(-30, 108), p(-14, 44)], 5 * s)
        pen.line([p(62, 44), p(40, 112), p(58, 118)], 5 * s)
        pen.line([p(-30, 108), p(-36, 122)], 6 * s)
        pen.line([p(-34, 124), p(14, 96), p(-8, 46)], 17 * s)
        pen.line([p(-34, 124), p(2, 74), p(-22, 30)], 14 * s)
    with c.layer([mix(shirt, "#ffffff", 0.2), shirt]) as pen:
        pen.poly([p(-46, 126), p(-16, 178), p(30, 188), p(36, 168), p(-18, 122)])
        pen.line([p(26, 176), p(36, 142), p(56, 122)], 11 * s)
    with c.layer("#e7e3da") as pen:
        pen.disc(*p(46, 200), 20 * s, 15 * s)
    with c.layer("#b98766") as pen:
        pen.disc(*p(50, 190), 11 * s, 12 * s)
