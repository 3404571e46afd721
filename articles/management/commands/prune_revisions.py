"""manage.py prune_revisions: throw away old saves that nothing points to."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import pruning

BATCH = 500


class Command(BaseCommand):
    help = (
        "Delete old saves of stories and front pages. What is the newest, was published, came by "
        "an import or waits to be merged is kept, and so is the last one of each day (week, month)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than", type=int, metavar="DAYS", required=True, help="age in days"
        )
        parser.add_argument(
            "--keep-every",
            choices=list(pruning.PERIODS),
            default="day",
            help="of each, keep the last save of each day, week or month (default: day)",
        )
        parser.add_argument("--plan", action="store_true", help="say how much, and delete nothing")

    def handle(self, *, older_than, keep_every, plan, **options):
        if older_than < 0:
            raise CommandError(_("--older-than needs a number of days."))
        before = timezone.now() - timedelta(days=older_than)
        count = size = 0
        act = pruning.measure if plan else pruning.prune
        for saves in (pruning.STORIES, pruning.FRONTS):
            for batch in pruning.unneeded(saves, before, keep_every, BATCH):
                found, characters = act(saves, batch)
                count, size = count + found, size + characters
        what = _("saves to delete") if plan else _("saves deleted")
        told = f"{count} {what}, {size / 1_000_000:.1f} MB"
        self.stdout.write(self.style.SUCCESS(told))
