"""What files say beside what they show: readers get them without it, and nothing else moves."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from django.test import SimpleTestCase, TestCase

from articles import attachments, library, store
from articles.models import Attachment, Video
from articles.story import CaptionBlock, Media
from articles.tests.attachedfiles import (
    ID3,
    M4A,
    a_pdf,
    a_written_pdf,
    a_zip,
    an_m4a,
    an_mp3,
    box,
)
from articles.tests.filmfiles import SOUND, a_webm, an_mp4, element
from articles.tests.stories import a_story

SECRET = b"+12.3456-045.6789/ Ada"
NAMED = box(b"\xa9xyz", SECRET)
TAGS = element(b"\x12\x54\xc3\x67", SECRET)
XMP = box(b"uuid", bytes(16) + SECRET)


def told(data, look=attachments.look_at_film):
    """(the bytes that readers get, what it is), or why it is refused."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(data)
        try:
            facts = look(path)
            with attachments.plain(path, facts) as file:
                return file.read(), facts
        except attachments.AttachmentError as error:
            return str(error), None


def numbers(*values, size=4):
    return b"".join(value.to_bytes(size, "big") for value in values)


def a_track_of_notes(at: int, lengths: tuple[int, ...]) -> bytes:
    """Two samples in a chunk at `at`."""
    table = box(b"stco", numbers(0, 1, at)) + box(b"stsc", numbers(0, 1, 1, len(lengths), 1))
    table += box(b"stsz", numbers(0, 0, len(lengths), *lengths))
    kind = box(b"hdlr", bytes(8) + b"meta" + bytes(12))
    return box(b"trak", box(b"mdia", kind + box(b"minf", box(b"stbl", table))))


class FilmTests(SimpleTestCase):
    def demand_without(self, data, look=attachments.look_at_film):
        got, facts = told(data, look)
        self.assertIsNotNone(facts, got)
        self.assertIn(SECRET[:6], data)
        self.assertNotIn(SECRET[:6], got)
        self.assertNotIn(b"Ada", got)
        self.assertEqual(len(got), len(data))
        return got

    def test_an_mp4_says_nothing_of_itself_and_keeps_its_place(self):
        large = b"\0\0\0\1udta" + numbers(16 + len(SECRET), size=8) + SECRET
        for more in (
            box(b"udta", NAMED),
            box(b"trak", box(b"tkhd", bytes(84)) + box(b"udta", NAMED)),
            box(b"meta", bytes(4) + SECRET),
            NAMED,
            XMP,
            large,
            box(b"free", SECRET),
        ):
            with self.subTest(more[:16]):
                data = an_mp4(more)
                got = self.demand_without(data)
                self.assertEqual(got.index(SOUND), data.index(SOUND))
                self.assertEqual(told(got)[0], got)
        self.demand_without(an_mp4(behind=XMP))
        self.demand_without(an_mp4(behind=box(b"moof", box(b"traf", box(b"udta", NAMED)))))

    def test_a_track_that_tells_where_it_was_goes_with_its_samples(self):
        lengths = (10, len(SECRET) - 10)
        notes = box(b"mdat", SECRET)
        at = len(an_mp4(a_track_of_notes(0, lengths))) + 8
        got = self.demand_without(an_mp4(a_track_of_notes(at, lengths), behind=notes))
        self.assertNotIn(b"trak", got)
        self.assertIn(SOUND, got)

    def test_a_webm_says_nothing_of_itself_and_keeps_its_place(self):
        for data in (
            a_webm(TAGS),
            a_webm(element(b"\x19\x41\xa4\x69", SECRET)),
            a_webm(element(b"\xec", SECRET)),
            a_webm(element(b"\x12\x54\xc3\x67", SECRET * 50)),
            a_webm(info=element(b"\x7b\xa9", SECRET)),
            a_webm(info=b"\x7b\xa9" + bytes([0x80 | len(SECRET)]) + SECRET),
        ):
            got = self.demand_without(data)
            self.assertEqual(got.index(SOUND), data.index(SOUND))
            self.assertEqual(told(got)[0], got)

    def test_a_webm_of_unknown_lengths_is_taken_too(self):
        live = a_webm(TAGS)
        for name in (b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"):
            at = live.index(name) + 4
            live = live[:at] + b"\1" + b"\xff" * 7 + live[at + 8 :]
        self.demand_without(live)
        self.demand_without(live + TAGS)

    def test_what_is_no_whole_film_is_refused_with_a_sentence(self):
        for data, word in (
            (an_mp4()[:-1], "cut off"),
            (a_webm()[:-1], "cut off"),
            (an_mp4() + b"more", "cut off"),
            (a_webm() + b"more", "cut off"),
            (box(b"ftyp", b"heic") + box(b"mdat", SOUND), "damaged"),
            (b"\x1a\x45\xdf\xa3" + bytes(100), "damaged"),
            (an_mp4() + a_zip(), "archive"),
            (a_webm() + a_zip(), "archive"),
            (box(b"ftyp", b"isom<script>alert(1)</script>"), "page"),
            (box(b"ftyp", b"isom\n%PDF-1.5"), "document"),
            (an_m4a(), "recording"),
            (b"MZ" + bytes(90), "neither"),
            (b"", "neither"),
            (an_mp4(b"\0\0\0\x08moov" * 0 + box(b"trak", b"\0\0\0\x40udta")), "damaged"),
        ):
            self.assertIn(word, told(data)[0])


class RecordingTests(SimpleTestCase):
    demand_without = FilmTests.demand_without

    def test_an_m4a_says_nothing_of_itself(self):
        data = an_m4a() + box(b"udta", NAMED)
        got = self.demand_without(data, attachments.look)
        self.assertEqual(told(got, attachments.look)[1].seconds, 65)
        self.assertTrue(got.startswith(M4A))

    def test_an_mp3_says_nothing_of_itself(self):
        old = b"TAG" + SECRET.ljust(125, b"\0")
        footer = b"APETAGEX" + numbers(0) + (32 + len(SECRET)).to_bytes(4, "little") + bytes(16)
        lyrics = SECRET + b"%06d" % len(SECRET) + b"LYRICS200"
        head = ID3[:10] + SECRET.ljust(256, b"\0")
        for data in (
            an_mp3(10, head),
            an_mp3() + old,
            an_mp3() + SECRET + footer,
            an_mp3() + lyrics + old,
            an_mp3() + (b"TAG+" + SECRET.ljust(223, b"\0")) + old,
            an_mp3(10, head) + SECRET + footer + old,
        ):
            got = self.demand_without(data, attachments.look)
            self.assertEqual(told(got, attachments.look)[1].seconds, 10)


class DocumentTests(SimpleTestCase):
    def test_a_document_loses_its_properties_and_notes(self):
        def change(document):
            document.docinfo["/Author"] = "Ada Fry"
            with document.open_metadata() as metadata:
                metadata["dc:creator"] = ["Ada Fry"]
            document.pages[0].PieceInfo = pikepdf.Dictionary(Who="Ada Fry")

        data = a_pdf(3, change)
        got, facts = told(data, attachments.look)
        self.assertEqual(facts.pages, 3)
        self.assertIn(b"Ada Fry", data)
        self.assertNotIn(b"Ada Fry", got)
        with pikepdf.open(BytesIO(got)) as document:
            self.assertEqual(len(document.pages), 3)
            self.assertNotIn("/Info", document.trailer)
            self.assertNotIn("/Metadata", document.Root)
        self.assertEqual(told(got, attachments.look)[1].pages, 3)

    def test_one_that_forbids_printing_still_does(self):
        got, _facts = told(a_pdf(encryption=pikepdf.Encryption(owner="a")), attachments.look)
        with pikepdf.open(BytesIO(got)) as document:
            self.assertTrue(document.is_encrypted)

    def test_one_that_is_signed_is_left_as_it_is(self):
        data = a_written_pdf(b"<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/Name(Ada Fry)>>")
        self.assertEqual(told(data, attachments.look)[0], data)


class ImportTests(TestCase):
    def test_the_same_dump_twice_is_one_file_and_no_news(self):
        files = {"gate.mp4": an_mp4(box(b"udta", NAMED)), "plan.pdf": a_pdf(), "talk.mp3": an_mp3()}
        kinds = {"gate.mp4": "video", "plan.pdf": "document", "talk.mp3": "audio"}
        captions = [CaptionBlock(kind=kinds[name], media=Media(file=name)) for name in files]
        story = a_story(lead=captions[0], body=tuple(captions[1:]))
        outcomes = []
        with TemporaryDirectory() as folder:
            for name, data in files.items():
                Path(folder, name).write_bytes(data)
            for _time in range(2):
                run = store.Import(media_root=Path(folder))
                outcomes += [str(one.outcome) for one in store.save([store.Item(story)], run) or ()]
                self.assertFalse(run.notes)
            for name in ("gate.mp4", "plan.pdf"):
                add = library.add_video if name == "gate.mp4" else library.add_attachment
                add(Path(folder, name))
        self.assertEqual((Video.objects.count(), Attachment.objects.count()), (1, 2))
        for row in (*Video.objects.all(), *Attachment.objects.all()):
            with row.file.open() as stored_file:
                self.assertNotIn(SECRET, stored_file.read())
        for row in Attachment.objects.all():
            self.assertEqual(row.size, row.file.size)
