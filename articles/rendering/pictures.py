"""What a page needs to show a file of the library: a picture, a film, an attachment."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from .. import embeds
from ..filing import File
from ..models import Attachment, Photo, Video
from ..pictures import WIDTHS
from ..story import ATTACHED, CaptionBlock
from .attached import Attached, attached


@dataclass(frozen=True)
class Picture:
    """Addresses and size of the renditions. `focus` is a class that keeps the focal point."""

    photo: int  # the key of its row
    src: str
    srcset: str
    avif: str  # the same sizes, for browsers that read it
    width: int
    height: int
    alt: str
    focus: str
    card: str  # 640 × 400
    thumb: str  # 320 × 200
    social: str  # 1200 × 630
    largest: str
    full_width: int  # of the largest
    full_height: int

    @property
    def portrait(self) -> bool:
        return self.height > self.width

    def as_dict(self) -> dict:
        return asdict(self)


def picture(photo: Photo, alt: str = "") -> Picture:
    """The middle rendition stands in `src`; none is larger than its original."""
    sizes = {}
    for wanted in WIDTHS:
        width, height = _fitted(photo.width or wanted, photo.height or wanted, wanted)
        sizes.setdefault(width, (wanted, width, height))
    offered = list(sizes.values())
    middle, width, height = offered[min(1, len(offered) - 1)]
    largest, full_width, full_height = offered[-1]
    addresses = photo.image.addresses()

    def srcset(kind: str) -> str:
        return ", ".join(f"{addresses[f'{kind}{n}']} {wide}w" for n, wide, _high in offered)

    return Picture(
        photo=photo.pk or 0,
        src=addresses[f"w{middle}"],
        srcset=srcset("w"),
        avif=srcset("avif"),
        width=width,
        height=height,
        alt=alt,
        focus=_focus(str(photo.ppoi)),
        card=addresses["card"],
        thumb=addresses["thumb"],
        social=addresses["social"],
        largest=addresses[f"w{largest}"],
        full_width=full_width,
        full_height=full_height,
    )


def _fitted(width: int, height: int, wanted: int) -> tuple[int, int]:
    """The size of a rendition, as `pictures.FORMATS` makes it."""
    factor = min(1.0, wanted / width, 2 * wanted / height)
    return int(width * factor), int(height * factor)


def _focus(point: str) -> str:
    """The class of the nearest of 5 × 5 points: "" in the middle, else such as "fx1 fy0"."""
    left, _x, top = point.partition("x")
    try:
        across, down = round(float(left) * 4), round(float(top) * 4)
    except ValueError:
        return ""
    return "" if (across, down) == (2, 2) else f"fx{across} fy{down}"


@dataclass(frozen=True)
class Figure:
    """A photo, film or attachment as used in a story: its words, and what there is of it."""

    classes: str
    words: CaptionBlock
    picture: Picture | None = None  # of a film: its poster
    source: str = ""  # the address of a film of ours
    mime: str = ""
    film: embeds.Film | None = None  # a film elsewhere
    attached: Attached | None = None

    @property
    def is_lead(self) -> bool:
        return self.classes.startswith("lead")

    @property
    def is_video(self) -> bool:
        return self.words.kind == "video"

    @property
    def is_missing(self) -> bool:
        return not (self.picture or self.source or self.film or self.attached)

    @property
    def is_portrait(self) -> bool:
        return self.picture is not None and self.picture.portrait

    def as_dict(self) -> dict:
        """What its partial shows."""
        words = {"title": self.words.title, "text": self.words.text, "credit": self.words.credit}
        return {
            "classes": self.classes,
            "words": words,
            "picture": self.picture.as_dict() if self.picture else None,
            "source": self.source,
            "mime": self.mime,
            "film": asdict(self.film) if self.film else None,
            "attached": asdict(self.attached) if self.attached else None,
            "is_audio": self.words.kind == "audio",
            "is_lead": self.is_lead,
            "is_video": self.is_video,
            "is_missing": self.is_missing,
            "is_portrait": self.is_portrait,
        }


def figure(words: CaptionBlock, found: File | None, *, lead: bool = False) -> Figure:
    """`found` is what `words.media` means in the library; None when it is not here."""
    classes = ["lead"] if lead else []
    classes += ["attachment"] if words.kind in ATTACHED else []
    classes.append(words.kind)
    made = {"picture": None}
    if isinstance(found, Photo):
        made = {"picture": picture(found, _alt(words, found))}
    elif isinstance(found, Video):
        made = _film(found)
    elif isinstance(found, Attachment) and found.kind == words.kind:
        made = {"attached": attached(words, found)}
    elif words.kind == "video" and words.media:
        made = {"film": embeds.identify(words.media.url)}
    if not any(made.values()):
        classes.append("missing")
    elif made.get("picture") and made["picture"].portrait:
        classes.append("portrait")
    return Figure(classes=" ".join(classes), words=words, **made)


def _film(video: Video) -> dict:
    poster = picture(video.poster) if video.poster else None
    if video.file:
        return {"picture": poster, "source": video.file.url, "mime": video.mime}
    return {"picture": poster, "film": embeds.identify(video.url)}


def _alt(words: CaptionBlock, photo: Photo) -> str:
    return "" if words.decorative else words.alt or photo.alt
