"""Imports that are killed, that fail at every single write, and that run at the same time."""

import random
import re
import time
from io import StringIO
from unittest.mock import patch

from django.core.management import CommandError, call_command
from django.db import DataError, OperationalError, connection, transaction
from django.test import TestCase, tag
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ImportItem, Version
from articles.story import PubStatus

from .browser import NewsroomTransactionTestCase
from .stories import a_full_story, a_story
from .torture import (
    WRITES,
    a_dump,
    everything,
    finish,
    kill,
    some_stories,
    start,
    wait_for,
    writes,
)

KILLS, STORIES = 10, 1000


def imported(path, *options):
    """The last line of the command, run in this process, without the number of the run."""
    out = StringIO()
    call_command("import_dump", str(path), *options, stdout=out, stderr=StringIO())
    return re.sub(r"^run \d+: ", "", out.getvalue().strip())


@tag("torture")
class KilledImportTests(NewsroomTransactionTestCase):
    def test_killed_ten_times_and_run_once_more_it_stores_what_one_run_stores(self):
        chance = random.Random()
        with a_dump(some_stories(STORIES)) as dump:
            reached = []
            for number in range(KILLS):
                begun = dump.with_name(f"report-{number}")
                process = start("import_dump", dump, "--report", begun)
                wait_for(begun.exists, process)
                # In this batch, or in the next: however slow the machine is.
                goal = Article.objects.count() + chance.choice((0, 1))
                wait_for(lambda goal=goal: Article.objects.count() >= goal, process)
                time.sleep(chance.uniform(0, 0.4))
                kill(process)
                reached.append(self.whole_batches())
            status, said = finish(start("import_dump", dump))
            self.assertEqual(status, 0, said)
            with CaptureQueriesContext(connection) as queries:
                self.assertTrue(imported(dump).startswith(f"{STORIES} unchanged"))
            self.assertEqual(writes(queries), [])
            after_kills = everything()
            self._fixture_teardown()
            imported(dump)
            self.assertEqual(after_kills, everything())
        # At least one kill hit an import at work, else this test has shown nothing.
        self.assertTrue(any(0 < count < STORIES for count in reached), reached)

    def whole_batches(self):
        """How many stories are stored; each of them with everything that belongs to it."""
        count = Article.objects.count()
        self.assertEqual(ImportItem.objects.count(), count)
        self.assertEqual(Version.objects.filter(rendering__isnull=False).count(), count)
        self.assertFalse(Article.objects.filter(head=None).exists())
        return count


class FailingWrites:
    """Lets every write through but one."""

    def __init__(self, number, error):
        self.left, self.error = number, error

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().startswith(WRITES):
            self.left -= 1
            if self.left == 0:
                raise self.error
        return execute(sql, params, many, context)


def a_small_dump():
    """New stories, a withheld, a newer version of one, and one that is taken down."""
    yield a_full_story(source_id="full", version="1")
    yield a_story(2, pubstatus=PubStatus.WITHHELD)
    yield a_story(3)
    yield a_full_story(source_id="full", version="2", headline="The gate is shut")
    yield a_story(3, pubstatus=PubStatus.CANCELED)


class EveryWriteTests(TestCase):
    @tag("torture")
    def test_a_database_that_fails_at_any_write_leaves_whole_batches(self):
        with a_dump(list(some_stories(4))) as dump, self.in_batches_of(2):
            whole, failures = self.once(dump), 0
            for number in range(1, 1000):
                with self.taken_back(), self.subTest(write=number):
                    failing = FailingWrites(number, OperationalError("the disk is full"))
                    try:
                        with connection.execute_wrapper(failing):
                            imported(dump)
                    except CommandError as error:
                        self.assertIn("the disk is full", str(error))
                        failures += 1
                    transaction.set_rollback(False)  # nothing around the command in real life
                    self.assertIn(Article.objects.count(), (0, 2, 4))
                    self.assertEqual(Article.objects.count(), ImportItem.objects.count())
                    imported(dump)
                    self.assertEqual(everything(), whole)
                if failing.left > 0:
                    break
        self.assertGreater(failures, 30)

    def test_a_story_the_database_refuses_once_is_stored_alone(self):
        with a_dump(list(some_stories(4))) as dump, self.in_batches_of(4):
            whole = self.once(dump)
            for number in (1, 5, 9):
                with self.taken_back(), self.subTest(write=number):
                    with connection.execute_wrapper(FailingWrites(number, DataError("no"))):
                        self.assertTrue(imported(dump).startswith("4 created"))
                    self.assertEqual(everything(), whole)

    def test_all_that_can_become_of_a_story_is_done_once(self):
        with a_dump(a_small_dump()) as dump:
            first = imported(dump)
            self.assertTrue(first.startswith("3 created, 1 updated, 1 withdrawn"), first)
            before = everything()
            with CaptureQueriesContext(connection) as queries:
                imported(dump)
            self.assertEqual(writes(queries), [])
            self.assertEqual(everything(), before)

    def in_batches_of(self, size):
        return patch("articles.management.importing.BATCH", size)

    def once(self, dump):
        """What a run that nothing happens to stores."""
        with self.taken_back():
            imported(dump)
            return everything()

    def taken_back(self):
        return _TakenBack()


class _TakenBack(transaction.Atomic):
    """A transaction that is undone at its end."""

    def __init__(self):
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *error):
        if not error[0]:
            transaction.set_rollback(True)
        super().__exit__(*error)


@tag("torture")
class TwoImportsTests(NewsroomTransactionTestCase):
    def test_two_imports_of_one_dump_at_once_double_nothing(self):
        with a_dump(some_stories(600)) as dump:
            both = [start("import_dump", dump) for _ in range(2)]
            for status, said in map(finish, both):
                self.assertNotIn("Traceback", said)
                self.assertEqual(status, 0, said)
            with CaptureQueriesContext(connection) as queries:
                self.assertTrue(imported(dump).startswith("600 unchanged"))
            self.assertEqual(writes(queries), [])
            self.assertEqual(Version.objects.count(), 600)
            together = everything()
            self._fixture_teardown()
            imported(dump)
            self.assertEqual(_without_order(together), _without_order(everything()))


def _without_order(told):
    """Which of two stories of one name on one day came first is left to chance here."""
    return [row for row in told if row[0] not in ("article", "link")]
