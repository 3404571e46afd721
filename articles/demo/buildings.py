"""What stands on the shore: houses, towers, cranes, bridges."""

from __future__ import annotations

import math

from .canvas import mix


def lit(c, left, top, right, bottom, lamp, gap=(26, 34), size=(9, 14), share=0.4):
    """Windows on a wall, some of them lit."""
    with c.layer(lamp, opacity=0.92) as pen:
        y = top + gap[1] * 0.5
        while y + size[1] < bottom:
            x = left + gap[0] * 0.4
            while x + size[0] < right - 2:
                if c.rng.random() < share:
                    pen.rect(x, y, x + size[0], y + size[1])
                x += gap[0]
            y += gap[1]


def gables(c, base, colours, start=-20, end=1620, height=(120, 230), lamp="#ffd58a", share=0.4):
    """A row of narrow houses with pointed and stepped fronts."""
    x = start
    while x < end:
        width, tall = c.rng.uniform(58, 112), c.rng.uniform(*height)
        top, peak = base - tall, c.rng.uniform(0.45, 0.75) * width
        colour = c.rng.choice(colours)
        with c.layer([mix(colour, "#ffffff", 0.1), mix(colour, "#0b1020", 0.25)]) as pen:
            pen.rect(x, top, x + width, base)
        with c.layer(mix(colour, "#0b1020", 0.35)) as pen:
            if c.rng.random() < 0.3:
                for step in range(4):
                    inset = step * width / 8
                    pen.rect(x + inset, top - (step + 1) * peak / 4, x + width - inset, top)
            else:
                pen.poly([(x - 3, top + 1), (x + width / 2, top - peak), (x + width + 3, top + 1)])
            if c.rng.random() < 0.5:
                pen.rect(x + width * 0.68, top - peak * 0.8, x + width * 0.8, top)
        lit(c, x + 4, top, x + width - 4, base - 8, lamp, (width / 3, 36), (10, 17), share)
        x += width + c.rng.choice((0, 0, 0, 6))


def skyline(c, base, colour, lamp, start=0, end=1600, height=(40, 150), share=0.25):
    """A distant town: blocks, a few spires."""
    blocks = []
    x = start
    while x < end:
        width, tall = c.rng.uniform(18, 60), c.rng.uniform(*height)
        blocks.append((x, base - tall, x + width))
        x += width * c.rng.uniform(0.8, 1.1)
    with c.layer([mix(colour, "#ffffff", 0.06), colour]) as pen:
        for left, top, right in blocks:
            pen.rect(left, top, right, base)
            if c.rng.random() < 0.2:
                middle = (left + right) / 2
                pen.poly([(left, top), (middle, top - 60), (right, top)])
    for left, top, right in blocks:
        lit(c, left + 3, top + 4, right - 2, base - 6, lamp, (10, 13), (3.2, 4.5), share)


def lighthouse(c, x, base, s, white="#f1ede2", red="#b5402f", lamp="#fff3c2"):
    """A tower with bands, a gallery and a lamp room; it is 420 high at `s` 1."""
    with c.layer([white, mix(white, "#22304a", 0.25)]) as pen:
        pen.poly([(x - 52 * s, base), (x - 32 * s, base - 340 * s),
                  (x + 32 * s, base - 340 * s), (x + 52 * s, base)])  # fmt: skip
    with c.layer([mix(red, "#ffffff", 0.08), mix(red, "#10131f", 0.3)]) as pen:
        for low, high in ((60, 130), (200, 270)):
            a, b = 52 - 20 * low / 340, 52 - 20 * high / 340
            pen.poly([(x - a * s, base - low * s), (x - b * s, base - high * s),
                      (x + b * s, base - high * s), (x + a * s, base - low * s)])  # fmt: skip
    with c.layer("#1c2534") as pen:
        pen.rect(x - 44 * s, base - 352 * s, x + 44 * s, base - 340 * s)
        pen.rect(x - 24 * s, base - 400 * s, x + 24 * s, base - 352 * s)
        pen.poly([(x - 32 * s, base - 400 * s), (x, base - 440 * s), (x + 32 * s, base - 400 * s)])
    with c.layer(lamp) as pen:
        pen.rect(x - 18 * s, base - 396 * s, x + 18 * s, base - 356 * s)
    c.glow(x, base - 376 * s, 150 * s, lamp, 1.0)


def beam(c, x, y, length, angle, spread=0.06, colour="#fff3c2", strength=0.5):
    """A ray of light that widens and fades."""
    ends = [(x + length * math.cos(angle + turn), y + length * math.sin(angle + turn))
            for turn in (-spread, spread)]  # fmt: skip
    c.ray([(x, y), *ends], x, y, length, colour, strength)


def church(c, x, base, s, wall="#efe9da", roof="#4b4a52", clock=True):
    """A nave and a tower with a spire and a clock."""
    with c.layer([wall, mix(wall, "#33405a", 0.3)]) as pen:
        pen.rect(x + 40 * s, base - 120 * s, x + 260 * s, base)
        pen.rect(x - 50 * s, base - 300 * s, x + 50 * s, base)
    with c.layer([mix(roof, "#ffffff", 0.12), roof]) as pen:
        pen.poly([(x + 40 * s, base - 118 * s), (x + 70 * s, base - 200 * s),
                  (x + 240 * s, base - 200 * s), (x + 275 * s, base - 118 * s)])  # fmt: skip
        pen.poly([(x - 60 * s, base - 298 * s), (x, base - 450 * s), (x + 60 * s, base - 298 * s)])
        for left in (90, 140, 190):
            pen.rect(x + left * s, base - 88 * s, x + (left + 18) * s, base - 40 * s, round=8 * s)
        pen.rect(x - 16 * s, base - 60 * s, x + 16 * s, base, round=10 * s)
    if clock:
        with c.layer("#fbf8ef") as pen:
            pen.disc(x, base - 240 * s, 30 * s)
        with c.layer("#22304a") as pen:
            pen.ring(x, base - 240 * s, 30 * s, 30 * s, 4 * s)
            pen.line([(x, base - 240 * s), (x + 4 * s, base - 262 * s)], 3.5 * s)
            pen.line([(x, base - 240 * s), (x - 14 * s, base - 234 * s)], 4 * s)


def crane(c, x, base, s, colour, turn=1):
    """A container crane with its arm over the water."""

    def p(px, py):
        return (x + turn * px * s, base - py * s)

    with c.layer(colour) as pen:
        for px in (-40, 60):
            pen.line([p(px, 0), p(px + 6, 330)], 12 * s)
        pen.line([p(-40, 150), p(60, 150)], 8 * s)
        pen.line([p(-40, 20), p(62, 150)], 4 * s)
        pen.line([p(-120, 330), p(330, 330)], 13 * s)
        pen.line([p(20, 330), p(20, 440)], 10 * s)
        pen.line([p(20, 438), p(310, 334)], 4 * s)
        pen.line([p(20, 438), p(-110, 334)], 4 * s)
        pen.line([p(190, 330), p(190, 225)], 2.5 * s)
        pen.rect(p(170, 225)[0] if turn > 0 else p(220, 225)[0], base - 225 * s,
                 (p(220, 0) if turn > 0 else p(170, 0))[0], base - 200 * s)  # fmt: skip


def mole(c, x, end, level, colour, height=26):
    """A stone pier from x to `end` with its top at y `level`."""
    with c.layer([mix(colour, "#ffffff", 0.12), mix(colour, "#05070f", 0.3)]) as pen:
        pen.poly([(x, level), (end, level), (end + (30 if end > x else -30), level + height),
                  (x, level + height)])  # fmt: skip


def suspension(c, left, right, deck, top, colour, width=9):
    """A bridge that hangs between two towers."""
    span = right - left
    with c.layer(colour) as pen:
        for tower in (left, right):
            pen.poly([(tower - width * 1.6, deck + 190), (tower - width, top),
                      (tower + width, top), (tower + width * 1.6, deck + 190)])  # fmt: skip
        pen.rect(-20, deck, c.width + 20, deck + width * 1.4)
        curve = [(left + span * i / 40, top + 10 + (deck - top - 34) * (1 - (i / 20 - 1) ** 2))
                 for i in range(41)]  # fmt: skip
        pen.line(curve, width * 0.55)
        pen.line([(left, top + 8), (left - span * 0.45, deck)], width * 0.5)
        pen.line([(right, top + 8), (right + span * 0.45, deck)], width * 0.5)
        for x, y in curve[1:-1]:
            pen.line([(x, y), (x, deck)], width * 0.22)
