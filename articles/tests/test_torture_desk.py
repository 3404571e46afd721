"""Many hands at one button, and readers who never stop asking while an editor publishes."""

import contextlib
import logging
import threading
import time

from django.core.cache import cache
from django.db import connections
from django.test import Client, tag
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import Article, Version
from articles.story import TextBlock

from .browser import NewsroomTransactionTestCase
from .desk import a_client, an_editor, fields_of, stored, url_of
from .stories import a_story
from .test_publishing import say

HANDS, PUBLISHES, READERS = 8, 200, 4


def together(*works):
    """Run these at the same time; the errors of those that failed."""
    errors, ready = [], threading.Barrier(len(works))

    def run(work):
        try:
            ready.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@tag("torture")
class ManyHandsTests(NewsroomTransactionTestCase):
    def test_publish_pressed_by_eight_at_once_makes_one_version(self):
        for round_ in range(5):
            article = stored(a_story(round_))
            url = url_of(article, "publish")
            clients = [a_client(an_editor(f"editor{round_}-{n}")) for n in range(HANDS)]
            pages = [fields_of(client.get(url), form_id=None) for client in clients]
            answers = []

            def press(client, fields, url=url, answers=answers):
                answers.append(client.post(url, fields).status_code)

            works = [
                lambda c=c, f=f, press=press: press(c, f)
                for c, f in zip(clients, pages, strict=True)
            ]
            self.assertEqual(together(*works), [])
            self.assertEqual(article.versions.count(), 1)
            self.assertEqual(len(answers), HANDS)
            self.assertLess(max(answers), 500)

    def test_eight_at_once_without_a_form_make_one_version_and_seven_hear_why(self):
        article, told = stored(a_story()), []

        def publish():
            try:
                publishing.publish(article, by=None)
            except publishing.PublishError as refused:
                told.append(type(refused))

        self.assertEqual(together(*[publish] * HANDS), [])
        self.assertEqual(article.versions.count(), 1)
        self.assertEqual(told, [publishing.NothingToPublish] * (HANDS - 1))

    def test_publish_and_withdraw_in_any_order_number_their_versions_without_a_gap(self):
        article = stored(a_story())
        publishing.publish(article, by=None)

        def act():
            for _ in range(10):
                for one in (publishing.withdraw, publishing.publish):
                    with contextlib.suppress(publishing.PublishError):
                        one(article, by=None)

        self.assertEqual(together(*[act] * 4), [])
        numbers = list(article.versions.order_by("number").values_list("number", "pubstatus"))
        self.assertEqual([number for number, _ in numbers], list(range(1, len(numbers) + 1)))
        ups_and_downs = [status for _, status in numbers]
        self.assertEqual(ups_and_downs, (["usable", "canceled"] * len(numbers))[: len(numbers)])


@tag("torture")
class ReadersTests(NewsroomTransactionTestCase):
    """An editor saves, sleeps on it and publishes, two hundred times; readers ask all the while."""

    def setUp(self):
        cache.clear()
        log = logging.getLogger("django.request")
        self.addCleanup(log.setLevel, log.level)
        log.setLevel(logging.CRITICAL)
        self.article = stored(self.story(0))
        publishing.publish(self.article, by=None)
        self.path = Article.objects.get().path
        self.published, self.at_work, self.troubles, self.read = 0, True, [], 0

    def story(self, number):
        words = "".join(f"<p>Words {number}.</p>" for _ in range(40))
        return a_story(headline=f"Edition {number}", body=(TextBlock(html=words),))

    def edit(self):
        try:
            for number in range(1, PUBLISHES + 1):
                article = say(self.article, f"Edition {number}")
                time.sleep(0.002)
                publishing.publish(article, by=None)
                self.published = number
        finally:
            self.at_work = False

    def reads(self, path, css):
        def reader():
            client = Client(raise_request_exception=False)
            while self.at_work:
                before = self.published
                response = client.get(path)
                # What is being published right now may be out before its editor hears of it.
                self.judge(path, response, css, before, self.published + 1)
                self.read += 1

        return reader

    def judge(self, path, response, css, oldest, newest):
        text = response.content.decode()
        if response.status_code != 200:
            self.troubles.append(f"{path} {response.status_code}")
        elif not text.rstrip().endswith(("</html>", "</rss>")):
            self.troubles.append(f"{path} ends in {text[-40:]!r}")
        else:
            found = [node.text(strip=True) for node in LexborHTMLParser(text).css(css)]
            numbers = [int(words.removeprefix("Edition ")) for words in found if "Edition" in words]
            if not numbers or min(numbers) < oldest or max(numbers) > newest:
                told = f"{path} says {found} between editions {oldest} and {newest}"
                self.troubles.append(told)

    def test_readers_always_get_a_whole_page_of_words_that_are_out(self):
        pages = [(self.path, "h1"), ("/", "h2, h3"), ("/business/", "h2, h3"), ("/feed/", "title")]
        readers = [self.reads(*pages[n % len(pages)]) for n in range(READERS)]
        self.assertEqual(together(self.edit, *readers), [])
        self.assertEqual(self.troubles, [])
        self.assertEqual(Version.objects.count(), PUBLISHES + 1)
        self.assertGreater(self.read, PUBLISHES)
