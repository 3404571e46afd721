"""Counting what came of a dump, for the last line and the exit status."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import nullcontext

from django.core.management.base import CommandError

from articles.formats import NotADump, Read
from articles.story import RawBlock


class Tally:
    """How often what happened; `blemishes` counts what `--strict` does not forgive."""

    def __init__(self, counts=None):
        self.counts = Counter() if counts is None else counts
        self.blemishes = 0

    def __getitem__(self, what):
        return self.counts[what]

    def add(self, what, count=1):
        if count:
            self.counts[str(what)] += count

    def see(self, result):
        """Count what a reader of dumps answered, but for the story itself and what it refused."""
        if isinstance(result, Read):
            raw = sum(isinstance(block, RawBlock) for block in result.story.body)
            self.add("repaired or doubted", bool(result.story.notes))
            self.add("raw blocks", raw)
            self.blemishes += raw + len(result.story.notes)
        elif isinstance(result, NotADump):
            self.add("not a dump")
            self.blemishes += 1

    def line(self, *first):
        return line_of(self.counts, *first)


def line_of(counts, *first):
    """ "3 created, 1 refused": the named ones first, and the first of all even when it is 0."""
    names = [name for name in first if counts[name]]
    names += [name for name in counts if name not in names and counts[name]]
    return ", ".join(f"{counts[name]} {name}" for name in names or first[:1])


class Report:
    """`--report`: what became of every item, one JSON object a line. Without a path: nothing."""

    def __init__(self, path):
        try:
            self.file = path.open("w", encoding="utf-8") if path else nullcontext()
        except OSError as error:
            why = error.strerror or error
            raise CommandError(f"--report: {path}: {why}", returncode=2) from error

    def __enter__(self):
        self.stream = self.file.__enter__()
        return self

    def __exit__(self, *error):
        return self.file.__exit__(*error)

    def write(self, path, position, outcome, *, run=None, **told):
        """`told`: what else is known of the item; what is empty is left out."""
        if not self.stream:
            return
        line = {"path": path, "position": position, "outcome": str(outcome)}
        line |= {"run": run and run.pk, **told}
        line = {name: value for name, value in line.items() if value not in (None, "")}
        self.stream.write(json.dumps(line, ensure_ascii=False) + "\n")

    def write_item(self, item, run):
        """Of an item of an import: see `store.Item`."""
        told = {}
        if story := item.story:
            told = {"source": story.source, "source_id": story.source_id, "notes": story.notes}
            told["confidence"] = story.confidence
        told |= {"place": item.place, "reason": str(item.reason)}
        self.write(item.path, item.position, item.outcome, run=run, **told)
