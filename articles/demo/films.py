"""The films of the sample newsroom, drawn frame by frame.

Encoding takes a program that the newsroom does not need, so the films are made once and kept in
`articles/samples/videos`. To make them anew, where `imageio-ffmpeg` is installed:

    python -m articles.demo.films articles/samples/videos
"""

from __future__ import annotations

import math
import subprocess
import sys
from functools import partial
from pathlib import Path

from PIL import Image

from . import figures, ships
from .buildings import beam
from .canvas import WIDE, Canvas
from .scenes import harbour, open_sea, stages

SIZE, RATE, SECONDS = (640, 360), 15, 7
VIEW = (0, 50, 1600, 950)  # what of a picture is filmed: 16 to 9


def _copy(canvas, frame):
    """A canvas to go on painting on, with dice of its own so that waves move but stars stay."""
    fresh = Canvas(frame)
    fresh.image = canvas.image.copy()
    return fresh


def harbour_film(frame, at, still):
    """The night ferry crosses the evening."""
    c = _copy(still, "harbour")
    x = -420 + 2300 * at
    y = 690 + 3 * math.sin(frame / 6)
    ships.ferry(c, x, y, 0.95, "#1c1a38", "#ffe2a0", "#b9a3a8")
    with c.layer("#f3d2b0", blur=3, opacity=0.5) as pen:
        for step in range(16):
            pen.disc(x - 260 - step * 26, y + 6 + 3 * math.sin(step + frame / 4), 22 - step, 3)
    with c.layer("#fff0cc", blur=1.2, opacity=0.7) as pen:
        for step in range(60):
            sway = math.sin(frame / 5 + step * 1.7)
            pen.disc(1130 + sway * (10 + step), 590 + step * 6.4, 8 + step * 0.5, 1 + step * 0.03)
    return c


def storm_film(frame, at, still):
    """Waves run up to the mole and break, while the light goes round."""
    c = _copy(still, "storm")
    angle = 2 * math.pi * at * 2
    beam(c, 1000, 304, 1200, math.pi + 0.35 * math.sin(angle), 0.08, strength=0.5)
    for row in range(5):
        near = (row + 1) / 5
        level, length = 690 + 60 * row, 150 + 120 * near
        line = [
            (
                x,
                level
                - (20 + 34 * near)
                * (1 - abs(math.sin(math.pi * x / length - angle * (1 + row % 2) / 2))) ** 1.4,
            )
            for x in range(-20, 1640, 12)
        ]
        shade = ["#8a979a", "#5d6b70", "#3d4a51", "#29343b", "#1b252c"][row]
        with c.layer([shade, "#1a242b"]) as pen:
            pen.poly([(-20, 1000), *line, (1640, 1000)])
    burst = max(0.0, math.sin(angle * 2)) ** 3
    with c.layer("#f2f5f2", blur=9, opacity=0.75 * burst) as pen:
        for _ in range(90):
            up = c.rng.random()
            pen.disc(860 + c.rng.gauss(0, 60) - 60 * up, 690 - 260 * up * burst, 34 * (1.1 - up))
    return c


def lighthouse_film(frame, at, still):
    """The light of Gannet Rock turns."""
    c = _copy(still, "lighthouse")
    for half in (0, math.pi):
        turn = 2 * math.pi * at + half
        reach = math.cos(turn)
        if abs(reach) > 0.1:
            angle = 0.0 if reach > 0 else math.pi
            beam(c, 650, 189, 1300 * abs(reach), angle, 0.06 / abs(reach) ** 0.5, strength=0.7)
        if math.sin(turn) > 0.9:
            c.glow(650, 189, 900, "#fff3c2", (math.sin(turn) - 0.9) * 6)
    return c


def stage_film(frame, at, still):
    """Coloured beams sweep through the haze."""
    c = _copy(still, "stage")
    for lamp, (x, colour) in enumerate(
        ((130, "#ff5fa8"), (510, "#5fb8ff"), (890, "#ffd26a"), (1270, "#9a6aff"))
    ):
        foot = x + 420 * math.sin(2 * math.pi * at + lamp * 1.6)
        c.ray([(x, 120), (foot - 120, 860), (foot + 120, 860)], x, 110, 900, colour, 0.7, 8)
        c.glow(foot, 850, 240, colour, 0.5, 0.25)
        c.glow(x, 118, 80, colour, 0.9)
    lift = 0.4 + 0.25 * math.sin(4 * math.pi * at)
    figures.person(c, 800, 862, 300, "#e9dfe8", "#c89b7b", 1, 0, lift, True)
    return c


def strait_film(frame, at, still):
    """One freighter overtakes another in the mist, a buoy between them."""
    c = _copy(still, "strait")
    boxes = ("#a86a5c", "#5f7f94", "#b79a6a", "#6f8f80")
    ships.freighter(c, 620 + 420 * at, 596, 0.62, "#5d6d77", "#fff0c8", "#c3c8c6")
    c.haze(420, 640, "#dde1dd", 0.5)
    ships.buoy(c, 640, 700 + 6 * math.sin(frame / 9), 0.42, "#a8483a", 0.1 * math.sin(frame / 14))
    ships.freighter(c, -520 + 1700 * at, 800, 1.15, "#34434d", "#ffe9b0", "#aeb6b6", boxes)
    with c.layer("#f2f5f2", blur=5, opacity=0.55) as pen:
        for step in range(20):
            x = -930 + 1700 * at - step * 30
            pen.disc(x, 812 + 3 * math.sin(step + frame / 5), 40 - step, 4)
    c.haze(760, 1000, "#b9c4c8", 0.35)
    return c


def _still(name):
    """What does not move in a film."""
    c = Canvas(name, WIDE)
    STILLS[name](c)
    return c


FILMS = {
    "harbour": harbour_film,
    "lighthouse": lighthouse_film,
    "stage": stage_film,
    "storm": storm_film,
    "strait": strait_film,
}
STILLS = {
    "harbour": harbour.harbour_evening,
    "lighthouse": partial(open_sea.lighthouse, lit=False),
    "stage": stages.stage,
    "storm": open_sea.storm_poster,
    "strait": open_sea.misty_strait,
}


def frames(name, count=RATE * SECONDS, size=SIZE):
    """The pictures of a film in order."""
    still = _still(name)
    for frame in range(count):
        painted = FILMS[name](frame, frame / count, still)
        painted.finish(grain=0)
        yield painted.image.crop(VIEW).resize(size, Image.Resampling.LANCZOS)


def poster(name: str, size: tuple[int, int] = (1280, 720)) -> Image.Image:
    """A picture from the middle of a film."""
    canvas = FILMS[name](40, 0.4, _still(name))
    canvas.finish()
    return canvas.image.crop(VIEW).resize(size, Image.Resampling.LANCZOS)


def encode(name, folder):
    """Write `folder`/name.webm (VP9, no sound); about 100 kB."""
    from imageio_ffmpeg import get_ffmpeg_exe

    target = Path(folder) / f"{name}.webm"
    width, height = SIZE
    command = [get_ffmpeg_exe(), "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{width}x{height}", "-r", str(RATE), "-i", "-", "-an", "-c:v", "libvpx-vp9"]
    command += ["-b:v", "0", "-crf", "40", "-g", str(RATE * 4), "-pix_fmt", "yuv420p"]
    command += ["-fflags", "+bitexact", "-flags:v", "+bitexact", str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as coder:  # noqa: S603 - our own words
        for picture in frames(name):
            coder.stdin.write(picture.tobytes())
        coder.stdin.close()
    return target


if __name__ == "__main__":
    for film in FILMS:
        encode(film, sys.argv[1])
