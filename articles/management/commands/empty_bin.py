"""manage.py empty_bin: delete for good what has lain in the bin long enough, and what is left."""

from __future__ import annotations

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles import custody, redacting

BATCH = 500


class Command(BaseCommand):
    help = (
        "Delete for good the stories that have lain in the bin for so many days (30, unless "
        "--older-than says otherwise). What was ever published or scheduled is never in it. Also "
        "files of photos that were replaced by a redaction which was killed before it was done."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than",
            metavar="DAYS",
            default=str(custody.KEPT_FOR.days),
            help="days in the bin; 0 empties it",
        )
        parser.add_argument("--plan", action="store_true", help="count them, delete nothing")

    def handle(self, *, older_than, plan, **options):
        if not (older_than.isascii() and older_than.isdecimal() and len(older_than) < 6):
            told = f"--older-than {older_than} is no number of days. Write one like 30."
            raise CommandError(told, returncode=2)
        thrown = custody.of_before(timezone.now() - timedelta(days=int(older_than)))
        if plan:
            self.stdout.write(f"{thrown.count()} would be deleted")
            return
        total = 0
        while batch := list(thrown.order_by("pk").values_list("pk", flat=True)[:BATCH]):
            deleted = custody.empty(thrown.filter(pk__in=batch))
            total += deleted
            if not deleted:  # somebody took them out, or something protects them
                break
        self.stdout.write(f"{total} deleted")
        if files := redacting.left_behind():
            self.stdout.write(f"{files} originals that a redaction had replaced deleted")
