"""The acts on a front as buttons, each a plain page that asks what must be known, then acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import fronts, publishing
from ..models import FrontVersion
from .fields import Moment

CHANGE, PUBLISH = "articles.change_front", "articles.publish_front"
ANSWERS = [
    ("keep", _("Keep it: it appears at its moment, after what is published now.")),
    ("drop", _("Drop it: it will never appear.")),
]


class ActForm(forms.Form):
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, front, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.front, self.user = front, user
        head = front.head
        self.initial["opened"] = str(head.pk) if head else ""


class PublishForm(ActForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pending = list(self.front.versions.pending().select_related("by"))
        if pending:
            self.fields["pending"] = forms.ChoiceField(
                label=_("What is scheduled for later"),
                choices=ANSWERS,
                initial="keep",
                widget=forms.RadioSelect,
                help_text="; ".join(map(told, pending)),
            )

    def act(self):
        answers = {"opened": self.cleaned_data["opened"], "at": self.cleaned_data.get("at")}
        pending = self.cleaned_data.get("pending")
        version = fronts.publish(self.front, by=self.user, pending=pending, **answers)
        if version.visible_from > timezone.now():
            return _("Scheduled for %s.") % publishing.told_moment(version.visible_from)
        return _("Readers see it now.")


class ScheduleForm(PublishForm):
    at = Moment(label=_("Readers see it from"))
    field_order = ["at", "pending"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tomorrow = timezone.localtime() + timedelta(days=1)
        self.initial["at"] = tomorrow.replace(hour=6, minute=0, second=0, microsecond=0)


class UnscheduleForm(ActForm):
    def act(self):
        fronts.unschedule(self.front, by=self.user)
        return _("What was scheduled will not appear.")


class WithdrawForm(ActForm):
    def act(self):
        fronts.withdraw(self.front, by=self.user)
        return _("The page is automatic again: the newest stories, in their order.")


class RestoreForm(ActForm):
    revision = None  # the one that is meant

    def act(self):
        arrangement = self.revision.arrangement
        opened = self.cleaned_data["opened"]
        fronts.save(self.front, arrangement, by=self.user, opened=opened)
        return _("The working copy is as it was then. Readers see nothing of it yet.")


def told(version: FrontVersion) -> str:
    return _("%(who)s scheduled a front for %(when)s") % {
        "who": version.by or _("nobody"),
        "when": publishing.told_moment(version.visible_from),
    }


@dataclass(frozen=True)
class Act:
    """One button. `saves`: it stands for the working copy, so the form is saved first."""

    name: str
    label: str
    title: str
    form: type[ActForm]
    applies: Callable[[object], bool] = lambda front: True
    permission: str = PUBLISH
    saves: bool = False


def is_live(front):
    return front.versions.live().exists()


def is_pending(front):
    return front.versions.pending().exists()


ACTS = {
    act.name: act
    for act in (
        Act("publish", _("Publish now"), _("Publish the front"), PublishForm, saves=True),
        Act("schedule", _("Schedule…"), _("Schedule the front"), ScheduleForm, saves=True),
        Act(
            *("unschedule", _("Unschedule"), _("Take back what is scheduled"), UnscheduleForm),
            applies=is_pending,
        ),
        Act(
            *("withdraw", _("Make automatic…"), _("Make the page automatic again"), WithdrawForm),
            applies=is_live,
        ),
        Act("restore", _("Restore…"), _("Go back to this"), RestoreForm, permission=CHANGE),
    )
}


def perform(form) -> str | None:
    """Do what a valid form says. None, with an error in the form, when it is refused."""
    try:
        return form.act()
    except fronts.Stale as stale:
        form.add_error(None, refusal(stale))
    except publishing.PublishError as error:
        form.add_error(None, str(error))
    return None


def refusal(stale: fronts.Stale) -> str:
    """Who saved what meanwhile."""
    head = stale.revision
    return _(
        "%(who)s saved this front on %(when)s, after you had opened it. Nothing of yours was saved."
    ) % {"who": head.by or _("Somebody"), "when": publishing.told_moment(head.at)}
