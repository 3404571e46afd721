"""What colleagues do with a story before it goes out, as acts: review, assignment, notes.

None of them touches the working copy: no revision is made, and no open form becomes stale.
"""

from __future__ import annotations

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .. import checklist, workflow
from ..models import Review
from ..models.workflow import NOTE_LENGTH
from .acts import Act, ActForm, SeenForm
from .fields import Moment

CHANGE, REVIEW = "articles.change_article", "articles.review_article"
NOTES = 30  # shown beside a story, newest first
APPROVED, IN_REVIEW = Review.State.APPROVED, Review.State.IN_REVIEW


def words(label, **options):
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=NOTE_LENGTH, widget=area, **options)


class SubmitForm(SeenForm):
    def act(self):
        workflow.submit(self.article, by=self.user)
        return _("It waits for review.")


def submit_at_once(article, user, shown) -> str:
    workflow.submit(article, by=user)
    return _("Saved. It waits for review.")


class ApproveForm(SeenForm):
    def act(self):
        workflow.approve(self.article, by=self.user)
        return _("It is approved as it is saved now.")


class SendBackForm(ActForm):
    why = words(_("What is to be done"), help_text=_("A note to colleagues, kept with the story."))

    def act(self):
        workflow.send_back(self.article, by=self.user, why=self.cleaned_data["why"])
        return _("It is sent back.")


class AssignForm(ActForm):
    to = forms.ModelChoiceField(
        None, label=_("To"), required=False, empty_label=_("nobody in particular")
    )
    due = Moment(label=_("Due"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = get_user_model().objects.filter(is_staff=True, is_active=True)
        self.fields["to"].queryset = staff.order_by("username")
        if assignment := assignment_of(self.article):
            self.initial |= {"to": assignment.to_id, "due": assignment.due}
            self.fields["due"].before = assignment.due
        else:
            self.initial["to"] = self.user.pk

    def clean(self):
        super().clean()
        if self.cleaned_data.get("due") and not self.cleaned_data.get("to"):
            raise ValidationError(_("Who is to be done by then? Choose somebody."))
        return self.cleaned_data

    def act(self):
        to, due = self.cleaned_data["to"], self.cleaned_data["due"]
        workflow.assign(self.article, to=to, due=due, by=self.user)
        return _("It is assigned to %s.") % to if to else _("It is assigned to nobody.")


class NoteForm(ActForm):
    text = words(_("Note"), help_text=_("For colleagues. It is not changed or taken back later."))

    def act(self):
        workflow.note(self.article, by=self.user, text=self.cleaned_data["text"])
        return _("The note is kept with the story.")


def review_of(article):
    return getattr(article, "review", None)


def assignment_of(article):
    return getattr(article, "assignment", None)


def beside(article, user):
    """What the column beside a story shows of it."""
    review = review_of(article)
    return {
        "review": review,
        "is_changed": bool(review) and review.revision_id != article.head_id,
        "assignment": assignment_of(article),
        "notes": article.desk_notes.select_related("by")[:NOTES],
        "items": checklist.of(article, user=user),
    }


def _can_be_submitted(article):
    review = article and review_of(article)
    return not (review and review.state != "draft" and review.revision_id == article.head_id)


def _can_be_approved(article):
    review = article and review_of(article)
    same = review and review.revision_id == article.head_id
    return bool(article) and not (same and review.state == APPROVED)


def _can_be_sent_back(article):
    review = article and review_of(article)
    return bool(review) and review.state in (IN_REVIEW, APPROVED)


def _is_stored(article):
    return bool(article)


REVIEWING = {
    act.name: act
    for act in (
        Act(
            "submit",
            _("Submit for review"),
            _("Submit for review"),
            SubmitForm,
            CHANGE,
            applies=_can_be_submitted,
            saves=True,
            at_once=submit_at_once,
            edits=True,
        ),
        Act(
            "approve",
            _("Approve…"),
            _("Approve"),
            ApproveForm,
            REVIEW,
            applies=_can_be_approved,
            beside=True,
        ),
        Act(
            "sendback",
            _("Send back…"),
            _("Send back"),
            SendBackForm,
            REVIEW,
            applies=_can_be_sent_back,
            beside=True,
        ),
        Act(
            "assign", _("Assign…"), _("Assign"), AssignForm, CHANGE, applies=_is_stored, beside=True
        ),
        Act(
            "note", _("Note…"), _("Write a note"), NoteForm, CHANGE, applies=_is_stored, beside=True
        ),
    )
}
