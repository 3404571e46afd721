"""Which way a story's language is written."""

from __future__ import annotations

from django.conf import settings

RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ks ku-arab nqo pnb ps sd syr ug ur yi".split())
SCRIPTS = frozenset(["adlm", "arab", "hebr", "nkoo", "syrc", "thaa"])


def language_of(story) -> str:
    """Its own, else the site's."""
    return story.language or settings.LANGUAGE_CODE


def direction(language: str) -> str:
    """ "rtl" or "ltr", of a tag such as "ar", "uz-Arab-AF" or "en"."""
    parts = language.casefold().replace("_", "-").split("-")
    if len(parts) > 1 and len(parts[1]) == 4:
        return "rtl" if parts[1] in SCRIPTS else "ltr"
    return "rtl" if parts[0] in RIGHT_TO_LEFT else "ltr"
