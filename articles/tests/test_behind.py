"""What went out past the working copy: it is told, brought in, and never taken back unnoticed."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import behind, checklist, publishing, store, working_copy
from articles.models import Article, AuditEntry, Unmerged
from articles.story import TextBlock
from articles.tests.desk import a_client, an_editor, fields_of, opened, sent, stored, url_of
from articles.tests.matrix.crawler import clock
from articles.tests.stories import a_story

HOUR = timedelta(hours=1)


def says(*words, **changes):
    body = "".join(f"<p>{each}</p>" for each in words)
    return a_story(body=(TextBlock(html=body),), **changes)


class Newsroom(TestCase):
    """A story is live, and at eight a change of its third paragraph was scheduled for ten. It is
    eleven now."""

    def setUp(self):
        self.editor = an_editor()
        self.client = a_client(self.editor)
        now = timezone.now()
        self.eight, self.nine, self.ten = (now - hours * HOUR for hours in (3, 2, 1))
        self.article = stored(says("One", "Two", "Three old"), by=self.editor)
        with clock(self.eight):
            self.publish()
            self.say("One", "Two", "Three scheduled")
            self.publish(at=self.ten)

    def carry(self):
        """At nine the first paragraph is put right, and what is scheduled is carried."""
        with clock(self.nine):
            self.say("One", "Two", "Three old")
            self.say("One fixed", "Two", "Three old")
            self.publish(pending="carry")

    def read(self):
        return Article.objects.get(pk=self.article.pk)

    def say(self, *words, **changes):
        with_words = says(*words, **changes)
        return working_copy.replace(self.read(), with_words, by=self.editor)

    def publish(self, **options):
        return publishing.publish(self.article, by=self.editor, **options)

    def html(self):
        """What readers see."""
        return self.article.versions.live().get().story.body[0].html

    def missing(self):
        return behind.missing(self.read())


class MissingTests(Newsroom):
    def test_a_carried_change_is_missing_from_its_moment_on(self):
        self.carry()
        with clock(self.nine):
            self.assertIsNone(self.missing())
        found = self.missing()
        self.assertEqual(found.version.kind, "carry")
        self.assertEqual(found.base, self.article.versions.get(number=3).revision)
        self.assertIn("Three scheduled", self.html())

    def test_it_stays_so_whatever_else_is_saved(self):
        self.carry()
        self.say("One fixed", "Two", "Three old", headline="Another")
        self.assertIsNotNone(self.missing())

    def test_a_text_typed_in_by_hand_has_it_as_well(self):
        self.carry()
        self.say("One fixed", "Two more", "Three scheduled")
        self.assertIsNone(self.missing())

    def test_a_text_restored_from_the_history_has_it_and_may_be_worked_on(self):
        self.carry()
        carried = self.article.versions.get(kind="carry").story
        working_copy.replace(self.read(), carried, by=self.editor)
        self.say("One fixed", "Two", "Three, written anew")
        self.assertIsNone(self.missing())

    def test_restored_and_left_again_before_its_moment_it_is_missing(self):
        self.carry()
        with clock(self.nine):
            carried = self.article.versions.get(kind="carry").story
            working_copy.replace(self.read(), carried, by=self.editor)
            self.say("One fixed", "Two", "Three old")
        self.assertIsNotNone(self.missing())

    def test_what_was_scheduled_is_missing_where_an_earlier_text_was_restored_before(self):
        with clock(self.nine):
            before = self.say("One", "Two", "Three old")
        found = self.missing()
        self.assertEqual((found.version.number, found.base), (2, before))

    def test_an_earlier_text_restored_while_readers_see_the_later_one_is_meant(self):
        self.say("One", "Two", "Three old")
        self.assertIsNone(self.missing())

    def test_a_working_copy_that_went_on_from_what_was_scheduled_misses_nothing(self):
        with clock(self.nine):
            self.say("One", "Two", "Three, written anew")
        self.assertIsNone(self.missing())

    def test_of_two_that_were_carried_each_is_a_change_of_what_is_here_by_then(self):
        with clock(self.nine):
            self.say("One", "Two", "Three old")
            self.say("One", "Two sooner", "Three old")
            self.publish(at=self.nine + HOUR / 2, pending="carry")
            self.say("One", "Two", "Three old")
            self.say("One fixed", "Two", "Three old")
            self.publish(pending="carry")
        self.assertEqual(self.missing().base, self.article.versions.get(number=5).revision)
        with clock(self.nine + HOUR / 2):
            sooner = self.missing().version
            url = f"{url_of(self.article, 'merge')}?of=v{sooner.number}"
            self.client.post(url, fields_of(self.client.get(url), "merge_form"))
            self.assertIsNone(self.missing())
        found = self.missing()
        self.assertEqual((sooner.number, found.version.number), (6, 7))
        self.assertEqual(found.base, sooner.revision)
        self.assertIn("One fixed</p><p>Two sooner</p><p>Three scheduled", self.html())

    def test_after_a_copy_of_it_by_another_act_it_is_missing_all_the_same(self):
        self.carry()
        self.say("One fixed", "Two", "Three old", standfirst="Later")
        self.publish(at=timezone.now() + HOUR)
        publishing.unschedule(self.article, by=self.editor)
        self.assertEqual(self.missing().version.kind, "carry")

    def test_a_story_that_is_saved_as_it_is_live_asks_no_more_than_its_status(self):
        article = Article.objects.with_status().get()
        with self.assertNumQueries(0):
            self.assertIsNone(behind.missing(article))


class BringInTests(Newsroom):
    def setUp(self):
        super().setUp()
        self.carry()
        self.url = f"{url_of(self.article, 'merge')}?of=v4"

    def bring_in(self, **answers):
        fields = fields_of(self.client.get(self.url), "merge_form")
        return self.client.post(self.url, {**fields, **answers})

    def body(self):
        return self.read().as_story().body[0].html

    def test_the_form_says_what_happened_and_leads_to_the_merge(self):
        page = self.client.get(url_of(self.article))
        self.assertContains(page, "this working copy does not have it yet")
        self.assertContains(page, f'href="{self.url}"')

    def test_it_is_shown_and_brought_in_and_then_nothing_stands_in_the_way(self):
        page = self.client.get(self.url)
        self.assertContains(page, "<del>old</del><ins>scheduled</ins>", html=True)
        self.assertFalse(Unmerged.objects.exists(), "looking at it stores nothing")
        self.assertRedirects(self.bring_in(), url_of(self.article))
        self.assertEqual(self.body(), "<p>One fixed</p><p>Two</p><p>Three scheduled</p>")
        self.assertNotContains(self.client.get(url_of(self.article)), "does not have it yet")
        fields = opened(self.client, self.article)
        sent(self.client, self.article, fields, "_publish", headline="Another")
        self.assertEqual(self.html(), self.body())
        self.assertEqual(self.article.versions.live().get().story.headline, "Another")

    def test_once_brought_in_its_words_may_be_changed(self):
        self.bring_in()
        self.say("One fixed", "Two", "Three, written anew")
        self.assertIsNone(self.missing())

    def test_where_both_changed_the_same_it_is_asked_which_shall_stand(self):
        self.say("One fixed", "Two", "Three by hand")
        self.assertContains(self.client.get(self.url), "What readers see")
        self.bring_in(**{"c0-choice": "theirs"})
        self.assertIn("Three by hand", self.body())
        self.assertIsNone(self.missing(), "it was decided against")

    def test_what_is_brought_in_once_is_not_brought_in_again(self):
        self.bring_in()
        page = self.client.get(self.url, follow=True)
        self.assertContains(page, "Nothing waits to be merged.")

    def test_publish_now_leads_to_a_page_that_tells_both_ways(self):
        fields = opened(self.client, self.article)
        response = sent(self.client, self.article, fields, "_publish", headline="Another")
        self.assertEqual(response.url, url_of(self.article, "publish"))
        self.assertIn("Three scheduled", self.html())
        page = self.client.get(response.url)
        self.assertContains(page, "readers lose it when this is published")
        self.assertContains(page, f'href="{self.url}"')

    def test_no_act_publishes_it_before_somebody_says_that_it_is_to_go(self):
        self.say("One fixed", "Two", "Three old", headline="Another")
        at = timezone.localtime() + timedelta(days=1)
        more = {
            "publish": {},
            "schedule": {"at_0": f"{at:%Y-%m-%d}", "at_1": "07:30:00"},
            "correct": {"text": "It was fog."},
        }
        for act, answers in more.items():
            with self.subTest(act):
                url = url_of(self.article, act)
                fields = fields_of(self.client.get(url), form_id=None)
                answer = self.client.post(url, {**fields, **answers})
                self.assertContains(answer, "Put it right, or say that it goes out so.")
        self.assertEqual(self.article.versions.count(), 4)
        self.client.post(url_of(self.article, "publish"), self.waived())
        self.assertIn("Three old", self.html())
        self.assertEqual(AuditEntry.objects.get(act="waive").detail, "behind")
        self.assertIsNone(self.missing())

    def waived(self):
        fields = fields_of(self.client.get(url_of(self.article, "publish")), form_id=None)
        return {**fields, "waive": "on"}

    def test_a_yes_to_something_else_is_none_to_what_went_out_meanwhile(self):
        with clock(self.nine):
            self.say("One fixed", "Two", "Three old", categories=())
            fields = fields_of(self.client.get(url_of(self.article, "publish")), form_id=None)
        answers = {**fields, "waive": "on", "pending": "drop"}
        answer = self.client.post(url_of(self.article, "publish"), answers)
        self.assertContains(answer, "What is missing has changed.")
        self.assertIn("Three scheduled", self.html())
        again = fields_of(answer, form_id=None)
        self.assertNotIn("waive", again)
        self.client.post(url_of(self.article, "publish"), {**again, "waive": "on"})
        self.assertIn("Three old", self.html())

    def test_who_may_only_look_is_told_and_offered_nothing(self):
        looker = a_client(an_editor("kim", ("view_article", "others_article")))
        page = looker.get(url_of(self.article))
        self.assertContains(page, "does not have it yet")
        self.assertNotContains(page, "?of=v4")
        self.assertEqual(looker.get(self.url).status_code, 403)

    def test_it_blocks_and_may_be_waived(self):
        (item,) = [item for item in checklist.of(self.read()) if item.blocks]
        self.assertEqual((item.name, item.can_be_waived, item.of), ("behind", True, "v4"))


class ImportTests(TestCase):
    def test_an_import_does_not_take_back_what_an_editor_scheduled(self):
        source, editor = a_story(version="1"), an_editor()
        (item,) = store.save([store.Item(source)], store.Import())
        now = timezone.now()
        with clock(now - 3 * HOUR):
            article = Article.objects.get()
            working_copy.replace(article, source.replace(headline="By an editor"), by=editor)
            publishing.publish(article, by=editor, at=now - HOUR)
            working_copy.replace(Article.objects.get(), source, by=editor)
        news = store.Item(source.replace(version="2", standfirst="News."))
        (held,) = store.save([news], store.Import())
        self.assertEqual(held.outcome, "held")
        self.assertEqual(article.versions.live().get().story.headline, "By an editor")

    def test_what_an_editor_published_just_as_it_was_taken_stands_in_no_ones_way(self):
        source = a_story(version="1")
        (item,) = store.save([store.Item(source)], store.Import(draft=True))
        publishing.publish(item.article, by=an_editor())
        news = store.Item(source.replace(version="2", standfirst="News."))
        (taken,) = store.save([news], store.Import())
        self.assertEqual(taken.outcome, "updated")
