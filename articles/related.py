"""Stories that belong beside one: they link to it, share its tags, or words that few stories have.

Readers are shown what was worked out when a version was published, never when a page is asked
for; an editor is shown what fits the working copy. An import does not wait for it:
`reindex --related` works all out anew.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from . import linking, prose, search
from .models import Article, Link, Listing, Suggestion, Tag, Version
from .rendering import links_of
from .search.words import word_of
from .story import Story, TextBlock

MOST = 12  # kept for a story
RARE = 40  # a tag or word that more stories have says nothing
WORDS = 8  # looked up for a story
NAME, SHORTEST = 4, 7  # letters of a name, and of another word, that may tell what it is about
LINK, TAG, WORD = 3.0, 2.0, 1.0  # what each is worth

Reason = tuple[str, str]  # ("tag", "harbour"), ("words", "Corrin"), ("link", "")


@dataclass
class Found:
    """A story that readers can see, and why it belongs there."""

    target: int
    score: float = 0
    reasons: list[Reason] = field(default_factory=list)

    def add(self, worth: float, reason: Reason) -> None:
        if reason not in self.reasons:
            self.score += worth
            self.reasons.append(reason)


def for_working_copy(article: Article) -> list[Found]:
    """What belongs beside what is saved, the best first. Nothing of it is kept."""
    tags = Tag.objects.filter(taggings__article=article)
    return _found(article, article.as_story(), tags)


def write(version: Version) -> None:
    """Work out what belongs beside what readers see of this version, and keep that."""
    shown = version.pubstatus == Version.PubStatus.USABLE
    tags = Tag.objects.filter(listings__version=version)
    found = _found(version.article, version.story, tags) if shown else []
    with transaction.atomic():
        Suggestion.objects.filter(version=version).delete()
        Suggestion.objects.bulk_create(
            Suggestion(
                version=version,
                position=number,
                target_id=each.target,
                score=each.score,
                reasons=each.reasons,
            )
            for number, each in enumerate(found)
        )


def again() -> Iterator[int]:
    """All of them anew, for what readers see; yields after each."""
    live = Version.objects.live().order_by("pk").values_list("pk", flat=True)
    for pk in live.iterator(chunk_size=500):
        if version := Version.objects.select_related("article", "revision").filter(pk=pk).first():
            write(version)
            yield 1


def _found(article, story, tags) -> list[Found]:
    found: dict[int, Found] = {}
    for target, worth, reason in _candidates(article, story, tags, timezone.now()):
        found.setdefault(target, Found(target)).add(worth, reason)
    unwanted = _unwanted(article, story)
    wanted = [each for each in found.values() if each.target not in unwanted]
    return sorted(wanted, key=lambda each: (-each.score, -each.target))[:MOST]


def _candidates(
    article, story: Story, tags: Iterable[Tag], now: datetime
) -> Iterator[tuple[int, float, Reason]]:
    """(article, worth, reason) of what readers can see; one may come several times."""
    live = Version.objects.live(now)
    naming = Link.objects.filter(target=article, version__in=live)
    for target in naming.values_list("version__article", flat=True)[:RARE]:
        yield target, LINK, ("link", "")
    for tag in tags:
        listed = Listing.objects.filter(tag=tag, version__in=live).order_by("-version")
        articles = [*listed.values_list("version__article", flat=True)[: RARE + 1]]
        yield from _worth(articles, TAG, ("tag", tag.name))
    # In a small archive few stories are many; counting stops where it makes no difference.
    rare = max(3, min(RARE, len(live.values_list("pk")[: RARE * 10]) // 10))
    for word in telling(story):
        versions = search.ranked(live, search.read(word), "revision", now=now)
        if len(versions) <= rare:
            articles = Version.objects.filter(pk__in=versions).values_list("article", flat=True)
            yield from _worth([*articles], WORD, ("words", word))


def _worth(articles, most, reason):
    """The fewer have it, the more it is worth; what too many have, nothing."""
    if len(articles) <= RARE:
        for target in articles:
            yield target, most / (1 + math.log1p(len(articles))), reason


def _unwanted(article, story):
    """Itself, what it names already, and what an editor refused."""
    named = linking.targets((post.headline, post.url) for post in links_of(story))
    banned = article.suggestion_bans.values_list("target", flat=True)
    return {article.pk, *named.values(), *banned}


def telling(story: Story) -> list[str]:
    """The words that may tell what it is about: those it repeats, and names before others."""
    texts = [story.headline, story.standfirst, *story.key_points]
    texts += [prose.as_text(block.html) for block in story.body if isinstance(block, TextBlock)]
    counts: dict[str, int] = defaultdict(int)
    for text in texts:
        for match in word_of.finditer(text[:20_000]):
            word = match[0]
            within = match.start() > 1 and text[match.start() - 2].isalnum()
            is_name = within and word[0].isupper()
            if len(word) >= (NAME if is_name else SHORTEST) and word.isalpha():
                counts[word] += 3 if is_name else 1
    return sorted(counts, key=lambda word: -counts[word])[:WORDS]
