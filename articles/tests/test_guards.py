"""What the database itself keeps from happening, and what is refused before it has to."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest import skipUnless

from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from articles import publishing, store
from articles.models import Article, Link, RelatedPost, Revision, Version, triggers
from articles.story import RelatedBlock
from articles.story import RelatedPost as Post

from .stories import a_story


def imported(story):
    store.save([store.Item(story)], store.Import())
    return Article.objects.get(source_id=story.source_id)


class GuardTests(TestCase):
    def test_words_that_were_published_cannot_be_swapped_within_one_transaction(self):
        version = imported(a_story()).versions.get()
        with self.assertRaises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_revision WHERE id = %s", [version.revision_id])
        self.assertEqual(Version.objects.get().story, version.story)

    def test_a_revision_nobody_published_can_be_pruned(self):
        article = imported(a_story())
        spare = Revision.objects.create(
            article=article, story=a_story(), digest="0", at=article.saved_at
        )
        spare.delete()
        self.assertFalse(Revision.objects.filter(digest="0").exists())

    @skipUnless(connection.vendor == "postgresql", "SQLite cannot disable a trigger")
    def test_migrate_brings_back_a_trigger_that_somebody_disabled(self):
        name = "articles_version_no_update"
        with connection.cursor() as cursor:
            for how in ("DISABLE TRIGGER", "ENABLE REPLICA TRIGGER"):
                cursor.execute(f"ALTER TABLE articles_version {how} {name}")
                self.assertEqual(triggers.missing(connection), {name})
                triggers.install(connection)
                self.assertEqual(triggers.missing(connection), set())

    def test_a_schedule_no_calendar_of_ours_reaches_is_refused_in_words(self):
        article = imported(a_story())
        with self.assertRaisesMessage(publishing.PublishError, "2200"):
            publishing.publish(article, by=None, at=datetime(9999, 1, 1, tzinfo=UTC))

    def test_a_story_never_links_to_itself(self):
        own = a_story().headline
        article = imported(
            a_story(body=(RelatedBlock(headline=own.upper()),), related=(Post(headline=own),))
        )
        self.assertEqual(set(Link.objects.values_list("target", flat=True)), {None})
        self.assertEqual(
            set(RelatedPost.objects.filter(parent=article).values_list("post", flat=True)), {None}
        )
