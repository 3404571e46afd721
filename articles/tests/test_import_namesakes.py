"""Files of one name in different folders: the same story again, or another one."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ImportItem, Version

from .pages import LEAD, MORE, RAIL, page
from .test_import_dump import OperatorTestCase
from .torture import writes


class NamesakeTests(OperatorTestCase):
    def put(self, name, headline, lead=LEAD):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        top = f"Categories: World\n\n{headline}"
        path.write_text(page(lead, MORE, top=top, tail=f"Share\n\n{RAIL}"))

    def test_another_story_under_the_name_of_one_is_refused_and_both_are_named(self):
        self.put("january/page-1.txt", "Ferry sails again")
        self.put("february/page-1.txt", "Herring are back", MORE * 2)
        planned = self.run_it(self.folder, "--plan")
        status, line, messages = self.run_it(self.folder)
        self.assertEqual(planned[:2], (status, f"would be: {line}"))
        self.assertEqual((status, line.split(", ")[:2]), (1, ["1 created", "1 refused"]))
        self.assertIn("january/page-1.txt:1: refused: another file of this name", messages)
        self.assertIn("february/page-1.txt. Import them with a --source each", messages)
        self.assertEqual(Article.objects.get().headline, "Herring are back")
        self.assertEqual(Version.objects.count(), 1)

    def test_the_same_folder_a_second_time_is_no_news(self):
        self.put("january/page-1.txt", "Ferry sails again")
        self.put("february/page-1.txt", "Herring are back", MORE * 2)
        self.run_it(self.folder)
        with CaptureQueriesContext(connection) as queries:
            status, line, _messages = self.run_it(self.folder)
        self.assertEqual((status, line.split(", ")[:2]), (1, ["1 unchanged", "1 refused"]))
        self.assertEqual(writes(queries), [])

    def test_a_source_each_keeps_both(self):
        for month in ("january", "february"):
            self.put(f"{month}/page-1.txt", f"The news of {month}")
            self.assertEqual(self.run_it(self.folder / month, "--source", month)[0], 0)
        self.assertEqual(Article.objects.count(), 2)

    def test_another_capture_of_a_page_is_the_page_changed(self):
        self.put("1/page-1.txt", "Ferry sails again")
        self.put("2/page-1.txt", "Ferry sails again", MORE * 2)
        self.assertIn("1 created, 1 updated", self.run_it(self.folder)[1])
        self.assertFalse(ImportItem.objects.filter(outcome="refused").exists())

    def test_a_page_that_has_a_new_headline_in_a_later_dump_is_the_page_changed(self):
        self.put("1/page-1.txt", "Ferry sails again")
        self.run_it(self.folder)
        (self.folder / "1/page-1.txt").unlink()
        self.put("2/page-1.txt", "Ferry sails no more")
        self.assertIn("1 updated", self.run_it(self.folder)[1])
