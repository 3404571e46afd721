"""manage.py import_dump: dumps in, stories on the site. The store decides; this reports."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.management import runs
from articles.management.importing import (
    Importer,
    how_to_go_on,
    in_sentences,
    line,
    links_line,
    stopped_politely,
    without_pool,
)
from articles.management.progress import Progress
from articles.management.reading import add_reading_arguments
from articles.management.tally import Report
from articles.management.undoing import Undoing
from articles.store import Outcome


class Command(BaseCommand):
    help = (
        "Import dumps as stories: usable ones go live with their own dates, withheld ones become "
        "working copies, canceled ones are withdrawn. Safe to run again and to interrupt: a story "
        "is never stored twice, and what an editor changed here is never overwritten (held)."
    )

    def add_arguments(self, parser):
        add_reading_arguments(parser, paths="*")
        parser.add_argument(
            "--plan", action="store_true", help="say what would be done, and write nothing"
        )
        parser.add_argument(
            "--resume",
            type=runs.run_number,
            metavar="RUN",
            help="go on where that run was interrupted, as it was begun; no PATH is needed, but "
            "standard input must come again",
        )
        parser.add_argument(
            "--undo",
            type=runs.run_number,
            metavar="RUN",
            help="take back all that this run did, but for what somebody changed since (held)",
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
        runs.add_telling_arguments(parser)

    def handle(self, *, paths, resume, undo, plan, limit, strict, report, **options):
        without_pool()
        if undo and (paths or resume):
            raise CommandError("--undo RUN stands alone: it needs no PATH", returncode=2)
        run = None
        if not undo:
            run = runs.resumed(resume, paths, options) if resume else runs.begun_by(paths, options)
        with Report(report) as told, Progress(self.stderr) as progress:
            tools = {"plan": plan, "report": told, "progress": progress}
            if undo:
                failed = self.undo(Undoing(runs.the_run(undo), **tools), limit, strict)
            elif run.run and run.run.finished_at:
                self.stdout.write(f"{line(run)}. It is finished.")
                failed = False
            else:
                failed = self.import_all(Importer(run, **tools), limit, strict)
        if failed:
            raise SystemExit(1)

    def undo(self, undoing, limit, strict):
        done = undoing.all(limit)
        self.stdout.write(undoing.line())
        return (not done and limit is None) or (strict and undoing.blemishes)

    def import_all(self, importer, limit, strict):
        """Whether the exit status has to say that something went wrong."""
        run, writes = importer.run, importer.planned is None
        if run.run and writes:
            runs.hold(run.run)
        all_done = stopped = False
        try:
            with stopped_politely(), in_sentences(lambda: f" {how_to_go_on(run)}"):
                all_done = importer.take(runs.reading_of(run), limit)
                if writes:
                    run.finish(all_done=all_done)
        except KeyboardInterrupt:
            stopped = True
            self.stderr.write(f"stopped; what is told below is stored. {how_to_go_on(run)}")
            if writes:
                run.finish(all_done=False)
        finally:
            if run.run and writes:
                runs.release(run.run)
        if run.run and writes and not (all_done or stopped):
            self.stderr.write(f"stopped after {limit} stories. {how_to_go_on(run)}")
        if run.run and writes and (told := links_line(run)):
            self.stdout.write(told)
        self.stdout.write(line(run, plan=not writes) + (", 1 stopped" if stopped else ""))
        blemished = importer.tally.blemishes or run.counts[Outcome.HELD]
        return stopped or run.counts[Outcome.REFUSED] or (strict and blemished)
