"""Pictures that lie beside a dump and that its stories do not name.

A page saved as text keeps its captions and loses its files. Whoever has the files puts them into
a folder with the page's name, below the root of the media: `night-ferry/1.jpg` is the first photo
on the page night-ferry, `night-ferry/2.png` the second, `night-ferry/video.webm` its film.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from .filing import captions_of
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
    return _with_captions(story, _Finder(root, story.source_id).caption)


def kept(story: Story, before: Story) -> Story:
    """The story, in which captions that name no file keep the one that lay there the last time.

    The same pages without their folder are no news, and take no picture off the site.
    """
    folder = f"{before.source_id}/"
    media = {
        _words(caption): caption.media
        for caption in captions_of(before)
        if caption.media and caption.media.file.startswith(folder)
    }
    if not media:
        return story

    def again(caption):
        return caption if caption.media else replace(caption, media=media.get(_words(caption)))

    return _with_captions(story, again)


def _words(caption):
    return caption.kind, caption.title, caption.text, caption.credit


def _with_captions(story, change):
    """The story with every caption changed, in the order of the page."""

    def block(part):
        if isinstance(part, CaptionBlock):
            return change(part)
        if isinstance(part, GalleryBlock):
            return replace(part, captions=tuple(change(caption) for caption in part.captions))
        return part

    lead = story.lead and change(story.lead)
    return story.replace(lead=lead, body=tuple(block(part) for part in story.body))


def _no_folder(root, name):
    """Most stories have none; then there is nothing to look for."""
    return name in ("", ".", "..") or "/" in name or "\0" in name or not (root / name).is_dir()


class _Finder:
    """Counts the photos of one story from the top of the page."""

    def __init__(self, root, folder):
        self.root, self.folder = root, folder
        self.photos = 0

    def caption(self, caption):
        self.photos += caption.kind == "photo"
        if caption.media or caption.kind not in SUFFIXES:
            return caption
        stem = "video" if caption.kind == "video" else str(self.photos)
        for suffix in SUFFIXES[caption.kind]:
            name = f"{self.folder}/{stem}{suffix}"
            if below(self.root, name):
                return replace(caption, media=Media(file=name))
        return caption
