"""The pictures of the sample newsroom, by the names under which its stories ask for them."""

from __future__ import annotations

from PIL import Image, ImageOps

from .canvas import TALL, WIDE, Canvas
from .scenes import country, deep, harbour, open_sea, rooms, sport, squares, stages, things, town

# fmt: off
SCENES = {
    scene.__name__.replace("_", "-"): scene
    for scene in (
        country.cyclist, country.doctor_dog, country.grain, country.reservoir, country.train,
        deep.drowned_forest, deep.robot, deep.seagrass, deep.sonar_map,
        harbour.book_ship, harbour.cruise_ship, harbour.fishing_quay, harbour.foghorn,
        harbour.herring_fleet, harbour.night_ferry, harbour.opera_barge, harbour.port_cranes,
        harbour.shipyard, harbour.storm_quay, harbour.warehouses, harbour.whale,
        open_sea.calm_sails, open_sea.gannets, open_sea.ice_buoy, open_sea.lighthouse,
        open_sea.pilot_ladder, open_sea.regatta, open_sea.rowers, open_sea.school_boat,
        open_sea.spinnakers, open_sea.tidal_barrier,
        rooms.bakery, rooms.chart_table, rooms.library, rooms.night_desk,
        rooms.ropewalk, rooms.ship_bridge,
        sport.harriers, sport.touchline,
        squares.evening_school, squares.lanterns, squares.ministers, squares.ostmere_square,
        stages.podium,
        things.columnist, things.mackerel, things.temperature_stripes, things.tide_books,
        things.tree_rings,
        town.assembly, town.comet, town.island_clock, town.singing_bridge, town.swing_bridge,
        town.telephone_box, town.tide_mill, town.tram,
    )
}
# fmt: on
UPRIGHT = {"columnist"}


def draw(name: str, size: tuple[int, int] | None = None) -> Image.Image:
    """The picture of this name, the same every time; KeyError if there is none.

    1600 by 1000 pixels, an upright one 1000 by 1500; cut to another `size` if one is given.
    """
    canvas = Canvas(name, TALL if name in UPRIGHT else WIDE)
    SCENES[name](canvas)
    canvas.finish()
    return ImageOps.fit(canvas.image, size) if size else canvas.image
