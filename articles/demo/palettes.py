"""The light of an hour: which colours go together."""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """`sky` from the top to the horizon; `far` and `near` land; `lamp` for what shines."""

    sky: list[str]
    far: str
    near: str
    water: str
    lamp: str
    ink: str = "#0b1020"


DAWN = Palette(
    ["#3c5a86", "#7f93ad", "#e3b79c", "#f7dcb0"], "#8c8fa6", "#3a4560", "#6f88a3", "#fff0c8"
)
NOON = Palette(
    ["#3f86c4", "#77b3dc", "#c5e2ee"], "#86a9b5", "#3f6f63", "#3f86a8", "#ffffff", "#16303f"
)
DUSK = Palette(
    ["#22305f", "#6a4a7d", "#d8745d", "#f9bf6d"], "#6b4c70", "#251f3d", "#503a60", "#ffd890"
)
EMBER = Palette(
    ["#2b1d3a", "#7c2f45", "#d9563d", "#f8a34a"], "#62293f", "#21132a", "#5a2740", "#ffcf7a"
)
NIGHT = Palette(
    ["#050b1f", "#0d1e42", "#1f3a66", "#3a5a80"], "#16294a", "#070e20", "#0c1c3a", "#ffdf9a"
)
STORM = Palette(
    ["#2b343c", "#4b5860", "#7b888a", "#a9b1aa"], "#58656b", "#252d33", "#3c4b52", "#fff4d0"
)
FOG = Palette(
    ["#b9c3c7", "#cfd6d6", "#e4e6e0"], "#b1bbbe", "#68777e", "#b6c1c4", "#fff3d6", "#37444c"
)
WINTER = Palette(
    ["#6f93b8", "#a9c1d3", "#e6e4e0", "#f6e3d2"],
    "#a5b5c5",
    "#5b6f85",
    "#cfdde6",
    "#fff6e0",
    "#22324a",
)
GOLD = Palette(
    ["#47688a", "#a3a58f", "#f0c872", "#fbe3a2"],
    "#a79167",
    "#5a4a2c",
    "#8d8a68",
    "#fff2c2",
    "#2b2213",
)
VIOLET = Palette(
    ["#161238", "#3c2a68", "#8a4a8c", "#e58a7c"], "#4f3a70", "#15102c", "#33265a", "#ffd7a0"
)
TEAL = Palette(
    ["#06303a", "#0d5561", "#2f8f8d", "#9bd1b8"], "#1b6a70", "#062a33", "#0b4a55", "#f4ffd8"
)
