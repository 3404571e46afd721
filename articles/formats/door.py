"""The one door between what a reader found and a Story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from articles import prose
from articles.story import Story


def story_from(document: dict[str, Any], notes: Sequence[str] = ()) -> Story:
    """The Story that `document` describes, cleaned; every repair is told in its notes.

    Raises StoryError when no Story can be made of it.
    """
    document, repairs = prose.tidy(document)
    told = document.get("notes", [])
    if isinstance(told, list | tuple) and (notes or repairs):
        document = {**document, "notes": [*told, *notes, *repairs]}
    return Story.from_dict(document)
