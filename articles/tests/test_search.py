"""Searching: the same stories in the same order on both databases."""

from django.test import TestCase

from articles import search
from articles.models import Article, Search, Version

from .newsroom import HOUR, dated, live


class SmokeTests(TestCase):
    def test_a_word_finds_the_story(self):
        (article,) = live(dated(HOUR, headline="Elections at the quay"))
        self.assertEqual(Search.objects.count(), 1)
        for rows, by in ((Article.objects.all(), "head"), (Version.objects.live(), "revision")):
            keys = search.ranked(rows, search.read("election qua", typing=True), by)
            self.assertEqual(len(keys), 1)
        article.versions.all()
