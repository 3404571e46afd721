"""The hub is told of what readers see otherwise than before: once, whatever happens to it."""

import socket
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from unittest.mock import patch
from urllib.parse import parse_qs

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, override_settings
from django.utils import timezone

from articles import library, locks, publishing, websub
from articles.models import Ping, Version
from articles.story import CaptionBlock, Media
from articles.tests.desk import a_photo
from articles.tests.matrix.crawler import clock
from articles.tests.newsroom import HOUR, ReaderTestCase, dated, live, scheduled
from articles.tests.stories import a_story

SITE = "https://news.example"


class Hub:
    """One on this machine: `asked` of what, and `answers` as it is told to, then 202."""

    def __init__(self):
        hub = self
        self.asked, self.answers = [], []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                hub.asked.append(parse_qs(body))
                self.send_response(hub.answers.pop(0) if hub.answers else 202)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hub?of=ours"

    def topics(self):
        """What it was told since this was asked last."""
        asked, self.asked = self.asked, []
        return [call["hub.url"][0].removeprefix(SITE) for call in asked]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class HubTestCase(ReaderTestCase):
    def setUp(self):
        super().setUp()
        self.hub = Hub()
        self.addCleanup(self.hub.close)
        settings = override_settings(WEBSUB_HUB=self.hub.url, SITE_URL=SITE)
        settings.enable()
        self.addCleanup(settings.disable)
        pause = patch("articles.websub.PAUSE", 0)
        pause.start()
        self.addCleanup(pause.stop)

    def ping(self, *options):
        said = StringIO()
        call_command("ping", *options, stdout=said)
        return said.getvalue()

    def feeds(self, *places):
        return [f"{place}feed/{kind}" for place in places for kind in ("", "atom/", "json/")]


class ChangeTests(HubTestCase):
    EVERYWHERE = ("/", "/business/", "/world/", "/world/coast/", "/tag/harbour/", "/tag/ships/")
    EVERYWHERE += ("/author/ines-roth/",)

    def setUp(self):
        super().setUp()
        self.ping()
        # The first time it is told that there is a feed at all.
        self.assertEqual(self.hub.topics(), self.feeds("/"))

    def assertTold(self, *places):
        self.ping()
        self.assertCountEqual(self.hub.topics(), self.feeds(*places))

    def test_what_is_published_is_told_once_in_all_three_ways(self):
        live(dated(HOUR))
        self.assertTold(*self.EVERYWHERE)
        self.assertTold()

    def test_a_call_is_what_hubs_know(self):
        live(dated(HOUR))
        self.ping()
        call = self.hub.asked[0]
        self.assertEqual(call["hub.mode"], ["publish"])
        self.assertEqual(call["hub.url"], [f"{SITE}/feed/"])
        self.assertEqual(call["hub.topic"], [f"{SITE}/feed/"])

    def test_a_correction_and_a_withdrawal_are_told_each(self):
        article, other = live(dated(HOUR, number=1), dated(HOUR, number=2))
        self.ping()
        self.hub.topics()
        publishing.correct(article, by=None, text="It was six.", kind="correction")
        self.assertTold(*self.EVERYWHERE)
        publishing.withdraw(article, by=None, why="a test")
        self.assertTold(*self.EVERYWHERE)

    def test_where_nothing_is_left_there_is_nothing_to_fetch(self):
        (article,) = live(dated(HOUR))
        self.ping()
        self.hub.topics()
        publishing.withdraw(article, by=None, why="a test")
        self.assertTold("/")
        self.assertTold()

    def test_what_is_scheduled_is_told_when_its_moment_has_come_and_not_before(self):
        at = timezone.now() + HOUR
        scheduled(a_story(), at)
        self.assertTold()
        with clock(at):
            self.assertTold(*self.EVERYWHERE)

    def test_a_draft_changes_nothing(self):
        (article,) = live(dated(HOUR))
        self.ping()
        self.hub.topics()
        article.headline = "Changed at noon"
        article.save()
        self.assertTold()

    def test_a_picture_whose_rights_end_changes_the_feeds_it_was_in(self):
        photo = a_photo("navy")
        lead = CaptionBlock(text="A quay.", media=Media(sha256=photo.sha256))
        live(dated(HOUR, lead=lead, categories=("World",), tags=(), authors=()))
        end = timezone.now() + HOUR
        photo.rights_until = end
        library.save(photo)
        self.ping()
        self.hub.topics()
        with clock(end):
            self.assertTold("/", "/world/")

    def test_a_plan_tells_nobody(self):
        live(dated(HOUR, categories=("World",), tags=(), authors=()))
        self.assertEqual(self.ping("--plan"), "/feed/\n/world/feed/\n")
        self.assertEqual(self.hub.topics(), [])
        self.assertTold("/", "/world/")

    def test_an_act_whose_transaction_ended_late_is_told(self):
        """Its row says when it began, before the last telling."""
        live(dated(HOUR, categories=("World",), tags=(), authors=()))
        begun = Version.objects.latest("pk").created_at
        Ping.objects.filter(topic="").update(told_at=begun + timedelta(minutes=5))
        self.assertTold("/", "/world/")


class TroubleTests(HubTestCase):
    def setUp(self):
        super().setUp()
        self.ping()
        self.hub.topics()
        live(dated(HOUR, categories=("World",), tags=(), authors=()))

    def refused(self):
        with self.assertRaises(CommandError) as caught:
            self.ping()
        return str(caught.exception), caught.exception.returncode

    def test_a_hub_that_stumbles_is_asked_again(self):
        self.hub.answers = [503, 429]
        self.assertEqual(self.ping(), "6 told, 0 refused\n")
        self.assertEqual(self.hub.topics(), ["/feed/"] * 2 + self.feeds("/", "/world/"))

    def test_a_hub_that_is_away_is_told_by_the_next_run_and_nothing_twice(self):
        self.hub.answers = [202, 202, 202, 500, 500, 500]
        told, status = self.refused()
        self.assertIn("answers 500", told)
        self.assertEqual(status, 1)
        self.hub.topics()
        self.ping()
        self.assertEqual(self.hub.topics(), self.feeds("/world/"))
        self.ping()
        self.assertEqual(self.hub.topics(), [])

    def test_a_hub_that_is_not_there_is_an_error_that_says_where(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{closed.getsockname()[1]}"
        with override_settings(WEBSUB_HUB=f"http://{place}/"):
            told, _status = self.refused()
        self.assertIn(place, told)

    def test_what_the_hub_does_not_take_is_named_and_not_tried_for_ever(self):
        self.hub.answers = [404]
        told, status = self.refused()
        self.assertIn(f"{SITE}/feed/", told)
        self.assertEqual((status, len(self.hub.topics())), (1, 6))
        self.ping()
        self.assertEqual(self.hub.topics(), [])

    def test_no_redirect_is_followed(self):
        self.hub.answers = [302] * 6
        self.refused()
        self.assertEqual(len(self.hub.topics()), 6)

    def test_a_run_ends_in_time_and_the_next_goes_on(self):
        with patch("articles.management.commands.ping.LONGEST", timedelta(seconds=-1)):
            self.assertIn("the next run tells the rest", self.ping())
        self.assertEqual(self.hub.topics(), [])
        self.assertEqual(self.ping(), "6 told, 0 refused\n")

    def test_two_at_once_do_not_tell_it_twice(self):
        with patch.object(locks, "hold", return_value=False):
            self.assertIn("another process", self.ping())
        self.assertEqual(self.hub.topics(), [])

    @override_settings(WEBSUB_HUB="")
    def test_without_a_hub_it_says_which_setting_is_missing(self):
        told, status = self.refused()
        self.assertIn("WEBSUB_HUB", told)
        self.assertEqual(status, 2)

    def test_publishing_needs_no_hub(self):
        with patch("articles.websub.HTTPConnection", side_effect=AssertionError):
            live(dated(HOUR, number=2))


class DrippingTests(SimpleTestCase):
    def test_a_hub_that_answers_a_byte_at_a_time_holds_nobody_up(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=self.drip, args=[server], daemon=True).start()
            url = f"http://127.0.0.1:{server.getsockname()[1]}/"
            begun = time.monotonic()
            with patch("articles.websub.LONGEST", 0.5), self.assertRaises(websub.HubAway):
                websub._asked(url, f"{SITE}/feed/")
            self.assertLess(time.monotonic() - begun, 5)

    def drip(self, server):
        connection, _address = server.accept()
        with connection:
            connection.recv(10_000)
            try:
                for _byte in range(100):
                    connection.sendall(b"H")
                    time.sleep(0.1)
            except OSError:
                pass
