"""From a draft to a story that may go out: review, assignment, notes, and the checklist."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import checklist, publishing, store, workflow
from articles.models import Article, AuditEntry, Note, Review, Revision
from articles.models import RelatedPost as RelatedRow
from articles.story import CaptionBlock, GalleryBlock, Media, PubStatus, RelatedPost
from articles.tests.desk import (
    PERMISSIONS,
    a_client,
    an_editor,
    fields_of,
    opened,
    sent,
    stored,
    url_of,
)
from articles.tests.newsroom import live, withdrawn
from articles.tests.stories import a_story


class Workflow(TestCase):
    def setUp(self):
        self.writer = an_editor("rosa", (*PERMISSIONS[:4], "others_article"))
        self.chief = an_editor("vera", (*PERMISSIONS, "review_article"))
        self.article = stored(a_story(headline="Before"), by=self.writer)

    def page(self, who, page="change"):
        return a_client(who).get(url_of(self.article, page))

    def confirm(self, who, act, **answers):
        client, url = a_client(who), url_of(self.article, act)
        fields = fields_of(client.get(url), form_id=None)
        return client.post(url, {**fields, **answers})

    def save(self, who, **changes):
        client = a_client(who)
        return sent(client, self.article, opened(client, self.article), **changes)

    def state(self):
        review = Review.objects.filter(article=self.article).first()
        return review and review.state


class ReviewTests(Workflow):
    def test_a_writer_submits_what_is_in_the_form(self):
        client = a_client(self.writer)
        fields = opened(client, self.article)
        sent(client, self.article, fields, "_submit", headline="After")
        review = Review.objects.get()
        self.assertEqual((review.state, review.by), ("review", self.writer))
        self.assertEqual(review.revision.story.headline, "After")

    def test_who_approved_and_when_stands_beside_the_story(self):
        workflow.submit(self.article, by=self.writer)
        self.confirm(self.chief, "approve")
        review = Review.objects.get()
        self.assertEqual((review.state, review.by), ("approved", self.chief))
        page = self.page(self.writer)
        self.assertContains(page, '<span class="review review-approved">approved</span>', html=True)
        self.assertContains(page, f"{review.at:%H:%M} UTC")

    def test_an_approval_holds_for_what_was_approved(self):
        workflow.approve(self.article, by=self.chief)
        self.save(self.writer, headline="After")
        page = self.page(self.writer)
        self.assertContains(page, "It was changed since then.")
        self.assertContains(page, "It was changed after it had been approved.")

    def test_nobody_approves_words_they_have_not_seen(self):
        fields = fields_of(self.page(self.chief, "approve"), form_id=None)
        self.save(self.writer, headline="After")
        answer = a_client(self.chief).post(url_of(self.article, "approve"), fields)
        self.assertContains(answer, "rosa saved this story")
        self.assertIsNone(self.state())

    def test_a_writer_cannot_approve(self):
        self.assertEqual(self.page(self.writer, "approve").status_code, 403)
        self.assertNotContains(self.page(self.writer), "act-approve")

    def test_a_story_is_sent_back_with_a_note_that_says_why(self):
        workflow.submit(self.article, by=self.writer)
        self.confirm(self.chief, "sendback", why="Who says so?")
        self.assertEqual(self.state(), "draft")
        self.assertContains(self.page(self.writer), "Who says so?")

    def test_publishing_ends_the_review(self):
        workflow.submit(self.article, by=self.writer)
        publishing.publish(self.article, by=self.chief)
        self.assertIsNone(self.state())

    def test_review_makes_no_revision_and_no_open_form_stale(self):
        client = a_client(self.writer)
        fields = opened(client, self.article)
        workflow.submit(self.article, by=self.writer)
        workflow.note(self.article, by=self.writer, text="Look")
        workflow.assign(self.article, to=self.chief, by=self.writer)
        self.assertEqual(Revision.objects.count(), 1)
        self.assertEqual(sent(client, self.article, fields, headline="After").status_code, 302)
        self.assertEqual(Article.objects.get().headline, "After")

    def test_a_draft_that_was_talked_about_can_still_be_thrown_away(self):
        workflow.submit(self.article, by=self.writer)
        workflow.note(self.article, by=self.writer, text="Look")
        workflow.assign(self.article, to=self.chief, by=self.writer)
        a_client(self.chief).post(url_of(self.article, "delete"), {"post": "yes"})
        self.assertFalse(Article.objects.kept().exists())


class AssignmentTests(Workflow):
    def test_a_story_is_given_to_somebody_until_a_moment(self):
        self.confirm(self.writer, "assign", to=self.chief.pk, due_0="2030-06-01", due_1="18:00:00")
        assignment = self.article.assignment
        self.assertEqual((assignment.to, assignment.by), (self.chief, self.writer))
        self.assertEqual(f"{assignment.due:%Y-%m-%d %H:%M}", "2030-06-01 18:00")

    def test_the_page_names_the_zone_of_the_time(self):
        self.assertContains(self.page(self.writer, "assign"), "In the time of UTC.")

    def test_it_can_be_taken_back(self):
        workflow.assign(self.article, to=self.chief, by=self.writer)
        self.confirm(self.writer, "assign", to="")
        self.assertFalse(hasattr(Article.objects.get(), "assignment"))

    def test_a_time_without_a_person_is_refused(self):
        answer = self.confirm(self.writer, "assign", to="", due_0="2030-06-01", due_1="18:00")
        self.assertContains(answer, "Choose somebody")

    def test_who_has_left_gets_no_stories(self):
        self.chief.is_active = False
        self.chief.save()
        answer = self.confirm(self.writer, "assign", to=self.chief.pk)
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(hasattr(Article.objects.get(), "assignment"))


class NoteTests(Workflow):
    def test_a_note_stands_beside_the_story_with_who_and_when(self):
        self.confirm(self.writer, "note", text="<b>Call</b> the harbour.")
        note = Note.objects.get()
        self.assertEqual(note.by, self.writer)
        self.assertContains(self.page(self.chief), "&lt;b&gt;Call&lt;/b&gt; the harbour.")

    def test_an_empty_one_is_none(self):
        self.assertContains(self.confirm(self.writer, "note", text="  "), "required")


class ChecklistTests(TestCase):
    """The pure part: a story, what is known of it, and what is missing."""

    def found(self, story, **known):
        context = checklist.Context(**{"at": timezone.now(), "review": "approved", **known})
        return [(item.name, item.blocks) for item in checklist.check(story, context)]

    def photo(self, **changes):
        values = {"text": "Fog", "credit": "Ada", "alt": "Fog", "media": Media(file="a.png")}
        return CaptionBlock(**{**values, **changes})

    def test_a_story_that_lacks_nothing_passes(self):
        self.assertEqual(self.found(a_story(lead=self.photo())), [])

    def test_what_blocks_is_told_before_what_only_advises(self):
        story = a_story(categories=(), lead=self.photo(alt="", credit=""))
        found = self.found(story, review="")
        self.assertEqual(
            found, [("category", True), ("alt", False), ("credit", False), ("review", False)]
        )

    def test_a_story_without_a_headline_is_blocked(self):
        story = a_story(pubstatus=PubStatus.CANCELED).replace(headline="")
        self.assertEqual(self.found(story), [("canceled", True), ("headline", True)])

    def test_a_photo_needs_a_text_or_the_word_that_it_needs_none_in_a_gallery_too(self):
        decorative = self.photo(alt="", decorative=True)
        bare = GalleryBlock(captions=(self.photo(), self.photo(alt="")))
        self.assertEqual(self.found(a_story(lead=decorative)), [])
        self.assertEqual(self.found(a_story(body=(bare,))), [("alt", False)])

    def test_a_video_needs_no_alternative_text(self):
        film = self.photo(kind="video", alt="")
        self.assertEqual(self.found(a_story(body=(film,))), [])

    def test_a_running_embargo_blocks_until_it_has_ended(self):
        until = timezone.now() + timedelta(hours=1)
        story = a_story(embargoed_until=until)
        self.assertEqual(self.found(story), [("embargo", True)])
        self.assertEqual(self.found(story, at=until), [])

    def test_what_is_withheld_or_recalled_blocks_and_says_why(self):
        story = a_story(pubstatus=PubStatus.WITHHELD, notes=("embargo: “soon”",), confidence=0.2)
        (item,) = checklist.check(story, checklist.Context(timezone.now(), "approved"))
        self.assertEqual((item.name, item.blocks, item.can_be_waived), ("withheld", True, True))
        self.assertIn("guessed much of it; “embargo: “soon””", item.told)
        self.assertEqual(self.found(a_story(pubstatus=PubStatus.CANCELED)), [("canceled", True)])

    def test_an_approval_that_was_overtaken_is_told(self):
        self.assertEqual(self.found(a_story(), review="changed"), [("changed", False)])

    def test_a_related_story_that_readers_cannot_open_is_told_by_its_headline(self):
        gone = withdrawn(a_story(2, headline="Gone"))
        there = live(a_story(3, headline="There"))[0]
        names = [RelatedPost(headline=post.headline) for post in (gone, there)]
        article = stored(a_story(related=tuple(names)))
        for post in (gone, there):
            RelatedRow.objects.filter(parent=article, headline=post.headline).update(post=post)
        told = [item.told for item in checklist.of(article) if item.name == "related"]
        self.assertEqual(told, ["Readers cannot open the related story “Gone”."])


class GoingOutTests(Workflow):
    """The checklist at the desk: what blocks is put right, or taken on by name."""

    def setUp(self):
        super().setUp()
        self.bare = self.article = stored(a_story(2, headline="Bare", categories=()))

    def is_live(self):
        return self.bare.versions.live().exists()

    def test_publish_now_leads_to_what_is_missing(self):
        client = a_client(self.chief)
        answer = sent(client, self.bare, opened(client, self.bare), "_publish")
        self.assertEqual(answer.url, url_of(self.bare, "publish"))
        self.assertContains(client.get(answer.url), "It is in no category.")
        self.assertFalse(self.is_live())

    def test_it_does_not_go_out_until_somebody_says_so(self):
        self.assertContains(self.confirm(self.chief, "publish"), "Put it right, or say")
        self.assertFalse(self.is_live())
        self.confirm(self.chief, "publish", waive="on")
        self.assertTrue(self.is_live())

    def test_who_said_so_is_in_the_audit_log(self):
        self.confirm(self.chief, "publish", waive="on")
        entry = AuditEntry.objects.get(act="waive")
        self.assertEqual((entry.by, entry.detail), (self.chief, "category"))

    def test_scheduling_and_correcting_ask_the_same(self):
        self.assertContains(self.page(self.chief, "schedule"), "It is in no category.")
        self.confirm(self.chief, "publish", waive="on")
        answer = self.confirm(self.chief, "correct", kind="update", text="It was fog.")
        self.assertContains(answer, "Put it right, or say")

    def test_what_is_withheld_goes_out_with_one_more_yes_and_is_usable_then(self):
        self.bare = self.article = stored(a_story(3, pubstatus=PubStatus.WITHHELD))
        client = a_client(self.chief)
        self.assertContains(client.get(url_of(self.bare)), "It is withheld")
        answer = sent(client, self.bare, opened(client, self.bare), "_publish", headline="After")
        self.assertEqual(answer.url, url_of(self.bare, "publish"))
        self.assertFalse(self.is_live())
        self.assertContains(self.confirm(self.chief, "publish"), "Put it right, or say")
        self.confirm(self.chief, "publish", waive="on")
        self.assertEqual(self.bare.versions.live().get().story.pubstatus, PubStatus.USABLE)
        self.assertEqual(AuditEntry.objects.get(act="waive").detail, "withheld")

    def test_what_an_editor_says_may_be_published_is_withheld_no_more(self):
        self.bare = self.article = stored(a_story(3, pubstatus=PubStatus.WITHHELD))
        client = a_client(self.chief)
        fields = {**opened(client, self.bare), "pubstatus": "usable"}
        sent(client, self.bare, fields, "_publish")
        self.assertTrue(self.is_live())

    def test_what_its_source_took_back_goes_out_again_only_when_somebody_says_so(self):
        source = a_story(3, version="1")
        (self.bare,) = live(source)
        self.article = self.bare
        recall = source.replace(version="2", pubstatus=PubStatus.CANCELED)
        store.save([store.Item(recall)], store.Import())
        client = a_client(self.chief)
        self.assertContains(client.get(url_of(self.bare)), "Its source (wire) took it back on")
        sent(client, self.bare, opened(client, self.bare), "_publish")
        self.assertFalse(self.is_live())
        self.confirm(self.chief, "publish", waive="on")
        self.assertTrue(self.is_live())
        self.assertNotContains(client.get(url_of(self.bare)), "took it back")

    def test_what_an_editor_withdrew_its_source_did_not_take_back(self):
        (self.bare,) = live(a_story(3))
        publishing.withdraw(self.bare, by=self.chief, why="wrong")
        self.assertNotIn("recalled", [item.name for item in checklist.of(self.bare)])

    def test_an_import_goes_by_what_its_source_says(self):
        (article,) = live(a_story(3, categories=()))
        self.assertTrue(article.versions.live().exists())
