"""The second factor: who must have one, and that no page of the desk opens without it."""

from __future__ import annotations

import time
from datetime import timedelta
from unittest.mock import patch

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import library
from articles.tests.desk import a_client, a_photo, somebody, stored, url_of
from articles.tests.matrix.crawler import clock
from articles.tests.stories import a_story
from newsroom.accounts import second_factor

INDEX, LOGIN = reverse("admin:index"), reverse("admin:login")
PAGE = reverse("admin:second_factor")
PASSWORD = "a long password 1"


def code_of(key, later=0):
    """What a phone with this key shows, in so many steps of half a minute."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + 30 * later
    return f"{totp.token():06d}"


class Door(TestCase):
    def setUp(self):
        on = override_settings(SECOND_FACTOR=True)
        on.enable()
        self.addCleanup(on.disable)

    def log_in(self, user):
        user.set_password(PASSWORD)
        user.save()
        self.client = Client()
        return self.client.post(
            f"{LOGIN}?next={INDEX}", {"username": user.username, "password": PASSWORD}
        )

    def where(self, path=INDEX):
        """Where somebody ends who asks for this page."""
        return self.client.get(path, follow=True).request["PATH_INFO"]

    def set_up(self, user):
        """The key of a phone, and the recovery codes."""
        self.client = a_client(user)
        self.client.get(PAGE)
        key = self.client.session[second_factor.KEY]
        page = self.client.post(PAGE, {"code": code_of(key)})
        return key, page.context["codes"]


class DemandTests(Door):
    def test_who_publishes_is_led_to_set_it_up_after_the_password(self):
        self.assertEqual(self.log_in(somebody("author")).status_code, 302)
        self.assertEqual(self.where(), PAGE)
        page = self.client.get(PAGE)
        self.assertContains(page, "second-factor-picture")
        self.assertNotContains(page, 'src="http')

    def test_who_gives_rights_is_led_there_too(self):
        for user in (somebody("administrator"), User.objects.create_superuser("vera")):
            self.client = a_client(user)
            self.assertEqual(self.where(), PAGE)

    def test_a_contributor_and_the_photo_desk_come_in_with_a_password(self):
        for role in ("contributor", "photo desk"):
            self.client = a_client(somebody(role))
            self.assertEqual(self.where(), INDEX)

    def test_rights_given_to_a_session_that_is_open_close_it_until_it_is_set_up(self):
        user = somebody("contributor")
        self.client = a_client(user)
        self.assertEqual(self.where(), INDEX)
        user.groups.add(Group.objects.get(name="author"))
        self.assertEqual(self.where(), PAGE)

    def test_no_page_of_the_desk_opens_without_it(self):
        article = stored()
        self.client = a_client(somebody("editor"))
        for page in ("change", "publish", "preview", "delete", "history"):
            self.assertEqual(self.where(url_of(article, page)), PAGE)
            self.assertEqual(self.client.post(url_of(article, page)).status_code, 302)
        for name in ("password_change", "articles_article_add", "auth_user_changelist", "jsi18n"):
            self.assertEqual(self.where(reverse(f"admin:{name}")), PAGE)
        self.assertFalse(article.versions.exists())

    def test_neither_does_a_file_that_readers_do_not_see(self):
        self.set_up(somebody("editor"))
        photo = a_photo()
        photo.rights_until = timezone.now() - timedelta(days=1)
        with self.captureOnCommitCallbacks(execute=True):
            library.save(photo)
        hidden = type(photo).objects.get().image.card
        self.assertTrue(self.client.get(hidden).getvalue())
        self.client = a_client(User.objects.get(username="editor"))
        self.assertEqual(self.client.get(hidden).status_code, 404)

    def test_leaving_needs_none(self):
        self.client = a_client(somebody("editor"))
        self.client.post(reverse("admin:logout"))
        self.assertNotIn("_auth_user_id", self.client.session)

    @override_settings(SECOND_FACTOR=False)
    def test_on_a_laptop_a_password_is_enough(self):
        self.client = a_client(somebody("editor"))
        self.assertEqual(self.where(), INDEX)

    def test_nobody_without_an_account_is_asked(self):
        self.client = Client()
        self.assertEqual(self.where(PAGE), LOGIN)


class PhoneTests(Door):
    def test_set_up_it_lets_in_and_gives_ten_codes_for_paper_once(self):
        user = somebody("editor")
        _key, codes = self.set_up(user)
        self.assertEqual(len(set(codes)), 10)
        self.assertEqual(self.where(), INDEX)
        self.assertNotContains(self.client.get(PAGE), codes[0])
        stored_tokens = set(StaticToken.objects.values_list("token", flat=True))
        self.assertFalse(stored_tokens & {code.replace("-", "") for code in codes})

    def test_a_wrong_code_sets_nothing_up(self):
        self.client = a_client(somebody("editor"))
        self.client.get(PAGE)
        key = self.client.session[second_factor.KEY]
        self.assertContains(self.client.post(PAGE, {"code": code_of(key, 50)}), "another code")
        self.assertFalse(TOTPDevice.objects.exists())
        self.assertEqual(self.client.session[second_factor.KEY], key)

    def test_the_next_session_is_asked_and_led_to_where_it_wanted_to_go(self):
        user = somebody("editor")
        key, _codes = self.set_up(user)
        self.log_in(user)
        wanted = reverse("admin:articles_article_changelist")
        asked = self.client.get(wanted, follow=True)
        self.assertEqual(asked.request["PATH_INFO"], PAGE)
        self.assertNotContains(asked, "second-factor-picture")
        before = self.client.session.session_key
        url = f"{PAGE}?{asked.request['QUERY_STRING']}"
        later = time.time() + 60
        with patch("time.time", return_value=later):
            answer = self.client.post(url, {"code": code_of(key)})
        self.assertRedirects(answer, wanted)
        self.assertNotEqual(self.client.session.session_key, before)

    def test_it_leads_to_no_other_site(self):
        user = somebody("editor")
        _key, codes = self.set_up(user)
        self.client = a_client(user)
        answer = self.client.post(f"{PAGE}?next=https://evil.example/", {"code": codes[0]})
        self.assertEqual(answer["Location"], INDEX)

    def test_a_code_is_good_once(self):
        user = somebody("editor")
        key, codes = self.set_up(user)
        self.client = a_client(user)
        self.client.post(PAGE, {"code": code_of(key)})  # that set it up: used
        self.assertEqual(self.where(), PAGE)
        self.assertEqual(self.client.post(PAGE, {"code": codes[3].upper()}).status_code, 302)
        self.client = a_client(user)
        self.client.post(PAGE, {"code": codes[3]})
        self.assertEqual(self.where(), PAGE)

    def test_after_wrong_codes_a_right_one_has_to_wait(self):
        user = somebody("editor")
        _key, codes = self.set_up(user)
        self.client = a_client(user)
        with clock(timezone.now()):
            for _ in range(3):
                self.client.post(PAGE, {"code": "aaaaa-aaaaa"})
            self.client.post(PAGE, {"code": codes[0]})
        self.assertEqual(self.where(), PAGE)

    def test_another_persons_code_is_no_key(self):
        _key, codes = self.set_up(somebody("editor"))
        other = somebody("author")
        self.set_up(other)
        self.client = a_client(other)
        self.client.post(PAGE, {"code": codes[0]})
        self.assertEqual(self.where(), PAGE)

    def test_whoever_has_only_the_password_cannot_set_up_another_phone(self):
        user = somebody("editor")
        self.set_up(user)
        self.client = a_client(user)
        self.client.get(PAGE)
        self.assertNotIn(second_factor.KEY, self.client.session)

    def test_a_new_phone_takes_the_place_of_the_old_one(self):
        user = somebody("editor")
        self.set_up(user)
        self.client.get(PAGE)
        key = self.client.session[second_factor.KEY]
        self.client.post(PAGE, {"code": code_of(key)})
        self.assertEqual(TOTPDevice.objects.get(user=user).key, key)
        self.assertEqual(self.where(), INDEX)

    def test_taken_away_it_is_asked_of_every_open_session(self):
        user = somebody("editor")
        self.set_up(user)
        second_factor.take_away(user)
        self.assertEqual(self.where(), PAGE)
        self.assertContains(self.client.get(PAGE), "second-factor-picture")

    def test_who_set_it_up_stands_in_the_record(self):
        user = somebody("editor")
        self.set_up(user)
        entry = LogEntry.objects.get()
        self.assertEqual((entry.user, entry.get_change_message()), (user, "Second factor set up."))


class RedactionTests(Door):
    """What cannot be undone asks for it once more."""

    def setUp(self):
        super().setUp()
        self.user = User.objects.create_superuser("vera", password=PASSWORD)
        self.key, self.codes = self.set_up(self.user)
        self.article = stored(a_story(headline="Ada Fry came"))

    def ask(self, code="", client=None, **changes):
        told = {"words": "Ada Fry", "why": "a court", "password": PASSWORD, "code": code}
        client = client or self.client
        return client.post(url_of(self.article, "redact"), {**told, **changes})

    def is_done(self):
        self.article.refresh_from_db()
        return self.article.headline != "Ada Fry came"

    def test_without_a_code_or_with_a_wrong_one_nothing_happens(self):
        self.assertContains(self.ask(), "Nothing is done yet")
        for code in ("", "000000", "aaaaa-aaaaa", code_of(self.key)):  # the last one is used up
            page = self.ask(code, confirmed="on")
            self.assertContains(page, "This is not right, or it comes too soon")
        self.assertFalse(self.is_done())

    def test_a_code_of_the_phone_opens_it_and_looking_uses_none_up(self):
        with patch("time.time", return_value=time.time() + 60):
            code = code_of(self.key)
            self.ask(code)
            self.assertEqual(self.ask(code, confirmed="on").status_code, 302)
        self.assertTrue(self.is_done())

    def test_so_does_a_recovery_code_once(self):
        self.assertEqual(self.ask(self.codes[0], confirmed="on").status_code, 302)
        self.assertTrue(self.is_done())
        self.assertEqual(StaticToken.objects.count(), len(self.codes) - 1)

    def test_the_password_is_asked_all_the_same(self):
        page = self.ask(self.codes[0], confirmed="on", password="another")
        self.assertContains(page, "not your password")
        self.assertFalse(self.is_done())
        self.assertEqual(StaticToken.objects.count(), len(self.codes))

    def test_after_wrong_codes_a_right_one_has_to_wait_here_too(self):
        with clock(timezone.now()):
            for _ in range(3):
                self.ask("aaaaa-aaaaa", confirmed="on")
            self.ask(self.codes[0], confirmed="on")
        self.assertFalse(self.is_done())

    @override_settings(SECOND_FACTOR=False)
    def test_where_there_is_no_second_factor_the_password_is_enough(self):
        client = a_client(self.user)
        self.assertNotContains(client.get(url_of(self.article, "redact")), "authenticator")
        self.assertEqual(self.ask(client=client, confirmed="on").status_code, 302)


class SessionTests(TestCase):
    def setUp(self):
        self.user = somebody("contributor")
        self.client = a_client(self.user)

    def is_in(self, later=0.0):
        with patch("time.time", return_value=time.time() + later):
            return self.client.get(INDEX).status_code == 200

    def test_after_seven_days_everybody_logs_in_again(self):
        self.assertTrue(self.is_in())
        self.assertFalse(self.is_in(later=7 * 24 * 3600 + 60))

    def test_twelve_hours_without_a_request_end_a_session(self):
        ends = self.client.session.get_expiry_age()
        self.assertEqual(ends, 12 * 3600)

    def test_working_keeps_it_open(self):
        seen = self.client.session["seen"]
        self.assertTrue(self.is_in(later=3600))
        self.assertGreater(self.client.session["seen"], seen)

    def test_a_new_password_ends_the_others(self):
        self.user.set_password("another long password 2")
        self.user.save()
        self.assertFalse(self.is_in())
