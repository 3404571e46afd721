"""Stories that might stand beside this one: an editor takes them over or refuses them."""

from __future__ import annotations

from collections import defaultdict

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import reading, related, revisions
from ..models import RelatedPost, Suggestion, SuggestionBan
from .acts import Act, SeenForm

WHY = {"link": _("links to this story"), "tag": _("tags: "), "words": _("words: ")}


def why(reasons) -> str:
    words: dict[str, list[str]] = defaultdict(list)
    for kind, word in reasons:
        words[kind].append(word)
    return "; ".join(str(WHY[kind]) + ", ".join(found) for kind, found in words.items())


def _choices(label, **options):
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **options,
    )


class RelatedForm(SeenForm):
    nothing = ""  # why there is nothing to choose

    add = _choices(
        _("Put at the end of the related posts"),
        help_text=_("They are ordered in the form, as other related posts."),
    )
    ban = _choices(_("Never suggest beside this story"))
    allow = _choices(_("Suggest again"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = related.for_working_copy(self.article)
        banned = [*self.article.suggestion_bans.values_list("target", flat=True)]
        targets = {each.target for each in found} | {*banned}
        self.places = reading.live_places(targets, timezone.now())
        told = [
            (each.target, f"{self.places[each.target].name} ({why(each.reasons)})")
            for each in found
            if each.target in self.places
        ]
        again = [(key, self.places[key].name) for key in banned if key in self.places]
        for name, choices in {"add": told, "ban": told, "allow": again}.items():
            if choices:
                self.fields[name].choices = choices
            else:
                del self.fields[name]
        if not (told or again):
            self.nothing = _("Of the stories that readers can see, none fits this one yet.")

    def act(self):
        added, refused, allowed = (self.cleaned_data.get(n, []) for n in ("add", "ban", "allow"))
        self._add(added)
        self._refuse(refused)
        self._allow(allowed)
        told = {"added": len(added), "refused": len(refused), "allowed": len(allowed)}
        return _("%(added)s added, %(refused)s refused, %(allowed)s allowed again.") % told

    def _add(self, targets):
        """At the end of the related posts: an edit of the working copy like any other."""
        last = RelatedPost.objects.filter(parent=self.article, region="related").last()
        for number, key in enumerate(targets, start=1):
            RelatedPost.objects.create(
                parent=self.article,
                region="related",
                ordering=(last.ordering if last else 0) + 10 * number,
                headline=self.places[key].name,
                post_id=key,
            )
        if targets:
            revisions.record(self.article, by=self.user)

    def _refuse(self, targets):
        """Readers, too, are not shown them from now on."""
        now = timezone.now()
        for key in targets:
            told = {"by": self.user, "at": now}
            SuggestionBan.objects.get_or_create(article=self.article, target_id=key, defaults=told)
        Suggestion.objects.filter(version__article=self.article, target__in=targets).delete()

    def _allow(self, targets):
        gone, _by_model = self.article.suggestion_bans.filter(target__in=targets).delete()
        for version in self.article.versions.live() if gone else ():
            related.write(version)


SUGGESTING = {
    "related": Act(
        "related",
        _("Related…"),
        _("Choose related stories"),
        RelatedForm,
        "articles.change_article",
        applies=bool,
        edits=True,
    ),
}
