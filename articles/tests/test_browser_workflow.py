"""From a draft to readers in a browser: review, the checklist, a correction, a withdrawal."""

from articles.models import Article, Review
from articles.tests.browser import BrowserTestCase
from articles.tests.desk import PERMISSIONS, an_editor, begun, stored, url_of
from articles.tests.stories import a_story


class WorkflowTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.chief = an_editor("vera", (*PERMISSIONS, "review_article", "view_auditentry"))
        self.reader = self.phone()

    def desk(self, who, where="/admin/"):
        page = self.desktop()
        self.log_in(page, who)
        page.goto(where)
        return page

    def press(self, page, button):
        with page.expect_navigation():
            page.locator(button).click()

    def confirm(self, page):
        self.press(page, "#content .submit-row [type=submit]")

    def told(self, page):
        return page.locator(".messagelist").inner_text()

    def checklist(self, page):
        return [line.inner_text() for line in page.locator(".checklist li").all()]

    def read(self, path):
        """(status, what stands there) for a reader."""
        answer = self.reader.goto(path)
        return answer.status, self.reader.locator("main").inner_text()

    def test_what_a_writer_submits_is_found_on_the_dashboard_and_approved(self):
        writer = an_editor("rosa", ("view_article", "change_article", "add_article"))
        article = begun(writer, headline="Fog on the sound")
        page = self.desk(writer, url_of(article))
        page.locator("#id_standfirst").fill("Ferries wait.")
        self.press(page, ".submit-row [name=_submit]")
        self.assertIn("It waits for review", self.told(page))

        page = self.desk(self.chief)
        self.press(page, "#dashboard-review a >> text=Fog on the sound")
        self.assertIn("in review", page.locator(".workflow").inner_text())
        self.press(page, ".workflow .act-approve")
        self.confirm(page)
        self.assertIn(
            "approved\nvera", page.locator(".workflow").inner_text().replace(" vera", "\nvera", 1)
        )
        self.assertEqual(Review.objects.get().state, "approved")
        self.press(page, ".submit-row [name=_publish]")
        status, text = self.read(Article.objects.get().path)
        self.assertEqual(status, 200)
        self.assertIn("Ferries wait.", text)
        self.assertNotIn("vera", text)

    def test_the_checklist_stops_a_story_until_somebody_takes_it_on(self):
        article = stored(a_story(headline="Fog on the sound", categories=()))
        page = self.desk(self.chief, url_of(article))
        self.press(page, ".submit-row [name=_publish]")
        lines = self.checklist(page)
        self.assertEqual(lines[0], "Stops it: It is in no category.")
        self.assertIn("Look at it: Nobody has approved it.", lines)
        self.confirm(page)
        self.assertIn("Put it right, or say", page.locator("#content").inner_text())
        self.assertEqual(Article.objects.get().path, "")
        page.locator("[name=waive]").check()
        self.confirm(page)
        self.assertIn("Version 1 is live", self.told(page))
        self.press(page, ".workflow >> text=Audit log")
        self.assertIn("checks waived", page.locator("#result_list").inner_text())

    def test_a_correction_is_told_to_readers_and_a_withdrawal_takes_the_story_away(self):
        article = stored(a_story(headline="Five boats in the fog"))
        page = self.desk(self.chief, url_of(article))
        self.press(page, ".submit-row [name=_publish]")
        path = Article.objects.get().path
        self.assertIn("Five boats", self.read(path)[1])

        page.locator("#id_headline").fill("Six boats in the fog")
        self.press(page, ".submit-row [name=_correct]")
        page.locator("[name=kind]").select_option("correction")
        page.locator("[name=text]").fill("There were six boats, not five.")
        self.confirm(page)
        self.assertIn("live, with its correction", self.told(page))
        for place in (path, "/corrections/"):
            self.assertIn("There were six boats, not five.", self.read(place)[1])
        self.assertIn("Six boats", self.read(path)[1])

        self.press(page, ".submit-row >> text=Withdraw…")
        page.locator("[name=why]").fill("The harbour says it was a drill.")
        self.confirm(page)
        self.assertIn("readers do not see it any more", self.told(page))
        self.expect_console("410")
        status, text = self.read(path)
        self.assertEqual(status, 410)
        self.assertNotIn("drill", text)
        self.assertNotIn("Six boats", self.read("/corrections/")[1])
