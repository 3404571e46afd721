"""manage.py read_dump: what is in a dump, as JSON lines, without touching the database."""

import os
import sys

from django.core.management.base import BaseCommand

from articles import formats
from articles.formats import Read, Unreadable
from articles.management.progress import Progress
from articles.management.reading import add_reading_arguments, context_from
from articles.management.tally import Tally


class Command(BaseCommand):
    help = (
        "Read dumps and print each story, whatever its status, as a line of JSON. Problems go to "
        "the standard error as file:item: reason, with a tally at the end. Touches no database. "
        "Exit status: 0 all good, 1 an item was refused or a PATH holds no story, 2 wrong usage."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser):
        add_reading_arguments(parser)

    def handle(self, *, paths, format, strict, **options):
        context = context_from(options)
        self.tally = Tally()
        with Progress(self.stderr) as self.progress:
            try:
                for result in formats.read_paths(paths, format=format, context=context):
                    self.tell(result)
                self.stdout.flush()
            except BrokenPipeError:  # whoever read along has seen enough
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return
        self.close(strict)

    def tell(self, result):
        self.tally.see(result)
        if isinstance(result, Read):
            self.tally.add("stories")
            self.print_line(result.story.as_json())
            self.progress.advance(1)
        elif isinstance(result, Unreadable):
            self.tally.add("refused")
            self.progress.say(str(result))

    def print_line(self, line):
        """UTF-8, whatever the terminal is set to; to a test's StringIO as text."""
        buffer = getattr(self.stdout, "buffer", None)
        if buffer:
            buffer.write(line + b"\n")
        else:
            self.stdout.write(line.decode())

    def close(self, strict):
        self.stderr.write(self.tally.line("stories"))
        if self.tally["refused"] or (strict and self.tally.blemishes):
            raise SystemExit(1)
