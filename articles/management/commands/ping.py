"""manage.py ping: tell the hub which feeds have changed."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles import locks, websub

LONGEST = timedelta(seconds=50)  # less than a minute: so often it is run


class Command(BaseCommand):
    help = (
        "Tell the hub (WEBSUB_HUB) which feeds have changed since it was told last: published, "
        "corrected, withdrawn, or come to their moment. For a timer, once a minute; it ends by "
        "itself, and what it did not get to say is said by the next."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--plan", action="store_true", help="print the feeds that have changed, tell nobody"
        )

    def handle(self, *, plan, **options):
        now = timezone.now()
        if plan:
            for topic, _digest, _feed in websub.changed(now):
                self.stdout.write(topic)
            return
        if not settings.WEBSUB_HUB:
            raise CommandError("WEBSUB_HUB is not set: there is nobody to tell.", returncode=2)
        if not locks.hold(locks.PINGS):
            self.stdout.write("another process is telling the hub")
            return
        try:
            self.tell(now)
        finally:
            locks.release(locks.PINGS)

    def tell(self, now):
        try:
            done = websub.tell(settings.WEBSUB_HUB, now, LONGEST)
        except websub.HubAway as error:
            raise CommandError(f"The hub is away ({error}). The next run tells it.") from error
        late = ", the next run tells the rest" if done.late else ""
        self.stdout.write(f"{len(done.told)} told, {len(done.refused)} refused{late}")
        if done.refused:
            raise CommandError(f"The hub takes none of: {' '.join(done.refused)}")
