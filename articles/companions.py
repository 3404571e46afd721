"""Pictures that lie beside a dump and that its stories do not name.

A page saved as text keeps its captions and loses its files. Whoever has the files puts them into
a folder with the page's name, below the root of the media: `night-ferry/1.jpg` is the first photo
on the page night-ferry, `night-ferry/2.png` the second, `night-ferry/video.webm` its film.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from .library import below
from .story import CaptionBlock, GalleryBlock, Media, Story

SUFFIXES = {
    "photo": (".jpg", ".jpeg", ".png", ".webp"),
    "video": (".webm", ".mp4"),
}


def with_files(story: Story, root: Path | None) -> Story:
    """The story, in which captions that name no file name the one that lies there for them."""
    if root is None or _no_folder(root, story.source_id):
        return story
    finder = _Finder(root, story.source_id)
    lead = story.lead and finder.caption(story.lead)
    return story.replace(lead=lead, body=tuple(finder.block(block) for block in story.body))


def _no_folder(root, name):
    """Most stories have none; then there is nothing to look for."""
    return name in ("", ".", "..") or "/" in name or "\0" in name or not (root / name).is_dir()


class _Finder:
    """Counts the photos of one story from the top of the page."""

    def __init__(self, root, folder):
        self.root, self.folder = root, folder
        self.photos = 0

    def block(self, block):
        if isinstance(block, CaptionBlock):
            return self.caption(block)
        if isinstance(block, GalleryBlock):
            captions = tuple(self.caption(caption) for caption in block.captions)
            return replace(block, captions=captions)
        return block

    def caption(self, caption):
        self.photos += caption.kind == "photo"
        if caption.media:
            return caption
        stem = "video" if caption.kind == "video" else str(self.photos)
        for suffix in SUFFIXES[caption.kind]:
            name = f"{self.folder}/{stem}{suffix}"
            if below(self.root, name):
                return replace(caption, media=Media(file=name))
        return caption
