"""Tests in several processes: each with files of its own, and with failures that can travel."""

import multiprocessing
import pickle
import time
import traceback

from django.conf import settings
from django.test.runner import (
    ParallelTestSuite,
    RemoteTestResult,
    RemoteTestRunner,
    _init_worker,
)
from django.test.utils import override_settings


def init_worker(*args, **kwargs):
    """A parallel process keeps its pictures to itself."""
    _init_worker(*args, **kwargs)
    own = f"{settings.MEDIA_ROOT}-{multiprocessing.current_process().pid}"
    override_settings(MEDIA_ROOT=own).enable()


def travels(thing):
    try:
        pickle.loads(pickle.dumps(thing))
    except Exception:  # whatever a class may do when it is copied
        return False
    return True


def portable(err, about=""):
    """An exc_info that survives the way to the parent process: itself, or else its text."""
    if travels(err) and not about:
        return err
    told = "".join(traceback.format_exception(*err))
    return AssertionError, AssertionError(f"{about}\n{told}"), None


class PortableResult(RemoteTestResult):
    """Django's own ends the whole run, without counts, when one failure cannot be pickled."""

    begun = None

    def startTest(self, test):
        super().startTest(test)
        self.begun = time.monotonic()

    def stopTest(self, test):
        # Python 3.11 tells no durations; 3.12 stops tests it skipped without having started them.
        if self.begun is not None:
            self.events.append(("addTime", self.test_index, time.monotonic() - self.begun))
            self.begun = None
        super().stopTest(test)

    def addError(self, test, err):
        super().addError(test, portable(err))

    def addFailure(self, test, err):
        super().addFailure(test, portable(err))

    def addSubTest(self, test, subtest, err):
        if err is None or travels(subtest):
            super().addSubTest(test, subtest, err and portable(err))
        else:
            super().addFailure(test, portable(err, about=str(subtest)))


class PortableRunner(RemoteTestRunner):
    resultclass = PortableResult


class ParallelSuite(ParallelTestSuite):
    init_worker = init_worker
    runner_class = PortableRunner
