"""A story as other stories name it: links between paragraphs, related posts, rails of dumps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from ..models import Article, Link, RelatedPost, Revision
from ..story import Story, address_key, headline_key

SAID = ("headline", "excerpt", "url")  # of a story, by one that names it


@dataclass(frozen=True)
class Named:
    """By what others name a story: its headlines, now and ever, and its addresses."""

    article: Article
    headlines: frozenset[str]

    @classmethod
    def of(cls, article: Article) -> Named:
        revisions = article.revisions.iterator(chunk_size=50)
        found = {revision.story.headline for revision in revisions}
        found |= {*article.known_headlines.values_list("headline", flat=True), article.headline}
        return cls(article, frozenset(found - {""}))

    @property
    def keys(self) -> set[str]:
        return {headline_key(headline) for headline in self.headlines} - {""}

    @property
    def links(self) -> tuple[str, ...]:
        """Its address as it stands in a text."""
        path = self.article.path
        return tuple(dict.fromkeys((path, quote(path)))) if path else ()

    def means(self, headline: str, url: str) -> bool:
        return headline_key(headline) in self.keys or (bool(url) and self._is_at(url))

    def _is_at(self, url):
        own = self.article.source_url_key
        try:
            path = unquote(urlsplit(url).path)
        except ValueError:
            return False
        return (own and address_key(url) == own) or (path and path == self.article.path)

    # Where

    def elsewhere(self) -> list[int]:
        """The other stories that name it, now or in any revision. It reads the whole archive."""
        named = Q(headline_key__in=self.keys)
        posts = RelatedPost.objects.filter(named | Q(post=self.article))
        links = Link.objects.filter(named | Q(target=self.article))
        found = {*posts.values_list("parent", flat=True)}
        found |= {*links.values_list("version__article", flat=True)}
        said = Q()
        for text in {*self.headlines, *self.links} - {""}:
            # As the two databases write a text into JSON.
            for way in {json.dumps(text, ensure_ascii=plain)[1:-1] for plain in (True, False)}:
                said |= Q(text__icontains=way)
        for model, column, owner in ((Revision, "story", "article"), (Article, "recent", "pk")):
            rows = model.objects.annotate(text=Cast(column, TextField())).filter(said)
            found |= {*rows.values_list(owner, flat=True)} if said else set()
        return sorted(found - {self.article.pk})

    # Without

    def out_of(self, story: Story, words) -> Story:
        """Another story, with what it says of this one taken out."""
        document = story.as_dict()
        for block in document.get("body", []):
            if block.get("type") == "related":
                block.update(self._entry(block, words))
            elif block.get("type") == "text":
                block["html"] = self.out_of_html(block["html"], words)
        for name in ("related", "recent"):
            document[name] = [self._entry(entry, words) for entry in document.get(name, [])]
        return Story.from_dict(document)

    def out_of_html(self, html: str, words) -> str:
        """Its address must not say the words either; with everything, it goes on answering 410."""
        for path in self.links if words.phrases else ():
            html = html.replace(path, words.slug(path))
        return html

    def _entry(self, entry: dict[str, Any], words) -> dict[str, Any]:
        if not self.means(entry.get("headline", ""), entry.get("url", "")):
            return entry
        return words.entry(entry)

    def out_of_post(self, row: RelatedPost, words) -> dict[str, str]:
        """What a row says without it; {} for one that means another."""
        if not (row.post_id == self.article.pk or self.means(row.headline, row.url)):
            return {}
        said = words.entry({name: getattr(row, name) for name in SAID})
        new = {name: said.get(name, "") for name in SAID}
        keys = {"headline_key": headline_key(new["headline"]), "url_key": address_key(new["url"])}
        return {**new, **keys}
