"""manage.py reindex: make every derived row anew from the Versions."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles import derive, search
from articles import related as suggestions
from articles.models import Revision, Version


class Command(BaseCommand):
    help = (
        "Make anew what is derived: listings, links and renderings of all published versions, and "
        "the index for searching. Safe at any time: readers see each page whole, old or new."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--live", action="store_true", help="only what readers see now, not its history"
        )
        parser.add_argument(
            "--related",
            action="store_true",
            help="also which stories belong beside which: several searches a story",
        )

    def handle(self, *, live, related, **options):
        versions = Version.objects.live() if live else Version.objects.all()
        done = 0
        for count in derive.again(versions):
            done += count
            self.stdout.write(_("%(done)s versions") % {"done": done})
        texts = Revision.objects.filter(versions__in=versions).distinct() if live else None
        found = sum(search.again(texts))
        self.stdout.write(_("%(done)s texts to be found by searching") % {"done": found})
        if related:
            beside = sum(suggestions.again())
            self.stdout.write(
                _("%(done)s stories with what belongs beside them") % {"done": beside}
            )
        self.stdout.write(self.style.SUCCESS(_("reindexed %(done)s versions") % {"done": done}))
