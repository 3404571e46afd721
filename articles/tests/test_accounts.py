"""People of the newsroom: invited by mail, given a role, never deleted; forgotten passwords."""

from __future__ import annotations

import re
import threading
from io import StringIO

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.tests.desk import a_client, fields_of, somebody

ADD, LIST = reverse("admin:auth_user_add"), reverse("admin:auth_user_changelist")
FORGOTTEN = reverse("admin_password_reset")
PASSWORD = "the ferry leaves at nine"


def sent():
    """The mails that have gone out, once all are on their way."""
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join()
    return mail.outbox


def link_in(message):
    (link,) = re.findall(r"http://testserver(\S+)", message.body)
    return link


def change(user):
    return reverse("admin:auth_user_change", args=[user.pk])


class People(TestCase):
    def setUp(self):
        cache.clear()
        self.boss = somebody("administrator", "ada")
        self.client = a_client(self.boss)

    def invite(self, email="fog@news.example", role="author"):
        group = Group.objects.get(name=role).pk
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(ADD, {"email": email, "groups": [group]})

    def set_password(self, link, password=PASSWORD):
        visitor = Client()
        page = visitor.get(link, follow=True)
        return visitor.post(
            page.request["PATH_INFO"], {"new_password1": password, "new_password2": password}
        )


class InvitationTests(People):
    def test_somebody_is_invited_by_mail_sets_a_password_and_comes_in(self):
        self.assertRedirects(self.invite(), LIST)
        (message,) = sent()
        self.assertEqual(message.to, ["fog@news.example"])
        self.assertIn("ada has made an account", message.body)
        user = User.objects.get(username="fog@news.example")
        self.assertEqual((user.is_staff, user.is_superuser), (True, False))
        self.assertFalse(user.has_usable_password())
        self.assertEqual(self.set_password(link_in(message)).status_code, 302)
        user.refresh_from_db()
        self.assertTrue(user.check_password(PASSWORD))

    def test_the_link_works_once(self):
        self.invite()
        link = link_in(sent()[0])
        self.set_password(link)
        self.set_password(link, "another long password 2")
        self.assertTrue(User.objects.get(email="fog@news.example").check_password(PASSWORD))

    def test_a_weak_password_is_refused(self):
        self.invite()
        self.assertEqual(self.set_password(link_in(sent()[0]), "short").status_code, 200)
        self.assertFalse(User.objects.get(email="fog@news.example").has_usable_password())

    def test_one_address_is_one_person(self):
        self.invite()
        self.assertContains(self.invite("FOG@news.example"), "has an account")
        self.assertEqual(len(sent()), 1)

    def test_the_link_leads_to_the_site_whatever_host_was_asked(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(
                ADD, {"email": "fog@news.example", "groups": []}, headers={"host": "localhost"}
            )
        self.assertIn("http://testserver/", sent()[0].body)


class RightsTests(People):
    def test_an_administrator_gives_no_rights_that_are_not_theirs(self):
        above = Group.objects.create(name="everything")
        above.permissions.set(Permission.objects.all())
        page = self.client.get(ADD)
        offered = set(page.context["adminform"].form.fields["groups"].queryset)
        self.assertNotIn(above, offered)
        self.assertIn(Group.objects.get(name="administrator"), offered)
        self.client.post(ADD, {"email": "fog@news.example", "groups": [above.pk]})
        self.assertFalse(User.objects.filter(email="fog@news.example").exists())

    def test_an_administrator_cannot_make_a_superuser_or_change_one(self):
        fields = fields_of(self.client.get(change(self.boss)), "user_form")
        self.client.post(change(self.boss), {**fields, "is_superuser": "on"})
        self.boss.refresh_from_db()
        self.assertFalse(self.boss.is_superuser)
        root = User.objects.create_superuser("vera")
        self.assertEqual(self.client.post(change(root), {"username": "mine"}).status_code, 403)
        password = reverse("admin:auth_user_password_change", args=[root.pk])
        self.assertEqual(self.client.get(password).status_code, 403)
        self.assertEqual(self.take_away(root).status_code, 403)

    def test_an_account_is_deactivated_and_not_deleted(self):
        for client in (self.client, a_client(User.objects.create_superuser("vera"))):
            url = reverse("admin:auth_user_delete", args=[self.boss.pk])
            self.assertEqual(client.post(url, {"post": "yes"}).status_code, 403)

    def test_an_editor_sees_no_accounts(self):
        self.assertEqual(a_client(somebody("editor")).get(LIST).status_code, 403)

    def take_away(self, user):
        return self.client.post(reverse("admin:auth_user_second_factor", args=[user.pk]))

    def test_a_lost_phone_is_taken_away_and_stands_in_the_record(self):
        user = somebody("editor")
        TOTPDevice.objects.create(user=user, name="phone")
        self.assertContains(self.client.get(change(user)), "Take away the second factor")
        self.assertRedirects(self.take_away(user), change(user))
        self.assertFalse(TOTPDevice.objects.exists())
        entry = LogEntry.objects.get()
        self.assertEqual((entry.user, entry.object_id), (self.boss, str(user.pk)))
        self.assertEqual(entry.get_change_message(), "Second factor taken away.")

    def test_the_last_administrator_is_let_in_again_from_the_command_line(self):
        TOTPDevice.objects.create(user=self.boss, name="phone")
        call_command("reset_second_factor", "ada", stdout=StringIO())
        self.assertFalse(TOTPDevice.objects.exists())
        self.assertEqual(LogEntry.objects.get().object_id, str(self.boss.pk))
        with self.assertRaises(CommandError):
            call_command("reset_second_factor", "nobody")

    def test_keys_of_phones_are_on_no_page(self):
        boss = a_client(User.objects.create_superuser("vera"))
        self.assertEqual(boss.get("/admin/otp_totp/totpdevice/").status_code, 404)


class ForgottenTests(People):
    def setUp(self):
        super().setUp()
        self.user = somebody("editor")
        User.objects.filter(pk=self.user.pk).update(email="rosa@news.example")
        self.client = Client()

    def ask(self, email="rosa@news.example"):
        return self.client.post(FORGOTTEN, {"email": email}, follow=True)

    def test_the_log_in_leads_to_it_and_a_mail_sets_a_new_password(self):
        self.assertContains(self.client.get(reverse("admin:login")), FORGOTTEN)
        self.ask()
        (message,) = sent()
        self.assertEqual(message.to, ["rosa@news.example"])
        self.set_password(link_in(message))
        self.user.refresh_from_db()
        self.assertTrue(self.user.check_password(PASSWORD))

    def test_the_answer_does_not_tell_whether_there_is_such_an_account(self):
        known, unknown = self.ask(), self.ask("nobody@news.example")
        self.assertEqual(known.content, unknown.content)
        self.assertEqual(len(sent()), 1)

    def test_who_has_left_or_is_not_of_the_newsroom_gets_none(self):
        User.objects.filter(pk=self.user.pk).update(is_active=False)
        User.objects.create_user("reader", email="reader@news.example", password=PASSWORD)
        self.ask()
        self.ask("reader@news.example")
        self.assertEqual(sent(), [])

    def test_who_asks_again_and_again_gets_three_mails_and_the_same_answer(self):
        answers = {self.ask().content for _ in range(6)}
        self.assertEqual((len(sent()), len(answers)), (3, 1))

    def test_one_place_cannot_write_to_everybody(self):
        for number in range(30):
            user = User.objects.create_user(f"u{number}", email=f"u{number}@n.example")
            User.objects.filter(pk=user.pk).update(is_staff=True)
            self.ask(f"u{number}@n.example")
        self.assertEqual(len(sent()), 20)

    @override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=1)
    def test_a_mail_server_that_is_down_is_no_error_of_the_page(self):
        with self.assertLogs("newsroom.accounts.mail", "ERROR"):
            self.assertEqual(self.ask().status_code, 200)
            sent()
