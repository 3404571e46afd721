"""manage.py import_dump: dumps in, stories on the site. The store decides; this reports."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, ProgrammingError, connection

from articles import companions, formats, store
from articles.formats import Read, Unreadable
from articles.management.progress import Progress
from articles.management.reading import add_reading_arguments, context_from
from articles.management.tally import Report, Tally
from articles.store import Import, Item, Outcome

BATCH = 200


class Command(BaseCommand):
    help = (
        "Import dumps as stories: usable ones go live with their own dates, withheld ones become "
        "working copies, canceled ones are withdrawn. Safe to run again and to interrupt: a story "
        "is never stored twice, and what an editor changed here is never overwritten (held)."
    )

    def add_arguments(self, parser):
        add_reading_arguments(parser)
        parser.add_argument(
            "--plan", action="store_true", help="say what would be done, and write nothing"
        )
        parser.add_argument(
            "--draft", action="store_true", help="publish nothing: usable stories stay drafts too"
        )
        parser.add_argument(
            "--media-root",
            type=Path,
            metavar="DIR",
            help="the folder of the pictures and films that the dump names as files; for text "
            "pages, which name none, PAGE/1.jpg, PAGE/2.jpg and PAGE/video.webm in it",
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE.jsonl",
            help="write what became of every item there, one JSON object a line",
        )
        parser.add_argument(
            "--limit", type=count, default=None, metavar="N", help="stop after N stories"
        )

    def handle(self, *, paths, format, plan, limit, strict, report, **options):
        context = context_from(options)
        # One connection is all it takes; and why it cannot be had, a pool does not tell.
        connection.settings_dict["OPTIONS"].pop("pool", None)
        self.run = run_from(paths, format, context, options)
        self.planned = {} if plan else None
        self.tally = Tally()
        with Report(report) as self.report, Progress(self.stderr) as self.progress:
            try:
                self.import_all(formats.read_paths(paths, format=format, context=context), limit)
            except DatabaseError as error:
                raise CommandError(no_answer(error)) from error
            except OSError as error:  # a full disk, a media folder of somebody else's
                raise CommandError(f"a file cannot be stored: {error}") from error
        would = "would be: " if plan else ""
        self.stdout.write(would + self.tally.line(*Outcome.values))
        blemished = self.tally.blemishes or self.tally[Outcome.HELD]
        if self.tally[Outcome.REFUSED] or self.tally["stopped"] or (strict and blemished):
            raise SystemExit(1)

    def import_all(self, results, limit):
        try:
            self.import_batches(results, limit)
        except KeyboardInterrupt:
            self.stderr.write("stopped; what is told below is stored. Run it again to go on.")
            self.tally.add("stopped")
        finally:
            self.run.finish(dict(self.tally.counts))

    def import_batches(self, results, limit):
        batch, stories = [], 0
        for result in results:
            self.tally.see(result)
            if isinstance(result, Read):
                story = companions.with_files(result.story, self.run.media_root)
                batch.append(Item(story, result.path, result.position))
                stories += 1
            else:
                self.tell(result)
            if len(batch) >= BATCH:
                self.save(batch)
                batch = []
            if stories == limit:
                break
        self.save(batch)

    def tell(self, result):
        """What is no story: refused, or a file beside the dumps."""
        if isinstance(result, Unreadable):
            self.progress.say(str(result))
            self.report.write(result.path, result.position, Outcome.REFUSED, result.reason)
        else:
            self.report.write(result.path, 0, "not a dump", result.reason)

    def save(self, batch):
        if not batch:
            return
        if self.planned is None:
            store.save_what_fits(batch, self.run)
        else:
            store.plan(batch, self.run, self.planned)
        for item in batch:
            self.tally.add(item.outcome)
            self.report.write(item.path, item.position, item.outcome, item.reason, item.story)
            if item.outcome in (Outcome.HELD, Outcome.REFUSED):
                self.progress.say(f"{item.path}:{item.position}: {item.outcome}: {item.reason}")
        for note in self.run.take_notes():
            self.tally.blemishes += 1
            self.progress.say(note)
        self.progress.advance(len(batch))


def count(text):
    """A whole number of 1 or more."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of stories")
    return int(text)


def no_answer(error):
    """Why the database could not be used, and what to do where its tables are not there."""
    told = f"the database does not answer: {str(error).splitlines()[0]}"
    missing = isinstance(error, ProgrammingError) or "no such table" in told
    return f"{told}. Run “manage.py migrate” first." if missing else told


def run_from(paths, format, context, options):
    """The run that the options ask for; CommandError (2) for what cannot be meant."""
    media_root = options["media_root"]
    if media_root and not media_root.is_dir():
        raise CommandError(f"--media-root: there is no folder {media_root}", returncode=2)
    return Import(
        draft=options["draft"],
        media_root=media_root,
        zone=context.timezone,
        paths=[*paths],
        options={"format": format, "source": context.source},
    )
