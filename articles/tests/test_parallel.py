"""A failure must be told whatever it is made of, and never take the other results with it."""

import sys

from django.test import SimpleTestCase

from articles.tests.parallel import PortableResult, portable, travels


def failure(error):
    """What unittest hands to a result for it."""
    try:
        raise error
    except Exception:
        return sys.exc_info()


class Stuck(Exception):
    """Cannot be copied to another process."""

    def __reduce__(self):
        raise TypeError("stuck here")


class PortableTests(SimpleTestCase):
    def test_an_ordinary_failure_travels_as_it_is(self):
        told = failure(ValueError("no headline"))
        PortableResult()  # installs the pickling of tracebacks
        self.assertIs(portable(told), told)

    def test_a_failure_that_cannot_be_copied_travels_as_its_text(self):
        told = portable(failure(Stuck("the page was empty")))
        self.assertTrue(travels(told))
        self.assertIn("the page was empty", str(told[1]))

    def test_a_subtest_that_cannot_be_copied_still_fails_its_test(self):
        result = PortableResult()
        result.startTest(self)
        holder = SubTest(self)
        result.addSubTest(self, holder, failure(Stuck("only here")))
        kind, _, err = result.events[-1]
        self.assertEqual(kind, "addFailure")
        self.assertIn("for one story", str(err[1]))


class SubTest:
    """Stands in for unittest's own, which holds the test and all that the test holds."""

    def __init__(self, test):
        self.test, self.held = test, lambda: None
        self.failureException = AssertionError

    def __str__(self):
        return "for one story"
