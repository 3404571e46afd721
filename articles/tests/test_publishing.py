"""The acts of publication, each through the function every interface calls."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.utils import timezone

from articles import addresses, publishing, revisions, store
from articles.models import Article, Category, Link, Listing, Redaction, Rendering, Version

from .stories import a_full_story, a_story

HOUR = timedelta(hours=1)


def working_copy(story=None):
    """An article with this story as its working copy, never published."""
    item = store.Item(story or a_story())
    store.save([item], store.Import(draft=True))
    return Article.objects.get(pk=item.article.pk)


def say(article, headline):
    """An editor changes the headline and saves."""
    article = Article.objects.get(pk=article.pk)
    article.headline = headline
    article.save()
    revisions.record(article, by=None)
    return article


class Newsroom(TestCase):
    def setUp(self):
        self.editor = User.objects.create_user("vera")
        self.now = timezone.now()
        self.article = working_copy()

    def headline(self, at=None):
        """What readers see."""
        live = self.article.versions.live(at or self.now).first()
        return live and live.story.headline

    def publish(self, **options):
        return publishing.publish(self.article, by=self.editor, now=self.now, **options)


class PublishTests(Newsroom):
    def test_readers_see_the_published_words_until_the_next_publish(self):
        self.publish()
        say(self.article, "Changed at noon")
        self.assertEqual(self.headline(), a_story().headline)
        self.publish()
        self.assertEqual(self.headline(), "Changed at noon")

    def test_a_scheduled_version_appears_to_the_second_and_needs_no_worker(self):
        self.publish(at=self.now + HOUR)
        second = timedelta(seconds=1)
        self.assertIsNone(self.headline(self.now + HOUR - second))
        self.assertEqual(self.headline(self.now + HOUR), a_story().headline)

    def test_what_is_scheduled_was_saved_when_it_was_and_not_when_it_appears(self):
        Article.objects.filter(pk=self.article.pk).update(standfirst="Saved past the form")
        version = self.publish(at=self.now + HOUR)
        self.assertEqual(version.revision.at, self.now)

    def test_a_scheduled_change_leaves_the_live_words_alone_until_its_moment(self):
        self.publish()
        say(self.article, "In the evening")
        self.publish(at=self.now + HOUR)
        self.assertEqual(self.headline(), a_story().headline)
        self.assertEqual(self.headline(self.now + HOUR), "In the evening")

    def test_the_same_words_are_not_published_twice(self):
        self.publish()
        with self.assertRaises(publishing.NothingToPublish):
            self.publish()
        self.assertEqual(self.article.versions.count(), 1)

    def test_a_moment_that_has_passed_is_refused(self):
        with self.assertRaisesMessage(publishing.PublishError, "has passed"):
            self.publish(at=self.now - HOUR)

    def test_a_story_without_a_headline_is_refused_in_words(self):
        Article.objects.filter(pk=self.article.pk).update(headline=" ")
        with self.assertRaisesMessage(publishing.PublishError, "has no headline"):
            self.publish()

    def test_first_published_is_the_first_moment_readers_really_could_see_it(self):
        self.publish(at=self.now + HOUR)
        say(self.article, "Sooner after all")
        early = self.publish(pending="drop")
        self.assertEqual(early.first_published_at, self.now)
        say(self.article, "Later words")
        later = publishing.publish(self.article, by=self.editor, now=self.now + 2 * HOUR)
        self.assertEqual(later.first_published_at, self.now)
        self.assertEqual(later.published_at, self.now + 2 * HOUR)


class PendingTests(Newsroom):
    def setUp(self):
        super().setUp()
        self.publish()
        say(self.article, "Planned words")
        self.publish(at=self.now + HOUR)
        say(self.article, "Other words")

    def test_publishing_over_a_scheduled_version_says_who_planned_what(self):
        with self.assertRaisesMessage(publishing.PendingVersion, "vera scheduled a version for"):
            self.publish()

    def test_a_dropped_version_never_appears(self):
        self.publish(pending="drop")
        self.assertEqual(self.headline(), "Other words")
        self.assertEqual(self.headline(self.now + 2 * HOUR), "Other words")

    def test_a_dropped_version_does_not_appear_before_a_later_one_either(self):
        self.publish(at=self.now + 3 * HOUR, pending="drop")
        self.assertEqual(self.headline(self.now + 2 * HOUR), a_story().headline)
        self.assertEqual(self.headline(self.now + 3 * HOUR), "Other words")

    def test_unscheduling_leaves_what_is_live_with_its_date(self):
        before = self.article.versions.live(self.now).get()
        copy = publishing.unschedule(self.article, by=self.editor, now=self.now)
        self.assertEqual(self.headline(self.now + 2 * HOUR), a_story().headline)
        self.assertEqual(copy.published_at, before.published_at)
        with self.assertRaises(publishing.PublishError):
            publishing.unschedule(self.article, by=self.editor, now=self.now)

    def test_withdrawing_takes_the_planned_words_down_with_it(self):
        publishing.withdraw(self.article, by=self.editor, now=self.now)
        self.assertIsNone(self.headline())
        self.assertIsNone(self.headline(self.now + 2 * HOUR))


class CarryTests(Newsroom):
    """Words for the evening are scheduled, and something has to be changed before."""

    def setUp(self):
        super().setUp()
        self.publish()
        self.evening = self.now + 2 * HOUR
        self.say(headline="Evening")
        self.planned = self.publish(at=self.evening)
        self.say(headline=a_story().headline, standfirst="Put right.")

    def say(self, **changes):
        Article.objects.filter(pk=self.article.pk).update(**changes)
        self.article = Article.objects.get(pk=self.article.pk)
        revisions.record(self.article, by=self.editor)

    def shown(self, at):
        live = self.article.versions.live(at).first()
        return live and (live.story.headline, live.story.standfirst)

    def test_what_is_published_now_is_in_what_comes_in_the_evening(self):
        self.publish(pending="carry")
        self.assertEqual(self.shown(self.now), (a_story().headline, "Put right."))
        self.assertEqual(self.shown(self.evening), ("Evening", "Put right."))
        kinds = list(self.article.versions.order_by("number").values_list("number", "kind"))
        expected = [(1, "publish"), (2, "publish"), (3, "publish"), (4, "carry")]
        self.assertEqual(kinds, expected)

    def test_it_comes_at_the_old_moment_and_with_the_first_date(self):
        first = self.article.versions.get(number=1)
        self.publish(pending="carry")
        carried = self.article.versions.get(kind="carry")
        self.assertEqual(carried.visible_from, self.planned.visible_from)
        self.assertEqual(carried.published_at, self.evening)
        self.assertEqual(carried.first_published_at, first.first_published_at)

    def test_the_working_copy_stays_what_was_published(self):
        self.publish(pending="carry")
        article = Article.objects.get(pk=self.article.pk)
        self.assertEqual(article.headline, a_story().headline)
        self.assertEqual(article.digest, article.as_story().digest)

    def test_something_else_may_be_scheduled_before_it(self):
        sooner = self.publish(at=self.now + HOUR, pending="carry")
        self.assertEqual(self.shown(self.now), (a_story().headline, a_story().standfirst))
        self.assertEqual(self.shown(sooner.visible_from), (a_story().headline, "Put right."))
        self.assertEqual(self.shown(self.evening), ("Evening", "Put right."))

    def test_two_that_are_scheduled_are_both_carried(self):
        self.publish(at=self.now + HOUR, pending="carry")
        self.say(standfirst=a_story().standfirst, byline="By Kim")
        self.publish(pending="carry")
        bylines = [
            self.article.versions.live(at).get().story.byline
            for at in (self.now, self.now + HOUR, self.evening)
        ]
        self.assertEqual(bylines, ["By Kim"] * 3)
        self.assertEqual(self.shown(self.now + HOUR), (a_story().headline, "Put right."))
        self.assertEqual(self.shown(self.evening), ("Evening", "Put right."))

    def test_where_both_say_something_else_it_is_refused_and_says_where(self):
        self.say(headline="Put right")
        with self.assertRaisesMessage(publishing.CarryConflict, "otherwise here: headline."):
            self.publish(pending="carry")
        self.assertEqual(self.shown(self.now), (a_story().headline, a_story().standfirst))
        self.assertEqual(self.shown(self.evening), ("Evening", a_story().standfirst))
        self.assertEqual(self.article.versions.count(), 2)

    def test_what_comes_first_cannot_be_carried_behind_what_comes_later(self):
        with self.assertRaisesMessage(publishing.PublishError, "comes first"):
            self.publish(at=self.evening + HOUR, pending="carry")

    def test_two_cannot_appear_at_one_moment(self):
        told = "vera scheduled a version for .*, too. Both cannot appear at one moment"
        with self.assertRaisesRegex(publishing.PublishError, told):
            self.publish(at=self.evening, pending="carry")
        self.publish(at=self.evening, pending="drop")
        self.assertEqual(self.shown(self.evening), (a_story().headline, "Put right."))

    def test_nothing_is_carried_that_is_out_already(self):
        self.say(headline="Evening")
        self.publish(pending="carry")
        self.assertEqual(self.shown(self.now), ("Evening", "Put right."))
        self.assertFalse(self.article.versions.pending(self.now).exists())

    def test_a_correction_is_told_in_the_evening_too(self):
        publishing.correct(
            self.article, by=self.editor, text="It was six.", pending="carry", now=self.now
        )
        evening = self.article.versions.live(self.evening).get().story
        self.assertEqual([c.text for c in evening.corrections], ["It was six."])
        self.assertEqual(evening.headline, "Evening")

    def test_an_embargo_that_was_set_meanwhile_holds_for_what_is_carried(self):
        later = self.evening + HOUR
        self.say(embargoed_until=later)
        with self.assertRaises(publishing.Embargoed):
            self.publish(pending="carry")

    def test_what_readers_have_never_seen_is_carried_too(self):
        article = working_copy(a_story(2))
        at = {"by": self.editor, "now": self.now}
        publishing.publish(article, at=self.evening, **at)
        say(article, a_story(2).headline)
        Article.objects.filter(pk=article.pk).update(byline="By Kim")
        with self.assertRaisesMessage(publishing.CarryConflict, "byline"):
            publishing.publish(article, pending="carry", **at)
        Article.objects.filter(pk=article.pk).update(byline=a_story().byline, rights="Ours")
        publishing.publish(article, pending="carry", **at)
        self.assertEqual(article.versions.live(self.now).get().story.rights, "Ours")
        self.assertFalse(article.versions.pending(self.now).exists(), "it is all out already")


class WithdrawTests(Newsroom):
    def test_copies_what_readers_last_saw_and_never_the_draft(self):
        self.publish()
        say(self.article, "Secret draft")
        version = publishing.withdraw(self.article, by=self.editor, why="wrong", now=self.now)
        self.assertEqual(version.story.headline, a_story().headline)
        self.assertEqual((version.pubstatus, version.correction), ("canceled", "wrong"))

    def test_a_story_nobody_sees_cannot_be_withdrawn(self):
        with self.assertRaises(publishing.PublishError):
            publishing.withdraw(self.article, by=self.editor, now=self.now)

    def test_published_again_it_keeps_its_first_date_and_address(self):
        first = self.publish()
        publishing.withdraw(self.article, by=self.editor, now=self.now + HOUR)
        again = publishing.publish(self.article, by=self.editor, now=self.now + 2 * HOUR)
        self.assertEqual(again.kind, "republish")
        self.assertEqual(again.first_published_at, first.first_published_at)
        self.assertEqual(again.article.path, first.article.path)

    def test_a_schedule_taken_back_before_anybody_read_it_was_never_live(self):
        self.publish(at=self.now + HOUR)
        publishing.unschedule(self.article, by=self.editor, now=self.now)
        self.assertFalse(self.article.versions.once_live(self.now + 2 * HOUR).exists())


class CorrectTests(Newsroom):
    def test_a_correction_is_dated_and_stays_with_the_story(self):
        self.publish()
        say(self.article, "Six ships")
        version = publishing.correct(
            self.article, by=self.editor, text="It was six ships, not five.", now=self.now
        )
        correction = version.story.corrections[0]
        self.assertEqual(correction.text, "It was six ships, not five.")
        self.assertEqual(correction.at, self.now)
        self.assertEqual(version.correction, correction.text)
        self.assertEqual(self.headline(), "Six ships")

    def test_needs_words_and_readers(self):
        for text, message in (("", "needs words"), ("Wrong.", "Only a story that readers can see")):
            with self.assertRaisesMessage(publishing.PublishError, message):
                publishing.correct(self.article, by=self.editor, text=text, now=self.now)


class EmbargoTests(Newsroom):
    def setUp(self):
        super().setUp()
        self.article.embargoed_until = self.now + HOUR
        self.article.save()
        revisions.record(self.article, by=self.editor)

    def test_nothing_is_published_before_the_embargo_ends(self):
        with self.assertRaisesMessage(publishing.Embargoed, "The embargo runs until"):
            self.publish()
        self.publish(at=self.now + HOUR)
        self.assertIsNone(self.headline())

    def test_the_database_refuses_it_too(self):
        version = self.publish(at=self.now + HOUR)
        version.pk, version.number = None, 2
        version.visible_from = self.now
        with self.assertRaises(IntegrityError), transaction.atomic():
            version.save()

    def test_lifting_it_is_an_edit(self):
        before = self.article.digest
        self.article.embargoed_until = None
        self.article.save()
        revisions.record(self.article, by=self.editor)
        self.assertNotEqual(self.article.digest, before)


class AddOnlyTests(Newsroom):
    def setUp(self):
        super().setUp()
        self.version = self.publish()

    def refuse(self, act):
        with self.assertRaises(IntegrityError), transaction.atomic():
            act()

    def test_the_database_refuses_to_change_or_delete_a_version(self):
        own = Version.objects.filter(pk=self.version.pk)
        self.refuse(lambda: own.update(published_at=self.now - HOUR))
        self.refuse(lambda: own._raw_delete(own.db))
        self.refuse(
            lambda: Version.objects.bulk_create(
                [self.version],
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=["digest"],
            )
        )

    def test_a_redaction_opens_the_one_door_and_stays(self):
        redaction = Redaction.objects.create(
            version=self.version, at=self.now, by=self.editor, why="court order"
        )
        Version.objects.filter(pk=self.version.pk).update(correction="redacted")
        if connection.vendor == "postgresql":  # SQLite numbers no transactions
            with connection.cursor() as cursor:  # as if it had been written before this one
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute("UPDATE articles_redaction SET transaction_id = 1")
                cursor.execute("SET LOCAL session_replication_role = origin")
            own = Version.objects.filter(pk=self.version.pk)
            self.refuse(lambda: own.update(correction="again"))
        self.refuse(lambda: Redaction.objects.filter(pk=redaction.pk).update(why="none"))
        self.refuse(lambda: Redaction.objects.filter(pk=redaction.pk)._raw_delete("default"))

    def test_an_article_with_versions_cannot_be_deleted(self):
        self.refuse(lambda: Article.objects.filter(pk=self.article.pk).delete())


class DerivedTests(Newsroom):
    def setUp(self):
        super().setUp()
        self.article = working_copy(a_full_story(source_id="full"))
        self.version = self.publish()

    def test_a_version_is_listed_in_its_categories_and_the_ones_above(self):
        listed = Listing.objects.filter(version=self.version, category__isnull=False)
        found = {row.category.words: row.implied for row in listed}
        self.assertEqual(found, {"World": True, "World/Coast": False, "Business": False})

    def test_listings_follow_a_moved_branch(self):
        coast = Category.objects.get(words="World/Coast")
        coast.parent = Category.objects.get(words="Business")
        addresses.place(coast)
        listed = Listing.objects.filter(version=self.version, category__isnull=False)
        found = {row.category.words: row.implied for row in listed}
        self.assertEqual(found, {"Business/Coast": False, "Business": False})
        response = self.client.get("/world/coast/")
        self.assertRedirects(response, "/business/coast/", 301, fetch_redirect_response=False)

    def test_a_withdrawal_is_not_rendered(self):
        withdrawn = publishing.withdraw(self.article, by=self.editor, now=self.now)
        self.assertFalse(Rendering.objects.filter(version=withdrawn).exists())

    def test_links_wait_for_their_story(self):
        waiting = Link.objects.get(version=self.version, headline="PILOTS ASK FOR A SECOND BOAT")
        self.assertIsNone(waiting.target)
        item = store.Item(a_story(9, headline="Pilots ask for a second boat"))
        store.save([item], store.Import())
        waiting.refresh_from_db()
        self.assertEqual(waiting.target, item.article)

    def test_made_anew_they_are_the_same(self):
        from articles import derive

        def told():
            return [
                list(
                    Listing.objects.order_by("version", "category", "tag", "author").values_list(
                        "version", "category", "tag", "author", "implied", "first_published_at"
                    )
                ),
                list(
                    Link.objects.order_by("version", "number").values_list(
                        "version", "number", "headline", "target"
                    )
                ),
                list(Rendering.objects.order_by("version").values()),
            ]

        before = told()
        self.assertEqual(sum(derive.again(Version.objects.all())), 1)
        self.assertEqual(told(), before)


class AddressTests(Newsroom):
    def test_two_stories_of_one_name_on_one_day_have_two_addresses(self):
        other = working_copy(a_story(2, headline=a_story().headline))
        first, second = self.publish(), publishing.publish(other, by=None, now=self.now)
        day = f"{timezone.localtime(self.now):%Y/%m/%d}"
        self.assertEqual(first.article.path, f"/{day}/harbour-opens-its-gate-number-1/")
        self.assertEqual(second.article.path, f"/{day}/harbour-opens-its-gate-number-1-2/")

    def test_an_address_is_never_made_anew(self):
        path = self.publish().article.path
        say(self.article, "Quite another headline")
        self.assertEqual(self.publish().article.path, path)

    def test_a_headline_without_letters_is_named_by_its_number(self):
        article = working_copy(a_story(3, headline="!?!"))
        path = publishing.publish(article, by=None, now=self.now).article.path
        self.assertTrue(path.endswith(f"/story-{article.pk}/"), path)

    def test_letters_of_every_script_stay(self):
        article = working_copy(a_story(4, headline="فتح الميناء بوابته"))
        path = publishing.publish(article, by=None, now=self.now).article.path
        self.assertTrue(path.endswith("/فتح-الميناء-بوابته/"), path)

    def test_a_changed_address_answers_from_the_old_one(self):
        old = self.publish().article.path
        new = addresses.change(self.article, "A better slug")
        newer = addresses.change(self.article, "The best slug")
        for path in (old, new):
            response = self.client.get(path)
            self.assertRedirects(response, newer, 301, fetch_redirect_response=False)
        self.assertEqual(addresses.change(self.article, "A better slug"), new)
        self.assertEqual(self.client.get(new).status_code, 200)

    def test_a_category_keeps_out_of_the_sites_own_addresses(self):
        for name, path in (("Archive", "archive-news"), ("2024", "2024-news")):
            category = Category(name=name)
            self.assertTrue(addresses.place(category))
            self.assertEqual(category.path, path)
