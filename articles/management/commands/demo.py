"""manage.py demo: a newsroom full of stories to look at, and somebody who may change them."""

from __future__ import annotations

import secrets
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import current_process
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.demo import fronts, samples
from articles.management.progress import Progress

EDITOR = "editor"


class Command(BaseCommand):
    help = (
        "Fill this newsroom with sample stories, pictures and an editor's account, to look at and "
        "to try things on. Safe to run again: nothing is doubled, and what you changed stays. It "
        "refuses with DEBUG off."
    )

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError(
                "demo makes an account that may do everything, and stories that never happened. "
                "It runs only with DEBUG=1."
            )
        self.look_for_tables()
        media = Path(settings.MEDIA_ROOT) / "demo"
        self.draw(media)
        call_command(
            "import_dump",
            *(str(samples.PAGES), str(samples.STORIES)),
            *("--source", samples.SOURCE, "--timezone", "UTC"),
            *("--captured-at", samples.CAPTURED_AT, "--media-root", str(media)),
            stdout=self.stdout,
            stderr=self.stderr,
        )
        password = self.make_editor()
        if password:  # the first time; later it is the editor's own order
            samples.arrange_sections()
            fronts.arrange(get_user_model().objects.get(username=EDITOR))
        self.say_where(password)

    def look_for_tables(self):
        try:
            get_user_model().objects.exists()
        except DatabaseError as error:
            raise CommandError("There are no tables yet. Run: manage.py migrate") from error

    def draw(self, folder):
        """Make the pictures that are not there yet, once: a few seconds on each processor."""
        missing = samples.missing(folder)
        if not missing:
            return
        self.stderr.write(f"Drawing {len(missing)} pictures…")
        with ExitStack() as stack:
            progress = stack.enter_context(Progress(self.stderr, "pictures"))
            at_once = map  # within a process that may have no children, one after the other
            if not current_process().daemon:
                at_once = stack.enter_context(ProcessPoolExecutor()).map
            for _done in at_once(samples.lay_out, *zip(*missing, strict=True)):
                progress.advance(1)

    def make_editor(self):
        """The new account's password; None where the account is there already."""
        users = get_user_model().objects
        if users.filter(username=EDITOR).exists():
            return None
        password = secrets.token_urlsafe(12)
        users.create_superuser(EDITOR, password=password, first_name="Clara", last_name="Editor")
        return password

    def say_where(self, password):
        desk = f"{settings.SITE_URL}/{settings.ADMIN_PATH}"
        self.stdout.write(f"\nReaders see  {settings.SITE_URL}/")
        self.stdout.write(f"Editors use  {desk}  as “{EDITOR}”")
        if password:
            self.stdout.write(f"Password     {password}   (shown this once)")
        else:
            self.stdout.write(
                "Password     as shown the first time; "
                f"“manage.py changepassword {EDITOR}” sets a new one"
            )
