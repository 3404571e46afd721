"""The desk's page of a front: arranging it, saving, publishing, and what it keeps safe."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import Category, Container, Front, Placement
from articles.tests.desk import PERMISSIONS, a_client, a_photo, an_editor, fields_of, stored
from articles.tests.fronts import a_front, arranged, holding, placed, save, show
from articles.tests.newsroom import HOUR, dated, live
from articles.tests.stories import a_story

RIGHTS = (*PERMISSIONS, "view_front", "add_front", "change_front", "publish_front", "delete_front")


def url_of(front, page="change", *more):
    return reverse(f"admin:articles_front_{page}", args=[front.pk, *more])


class FrontDesk(TestCase):
    def setUp(self):
        self.rosa = an_editor("rosa", RIGHTS)
        self.client = a_client(self.rosa)
        self.stories = live(*(dated(n * HOUR, number=n) for n in range(1, 7)))

    def opened(self, front, client=None):
        return fields_of((client or self.client).get(url_of(front)), "front_form")

    def send(self, front, fields, button="_save", client=None, **changes):
        body = {**fields, button: "1", **changes}
        return (client or self.client).post(url_of(front), body)

    def with_story(self, fields, container, article, order=99, **values):
        number = int(fields["p-TOTAL_FORMS"])
        new = {"container": container, "article": article.pk, "ORDER": order, **values}
        added = {f"p-{number}-{name}": str(value) for name, value in new.items()}
        return {**fields, "p-TOTAL_FORMS": str(number + 1), **added}


class ArrangingTests(FrontDesk):
    def test_a_front_is_made_of_the_site_and_of_a_category_once(self):
        add = reverse("admin:articles_front_add")
        world = Category.objects.get(path="world")
        for category in ("", str(world.pk)):
            response = self.client.post(add, {"category": category})
            self.assertRedirects(response, url_of(Front.objects.latest("pk")))
            self.assertContains(self.client.post(add, {"category": category}), "errorlist")
        self.assertEqual(Front.objects.count(), 2)
        listed = self.client.get(reverse("admin:articles_front_changelist"))
        self.assertContains(listed, "The front page")
        self.assertContains(listed, "World")

    def test_the_list_of_fronts_says_how_each_stands_in_a_few_queries(self):
        listed = reverse("admin:articles_front_changelist")
        places = [None, *Category.objects.order_by("path")]
        front = show(arranged(Container()), places[0])
        show(arranged(Container()), places[1], at=timezone.now() + HOUR)
        a_front(arranged(Container()), places[2])
        self.client.get(listed)
        with self.assertNumQueries(6):  # session, user, own and groups’ permissions, desks, fronts
            page = self.client.get(listed).content.decode()
        for status in ("live", "scheduled", "draft"):
            self.assertIn(f'status status-{status}"', page)
        save(front, arranged(Container(size=2)), by=self.rosa)
        self.assertIn("status-changed", self.client.get(listed).content.decode())

    def test_a_form_that_nobody_touched_saves_nothing_new(self):
        until = timezone.now() + HOUR
        photo = a_photo("red")
        own = placed(self.stories[0], headline="Own", photo=photo.pk, until=until)
        world = Category.objects.get(path="world")
        front = a_front(
            arranged(
                holding(own, self.stories[1], name="Top", layout="lead", size=5, fill="newest"),
                Container(fill="category", source=world.pk),
            )
        )
        response = self.send(front, self.opened(front))
        self.assertRedirects(response, url_of(front))
        self.assertEqual(front.revisions.count(), 1)

    def test_an_editor_places_stories_in_containers_and_readers_see_it_once_published(self):
        front = a_front()
        fields = self.opened(front)
        fields = self.with_story(fields, 0, self.stories[4], 2, words="Short")
        fields = self.with_story(fields, 0, self.stories[2], 1)
        self.send(front, fields, **{"c-0-name": "Top"})
        container = front.head.arrangement.containers[0]
        expected = (
            Placement(article=self.stories[2].pk),
            Placement(article=self.stories[4].pk, headline="Short"),
        )
        self.assertEqual((container.name, container.placements), ("Top", expected))
        self.assertNotContains(self.client.get("/"), "Short")
        self.send(front, self.opened(front), "_publish")
        self.assertContains(self.client.get("/"), "Short")
        self.assertEqual(front.versions.get().by, self.rosa)

    def test_stories_and_containers_are_removed_and_put_in_another_order(self):
        front = a_front(arranged(self.stories[:3], Container(name="second"), Container(name="no")))
        order = {"p-0-ORDER": "9", "p-1-DELETE": "on", "c-2-DELETE": "on"}
        self.send(front, self.opened(front), **order, **{"c-0-ORDER": "7", "c-1-ORDER": "2"})
        second, first = front.head.arrangement.containers
        self.assertEqual(second.name, "second")
        keys = [one.article for one in first.placements]
        self.assertEqual(keys, [self.stories[2].pk, self.stories[0].pk])

    def test_a_story_placed_twice_is_refused_by_name_and_the_form_keeps_all(self):
        front = a_front(arranged([self.stories[0]]))
        fields = self.with_story(self.opened(front), 0, self.stories[0], words="Kept words")
        response = self.send(front, fields)
        self.assertContains(response, f"“{self.stories[0]}” stands twice")
        self.assertContains(response, "Kept words")
        self.assertEqual(front.revisions.count(), 1)

    def test_what_makes_no_sense_is_refused_at_its_field(self):
        front = a_front()
        wrong = {
            "c-0-size": ("99", "less than or equal to 12"),
            "c-0-fill": ("category", "Choose one."),
            "c-0-layout": ("circle", "not one of the available choices"),
            "p-0-article": ("999999", "not one of the available choices"),
            "p-0-until_0": ("soon", "valid date"),
        }
        for name, (value, told) in wrong.items():
            fields = self.with_story(self.opened(front), 0, self.stories[0])
            with self.subTest(name):
                self.assertContains(self.send(front, fields, **{name: value}), told)
        self.assertIsNone(front.head)

    def test_the_page_tells_which_stories_readers_do_not_see_and_what_fills_the_rest(self):
        hidden = stored(a_story(60))
        front = a_front(arranged(holding(hidden, size=3, fill="newest")))
        page = self.client.get(url_of(front)).content.decode()
        self.assertIn("status-draft", page)
        automatic = page.partition("Filled automatically")[2]
        for story in self.stories[:3]:
            self.assertIn(story.headline, automatic)
        self.assertNotIn(self.stories[3].headline, automatic)


class PublishingTests(FrontDesk):
    def setUp(self):
        super().setUp()
        self.front = a_front(arranged(holding(placed(self.stories[0], headline="First words"))))

    def act(self, page, *more, **changes):
        url = url_of(self.front, page, *more)
        return self.client.post(url, {**fields_of(self.client.get(url), ""), **changes})

    def test_a_front_is_scheduled_looked_at_and_taken_back(self):
        at = timezone.localtime() + timedelta(days=2)
        moment = {"at_0": f"{at:%Y-%m-%d}", "at_1": f"{at:%H:%M:%S}"}
        self.send(self.front, self.opened(self.front), "_schedule")
        self.assertRedirects(self.act("schedule", **moment), url_of(self.front))
        self.assertContains(self.client.get(url_of(self.front)), "Scheduled for")
        self.assertNotContains(self.client.get("/"), "First words")
        self.act("unschedule")
        self.assertFalse(self.front.versions.pending().exists())

    def test_publishing_before_what_is_scheduled_asks_and_can_keep_it(self):
        at = timezone.now() + HOUR
        show(self.front.head.arrangement, at=at)
        fields = {**self.opened(self.front), "c-0-name": "Other"}
        response = self.send(self.front, fields, "_publish")
        self.assertRedirects(response, url_of(self.front, "publish"))
        self.assertContains(self.client.get(response.url), "scheduled a front")
        self.act("publish", pending="keep")
        self.assertEqual(self.front.versions.live().get().revision, self.front.head)
        self.assertEqual(self.front.versions.pending().get().visible_from, at)

    def test_an_act_holds_for_what_was_seen_only(self):
        url = url_of(self.front, "publish")
        fields = fields_of(self.client.get(url), "")
        save(self.front, arranged(Container(name="unseen")), by=self.rosa)
        self.assertContains(self.client.post(url, fields), "after you had opened it")
        self.assertFalse(self.front.versions.exists())

    def test_the_page_can_be_made_automatic_again(self):
        show(self.front.head.arrangement)
        self.assertContains(self.client.get("/"), "First words")
        self.act("withdraw")
        self.assertNotContains(self.client.get("/"), "First words")

    def test_the_preview_is_the_readers_page_of_the_draft_and_nobody_keeps_it(self):
        response = self.client.get(url_of(self.front, "preview"))
        self.assertContains(response, "First words")
        self.assertIn("no-store, private", response.headers["Cache-Control"])
        show(self.front.head.arrangement)
        self.assertEqual(self.client.get("/").content, response.content)

    def test_a_state_of_before_is_looked_at_and_restored(self):
        first = self.front.head
        save(self.front, arranged(Container(name="second")))
        history = self.client.get(url_of(self.front, "history"))
        self.assertContains(history, url_of(self.front, "restore", first.pk))
        old = self.client.get(url_of(self.front, "preview"), {"revision": first.pk})
        self.assertContains(old, "First words")
        self.act("restore", first.pk)
        self.assertEqual(self.front.head.arrangement, first.arrangement)
        self.assertEqual(self.front.revisions.count(), 3)

    def test_a_revision_of_another_front_is_not_shown_or_restored_here(self):
        other = a_front(arranged(Container()), Category.objects.get(path="world"))
        strange = other.head.pk
        for where in (url_of(self.front, "restore", strange), url_of(self.front, "restore", 4711)):
            self.assertEqual(self.client.get(where).status_code, 404)
        preview = url_of(self.front, "preview")
        for revision in (strange, "x", "9" * 30, "\0"):
            self.assertEqual(self.client.get(preview, {"revision": revision}).status_code, 404)

    def test_a_published_front_is_not_deleted(self):
        delete = url_of(self.front, "delete")
        self.assertEqual(self.client.get(delete).status_code, 200)
        show(self.front.head.arrangement)
        self.assertEqual(self.client.get(delete).status_code, 403)
        other = a_front(arranged(Container()), Category.objects.get(path="world"))
        self.client.post(url_of(other, "delete"), {"post": "yes"})
        self.assertFalse(Front.objects.filter(pk=other.pk).exists())


class StaleTests(FrontDesk):
    def test_a_form_that_is_out_of_date_saves_nothing_and_keeps_what_was_typed(self):
        front = a_front(arranged([self.stories[0]]))
        mine = {**self.opened(front), "c-0-name": "Mine"}
        clara = an_editor("clara", RIGHTS)
        save(front, arranged(holding(self.stories[3], name="Theirs")), by=clara)
        response = self.send(front, mine)
        for words in ("clara", "Theirs", "Mine", str(self.stories[3])):
            self.assertContains(response, words)
        self.assertEqual(front.head.arrangement.containers[0].name, "Theirs")
        again = {**fields_of(response, "front_form"), "overwrite": str(front.head.pk)}
        self.send(front, again)
        self.assertEqual(front.head.arrangement.containers[0].name, "Mine")
        self.assertEqual(front.revisions.count(), 3)


class RightsTests(FrontDesk):
    def test_who_may_arrange_a_front_may_not_publish_it(self):
        front = a_front(arranged([self.stories[0]]))
        client = a_client(an_editor("ben", (*PERMISSIONS, "view_front", "change_front")))
        fields = self.opened(front, client)
        self.assertEqual(self.send(front, fields, "_publish", client).status_code, 403)
        for page in ("publish", "schedule", "unschedule", "withdraw"):
            self.assertEqual(client.get(url_of(front, page)).status_code, 403)
        self.assertFalse(front.versions.exists())
        self.assertNotContains(client.get(url_of(front)), "_publish")

    def test_who_may_only_look_changes_nothing(self):
        front = a_front(arranged([self.stories[0]]))
        client = a_client(an_editor("ben", ("view_front",)))
        self.assertContains(client.get(url_of(front)), "disabled")
        fields = self.opened(front)
        self.assertEqual(self.send(front, fields, client=client).status_code, 403)
        restore = url_of(front, "restore", front.head.pk)
        self.assertEqual(client.get(restore).status_code, 403)
