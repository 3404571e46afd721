"""Who has a story open is known for a minute, costs little, and changes no story."""

from datetime import timedelta
from unittest.mock import patch

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Presence, Revision
from articles.models.presence import EXPIRES
from articles.tests.desk import a_client, an_editor, stored, url_of


class PresenceTests(TestCase):
    def setUp(self):
        self.article = stored()
        self.rosa, self.kim = an_editor("rosa"), an_editor("kim")

    def told(self, user, article=None, opened=None):
        opened = str(self.article.head_id) if opened is None else opened
        address = url_of(article or self.article, "presence")
        answer = a_client(user).post(address, {"opened": opened})
        self.assertEqual(answer.status_code, 200)
        return answer.json()["told"]

    def test_each_is_told_of_the_other_and_nobody_of_themselves(self):
        self.assertEqual(self.told(self.rosa), [])
        self.assertEqual(self.told(self.rosa), [])
        (told,) = self.told(self.kim)
        self.assertIn("rosa has had this story open since", told)
        (told,) = self.told(self.rosa)
        self.assertIn("kim", told)

    def test_since_when_stays_and_whoever_left_is_gone_in_a_minute(self):
        self.told(self.rosa)
        since = Presence.objects.get().since
        later = timezone.now() + EXPIRES - timedelta(seconds=1)
        with patch("articles.models.presence.timezone.now", return_value=later):
            Presence.objects.beat(self.article, self.rosa)
        self.assertEqual(Presence.objects.get().since, since)
        with patch(
            "articles.models.presence.timezone.now",
            return_value=later + EXPIRES + timedelta(seconds=1),
        ):
            self.assertEqual(Presence.objects.beat(self.article, self.kim), [])
        self.assertEqual(Presence.objects.get().user, self.kim)

    def test_another_story_is_another_matter(self):
        self.told(self.rosa)
        other = stored(self.article.as_story().replace(source_id="other"))
        self.assertEqual(self.told(self.kim, other, str(other.head_id)), [])

    def test_what_was_saved_since_it_was_opened_is_told(self):
        (told,) = self.told(self.rosa, opened="")
        self.assertIn("Your save will be merged", told)

    def test_it_writes_nothing_into_the_story_and_asks_as_much_for_ten_as_for_one(self):
        before = Article.objects.values().get()
        client = a_client(self.rosa)
        address = url_of(self.article, "presence")
        client.post(address)
        asked = self.queries_of(client, address)
        for number in range(9):
            Presence.objects.beat(self.article, an_editor(f"editor{number}"))
        with self.assertNumQueries(asked):
            client.post(address)
        self.assertEqual(Article.objects.values().get(), before)
        self.assertEqual(Revision.objects.count(), 1)

    def queries_of(self, client, address):
        with CaptureQueriesContext(connection) as queries:
            client.post(address)
        return len(queries)

    def test_who_may_only_look_is_not_counted(self):
        viewer = an_editor("vic", ["view_article", "others_article"])
        answer = a_client(viewer).post(url_of(self.article, "presence"))
        self.assertEqual(answer.status_code, 403)
        self.assertFalse(Presence.objects.exists())

    def test_a_story_that_is_gone_is_not_found(self):
        address = url_of(self.article, "presence").replace(f"/{self.article.pk}/", "/999999/")
        self.assertEqual(a_client(self.rosa).post(address).status_code, 404)
