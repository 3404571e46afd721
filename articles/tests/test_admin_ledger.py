"""What an import left for the desk: runs, items with their source beside the result, decisions."""

from datetime import timedelta
from unittest import skipUnless

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import formats, publishing, revisions, store
from articles.admin import items as desk
from articles.models import Article, ImportItem, ImportRun, KeptSource, Version
from articles.story import RawBlock, TextBlock

from .desk import PERMISSIONS, a_client, an_editor, url_of
from .stories import a_full_story, a_story

LEDGER = ("view_importrun", "view_importitem")
DECIDES = (*PERMISSIONS, *LEDGER, "decide_importitem")
LIST = reverse("admin:articles_importitem_changelist")
CONTEXT = formats.Context(source="wire")


def bring(*stories, format="jsonl"):
    """Import these stories (or bytes of a text page) as a dump holds them. Returns the run."""
    run = store.Import.told(
        store.options_told(CONTEXT, format="auto", draft=False, media_root=None),
        paths=["/dumps/dump"],
    )
    found = []
    for number, story in enumerate(stories, start=1):
        data = story if isinstance(story, bytes) else story.as_json()
        context = formats.Context(source="wire", name=f"page-{number}")
        came = formats.Item("/dumps/dump", number, format, data, context)
        result = formats.driver.parsed(came)
        if isinstance(result, formats.Read):
            found.append(store.Item(result.story, came.path, number, came))
        else:
            found.append(store.Item.refused(came.path, number, result.reason, came))
    store.save_what_fits(found, run)
    run.finish()
    return run.run


def page(item, name="change"):
    return reverse(f"admin:articles_importitem_{name}", args=[item.pk])


class LedgerTestCase(TestCase):
    def setUp(self):
        self.editor = an_editor(permissions=DECIDES)
        self.client = a_client(self.editor)

    def edit(self, headline="The editor's headline", by=None):
        article = Article.objects.get()
        article.headline = headline
        article.save()
        revisions.record(article, by=by or self.editor)

    def held(self, **changes):
        """A story that an import changed, and an editor before it."""
        bring(a_story())
        self.edit()
        bring(a_story(headline="The wire's headline", **changes))
        return ImportItem.objects.get(outcome="held")

    def refused(self, data=b'{"source": "wire", "source_id": "x"}'):
        bring(data)
        return ImportItem.objects.get(outcome="refused")

    def send(self, item, name, opened=None, client=None):
        opened = Article.objects.get().head_id if opened is None else opened
        return (client or self.client).post(page(item, name), {"opened": opened}, follow=True)


class ItemTests(LedgerTestCase):
    def test_the_source_stands_beside_what_was_made_of_it(self):
        bring(a_full_story())
        shown = self.client.get(page(ImportItem.objects.get()))
        self.assertContains(shown, "&quot;headline&quot;: &quot;Harbour opens its gate number 1")
        self.assertContains(shown, '<dd dir="auto"><p>Harbour opens its gate number 1</p></dd>')
        self.assertContains(shown, "1 block of markup was not understood.")
        self.assertContains(shown, "the standfirst was guessed")

    def test_a_text_page_is_shown_as_the_text_it_is(self):
        text = "Categories: World\n\nCafé “opens”\n\nThe café opened at six.\n\nShare\n"
        bring(text.encode("windows-1252", "replace"), format="textpage")
        self.assertContains(self.client.get(page(ImportItem.objects.get())), "The café opened")

    def test_nothing_of_a_source_is_markup_on_the_page(self):
        evil = "<script>alert(1)</script>"
        bring(a_story(headline=evil, notes=(evil,), body=(RawBlock(html=evil, why=evil),)))
        shown = self.client.get(page(ImportItem.objects.get())).content.decode()
        self.assertNotIn("<script>alert", shown)
        self.assertGreater(shown.count("&lt;script&gt;alert(1)&lt;/script&gt;"), 5)

    def test_a_long_source_is_cut_and_all_of_it_is_a_file(self):
        story = a_story(body=(TextBlock(html=f"<p>{'Long. ' * 20_000}the end</p>"),))
        bring(story)
        item = ImportItem.objects.get()
        shown = self.client.get(page(item))
        (source,) = [part for part in shown.content.decode().split("<pre") if "source" in part[:20]]
        self.assertLess(len(source.partition("</pre>")[0]), 60_000)
        self.assertContains(shown, page(item, "source"))
        file = self.client.get(page(item, "source"))
        self.assertEqual(file.content, story.as_json())
        self.assertEqual(file["Content-Disposition"], f'attachment; filename="item-{item.pk}.json"')
        self.assertEqual(file["X-Content-Type-Options"], "nosniff")
        self.assertEqual(file["Content-Type"], "application/octet-stream")

    def test_no_cache_keeps_the_pages_of_the_ledger_or_a_source(self):
        item = self.held()
        for name in ("change", "source"):
            self.assertIn("no-store", self.client.get(page(item, name))["Cache-Control"])
        self.assertIn("no-store", self.client.get(LIST)["Cache-Control"])

    def test_a_source_that_was_pruned_is_said_to_be_gone(self):
        item = self.held()
        KeptSource.objects.all().delete()
        shown = self.client.get(page(item))
        self.assertContains(shown, "It is not kept here")
        self.assertNotContains(shown, "Take the source")
        self.assertContains(shown, "Keep ours")
        self.assertEqual(self.client.get(page(item, "source")).status_code, 404)

    def test_a_refused_item_says_why_and_shows_what_came(self):
        shown = self.client.get(page(self.refused()))
        self.assertContains(shown, "&quot;source_id&quot;: &quot;x&quot;")
        self.assertContains(shown, ImportItem.objects.get().reason)
        self.assertContains(shown, "Dismiss")

    def test_how_sure_the_reader_was_is_told(self):
        bring(a_story(confidence=0.3))
        item = ImportItem.objects.get()
        self.assertContains(self.client.get(page(item)), "30%")
        self.assertContains(self.client.get(url_of(item.article)), "30%")
        self.assertContains(self.client.get(LIST, {"confidence": "low"}), "wire:story-1")
        bring(a_story(2, confidence=0.9))
        self.assertNotContains(self.client.get(LIST, {"confidence": "low"}), "wire:story-2")

    def test_odd_bytes_are_some_text(self):
        for data in (b"", b"\xff\xfea\x00", b"\x00\x01\x02", b"[" * 5000, b"\x81\x8d", b"{}"):
            self.assertIsInstance(desk.as_text(data), str)
        self.assertEqual(desk.as_text(b"a\x00b\r\nc"), "a\ufffdb\nc")
        self.assertEqual(desk.as_text("é".encode("utf-16")), "é")


class DecisionTests(LedgerTestCase):
    def test_what_was_held_shows_what_taking_it_would_change_and_who_edited(self):
        shown = self.client.get(page(self.held()))
        self.assertContains(shown, "<ins>wire&#x27;s</ins>")
        self.assertContains(shown, "<del>editor&#x27;s</del>")
        self.assertContains(shown, "rosa")

    def test_taking_makes_it_the_working_copy_and_publishes_nothing(self):
        item = self.held()
        versions = Version.objects.count()
        told = self.send(item, "take")
        article = Article.objects.get()
        self.assertEqual(article.headline, "The wire's headline")
        self.assertEqual(article.head.by, self.editor)
        self.assertEqual(Version.objects.count(), versions)
        self.assertContains(told, "is the working copy now")
        self.assertContains(told, url_of(article))
        item.refresh_from_db()
        self.assertEqual((item.decision, item.decided_by), ("taken", self.editor))
        self.assertNotContains(told, "Keep ours")

    def test_where_both_changed_the_same_merging_asks_and_names_the_source(self):
        item = self.held()
        told = self.send(item, "merge")
        self.assertContains(told, "choose in the story")
        article = Article.objects.get()
        self.assertEqual(article.headline, "The editor's headline")
        asked = self.client.get(url_of(article, "merge"))
        self.assertContains(asked, f"The source: {item.source}")
        self.assertContains(asked, "Edited here: ")
        self.assertContains(self.client.get(url_of(article)), "merge/?of=")
        item.refresh_from_db()
        self.assertEqual((item.decision, item.decided_by), ("merged", self.editor))

    def test_keeping_ours_changes_nothing_and_is_remembered(self):
        item = self.held()
        self.send(item, "keep")
        self.assertEqual(Article.objects.get().headline, "The editor's headline")
        item.refresh_from_db()
        self.assertEqual(item.decision, "dismissed")

    def test_what_was_refused_is_dismissed(self):
        item = self.refused()
        self.client.post(page(item, "dismiss"))
        item.refresh_from_db()
        self.assertEqual(item.decision, "dismissed")

    def test_a_page_that_is_stale_overwrites_nothing_and_asks_again(self):
        item = self.held()
        opened = Article.objects.get().head_id
        self.edit("Saved meanwhile", by=an_editor("vera"))
        told = self.send(item, "take", opened=opened)
        self.assertContains(told, "vera saved this story")
        self.assertEqual(Article.objects.get().headline, "Saved meanwhile")
        item.refresh_from_db()
        self.assertEqual(item.decision, "")
        self.assertContains(told, "<del>Saved meanwhile</del>")
        self.send(item, "take")
        self.assertEqual(Article.objects.get().headline, "The wire's headline")

    def test_without_the_revision_nothing_is_taken(self):
        item = self.held()
        for opened in ("", "0", "nonsense", "9" * 40):
            self.send(item, "take", opened=opened)
            self.assertEqual(Article.objects.get().headline, "The editor's headline")

    def test_what_is_decided_is_not_decided_again(self):
        item = self.held()
        self.send(item, "keep")
        told = self.send(item, "take")
        self.assertContains(told, "Not done: it has been decided already")
        self.assertEqual(Article.objects.get().headline, "The editor's headline")

    def test_what_does_not_apply_is_refused(self):
        self.assertContains(self.send(self.held(), "dismiss"), "Not done")
        bring(b"{}")
        item = ImportItem.objects.get(outcome="refused")
        for act in ("take", "keep"):
            self.assertContains(self.send(item, act), "Not done")

    def test_who_may_only_look_sees_no_button_and_decides_nothing(self):
        item = self.held()
        viewer = a_client(an_editor("max", (*PERMISSIONS, *LEDGER)))
        shown = viewer.get(page(item))
        self.assertContains(shown, "You may look at this, and not decide it.")
        for act in ("take", "keep", "dismiss"):
            self.assertEqual(self.send(item, act, client=viewer).status_code, 403)
        item.refresh_from_db()
        self.assertEqual(item.decision, "")

    def test_taking_needs_the_right_to_change_stories(self):
        item = self.held()
        clerk = a_client(
            an_editor("kim", (*LEDGER, "view_article", "others_article", "decide_importitem"))
        )
        self.assertNotContains(clerk.get(page(item)), "Take the source")
        self.assertEqual(self.send(item, "take", client=clerk).status_code, 403)
        self.assertEqual(self.send(item, "keep", client=clerk).status_code, 200)

    def test_a_source_is_for_those_who_may_see_the_ledger(self):
        item = self.held()
        stranger = a_client(an_editor("ann", PERMISSIONS))
        for name in ("change", "source"):
            self.assertEqual(stranger.get(page(item, name)).status_code, 403)
        self.assertNotContains(stranger.get(url_of(Article.objects.get())), "Held by an import")


class ListTests(LedgerTestCase):
    def shown(self, **query):
        return [str(item) for item in self.client.get(LIST, query).context["cl"].result_list]

    def test_what_is_to_be_decided_is_found_from_everywhere(self):
        item = self.held()
        self.assertEqual(self.shown(decision="open"), [str(item)])
        for start in (reverse("admin:index"), reverse("admin:articles_article_changelist")):
            self.assertContains(self.client.get(start), f"{LIST}?decision=open")
        self.assertContains(self.client.get(reverse("admin:index")), page(item))
        self.assertContains(self.client.get(url_of(item.article)), page(item))
        stories = reverse("admin:articles_article_changelist")
        found = self.client.get(stories, {"attention": "held"}).context["cl"].result_list
        self.assertEqual([article.pk for article in found], [item.article_id])
        self.send(item, "keep")
        self.assertEqual(self.shown(decision="open"), [])
        self.assertEqual(self.shown(decision="dismissed"), [str(item)])
        self.assertNotContains(self.client.get(url_of(item.article)), page(item))
        found = self.client.get(stories, {"attention": "held"}).context["cl"].result_list
        self.assertEqual(list(found), [])

    def test_doubtful_stories_are_found(self):
        bring(a_story(1, confidence=0.2), a_story(2, confidence=0.8), a_story(3))
        stories = reverse("admin:articles_article_changelist")
        found = self.client.get(stories, {"attention": "doubtful"}).context["cl"].result_list
        self.assertEqual([article.source_id for article in found], ["story-1"])

    def test_items_are_found_by_run_source_outcome_and_words(self):
        first = bring(a_story(1), a_story(2, source="gazette"))
        bring(a_story(3), b"{}")
        self.assertEqual(len(self.shown(run=first.pk)), 2)
        self.assertEqual(self.shown(source="gazette"), ["gazette:story-2 created"])
        self.assertEqual(len(self.shown(outcome__exact="refused")), 1)
        self.assertEqual(self.shown(q="story-3"), ["wire:story-3 created"])
        self.assertEqual(self.shown(q="gate number 2"), ["gazette:story-2 created"])
        self.assertEqual(len(self.shown(q="/dumps/dump")), 4)

    def test_the_sources_are_all_named(self):
        self.assertEqual(desk.sources_in_ledger(), [])
        bring(a_story(1, source="wire"), a_story(2, source="Ä"), a_story(3, source="gazette"))
        self.assertEqual(set(desk.sources_in_ledger()), {"wire", "Ä", "gazette"})

    def test_a_page_costs_the_same_however_long_the_ledger_and_counts_nothing(self):
        bring(a_story(0))
        run = ImportRun.objects.get()
        costs = []
        for _again in range(2):
            for query in ({}, {"decision": "open"}, {"run": run.pk}, {"q": "gate"}):
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(LIST, query)
                costs.append(len(queries))
                asked = " ".join(query["sql"] for query in queries.captured_queries)
                self.assertNotIn("COUNT(", asked)
            ImportItem.objects.bulk_create(
                ImportItem(run=run, source="wire", source_id=f"x{n}", outcome=outcome)
                for n in range(40)
                for outcome in ("created", "held", "refused")
            )
        self.assertEqual(costs[:4], costs[4:])

    @skipUnless(connection.vendor == "sqlite", "only SQLite's plans are the same at any size")
    def test_what_is_to_be_decided_is_asked_of_its_own_index(self):
        undecided = ImportItem.objects.undecided()
        held = undecided.filter(outcome="held").order_by()
        for asked in (undecided.order_by("-id"), held):
            self.assertIn("importitem_undecided", asked.explain())


class RunTests(LedgerTestCase):
    def run_page(self, run):
        return self.client.get(reverse("admin:articles_importrun_change", args=[run.pk]))

    def test_a_run_says_what_came_of_it_and_how_to_undo_it(self):
        run = bring(a_story(1), a_story(2), b"{}")
        shown = self.run_page(run)
        self.assertContains(shown, f"{LIST}?run={run.pk}&amp;outcome__exact=created")
        self.assertContains(shown, "2 created")
        self.assertContains(shown, "1 refused")
        self.assertContains(shown, f"manage.py import_dump --undo {run.pk}")
        self.assertContains(shown, "/dumps/dump")
        self.assertContains(shown, "3 × category")
        self.assertNotContains(shown, "--resume")

    def test_a_run_that_was_stopped_says_how_to_go_on(self):
        run = ImportRun.objects.create(
            started_at=timezone.now(), place=[1, "/dumps/b.txt", 7], tally={"created": 6}
        )
        told = f"manage.py import_dump --resume {run.pk}"
        self.assertContains(self.run_page(run), told)
        self.assertContains(self.run_page(run), "/dumps/b.txt:7")
        runs = self.client.get(reverse("admin:articles_importrun_changelist"))
        self.assertContains(runs, told)
        self.assertContains(runs, "6 created")

    def test_a_run_that_was_undone_names_the_one_that_did_it(self):
        run = bring(a_story(1))
        now = timezone.now()
        undo = ImportRun.objects.create(kind="undo", of=run, started_at=now, finished_at=now)
        shown = self.run_page(run)
        self.assertContains(shown, reverse("admin:articles_importrun_change", args=[undo.pk]))
        self.assertNotContains(shown, "--undo")
        self.assertNotContains(self.run_page(undo), "--undo")

    def test_how_long_it_took_is_told(self):
        now = timezone.now()
        run = ImportRun.objects.create(
            started_at=now - timedelta(minutes=3, seconds=20), finished_at=now
        )
        self.assertContains(self.run_page(run), "3 min 20 s")

    def test_an_item_of_a_run_that_was_undone_is_not_to_be_decided(self):
        item = self.held()
        now = timezone.now()
        undo = ImportRun.objects.create(kind="undo", of=item.run, started_at=now)
        ImportItem.objects.filter(pk=item.pk).update(undone_by=undo)
        self.assertFalse(ImportItem.objects.undecided().exists())
        self.assertNotContains(self.client.get(page(item)), "Keep ours")


class PublishedTests(LedgerTestCase):
    def test_readers_see_nothing_of_what_was_taken_until_it_is_published(self):
        item = self.held()
        self.send(item, "take")
        article = Article.objects.get()
        self.assertNotContains(self.client.get(article.path), "The wire&#x27;s headline")
        publishing.publish(article, by=self.editor)
        self.assertContains(self.client.get(article.path), "The wire&#x27;s headline")
