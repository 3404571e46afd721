"""What the parts of a story are called, for editors."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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
REGIONS = {"lead": _("Lead"), "body": _("Body"), "related": _("Related post")}
KINDS = {
    "text": _("Text"),
    "photo": _("Photo"),
    "video": _("Video"),
    "audio": _("Recording"),
    "document": _("Document"),
    "gallery": _("Gallery"),
    "related": _("Related story"),
    "quote": _("Quote"),
    "embed": _("Embed"),
    "raw": _("Unread markup"),
}
PARTS = {  # of a block, or of an author
    "title": _("Title"),
    "text": _("Words"),
    "credit": _("Credit"),
    "alt": _("Alternative text"),
    "decorative": _("Decorative"),
    "media": _("File"),
    "cite": _("Who said it"),
    "captions": _("Pictures"),
    "name": _("Name"),
    "role": _("Role"),
}


def kind_of(block) -> str:
    """The key in `KINDS` of a block of a body; a paragraph is a string."""
    if isinstance(block, str):
        return "text"
    return getattr(block, "kind", None) or block.__struct_config__.tag


def label_of(place: str, value) -> str:
    """What a place of a merge is called: "Headline", "Photo", "Credit"."""
    field, *rest = place.split(".")
    part = rest[-1] if rest and rest[-1] in PARTS else ""
    if field == "body" and not part:
        return str(_("Paragraph") if isinstance(value, str) else KINDS[kind_of(value)])
    name = str({**FIELDS, **REGIONS}[field])
    return f"{'' if field == 'body' else name + ': '}{PARTS[part]}" if part else name


def told_places(changes) -> str:
    """ "headline, 2 paragraphs, photo": of what a merge has taken, or could not decide."""
    counts = Counter()
    for change in changes:
        counts[label_of(change.place, value_of(change))] += 1
    paragraph = str(_("Paragraph"))
    return ", ".join(
        ngettext("%(n)s paragraph", "%(n)s paragraphs", n) % {"n": n}
        if label == paragraph and n > 1
        else label.lower()
        for label, n in counts.items()
    )


def value_of(change):
    """One of the values it is about: what tells its kind."""
    for name in ("value", "ours", "theirs", "base"):
        value = getattr(change, name, None)
        if value is not None:
            return value
    return ""
