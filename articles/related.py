"""Stories that belong beside one: they link to it, share its tags, or words that few stories have.

Worked out when an editor saves or publishes, never when a page is asked for. An import does not
wait for it; `reindex --related` works all out anew.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from . import filing, prose, search
from .models import Article, Link, Listing, Suggestion, Version
from .rendering import links_of
from .search.words import word_of
from .story import Story, TextBlock

MOST = 12  # kept for a story
RARE = 40  # a tag or word that more stories have says nothing
WORDS = 8  # looked up for a story
NAME, SHORTEST = 4, 7  # letters of a name, and of another word, that may tell what it is about
LINK, TAG, WORD = 3.0, 2.0, 1.0  # what each is worth


def write(article: Article) -> list[Suggestion]:
    """Work out what belongs beside the working copy of this article, and keep that."""
    story, now = article.as_story(), timezone.now()
    found = Counter(), defaultdict(list)
    for target, worth, reason in _candidates(article, story, now):
        found[0][target] += worth
        if reason not in found[1][target]:
            found[1][target].append(reason)
    for unwanted in _unwanted(article, story):
        found[0].pop(unwanted, None)
    best = sorted(found[0].items(), key=lambda item: (-item[1], -item[0]))[:MOST]
    with transaction.atomic():
        Suggestion.objects.filter(article=article).delete()
        return Suggestion.objects.bulk_create(
            Suggestion(
                article=article,
                position=n,
                target_id=target,
                score=score,
                reasons=[*map(list, found[1][target])],
            )
            for n, (target, score) in enumerate(best)
        )


def again() -> Iterator[int]:
    """All of them anew, for the stories that readers see; yields after each."""
    live = Version.objects.live().order_by("article").values_list("article", flat=True)
    for pk in live.iterator(chunk_size=500):
        with transaction.atomic():
            article = Article.objects.select_for_update().filter(pk=pk).first()
            if article:
                write(article)
        yield 1


def _candidates(article, story, now):
    """(article, worth, reason) of what readers can see; one may come several times."""
    live = Version.objects.live(now)
    naming = Link.objects.filter(target=article, version__in=live)
    for target in naming.values_list("version__article", flat=True)[:RARE]:
        yield target, LINK, ("link", "")
    for row in article.taggings.exclude(tag=None).select_related("tag"):
        listed = Listing.objects.filter(tag=row.tag, version__in=live).order_by("-version")
        articles = [*listed.values_list("version__article", flat=True)[: RARE + 1]]
        yield from _worth(articles, TAG, ("tag", row.tag.name))
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
    named = filing.targets((post.headline, post.url) for post in links_of(story))
    banned = article.suggestion_bans.values_list("target", flat=True)
    return {article.pk, *named.values(), *banned}


def telling(story: Story) -> list[str]:
    """The words that may tell what it is about: those it repeats, and names before others."""
    texts = [story.headline, story.standfirst, *story.key_points]
    texts += [prose.as_text(block.html) for block in story.body if isinstance(block, TextBlock)]
    counts: Counter[str] = Counter()
    for text in texts:
        for match in word_of.finditer(text[:20_000]):
            word = match[0]
            within = match.start() > 1 and text[match.start() - 2].isalnum()
            is_name = within and word[0].isupper()
            if len(word) >= (NAME if is_name else SHORTEST) and word.isalpha():
                counts[word] += 3 if is_name else 1
    return [word for word, _count in counts.most_common(WORDS)]
