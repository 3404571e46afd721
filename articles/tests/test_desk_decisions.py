"""An import held a story or refused an item; an editor decides."""

from django.contrib.auth.models import User
from django.test import TestCase

from articles import formats, revisions, store
from articles.admin.merging import bring_together
from articles.models import Article, ImportItem, KeptSource, Version
from articles.story import PubStatus

from .stories import a_full_story, a_story

CONTEXT = formats.Context(source="wire")


def came(story, position=1):
    return formats.Item("dump.jsonl", position, "jsonl", story.as_json(), CONTEXT)


def bring(*stories):
    """Import these stories as a dump holds them; the outcomes, in order."""
    options = store.options_told(CONTEXT, format="auto", draft=False, media_root=None)
    items = [
        store.Item(story, "dump.jsonl", n, came(story, n))
        for n, story in enumerate(stories, start=1)
    ]
    run = store.Import.told(options)
    store.save_what_fits(items, run)
    return [str(item.outcome) for item in items]


def edit(headline="An editor's headline"):
    article = Article.objects.get()
    article.headline = headline
    article.save()
    revisions.record(article, by=None)


class DecisionTests(TestCase):
    def setUp(self):
        self.editor = User.objects.create_user("vera")
        bring(a_story())
        edit()
        self.news = a_full_story(headline="The wire's new headline", source_id="story-1")
        self.assertEqual(bring(self.news), ["held"])
        self.item = ImportItem.objects.get(outcome="held")

    def test_what_the_source_said_can_be_read_as_long_as_it_is_kept(self):
        self.assertEqual(store.story_of(self.item), self.news)
        self.assertEqual(store.source_of(self.item).data, self.news.as_json())
        KeptSource.objects.all().delete()
        self.item.refresh_from_db()
        self.assertIsNone(store.source_of(self.item))
        with self.assertRaisesMessage(store.NotKept, "not kept"):
            store.story_of(self.item)
        with self.assertRaisesMessage(store.DecisionError, "not kept"):
            store.take_source(self.item, by=self.editor)

    def test_taking_it_changes_the_working_copy_and_nothing_for_readers(self):
        before = Version.objects.live().get()
        revision = store.take_source(self.item, by=self.editor)
        article = Article.objects.get()
        self.assertEqual(article.as_story(), self.news)
        self.assertEqual((article.head, revision.by), (revision, self.editor))
        self.assertEqual(Version.objects.live().get(), before)
        self.item.refresh_from_db()
        self.assertEqual((self.item.decision, self.item.decided_by), ("taken", self.editor))

    def test_what_was_taken_is_unchanged_when_it_comes_again_and_the_next_one_updates(self):
        store.take_source(self.item, by=self.editor)
        self.assertEqual(bring(self.news), ["unchanged"])
        self.assertEqual(bring(self.news.replace(headline="Newer still")), ["updated"])

    def test_what_came_before_what_was_taken_does_not_come_back(self):
        older = a_story(headline="In between")
        bring(older, self.news.replace(headline="Both in one dump"))
        newest = ImportItem.objects.filter(outcome="held").latest("pk")
        store.take_source(newest, by=self.editor)
        self.assertEqual(bring(older), ["unchanged"])

    def test_what_was_dismissed_is_not_held_again_and_a_newer_one_is(self):
        store.dismiss(self.item, by=self.editor)
        self.assertEqual(bring(self.news), ["unchanged"])
        self.assertEqual(Article.objects.get().headline, "An editor's headline")
        self.assertEqual(bring(self.news.replace(headline="Newer still")), ["held"])

    def merged(self, item):
        return store.merge_source(
            item,
            lambda *three: bring_together(*three, by=self.editor, source="wire"),
            by=self.editor,
        )

    def test_merged_it_is_beside_what_was_edited_here_and_the_next_one_is_held_again(self):
        bring(a_story(standfirst="The wire's own"))
        item = ImportItem.objects.undecided().latest("pk")
        meeting = self.merged(item)
        article = Article.objects.get()
        self.assertIsNone(meeting.kept)
        self.assertEqual(article.headline, "An editor's headline")
        self.assertEqual(article.standfirst, "The wire's own")
        self.assertEqual(article.head.by, self.editor)
        self.assertEqual(bring(a_story(standfirst="The wire's own")), ["unchanged"])
        newer = a_story(standfirst="The wire's own", byline="By the wire")
        self.assertEqual(bring(newer), ["held"])
        self.merged(ImportItem.objects.undecided().latest("pk"))
        article = Article.objects.get()
        self.assertEqual(
            (article.headline, article.byline), ("An editor's headline", "By the wire")
        )

    def test_where_both_changed_the_same_nothing_of_either_is_lost(self):
        meeting = self.merged(self.item)
        self.assertEqual([conflict.place for conflict in meeting.merged.conflicts][0], "headline")
        self.assertEqual(Article.objects.get().headline, "An editor's headline")
        (kept,) = Article.objects.get().unmerged.all()
        self.assertEqual(kept.story.headline, "The wire's new headline")
        self.assertEqual(bring(self.news), ["unchanged"])

    def test_it_is_decided_once(self):
        store.dismiss(self.item, by=self.editor)
        for decide in (store.dismiss, store.take_source):
            with self.assertRaisesMessage(store.DecisionError, "decided already"):
                decide(self.item, by=self.editor)

    def test_only_what_waits_can_be_decided(self):
        created = ImportItem.objects.get(outcome="created")
        with self.assertRaisesMessage(store.DecisionError, "only what is held or refused"):
            store.take_source(created, by=self.editor)

    def test_a_withheld_story_stays_withheld_when_it_is_taken(self):
        withheld = self.news.replace(pubstatus=PubStatus.WITHHELD, headline="Not for readers")
        bring(withheld)
        store.take_source(ImportItem.objects.latest("pk"), by=self.editor)
        self.assertEqual(Article.objects.get().pubstatus, "withheld")
