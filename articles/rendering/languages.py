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


# Where a language says no country: the one that OpenGraph's readers have most of it.
AT_HOME = {"ar": "AR", "cs": "CZ", "da": "DK", "el": "GR", "en": "US", "fa": "IR", "he": "IL"}
AT_HOME |= {"ja": "JP", "ko": "KR", "sv": "SE", "uk": "UA", "zh": "CN", "hi": "IN", "ur": "PK"}


def locale(language: str) -> str:
    """A language as OpenGraph writes it: "en_GB"."""
    first, *others = language.replace("_", "-").split("-")
    first = first.casefold()
    country = next((part.upper() for part in others if len(part) == 2), "")
    return f"{first}_{country or AT_HOME.get(first, first.upper())}"
