"""manage.py reset_second_factor: for the last administrator who has lost phone and paper."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from newsroom.accounts import second_factor
from newsroom.accounts.pages import note


class Command(BaseCommand):
    help = (
        "Take away the second factor of an account, which sets up another at the next log-in. "
        "At the desk an administrator does the same for others."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="of the account that has lost it")

    def handle(self, *, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”.")
        second_factor.take_away(user)
        note(user, user, "Second factor taken away at the command line.")
        self.stdout.write(f"{username} sets up a second factor at the next log-in.")
