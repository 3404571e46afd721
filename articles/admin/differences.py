"""What differs between two Stories, in words an editor can read."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .. import prose
from ..story import Story

FIELDS = {
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "key_points": _("Key points"),
    "byline": _("Byline"),
    "authors": _("Authors"),
    "dateline": _("Dateline"),
    "categories": _("Categories"),
    "tags": _("Tags"),
    "slug": _("Slug"),
    "slugline": _("Slugline"),
    "language": _("Language"),
    "rights": _("Rights"),
    "pubstatus": _("May be published"),
    "embargoed_until": _("Embargoed until"),
    "corrections": _("Corrections"),
}
KINDS = {
    "text": _("Text"),
    "photo": _("Photo"),
    "video": _("Video"),
    "gallery": _("Gallery"),
    "related": _("Related story"),
    "quote": _("Quote"),
    "embed": _("Embed"),
    "raw": _("Unread markup"),
}


@dataclass(frozen=True)
class Difference:
    """One place. `marked` is HTML: the old words in <del>, the new ones in <ins>."""

    label: str
    old: str
    new: str

    @property
    def marked(self):
        return marked(self.old, self.new)


def differences(old: Story | None, new: Story) -> list[Difference]:
    """In the order of the page. Without an old story everything is new."""
    found = []
    for name, label in FIELDS.items():
        was, now = (_told(getattr(story, name)) if story else "" for story in (old, new))
        if was != now:
            found.append(Difference(str(label), was, now))
    return found + _of_blocks(_blocks(old) if old else [], _blocks(new))


def readable(story: Story) -> list[tuple[str, str]]:
    """The whole story as (label, text), for somebody who wants to read or copy it."""
    fields = [(str(label), _told(getattr(story, name))) for name, label in FIELDS.items()]
    return [(label, text) for label, text in fields if text] + _blocks(story)


def _told(value):
    if isinstance(value, tuple):
        return "\n".join(_told(item) for item in value)
    if hasattr(value, "tzinfo"):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if hasattr(value, "role"):
        return f"{value.name}, {value.role}" if value.role else value.name
    if hasattr(value, "text"):  # a correction
        return f"{_told(value.at)}: {value.text}"
    return str(value or "")


def _blocks(story):
    """(label, text) of every block, the lead and the related posts among them."""
    lead = [(_("Lead"), _caption(story.lead))] if story.lead else []
    body = [(KINDS[_kind(block)], _words(block)) for block in story.body]
    posts = [(_("Related post"), post.headline) for post in story.related]
    return [(str(label), text) for label, text in [*lead, *body, *posts]]


def _kind(block):
    return getattr(block, "kind", None) or block.__struct_config__.tag


def _words(block):
    kind = _kind(block)
    if kind == "text":
        return prose.as_text(block.html)
    if kind in ("photo", "video"):
        return _caption(block)
    if kind == "gallery":
        return "\n".join(_caption(caption) for caption in block.captions)
    names = {"related": "headline", "quote": "text", "embed": "url", "raw": "html"}
    cited = getattr(block, "cite", "")
    return getattr(block, names[kind]) + (f" — {cited}" if cited else "")


def _caption(caption):
    media = caption.media
    name = media and (media.file or media.url)
    words = [caption.title, caption.text, caption.credit and f"({caption.credit})", caption.alt]
    return " · ".join(word for word in [*words, name and f"[{name}]"] if word)


def _of_blocks(old, new):
    found = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for act, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if act == "equal":
            continue
        was, now = old[old_from:old_to], new[new_from:new_to]
        for number in range(max(len(was), len(now))):
            before = was[number] if number < len(was) else ("", "")
            after = now[number] if number < len(now) else ("", "")
            found.append(Difference(after[0] or before[0], before[1], after[1]))
    return found


def marked(old: str, new: str) -> str:
    """The new text with what was taken out and put in marked, word by word, as safe HTML."""
    before, after = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    parts = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) > 2000)
    for act, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(before[old_from:old_to]), "".join(after[new_from:new_to])
        if act == "equal":
            parts.append(conditional_escape(come))
        else:
            parts += [format_html("<del>{}</del>", gone)] if gone else []
            parts += [format_html("<ins>{}</ins>", come)] if come else []
    return format_html_join("", "{}", ((part,) for part in parts))
