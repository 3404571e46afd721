"""Progress on a terminal; nothing but the messages otherwise."""

from __future__ import annotations

import sys
import time

EVERY = 10  # seconds between two plain lines


class Progress:
    """`with Progress(stderr) as progress`: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, stderr, noun="stories"):
        self.stderr, self.noun = stderr, noun
        self.done, self.started = 0, time.monotonic()
        self.told = self.started
        self.bar = None

    def __enter__(self):
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar
            from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

            self.bar = Bar(
                SpinnerColumn(),
                TextColumn("{task.completed} " + self.noun),
                TextColumn("{task.fields[speed]}"),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self.task = self.bar.add_task(self.noun, total=None, speed="")
            self.bar.start()
        return self

    def __exit__(self, *_error):
        if self.bar:
            self.bar.stop()

    def advance(self, count):
        self.done += count
        now = time.monotonic()
        speed = f"{self.done / max(now - self.started, 0.001):.0f}/s"
        if self.bar:
            self.bar.update(self.task, completed=self.done, speed=speed)
        elif now - self.told >= EVERY:
            self.told = now
            self.stderr.write(f"{self.done} {self.noun}, {speed}")

    def say(self, line):
        """A message that stays."""
        if self.bar:
            self.bar.console.print(line, markup=False, highlight=False)
        else:
            self.stderr.write(line)
