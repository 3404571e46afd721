"""manage.py redact: words leave every copy of a story, or the whole story does."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles import redacting
from articles.models import Article, Version


class Command(BaseCommand):
    help = (
        "Take words out of every copy of a story: revisions, versions, what came of dumps, the "
        "search, pages, caches. The record of who, when and why stays. It cannot be undone; look "
        "with --plan first."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "story", metavar="STORY|VERSION", help="its number, its address, or v and a version's"
        )
        parser.add_argument("--why", required=True, help="the reason; it stays in the record")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--words",
            action="append",
            metavar="WORDS",
            help="a phrase to take out; may be given again; - reads one a line from stdin",
        )
        what.add_argument(
            "--all", action="store_true", help="the whole story: only a tombstone stays"
        )
        parser.add_argument(
            "--plan", action="store_true", help="say what would be touched, and touch nothing"
        )
        parser.add_argument(
            "--backups", type=Path, metavar="DIR", help="name the files there that hold the words"
        )

    def handle(self, *, story, why, words, plan, backups, **options):
        phrases = sys.stdin.read().splitlines() if words == ["-"] else words
        try:
            wanted = redacting.Everything() if options["all"] else redacting.Words(phrases)
            told = redacting.redact(found(story), wanted, by=None, why=why, plan=plan)
        except (redacting.RedactionRefused, ValueError) as error:
            raise CommandError(str(error)) from error
        would = "would be: " if plan else ""
        for what, number in sorted(told.counts.items()):
            self.stdout.write(f"{would}{what}: {number}")
        for line in told.stays:
            self.stdout.write(f"stays: {line}")
        for line in self._backups(told, backups):
            self.stdout.write(line)

    def _backups(self, told, folder):
        moments = (told.since, told.until)
        since, until = (moment and moment.isoformat(timespec="seconds") for moment in moments)
        yield f"backups made from {since} to {until} still hold it"
        for path in sorted(folder.iterdir()) if folder else []:
            made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if path.is_file() and told.since and made >= told.since:
                yield f"backup of {made.isoformat(timespec='seconds')}: {path}"


def found(name: str) -> Article:
    """The story of this number, address, or version."""
    if name.startswith("v") and name[1:].isdecimal():
        version = Version.objects.filter(pk=int(name[1:])).select_related("article").first()
        article = version and version.article
    else:
        key = {"pk": int(name)} if name.isdecimal() else {"path": name}
        article = Article.objects.filter(**key).first()
    if article is None:
        raise CommandError(f"{name}: there is no such story")
    return article
