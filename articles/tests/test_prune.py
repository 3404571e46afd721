"""Old saves are thrown away, and never one that anything points to."""

from datetime import datetime, timedelta
from io import StringIO

from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone

from articles import fronts, pruning, publishing, revisions, store
from articles.models import Article, Container, Front, FrontRevision, ImportItem, Revision, Unmerged
from articles.tests.desk import stored
from articles.tests.fronts import arranged
from articles.tests.stories import a_story

NOON = timezone.make_aware(datetime(2026, 3, 4, 12))  # noqa: DTZ001
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class PruneTests(TestCase):
    def setUp(self):
        self.article = stored(a_story(headline="Edition 0"))
        self.first = self.article.head

    def save(self, headline, at):
        article = Article.objects.get(pk=self.article.pk)
        article.headline = headline
        article.save()
        return revisions.record(article, by=None, at=at)

    def prune(self, *options, days=30):
        out = StringIO()
        call_command("prune_revisions", "--older-than", str(days), *options, stdout=out)
        return out.getvalue().strip()

    def left(self):
        found = Revision.objects.filter(article=self.article).order_by("pk")
        return [revision.story.headline for revision in found]

    def three_days(self):
        for number in range(6):
            self.save(f"Edition {number + 1}", NOON + number // 2 * DAY + number % 2 * HOUR)
        self.save("Edition 7", timezone.now())

    def test_the_last_save_of_each_day_stays(self):
        self.three_days()
        self.assertIn("3 saves deleted", self.prune())
        kept = ["Edition 0", "Edition 2", "Edition 4", "Edition 6", "Edition 7"]
        self.assertEqual(self.left(), kept)

    def test_or_of_each_month(self):
        self.three_days()
        self.prune("--keep-every", "month")
        self.assertEqual(self.left(), ["Edition 0", "Edition 6", "Edition 7"])

    def test_what_is_not_old_enough_stays(self):
        self.three_days()
        age = (timezone.now() - NOON).days
        self.prune(days=age + 1)
        self.assertEqual(len(self.left()), 8)

    def test_a_plan_says_how_much_and_deletes_nothing(self):
        self.three_days()
        self.assertIn("3 saves to delete, 0.0 MB", self.prune("--plan"))
        self.assertEqual(len(self.left()), 8)

    def test_what_was_published_stays(self):
        self.save("Published", NOON)
        publishing.publish(self.article, by=None, now=NOON)
        self.save("Later that day", NOON + HOUR)
        self.save("Now", timezone.now())
        self.prune("--keep-every", "month")
        self.assertIn("Published", self.left())

    def test_what_an_import_took_and_what_was_there_before_it_stay(self):
        (item,) = store.save([store.Item(a_story(5))], store.Import(draft=True))
        self.article = item.article
        before = self.save("Before", NOON)
        self.save("Between", NOON + HOUR)
        self.save("Last", NOON + 2 * HOUR)
        ImportItem.objects.update(before=before)
        self.prune("--keep-every", "month", days=0)
        self.assertEqual(self.left(), [a_story(5).headline, "Before", "Last"])
        line = ImportItem.objects.get()
        self.assertEqual((line.revision, line.before), (item.revision, before))

    def test_what_words_wait_to_be_merged_with_stays(self):
        base = self.save("Opened", NOON)
        self.save("Later that day", NOON + HOUR)
        self.save("Now", timezone.now())
        rosa = User.objects.create_user("rosa")
        Unmerged.objects.create(article=self.article, base=base, story=base.story, at=NOON, by=rosa)
        self.prune()
        self.assertIn("Opened", self.left())

    def test_every_key_to_a_revision_is_asked(self):
        query = str(pruning.unpointed(pruning.STORIES).query)
        for table in (
            "version",
            "article",
            "importitem",
            "unmerged",
            "review",
            "search",
            "redaction",
        ):
            self.assertIn(f"articles_{table}", query)
        self.assertEqual(query.count("EXISTS"), 9)  # and one for what is the newest

    def test_the_age_is_a_number_of_days(self):
        with self.assertRaises(CommandError):
            self.prune(days=-1)


class FrontTests(TestCase):
    """Of a front page, too."""

    def save(self, size, at, *, publish=False):
        made = self.front.revisions.create(
            arrangement=arranged(Container(size=size)), digest=str(size), at=at, by=None
        )
        if publish:
            fronts.publish(self.front, by=None, now=at)
        return made

    def sizes(self):
        found = FrontRevision.objects.order_by("pk")
        return [revision.arrangement.containers[0].size for revision in found]

    def test_what_was_published_what_is_the_newest_and_the_last_of_each_day_stay(self):
        self.front = Front.objects.create()
        self.save(1, NOON)
        self.save(2, NOON + HOUR, publish=True)
        self.save(3, NOON + 2 * HOUR)
        self.save(4, NOON + 3 * HOUR)
        self.save(5, NOON + DAY)
        call_command("prune_revisions", "--older-than", "30", stdout=StringIO())
        self.assertEqual(self.sizes(), [2, 4, 5])
        call_command(
            *("prune_revisions", "--older-than", "0", "--keep-every", "month"), stdout=StringIO()
        )
        self.assertEqual(self.sizes(), [2, 5])
