"""`import_dump --undo RUN`: the store takes back, batch by batch; this reports."""

from __future__ import annotations

from django.core.management.base import CommandError

from articles import store
from articles.management import runs
from articles.management.importing import BATCH, in_sentences, stopped_politely
from articles.management.tally import line_of
from articles.store import Outcome


class Undoing:
    """Newest first; whatever stops it, running it again goes on."""

    def __init__(self, of, *, plan, report, progress):
        try:
            self.undo = store.Undo(of)
        except store.CannotUndo as error:
            raise CommandError(str(error), returncode=2) from error
        self.of, self.report, self.progress = of, report, progress
        self.planned = {} if plan else None
        self.blemishes = 0

    def all(self, limit=None) -> bool:
        """Whether it was all, and not stopped by the operator or at the limit."""
        if self.planned is None:
            runs.hold(self.of)
        again = " Run it again to go on."
        try:
            with stopped_politely(), in_sentences(lambda: again):
                return self.take_back(limit)
        except KeyboardInterrupt:
            self.progress.say("stopped; what is told below is taken back." + again)
            return False
        finally:
            if self.planned is None:
                runs.release(self.of)

    def take_back(self, limit):
        last, seen, size = None, 0, min(BATCH, limit or BATCH)
        while rows := list(self.undo.left(before=last)[:size]):
            last, seen = rows[-1].pk, seen + len(rows)
            size = min(BATCH, limit - seen) if limit else BATCH
            if self.planned is None:
                self.tell(self.undo.take_back(rows))
            else:
                self.tell(self.undo.plan(rows, self.planned))
            if seen == limit:
                return False
        if self.planned is None:
            self.undo.finish()
        return True

    def tell(self, told):
        for row, outcome, reason in told:
            self.report.write(
                *(row.path, row.position, outcome),
                run=self.undo.run,
                source=row.source,
                source_id=row.source_id,
                reason=reason,
            )
            if outcome == Outcome.HELD:
                self.blemishes += 1
                self.progress.say(f"{row.source}:{row.source_id}: held: {reason}")
        self.progress.advance(len(told))

    def line(self):
        """ "run 18: 412 undone, 1 held"."""
        counted = line_of(self.undo.counts, Outcome.UNDONE, Outcome.HELD)
        if not self.undo.counts:
            return f"{self.of}: nothing to undo"
        if self.planned is not None:
            return f"would be: {counted}"
        return f"{self.undo.run}: {counted}" if self.undo.run else counted
