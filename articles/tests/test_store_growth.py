"""After an import the database knows how large its tables are, without waiting for a janitor."""

import itertools
from unittest import skipUnless
from unittest.mock import patch

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles import store
from articles.store import statistics

from .stories import a_story

POSTGRESQL = connection.vendor == "postgresql"


@skipUnless(POSTGRESQL, "SQLite plans without statistics")
class GrowthTests(TestCase):
    def setUp(self):
        self.numbers = itertools.count()

    def looks(self, *batches):
        """How often the tables were looked at during a run of batches of such sizes."""
        run = store.Import()
        with patch.object(statistics, "FIRST", 3), CaptureQueriesContext(connection) as queries:
            run.growth = statistics.Growth()
            for size in batches:
                numbers = [next(self.numbers) for _ in range(size)]
                store.save([store.Item(a_story(number)) for number in numbers], run)
            run.finish()
        return sum(query["sql"].startswith("ANALYZE") for query in queries)

    def test_a_few_stories_are_no_reason_to_look(self):
        self.assertEqual(self.looks(1, 1), 0)

    def test_it_looks_when_the_archive_has_grown_manifold_and_at_the_end(self):
        self.assertEqual(self.looks(3), 1)
        self.assertEqual(self.looks(4, 4, 4), 2)
        self.assertEqual(self.looks(4, 16, 4), 3)

    def test_after_it_the_planner_knows_what_is_there(self):
        self.looks(5)
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'articles_version'")
            self.assertEqual(cursor.fetchone(), (5,))
