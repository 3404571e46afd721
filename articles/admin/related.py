"""Stories that might stand beside this one: an editor takes them over or refuses them."""

from __future__ import annotations

from collections import defaultdict

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import reading, related, revisions
from ..models import RelatedPost, SuggestionBan
from .redaction import ActForm
from .stale import refuse_stale

WHY = {
    "link": gettext_lazy("links to this story"),
    "tag": gettext_lazy("tags: "),
    "words": gettext_lazy("words: "),
}


def why(reasons) -> str:
    words: dict[str, list[str]] = defaultdict(list)
    for kind, word in reasons:
        words[kind].append(word)
    told = (str(WHY[kind]) + ", ".join(found) for kind, found in words.items())
    return "; ".join(told)


class RelatedForm(ActForm):
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    add = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Put at the end of the related posts"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They are ordered in the form, as other related posts."),
    )
    ban = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Never suggest beside this story"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    allow = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Suggest again"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["opened"] = str(self.article.head_id or "")
        rows = [*self.article.suggestions.all()]
        banned = [*self.article.suggestion_bans.values_list("target", flat=True)]
        targets = {row.target_id for row in rows} | {*banned}
        self.places = reading.live_places(targets, timezone.now())
        told = [
            (row.target_id, f"{self.places[row.target_id].name} ({why(row.reasons)})")
            for row in rows
            if row.target_id in self.places
        ]
        self.fields["add"].choices = self.fields["ban"].choices = told
        again = [(key, self.places[key].name) for key in banned if key in self.places]
        self.fields["allow"].choices = again
        for name in ("add", "ban", "allow"):
            if not self.fields[name].choices:
                del self.fields[name]

    def clean(self):
        super().clean()
        refuse_stale(self.article, self.cleaned_data.get("opened") or "", user=self.user)
        return self.cleaned_data

    def act(self):
        added, refused, allowed = (self.cleaned_data.get(n, []) for n in ("add", "ban", "allow"))
        last = RelatedPost.objects.filter(parent=self.article, region="related").last()
        for number, key in enumerate(added, start=1):
            place = (last.ordering if last else 0) + 10 * number
            words = {"headline": self.places[key].name, "post_id": key}
            RelatedPost.objects.create(
                parent=self.article, region="related", ordering=place, **words
            )
        if added:
            revisions.record(self.article, by=self.user)
        for key in refused:
            SuggestionBan.objects.get_or_create(
                article=self.article,
                target_id=key,
                defaults={"by": self.user, "at": timezone.now()},
            )
        self.article.suggestion_bans.filter(target__in=allowed).delete()
        self.article.rows = None
        related.write(self.article)
        told = {"added": len(added), "refused": len(refused), "allowed": len(allowed)}
        return _("%(added)s added, %(refused)s refused, %(allowed)s allowed again.") % told
