"""import_dump --resume: a run goes on where it was cut off, as it was begun."""

import io
import json
import signal
import sys
from unittest.mock import patch

from django.db import OperationalError
from django.utils import timezone

from articles import locks, store
from articles.formats import jsonl
from articles.management import importing
from articles.models import Article, Category, ImportItem, ImportRun

from .browser import NewsroomTransactionTestCase
from .operators import OperatorTestCase, last_run
from .stories import a_story
from .torture import a_dump, everything, finish, some_stories, start, wait_for

STORIES = 12


class ResumeTestCase(OperatorTestCase):
    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(importing, "BATCH", 4))

    def a_dump(self, count=STORIES):
        return self.dump(*(a_story(number) for number in range(count)))

    def cut_off(self, *arguments, after=2, by=KeyboardInterrupt):
        """A run that ends in the batch behind so many; (status, line, messages)."""
        save, batches = store.save_what_fits, []

        def save_some(items, run):
            batches.append(items)
            if len(batches) > after:
                raise by
            return save(items, run)

        with patch.object(store, "save_what_fits", save_some):
            return self.command("import_dump", *arguments)

    def resume(self, *options):
        run = last_run()
        status, line, _messages = self.command("import_dump", "--resume", run.pk, *options)
        return status, line.removeprefix(f"{run}: ")


class GoingOnTests(ResumeTestCase):
    def test_it_goes_on_without_a_path_and_is_the_same_run(self):
        status, line, messages = self.cut_off(self.a_dump())
        run = last_run()
        self.assertEqual((status, line), (1, f"run {run.pk}: 8 created, 1 stopped"))
        self.assertIn(f"Go on with: import_dump --resume {run.pk}", messages)
        self.assertEqual(run.place, [1, str(self.folder / "dump.jsonl"), 8])
        self.assertIsNone(run.finished_at)
        self.assertEqual(self.resume(), (0, "12 created"))
        run = ImportRun.objects.get()
        self.assertEqual((run.place, run.tally), (None, {"created": 12}))
        self.assertIsNotNone(run.finished_at)

    def test_what_is_stored_already_is_not_read_again(self):
        self.cut_off(self.a_dump())
        with patch.object(jsonl, "parse", side_effect=jsonl.parse) as parse:
            self.resume()
        self.assertEqual(parse.call_count, STORIES - 8)

    def test_cut_off_anywhere_and_resumed_it_is_what_one_run_stores(self):
        (self.folder / "readme.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
        self.dump(*(a_story(n) for n in range(6)), b'{"source": "x"', name="a.jsonl")
        self.dump(a_story(3, headline="Changed"), a_story(20), name="b.jsonl")
        told = []
        noon = timezone.now()
        for after in (1, 2, 3, 99):
            with self.subTest(after=after), patch.object(timezone, "now", return_value=noon):
                self.cut_off(self.folder, after=after)
                run = last_run()
                told.append((self.resume()[1].partition(".")[0], everything()))
                self.undo(run)
                ImportRun.objects.filter(kind="undo").delete()
                ImportRun.objects.all().delete()
                self.assertEqual(told[-1], told[0])
        self.assertEqual(told[0][0], "7 created, 1 updated, 1 refused, 1 not a dump")

    def test_it_is_read_as_it_was_begun(self):
        page = "Categories: WorldPorts\n\nThe quay is new\n\nNext week.\n\nShare\n"
        for number in range(STORIES):
            (self.folder / f"page-{number}.txt").write_text(page)
        names = self.folder.parent / f"{self.folder.name}-names.txt"
        names.write_text("World\nPorts\n")
        self.addCleanup(names.unlink)
        self.cut_off(
            *(self.folder, "--source", "gazette", "--timezone", "Asia/Karachi", "--draft"),
            *("--captured-at", "2024-01-29T20:00:00+05:00", "--categories", names),
        )
        names.write_text("Nothing\n")
        self.assertEqual(self.resume()[0], 0)
        self.assertEqual(Article.objects.filter(source="gazette").count(), STORIES)
        self.assertEqual(set(Category.objects.values_list("words", flat=True)), {"World", "Ports"})
        self.assertEqual(len(set(Article.objects.values_list("captured_at", flat=True))), 1)
        self.assertFalse(Article.objects.exclude(path="").exists())

    def test_a_dump_that_is_piped_must_be_piped_again(self):
        dump = b"".join(a_story(n).as_json() + b"\n" for n in range(STORIES))
        for call in (lambda: self.cut_off("-"), self.resume):
            stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(dump)))
            with patch.object(sys, "stdin", stream):
                told = call()
        self.assertEqual(told, (0, "12 created"))

    def test_a_limit_leaves_a_run_that_can_go_on(self):
        dump = self.a_dump()
        status, line, messages = self.command("import_dump", dump, "--limit", 5)
        self.assertEqual((status, line), (0, f"{last_run()}: 5 created"))
        self.assertIn(f"import_dump --resume {last_run().pk}", messages)
        self.assertEqual(self.resume("--limit", 5), (0, "10 created"))
        self.assertEqual(self.resume(), (0, "12 created"))

    def test_a_plan_of_the_rest_says_what_the_rest_will_be(self):
        self.cut_off(self.a_dump())
        before = everything()
        self.assertEqual(self.resume("--plan")[1], "would be: 12 created")
        self.assertEqual(everything(), before)
        self.assertEqual(self.resume(), (0, "12 created"))

    def test_a_database_that_goes_away_is_told_with_the_way_to_go_on(self):
        status, _line, messages = self.cut_off(self.a_dump(), by=OperationalError("gone away"))
        self.assertEqual(status, 1)
        self.assertIn("the database does not answer: gone away", messages)
        self.assertIn(f"import_dump --resume {last_run().pk}", messages)
        self.assertEqual(self.resume(), (0, "12 created"))

    def test_a_full_disk_too(self):
        _status, _line, messages = self.cut_off(self.a_dump(), by=OSError(28, "No space left"))
        self.assertIn("No space left", messages)
        self.assertIn(f"import_dump --resume {last_run().pk}", messages)

    def test_the_report_names_the_run_and_the_place(self):
        report = self.folder.parent / f"{self.folder.name}-report"
        self.addCleanup(report.unlink)
        dump = self.dump(a_story(1, confidence=0.8), a_story(2))
        self.bring(dump, "--report", report)
        first, second = map(json.loads, report.read_text().splitlines())
        self.assertEqual((first["run"], first["confidence"]), (last_run().pk, 0.8))
        self.assertEqual(second["place"], [1, dump, 2])


class RefusedTests(ResumeTestCase):
    def refused(self, *arguments):
        status, _line, messages = self.command("import_dump", *arguments)
        return status, messages

    def test_other_paths_or_options_than_it_was_begun_with_are_wrong_usage(self):
        self.cut_off(self.a_dump(), "--source", "gazette")
        run = last_run()
        for more in (
            ["elsewhere.jsonl"],
            ["--source", "herald"],
            ["--draft"],
            ["--format", "textpage"],
            ["--timezone", "Asia/Karachi"],
        ):
            with self.subTest(more=more):
                status, messages = self.refused("--resume", run.pk, *more)
                self.assertEqual(status, 2)
                self.assertIn(f"{run}", messages)
        self.assertEqual(self.resume("--source", "gazette"), (0, "12 created"))

    def test_a_run_that_is_finished_says_so(self):
        self.bring(self.a_dump())
        line = self.assert_writes_nothing("import_dump", "--resume", last_run().pk)
        self.assertEqual(line, f"{last_run()}: 12 created. It is finished.")
        self.assertEqual(self.resume()[0], 0)

    def test_no_such_run_an_undone_one_and_an_undo_are_wrong_usage(self):
        self.assertEqual(self.refused("--resume", 99)[0], 2)
        self.cut_off(self.a_dump())
        run = last_run()
        self.undo(run)
        for number, why in ((run.pk, "was undone"), (last_run().pk, "imported no dump")):
            status, messages = self.refused("--resume", number)
            self.assertEqual(status, 2)
            self.assertIn(why, messages)

    def test_no_path_at_all_is_wrong_usage(self):
        self.assertEqual(self.refused()[0], 2)

    def test_a_place_that_is_gone_ends_it_and_nothing_is_skipped(self):
        for gone in ("unlink", "shorten"):
            path = self.folder / f"{gone}.jsonl"
            self.cut_off(self.dump(*(a_story(n) for n in range(STORIES)), name=path.name))
            run, whole = last_run(), path.read_bytes()
            if gone == "unlink":
                path.unlink()
            else:
                path.write_bytes(whole[:300])
            status, messages = self.refused("--resume", run.pk)
            self.assertEqual(status, 1)
            self.assertIn("it is not there any more", messages)
            run.refresh_from_db()
            self.assertEqual((run.place[2], run.finished_at), (8, None))
            path.write_bytes(whole)
            self.assertEqual(self.resume()[0], 0)
            self.undo(run)

    def test_a_run_that_another_process_writes_is_left_to_it(self):
        self.cut_off(self.a_dump())
        with patch.object(locks, "hold", return_value=False):
            for option in ("--resume", "--undo"):
                status, messages = self.refused(option, last_run().pk)
                self.assertEqual(status, 1)
                self.assertIn("is being written by another process", messages)
        self.assertEqual(Article.objects.count(), 8)


class OtherProcessTests(NewsroomTransactionTestCase):
    """With processes of their own, as two operators at two terminals."""

    def setUp(self):
        super().setUp()
        for run in list(locks.held):  # tests before this one stored stories without an end
            locks.release(run)

    def test_while_one_imports_another_can_neither_resume_nor_undo_it(self):
        with a_dump(some_stories(1000)) as dump:
            importer = start("import_dump", dump)
            wait_for(ImportItem.objects.exists, importer)
            importer.send_signal(signal.SIGSTOP)
            number = str(ImportRun.objects.get().pk)
            try:
                for option in ("--resume", "--undo"):
                    status, said = finish(start("import_dump", option, number))
                    self.assertEqual(status, 1, said)
                    self.assertIn("another process", said)
            finally:
                importer.send_signal(signal.SIGCONT)
            importer.send_signal(signal.SIGTERM)
            status, said = finish(importer)
            self.assertIn(f"import_dump --resume {number}", said)
            status, said = finish(start("import_dump", "--resume", number))
            self.assertEqual(status, 0, said)
            self.assertIn("1000 created", said)
