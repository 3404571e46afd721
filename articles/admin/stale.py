"""A page that was opened before somebody else saved.

Each carries the id of the newest revision at its opening. A form of a story that is stale is
merged, see `merging`; a page that acts on what is saved is refused: its editor has not seen that.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..publishing import told_moment
from .fields import is_key


def is_stale(article, opened: str) -> bool:
    """Whether somebody saved since `opened`, the id of a revision as text ("" for none)."""
    newest = str(article.head_id or "")
    return bool(newest) and newest != opened


def who_saved(revision, user) -> str:
    """Who it was, to this user."""
    if revision.by and revision.by == user:
        return _("you yourself")
    return str(revision.by or _("an import"))


def refuse_stale(article, opened: str, user=None) -> None:
    """Raise a `ValidationError` (code "stale") unless the page shows what is saved.

    Call it with the article's row locked and read after the lock was there.
    """
    if is_stale(article, opened):
        who = who_saved(article.head, user)
        told = _(
            "%(who)s saved this story on %(when)s, after you had opened this page."
            " Open it again, and look at what has changed."
        ) % {
            "who": who[:1].upper() + who[1:] if who == _("you yourself") else who,
            "when": told_moment(article.head.at),
        }
        raise ValidationError(told, code="stale")


def refuse_redacted(article, opened: str) -> None:
    """Raise a `ValidationError` where words were taken out of what the page was opened on."""
    if is_key(opened) and article.revisions.filter(pk=opened).exclude(redaction=None).exists():
        told = _(
            "Words were taken out of this story after you had opened it, for a reason that is in"
            " its record. Nothing of this form is stored. Open the story again."
        )
        raise ValidationError(told, code="redacted")
