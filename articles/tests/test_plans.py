"""No page reads the archive to show a piece of it. How PostgreSQL fares, `make bench` tells."""

import re
from unittest import skipUnless
from unittest.mock import patch

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .desk import a_client, an_editor
from .newsroom import HOUR, ReaderTestCase, dated, live

# Steps of a plan that grow with the archive: a table from end to end, and all that was ever
# visible, which is all there is, in an order that no list has; all that is in one list.
WHOLE = re.compile(
    r"SCAN articles_(version|article|listing|rendering|revision|link|filing)(?! USING)"
    r"|articles_listing USING (COVERING )?INDEX articles_listing_(category|tag|author)_id"
    r"|articles_version USING (COVERING )?INDEX version_visible_from"
)
# The newest of all by its key: the first step of a walk, and the last.
NEWEST = 'FROM "articles_version" ORDER BY "articles_version"."id" DESC LIMIT 1'


@skipUnless(connection.vendor == "sqlite", "only SQLite's plans are the same at any size")
class PlanTests(ReaderTestCase):
    def setUp(self):
        super().setUp()
        stories = [dated(HOUR * n, number=n, related=()) for n in range(1, 40)]
        self.article = live(*stories)[0]

    def steps(self, client, path):
        """(query, step) of the plans of all that a page asks."""
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        self.assertEqual(response.status_code, 200, path)
        for query in queries.captured_queries:
            if query["sql"].startswith(("SELECT", "WITH")):
                with connection.cursor() as cursor:
                    cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"), [])
                    for row in cursor.fetchall():
                        yield query["sql"], row[-1]

    def check(self, client, paths):
        for path in paths:
            with self.subTest(page=path):
                steps = self.steps(client, path)
                whole = [(s, sql) for sql, s in steps if WHOLE.search(s) and NEWEST not in sql]
                self.assertEqual(whole, [])

    def test_readers_pages_walk_an_index(self):
        day = f"{self.article.published_at:%Y-%m-%d}"
        older = self.page("/world/").css_first("a[rel=next]").attributes["href"]
        lists = ["/", "/world/coast/", f"/world/{older.rpartition('/')[2]}", "/tag/harbour/"]
        lists += ["/author/ines-roth/", "/archive/", f"/archive/{day[:7].replace('-', '/')}/"]
        lists.append(f"/archive/{day.replace('-', '/')}/")
        machines = ["/feed/", "/world/feed/", "/sitemap.xml", f"/sitemap/{day}.xml"]
        pages = [self.article.path, *lists, *machines, "/corrections/", "/news-sitemap.xml"]
        self.check(self.client, pages)

    def test_narrowed_lists_walk_an_index_too(self):
        day = f"{self.article.published_at:%Y-%m-%d}"
        month = f"/archive/{day[:7].replace('-', '/')}/"
        pages = ["/world/?video=1", "/world/?sort=oldest", f"/world/?since={day}&until={day}"]
        pages += ["/world/?tag=harbour&author=ines-roth", "/tag/harbour/?category=world&video=1"]
        pages += [f"{month}?category=world/coast", "/archive/?video=1", "/archive/?tag=ships"]
        self.check(self.client, [*pages, "/world/?tag=nosuch", "/world/?after=1-1"])

    def test_a_list_of_what_is_rare_is_bounded_at_both_ends(self):
        with patch("articles.reading.narrowed.STEPS", 9):
            steps = [step for _sql, step in self.steps(self.client, "/archive/?video=1")]
            bounded = [step for step in steps if "version_newest_first (first_pub" in step]
            self.assertTrue(bounded, steps)
            steps = [s for _sql, s in self.steps(self.client, "/tag/ships/?author=ines-roth")]
            self.assertTrue(
                [s for s in steps if re.search(r"_newest \(\w+=\? AND first", s)], steps
            )

    def test_the_desk_shows_its_newest_without_reading_the_others(self):
        desk = "/admin/articles/article/"
        pages = [desk, f"{desk}?status=live", f"{desk}?p=2", f"{desk}{self.article.pk}/change/"]
        self.check(a_client(an_editor()), pages)
