"""manage.py reread: what was kept of imports, read again by today's readers."""

from __future__ import annotations

from collections import Counter

from django.core.management.base import BaseCommand

from articles import store
from articles.formats import AUTO
from articles.management import runs
from articles.management.importing import Importer, in_sentences, line, stopped_politely
from articles.management.progress import Progress
from articles.management.reading import format_name
from articles.management.tally import Report, line_of
from articles.models import ImportRun
from articles.store import Import, Outcome


class Command(BaseCommand):
    help = (
        "Read again what was kept of imports, with the reader of today: of each story the newest "
        "that came. A story that reads better is updated, one that was refused and can be read "
        "now is created, and what an editor changed here is never overwritten (held)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--run", type=runs.run_number, metavar="RUN", help="only what that run brought"
        )
        parser.add_argument(
            "--source", default="", metavar="NAME", help="only stories of that source"
        )
        parser.add_argument(
            "--format",
            type=format_name,
            default=AUTO,
            metavar="NAME",
            help="only what came in that format",
        )
        parser.add_argument(
            "--plan", action="store_true", help="say what would be done, and write nothing"
        )
        parser.add_argument(
            "--strict",
            action="store_true",
            help="exit with 1 also when something was repaired, doubted, or held",
        )
        runs.add_telling_arguments(parser)

    def handle(self, *, run, source, format, plan, strict, report, limit, **options):
        items = store.kept_items(
            run=runs.the_run(run) if run else None,
            source=source,
            format="" if format == AUTO else format,
        )
        self.counts, self.blemishes, stopped = Counter(), 0, False
        with Report(report) as told, Progress(self.stderr) as progress:
            tools = {"plan": plan, "report": told, "progress": progress}
            try:
                with stopped_politely(), in_sentences():
                    self.read_again(items, limit, tools)
            except KeyboardInterrupt:
                stopped = True
                self.stderr.write("stopped; what is told below is stored. Run it again to go on.")
        would = "would be: " if plan else ""
        self.stdout.write(would + line_of(self.counts, *Outcome.values))
        blemished = self.blemishes or self.counts[Outcome.HELD]
        if stopped or self.counts[Outcome.REFUSED] or (strict and blemished):
            raise SystemExit(1)

    def read_again(self, items, limit, tools):
        """What each run brought, as that run was told to read it: a run of its own."""
        for key in sorted(set(items.order_by().values_list("run", flat=True))):
            left = limit and limit - self.stories
            if left == 0:
                return
            before = ImportRun.objects.get(pk=key)
            run = Import.again(before)
            importer = Importer(run, **tools)
            try:
                importer.take(store.read_again(items.filter(run=before)), left)
            finally:
                self.counts += run.counts
                self.blemishes += importer.tally.blemishes
                run.finish()
            if run.run:
                self.stdout.write(f"{line(run)} ({before} read again)")

    @property
    def stories(self):
        return sum(self.counts[outcome] for outcome in Outcome.values)
