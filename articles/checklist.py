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
from .behind import Missing, missing
from .models import Article, RelatedPost, Review, Version
from .publishing import told_moment
from .story import ATTACHED, DOUBTFUL, CaptionBlock, GalleryBlock, PubStatus, Story

REMARKS = 3  # of a reader, that are told as a reason


@dataclass(frozen=True)
class Item:
    """One thing that is missing. `can_be_waived`: it blocks, unless somebody takes it on. `of`:
    what the page that merges calls that which would put it right."""

    name: str
    told: str
    blocks: bool = False
    can_be_waived: bool = False
    of: str = ""


@dataclass(frozen=True)
class Context:
    """What the Story itself does not know. `at`: the moment readers would see it; `review`:
    "approved", "changed" (saved since it was) or "" (nobody did); `dead`: headlines of related
    stories that readers cannot open; `missing`: what readers see and the working copy does not
    have; `recalled`: the version by which its source took it back."""

    at: datetime
    review: str = ""
    dead: tuple[str, ...] = ()
    missing: Missing | None = None
    recalled: Version | None = None


def check(story: Story, context: Context) -> tuple[Item, ...]:
    """What is missing, what blocks first."""
    found = [*_readers(context), *_status(story, context), *_words(story)]
    found += [*_pictures(story), *_attached(story), *_embargo(story, context), *_desk(context)]
    return tuple(sorted(found, key=lambda item: not item.blocks))


def to_be_waived(items) -> list[Item]:
    return [item for item in items if item.can_be_waived]


def advice(items) -> list[str]:
    """What is told and stops nothing."""
    return [item.told for item in items if not item.blocks]


def is_news(items, shown) -> bool:
    """Whether there is advice that is not among `shown`. That nobody has approved it is none: the
    form of every story says so that nobody was asked to look at."""
    return any(
        item.told not in shown for item in items if not item.blocks and item.name != "review"
    )


def _readers(context) -> Iterator[Item]:
    if context.missing:
        version = context.missing.version
        told = _(
            "A change that was scheduled went out on %s, and this working copy does not have it"
            " yet. Bring it in, or readers lose it when this is published."
        )
        told %= told_moment(version.visible_from)
        yield _waivable("behind", told, of=f"v{version.number}")


def _status(story, context) -> Iterator[Item]:
    """What its source or an editor said of it. Publishing it says that it is usable."""
    if context.recalled:
        told = _("Its source (%(source)s) took it back on %(when)s.") % {
            "source": story.source,
            "when": told_moment(context.recalled.visible_from),
        }
        yield _waivable("recalled", told)
    if story.pubstatus == PubStatus.CANCELED:
        yield _waivable("canceled", _told_why(_("It was recalled and is not to be used."), story))
    elif story.pubstatus == PubStatus.WITHHELD:
        told = _("It is withheld: whether it may be published is answered with “not yet”.")
        yield _waivable("withheld", _told_why(told, story))


def _told_why(told, story):
    """With what the reader of its dump remarked, if that is where it came from."""
    why = [f"“{note}”" for note in story.notes[:REMARKS]]
    if story.confidence is not None and story.confidence < DOUBTFUL:
        why.insert(0, _("the reader of the dump guessed much of it"))
    return f"{told} ({'; '.join(why)})" if why else told


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
        yield Item("changed", _("It was changed after it had been approved."))
    elif context.review != "approved":
        yield Item("review", _("Nobody has approved it."))


def _waivable(name, told, of=""):
    return Item(name, told, blocks=True, can_be_waived=True, of=of)


# What is known of an article


def of(article: Article, at: datetime | None = None, *, user=None) -> tuple[Item, ...]:
    """The checklist of a working copy for this moment (None: now). A headline that means a draft
    which is none of this person's is to them as one that means nothing."""
    context = Context(
        at or timezone.now(),
        review_of(article),
        _dead(article, user),
        missing(article),
        _recalled(article),
    )
    # What was saved last says what the rows do, and is one query and not one a kind of block.
    return check(article.head.story if article.head else article.as_story(), context)


def review_of(article: Article) -> str:
    """As `Context.review`."""
    review = getattr(article, "review", None)
    if review is None or review.state != Review.State.APPROVED:
        return ""
    return "approved" if review.revision_id == article.head_id else "changed"


def _recalled(article):
    """The version by which an import took it from readers, if that was the last act."""
    if not article.path or getattr(article, "live_version_id", None):
        return None  # nobody ever saw it, or they see it
    last = article.versions.order_by("-number").first()
    return last if last and last.was_recalled else None


def _dead(article, user):
    named = RelatedPost.objects.filter(parent=article).exclude(post=None)
    if user:
        named = named.filter(post__in=scope.pickable(user, Article.objects.all()).values("pk"))
    posts = dict(named.values_list("post", "headline"))
    if not posts:
        return ()
    live = set(Version.objects.filter(article__in=posts).live().values_list("article", flat=True))
    return tuple(headline for post, headline in posts.items() if post not in live)
