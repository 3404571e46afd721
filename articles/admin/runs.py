"""One run of an import as the desk shows it."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ..models import ImportItem, ImportMade, ImportRun
from ..publishing import told_moment

ITEMS = "admin:articles_importitem_changelist"


class RunPage:
    """What is shown of a run. Counts are those it wrote down: nothing is counted again."""

    def __init__(self, run: ImportRun):
        self.run = run

    @property
    def took(self) -> str:
        if not self.run.finished_at:
            return ""
        seconds = round((self.run.finished_at - self.run.started_at).total_seconds())
        hours, rest = divmod(seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        told = [(hours, _("h")), (minutes, _("min")), (seconds, _("s"))]
        return " ".join(f"{n} {unit}" for n, unit in told if n) or f"0 {_('s')}"

    @property
    def files(self) -> str:
        return Truncator(", ".join(map(str, self.run.paths))).chars(80)

    @property
    def outcomes(self) -> list[tuple[str, str, int, str]]:
        """(outcome, in words, how many, the list of them): in the ledger's order."""
        items = reverse(ITEMS)
        labels = dict(ImportItem.Outcome.choices)
        names = [*labels, *(name for name in self.run.tally if name not in labels)]
        return [
            (
                name,
                str(labels.get(name, name)),
                self.run.tally[name],
                f"{items}?run={self.run.pk}&outcome__exact={name}"
                if name in labels and name != ImportItem.Outcome.UNCHANGED
                else "",
            )
            for name in names
            if self.run.tally.get(name)
        ]

    @property
    def tally(self) -> str:
        return ", ".join(f"{count} {label}" for _name, label, count, _url in self.outcomes)

    @property
    def options(self) -> list[tuple[str, str]]:
        """Those that were given."""
        return [(name, _told(value)) for name, value in self.run.options.items() if value]

    @property
    def is_finished(self) -> bool:
        return self.run.finished_at is not None

    @property
    def state(self) -> str:
        if self.is_finished:
            return _("finished")
        return format_html("{} <code>{}</code>", _("not finished; to go on:"), self.resume)

    @property
    def resume(self) -> str:
        return f"manage.py import_dump --resume {self.run.pk}"

    @property
    def stood_at(self) -> str:
        """How far it has come: the file and the item in it that are stored."""
        return ":".join(str(part) for part in (self.run.place or [])[1:])

    @cached_property
    def undone_by(self) -> ImportRun | None:
        undone = self.run.followed_by.filter(kind=ImportRun.Kind.UNDO)
        return undone.order_by("pk").last()

    @property
    def undo(self) -> str:
        """The command that undoes it; "" where it is undone, or is no import."""
        if self.undone_by or self.run.kind == ImportRun.Kind.UNDO:
            return ""
        return f"manage.py import_dump --undo {self.run.pk}"

    @property
    def made(self) -> list[tuple[str, int]]:
        """(what, how many) it made beside stories."""
        counted = self.run.made.order_by().values_list("kind").annotate(Count("pk"))
        labels = dict(ImportMade.Kind.choices)
        return [(str(labels.get(kind, kind)), count) for kind, count in sorted(counted)]

    @property
    def all_items(self) -> str:
        return f"{reverse(ITEMS)}?run={self.run.pk}"

    @property
    def when(self) -> str:
        return told_moment(self.run.started_at)


def _told(value) -> str:
    return format_html_join(", ", "{}", ((v,) for v in value)) if isinstance(value, list) else value
