"""The acts of publication as buttons: each a plain page that asks what must be known, then acts.

They act on what is saved. A page carries the id of the newest revision, so that nobody publishes
words they have not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import addresses, audit, checklist, publishing
from ..models import Article
from .fields import Moment
from .stale import refuse_stale

PUBLISH, WITHDRAW = "articles.publish_article", "articles.withdraw_article"


class Asks(Exception):
    """Something has to be asked or looked at first, on the act's page. The message may say what."""


class ActForm(forms.Form):
    """`article` is locked and annotated `with_status()`."""

    def __init__(self, *args, article, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.article, self.user = article, user


class SeenForm(ActForm):
    """For acts that are about what is saved: they hold for what was seen only."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["opened"] = str(self.article.head_id or "")

    def clean(self):
        super().clean()
        refuse_stale(self.article, self.cleaned_data.get("opened") or "", self.user)
        return self.cleaned_data


class FreezeForm(SeenForm):
    """For acts that freeze the working copy: it is gone through before, see `checklist`."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)  # what is to be waived

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.checklist = checklist.of(self.article, self.planned(), user=self.user)
        if waivable := checklist.to_be_waived(self.checklist):
            self.fields["waive"] = forms.BooleanField(
                label=_("Publish it all the same"),
                help_text=" ".join(item.told for item in waivable),
                error_messages={"required": _("Put it right, or say that it goes out so.")},
            )
        self.seen, self.initial["shown"] = self.data.get("shown", ""), self.waived
        if self.is_bound:  # shown again it says what is so now
            self.data = self.data.copy()
            self.data["shown"] = self.waived
        self.pending = list(self.article.versions.pending().select_related("by"))
        if self.pending:
            self.fields["pending"] = forms.ChoiceField(
                label=_("What is scheduled"),
                choices=[
                    ("carry", _("carry it: it appears at its moment, with what is published now")),
                    ("drop", _("drop it: it never appears")),
                ],
                widget=forms.RadioSelect,
                help_text=str(publishing.PendingVersion(self.pending)),
                error_messages={"required": _("Say what becomes of it.")},
            )

    def planned(self):
        """When readers would see it, as the form proposes it; None: now."""

    def clean_waive(self):
        """A yes is one to what the page said: a scheduled change may have gone out since."""
        if self.seen != self.waived:
            del self.data["waive"]
            raise ValidationError(_("What is missing has changed. Look at it, and say so again."))
        return True

    @property
    def waived(self):
        return ", ".join(item.name for item in checklist.to_be_waived(self.checklist))

    def note_waived(self):
        """Who takes on what is missing is in the audit log, by name."""
        if self.waived:
            audit.record("waive", self.article, by=self.user, detail=self.waived)

    @property
    def answer(self):
        """What becomes of the versions that are scheduled."""
        return self.cleaned_data.get("pending")


class PublishForm(FreezeForm):
    def act(self):
        version = publishing.publish(self.article, by=self.user, pending=self.answer)
        return _("Version %(n)s is live.") % {"n": version.number}


def publish_at_once(article, user, shown) -> str:
    """What was just saved goes out, unless something has to be asked first, or looked at: advice
    that is not among `shown`."""
    items = checklist.of(article, user=user)
    if checklist.to_be_waived(items):
        raise Asks
    if checklist.is_news(items, shown):
        raise Asks(_("Saved. Look at this before readers see it."))
    try:
        version = publishing.publish(article, by=user)
    except publishing.PendingVersion:
        raise Asks from None
    return _("Saved. Version %(n)s is live.") % {"n": version.number}


class ScheduleForm(FreezeForm):
    at = Moment(label=_("Readers see it from"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["at"] = self.planned()

    def planned(self):
        tomorrow = timezone.localtime() + timedelta(days=1)
        morning = tomorrow.replace(hour=6, minute=0, second=0, microsecond=0)
        return max(morning, self.article.embargoed_until or morning)

    def act(self):
        at = self.cleaned_data["at"]
        version = publishing.publish(self.article, by=self.user, at=at, pending=self.answer)
        when = publishing.told_moment(version.visible_from)
        return _("Version %(n)s is scheduled for %(when)s.") % {"n": version.number, "when": when}


class CorrectForm(FreezeForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("correction", _("correction: something was wrong")),
            ("clarification", _("clarification: something could be misread")),
            ("update", _("update: something has changed since")),
            ("editors-note", _("editors’ note: something has to be said about the story")),
            ("retraction", _("retraction: what the story said does not stand")),
        ],
    )
    text = forms.CharField(
        label=_("What readers are told"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands at the end of the story and on the page of corrections."),
    )

    def act(self):
        version = publishing.correct(
            self.article,
            by=self.user,
            kind=self.cleaned_data["kind"],
            text=self.cleaned_data["text"],
            pending=self.answer,
        )
        return _("Version %(n)s is live, with its correction.") % {"n": version.number}


class UnscheduleForm(ActForm):
    def act(self):
        publishing.unschedule(self.article, by=self.user)
        return _("What was scheduled will not appear.")


class WithdrawForm(ActForm):
    why = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the newsroom. Readers are told only that the story was withdrawn."),
    )

    def act(self):
        publishing.withdraw(self.article, by=self.user, why=self.cleaned_data["why"])
        return _("The story is withdrawn: readers do not see it any more.")


class AddressForm(ActForm):
    slug = forms.CharField(
        label=_("The last part of the address"),
        max_length=addresses.STORY_SLUG_LENGTH,
        help_text=_("The old address leads to the new one from then on."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["slug"] = self.article.path.rstrip("/").rpartition("/")[2]

    def act(self):
        path = addresses.change(self.article, self.cleaned_data["slug"], by=self.user)
        return _("The address is %(path)s now.") % {"path": path}


def always(article):
    return True


@dataclass(frozen=True)
class Act:
    """One button. `saves`: it stands for the working copy, so the form is saved first.

    `applies` is asked of an article, or of None for a story that is not stored yet. `beside`: the
    button stands in the column beside the story. `edits`: it is for those who may change its words.

    `at_once(article, user, shown)`: does it with what the button has just saved and returns what is
    told; `Asks` leads to the page. `shown`: the advice that stood beside the form. None: the page
    always asks.
    """

    name: str
    label: str  # of the button, and of the one that confirms
    title: str
    form: type[ActForm]
    permission: str
    applies: Callable[[object], bool] = always
    saves: bool = False
    danger: bool = False
    at_once: Callable[[Article, User, Collection[str]], str] | None = None
    beside: bool = False
    edits: bool = False


ACTS = {
    act.name: act
    for act in (
        Act(
            "publish",
            _("Publish now"),
            _("Publish now"),
            PublishForm,
            PUBLISH,
            saves=True,
            at_once=publish_at_once,
        ),
        Act("schedule", _("Schedule…"), _("Schedule"), ScheduleForm, PUBLISH, saves=True),
        Act(
            "correct",
            _("Correct…"),
            _("Publish with a correction"),
            CorrectForm,
            PUBLISH,
            applies=lambda article: bool(article and article.live_version_id),
            saves=True,
        ),
        Act(
            "unschedule",
            _("Unschedule"),
            _("Take back what is scheduled"),
            UnscheduleForm,
            PUBLISH,
            applies=lambda article: bool(article and article.scheduled_for),
        ),
        Act(
            "withdraw",
            _("Withdraw…"),
            _("Withdraw the story"),
            WithdrawForm,
            WITHDRAW,
            applies=lambda article: bool(article and article.live_version_id),
            danger=True,
        ),
        Act(
            "address",
            _("Change address"),
            _("Change the address"),
            AddressForm,
            PUBLISH,
            applies=lambda article: bool(article and article.path),
        ),
    )
}


def perform(form) -> str | None:
    """Do what a valid form says. None, with an error in the form, when it is refused."""
    try:
        with transaction.atomic():
            told = form.act()
            if isinstance(form, FreezeForm):
                form.note_waived()
            return told
    except publishing.PublishError as error:
        form.add_error(None, str(error))
    except ValidationError as error:
        form.add_error(None, error)
    return None
