"""What comes, in batches into the store: the same for dumps and for what was kept of them."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError, ProgrammingError, connection

from articles import companions, store, waiting
from articles.formats import NotADump, Read
from articles.management.memory import seldom_searched, unlogged
from articles.management.tally import Tally, line_of
from articles.store import Import, Item, Outcome

BATCH = 200
GO_ON = "import_dump --resume"


class Importer:
    """Takes results of reading into the newsroom, and tells what became of each.

    `run.counts` is the tally of the whole run, also of the parts that were done before.
    """

    def __init__(self, run: Import, *, plan, report, progress):
        self.run, self.report, self.progress = run, report, progress
        self.planned = store.Planned() if plan else None
        self.tally = Tally(run.counts)

    @seldom_searched()
    @unlogged()
    def take(self, results, limit=None) -> bool:
        """All of it, or so many stories. Returns whether there was no more than that."""
        batch, stories, place = [], 0, []
        for result in results:
            self.tally.see(result)
            if reading := getattr(results, "place", None):
                place = [reading.number, reading.path, reading.position]
            if isinstance(result, NotADump):
                self.report.write(result.path, 0, "not a dump", reason=result.reason)
                continue
            batch.append(self.item(result, place or None))
            stories += isinstance(result, Read)
            if len(batch) >= BATCH or stories == limit:
                self.save(batch)
                batch = []
            if stories == limit:
                return False
        self.save(batch)
        return True

    def item(self, result, place):
        if isinstance(result, Read):
            story = companions.with_files(result.story, self.run.media_root)
            return Item(story, result.path, result.position, result.item, place)
        return Item.refused(result.path, result.position, result.reason, result.item, place)

    def save(self, batch):
        if not batch:
            return
        begun = self.run.run
        if self.planned is None:
            store.save_what_fits(batch, self.run)
        else:
            store.plan(batch, self.run, self.planned)
        if self.run.run is not begun and self.run.kind == "import":
            self.progress.say(
                f"{self.run.run} has begun. If it is cut off: {GO_ON} {self.run.run.pk}"
            )
        for item in batch:
            self.report.write_item(item, self.run.run)
            if item.outcome in (Outcome.HELD, Outcome.REFUSED):
                self.progress.say(told(item))
        for note in self.run.take_notes():
            self.tally.blemishes += 1
            self.progress.say(note)
        self.progress.advance(len(batch))


def line(run: Import, *, plan=False):
    """ "run 17: 412 created, 1 held"."""
    counted = line_of(run.counts, *Outcome.values)
    if plan:
        return f"would be: {counted}"
    return f"{run.run}: {counted}" if run.run else counted


def links_line(run: Import) -> str:
    """ "links: 812 connected, 40 wait": of this run. "" where its stories name none."""
    links = waiting.of_run(run.run)
    told = [f"{links.connected} connected"] if any(links) else []
    told += [f"{links.earlier} of earlier stories"] if links.earlier else []
    if links.waiting:
        wait = "waits" if links.waiting == 1 else "wait"
        told.append(f"{links.waiting} {wait} (manage.py waiting_links)")
    return f"links: {', '.join(told)}" if told else ""


def told(item):
    """ "harbour/0117.txt:1: held: it was edited here"."""
    place = f"{item.path}:{item.position}" if item.position else item.path
    return f"{place}: {item.outcome}: {item.reason}" if item.story else f"{place}: {item.reason}"


def how_to_go_on(run: Import) -> str:
    """What an operator can do about a run that was cut off."""
    if run.run and run.kind == "import":
        return f"Go on with: {GO_ON} {run.run.pk}"
    return "Run it again to go on."


def without_pool():
    """One connection is all a command takes; and why it cannot be had, a pool does not tell."""
    connection.settings_dict["OPTIONS"].pop("pool", None)


@contextmanager
def in_sentences(hint=lambda: ""):
    """What may happen to any of the commands, told in a sentence. `hint()`: what to do then."""
    try:
        yield
    except DatabaseError as error:
        raise CommandError(no_answer(error, hint())) from error
    except OSError as error:  # a full disk, a media folder of somebody else's
        raise CommandError(f"a file cannot be stored: {error}{hint()}") from error


def no_answer(error, hint=""):
    """Why the database could not be used, and what to do: where its tables are not there, make
    them."""
    told = f"the database does not answer: {str(error).splitlines()[0]}"
    missing = isinstance(error, ProgrammingError) or "no such table" in told
    return f"{told}. Run “manage.py migrate” first." if missing else f"{told}{hint}"


@contextmanager
def stopped_politely():
    """A SIGTERM ends a command as Ctrl-C does: with what is stored told."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number, _frame):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
