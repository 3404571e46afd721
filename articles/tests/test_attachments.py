"""Documents and recordings: taken in by what they are, read while a live story shows them."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import feedparser
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from django.utils import timezone

from articles import attachments, library, publishing, store
from articles.models import Article, Attachment, Caption, Shown
from articles.story import CaptionBlock, GalleryBlock, Media, Story, StoryError, TextBlock
from articles.tests.attachedfiles import (
    FRAME,
    ID3,
    M4A,
    a_pdf,
    a_written_pdf,
    a_zip,
    an_attachment,
    an_m4a,
    an_mp3,
    box,
)
from articles.tests.desk import (
    a_client,
    an_editor,
    block,
    fields_of,
    opened,
    sent,
    stored,
    trouble,
)
from articles.tests.stories import a_story

RIGHTS = [f"{act}_attachment" for act in ("add", "change", "view", "delete")]
PAGE = b"<html><script>alert(document.domain)</script></html>"


def told(data):
    """What a file with these bytes is, or why it is refused."""
    try:
        return attachments.facts(BytesIO(data))
    except attachments.AttachmentError as error:
        return str(error)


def looked_at(data):
    """The same, as the library asks: in a process of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(data)
        try:
            return attachments.look(path)
        except attachments.AttachmentError as error:
            return str(error)


def doing(kind, **more):
    """A PDF that does this when it is opened, written so that no text search finds it."""

    def change(document):
        action = pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)
        document.Root.OpenAction = document.make_indirect(action)

    return a_pdf(change=change, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def with_a_file(document):
    document.attachments["invoice.exe"] = b"MZ"


def hostile():
    """name: (bytes, a word of the reason)."""
    pdf, mp3, m4a = a_pdf(), an_mp3(), an_m4a()
    locked = pikepdf.Encryption(owner="a", user="b")
    return {
        "page.pdf": (PAGE, "page"),
        "drawing.pdf": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "page"),
        "page-in-comment.pdf": (pdf.replace(b"\n", b"\n%" + PAGE + b"\n", 1), "page"),
        "page-behind.pdf": (pdf + bytes(2000) + PAGE, "behind"),
        "archive-behind.pdf": (pdf + a_zip(), "archive"),
        "cut.pdf": (pdf[: len(pdf) // 2], "cut off"),
        "hole.pdf": (pdf[:200] + pdf[260:], "damaged"),
        "locked.pdf": (a_pdf(encryption=locked), "password"),
        "script.pdf": (doing("JavaScript", JS="app.alert(1)"), "script"),
        "launch.pdf": (doing("Launch", F="calc.exe"), "program"),
        "files.pdf": (a_pdf(change=with_a_file), "other files"),
        "empty.pdf": (b"", "neither"),
        "no-pages.pdf": (a_pdf(pages=0), "no pages"),
        "deep.pdf": (a_written_pdf(b"[" * 3000), "damaged"),
        "archive.mp3": (a_zip(), "archive"),
        "archive-behind-a-tag.mp3": (ID3 + a_zip(), "archive"),
        "tag-alone.mp3": (ID3 + b"words " * 900, "no sound"),
        "document.mp3": (ID3[:100] + pdf, "document"),
        "page.mp3": (ID3[:20] + PAGE + mp3, "page"),
        "program.mp3": (b"MZ" + bytes(3000), "neither"),
        "cut.m4a": (m4a[:-100], "cut off"),
        "silent.m4a": (M4A + box(b"mdat", bytes(5000)), "no sound"),
        "film.m4a": (m4a.replace(b"M4A ", b"isom"), "neither"),
    }


class LookTests(SimpleTestCase):
    def test_what_is_taken_is_told_apart_by_its_bytes(self):
        facts = [told(data) for data in (a_pdf(3), an_mp3(20), an_mp3(5, head=b""), an_m4a(65))]
        self.assertEqual([f.kind for f in facts], ["document", "audio", "audio", "audio"])
        self.assertEqual([f.suffix for f in facts], [".pdf", ".mp3", ".mp3", ".m4a"])
        self.assertEqual([f.pages or f.seconds for f in facts], [3, 20, 5, 65])

    def test_a_document_may_speak_of_scripts_and_forbid_to_be_printed(self):
        def words(document):
            document.docinfo["/Title"] = "Why /JavaScript (and \\(/Launch) is refused"

        self.assertEqual(told(a_pdf(change=words)).pages, 2)
        self.assertEqual(told(a_pdf(encryption=pikepdf.Encryption(owner="a"))).pages, 2)

    def test_whatever_else_is_refused_with_a_reason(self):
        for name, (data, word) in hostile().items():
            with self.subTest(file=name):
                self.assertIn(word, told(data))

    def test_a_name_in_disguise_is_the_same_name(self):
        hidden = a_written_pdf(b"<</S/J#61vaScrip#74>>")
        self.assertIn("script", told(hidden))
        self.assertEqual(told(a_written_pdf(b"<</Title(/JavaScript)>>")).pages, 1)

    def test_one_that_wants_too_much_memory_is_refused(self):
        self.assertIsInstance(looked_at(a_written_pdf(b"[" + b"0 " * 20_000_000 + b"]")), str)

    def test_in_a_process_of_its_own_it_is_told_the_same(self):
        for data in (a_pdf(), an_mp3(), a_zip()):
            self.assertEqual(looked_at(data), told(data))


class DoorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = an_editor("rosa", RIGHTS)

    def setUp(self):
        self.client = a_client(self.editor)

    def upload(self, data, name="Budget_2026.pdf", **words):
        fields = {"file": SimpleUploadedFile(name, data), **words}
        return self.client.post(reverse("admin:articles_attachment_add"), fields)

    def refused(self, response):
        self.assertEqual(response.status_code, 200)
        return str(response.context["adminform"].form.errors)

    def test_an_upload_is_named_and_described_by_its_file(self):
        self.assertEqual(self.upload(a_pdf(3)).status_code, 302)
        found = Attachment.objects.get()
        self.assertEqual((found.title, found.kind, found.pages), ("Budget 2026", "document", 3))
        self.assertRegex(found.file.name, r"^files/[0-9a-f]{32}\.pdf$")
        self.assertEqual(found.size, found.file.size)

    def test_a_recording_keeps_its_kind_whatever_it_is_called(self):
        self.upload(an_mp3(20), "talk.pdf")
        found = Attachment.objects.get()
        self.assertEqual((found.kind, found.mime, found.seconds), ("audio", "audio/mpeg", 20))
        self.assertTrue(found.file.name.endswith(".mp3"))

    def test_the_same_file_twice_is_one(self):
        self.upload(an_mp3())
        self.assertIn("already in the library", self.refused(self.upload(an_mp3(), "other.mp3")))
        self.assertEqual(an_attachment(an_mp3()), Attachment.objects.get())

    def test_the_form_refuses_with_a_sentence(self):
        for name in ("script.pdf", "archive.mp3"):
            data, word = hostile()[name]
            self.assertIn(word, self.refused(self.upload(data, name)))
        self.assertFalse(Attachment.objects.exists())

    def test_words_change_and_the_file_stays(self):
        attachment = an_attachment()
        url = reverse("admin:articles_attachment_change", args=[attachment.pk])
        fields = {**fields_of(self.client.get(url), "attachment_form"), "title": "Plan"}
        self.assertEqual(self.client.post(url, fields).status_code, 302)
        other = SimpleUploadedFile("x.pdf", a_pdf(9))
        self.assertIn("stays", self.refused(self.client.post(url, {"title": "x", "file": other})))
        attachment.refresh_from_db()
        self.assertEqual((attachment.title, attachment.pages), ("Plan", 2))

    def test_its_page_names_the_stories_that_use_it(self):
        attachment = an_attachment()
        stored(telling(CaptionBlock(kind="document", media=attachment.media)))
        url = reverse("admin:articles_attachment_change", args=[attachment.pk])
        self.client = a_client(an_editor("kim", [*RIGHTS, "view_article", "others_article"]))
        self.assertContains(self.client.get(url), "Harbour opens its gate")
        self.client = a_client(an_editor("intern", [*RIGHTS, "view_article"]))
        self.assertNotContains(self.client.get(url), "Harbour opens its gate")

    def test_it_is_found_by_its_title(self):
        an_attachment(title="Budget of the harbour")
        url = reverse("admin:articles_attachment_changelist")
        self.assertContains(self.client.get(url, {"q": "budget"}), "Budget of the harbour")


class DeskTests(TestCase):
    """An editor puts it into a story, like a photo."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = an_editor()
        cls.article = stored(a_story())
        cls.plan = an_attachment(title="The plan", credit="Town hall", caption="All of it.")

    def setUp(self):
        self.client = a_client(self.editor)

    def save(self, fields):
        answer = sent(self.client, self.article, fields)
        self.assertEqual(answer.status_code, 302, trouble(answer))
        return Article.objects.get(pk=self.article.pk).as_story()

    def test_the_file_says_what_it_is_and_brings_its_words(self):
        fields = block(opened(self.client, self.article), "attachment", attachment=self.plan.pk)
        said = self.save(fields).body[-1]
        self.assertEqual((said.kind, said.title), ("document", "The plan"))
        self.assertEqual((said.text, said.credit), ("All of it.", "Town hall"))
        self.assertEqual(said.media.sha256, self.plan.sha256)

    def test_opened_and_saved_untouched_it_is_no_edit(self):
        for file in (self.plan, an_attachment(an_mp3(), "talk.mp3")):
            fields = block(opened(self.client, self.article), "attachment", attachment=file.pk)
            self.save(fields)
        before = Article.objects.get(pk=self.article.pk).head
        self.save(opened(self.client, self.article))
        self.assertEqual(Article.objects.get(pk=self.article.pk).head, before)
        kinds = Caption.objects.filter(parent=self.article).values_list("kind", flat=True)
        self.assertEqual(sorted(kinds), ["audio", "document"])

    def test_it_leads_no_story(self):
        fields = opened(self.client, self.article)
        fields = block(fields, "attachment", attachment=self.plan.pk, region="lead")
        self.assertIn("cannot stand here", trouble(sent(self.client, self.article, fields)))
        with self.assertRaises(StoryError):
            a_story(lead=CaptionBlock(kind="audio"))
        with self.assertRaises(StoryError):
            a_story(body=(GalleryBlock(captions=(CaptionBlock(kind="document"),)),))

    def test_the_picker_tells_what_each_file_is(self):
        url = reverse("admin:articles_article_pick")
        ask = {"app_label": "articles", "model_name": "caption", "field_name": "attachment"}
        found = self.client.get(url, {**ask, "term": "plan"}).json()["results"]
        self.assertEqual(
            [(one["text"], one["fill"]["title"]) for one in found], [("The plan",) * 2]
        )
        self.assertIn("PDF · 2 pages", found[0]["note"])


def got(client, file, **headers):
    """The answer to who asks for it, with its `body`."""
    response = client.get(file.file.url, headers=headers)
    response.body = b"".join(response.streaming_content) if response.streaming else b""
    return response


def telling(*captions, **changes):
    """A story with these captions below its text."""
    return a_story(body=(TextBlock(html="<p>See below.</p>"), *captions), **changes)


class ReaderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = an_editor()
        cls.plan = an_attachment(a_pdf(12), title="library words")
        cls.talk = an_attachment(an_mp3(125), "talk.mp3")
        captions = (
            CaptionBlock(kind="document", title="The <plan>", media=cls.plan.media),
            CaptionBlock(kind="audio", title="The pilot", credit="Ada Fry", media=cls.talk.media),
        )
        cls.article = stored(telling(*captions))
        publishing.publish(cls.article, by=cls.editor)

    def page(self):
        return self.client.get(Article.objects.get(pk=self.article.pk).path).content.decode()

    def get(self, file, **headers):
        return got(self.client, file, **headers)

    def test_a_document_is_a_link_that_says_what_it_is(self):
        page = self.page()
        self.assertIn("The &lt;plan&gt;", page)
        self.assertRegex(page, rf'href="{self.plan.file.url}" download="the-plan.pdf"')
        self.assertRegex(page, r"PDF · 12 pages · [\d.]+.(bytes|KB)")
        self.assertNotIn("library words", page)

    def test_a_recording_is_a_player_that_loads_nothing_by_itself(self):
        page = self.page()
        player = '<audio controls preload="none" src="%s" aria-label="The pilot">'
        self.assertIn(player % self.talk.file.url, page)
        self.assertIn("MP3 · 2:05", page)

    def test_the_feed_carries_the_recording(self):
        feed = self.client.get("/feed/").content.decode()
        address = f"http://testserver{self.talk.file.url}"
        (told,) = feedparser.parse(feed).entries[0].enclosures
        self.assertEqual((told["href"], told["length"]), (address, str(self.talk.size)))
        self.assertEqual(told["type"], "audio/mpeg")

    def test_it_comes_as_a_file_that_can_do_nothing(self):
        response = self.get(self.plan)
        with self.plan.file.open() as stored:
            self.assertEqual((response.status_code, response.body), (200, stored.read()))
        self.assertEqual(response["Content-Type"], "application/pdf")
        self.assertEqual(response["Content-Disposition"], "attachment")
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        policy = response["Content-Security-Policy"].split("; ")
        self.assertLessEqual({"default-src 'none'", "sandbox"}, set(policy))
        self.assertEqual(response["Cache-Control"], "public, no-cache")
        self.assertFalse(response.cookies)

    def test_a_player_may_ask_for_a_part_and_whoever_has_it_for_nothing(self):
        whole = self.get(self.talk)
        part = self.get(self.talk, Range="bytes=1000-1999")
        self.assertEqual((part.status_code, part.body), (206, whole.body[1000:2000]))
        self.assertEqual(part["Content-Range"], f"bytes 1000-1999/{self.talk.size}")
        rest = self.get(self.talk, Range="bytes=1000-", If_Range=whole["ETag"])
        self.assertEqual(rest.body, whole.body[1000:])
        self.assertEqual(self.get(self.talk, Range="bytes=1-", If_Range='"x"').status_code, 200)
        self.assertEqual(self.get(self.talk, Range="bytes=99999999-").status_code, 416)
        self.assertEqual(self.get(self.talk, If_None_Match=whole["ETag"]).status_code, 304)

    def test_withdrawn_it_is_gone_for_readers_and_not_for_the_desk(self):
        publishing.withdraw(self.article, by=self.editor)
        never = self.client.get(f"/files/{'0' * 32}.pdf")
        gone = self.get(self.plan)
        self.assertEqual((gone.status_code, gone.content), (404, never.content))
        self.client = a_client(self.editor)
        self.assertEqual(self.get(self.plan)["Cache-Control"], "private, no-store")
        self.client = a_client(an_editor("left", []))
        self.assertEqual(self.get(self.plan).status_code, 404)

    def test_a_draft_a_schedule_and_words_that_were_replaced_show_nothing(self):
        draft = an_attachment(a_pdf(3))
        later = an_attachment(a_pdf(4))
        story = telling(CaptionBlock(kind="document", media=draft.media), source_id="draft")
        stored(story)
        story = telling(CaptionBlock(kind="document", media=later.media), source_id="later")
        tomorrow = timezone.now() + timezone.timedelta(days=1)
        publishing.publish(stored(story), by=self.editor, at=tomorrow)
        self.assertEqual([self.get(file).status_code for file in (draft, later)], [404, 404])
        client = a_client(self.editor)
        fields = {**opened(client, self.article), "attachment-0-DELETE": "on"}
        sent(client, self.article, fields, button="_publish")
        self.assertEqual(self.get(self.plan).status_code, 404)
        self.assertEqual(self.get(self.talk).status_code, 200)

    def test_what_a_version_shows_cannot_be_deleted(self):
        self.assertTrue(Shown.objects.filter(attachment=self.plan).exists())
        client = a_client(an_editor("kim", [*RIGHTS, "view_article"]))
        url = reverse("admin:articles_attachment_delete", args=[self.plan.pk])
        client.post(url, {"post": "yes"})
        self.assertTrue(Attachment.objects.filter(pk=self.plan.pk).exists())

    def test_the_title_is_found_by_readers(self):
        self.assertIn("Harbour opens", self.client.get("/search/", {"q": "pilot"}).content.decode())


class ImportTests(TestCase):
    def taken(self, files, *captions):
        with TemporaryDirectory() as folder:
            for name, data in files.items():
                Path(folder, name).write_bytes(data)
            run = store.Import(media_root=Path(folder))
            store.save([store.Item(telling(*captions))], run)
        return run

    def test_a_dump_brings_them_and_the_story_comes_back_the_same(self):
        captions = (
            CaptionBlock(kind="document", title="Plan", media=Media(file="plan.pdf")),
            CaptionBlock(kind="audio", title="Talk", media=Media(file="talk.mp3")),
        )
        run = self.taken({"plan.pdf": a_pdf(), "talk.mp3": an_mp3()}, *captions)
        self.assertFalse(run.notes)
        article = Article.objects.get()
        self.assertEqual(Story.from_json(article.as_story().as_json()).body[1:], captions)
        page = self.client.get(article.path).content.decode()
        for file in Attachment.objects.all():
            self.assertIn(file.file.url, page)
            self.assertEqual(got(self.client, file).status_code, 200)

    def test_what_is_refused_leaves_its_place_in_the_story(self):
        bad = {name: data for name, (data, _word) in hostile().items() if "script" in name}
        captions = [CaptionBlock(kind="document", title=n, media=Media(file=n)) for n in bad]
        run = self.taken(bad, *captions)
        self.assertEqual([note.partition(":")[0] for note in run.notes], list(bad))
        self.assertFalse(Attachment.objects.exists())
        page = self.client.get(Article.objects.get().path).content.decode()
        self.assertIn("The document is not available", page)

    def test_a_caption_of_another_kind_shows_nothing_of_it(self):
        self.taken({"plan.pdf": a_pdf()}, CaptionBlock(kind="audio", media=Media(file="plan.pdf")))
        page = self.client.get(Article.objects.get().path).content.decode()
        self.assertIn("The recording is not available", page)
        self.assertNotIn("<audio", page)

    def test_it_is_not_taken_twice(self):
        with TemporaryDirectory() as folder:
            for name in ("a.mp3", "b.mp3"):
                path = Path(folder, name)
                path.write_bytes(FRAME * 400)
                library.add_attachment(path)
        self.assertEqual(Attachment.objects.count(), 1)
