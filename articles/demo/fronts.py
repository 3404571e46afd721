"""The sample newsroom's fronts, as an editor would arrange them."""

from __future__ import annotations

from .. import fronts
from ..models import Arrangement, Article, Category, Container, Front, Placement
from ..models.arrangement import Fill, Layout

TOP = "hg-2026-11-20-early-election"
SECOND = {
    "hg-2026-11-10-drowned-forest": "",
    "hg-2026-11-17-island-time": "What is the time on the islands?",
    "hg-2026-11-04-opera-barge": "",
    "hg-2026-11-19-electric-ferries": "",
}


def arrange(by) -> None:
    """Publish a front of the site and one of the world, from `by`."""
    sections = {category.name: category.pk for category in Category.objects.filter(parent=None)}
    _publish(_of_the_site(sections), None, by)
    if world := Category.objects.filter(path="world").first():
        _publish(_of_the_world(), world, by)


def _publish(arrangement, category, by):
    front, new = Front.objects.get_or_create(category=category)
    if new:
        fronts.save(front, arrangement, by=by)
        fronts.publish(front, by=by)


def _of_the_site(sections) -> Arrangement:
    def of(name, layout, size):
        return Container(layout=layout, size=size, fill=Fill.CATEGORY, source=sections[name])

    bands = [
        *(("Opinion", Layout.OPINION, 3), ("World", Layout.GRID, 4)),
        *(("Culture", Layout.GRID, 4), ("Science", Layout.LIST, 4)),
    ]
    return Arrangement(
        containers=(
            Container(name="Latest", layout=Layout.LEAD, size=8, placements=_placed({TOP: ""})),
            Container(layout=Layout.GRID, size=4, placements=_placed(SECOND)),
            *(of(*band) for band in bands if band[0] in sections),
        )
    )


def _of_the_world() -> Arrangement:
    return Arrangement(
        containers=(Container(layout=Layout.LEAD, size=5), Container(layout=Layout.GRID, size=4))
    )


def _placed(words: dict[str, str]) -> tuple[Placement, ...]:
    """The samples with these ids, each with its headline here ("": its own)."""
    keys = dict(Article.objects.filter(source_id__in=words).values_list("source_id", "pk"))
    return tuple(
        Placement(article=keys[source_id], headline=own)
        for source_id, own in words.items()
        if source_id in keys
    )
