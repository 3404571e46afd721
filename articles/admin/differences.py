"""What differs between two Stories, in words an editor can read."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .. import filing, prose
from ..labels import FIELDS, REGIONS, kind_of, label_of
from ..merge import Opened, align, item_traits
from ..story import CaptionBlock, GalleryBlock, Media, Story
from .fields import thumb_of

HOW = {"added": _("added"), "removed": _("removed"), "moved": _("moved"), "changed": ""}
NEW = 0.25  # the share of its words that stood before, below which a text was written anew
CONTEXT = 12  # words that are shown on either side of a change
YES_NO = {True: _("yes"), False: _("no")}


@dataclass
class Difference:
    """One place. `marked` is HTML: the old words in <del>, the new ones in <ins>."""

    label: str
    old: str
    new: str
    how: str = "changed"
    media: tuple[Media | None, ...] = ()  # the old picture and the new one, where they differ
    thumbs: list[str] = field(default_factory=list)

    @property
    def marked(self):
        return shortened(self.new) if self.how == "moved" else marked(self.old, self.new)

    @property
    def how_told(self):
        return HOW[self.how]


def differences(old: Story | None, new: Story) -> list[Difference]:
    """In the order of the page. Without an old story everything is new."""
    found = []
    for name, label in FIELDS.items():
        was, now = (told(getattr(story, name)) if story else "" for story in (old, new))
        if was != now:
            found.append(Difference(str(label), was, now))
    found += _of_lead(old and old.lead, new.lead)
    found += _of_body(old.body if old else (), new.body)
    was, now = (told(story.related) if story else "" for story in (old, new))
    return found + ([Difference(str(REGIONS["related"]), was, now)] if was != now else [])


def with_thumbs(found: list[Difference], source: str) -> list[Difference]:
    """The same, with small pictures of the photos and films that came and went."""
    media = [(source, part) for difference in found for part in difference.media if part]
    files = filing.Files(media)
    for difference in found:
        rows = [files.of(source, part) for part in difference.media]
        difference.thumbs = [thumb for row in rows if row and (thumb := thumb_of(row))]
    return found


def readable(story: Story) -> list[tuple[str, str]]:
    """The whole story as (label, text), for somebody who wants to read or copy it."""
    parts = [(str(label), told(getattr(story, name))) for name, label in FIELDS.items()]
    parts += [(str(REGIONS["lead"]), told(story.lead))]
    parts += [(label_of("body", block), told(block)) for block in story.body]
    parts += [(str(REGIONS["related"]), told(post)) for post in story.related]
    return [(label, text) for label, text in parts if text]


def told(value) -> str:
    """Any part of a story as plain text; "" for None."""
    if isinstance(value, bool):
        return str(YES_NO[value])
    if isinstance(value, tuple):
        return "\n".join(told(item) for item in value)
    if hasattr(value, "tzinfo"):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, str):
        return prose.as_text(value) if value.startswith("<") else str(value)
    return _told_part(value) if value is not None else ""


def _told_part(part):
    kind = kind_of(part) if hasattr(part, "__struct_fields__") and _is_block(part) else ""
    if isinstance(part, Media):
        return part.file or part.url
    if isinstance(part, GalleryBlock):
        return told(part.captions)
    if isinstance(part, CaptionBlock):
        words = [part.title, part.text, part.credit and f"({part.credit})", part.alt]
        name = part.media and (part.media.file or part.media.url)
        return " · ".join(word for word in [*words, name and f"[{name}]"] if word)
    if hasattr(part, "role"):
        return f"{part.name}, {part.role}" if part.role else part.name
    if hasattr(part, "at"):  # a correction
        return f"{told(part.at)}: {part.text}"
    if kind == "text":
        return prose.as_text(part.html)
    names = ("headline", "text", "url", "html")
    cited = getattr(part, "cite", "")
    said = next(getattr(part, name) for name in names if hasattr(part, name))
    return said + (f" — {cited}" if cited else "")


def _is_block(part):
    return part.__struct_config__.tag is not None


def _of_lead(old, new):
    if old == new:
        return []
    was, now = told(old), told(new)
    how = "changed" if old and new else ("added" if new else "removed")
    return [Difference(str(REGIONS["lead"]), was, now, how, _pictures(old, new))]


def _of_body(old, new):
    """Paragraph by paragraph and block by block; what is gone stands where it stood."""
    was, now = Opened.of(old).items, Opened.of(new).items
    found = align(was, now, item_traits)
    gone = [i for i in range(len(was)) if i not in found.place]
    result = []
    for j, item in enumerate(now):
        i = found.origin.get(j)
        if i is not None and i not in found.moved:
            while gone and gone[0] < i:
                result.append(_one(was[gone.pop(0)], None))
        before = None if i is None else was[i]
        if before != item:
            result.append(_one(before, item))
        if i in found.moved:
            result.append(_one(before, item, "moved"))
    return result + [_one(was[i], None) for i in gone]


def _one(old, new, how=""):
    how = how or ("changed" if old and new else ("added" if new else "removed"))
    label = label_of("body", new if new is not None else old)
    return Difference(label, told(old), told(new), how, _pictures(old, new))


def _pictures(old, new):
    """Of a caption or a gallery: pictures that are in one of the two only."""
    was, now = (_media(part) for part in (old, new))
    gone, came = [m for m in was if m not in now], [m for m in now if m not in was]
    return tuple(gone + came)


def _media(part):
    captions = getattr(part, "captions", [part] if isinstance(part, CaptionBlock) else [])
    return [caption.media for caption in captions if caption.media]


def marked(old: str, new: str) -> str:
    """The new text with what was taken out and put in marked, word by word, as safe HTML. Long
    stretches in which nothing changed are cut to the words around the changes."""
    before, after = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    parts = []
    stretches = _stretches(before, after)
    for number, (gone, come) in enumerate(stretches):
        if gone == come:
            ends = (CONTEXT * (number > 0), CONTEXT * (number < len(stretches) - 1))
            parts.append(conditional_escape(shortened(come, *ends)))
        else:
            parts += [format_html("<del>{}</del>", gone)] if gone else []
            parts += [format_html("<ins>{}</ins>", come)] if come else []
    return format_html_join("", "{}", ((part,) for part in parts))


def _stretches(before, after):
    """(old, new) of each stretch in turn, equal or not. A text that was written anew is one; a
    blank between two changes is changed with them."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) > 2000)
    words = [block for block in matcher.get_matching_blocks() if block.size]
    same = sum(not w.isspace() for b in words for w in before[b.a : b.a + b.size])
    if same < NEW * max(1, sum(not word.isspace() for word in before)):
        return [("".join(before), "".join(after))]
    found = [("", "")]
    for act, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(before[old_from:old_to]), "".join(after[new_from:new_to])
        changed = found[-1][0] != found[-1][1]
        if changed and (act != "equal" or come.isspace()):
            gone, come = found[-1][0] + gone, found[-1][1] + come
            found.pop()
        found.append((gone, come))
    return [pair for pair in found if pair != ("", "")]


def shortened(text: str, first: int = CONTEXT, last: int = 0) -> str:
    """The first and the last words of a text, `…` between."""
    words = re.findall(r"\s*[^\s]+\s*", text)
    if len(words) <= first + last + 2:
        return text
    return "".join(words[:first]) + "… " + "".join(words[len(words) - last :])
