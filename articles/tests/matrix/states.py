"""A newsroom with a story in every state there is, each full of words that tell where they leak.

A word is "qz", whose it is, and its place in the story: `qzdraftheadline`, `qzwithdrawncredit`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone
from PIL import Image

from articles import publishing, store, workflow
from articles.models import Article, Author, Category, Link, Photo, Version
from articles.story import (
    CaptionBlock,
    Contributor,
    Correction,
    EmbedBlock,
    GalleryBlock,
    Media,
    PubStatus,
    QuoteBlock,
    RawBlock,
    RecentPost,
    RelatedBlock,
    RelatedPost,
    Story,
    TextBlock,
)
from articles.tests.desk import stored

HOUR = timedelta(hours=1)
# The states of a story, and whose words it holds.
STATES = {
    "draft": ["draft"],
    "withheld": ["withheld"],
    "scheduled": ["scheduled"],
    "embargoed": ["embargoed"],
    "unscheduled": ["unscheduled"],
    "live": ["overtaken", "live"],
    "changed": ["shown", "unsaid"],
    "pending": ["present", "coming"],
    "withdrawn": ["withdrawn"],
}
SEEN = {"live", "shown", "present"}
UNSEEN = {whose for found in STATES.values() for whose in found} - SEEN
# Places of a story that readers never see, whatever its state.
INTERNAL = set("notes raw why slugline evidence sourceid title embed colleagues".split())


def canaries(key: str, whose: str, **changes) -> Story:
    """A story with a word of its own in every field that holds words. `key`: which story it is."""

    def word(place):
        return f"qz{whose}{place}"

    def photo(place):
        media = Media(file=f"{word('title')}{place}.png")
        texts = {name: word(f"{place}{name}") for name in ("text", "credit", "alt")}
        return CaptionBlock(media=media, **texts)

    values = {
        "source": "wire",
        "source_id": f"qz{key}sourceid",
        "pubstatus": PubStatus.USABLE,
        "source_url": f"https://wire.example/{word('sourceurl')}",
        "headline": word("headline"),
        "slug": f"qz{key}slug",  # the address is given once, whatever is said later
        "slugline": word("slugline"),
        "standfirst": word("standfirst"),
        "key_points": (word("point"),),
        "byline": f"{word('byline')} {word('author')}",
        "authors": (Contributor(name=word("author"), role=word("role")),),
        "dateline": word("dateline"),
        "categories": (f"{word('section')}/{word('category')}", "Shared"),
        "tags": (word("tag"), "shared"),
        "lead": photo("lead"),
        "body": (
            TextBlock(html=f"<p>{word('body')}</p><h2>{word('subhead')}</h2>"),
            photo("inline"),
            CaptionBlock(kind="video", title=word("film"), text=word("filmtext")),
            CaptionBlock(kind="document", title=word("paper"), text=word("papertext")),
            RelatedBlock(headline=word("inlinelink")),
            GalleryBlock(captions=(photo("gallery"),)),
            QuoteBlock(text=word("quote"), cite=word("cite")),
            EmbedBlock(provider="youtube", url=f"https://youtu.be/abcdefghijk?t={word('embed')}"),
            RawBlock(html=f"<blink>{word('raw')}</blink>", why=word("why")),
        ),
        "related": (RelatedPost(headline=word("link"), excerpt=word("linkexcerpt")),),
        "recent": (RecentPost(headline=word("evidence"), excerpt=word("evidence")),),
        "corrections": (Correction(at=datetime(2024, 1, 1, tzinfo=UTC), text=word("correction")),),
        "rights": word("rights"),
        "notes": (word("notes"),),
    }
    return Story(**{**values, **changes})


class Newsroom:
    """One article in each state: `newsroom["draft"]`. `at` is when what is coming appears."""

    def __init__(self, by):
        self.by, self.now = by, timezone.now()
        self.at = self.now + HOUR
        with TemporaryDirectory() as folder:
            self.folder = Path(folder)
            self.articles = {state: self._article(state) for state in STATES}
        self._talk()
        for model, text in ((Category, "description"), (Author, "biography")):
            for row in model.objects.filter(name__startswith="qz"):
                model.objects.filter(pk=row.pk).update(**{text: f"{row.name}{text}"})

    def __getitem__(self, state) -> Article:
        return Article.objects.get(pk=self.articles[state].pk)

    def _talk(self):
        """What colleagues say of each, and where review stands: of somebody else, for all roles."""
        for state, article in self.articles.items():
            workflow.note(article, by=self.by, text=f"qz{STATES[state][-1]}colleagues")
            workflow.assign(article, to=self.by, by=self.by, due=self.at)
        workflow.submit(self.articles["draft"], by=self.by)
        workflow.approve(self["withheld"], by=self.by)

    def _article(self, state):
        return getattr(self, f"_{state}", self._taken)(state, *STATES[state])

    def _taken(self, key, whose, *, draft=True, **changes):
        """The working copy says the words of `whose`."""
        for number, place in enumerate(("lead", "gallery")):
            colour = (len(whose), sum(map(ord, whose)) % 256, number)
            picture = Image.new("RGB", (40, 30), colour)
            picture.save(self.folder / f"qz{whose}title{place}.png")
        item = store.Item(canaries(key, whose, **changes))
        store.save([item], store.Import(draft=draft, media_root=self.folder))
        return Article.objects.get(pk=item.article.pk)

    def _publish(self, article, at=None):
        publishing.publish(article, by=self.by, at=at, now=self.now if at else self.now - HOUR)

    def _draft(self, key, whose):
        return stored(canaries(key, whose))  # written here: nothing in the ledger knows it

    def _withheld(self, key, whose):
        return self._taken(key, whose, draft=False, pubstatus=PubStatus.WITHHELD)

    def _scheduled(self, key, whose):
        article = self._taken(key, whose)
        self._publish(article, at=self.at)
        return article

    def _embargoed(self, key, whose):
        dates = {"published_at": self.now - HOUR, "embargoed_until": self.at}
        return self._taken(key, whose, draft=False, **dates)

    def _unscheduled(self, key, whose):
        article = self._scheduled(key, whose)
        publishing.unschedule(article, by=self.by, now=self.now)
        return article

    def _live(self, key, earlier, whose):
        self._publish(self._taken(key, earlier))
        article = self._taken(key, whose)
        publishing.publish(article, by=self.by, now=self.now - HOUR / 2)
        return article

    def _changed(self, key, earlier, whose):
        self._publish(self._taken(key, earlier))
        return self._taken(key, whose)

    def _pending(self, key, earlier, whose):
        article = self._changed(key, earlier, whose)
        self._publish(article, at=self.at)
        return article

    def _withdrawn(self, key, whose):
        article = self._taken(key, whose)
        self._publish(article)
        publishing.withdraw(article, by=self.by, why=f"qz{whose}reason", now=self.now)
        return article

    def point_at_what_is_hidden(self) -> None:
        """The links of what is live lead to stories that nobody can see yet."""
        hidden = [state for state, found in STATES.items() if not SEEN & set(found)]
        links = Link.objects.filter(version__in=Version.objects.live()).order_by("pk")
        for link, state in zip(links, hidden, strict=True):
            link.target = self.articles[state]
            link.save()


def photo_of(whose: str) -> Photo:
    return Photo.objects.get(title=f"qz{whose}titlelead")
