"""manage.py reindex: what pages are made of comes back from the Versions."""

from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from articles import store
from articles.models import Link, Listing, Rendering, Version

from .stories import a_full_story, a_story


class ReindexTests(TestCase):
    def setUp(self):
        items = [store.Item(a_full_story()), store.Item(a_story(2))]
        store.save(items, store.Import())
        self.paths = [item.article.path for item in items]

    def reindex(self, *arguments):
        out = StringIO()
        call_command("reindex", *arguments, stdout=out)
        return out.getvalue().splitlines()[-1]

    def test_pages_come_back_after_everything_derived_was_lost(self):
        paths = [*self.paths, "/", "/world/coast/", "/tag/ships/", "/feed/"]
        before = [self.client.get(path).content for path in paths]
        for model in (Link, Listing, Rendering):
            model.objects.all().delete()
        self.assertEqual(self.reindex(), "reindexed 2 versions")
        self.assertEqual([self.client.get(path).content for path in paths], before)

    def test_only_what_readers_see_where_that_is_asked(self):
        store.save([store.Item(a_story(2, headline="Changed"))], store.Import())
        self.assertEqual(Version.objects.count(), 3)
        self.assertEqual(self.reindex("--live"), "reindexed 2 versions")
        self.assertEqual(self.reindex(), "reindexed 3 versions")
