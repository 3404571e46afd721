"""manage.py prune_sources: drop what was kept of dumps long ago."""

from __future__ import annotations

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles import store
from articles.management import runs
from articles.management.importing import in_sentences


class Command(BaseCommand):
    help = (
        "Drop what was kept of dumps before so many days: it can not be read again then, and not "
        "be compared. What waits for an editor's decision (held, refused) stays, and so does the "
        "record of what became of every item."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than",
            type=runs.days,
            required=True,
            metavar="DAYS",
            help="what was kept within the last DAYS days stays",
        )
        parser.add_argument(
            "--plan", action="store_true", help="say what would be dropped, and write nothing"
        )

    def handle(self, *, older_than, plan, **options):
        before = timezone.now() - timedelta(days=older_than)
        with in_sentences():
            count, size = store.prune(before, plan=plan)
        would = "would be: " if plan else ""
        self.stdout.write(f"{would}{count} sources dropped, {size:,} bytes")
