"""Where somebody stands in the light."""

from __future__ import annotations

from .. import backdrops, figures
from ..palettes import NIGHT


def podium(c):
    c.sky(["#0f2a52", "#143a6e", "#0c2344"], 0, 1000)
    with c.layer("#1d4f8f", blur=6, opacity=0.5) as pen:
        for x in range(0, 1600, 90):
            pen.poly([(x, 0), (x + 34, 0), (x + 26, 1000), (x - 6, 1000)])
    with c.layer("#0a1c3a", blur=7, opacity=0.6) as pen:
        for x in range(48, 1640, 90):
            pen.poly([(x, 0), (x + 22, 0), (x + 30, 1000), (x - 8, 1000)])
    c.ray([(800, -100), (420, 1000), (1180, 1000)], 800, -80, 1300, "#fff3d0", 0.55, 40)
    c.glow(800, 420, 520, "#fff0cc", 0.45)
    figures.person(c, 800, 960, 720, "#26324a", "#d3a584", 1, 0, 0.2, True)
    with c.layer("#d7b48f") as pen:
        pen.disc(800, 306, 44, 58)
    with c.layer("#5a3a2a") as pen:
        pen.disc(796, 270, 54, 42)
        pen.rect(744, 266, 770, 350, round=12)
        pen.rect(828, 266, 852, 350, round=12)
    with c.layer(["#b07a4a", "#7a4c2c", "#4b2d1c"]) as pen:
        pen.poly([(560, 620), (1040, 620), (1000, 1000), (600, 1000)])
        pen.rect(540, 596, 1060, 632, round=6)
    with c.layer("#d9b25a") as pen:
        pen.ring(800, 790, 70, 70, 8)
        pen.poly([(800, 735), (812, 790), (800, 845), (788, 790)])
        pen.poly([(745, 790), (800, 778), (855, 790), (800, 802)])
    with c.layer("#10141f") as pen:
        for x, lean in ((730, -26), (800, 4), (872, 30)):
            pen.line([(x, 600), (x + lean, 500)], 6)
            pen.disc(x + lean, 486, 15, 24)
    figures.heads(c, 900, 120, "#0a1222", 9, spread=16)
    with c.layer("#0a1222") as pen:
        for x in (250, 1320):
            pen.rect(x, 820, x + 120, 900, round=10)
            pen.disc(x + 60, 858, 38)


def stage(c):
    """The backdrop of the film of the stage; its beams are added by it."""
    c.sky(["#0d0720", "#1c0e38", "#2a1240"], 0, 1000)
    backdrops.clouds(c, NIGHT, 420, 10, 240, "#6a3a8a", 0.25)
    with c.layer(["#2a1a30", "#120a1a"]) as pen:
        pen.poly([(0, 1000), (0, 800), (1600, 800), (1600, 1000)])
    with c.layer("#0a0612") as pen:
        pen.rect(0, 60, 1600, 84)
        for x in range(130, 1600, 190):
            pen.rect(x - 22, 84, x + 22, 130, round=8)
    figures.heads(c, 900, 96, "#07040d", 44, spread=26)
