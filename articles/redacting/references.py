"""A story as other stories name it: links between paragraphs, related posts, rails of dumps."""

from __future__ import annotations

import json

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from ..models import Article, Link, RelatedPost, Revision
from ..story import Story, headline_key


def headlines_of(article: Article) -> set[str]:
    """All it ever had."""
    found = {revision.story.headline for revision in article.revisions.iterator(chunk_size=50)}
    return {*found, article.headline} - {""}


def naming(article: Article, headlines: set[str]) -> list[int]:
    """The other stories that name it, now or in any revision. It reads the whole archive."""
    keys = {headline_key(headline) for headline in headlines} - {""}
    named = Q(headline_key__in=keys)
    found = {
        *RelatedPost.objects.filter(named | Q(post=article)).values_list("parent", flat=True),
        *Link.objects.filter(named | Q(target=article)).values_list("version__article", flat=True),
    }
    said = Q()
    for headline in headlines:
        # As the two databases write a text into JSON.
        for text in {json.dumps(headline, ensure_ascii=plain)[1:-1] for plain in (True, False)}:
            said |= Q(text__icontains=text)
    for model, column, owner in ((Revision, "story", "article"), (Article, "recent", "pk")):
        rows = model.objects.annotate(text=Cast(column, TextField())).filter(said)
        found |= {*rows.values_list(owner, flat=True)} if headlines else set()
    return sorted(found - {article.pk})


def without(story: Story, keys: set[str], words) -> Story:
    """Another story, with what it says of this one taken out."""
    document = story.as_dict()
    for block in document.get("body", []):
        if block.get("type") == "related":
            block.update(_entry(block, keys, words))
    for name in ("related", "recent"):
        document[name] = [_entry(entry, keys, words) for entry in document.get(name, [])]
    return Story.from_dict(document)


def _entry(entry, keys, words):
    return words.entry(entry) if headline_key(entry.get("headline", "")) in keys else entry
