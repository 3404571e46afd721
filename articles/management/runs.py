"""The runs that an operator names: `--resume RUN`, `--undo RUN`, `--run RUN`."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError, InterfaceError

from articles import locks, store
from articles.formats import AUTO, Place, Reading, Unreadable
from articles.formats.driver import GONE
from articles.management.reading import context_from
from articles.models import ImportRun
from articles.store import Import

WORDS = ("format", "source", "timezone", "captured_at", "categories", "draft", "media_root")
NOT_GIVEN = (None, "", False, AUTO)


def run_number(text):
    if not text.isdecimal() or not 0 < int(text) < 2**63:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of a run")
    return int(text)


def count(text):
    """A whole number of 1 or more."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of stories")
    return int(text)


def add_telling_arguments(parser):
    """How much is to be done, and where to tell what was: of all commands that import."""
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE.jsonl",
        help="write what became of every item there, one JSON object a line",
    )
    parser.add_argument(
        "--limit", type=count, default=None, metavar="N", help="stop after N stories"
    )


def days(text):
    if not text.isdecimal() or int(text) > 36500:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days")
    return int(text)


def the_run(number) -> ImportRun:
    run = ImportRun.objects.filter(pk=number).first()
    if run is None:
        raise CommandError(f"there is no run {number}", returncode=2)
    return run


def hold(run: ImportRun) -> None:
    """Nobody else may write this run meanwhile; refused while somebody does."""
    if not locks.hold(run.pk):
        raise CommandError(f"{run} is being written by another process")


def begun_by(paths, options) -> Import:
    """The run that the options ask for; CommandError (2) for what cannot be meant."""
    if not paths:
        raise CommandError("a PATH is needed, or --resume RUN, or --undo RUN", returncode=2)
    return Import.told(_told(options), paths=[*paths])


def resumed(number, paths, options) -> Import:
    """The run that is to go on, read as it was begun."""
    run = the_run(number)
    if run.kind != ImportRun.Kind.IMPORT:
        raise CommandError(f"{run} imported no dump: it cannot go on", returncode=2)
    if run.followed_by.filter(kind=ImportRun.Kind.UNDO).exists():
        raise CommandError(f"{run} was undone: import the dump again", returncode=2)
    if paths and [*paths] != run.paths:
        raise CommandError(f"{run} is of other PATHs: {' '.join(run.paths)}", returncode=2)
    asked = _told(options)
    for name in WORDS:
        if options[name] not in NOT_GIVEN and asked[name] != run.options.get(name):
            option = "--" + name.replace("_", "-")
            raise CommandError(
                f"{option}: {run} was begun with {run.options.get(name) or 'none'}", returncode=2
            )
    _there(run.options.get("media_root"))
    return Import.going_on(run)


def reading_of(run: Import) -> Reading:
    """What this run reads: all of it, or what lies behind the place where it stood."""
    row = run.run
    place = Place(*row.place) if row and row.place else None
    reading = Reading(
        run.paths,
        format=run.options["format"],
        context=store.context_of(run.options),
        learned=run.learned or None,
        after=place,
    )
    run.learned = reading.learned  # filled as it reads
    return Checked(reading) if place else reading


class Checked:
    """A reading that goes on: it ends the command where the place it stood at is gone."""

    def __init__(self, reading):
        self.reading = reading

    @property
    def place(self):
        return self.reading.place

    def __iter__(self):
        for result in self.reading:
            if isinstance(result, Unreadable) and result.reason.startswith(GONE):
                raise CommandError(f"{result}. Nothing is lost: bring it back, and resume again.")
            yield result


def _told(options):
    _there(options["media_root"])
    return store.options_told(
        context_from(options),
        format=options["format"],
        draft=options["draft"],
        media_root=options["media_root"],
    )


def _there(folder):
    if folder and not Path(folder).is_dir():
        raise CommandError(f"--media-root: there is no folder {folder}", returncode=2)


def release(run: ImportRun) -> None:
    """A database that is gone has let go of it already."""
    with suppress(DatabaseError, InterfaceError):
        locks.release(run.pk)
