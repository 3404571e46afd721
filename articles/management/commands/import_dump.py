"""manage.py import_dump: dumps in, stories on the site. The store decides; this reports."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles import companions, formats, store
from articles.formats import NotADump, Read, Unreadable
from articles.management.progress import Progress
from articles.management.reading import add_reading_arguments, context_from
from articles.store import Import, Item, Outcome
from articles.story import RawBlock

BATCH = 200
ORDER = [*Outcome.values, "no story"]


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
        parser.add_argument("--limit", type=int, metavar="N", help="stop after N stories")

    def handle(self, *, paths, format, plan, draft, media_root, report, limit, strict, **options):
        if media_root and not media_root.is_dir():
            raise CommandError(f"--media-root: there is no folder {media_root}", returncode=2)
        context = context_from(options)
        self.tally, self.blemishes = Counter(), 0
        self.run = Import(
            draft=draft, media_root=media_root, zone=context.timezone, paths=[*paths],
            options={"format": format, "source": context.source},
        )  # fmt: skip
        self.planned = {} if plan else None
        with ExitStack() as stack:
            self.report = stack.enter_context(report.open("w")) if report else None
            self.progress = stack.enter_context(Progress(self.stderr))
            results = formats.read_paths(paths, format=format, context=context)
            try:
                self.import_all(islice(results, limit) if limit else results)
            except KeyboardInterrupt:
                self.stderr.write("stopped; what is told below is stored. Run it again to go on.")
                self.tally["stopped"] += 1
            except DatabaseError as error:
                raise CommandError(
                    f"the database does not answer: {error}", returncode=1
                ) from error
            finally:
                self.run.finish(dict(self.tally))
        return self.close(strict=strict)

    def import_all(self, results):
        batch = []
        for result in results:
            if isinstance(result, Read):
                self.note_blemishes(result)
                story = companions.with_files(result.story, self.run.media_root)
                batch.append(Item(story, result.path, result.position))
                if len(batch) >= BATCH:
                    self.save(batch)
                    batch = []
            else:
                self.tell(result)
        self.save(batch)

    def save(self, batch):
        if not batch:
            return
        if self.planned is None:
            store.save_what_fits(batch, self.run)
        else:
            store.plan(batch, self.run, self.planned)
        for item in batch:
            self.tally[str(item.outcome)] += 1
            self.write_report(item.path, item.position, item.outcome, item.reason, item.story)
            if item.outcome in (Outcome.HELD, Outcome.REFUSED):
                place = f"{item.path}:{item.position}"
                self.progress.say(f"{place}: {item.outcome}: {item.reason}")
        while self.run.notes:
            self.blemishes += 1
            self.progress.say(self.run.notes.pop(0))
        self.progress.advance(len(batch))

    def note_blemishes(self, result):
        story = result.story
        raw = sum(isinstance(block, RawBlock) for block in story.body)
        self.tally["repaired or doubted"] += bool(story.notes)
        self.tally["raw blocks"] += raw
        self.blemishes += raw + len(story.notes)

    def tell(self, result):
        if isinstance(result, Unreadable):
            self.tally[str(Outcome.REFUSED)] += 1
            self.progress.say(str(result))
            self.write_report(result.path, result.position, Outcome.REFUSED, result.reason)
        elif isinstance(result, NotADump):
            self.tally["no story"] += 1
            self.blemishes += 1
            self.write_report(result.path, 0, "no story", result.reason)

    def write_report(self, path, position, outcome, reason, story=None):
        if not self.report:
            return
        line = {"path": path, "position": position, "outcome": str(outcome)}
        if story:
            line |= {"source": story.source, "source_id": story.source_id, "notes": story.notes}
        if reason:
            line["reason"] = reason
        self.report.write(json.dumps(line, ensure_ascii=False) + "\n")

    def close(self, *, strict):
        """Print the tally; leave with the status the contract gives it."""
        told = [what for what in ORDER if self.tally[what]] or [Outcome.UNCHANGED]
        told += [what for what in self.tally if what not in told and self.tally[what]]
        line = ", ".join(f"{self.tally[what]} {what}" for what in told)
        self.stdout.write(f"{'would be: ' if self.planned is not None else ''}{line}")
        held = self.tally[str(Outcome.HELD)]
        if self.tally[str(Outcome.REFUSED)] or self.tally["stopped"]:
            raise SystemExit(1)
        if strict and (self.blemishes or held):
            raise SystemExit(1)
