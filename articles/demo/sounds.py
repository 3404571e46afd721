"""The recordings of the sample newsroom, made of sines and noise.

Kept in `articles/samples/recordings`, as the films are and for the same reason. To make them anew:

    python -m articles.demo.sounds articles/samples/recordings
"""

from __future__ import annotations

import math
import random
import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

RATE = 22_050  # samples a second
Samples = list[float]


def foghorn() -> Samples:
    """Two notes of the horn on the mole, and a ship in the roads that replies."""
    sound = [0.4 * level for level in _sea(19)]
    _add(sound, 1.0, _horn(82.4, 4.0))
    _add(sound, 8.0, _horn(82.4, 4.0))
    _add(sound, 14.0, [0.3 * level for level in _horn(110.0, 2.5)])
    return sound


def _horn(pitch: float, seconds: float) -> Samples:
    """A reed: every overtone, the lower the louder, that takes a moment to speak."""
    turn = 2 * math.pi * pitch / RATE
    overtones = [(n, 0.8 ** (n - 1) / n**0.4) for n in range(1, 13)]
    levels = []
    for place in range(int(seconds * RATE)):
        at = place / RATE
        breath = min(1, at / 0.35, (seconds - at) / 0.5) * (1 + 0.03 * math.sin(38 * at))
        slide = turn * place * (1 - 0.02 * math.exp(-at * 6))
        levels.append(0.25 * breath * sum(loud * math.sin(n * slide) for n, loud in overtones))
    return levels


def _sea(seconds: float) -> Iterator[float]:
    """Noise without its heights, in swells."""
    chance = random.Random("sea")  # noqa: S311 - waves
    near = far = 0.0
    for place in range(int(seconds * RATE)):
        near += 0.06 * (chance.uniform(-1, 1) - near)
        far += 0.02 * (near - far)
        swell = 0.5 + 0.5 * math.sin(2 * math.pi * place / RATE / 4.7)
        yield (near / 2 + far) * (0.25 + 0.75 * swell**2)


def _add(sound: Samples, at: float, levels: Samples) -> None:
    for place, level in enumerate(levels, start=int(at * RATE)):
        sound[place] += level


SOUNDS = {"foghorn": foghorn}


def encode(name, folder):
    """Write `folder`/name.m4a (AAC, one channel); about 5 kB a second."""
    from imageio_ffmpeg import get_ffmpeg_exe

    levels = SOUNDS[name]()
    loudest = max(map(abs, levels))
    target = Path(folder) / f"{name}.m4a"
    command = [get_ffmpeg_exe(), "-y", "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-"]
    command += ["-c:a", "aac", "-b:a", "40k", "-map_metadata", "-1"]
    command += ["-fflags", "+bitexact", "-flags:a", "+bitexact", str(target)]
    sound = array("h", (int(30_000 * level / loudest) for level in levels))
    if sys.byteorder == "big":
        sound.byteswap()
    subprocess.run(command, input=sound.tobytes(), check=True)  # noqa: S603 - our own words
    return target


if __name__ == "__main__":
    for recording in SOUNDS:
        encode(recording, sys.argv[1])
