"""manage.py waiting_links: related stories that are named, and not here or not the only one."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from articles import waiting
from articles.management.runs import count

WHY = {
    "none": _("nothing here has it"),
    "several": _("several have it: %(which)s"),
    "itself": _("only the story itself has it"),
}


class Command(BaseCommand):
    help = (
        "Print the headlines that wait for their story, most wanted first: how many stories name "
        "each, and why it waits. Links are connected by themselves when the story comes; where "
        "several have a headline, an editor says which one is meant (Articles, Waiting headlines)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--json", action="store_true", help="one JSON object a line, for a script"
        )
        parser.add_argument(
            "--limit", type=count, default=None, metavar="N", help="the N most wanted only"
        )

    def handle(self, *, json, limit, **options):
        for found in waiting.waiting(limit=limit):
            self.stdout.write(as_json(found) if json else in_words(found))
        if not json:
            headlines, links = waiting.totals()
            told = _("%(headlines)s headlines wait, in %(links)s links")
            self.stdout.write(told % {"headlines": headlines, "links": links})


def in_words(found):
    lines = [_("%(n)s× %(headline)s") % {"n": found.wanted, "headline": found.headline}]
    lines.append("    " + _("wanted by: %s") % listed(found.wanted_by, found.wanted))
    lines.append("    " + WHY[found.why] % {"which": listed(found.candidates, 0)})
    return "\n".join(lines)


def listed(articles, there_are):
    """ "3 “Gate opens” (wire:gate), 7 …": keys first, because the admin goes by them."""
    told = ", ".join(
        f"{article.pk} “{article.headline}” ({article.source}:{article.source_id})"
        for article in articles
    )
    return f"{told}, …" if there_are > len(articles) else told


def as_json(found):
    told = {
        "headline": found.headline,
        "wanted": found.wanted,
        "why": found.why,
        "wanted_by": [as_dict(article) for article in found.wanted_by],
        "candidates": [as_dict(article) for article in found.candidates],
    }
    return json.dumps(told, ensure_ascii=False)


def as_dict(article):
    names = ("headline", "source", "source_id", "source_url", "path")
    return {"id": article.pk, **{name: getattr(article, name) for name in names}}
