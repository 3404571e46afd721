"""The sample newsroom: where its texts are, and its pictures laid out for the importer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ..filing import media_of
from ..models import Category
from ..story import Story
from . import documents, films, pictures

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PAGES = SAMPLES / "pages"
STORIES = SAMPLES / "stories.jsonl"
VIDEOS = SAMPLES / "videos"
RECORDINGS = SAMPLES / "recordings"
SOURCE = "harbour-gazette"
# All text pages were saved at the same moment: their “14 hours ago” count from it.
CAPTURED_AT = "2026-11-20T18:00:00+00:00"
SECTIONS = (
    *("World", "Politics", "Business", "Science", "Culture", "Sport", "Opinion", "Weather"),
    *("Travel", "Health", "Education", "Food"),
)


def stories() -> list[Story]:
    """The half of the samples that is kept as JSON lines."""
    return [Story.from_json(line) for line in STORIES.read_text("utf-8").splitlines()]


def page_files() -> dict[str, dict[str, str]]:
    """Which pictures and films lie beside which text page: {page: {file: name}}."""
    return json.loads((SAMPLES / "pictures.json").read_text("utf-8"))


def wanted() -> Iterator[tuple[str, str]]:
    """(file below the media root, name of what is in it) of everything the samples show."""
    for story in stories():
        for _source, media in media_of(story):
            yield media.file, Path(media.file).stem
    for page, files in page_files().items():
        for file, name in files.items():
            yield f"{page}/{file}", name


def missing(folder: Path) -> list[tuple[Path, Callable[[Path], None]]]:
    """(path, what makes it) of every file that is not in the folder yet."""
    makers = {}
    for file, name in wanted():
        path = folder / file
        makers[path] = MAKERS[path.suffix](name)
        if path.suffix == ".webm":
            makers[path.with_suffix(".jpg")] = partial(_save, partial(films.poster, name))
    return [(path, make) for path, make in sorted(makers.items()) if not path.exists()]


def lay_out(path: Path, make: Callable[[Path], None]) -> None:
    """Make one of the files; cut off in the middle, it is not there at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    make(part)
    part.replace(path)


def _save(draw, path):
    draw().save(path, "JPEG", quality=85)


MAKERS = {
    ".jpg": lambda name: partial(_save, partial(pictures.draw, name)),
    ".m4a": lambda name: partial(shutil.copyfile, RECORDINGS / f"{name}.m4a"),
    ".pdf": lambda name: partial(documents.write, name),
    ".webm": lambda name: partial(shutil.copyfile, VIDEOS / f"{name}.webm"),
}


def arrange_sections() -> None:
    """Put the sections into the order of the paper."""
    for position, name in enumerate(SECTIONS, start=1):
        Category.objects.filter(parent=None, name=name).update(position=10 * position)
