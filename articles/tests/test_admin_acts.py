"""The buttons: publish, schedule, correct, unschedule, withdraw, change the address, preview."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import publishing, workflow
from articles.admin.acts import CorrectForm
from articles.models import Article, Version
from articles.templatetags.story import KINDS
from articles.tests.desk import (
    PERMISSIONS,
    a_client,
    a_photo,
    an_editor,
    block,
    fields_of,
    opened,
    sent,
    stored,
    trouble,
    url_of,
)
from articles.tests.stories import a_story


class Desk(TestCase):
    def setUp(self):
        self.editor = an_editor()
        self.client = a_client(self.editor)
        self.article = stored(a_story(headline="Before"))

    def live(self):
        """The headline readers see."""
        version = self.article.versions.live().first()
        return version and version.story.headline

    def press(self, button, **changes):
        """Press a button of the story's form."""
        fields = opened(self.client, self.article)
        response = sent(self.client, self.article, fields, f"_{button}", **changes)
        self.assertEqual(response.status_code, 302, trouble(response))
        return response

    def confirm(self, act, **answers):
        """Fill in the page that asks before an act, and confirm it."""
        url = url_of(self.article, act)
        fields = fields_of(self.client.get(url), form_id=None)
        return self.client.post(url, {**fields, **answers})

    def publish(self, **options):
        return publishing.publish(self.article, by=self.editor, **options)

    def told(self, response):
        """What the next page says."""
        return [str(message) for message in self.client.get(response.url).context["messages"]]


class PublishTests(Desk):
    def test_publish_saves_the_form_first_and_then_publishes_it(self):
        response = self.press("publish", headline="After")
        self.assertEqual(self.live(), "After")
        self.assertEqual(self.told(response), ["Saved. Version 1 is live."])

    def test_a_new_story_can_go_out_from_its_first_form(self):
        fields = block(opened(self.client), "text", html="<p>It is so.</p>")
        sent(self.client, None, fields, "_publish", headline="First light")
        self.article = Article.objects.latest("pk")
        self.confirm("publish", waive="on")  # it is in no category
        live = Version.objects.live().get()
        self.assertEqual((live.story.headline, live.by), ("First light", self.editor))

    def test_readers_see_the_old_words_until_the_next_publish(self):
        self.press("publish")
        self.press("continue", headline="After")
        self.assertEqual(self.live(), "Before")
        self.assertContains(self.client.get(url_of(self.article)), "live, changed since")

    def test_advice_that_the_form_did_not_show_is_looked_at_before_it_goes_out(self):
        fields = block(opened(self.client, self.article), "photo", photo=a_photo().pk)
        response = sent(self.client, self.article, fields, "_publish")
        self.assertEqual(response.url, url_of(self.article, "publish"))
        self.assertEqual(self.told(response), ["Saved. Look at this before readers see it."])
        self.assertContains(self.client.get(response.url), "1 photo has no alternative text")
        self.assertIsNone(self.live())
        self.press("publish")  # now it stands beside the form
        self.assertEqual(self.live(), "Before")

    def test_what_was_approved_and_is_changed_by_the_form_is_looked_at_too(self):
        workflow.approve(self.article, by=self.editor)
        response = self.press("publish", headline="After")
        self.assertContains(self.client.get(response.url), "changed after it had been approved")
        self.assertIsNone(self.live())

    def test_what_readers_already_see_is_not_published_again(self):
        self.press("publish")
        self.assertIn("already see exactly this", self.told(self.press("publish"))[0])
        self.assertEqual(self.article.versions.count(), 1)

    def test_a_story_under_embargo_is_saved_and_not_published(self):
        until = timezone.localtime() + timedelta(days=2)
        moment = {"embargoed_until_0": f"{until:%Y-%m-%d}", "embargoed_until_1": "06:00:00"}
        told = self.told(self.press("publish", headline="After", **moment))
        self.assertIn("embargo", told[0])
        self.assertEqual(Article.objects.get().headline, "After")
        self.assertIsNone(self.live())

    def test_publishing_over_a_scheduled_version_asks_and_names_who_scheduled_it(self):
        self.publish(at=timezone.now() + timedelta(days=1))
        response = self.press("publish", headline="After")
        self.assertEqual(response.url, url_of(self.article, "publish"))
        self.assertContains(self.client.get(response.url), "rosa scheduled a version for")
        self.assertContains(self.confirm("publish"), "Say what becomes of it.")
        self.assertIsNone(self.live())
        self.confirm("publish", pending="drop")
        self.assertEqual(self.live(), "After")
        self.assertFalse(self.article.versions.pending().exists())

    def test_the_page_that_asks_shows_what_readers_will_see_changed(self):
        self.press("publish")
        self.press("continue", headline="After")
        page = self.client.get(url_of(self.article, "publish"))
        self.assertContains(page, "<del>Before</del><ins>After</ins>", html=True)


class ScheduleTests(Desk):
    def schedule(self, days=1, **answers):
        at = timezone.localtime() + timedelta(days=days)
        return self.confirm("schedule", at_0=f"{at:%Y-%m-%d}", at_1="07:30:00", **answers)

    def test_schedule_saves_and_then_asks_for_the_moment_naming_the_zone(self):
        response = self.press("schedule", headline="After")
        self.assertEqual(response.url, url_of(self.article, "schedule"))
        self.assertContains(self.client.get(response.url), "In the time of UTC.")
        self.schedule()
        pending = self.article.versions.pending().get()
        self.assertEqual(pending.story.headline, "After")
        self.assertEqual(f"{pending.visible_from:%H:%M}", "07:30")

    def test_a_moment_that_has_passed_is_refused_in_words(self):
        self.assertContains(self.schedule(days=-1), "has passed")

    def test_unschedule_takes_it_back(self):
        self.schedule()
        self.assertContains(self.client.get(url_of(self.article)), ">Unschedule<")
        self.confirm("unschedule")
        self.assertFalse(self.article.versions.pending().exists())

    def test_a_scheduled_change_can_be_taken_back_while_the_story_stays(self):
        self.press("publish")
        self.press("continue", headline="After")
        self.schedule()
        self.confirm("unschedule")
        self.assertEqual(self.live(), "Before")


class CorrectTests(Desk):
    def test_a_correction_is_published_and_told(self):
        self.press("publish")
        self.assertEqual(
            self.press("correct", headline="After").url, url_of(self.article, "correct")
        )
        self.confirm("correct", kind="clarification", text="It was six, not five.")
        story = self.article.versions.live().get().story
        self.assertEqual(story.headline, "After")
        self.assertEqual(story.corrections[0].text, "It was six, not five.")
        self.assertEqual(story.corrections[0].kind, "clarification")

    def test_it_can_be_of_every_kind_that_readers_are_told(self):
        kinds = dict(CorrectForm.base_fields["kind"].choices)
        self.assertEqual(list(kinds), list(KINDS))

    def test_it_needs_words(self):
        self.press("publish")
        self.assertContains(self.confirm("correct", text=" "), "This field is required")

    def test_only_what_readers_see_can_be_corrected(self):
        self.assertNotContains(self.client.get(url_of(self.article)), "_correct")
        response = self.client.get(url_of(self.article, "correct"))
        self.assertIn("does not apply", self.told(response)[0])


class WithdrawTests(Desk):
    def test_a_withdrawn_story_is_gone_and_the_reason_stays(self):
        self.press("publish")
        self.confirm("withdraw", why="The source was wrong.")
        self.assertIsNone(self.live())
        self.assertEqual(Version.objects.latest("number").correction, "The source was wrong.")
        self.assertContains(self.client.get(url_of(self.article)), "withdrawn")

    def test_it_needs_a_reason(self):
        self.press("publish")
        self.confirm("withdraw", why="")
        self.assertEqual(self.live(), "Before")

    def test_nobody_who_saves_meanwhile_stands_in_the_way(self):
        self.press("publish")
        url = url_of(self.article, "withdraw")
        fields = fields_of(self.client.get(url), form_id=None)
        self.press("continue", headline="After")
        self.client.post(url, {**fields, "why": "Wrong."})
        self.assertIsNone(self.live())


class AddressTests(Desk):
    def test_the_address_changes_only_here_and_the_old_one_leads_there(self):
        self.press("publish")
        old = Article.objects.get().path
        self.press("continue", headline="Another headline", slug="another")
        self.assertEqual(Article.objects.get().path, old)
        self.confirm("address", slug="the-harbour")
        new = Article.objects.get().path
        self.assertEqual(new, old.replace("before", "the-harbour"))
        self.assertRedirects(self.client.get(old), new, status_code=301)

    def test_an_address_somebody_else_has_is_refused(self):
        other = stored(a_story(2, headline="Other"))
        publishing.publish(other, by=None)
        self.press("publish")
        self.assertContains(self.confirm("address", slug="other"), "had this address")


class PreviewTests(Desk):
    def test_the_preview_shows_the_working_copy_as_readers_would_see_it(self):
        self.press("publish")
        self.press("continue", headline="After")
        page = self.client.get(url_of(self.article, "preview"))
        self.assertContains(page, "<h1", count=1)
        self.assertContains(page, "After")
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_nobody_but_the_desk_sees_it(self):
        url = url_of(self.article, "preview")
        self.client.logout()
        self.assertEqual(self.client.get(url).status_code, 302)
        self.assertEqual(a_client(an_editor("kim", ("view_photo",))).get(url).status_code, 403)

    def test_the_form_loads_no_preview_before_somebody_wants_it(self):
        page = self.client.get(url_of(self.article))
        self.assertNotContains(page, f' src="{url_of(self.article, "preview")}"')
        self.assertContains(page, f'data-src="{url_of(self.article, "preview")}"')

    def test_save_and_preview_shows_it_beside_the_form(self):
        response = self.press("preview", headline="After")
        self.assertContains(
            self.client.get(response.url), f'src="{url_of(self.article, "preview")}"'
        )


class PermissionTests(Desk):
    ACTS = ("publish", "schedule", "correct", "unschedule", "withdraw", "address")

    def test_who_may_not_publish_has_no_button_and_gets_no_page(self):
        reporter = a_client(
            an_editor("kim", ("add_article", "change_article", "view_article", "others_article"))
        )
        self.publish()
        page = reporter.get(url_of(self.article)).content.decode()
        for act in self.ACTS:
            with self.subTest(act=act):
                self.assertNotIn(f'name="_{act}"', page)
                self.assertEqual(reporter.get(url_of(self.article, act)).status_code, 403)
                self.assertEqual(reporter.post(url_of(self.article, act)).status_code, 403)

    def test_pressing_a_button_one_does_not_have_stores_nothing(self):
        reporter = a_client(an_editor("kim", ("change_article", "view_article", "others_article")))
        fields = opened(reporter, self.article)
        response = sent(reporter, self.article, fields, "_publish", headline="After")
        self.assertEqual(response.status_code, 403)
        self.assertEqual(Article.objects.get().headline, "Before")

    def test_who_may_publish_may_not_therefore_withdraw(self):
        names = [name for name in PERMISSIONS if name != "withdraw_article"]
        self.publish()
        client = a_client(an_editor("kim", names))
        self.assertEqual(client.get(url_of(self.article, "withdraw")).status_code, 403)

    def test_who_may_only_look_sees_the_story_and_cannot_change_it(self):
        reader = a_client(an_editor("kim", ("view_article", "others_article")))
        page = reader.get(url_of(self.article))
        self.assertContains(page, "Before")
        self.assertNotContains(page, 'name="_save"')
        self.assertEqual(reader.post(url_of(self.article), {"headline": "x"}).status_code, 403)

    def test_an_act_is_never_a_link(self):
        self.publish()
        for act in self.ACTS:
            self.client.get(url_of(self.article, act))
        self.assertEqual(self.article.versions.count(), 1)

    def test_every_act_wants_the_token_of_its_own_page(self):
        client = type(self.client)(enforce_csrf_checks=True)
        client.force_login(self.editor, "django.contrib.auth.backends.ModelBackend")
        for act in self.ACTS:
            self.assertEqual(client.post(url_of(self.article, act)).status_code, 403)

    def test_a_story_that_was_published_is_kept(self):
        self.publish()
        url = url_of(self.article, "delete")
        self.assertNotContains(self.client.get(url_of(self.article)), url)
        response = self.client.post(url, {"post": "yes"})
        self.assertIn("its record is kept", self.told(response)[0])
        self.assertTrue(Article.objects.exists())

    def test_a_draft_can_be_thrown_away_with_its_revisions(self):
        self.client.post(url_of(self.article, "delete"), {"post": "yes"})
        self.assertFalse(Article.objects.kept().exists())
