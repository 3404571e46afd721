"""Every act of a person is written down, and what is written down stays."""

from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.db import DatabaseError, connection, transaction
from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from django.utils import timezone

from articles import addresses, audit, custody, publishing, workflow
from articles.models import AuditEntry, Note, Tag
from articles.tests.desk import a_client, an_editor, opened, sent, stored, url_of
from articles.tests.stories import a_story


class Audited(TestCase):
    def setUp(self):
        self.editor = an_editor()
        self.client = a_client(self.editor)
        self.article = stored(a_story(headline="Before"))
        with connection.cursor() as cursor:  # what the log-in above left
            cursor.execute("SELECT COUNT(*) FROM articles_auditentry")
            self.already = cursor.fetchone()[0]

    def entries(self):
        """(act, who, on what) of all since, oldest first."""
        found = AuditEntry.objects.select_related("by").order_by("id")[self.already :]
        return [(entry.act, str(entry.by), entry.told) for entry in found]


class WrittenDown(Audited):
    def test_a_save_tells_who_made_what_of_what(self):
        before = self.article.digest
        sent(self.client, self.article, opened(self.client, self.article), headline="After")
        entry = AuditEntry.objects.latest("id")
        self.article.refresh_from_db()
        self.assertEqual((entry.act, entry.by), ("save", self.editor))
        self.assertEqual((entry.before, entry.after), (before, self.article.digest))
        self.assertNotEqual(entry.before, entry.after)

    def test_a_save_that_changes_nothing_is_none(self):
        sent(self.client, self.article, opened(self.client, self.article))
        self.assertEqual(self.entries(), [])

    def test_an_earlier_text_that_is_restored_is_told_as_that(self):
        first = self.article.head_id
        sent(self.client, self.article, opened(self.client, self.article), headline="After")
        self.article.refresh_from_db()
        data = {"revision": first, "opened": self.article.head_id}
        self.client.post(url_of(self.article, "restore"), data)
        acts = [act for act, _who, _told in self.entries()]
        self.assertEqual(acts, ["save", "restore"])

    def test_two_edits_that_were_merged_are_told_as_that(self):
        fields = opened(self.client, self.article)
        sent(self.client, self.article, fields, headline="After")
        sent(self.client, self.article, fields, standfirst="Ferries wait.")
        acts = [act for act, _who, _told in self.entries()]
        self.assertEqual(acts, ["save", "merge"])

    def test_a_save_tells_the_network_it_came_from_and_no_address(self):
        fields = opened(self.client, self.article)
        self.client.defaults["REMOTE_ADDR"] = "203.0.113.77"
        sent(self.client, self.article, fields, headline="After")
        self.assertEqual(AuditEntry.objects.latest("id").place, "203.0.113.0/24")

    def test_each_act_of_publication_is_an_entry(self):
        later = timezone.now() + timedelta(days=1)
        publishing.publish(self.article, by=self.editor, at=later)
        publishing.unschedule(self.article, by=self.editor)
        publishing.publish(self.article, by=self.editor)
        publishing.correct(self.article, by=self.editor, text="It was six.")
        publishing.withdraw(self.article, by=self.editor, why="A court")
        acts = [act for act, who, _told in self.entries() if act != "save"]
        self.assertEqual(acts, ["schedule", "unschedule", "publish", "correct", "withdraw"])
        self.assertIn("A court", AuditEntry.objects.latest("id").detail)

    def test_a_new_address_tells_both(self):
        publishing.publish(self.article, by=self.editor)
        old = type(self.article).objects.get().path
        new = addresses.change(self.article, "another", by=self.editor)
        entry = AuditEntry.objects.latest("id")
        self.assertEqual((entry.act, entry.detail), ("change address", f"{old} → {new}"))

    def test_review_and_what_colleagues_say_is_there(self):
        workflow.submit(self.article, by=self.editor)
        workflow.assign(self.article, to=self.editor, by=self.editor)
        workflow.note(self.article, by=self.editor, text="Call the harbour.")
        workflow.send_back(self.article, by=self.editor, why="Too long")
        workflow.approve(self.article, by=self.editor)
        acts = [act for act, _who, _told in self.entries()]
        self.assertEqual(acts, ["submit", "assign", "note", "send back", "approve"])

    def test_log_ins_and_log_outs_are_there(self):
        self.client.post(reverse("admin:logout"))
        a_client(self.editor)
        self.assertEqual(self.entries(), [("log out", "rosa", "rosa"), ("log in", "rosa", "rosa")])

    def test_what_is_done_to_accounts_and_labels_is_there_each_by_itself(self):
        boss = a_client(User.objects.create_superuser("vera"))
        boss.post(reverse("admin:auth_group_add"), {"name": "sport"})
        keys = [Group.objects.create(name=name).pk for name in ("one", "two")]
        data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
        boss.post(reverse("admin:auth_group_changelist"), data)
        self.assertEqual(
            [entry for entry in self.entries() if entry[0] != "log in"],
            [("add", "vera", "sport"), ("delete", "vera", "one"), ("delete", "vera", "two")],
        )

    def test_a_draft_that_goes_into_the_bin_and_out_of_it_is_told(self):
        self.client.post(url_of(self.article, "delete"), {"post": "yes"})
        custody.take_out(self.article, by=self.editor)
        wanted = [("bin", "rosa", "Before"), ("take out", "rosa", "Before")]
        self.assertEqual(self.entries(), wanted)

    def test_a_draft_that_is_deleted_for_good_leaves_its_name_behind(self):
        custody.throw_away(self.article, by=self.editor)
        custody.empty(type(self.article).objects.all(), by=self.editor)
        self.assertEqual(self.entries()[1:], [("delete", "rosa", "Before")])

    def test_what_is_rolled_back_leaves_no_entry(self):
        with self.assertRaises(RuntimeError), transaction.atomic():
            workflow.submit(self.article, by=self.editor)
            raise RuntimeError
        self.assertEqual(self.entries(), [])


class UnchangeableTests(Audited):
    def refuse(self, statement):
        with self.assertRaises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_the_database_refuses_to_change_or_delete_an_entry(self):
        audit.record("save", self.article, by=self.editor)
        self.refuse("UPDATE articles_auditentry SET detail = 'nothing happened'")
        self.refuse("DELETE FROM articles_auditentry")

    def test_the_database_refuses_to_change_a_note(self):
        workflow.note(self.article, by=self.editor, text="Call the harbour.")
        self.refuse("UPDATE articles_note SET text = 'never mind'")
        self.assertEqual(Note.objects.get().text, "Call the harbour.")

    def test_nobody_changes_it_at_the_desk_not_even_who_may_do_everything(self):
        entry = audit.record("save", self.article, by=self.editor, detail="as it was")
        boss = a_client(User.objects.create_superuser("vera"))
        for page in ("change", "delete"):
            url = reverse(f"admin:articles_auditentry_{page}", args=[entry.pk])
            answer = boss.post(url, {"detail": "otherwise", "post": "yes"})
            self.assertEqual(answer.status_code, 403, page)
        self.assertEqual(boss.get(reverse("admin:articles_auditentry_add")).status_code, 403)
        self.assertEqual(AuditEntry.objects.get(pk=entry.pk).detail, "as it was")


class PageTests(Audited):
    def acts(self, **narrowed):
        boss = a_client(User.objects.get(username="vera"))
        page = boss.get(reverse("admin:articles_auditentry_changelist"), narrowed)
        self.assertEqual(page.status_code, 200)
        return [entry.act for entry in page.context["cl"].result_list]

    def test_it_is_narrowed_by_act_by_person_and_by_story(self):
        vera = User.objects.create_superuser("vera")
        other = stored(a_story(2))
        audit.record("approve", self.article, by=self.editor)
        audit.record("approve", other, by=vera)
        audit.record("note", other, by=vera)
        self.assertEqual(self.acts(act="approve"), ["approve", "approve"])
        self.assertEqual(self.acts(article=other.pk), ["note", "approve"])
        mine = self.acts(by__id__exact=self.editor.pk)
        self.assertEqual(mine, ["approve", "log in"])

    def test_an_entry_leads_to_what_it_is_about(self):
        User.objects.create_superuser("vera")
        tag = Tag.objects.create(name="pilots", slug="pilots")
        entry = audit.record("change", tag)
        boss = a_client(User.objects.get(username="vera"))
        page = boss.get(reverse("admin:articles_auditentry_change", args=[entry.pk]))
        self.assertContains(page, reverse("admin:articles_tag_change", args=[tag.pk]))


class PlaceTests(SimpleTestCase):
    def test_an_address_is_told_as_its_network(self):
        for address, told in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2::3", "2001:db8:1::/48"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("", ""),
            ("no address", ""),
        ]:
            self.assertEqual(audit.coarse(address), told)
