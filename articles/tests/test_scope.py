"""What is not somebody's to work on is on no page of the desk, wherever it could be named."""

from __future__ import annotations

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import (
    custody,
    publishing,
    revisions,
    scope,
    sharing,
    store,
    waiting,
    workflow,
    working_copy,
)
from articles.models import (
    Article,
    AuditEntry,
    Category,
    Desk,
    Front,
    ImportItem,
    Presence,
    RelatedPost,
    Revision,
)
from articles.story import CaptionBlock, Media, PubStatus
from articles.story import RelatedPost as Related
from articles.tests import fronts
from articles.tests.desk import (
    PERMISSIONS,
    a_client,
    a_photo,
    an_editor,
    begun,
    block,
    fields_of,
    opened,
    sent,
    somebody,
    stored,
    trouble,
    url_of,
)
from articles.tests.stories import a_story

INDEX = reverse("admin:index")
SECRET = "The minister resigns"
HOUR = timedelta(hours=1)
EVERYTHING = (
    *PERMISSIONS,
    *("view_front", "add_front", "change_front", "view_auditentry", "view_importitem"),
    *("decide_importitem", "review_article"),
)


def member(name, *categories, rights=EVERYTHING):
    """An editor who may do everything, at a desk of these categories."""
    user = an_editor(name, rights)
    desk = Desk.objects.create(name=name)
    desk.members.add(user)
    desk.categories.set(Category.objects.filter(path__in=categories))
    return user


class Scoped(TestCase):
    """A draft of the chief's in World, which neither a contributor nor the sports desk sees."""

    @classmethod
    def setUpTestData(cls):
        cls.chief = an_editor("vera", EVERYTHING)
        cls.photo = a_photo()
        lead = CaptionBlock(media=Media(sha256=cls.photo.sha256))
        late = {"embargoed_until": timezone.now() + HOUR, "lead": lead}
        cls.secret = begun(cls.chief, 1, headline=SECRET, categories=("World",), **late)
        cls.goal = stored(a_story(2, headline="Goal", categories=("Sport",)), by=cls.chief)
        cls.sam = member("sam", "sport")
        cls.cora = somebody("contributor")
        cls.own = begun(cls.cora, 3, headline="Own", categories=("World",))
        cls.limited = (cls.sam, cls.cora)


class EveryPageTests(Scoped):
    def test_no_page_of_the_story_is_there(self):
        pages = "history compare restore merge preview note assign submit share related".split()
        pages += ("share", "related")
        for user in self.limited:
            client = a_client(user)
            for page in pages:
                self.assertEqual(client.get(url_of(self.secret, page)).status_code, 404, page)

    def test_no_sign_of_life_is_taken_and_nobody_is_named(self):
        Presence.objects.beat(self.secret, self.chief)
        for user in self.limited:
            answer = a_client(user).post(url_of(self.secret, "presence"))
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(Presence.objects.get().user, self.chief)

    def test_the_first_page_does_not_name_it(self):
        workflow.submit(self.secret, by=self.chief)
        workflow.assign(self.secret, to=self.chief, by=self.chief, due=timezone.now() - HOUR)
        self.assertContains(a_client(self.chief).get(INDEX), SECRET, 5)
        for user in self.limited:
            self.assertNotContains(a_client(user).get(INDEX), SECRET)

    def test_neither_does_the_page_of_its_picture(self):
        page = reverse("admin:articles_photo_change", args=[self.photo.pk])
        self.assertContains(a_client(self.chief).get(page), SECRET)
        for user in self.limited:
            self.assertNotContains(a_client(user).get(page), SECRET)

    def test_searching_the_list_does_not_find_it(self):
        stories = f"{reverse('admin:articles_article_changelist')}?q=minister"
        for user, found in ((self.chief, [self.secret]), (self.sam, []), (self.cora, [])):
            rows = a_client(user).get(stories).context["cl"].result_list
            self.assertEqual(list(rows), found)

    def test_headlines_that_wait_are_for_those_who_work_on_all(self):
        for page in ("waiting", "connect"):
            url = f"{reverse(f'admin:articles_article_{page}')}?headline=Fog"
            self.assertEqual(a_client(self.chief).get(url).status_code, 200)
            for user in self.limited:
                self.assertEqual(a_client(user).get(url).status_code, 403)

    def test_the_audit_log_tells_others_only_what_they_did(self):
        workflow.note(self.secret, by=self.chief, text="Call him.")
        workflow.note(self.goal, by=self.sam, text="Which keeper?")
        page = reverse("admin:articles_auditentry_changelist")
        rows = a_client(self.sam).get(page).context["cl"].result_list
        self.assertEqual({row.by for row in rows}, {self.sam})
        entry = AuditEntry.objects.filter(told=SECRET).latest("pk")
        own = reverse("admin:articles_auditentry_change", args=[entry.pk])
        self.assertEqual(a_client(self.sam).get(own).status_code, 302)
        self.assertEqual(a_client(self.chief).get(own).status_code, 200)

    def test_what_is_assigned_to_somebody_is_theirs(self):
        for user in self.limited:
            workflow.assign(self.secret, to=user, by=self.chief)
            client = a_client(user)
            self.assertContains(client.get(INDEX), SECRET)
            fields = opened(client, self.secret)
            saved = sent(client, self.secret, fields, standfirst=f"By {user}")
            self.assertEqual(saved.status_code, 302, trouble(saved))
        self.assertFalse(scope.may_publish(self.sam, self.secret))

    def test_what_a_contributor_wrote_is_not_handed_in_again_once_it_is_out(self):
        client = a_client(self.cora)
        self.assertEqual(client.get(url_of(self.own, "submit")).status_code, 200)
        live_now = begun(self.cora, 9, headline="Out")
        publishing.publish(live_now, by=None)
        for act in ("submit", "related"):
            self.assertEqual(client.get(url_of(live_now, act)).status_code, 403)
        self.assertEqual(client.get(url_of(live_now, "note")).status_code, 200)


class PointingTests(Scoped):
    def test_a_key_that_was_typed_into_the_form_brings_no_headline(self):
        client = a_client(self.cora)
        fields = block(opened(client, self.own), "related", post=self.secret.pk)
        response = sent(client, self.own, fields)
        self.assertEqual(response.status_code, 200)
        self.assertIn("Select a valid choice", trouble(response))
        self.assertFalse(RelatedPost.objects.filter(parent=self.own).exists())

    def test_a_headline_that_is_anothers_draft_now_is_shown_as_it_was_typed(self):
        typed = Related(headline="He resigns")
        article = begun(self.cora, 4, headline="Mine", related=(typed,))
        RelatedPost.objects.filter(parent=article).update(post=self.secret)
        self.assertNotContains(a_client(self.cora).get(url_of(article)), SECRET)

    def test_typing_the_headline_of_anothers_draft_tells_no_more_than_typing_any(self):
        told = []
        for number, headline in enumerate((SECRET, "Nobody has this"), 4):
            article = begun(self.cora, number, headline="Mine")
            client = a_client(self.cora)
            fields = block(opened(client, article), "related", headline=headline, post="")
            self.assertEqual(sent(client, article, fields).status_code, 302)
            row = RelatedPost.objects.get(parent=article)
            page = client.get(url_of(article))
            names = ("-post", "-headline", "-url")
            kept = {k: v for k, v in fields_of(page).items() if k.endswith(names)}
            items = [item.told for item in page.context["items"]]
            told.append(str((sorted(kept.items()), items)).replace(headline, "…"))
            self.assertEqual(row.post, self.secret if headline == SECRET else None)
        self.assertEqual(*told)

    def test_the_headline_it_means_stays_known_while_the_form_does_not_say_so(self):
        other = begun(self.chief, 9, headline="Quiet news")
        article = begun(self.cora, 4, headline="Mine", related=(Related(headline="Quiet news"),))
        client = a_client(self.cora)
        for headline, shown in (("Mine and more", ""), ("Mine and less", "")):
            fields = {**opened(client, article), "headline": headline}
            self.assertEqual(self._picked(fields), shown)
            self.assertEqual(sent(client, article, fields).status_code, 302)
            self.assertEqual(RelatedPost.objects.get(parent=article).post, other)
        publishing.publish(other, by=self.chief)
        self.assertEqual(self._picked(opened(client, article)), str(other.pk))

    def _picked(self, fields):
        return next(value for name, value in fields.items() if name == "related-0-post")


class DeskTests(Scoped):
    def setUp(self):
        self.client = a_client(self.sam)

    def test_a_story_of_the_desk_stays_filed_there(self):
        fields = opened(self.client, self.goal) | {"filing-0-DELETE": "on"}
        self.assertContains(sent(self.client, self.goal, fields), "one of your desk: none is not")

    def test_a_desk_does_not_grow_by_moving_categories(self):
        rights = ("view_category", "add_category", "change_category")
        boss = a_client(member("bo", "sport", rights=(*PERMISSIONS, *rights)))
        world, sport = (Category.objects.get(path=path) for path in ("world", "sport"))
        page = reverse("admin:articles_category_change", args=[world.pk])
        fields = {"name": "World", "slug": "world", "parent": sport.pk}
        self.assertEqual(boss.get(page).status_code, 200)
        self.assertEqual(boss.post(page, fields).status_code, 403)
        self.assertEqual(Category.objects.get(pk=world.pk).path, "world")

    def test_an_earlier_text_does_not_take_a_story_to_another_desk(self):
        self.refile(self.goal, "World")
        first = self.goal.head_id
        self.refile(self.goal, "Sport")
        data = {"revision": first, "opened": self.goal.head_id}
        answer = self.client.post(url_of(self.goal, "restore"), data)
        self.assertContains(answer, "another desk")
        self.goal.refresh_from_db()
        self.assertEqual(self.goal.as_story().categories, ("Sport",))

    def refile(self, article, category):
        article.refresh_from_db()
        story = article.as_story().replace(categories=(category,))
        working_copy.replace(article, story, by=self.chief)

    def test_an_item_of_another_desks_story_is_not_there(self):
        theirs, ours = (self.held(number, place) for number, place in ((7, "World"), (8, "Sport")))
        rows = self.client.get(reverse("admin:articles_importitem_changelist"))
        self.assertNotIn(theirs, rows.context["cl"].result_list)
        self.assertIn(ours, rows.context["cl"].result_list)
        for page, status in (("source", 404), ("change", 302)):
            url = reverse(f"admin:articles_importitem_{page}", args=[theirs.pk])
            self.assertEqual(self.client.get(url).status_code, status)
        for act in ("take", "keep"):
            url = reverse(f"admin:articles_importitem_{act}", args=[theirs.pk])
            self.assertEqual(self.client.post(url).status_code, 404)
        theirs.refresh_from_db()
        self.assertEqual(theirs.decision, "")

    def held(self, number, category):
        first = a_story(number, categories=(category,), pubstatus=PubStatus.WITHHELD)
        item = store.Item(first)
        store.save([item], store.Import())
        item.article.headline = "Edited"
        item.article.save()
        revisions.record(item.article, by=self.chief)
        store.save([store.Item(first.replace(headline="Anew"))], store.Import())
        return ImportItem.objects.get(article=item.article, outcome="held")

    def test_fronts_of_other_categories_are_not_there(self):
        home = fronts.a_front(fronts.arranged([self.goal]))
        sport = fronts.a_front(
            fronts.arranged([self.goal]), category=Category.objects.get(path="sport")
        )
        listed = self.client.get(reverse("admin:articles_front_changelist"))
        self.assertEqual(list(listed.context["cl"].result_list), [sport])
        self.assertEqual(self.client.get(url(home)).status_code, 404)
        self.assertEqual(self.client.get(url(sport)).status_code, 200)
        world = Category.objects.get(path="world").pk
        made = self.client.post(reverse("admin:articles_front_add"), {"category": world})
        self.assertEqual(made.status_code, 403)
        self.assertEqual(Front.objects.count(), 2)

    def test_a_draft_of_another_desk_stands_on_a_front_without_its_headline(self):
        front = fronts.a_front(
            fronts.arranged([self.secret, self.goal]), category=Category.objects.get(path="sport")
        )
        page = self.client.get(url(front))
        self.assertNotContains(page, SECRET)
        self.assertContains(page, "A story of another desk")
        fields = fields_of(page, "front_form")
        self.client.post(url(front), {**fields, "_save": "1", "c-0-name": "Top"})
        kept = [one.article for one in front.head.arrangement.placements()]
        self.assertEqual(kept, [self.secret.pk, self.goal.pk])

    def test_a_draft_of_another_desk_is_not_placed_by_its_key(self):
        front = fronts.a_front(
            fronts.arranged([self.goal]), category=Category.objects.get(path="sport")
        )
        fields = fields_of(self.client.get(url(front)), "front_form")
        answer = self.client.post(url(front), {**fields, "p-0-article": self.secret.pk})
        self.assertEqual(answer.status_code, 200)
        self.assertNotContains(answer, SECRET)


def url(front):
    return reverse("admin:articles_front_change", args=[front.pk])


class BinnedTests(Scoped):
    def test_a_link_that_was_sent_shows_nothing_of_it_until_it_is_taken_out(self):
        _link, token = sharing.make(self.secret, by=self.chief, days=1)
        shared = reverse("shared", args=[token])
        self.assertContains(self.client.get(shared), SECRET)
        custody.throw_away(self.secret, by=self.chief)
        self.assertEqual(self.client.get(shared).status_code, 404)
        custody.take_out(self.secret, by=self.chief)
        self.assertContains(self.client.get(shared), SECRET)

    def test_what_lies_in_the_bin_waits_for_nobody(self):
        workflow.assign(self.secret, to=self.chief, by=self.chief, due=timezone.now() - HOUR)
        workflow.submit(self.secret, by=self.chief)
        custody.throw_away(self.secret, by=self.chief)
        self.assertNotContains(a_client(self.chief).get(INDEX), SECRET)
        custody.take_out(self.secret, by=self.chief)
        self.assertContains(a_client(self.chief).get(INDEX), SECRET, 5)

    def test_headlines_it_names_wait_no_more_until_it_is_taken_out(self):
        article = stored(a_story(5, related=(Related(headline="Fog everywhere"),)))
        self.assertEqual(waiting.totals()[1], 1)
        custody.throw_away(article, by=self.chief)
        self.assertEqual(waiting.totals()[1], 0)
        custody.take_out(article, by=self.chief)
        self.assertEqual(waiting.totals()[1], 1)

    def test_deleted_for_good_its_headline_is_the_other_storys(self):
        twin = stored(a_story(6, headline=SECRET))
        naming = stored(a_story(7, related=(Related(headline=SECRET),)))
        self.assertIsNone(RelatedPost.objects.get(parent=naming).post)
        custody.throw_away(twin, by=self.chief)
        self.assertEqual(RelatedPost.objects.get(parent=naming).post, self.secret)
        custody.empty(Article.objects.all())
        self.assertEqual(Revision.objects.filter(story__headline=SECRET).count(), 1)
