"""How the suite runs: databases like the real ones, files thrown away, nothing slow unasked."""

import json
import os
import shutil
import tempfile
import unittest
from pathlib import Path

from django.db import connections
from django.template import RequestContext, Template
from django.test import SimpleTestCase
from django.test.runner import DiscoverRunner
from django.test.utils import iter_test_cases, override_settings

from articles.tests.parallel import ParallelSuite

GIBIBYTE = 2**30


def quick_folder():
    """A scratch folder, in memory where there is some to spare."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * GIBIBYTE
    inside = memory if roomy else None
    return Path(tempfile.mkdtemp(prefix="newsroom-test-", dir=inside))


class CountingResult(unittest.TextTestResult):
    """Counts what passed itself: how unittest counts the rest changes between Python versions."""

    passed = 0

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.times = {}

    def addTime(self, test, seconds):
        """Told by parallel processes."""
        self.times[test.id()] = round(seconds, 1)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self.passed += 1

    def counts(self):
        """passed, failed, skipped (a test with three failing subtests failed once); what failed
        with its traceback, why others were skipped, seconds by test."""
        told = [*self.failures, *self.errors, *((test, "") for test in self.unexpectedSuccesses)]
        failures = {}
        for test, trace in told:
            failures.setdefault(getattr(test, "test_case", test).id(), trace)
        return {
            "passed": self.passed,
            "failed": len(failures),
            "skipped": len(self.skipped),
            "failures": failures,
            "reasons": [reason for _, reason in self.skipped],
            "times": self.times,
        }


def settle_hypothesis(torture):
    """Property tests: the same examples in every run of `make test`; new ones in torture."""
    from hypothesis import HealthCheck, settings

    settings.register_profile(
        "newsroom",
        deadline=None,
        derandomize=not torture,
        max_examples=2000 if torture else 100,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("newsroom")


def tell_of_whole_pages_only():
    """Django's test client is told of every template that is rendered, with a copy of its context:
    a form of ours has a thousand, one or more for each field, and took twice as long."""
    told = Template._render

    def render(self, context):
        is_page = isinstance(context, RequestContext) and context.template is self
        return told(self, context) if is_page else self.nodelist.render(context)

    Template._render = render  # Django puts its own back at the end


def touches_database(test):
    """Whether it may come out differently on another one."""
    return not isinstance(test, SimpleTestCase) or bool(test.databases)


class NewsroomRunner(DiscoverRunner):
    """Leaves out what is tagged `torture` unless asked for; `--report FILE` writes the counts."""

    parallel_test_suite = ParallelSuite

    @classmethod
    def add_arguments(cls, parser):
        super().add_arguments(parser)
        parser.add_argument("--report", help="A file for the counts, as JSON.")
        parser.add_argument("--storing", action="store_true", help="Only what uses a database.")

    def __init__(self, *args, report=None, storing=False, tags=None, exclude_tags=None, **kwargs):
        self.torture = "torture" in (tags or [])
        if not self.torture:
            exclude_tags = [*(exclude_tags or []), "torture"]
        super().__init__(*args, tags=tags, exclude_tags=exclude_tags, **kwargs)
        self.report = report
        self.storing = storing
        self.folder = None

    def load_tests_for_label(self, *args, **kwargs):
        tests = iter_test_cases(super().load_tests_for_label(*args, **kwargs))
        return [test for test in tests if touches_database(test) or not self.storing]

    def setup_test_environment(self, **kwargs):
        super().setup_test_environment(**kwargs)
        tell_of_whole_pages_only()
        settle_hypothesis(self.torture)
        self.folder = quick_folder()
        self.overridden = override_settings(
            MEDIA_ROOT=str(self.folder / "media"),
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        )
        self.overridden.enable()

    def teardown_test_environment(self, **kwargs):
        self.overridden.disable()
        shutil.rmtree(self.folder, ignore_errors=True)
        super().teardown_test_environment(**kwargs)

    def setup_databases(self, **kwargs):
        for connection in connections.all():
            prepare[connection.vendor](connection, self.folder)
        return super().setup_databases(**kwargs)

    def get_resultclass(self):
        return super().get_resultclass() or CountingResult

    def suite_result(self, suite, result, **kwargs):
        if self.report:
            Path(self.report).write_text(json.dumps(result.counts()))
        return super().suite_result(suite, result, **kwargs)


def prepare_sqlite(connection, folder):
    """A file instead of memory: write-ahead log, locks and threads as in the real thing."""
    connection.settings_dict["TEST"]["NAME"] = str(folder / f"{connection.alias}.sqlite3")
    clone = connection.creation._clone_test_db

    def clone_whole(*args, **kwargs):
        # The clone is a copy of the file; what was just written may still be in the log beside it.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        clone(*args, **kwargs)

    connection.creation._clone_test_db = clone_whole


def prepare_postgresql(connection, folder):
    """No pool: its threads do not survive the fork into parallel processes."""
    connection.settings_dict["OPTIONS"].pop("pool", None)


prepare = {"sqlite": prepare_sqlite, "postgresql": prepare_postgresql}
