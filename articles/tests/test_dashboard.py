"""The first page of the desk: what waits for whom."""

import re
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles import publishing, workflow
from articles.models import Article, ImportItem, ImportRun, Unmerged
from articles.tests.desk import PERMISSIONS, a_client, an_editor, opened, sent, stored, url_of
from articles.tests.newsroom import draft, live, scheduled
from articles.tests.stories import a_story

HOUR = timedelta(hours=1)


class Dashboard(TestCase):
    def setUp(self):
        self.rosa = an_editor("rosa", (*PERMISSIONS, "view_importitem"))
        self.vera = an_editor("vera")
        self.now = timezone.now()

    def page(self, who=None):
        answer = a_client(who or self.rosa).get(reverse("admin:index"))
        return html.fromstring(answer.content.decode())

    def headlines(self, section, who=None):
        return self.page(who).xpath(f"//section[@id='dashboard-{section}']//li/a/text()")

    def told(self, section):
        found = self.page().xpath(f"//section[@id='dashboard-{section}']//li")
        return [" ".join(line.text_content().split()) for line in found]


class SectionTests(Dashboard):
    def test_my_stories_are_those_that_are_mine_what_is_due_first_on_top(self):
        for number, (to, due) in enumerate(
            [(self.rosa, None), (self.rosa, 9 * HOUR), (self.rosa, -HOUR), (self.vera, HOUR)]
        ):
            article = stored(a_story(number, headline=f"Story {number}"))
            workflow.assign(article, to=to, by=self.vera, due=due and self.now + due)
        self.assertEqual(self.headlines("mine"), ["Story 2", "Story 1", "Story 0"])
        self.assertIn("overdue", self.told("mine")[0])
        self.assertEqual(self.headlines("problems"), ["Story 2"])

    def test_what_i_saved_last_is_there_until_somebody_else_saves_it(self):
        mine, other = (stored(a_story(n, headline=f"Story {n}"), by=self.rosa) for n in (1, 2))
        client = a_client(self.vera)
        sent(client, other, opened(client, other), headline="Hers now")
        self.assertEqual(self.headlines("saved"), [mine.headline])

    def test_who_waited_longest_for_review_comes_first(self):
        for number in (1, 2):
            workflow.submit(stored(a_story(number, headline=f"Story {number}")), by=self.vera)
        workflow.approve(stored(a_story(3, headline="Approved")), by=self.vera)
        self.assertEqual(self.headlines("review"), ["Story 1", "Story 2"])
        self.assertIn("vera", self.told("review")[0])

    def test_what_is_scheduled_is_told_for_a_day_ahead_in_the_time_of_the_site(self):
        scheduled(a_story(1, headline="Soon"), self.now + 3 * HOUR)
        scheduled(a_story(2, headline="Later"), self.now + 30 * HOUR)
        self.assertEqual(self.headlines("scheduled"), ["Soon"])
        at = timezone.localtime(self.now + 3 * HOUR)
        self.assertIn(f"{at:%H:%M} {at.tzname()}", self.told("scheduled")[0])
        self.assertIn("Times are those of UTC.", self.page().text_content())

    def test_a_running_embargo_is_there_and_one_that_has_ended_is_not(self):
        draft(a_story(1, headline="Kept", embargoed_until=self.now + HOUR))
        draft(a_story(2, headline="Free", embargoed_until=self.now - HOUR))
        self.assertEqual(self.headlines("embargoed"), ["Kept"])

    def test_a_change_that_readers_do_not_see_yet_is_there_until_it_is_published(self):
        (article,) = live(a_story(1, headline="Before"))
        live(*(a_story(n) for n in range(2, 6)))  # an import puts nothing before it
        client = a_client(self.vera)
        sent(client, article, opened(client, article), headline="After")
        self.assertEqual(self.headlines("changed"), ["After"])
        publishing.publish(Article.objects.get(pk=article.pk), by=self.vera)
        self.assertEqual(self.headlines("changed"), [])

    def test_what_an_import_holds_is_there_for_those_who_may_see_it(self):
        run = ImportRun.objects.create(started_at=self.now)
        given = {"run": run, "source": "wire", "digest": ""}
        ImportItem.objects.create(source_id="1", outcome="held", **given)
        ImportItem.objects.create(source_id="2", outcome="created", **given)
        ImportItem.objects.create(source_id="3", outcome="held", decision="taken", **given)
        self.assertEqual(self.headlines("held"), ["wire · 1"])
        self.assertEqual(self.page(self.vera).xpath("//*[@id='dashboard-held']"), [])

    def test_what_has_gone_wrong_is_told(self):
        stale = stored(a_story(1, headline="Before"))
        workflow.approve(stale, by=self.vera)
        client = a_client(self.vera)
        sent(client, stale, opened(client, stale), headline="Stale")
        two = stored(a_story(2, headline="Two"))
        Unmerged.objects.create(article=two, story=a_story(2), at=self.now, by=self.vera)
        self.assertEqual(set(self.headlines("problems")), {"Stale", "Two"})

    def test_who_may_see_no_stories_sees_none_here(self):
        workflow.submit(stored(a_story(headline="Secret")), by=self.vera)
        nobody = User.objects.create_user("nobody", is_staff=True)
        self.assertNotIn("Secret", self.page(nobody).text_content())


class LinkTests(Dashboard):
    def test_a_line_leads_to_the_story(self):
        article = stored(by=self.rosa)
        links = self.page().xpath("//section[@id='dashboard-saved']//li/a/@href")
        self.assertEqual(links, [url_of(article)])

    def test_a_long_list_is_cut_and_leads_to_all_of_it(self):
        for number in range(12):
            article = stored(a_story(number), by=self.rosa)
            workflow.submit(article, by=self.rosa)
            workflow.assign(article, to=self.rosa, by=self.rosa)
        for section in ("mine", "saved", "review"):
            self.assertEqual(len(self.headlines(section)), 8)
            (more,) = self.page().xpath(f"//section[@id='dashboard-{section}']/p/a/@href")
            shown = a_client(self.rosa).get(more).context["cl"].result_list
            self.assertEqual(len(shown), 12, section)

    def test_each_list_of_the_desk_is_narrowed_by_its_filter(self):
        wanted = {
            "mine": stored(a_story(1)),
            "review": stored(a_story(2)),
            "approved": stored(a_story(3)),
            "stale": stored(a_story(4)),
            "overdue": stored(a_story(5)),
            "scheduled": scheduled(a_story(6), self.now + HOUR),
            "embargoed": draft(a_story(7, embargoed_until=self.now + HOUR)),
            "saved": stored(a_story(8), by=self.rosa),
        }
        client = a_client(self.vera)
        workflow.assign(wanted["mine"], to=self.rosa, by=self.vera)
        workflow.submit(wanted["review"], by=self.vera)
        workflow.approve(wanted["approved"], by=self.vera)
        workflow.approve(wanted["stale"], by=self.vera)
        sent(client, wanted["stale"], opened(client, wanted["stale"]), headline="After")
        workflow.assign(wanted["overdue"], to=self.vera, by=self.vera, due=self.now - HOUR)
        mine = a_client(self.rosa)
        for name, article in wanted.items():
            url = f"{reverse('admin:articles_article_changelist')}?desk={name}"
            shown = mine.get(url).context["cl"].result_list
            self.assertEqual([row.pk for row in shown], [article.pk], name)


class CostTests(Dashboard):
    def queries(self):
        client = a_client(self.rosa)
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(reverse("admin:index"))
        return [query["sql"] for query in found]

    def test_it_asks_fewer_than_fifteen_times_and_never_counts(self):
        few = self.queries()
        for number in range(30):
            article = stored(a_story(number), by=self.rosa)
            workflow.submit(article, by=self.vera)
            workflow.assign(article, to=self.rosa, by=self.vera)
            publishing.publish(article, by=self.rosa, at=self.now + 5 * HOUR)
        many = self.queries()
        self.assertEqual(len(few), len(many))
        self.assertLess(len(many), 15)
        self.assertFalse([sql for sql in many if re.search(r"\bCOUNT\(", sql, re.IGNORECASE)])

    def test_each_question_is_limited(self):
        told = [sql for sql in self.queries() if '"articles_' in sql]
        unlimited = [sql for sql in told if "LIMIT 8" not in sql]
        self.assertEqual([sql for sql in unlimited if 'FROM "articles_desk"' not in sql], [])
