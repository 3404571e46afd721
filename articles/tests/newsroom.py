"""Stories on their way to readers, in one line a step."""

import logging
from datetime import timedelta

from django.core.cache import cache
from django.test import TestCase
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import publishing, store
from articles.models import Article

from .stories import a_story

HOUR = timedelta(hours=1)


def dated(ago, **changes):
    """A story first published so long ago. `changes` as for `a_story`."""
    number = changes.pop("number", 1)
    return a_story(number, **{"published_at": timezone.now() - ago, **changes})


def live(*stories) -> list[Article]:
    """These stories as an import brings them: with their own dates, and live."""
    items = store.save([store.Item(story) for story in stories], store.Import())
    return [Article.objects.get(pk=item.article.pk) for item in items]


def draft(story) -> Article:
    """An article that readers have never seen."""
    (item,) = store.save([store.Item(story)], store.Import(draft=True))
    return Article.objects.get(pk=item.article.pk)


def scheduled(story, at) -> Article:
    article = draft(story)
    publishing.publish(article, by=None, at=at)
    return Article.objects.get(pk=article.pk)


def withdrawn(story) -> Article:
    (article,) = live(story)
    publishing.withdraw(article, by=None, why="a test")
    return article


def hush(test, *loggers, level=logging.CRITICAL):
    """Until the end of `test`: what is refused a thousand times on purpose is told nobody."""
    for log in map(logging.getLogger, loggers):
        test.addCleanup(log.setLevel, log.level)
        log.setLevel(level)


class ReaderTestCase(TestCase):
    """A reader at the site: `get` a path, `page` it parsed, the `texts` of what is in it."""

    def setUp(self):
        cache.clear()
        hush(self, "django.request", level=logging.ERROR)  # what is not found is no news here

    def get(self, path, **options):
        return self.client.get(path, **options)

    def page(self, path, status=200) -> LexborHTMLParser:
        response = self.get(path)
        self.assertEqual(response.status_code, status, path)
        return LexborHTMLParser(response.content.decode())

    def texts(self, path, css) -> list[str]:
        return [node.text(strip=True) for node in self.page(path).css(css)]
