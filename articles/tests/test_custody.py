"""Whose a story is: roles, desks, the bin."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from io import StringIO

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import custody, linking, publishing, store
from articles.models import Article, Category, Desk, Revision
from articles.story import PubStatus
from articles.tests.desk import (
    a_client,
    begun,
    fields_of,
    opened,
    sent,
    somebody,
    stored,
    trouble,
    url_of,
)
from articles.tests.stories import a_story

STORIES = reverse("admin:articles_article_changelist")
BIN = reverse("admin:articles_binnedarticle_changelist")


class Newsroom(TestCase):
    def as_role(self, role, name=None):
        self.user = somebody(role, name)
        self.client = a_client(self.user)
        return self.user

    def shown(self):
        return sorted(str(row) for row in self.client.get(STORIES).context["cl"].result_list)

    def status(self, article, page="change"):
        return self.client.get(url_of(article, page)).status_code

    def confirm(self, article, act):
        fields = fields_of(self.client.get(url_of(article, act)), form_id=None)
        return self.client.post(url_of(article, act), fields)


class RoleTests(Newsroom):
    def test_a_new_newsroom_has_the_roles_of_the_trade(self):
        names = set(Group.objects.values_list("name", flat=True))
        self.assertLessEqual(
            {"contributor", "author", "editor", "photo desk", "administrator"}, names
        )

    def test_each_has_the_rights_that_the_handbook_tells(self):
        told = {
            "others_article": {"editor", "photo desk", "administrator"},
            "publish_article": {"author", "editor", "administrator"},
            "review_article": {"editor", "administrator"},
            "decide_importitem": {"editor", "administrator"},
            "publish_front": {"editor", "administrator"},
            "purge_article": {"editor", "administrator"},
            "delete_photo": {"photo desk", "administrator"},
            "view_auditentry": {"administrator"},
            "change_desk": {"administrator"},
            "add_user": {"administrator"},
        }
        for right, names in told.items():
            having = Group.objects.filter(permissions__codename=right)
            self.assertEqual(set(having.values_list("name", flat=True)), names, right)

    def test_made_twice_they_are_what_they_were_and_no_right_is_there_twice(self):
        Group.objects.get(name="author").permissions.clear()
        before = Permission.objects.count()
        import_module("articles.migrations.0003_roles").make_roles(apps, None)
        self.assertEqual(Permission.objects.count(), before)
        self.assertFalse(Group.objects.get(name="author").permissions.exists())

    def test_a_contributor_writes_a_story_and_cannot_publish_it(self):
        self.as_role("contributor")
        fields = opened(self.client)
        response = sent(self.client, None, fields, headline="Fog over the sound")
        self.assertEqual(response.status_code, 302, trouble(response))
        article = Article.objects.get()
        self.assertEqual(article.created_by, self.user)
        self.assertEqual(self.status(article, "publish"), 403)
        response = sent(self.client, article, opened(self.client, article), button="_publish")
        self.assertEqual(response.status_code, 403)
        self.assertFalse(article.versions.exists())

    def test_a_contributor_sees_nobody_elses_story_anywhere(self):
        own, other = begun(self.as_role("contributor"), headline="Own"), stored(a_story(1))
        self.assertEqual(self.shown(), ["Own"])
        self.assertEqual((self.status(own), self.status(other)), (200, 302))
        self.assertEqual((self.status(own, "preview"), self.status(other, "preview")), (200, 404))
        self.assertEqual(self.status(other, "history"), 404)
        pick = reverse("admin:articles_article_pick")
        asked = {"app_label": "articles", "model_name": "relatedpost", "field_name": "post"}
        found = self.client.get(pick, {**asked, "term": ""}).json()["results"]
        self.assertEqual([row["text"] for row in found], ["Own"])

    def test_a_contributor_may_point_to_what_readers_see(self):
        self.as_role("contributor")
        live = stored(a_story(2, headline="Read by everybody"))
        publishing.publish(live, by=None)
        pick = reverse("admin:articles_article_pick")
        asked = {"app_label": "articles", "model_name": "relatedpost", "field_name": "post"}
        found = self.client.get(pick, {**asked, "term": "everybody"}).json()["results"]
        self.assertEqual([row["text"] for row in found], ["Read by everybody"])

    def test_a_story_of_a_contributor_is_the_editors_once_it_is_published(self):
        article = begun(self.as_role("contributor"))
        fields = opened(self.client, article)
        publishing.publish(article, by=None)
        response = sent(self.client, article, fields, headline="Changed behind their backs")
        self.assertEqual(response.status_code, 403)
        self.assertEqual(self.status(article), 200)  # to be read

    def test_an_author_publishes_own_stories_and_no_others(self):
        own, other = begun(self.as_role("author")), stored(a_story(1))
        self.assertEqual(self.confirm(own, "publish").status_code, 302)
        self.assertTrue(own.versions.live().exists())
        self.assertEqual(self.client.post(url_of(other, "publish")).status_code, 404)
        self.assertEqual(self.status(own, "withdraw"), 403)

    def test_the_record_of_others_stories_is_not_there(self):
        self.as_role("author")
        self.user.groups.add(Group.objects.create(name="looks"))
        rights = Group.objects.get(name="editor").permissions.filter(codename="view_revision")
        self.user.user_permissions.set(rights)
        own, other = begun(self.user, headline="Own"), stored(a_story(1))
        page = self.client.get(reverse("admin:articles_revision_changelist"))
        self.assertEqual([r.article for r in page.context["cl"].result_list], [own])
        secret = reverse(
            "admin:articles_revision_change", args=[Revision.objects.get(article=other).pk]
        )
        self.assertEqual(self.client.get(secret).status_code, 302)

    def test_the_photo_desk_works_in_the_library_and_changes_no_story(self):
        self.as_role("photo desk")
        article = stored(a_story())
        self.assertEqual(self.client.get(reverse("admin:articles_photo_add")).status_code, 200)
        self.assertEqual(self.status(article), 200)
        self.assertEqual(self.client.post(url_of(article)).status_code, 403)


class DeskTests(Newsroom):
    """Sport, with football below it, and the world."""

    def setUp(self):
        self.as_role("editor")
        self.football = stored(a_story(0, headline="Goal", categories=("Sport/Football",)))
        self.world = stored(a_story(1, headline="Vote", categories=("World", "Sport")))
        self.sport = Category.objects.get(path="sport")
        desk = Desk.objects.create(name="Sport")
        desk.members.add(self.user)
        desk.categories.add(self.sport)

    def test_a_member_works_on_the_categories_of_the_desk_and_below(self):
        self.assertEqual(self.shown(), ["Goal"])
        self.assertEqual((self.status(self.football), self.status(self.world)), (200, 302))
        for act in ("publish", "schedule", "preview"):
            self.assertEqual(self.status(self.world, act), 404)
        self.assertEqual(self.confirm(self.football, "publish").status_code, 302)

    def test_a_story_cannot_be_filed_away_from_the_desk(self):
        fields = opened(self.client, self.football)
        world = Category.objects.get(path="world").pk
        response = sent(self.client, self.football, fields, **{"filing-0-category": str(world)})
        self.assertContains(response, "must be one of your desk")
        self.assertEqual(self.shown(), ["Goal"])

    def test_a_story_without_a_category_is_saved_and_not_published(self):
        response = sent(
            self.client, None, opened(self.client), button="_publish", headline="New kit"
        )
        self.assertEqual(response.status_code, 302, trouble(response))
        article = Article.objects.get(headline="New kit")
        self.assertFalse(article.versions.exists())
        self.assertIn("New kit", self.shown())
        self.assertEqual(self.status(article, "publish"), 403)

    def test_a_desk_without_categories_is_no_way_to_all(self):
        Desk.objects.get().categories.clear()
        self.assertEqual(self.shown(), [])

    def test_a_list_costs_one_query_more_however_many_stories_there_are(self):
        self.client.get(STORIES)
        with self.assertNumQueries(7):  # session, user, rights twice, desks, categories, the page
            self.client.get(STORIES)
        for number in range(2, 30):
            stored(a_story(number, categories=("Sport",)))
        with self.assertNumQueries(7):
            self.assertEqual(len(self.shown()), 29)


class BinTests(Newsroom):
    def setUp(self):
        self.as_role("editor")

    def delete(self, article):
        return self.client.post(url_of(article, "delete"), {"post": "yes"}, follow=True)

    def act(self, action, *articles, **more):
        keys = [article.pk for article in articles]
        return self.client.post(BIN, {"action": action, "_selected_action": keys, **more})

    def test_a_deleted_story_lies_in_the_bin_with_who_and_when(self):
        article = stored(a_story(headline="Spiked"))
        self.assertContains(self.client.get(url_of(article, "delete")), "goes into the bin")
        self.assertContains(self.delete(article), "is in the bin")
        self.assertEqual((self.shown(), self.status(article)), ([], 302))
        (thrown,) = self.client.get(BIN).context["cl"].result_list
        self.assertEqual((str(thrown), thrown.binned_by), ("Spiked", self.user))

    def test_taken_out_it_is_what_it_was(self):
        article = stored(a_story(headline="Spiked"))
        before = article.as_story()
        self.delete(article)
        self.assertEqual(self.act("take_out", article).status_code, 302)
        self.assertEqual(self.shown(), ["Spiked"])
        self.assertEqual(Article.objects.get(pk=article.pk).as_story(), before)

    def test_what_was_published_does_not_go_into_the_bin(self):
        article = stored(a_story())
        publishing.publish(article, by=None)
        with self.assertRaises(custody.BinError):
            custody.throw_away(article, by=self.user)
        self.delete(article)
        self.assertEqual(len(self.shown()), 1)

    def test_nothing_is_published_out_of_the_bin(self):
        article = stored(a_story())
        self.delete(article)
        with self.assertRaises(publishing.PublishError):
            publishing.publish(article, by=self.user)

    def test_emptying_by_hand_asks_first_and_needs_a_right(self):
        article = stored(a_story())
        self.delete(article)
        self.assertContains(self.act("delete_for_good", article), "Nothing brings them back")
        self.assertTrue(Article.objects.filter(pk=article.pk).exists())
        self.as_role("author")
        self.act("delete_for_good", article, confirmed="1")
        self.assertTrue(Article.objects.filter(pk=article.pk).exists())
        self.as_role("editor", "second")
        self.act("delete_for_good", article, confirmed="1")
        self.assertFalse(Article.objects.filter(pk=article.pk).exists())

    def test_an_author_finds_only_own_stories_in_the_bin(self):
        self.delete(stored(a_story()))
        self.as_role("author")
        self.delete(begun(self.user, 7, headline="Own"))
        self.assertEqual([str(r) for r in self.client.get(BIN).context["cl"].result_list], ["Own"])

    def test_a_binned_story_that_comes_again_waits_for_an_editor(self):
        first = a_story(pubstatus=PubStatus.WITHHELD)
        item = store.Item(first)
        store.save([item], store.Import())
        self.delete(item.article)
        self.assertEqual(self.outcome(first), ("unchanged", ""))
        again = a_story(pubstatus=PubStatus.WITHHELD, headline="Another headline")
        self.assertEqual(self.outcome(again), ("held", "it is in the bin"))
        self.assertEqual(self.shown(), [])

    def outcome(self, story):
        item = store.Item(story)
        store.save([item], store.Import())
        return str(item.outcome), item.reason

    def test_a_headline_is_not_linked_to_a_story_in_the_bin(self):
        target = stored(a_story(1, headline="Ferry returns"))
        self.delete(target)
        wanted = ("Ferry returns", "")
        self.assertEqual(linking.targets([wanted]), {})
        custody.take_out(target, by=self.user)
        self.assertEqual(linking.targets([wanted]), {wanted: target.pk})

    def test_the_command_deletes_what_has_lain_there_long_enough(self):
        old, new = stored(a_story(0)), stored(a_story(1))
        custody.throw_away(old, by=self.user, now=timezone.now() - timedelta(days=31))
        custody.throw_away(new, by=self.user)
        self.assertEqual(self.command("--plan"), "1 would be deleted\n")
        self.assertEqual(self.command(), "1 deleted\n")
        self.assertEqual(list(Article.objects.all()), [new])
        self.assertEqual(self.command("--older-than=0"), "1 deleted\n")
        with self.assertRaises(CommandError):
            self.command("--older-than=soon")

    def command(self, *arguments):
        out = StringIO()
        call_command("empty_bin", *arguments, stdout=out)
        return out.getvalue()
