"""Erasure at the desk: the words, the reason, the password again, and first what it would touch."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsroom.accounts import second_factor

from .. import redacting
from ..publishing import told_moment
from .acts import Act, ActForm

REDACT = "articles.redact_article"
GUESSES, FORGOTTEN_AFTER = 10, 15 * 60  # wrong passwords, seconds


class ProvenForm(ActForm):
    """For acts that cannot be undone: a session that was left open is not enough.

    The password is asked whenever the form is sent, and a code of the second factor, which is good
    once, when all else is right: see `prove`.
    """

    password = forms.CharField(
        label=_("Your password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    code = forms.CharField(
        label=_("A code of your authenticator"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        help_text=_("Or one of your recovery codes. It is needed when you confirm; it works once."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.SECOND_FACTOR:
            del self.fields["code"]

    def prove(self):
        """An error at the code unless it is right. It is used up, and a wrong one makes the next
        wait, as at the log-in."""
        if "code" in self.fields and not second_factor.proves(self.user, self.cleaned_data["code"]):
            told = _("This is not right, or it comes too soon after a wrong one.")
            self.add_error("code", told)

    def clean_password(self):
        key = f"prove:{self.user.pk}"
        cache.add(key, 0, FORGOTTEN_AFTER)
        if (cache.get(key) or 0) >= GUESSES:
            raise ValidationError(_("Too many wrong passwords. Try again later."))
        if not self.user.check_password(self.cleaned_data["password"]):
            cache.incr(key)
            raise ValidationError(_("That is not your password."))
        return ""


class RedactForm(ProvenForm):
    """It is asked twice: the first answer tells what would be touched and touches nothing."""

    plan: list[str] | None = None

    words = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Each line is one phrase, of three letters or more. Case does not count."),
    )
    everything = forms.BooleanField(
        label=_("The whole story: only a tombstone stays."), required=False
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays in the record. Do not repeat the words."),
    )
    field_order = ("words", "everything", "why", "password", "confirmed", "code")

    confirmed = forms.BooleanField(
        label=_("I have seen what it touches. It cannot be undone."), required=False
    )

    def clean(self):
        super().clean()
        if self.errors:
            return self.cleaned_data
        try:
            told = self._redact(plan=True)
        except (redacting.RedactionRefused, ValueError) as error:
            raise ValidationError(str(error)) from error
        if not self.cleaned_data["confirmed"]:
            self.plan = in_words(told)
            self.add_error("confirmed", _("Look at what it touches, above, then tick this."))
        else:
            self.prove()
        return self.cleaned_data

    def _redact(self, *, plan=False):
        lines = self.cleaned_data["words"].splitlines()
        if bool(self.cleaned_data["everything"]) == any(line.strip() for line in lines):
            raise ValueError(_("Give the words, or choose the whole story."))
        whole = self.cleaned_data["everything"]
        words = redacting.Everything() if whole else redacting.Words(lines)
        why = self.cleaned_data["why"]
        return redacting.redact(self.article, words, by=self.user, why=why, plan=plan)

    def act(self):
        told = self._redact()
        return " ".join([str(_("The words are gone from every copy here.")), *in_words(told)])


def in_words(told: redacting.Erased) -> list[str]:
    """What was touched, what stays, and which backups hold the words."""
    lines = [f"{what}: {number}" for what, number in sorted(told.counts.items()) if number]
    lines += told.stays
    if told.since:
        moments = {"since": told_moment(told.since), "until": told_moment(told.until)}
        lines.append(_("Backups made from %(since)s to %(until)s still hold them.") % moments)
    return lines


REDACTING = {
    "redact": Act(
        "redact",
        _("Redact…"),
        _("Take words out of every copy"),
        RedactForm,
        REDACT,
        applies=bool,
        danger=True,
    ),
}
