"""Words that must go leave every copy there is; who, when and why stays."""

import contextlib
import json
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import zstandard
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import SimpleTestCase, override_settings
from django.utils import timezone
from PIL import Image

from articles import (
    fronts,
    library,
    linking,
    pictures,
    publishing,
    redacting,
    revisions,
    sharing,
    workflow,
)
from articles.models import (
    Article,
    AuditEntry,
    Caption,
    FrontRevision,
    ImportItem,
    KeptSource,
    Origin,
    Photo,
    Presence,
    Redaction,
    Revision,
    Tag,
    Version,
)
from articles.redacting.files import are_said
from articles.redacting.words import MARK
from articles.story import RecentPost, RelatedBlock, RelatedPost, Story, TextBlock

from . import fronts as front_of
from .desk import a_client, an_editor, opened, sent, stored, url_of
from .matrix.states import canaries
from .newsroom import HOUR, ReaderTestCase, dated, live, scheduled
from .photofiles import a_jpeg, a_png, an_xmp
from .stories import a_story

MIRA = redacting.Words(["Mira Quill"])
WHY = "order of the court of Corrin, 12/2026"


# Where the words stand before, so that it is seen that they go.
SAYING = (
    "article revision version caption filing tagging byline relatedpost text quote raw"
    " gallerypicture unmerged note auditentry frontrevision knownheadline sharelink link rendering"
    " importitem importrun keptsource photo origin tag author category"
).split()


def everything_stored() -> dict[str, str]:
    """Every column of every table, and every file, as text in small letters; what was packed is
    unpacked."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = cursor.fetchall()
            found[table] = "\n".join(_text(value) for row in rows for value in row).casefold()
    media = (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    found["files"] = "\n".join(_text(path.read_bytes()) for path in media).casefold()
    return found


def saying(words) -> list[str]:
    """The lines of it all that say these words, after the name of their table."""
    return [
        f"{table}: {line[:160]}"
        for table, text in everything_stored().items()
        for line in text.splitlines()
        if words in line
    ]


def _text(value):
    if isinstance(value, (bytes, memoryview)):
        data = bytes(value)
        with contextlib.suppress(zstandard.ZstdError):
            data = zstandard.ZstdDecompressor().decompress(data)
        return data.decode("latin-1")
    return str(value)


def full_of(name: str, address: str) -> Story:
    """A story that says the name wherever a story can say something."""
    document = json.dumps(canaries("x", "who").as_dict(), default=str)
    story = Story.from_json(document.replace("qzwho", f"{name} "))
    dates = {"published_at": timezone.now() - HOUR, "first_published_at": timezone.now() - HOUR}
    return story.replace(slug=address, source_id=address, **dates)


def imported(story: Story) -> Article:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{story.slug}.jsonl"
        path.write_bytes(story.as_json())
        call_command("import_dump", str(path), stdout=StringIO(), stderr=StringIO())
    return Article.objects.get(slug=story.slug)


class FingerprintTests(ReaderTestCase):
    """One name, in every place that a story, its history and its neighbours have for words."""

    @classmethod
    def setUpTestData(cls):
        cls.rosa, cls.kim = an_editor(), an_editor("kim")
        cls.article = imported(full_of("Mira Quill", "mira-quill-found"))
        cls._picture()
        cls._desk()
        publishing.publish(Article.objects.get(pk=cls.article.pk), by=cls.rosa)
        publishing.correct(cls.article, by=cls.rosa, text="Mira Quill was not alone.")
        cls._carried()
        sharing.make(cls.article, by=cls.rosa, days=1, whom="Mira Quill's lawyer")
        linking.choose("The harbour case, Mira Quill", cls.article, by=cls.rosa)
        cls.article.refresh_from_db()
        cls.other = cls._neighbour()
        placed = front_of.placed(cls.article, headline="Found: Mira Quill")
        container = front_of.holding(placed, name="All about Mira Quill")
        cls.front = front_of.show(front_of.arranged(container))

    @classmethod
    def _picture(cls):
        """One of the library, whose file says the name, too."""
        exif = Image.Exif()
        exif[0x010E] = "Mira Quill at the quay"
        cls.data = a_jpeg(exif=exif, xmp=an_xmp("<dc:source>Mira Quill</dc:source>"))
        cls.photo = library.add_photo(cls.data, title="Mira Quill.jpg")
        words = {"credit": "Mira Quill", "alt": "Mira Quill", "source": "Mira Quill's mother"}
        Photo.objects.filter(pk=cls.photo.pk).update(**words, said={"source": "Mira Quill"})
        media = cls.article.as_story().lead.media
        words = Origin.words_of(cls.article.source, media)
        Origin.objects.create(words=words, photo=cls.photo)
        Caption.objects.filter(parent=cls.article, region="lead").update(photo=cls.photo)
        LogEntry.objects.log_actions(cls.rosa.pk, [Photo.objects.get()], 2, "changed")

    @classmethod
    def _desk(cls):
        """Edited by two, noted, submitted, sent back, and open on a desk."""
        desk = a_client(cls.rosa)
        fields = opened(desk, cls.article)
        sent(desk, cls.article, fields, headline="Mira Quill is found alive", slug="mira-quill")
        kim = a_client(cls.kim)
        sent(kim, cls.article, fields, headline="Mira Quill is here")  # it meets Rosa's
        article = Article.objects.get(pk=cls.article.pk)
        workflow.note(article, by=cls.rosa, text="Ask Mira Quill.")
        workflow.send_back(article, by=cls.kim, why="Where is Mira Quill now?")
        workflow.submit(article, by=cls.rosa)
        Presence.objects.beat(article, cls.kim)

    @classmethod
    def _carried(cls):
        """Scheduled, and carried behind what was published meanwhile."""
        desk, article = a_client(cls.rosa), cls.article
        sent(desk, article, opened(desk, article), headline="Mira Quill tomorrow")
        at = timezone.now() + 24 * HOUR
        publishing.publish(Article.objects.get(pk=article.pk), by=cls.rosa, at=at)
        sent(desk, article, opened(desk, article), headline="Mira Quill is found alive")
        told = {"standfirst": "Mira Quill sleeps."}
        sent(desk, article, opened(desk, article), **told)
        publishing.publish(Article.objects.get(pk=article.pk), by=cls.rosa, pending="carry")

    @classmethod
    def _neighbour(cls):
        """A story that names it, links to it, and came with it in its rail."""
        headline = "Mira Quill is found alive"
        link = f'<p>Fog. <a href="{cls.article.path}">More</a></p>'
        other = dated(
            HOUR,
            number=4,
            headline="Fog",
            body=(TextBlock(html=link), RelatedBlock(headline=headline)),
            related=(
                RelatedPost(headline=headline, excerpt="Mira Quill was …"),
                RelatedPost(headline="The harbour case, Mira Quill"),
                RelatedPost(headline="Another Mira Quill says", url=cls.article.path),
            ),
            recent=(RecentPost(headline=headline.upper(), excerpt="Mira Quill was …"),),
        )
        return imported(other.replace(slug="fog"))

    def setUp(self):
        super().setUp()
        # A file is not rolled back with the test before.
        Path(settings.MEDIA_ROOT, self.photo.image.name).write_bytes(self.data)

    def test_the_words_are_nowhere_in_the_database(self):
        said = everything_stored()
        for table in SAYING:
            self.assertIn("quill", said[f"articles_{table}"], table)
        self.assertGreater(said["files"].count("quill"), 0)
        self.get(self.article.path), self.get(self.other.path), self.get("/")
        with self.captureOnCommitCallbacks(execute=True):
            redacting.redact(self.article, MIRA, by=self.rosa, why=WHY)
        self.assertEqual(saying("quill"), [])
        name = Photo.objects.get().image.name
        self.assertEqual(Path(settings.MEDIA_ROOT, name).read_bytes()[:2], b"\xff\xd8")

    def test_nor_on_any_page_nor_in_a_cache(self):
        other = self.other
        for path in ("/", "/fragment/recent/", "/feed/", other.path):
            self.assertIn("Quill", self.get(path).content.decode(), path)
        with self.captureOnCommitCallbacks(execute=True):
            redacting.redact(self.article, MIRA, by=self.rosa, why=WHY)
        self.article.refresh_from_db()
        for path in ("/", "/fragment/recent/", "/feed/", "/corrections/", other.path):
            self.assertNotIn("quill", self.get(path).content.decode().casefold(), path)
        page = self.get(self.article.path).content.decode()
        self.assertNotIn("quill", page.casefold())
        self.assertIn(f"{MARK} is found alive", page)
        self.assertEqual(self.get("/search/?q=quill").content.decode().count("is found alive"), 0)

    def test_what_is_not_the_words_stays_and_every_digest_is_right(self):
        redacting.redact(self.article, MIRA, by=self.rosa, why=WHY)
        for revision in Revision.objects.all():
            self.assertEqual(revision.digest, revision.story.digest)
        for version in Version.objects.select_related("revision"):
            self.assertEqual(version.digest, version.revision.digest)
        for article in Article.objects.select_related("head"):
            self.assertEqual(article.digest, article.head.digest)
            self.assertEqual(article.as_story().digest, article.digest)
        for row in FrontRevision.objects.all():
            self.assertEqual(row.digest, row.arrangement.digest)
        told = {a.status for a in Article.objects.with_status()}
        self.assertEqual(told, {"live"})
        digests = {*Revision.objects.values_list("digest", flat=True), ""}
        for entry in AuditEntry.objects.filter(model="articles.article"):
            self.assertLessEqual({entry.before, entry.after}, digests)

    def test_who_when_and_why_stays(self):
        redacting.redact(self.article, MIRA, by=self.rosa, why=WHY)
        told = {(row.by, row.why) for row in Redaction.objects.select_related("by")}
        self.assertEqual(told, {(self.rosa, WHY)})
        self.assertTrue(Redaction.objects.filter(revision__article=self.article).exists())

    def test_a_plan_tells_the_same_counts_and_touches_nothing(self):
        before = everything_stored()
        planned = redacting.redact(self.article, MIRA, by=self.rosa, why=WHY, plan=True)
        self.assertEqual(everything_stored(), before)
        done = redacting.redact(self.article, MIRA, by=self.rosa, why=WHY)
        self.assertEqual(planned.counts, done.counts)

    def test_all_of_a_story_goes_and_a_tombstone_stays(self):
        other = self.other
        with self.captureOnCommitCallbacks(execute=True):
            told = redacting.redact(self.article, redacting.Everything(), by=self.rosa, why=WHY)
        self.article.refresh_from_db()
        self.assertEqual(self.get(self.article.path).status_code, 410)
        self.assertEqual(self.article.headline, "Removed")
        self.assertEqual({r.story.headline for r in self.article.revisions.all()}, {"Removed"})
        self.assertIn(self.article.path, " ".join(told.stays))
        self.assertNotIn("Quill", self.get(other.path).content.decode())
        kept = {"articles_tag", "articles_author", "articles_category", "articles_importrun"}
        kept |= {"articles_photo", "articles_origin", "files"}
        theirs = (".jpg", "at the quay", "all about")  # the library's, and the front's own words
        left = [
            line
            for line in saying("mira quill")
            if line.partition(":")[0] not in kept and not any(text in line for text in theirs)
        ]
        self.assertEqual([line for line in left if "quill jpg" not in line], [])


class StoryTests(ReaderTestCase):
    def setUp(self):
        super().setUp()
        # What other tests left in the library may say the same words.
        library = self.enterContext(TemporaryDirectory())
        self.enterContext(override_settings(MEDIA_ROOT=library))
        self.rosa = an_editor()

    def words(self, *texts, **options):
        return redacting.Words(texts), {"by": self.rosa, "why": WHY, **options}

    def test_words_of_another_story_are_left_alone(self):
        one, two = live(
            dated(HOUR, number=1, body=(TextBlock(html="<p>Ada Fry came.</p>"),)),
            dated(HOUR, number=2, body=(TextBlock(html="<p>Ada Fry went.</p>"),)),
        )
        words, told = self.words("Ada Fry")
        redacting.redact(one, words, **told)
        self.assertEqual(self.texts(one.path, ".body p"), [f"{MARK} came."])
        self.assertIn("Ada Fry went", self.get(two.path).content.decode())

    def test_what_is_scheduled_appears_at_its_moment_without_the_words(self):
        at = timezone.now() + HOUR
        (article,) = live(dated(HOUR, headline="Ada Fry today"))
        article.headline = "Ada Fry tomorrow"
        article.save()
        revisions.record(article, by=None)
        publishing.publish(article, by=None, at=at)
        words, told = self.words("Ada Fry")
        redacting.redact(article, words, **told)
        self.assertEqual(article.versions.live().get().story.headline, f"{MARK} today")
        self.assertEqual(article.versions.live(at).get().story.headline, f"{MARK} tomorrow")

    def test_a_story_that_was_only_scheduled_stays_so(self):
        article = scheduled(a_story(headline="Ada Fry tomorrow"), timezone.now() + HOUR)
        words, told = self.words("Ada Fry")
        redacting.redact(article, words, **told)
        self.assertEqual(article.versions.pending().get().story.headline, f"{MARK} tomorrow")
        self.assertFalse(article.versions.live().exists())

    def test_the_source_cannot_bring_the_words_back_unasked(self):
        story = dated(HOUR, headline="Ada Fry came")
        article = imported(story.replace(slug="came"))
        words, told = self.words("Ada Fry")
        redacting.redact(article, words, **told)
        imported(story.replace(slug="came"))
        article.refresh_from_db()
        self.assertEqual(article.headline, f"{MARK} came")
        self.assertEqual(ImportItem.objects.latest("pk").outcome, "held")

    def test_what_a_source_brings_again_is_not_even_kept(self):
        story = dated(HOUR, headline="Ada Fry came")
        article = imported(story.replace(slug="came"))
        words, told = self.words("Ada Fry")
        redacting.redact(article, words, **told)
        imported(story.replace(slug="came"))
        self.assertFalse(KeptSource.objects.exists())
        self.assertIn("not kept", ImportItem.objects.latest("pk").reason)

    def test_a_form_that_was_open_is_not_merged_and_says_why(self):
        article = stored(a_story(headline="Ada Fry came"))
        desk = a_client(self.rosa)
        fields = opened(desk, article)
        words, told = self.words("Ada Fry")
        redacting.redact(article, words, **told)
        response = sent(desk, article, fields, standfirst="Typed meanwhile.")
        self.assertContains(response, "Words were taken out of this story")
        self.assertEqual(saying("ada fry"), [])
        fields = opened(desk, article)
        sent(desk, article, fields, standfirst="Typed anew.")
        article.refresh_from_db()
        self.assertEqual((article.headline, article.standfirst), (f"{MARK} came", "Typed anew."))

    def test_a_front_that_is_open_cannot_say_it_again(self):
        (article,) = live(dated(HOUR, headline="Ada Fry came"))
        words, told = self.words("Ada Fry")
        placed = front_of.placed(article, headline="Ada Fry is here")
        front = front_of.show(front_of.arranged([placed]))
        before = front.head
        redacting.redact(article, words, **told)
        self.assertGreater(front.head.pk, before.pk)
        self.assertEqual(self.texts("/", "main article h2, main article h3"), [f"{MARK} is here"])
        with self.assertRaises(fronts.Stale):
            fronts.save(front, before.arrangement, by=self.rosa, opened=str(before.pk))

    def test_a_tag_that_others_use_stays_and_is_told(self):
        one, two = live(dated(HOUR, number=1, tags=("Ada Fry",)), dated(HOUR, number=2))
        words, told = self.words("Ada Fry")
        self.assertEqual(redacting.redact(one, words, **told).stays, [])
        self.assertFalse(Tag.objects.filter(name="Ada Fry").exists())
        one, two = live(
            dated(HOUR, number=3, tags=("Ida Fry",)), dated(HOUR, number=4, tags=("Ida Fry",))
        )
        told["why"] = "a court"
        done = redacting.redact(one, redacting.Words(["Ida Fry"]), **told)
        self.assertEqual(len(done.stays), 1)
        self.assertIn("Ida Fry", self.get(two.path).content.decode())
        self.assertNotIn("Ida Fry", self.get(one.path).content.decode())

    def test_it_is_refused_without_a_reason_or_with_one_that_says_the_words(self):
        article = stored(a_story(headline="Ada Fry came"))
        words, told = self.words("Ada Fry")
        for why in (" ", "Ada Fry asked for it", "ada-fry"):
            with self.assertRaises(redacting.RedactionRefused):
                redacting.redact(article, words, **{**told, "why": why})
        self.assertFalse(Redaction.objects.exists())

    def test_what_only_other_stories_say_is_not_this_ones(self):
        one = imported(dated(HOUR, headline="One came").replace(slug="one"))
        body = (TextBlock(html="<p>Zebra.</p>"), RelatedBlock(headline="One came"))
        imported(dated(HOUR, number=2, body=body).replace(slug="two"))
        with self.assertRaises(redacting.RedactionRefused):
            redacting.redact(one, redacting.Words(["Zebra"]), by=None, why=WHY)
        self.assertEqual(KeptSource.objects.count(), 2)

    def test_words_that_no_copy_says_are_refused_and_nothing_is_written(self):
        article = imported(dated(HOUR).replace(slug="came"))
        before = everything_stored()
        with self.assertRaises(redacting.RedactionRefused):
            redacting.redact(article, redacting.Words(["Zebra"]), by=None, why=WHY)
        self.assertEqual(everything_stored(), before)

    def test_what_fails_half_way_has_changed_nothing(self):
        article = imported(dated(HOUR, headline="Ada Fry came").replace(slug="came"))
        before = everything_stored()
        broken = patch("articles.redacting.erasing.derive.again", side_effect=OSError)
        with broken, self.assertRaises(OSError):
            redacting.redact(article, redacting.Words(["Ada Fry"]), by=None, why=WHY)
        self.assertEqual(everything_stored(), before)


class OriginalTests(ReaderTestCase):
    """The file of a photo that says the words: there is a whole one at any moment."""

    @classmethod
    def setUpTestData(cls):
        exif = Image.Exif()
        exif[0x010E] = "Ada Fry at the quay"
        cls.data = a_jpeg(exif=exif)

    def setUp(self):
        super().setUp()
        self.article = imported(dated(HOUR, headline="Ada Fry came").replace(slug="came"))
        self.photo = library.add_photo(self.data, title="Quay")
        Caption.objects.create(
            parent=self.article, kind="photo", region="body", ordering=10, photo=self.photo
        )
        self.cards = self.photo.image.addresses()
        self.before = self.files()

    def files(self):
        """Its own: other tests have left theirs."""
        return {*Path(settings.MEDIA_ROOT).rglob(f"{Path(self.photo.image.name).stem}*")}

    def redact(self, **more):
        words = redacting.Words(["Ada Fry"])
        with self.captureOnCommitCallbacks(execute=True):
            return redacting.redact(self.article, words, by=None, why=WHY, **more)

    def stored(self):
        photo = Photo.objects.get()
        with photo.image.open() as file:
            return photo, file.read()

    def test_it_is_another_file_and_all_that_was_made_of_it_stays(self):
        self.redact()
        photo, data = self.stored()
        self.assertNotIn(b"Ada Fry", data)
        self.assertNotEqual(photo.image.name, self.photo.image.name)
        self.assertEqual(photo.image.addresses(), self.cards)
        gone, come = self.before - self.files(), self.files() - self.before
        self.assertEqual([path.name for path in gone], [Path(self.photo.image.name).name])
        self.assertEqual([path.name for path in come], [Path(photo.image.name).name])
        Caption.objects.all().delete()
        with self.captureOnCommitCallbacks(execute=True):
            library.remove(photo)
        self.assertEqual(self.files(), set())

    def test_a_disk_that_is_full_leaves_it_as_it_was(self):
        full = patch.object(FileSystemStorage, "_save", side_effect=OSError("no space"))
        with full, self.assertRaises(OSError):
            self.redact()
        self.assertEqual(self.stored(), (self.photo, self.data))
        self.assertEqual(self.files(), self.before)

    def test_what_fails_afterwards_leaves_no_second_file(self):
        broken = patch("articles.redacting.erasing.derive.again", side_effect=OSError)
        with broken, self.assertRaises(OSError):
            self.redact()
        self.assertEqual(self.stored(), (self.photo, self.data))
        self.assertEqual(self.files(), self.before)

    def test_a_plan_writes_no_file(self):
        self.assertEqual(self.redact(plan=True).counts["files of pictures"], 1)
        self.assertEqual(self.files(), self.before)

    def test_one_that_was_killed_before_the_end_is_cleaned_up_after(self):
        with patch("articles.redacting.files._delete_older"):  # it did not come so far
            self.redact()
        self.assertEqual(self.before - self.files(), set())
        out = StringIO()
        call_command("empty_bin", stdout=out)
        self.assertIn("1 originals", out.getvalue())
        self.assertEqual(len(self.before - self.files()), 1)
        self.assertNotIn(b"Ada Fry", self.stored()[1])

    def test_a_second_redaction_is_a_third_file(self):
        self.redact()
        photo, _data = self.stored()
        exif = Image.Exif()
        exif[0x010E] = "Ida Fry, too"
        Path(settings.MEDIA_ROOT, photo.image.name).write_bytes(a_jpeg(exif=exif))
        with self.captureOnCommitCallbacks(execute=True):
            redacting.redact(self.article, redacting.Words(["Ida Fry"]), by=None, why=WHY)
        third, data = self.stored()
        self.assertNotIn(b"Ida Fry", data)
        self.assertEqual(third.image.addresses(), self.cards)
        self.assertEqual(len(self.files()), len(self.before))


class DoorTests(ReaderTestCase):
    """The triggers: what passes through a Redaction of a revision, and what does not."""

    def setUp(self):
        super().setUp()
        self.article = stored(a_story(headline="Ada Fry came"))
        self.row = Revision.objects.get()
        self.other = stored(a_story(2)).head

    def refused(self, **values):
        with self.assertRaises(DatabaseError), transaction.atomic():
            Revision.objects.filter(pk=self.row.pk).update(**values)

    def opened(self, row=None):
        return Redaction.objects.create(revision=row or self.row, at=timezone.now(), why=WHY)

    def test_without_a_record_nothing_passes(self):
        self.refused(digest="x" * 64)
        self.refused(digest="x" * 64, redaction=1)

    def test_a_record_of_another_revision_opens_nothing(self):
        self.refused(digest="x" * 64, redaction=self.opened(self.other))

    def test_a_record_of_a_version_opens_no_revision(self):
        version = publishing.publish(self.article, by=None)
        door = Redaction.objects.create(version=version, at=timezone.now(), why=WHY)
        self.refused(digest="x" * 64, redaction=door)

    def test_an_update_that_does_not_name_its_record_is_refused(self):
        self.opened()
        self.refused(digest="x" * 64)

    def test_only_the_words_pass_and_not_who_when_or_whose(self):
        door = self.opened()
        self.refused(redaction=door, by=an_editor())
        self.refused(redaction=door, at=timezone.now())
        self.refused(redaction=door, article=self.other.article)

    def test_each_record_opens_it_once(self):
        first = self.opened()
        Revision.objects.filter(pk=self.row.pk).update(digest="x" * 64, redaction=first)
        self.refused(digest="y" * 64, redaction=first)
        self.refused(digest="y" * 64)
        second = self.opened()
        Revision.objects.filter(pk=self.row.pk).update(digest="y" * 64, redaction=second)
        self.refused(digest="z" * 64, redaction=first)

    def test_a_record_is_of_a_version_or_of_a_revision(self):
        with self.assertRaises(DatabaseError), transaction.atomic():
            Redaction.objects.create(at=timezone.now(), why=WHY)


class OtherDoorTests(ReaderTestCase):
    """A note, an entry of the audit log, a front as it was arranged: each has its own door."""

    @classmethod
    def setUpTestData(cls):
        cls.rosa = an_editor()
        cls.article = stored(a_story())
        cls.note = workflow.note(cls.article, by=cls.rosa, text="Ask Ada.")
        cls.entry = AuditEntry.objects.latest("pk")
        front = front_of.show(front_of.arranged([cls.article]))
        cls.arrangement = front.head

    def rows(self):
        """(row, the key of its Redaction, a change of its words, changes of what is no word)."""
        yield self.note, "note", {"text": "x"}, ({"by": an_editor("kim")}, {"at": timezone.now()})
        kept = ({"act": "x"}, {"by": None}, {"key": "0"}, {"place": "x"}, {"model": "x"})
        yield self.entry, "entry", {"told": "x"}, kept
        yield self.arrangement, "arrangement", {"digest": "x"}, ({"at": timezone.now()},)

    def refused(self, row, **values):
        with self.assertRaises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)

    def test_each_opens_for_its_words_once_and_for_nothing_else(self):
        for row, key, words, others in self.rows():
            with self.subTest(key):
                self.refused(row, **words)
                wrong = "note" if key == "entry" else "entry"
                other = {"note": self.note, "entry": self.entry}[wrong]
                door = Redaction.objects.create(**{wrong: other}, at=timezone.now(), why=WHY)
                self.refused(row, **words, redaction=door)
                door = Redaction.objects.create(**{key: row}, at=timezone.now(), why=WHY)
                for other in others:
                    self.refused(row, **other, redaction=door)
                self.refused(row, **words)
                type(row).objects.filter(pk=row.pk).update(**words, redaction=door)
                self.refused(row, **words, redaction=door)

    def test_a_record_is_of_one_row(self):
        with self.assertRaises(DatabaseError), transaction.atomic():
            Redaction.objects.create(note=self.note, entry=self.entry, at=timezone.now(), why=WHY)

    def test_a_record_says_of_what_it_is(self):
        door = Redaction.objects.create(note=self.note, at=timezone.now(), why=WHY)
        self.assertEqual(door.of, f"note {self.note.pk}")


class DeskTests(ReaderTestCase):
    def setUp(self):
        super().setUp()
        self.article = stored(a_story(headline="Ada Fry came"))
        rights = ("change_article", "view_article", "others_article", "redact_article")
        self.vera = an_editor("vera", rights)
        self.desk = a_client(self.vera)
        self.url = url_of(self.article, "redact")

    def ask(self, **changes):
        told = {"words": "Ada Fry", "why": WHY, "password": "a long password 1", **changes}
        return self.desk.post(self.url, told)

    def headline(self):
        return Article.objects.get(pk=self.article.pk).headline

    def test_it_first_tells_what_it_would_touch_and_then_does_it(self):
        page = self.ask()
        self.assertContains(page, "Nothing is done yet")
        self.assertContains(page, "revisions: 1")
        self.assertContains(page, "Backups made from")
        self.assertEqual(self.headline(), "Ada Fry came")
        self.assertRedirects(self.ask(confirmed="on"), url_of(self.article))
        self.assertEqual(self.headline(), f"{MARK} came")
        self.assertEqual({row.by for row in Redaction.objects.all()}, {self.vera})

    def test_a_session_alone_is_not_enough(self):
        self.assertContains(self.ask(password="another", confirmed="on"), "not your password")
        self.assertEqual(self.headline(), "Ada Fry came")

    def test_nobody_tries_passwords_here(self):
        for _ in range(10):
            self.ask(password="another")
        self.assertContains(self.ask(confirmed="on"), "Too many wrong passwords")
        self.assertEqual(self.headline(), "Ada Fry came")

    def test_it_needs_its_own_right(self):
        rosa = a_client(an_editor())
        self.assertEqual(rosa.get(self.url).status_code, 403)
        self.assertNotContains(rosa.get(url_of(self.article)), self.url)
        self.assertContains(self.desk.get(url_of(self.article)), self.url)

    def test_words_too_short_to_be_found_safely_are_refused(self):
        self.assertContains(self.ask(words="a", confirmed="on"), "at least 3 letters")

    def test_the_log_of_the_desk_does_not_say_the_words_either(self):
        LogEntry.objects.log_actions(self.vera.pk, [self.article], 2, "changed", single_object=True)
        self.ask(confirmed="on")
        self.assertNotIn("Ada", repr(list(LogEntry.objects.values())))


class CommandTests(ReaderTestCase):
    def call(self, *args):
        out = StringIO()
        call_command("redact", *args, "--why", WHY, stdout=out)
        return out.getvalue()

    def test_a_plan_names_every_copy_and_the_backups_that_hold_it(self):
        article = imported(dated(HOUR, headline="Ada Fry came").replace(slug="came"))
        with TemporaryDirectory() as folder:
            (Path(folder) / "newsroom.dump").write_text("x")
            told = self.call(article.path, "--words", "Ada Fry", "--plan", "--backups", folder)
        self.assertIn("would be: revisions: 1", told)
        self.assertIn("would be: ledger: ", told)
        self.assertIn("newsroom.dump", told)
        self.assertTrue(KeptSource.objects.exists())
        self.assertEqual(Article.objects.get().headline, "Ada Fry came")

    def test_a_story_is_named_by_its_number_its_address_or_a_version(self):
        (article,) = live(dated(HOUR, headline="Ada Fry and Ida Fry and Uma Fry"))
        self.call(str(article.pk), "--words", "Ada Fry")
        self.call(Article.objects.get().path, "--words", "Ida Fry")
        self.call(f"v{article.versions.first().pk}", "--words", "Uma Fry")
        self.assertEqual(Article.objects.get().headline, f"{MARK} and {MARK} and {MARK}")

    def test_words_need_not_stand_in_the_history_of_a_shell(self):
        article = stored(a_story(headline="Ada Fry came"))
        with patch("sys.stdin", StringIO("Ada Fry\n")):
            self.call(str(article.pk), "--words", "-")
        self.assertEqual(Article.objects.get().headline, f"{MARK} came")

    def test_what_is_not_there_is_an_error(self):
        with self.assertRaises(CommandError):
            self.call("999", "--all")


class WordsTests(SimpleTestCase):
    def test_words_are_found_as_they_are_written(self):
        words = redacting.Words(["Ann Lee", "O'Hara & Sons"])
        for text in (
            "Ann Lee",
            "ANN LEE",
            "Ann\u00a0Lee's",
            "https://x.example/ann-lee/",
            "ann_lee.jpg",
            "ann%20lee",
            "<p><strong>Ann</strong> Lee</p>",
            "A<em>nn L</em>ee",
            "<p>O&#x27;Hara &amp; Sons</p>",
        ):
            with self.subTest(text=text):
                self.assertTrue(words.are_in(text))
                self.assertFalse(words.are_in(words.text(text)))

    def test_they_are_found_in_bytes_of_any_encoding(self):
        said = "So Zoë Fry came."
        ways = [said.encode(way) for way in ("utf-8", "cp1252", "utf-16", "utf-16-be")]
        for written in [*ways, json.dumps(said).encode(), b"So Zo&euml; Fry came."]:
            with self.subTest(written):
                data = b"\xff\xd8" + written
                self.assertTrue(are_said(redacting.Words(["Zoë Fry"]), data))
                self.assertFalse(are_said(redacting.Words(["Zoë Fray"]), data))

    def test_a_picture_loses_what_it_says_and_stays_the_picture_it_was(self):
        exif = Image.Exif()
        exif[0x010E], exif[0x0112] = "Ann Lee", 6  # it lies on its side
        for data in (a_jpeg(exif=exif), a_png(an_xmp("<dc:source>Ann Lee</dc:source>"))):
            plain = pictures.without_metadata(data)
            self.assertIn(b"Ann Lee", data)
            self.assertNotIn(b"Ann Lee", plain)
            sizes = [pictures.upright_size(BytesIO(each)) for each in (data, plain)]
            self.assertEqual(*sizes)

    def test_parts_of_other_words_are_not(self):
        words = redacting.Words(["Ann Lee"])
        for text in ("Joann Lee", "Ann Leeson", "Ann and Lee"):
            self.assertEqual(words.text(text), text)

    def test_tags_between_the_letters_stay_in_order(self):
        words = redacting.Words(["Ann Lee"])
        html = words.html("<p>So <strong>Ann</strong> Lee said.</p>")
        self.assertEqual(html, f"<p>So <strong>{MARK}</strong> said.</p>")
