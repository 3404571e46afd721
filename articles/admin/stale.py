"""A form that was opened before somebody else saved never overwrites what they wrote.

The form carries the id of the newest revision at its opening. When that is not the newest one
any more, nothing is stored: the form comes back with all that was typed, says who saved what,
and offers a box to save over it, which holds for that save only and not for a later one.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..models import Revision
from ..publishing import told_moment
from .differences import differences, readable


class Stale:
    """What was saved since `opened`, the id of a revision as text ("" for none)."""

    def __init__(self, article, opened: str, user=None):
        self.article, self.user = article, user
        self.opened = int(opened) if opened.isdecimal() and len(opened) < 19 else None

    @cached_property
    def saves(self):
        """The revisions since, newest first."""
        since = Revision.objects.filter(article=self.article).select_related("by")
        return list(since.filter(pk__gt=self.opened or 0)[:20])

    @property
    def head(self):
        return self.article.head

    @property
    def message(self):
        by = self.head.by
        who = _("You yourself") if by and by == self.user else (by or _("An import"))
        return _(
            "%(who)s saved this story on %(when)s, after you had opened it. Nothing of yours was"
            " saved, and nothing of it is lost: it is all in the form below."
        ) % {"who": who, "when": told_moment(self.head.at)}

    @cached_property
    def differences(self):
        """What they changed."""
        base = Revision.objects.filter(article=self.article, pk=self.opened).first()
        return differences(base and base.story, self.head.story)

    @property
    def theirs(self):
        return readable(self.head.story)


def is_stale(article, opened: str, overwrite: str = "") -> bool:
    """Whether somebody saved since `opened`, and `overwrite` does not name just that save."""
    newest = str(article.head_id or "")
    return bool(newest) and newest not in (opened, overwrite)


def refuse_stale(article, opened: str, overwrite: str = "", user=None) -> None:
    """Raise a `ValidationError` (code "stale") with `error.stale` unless this may be stored.

    Call it with the article's row locked and read after the lock was there.
    """
    if is_stale(article, opened, overwrite):
        raise refusal(article, opened, user)


def refusal(article, opened: str, user=None) -> ValidationError:
    stale = Stale(article, opened, user)
    error = ValidationError(stale.message, code="stale")
    error.stale = stale
    return error
