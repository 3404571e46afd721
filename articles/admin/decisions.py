"""What an editor may decide about an item that an import held or refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import locks, scope, store
from ..models import Article, ImportItem
from ..publishing import told_moment
from .merging import bring_together
from .stale import is_stale, who_saved

Outcome = ImportItem.Outcome


@dataclass(frozen=True)
class Decision:
    """A button. `act(item, user, opened)` does it and returns what is told; a `DecisionError` or
    a stale page refuses it."""

    name: str
    label: str
    applies: Callable[..., bool]  # of an `items.ItemPage`
    act: Callable[[ImportItem, object, str], str]
    permissions: tuple[str, ...]
    help: str = ""


DECIDE, CHANGE = "articles.decide_importitem", "articles.change_article"


@transaction.atomic
def take(item: ImportItem, user, opened: str) -> str:
    """The working copy becomes what the source says, if it is still the one that was shown."""
    locks.one_at_a_time()
    article = Article.objects.select_for_update().filter(pk=item.article_id).first()
    if article and is_stale(article, opened):
        raise Changed(article.head, user)
    store.take_source(item, by=user)
    if article and not scope.is_theirs(user, article):
        raise store.DecisionError(_("its source files it under a category of another desk."))
    return _("The source's version is the working copy now. Readers see nothing of it yet:")


def merge(item: ImportItem, user, opened: str) -> str:
    """Both changed what was taken last: what does not overlap is merged, the rest is asked."""

    def together(article, base, story):
        return bring_together(article, base, story, by=user, source=item.source)

    meeting = store.merge_source(item, together, by=user)
    if meeting.kept:
        return _("Both changed the same. What the source says is kept; choose in the story:")
    return _("Both are in the working copy now. Readers see nothing of it yet:")


def keep(item: ImportItem, user, opened: str) -> str:
    store.dismiss(item, by=user)
    return _("What is here stays. The same will not be held again:")


def dismiss(item: ImportItem, user, opened: str) -> str:
    store.dismiss(item, by=user)
    return _("Dismissed: it is not counted as undecided any more.")


class Changed(store.DecisionError):
    """The story was saved after the page was opened."""

    def __init__(self, head, user):
        told = {"who": who_saved(head, user), "when": told_moment(head.at)}
        super().__init__(
            _(
                "%(who)s saved this story on %(when)s, after you had opened this page. Nothing was"
                " overwritten. Look at the difference below as it is now, and decide again."
            )
            % told
        )


DECISIONS = {
    decision.name: decision
    for decision in (
        Decision(
            "take",
            _("Take the source's version"),
            lambda page: page.item.outcome == Outcome.HELD and page.can_be_taken,
            take,
            (DECIDE, CHANGE),
            _("It becomes the working copy. Nothing is published; what is here stays a revision."),
        ),
        Decision(
            "merge",
            _("Merge both"),
            lambda page: page.item.outcome == Outcome.HELD and page.can_be_taken,
            merge,
            (DECIDE, CHANGE),
            _(
                "What the source changed, beside what was edited here. Where both changed the same,"
                " you choose."
            ),
        ),
        Decision(
            "keep",
            _("Keep ours"),
            lambda page: page.item.outcome == Outcome.HELD,
            keep,
            (DECIDE,),
            _("Nothing changes. A newer version of the source is held again."),
        ),
        Decision(
            "dismiss",
            _("Dismiss"),
            lambda page: page.item.outcome == Outcome.REFUSED,
            dismiss,
            (DECIDE,),
            _("It goes from the list of what is to be decided."),
        ),
    )
}
