"""How the suite runs: databases like the real ones, files thrown away, nothing slow unless asked for."""

import json
import multiprocessing
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.test.runner import DiscoverRunner, ParallelTestSuite, _init_worker
from django.test.utils import override_settings


def quick_folder():
    """A scratch folder, in memory where there is some to spare."""
    memory = Path("/dev/shm")
    inside = memory if os.access(memory, os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="newsroom-test-", dir=inside))


def init_worker(*args, **kwargs):
    """A parallel process keeps its pictures to itself."""
    _init_worker(*args, **kwargs)
    settings.MEDIA_ROOT = f"{settings.MEDIA_ROOT}-{multiprocessing.current_process().pid}"


class ParallelSuite(ParallelTestSuite):
    init_worker = init_worker


class NewsroomRunner(DiscoverRunner):
    """Leaves out what is tagged `torture` unless it is asked for; `--report FILE` writes the counts."""

    parallel_test_suite = ParallelSuite

    @classmethod
    def add_arguments(cls, parser):
        super().add_arguments(parser)
        parser.add_argument("--report", help="A file for the counts, as JSON.")

    def __init__(self, *args, report=None, tags=None, exclude_tags=None, **kwargs):
        if "torture" not in (tags or []):
            exclude_tags = [*(exclude_tags or []), "torture"]
        super().__init__(*args, tags=tags, exclude_tags=exclude_tags, **kwargs)
        self.report = report
        self.folder = None

    def setup_test_environment(self, **kwargs):
        super().setup_test_environment(**kwargs)
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

    def suite_result(self, suite, result, **kwargs):
        if self.report:
            Path(self.report).write_text(json.dumps(counts(result)))
        return super().suite_result(suite, result, **kwargs)


def prepare_sqlite(connection, folder):
    """A file instead of memory: write-ahead log, locks and threads as in the real thing."""
    connection.settings_dict["TEST"]["NAME"] = str(folder / f"{connection.alias}.sqlite3")
    clone = connection.creation._clone_test_db

    def clone_whole(*args, **kwargs):
        # The clone is a copy of the file, and what was just written may still be in the log beside it.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        clone(*args, **kwargs)

    connection.creation._clone_test_db = clone_whole


def prepare_postgresql(connection, folder):
    """No pool: its threads do not survive the fork into parallel processes."""
    connection.settings_dict["OPTIONS"].pop("pool", None)


prepare = {"sqlite": prepare_sqlite, "postgresql": prepare_postgresql}


def counts(result):
    """passed, failed and skipped, and why each was skipped."""
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    return {
        "passed": result.testsRun - failed - skipped,
        "failed": failed,
        "skipped": skipped,
        "reasons": [reason for _, reason in result.skipped],
    }
