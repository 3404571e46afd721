"""What a story should have before readers see it: a pure function of the Story and what is known.

It is the desk's: an import goes by what its source says. `publishing` itself refuses only what
must never be, and everything that blocks here but that may be waived, by name, in the audit log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import scope
from .models import Article, RelatedPost, Review, Version
from .publishing import told_moment
from .story import ATTACHED, CaptionBlock, GalleryBlock, Story


@dataclass(frozen=True)
class Item:
    """One thing that is missing. `can_be_waived`: it blocks, unless somebody takes it on."""

    name: str
    told: str
    blocks: bool = False
    can_be_waived: bool = False


@dataclass(frozen=True)
class Context:
    """What the Story itself does not know. `at`: the moment readers would see it; `review`:
    "approved", "changed" (saved since it was) or "" (nobody did); `dead`: headlines of related
    stories that readers cannot open."""

    at: datetime
    review: str = ""
    dead: tuple[str, ...] = ()


def check(story: Story, context: Context) -> tuple[Item, ...]:
    """What is missing, what blocks first."""
    found = [*_words(story), *_pictures(story), *_attached(story)]
    found += [*_embargo(story, context), *_desk(context)]
    return tuple(sorted(found, key=lambda item: not item.blocks))


def to_be_waived(items) -> list[Item]:
    return [item for item in items if item.can_be_waived]


def refusals(items) -> list[Item]:
    """What nobody can waive."""
    return [item for item in items if item.blocks and not item.can_be_waived]


def _words(story) -> Iterator[Item]:
    if not story.headline:
        yield Item("headline", _("It has no headline."), blocks=True)
    if not story.categories:
        yield _waivable("category", _("It is in no category."))


def _pictures(story) -> Iterator[Item]:
    captions = [caption for caption in _captions(story) if caption.kind not in ATTACHED]
    undecided = [c for c in captions if c.kind == "photo" and not (c.alt or c.decorative)]
    if count := len(undecided):
        told = ngettext(
            "%(n)s photo has no alternative text and is not marked as decorative.",
            "%(n)s photos have no alternative text and are not marked as decorative.",
            count,
        )
        yield Item("alt", told % {"n": count})
    if count := sum(not caption.credit for caption in captions):
        told = ngettext("%(n)s picture has no credit.", "%(n)s pictures have no credit.", count)
        yield Item("credit", told % {"n": count})


def _attached(story) -> Iterator[Item]:
    nameless = [c for c in _captions(story) if c.kind in ATTACHED and not c.title]
    if count := len(nameless):
        told = ngettext("%(n)s file has no title.", "%(n)s files have no title.", count)
        yield Item("title", told % {"n": count})


def _captions(story) -> Iterator[CaptionBlock]:
    for block in (story.lead, *story.body):
        if isinstance(block, CaptionBlock):
            yield block
        elif isinstance(block, GalleryBlock):
            yield from block.captions


def _embargo(story, context) -> Iterator[Item]:
    if story.embargoed_until and story.embargoed_until > context.at:
        until = told_moment(story.embargoed_until)
        yield Item("embargo", _("The embargo runs until %s.") % until, blocks=True)


def _desk(context) -> Iterator[Item]:
    for headline in context.dead:
        yield Item("related", _("Readers cannot open the related story “%s”.") % headline)
    if context.review == "changed":
        yield Item("review", _("It was changed after it had been approved."))
    elif context.review != "approved":
        yield Item("review", _("Nobody has approved it."))


def _waivable(name, told):
    return Item(name, told, blocks=True, can_be_waived=True)


# What is known of an article


def of(article: Article, at: datetime | None = None, *, user=None) -> tuple[Item, ...]:
    """The checklist of a working copy for this moment (None: now). A headline that means a draft
    which is none of this person's is to them as one that means nothing."""
    context = Context(at or timezone.now(), review_of(article), _dead(article, user))
    # What was saved last says what the rows do, and is one query and not one a kind of block.
    return check(article.head.story if article.head else article.as_story(), context)


def review_of(article: Article) -> str:
    """As `Context.review`."""
    review = getattr(article, "review", None)
    if review is None or review.state != Review.State.APPROVED:
        return ""
    return "approved" if review.revision_id == article.head_id else "changed"


def _dead(article, user):
    named = RelatedPost.objects.filter(parent=article).exclude(post=None)
    if user:
        named = named.filter(post__in=scope.pickable(user, Article.objects.all()).values("pk"))
    posts = dict(named.values_list("post", "headline"))
    if not posts:
        return ()
    live = set(Version.objects.filter(article__in=posts).live().values_list("article", flat=True))
    return tuple(headline for post, headline in posts.items() if post not in live)
