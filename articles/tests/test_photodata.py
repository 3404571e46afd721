"""What a picture says about itself is offered, and none of it is believed."""

from io import BytesIO

from django.test import SimpleTestCase, TestCase
from PIL import Image

from articles import library, photodata
from articles.models import Photo
from articles.tests.photofiles import WHOLE, a_jpeg, a_png, a_webp, an_iim, an_xmp


def said(data: bytes) -> dict[str, str]:
    with Image.open(BytesIO(data)) as image:
        return photodata.read(image).said()


def an_exif():
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "From the camera", "Camera owner"
    exif.get_ifd(0x8769).update({0x9003: "2024:01:29 06:00:00", 0x9011: "+01:00"})
    return exif


class ReadingTests(SimpleTestCase):
    def test_xmp_is_read_from_every_kind_of_file_that_can_hold_it(self):
        for data in (a_jpeg(xmp=an_xmp()), a_png(an_xmp()), a_webp(an_xmp())):
            self.assertEqual(
                said(data),
                {
                    "title": "Ferry",
                    "description": "The ferry leaves Corrin.",
                    "creator": "Ada Fry",
                    "credit_line": "Coastwire",
                    "source": "Harbour pool",
                    "copyright_notice": "© 2024 Coastwire",
                    "usage_terms": "No sale.",
                    "date_created": "2024-01-29T06:00:00+01:00",
                    "city": "Corrin",
                    "country": "Vallenor",
                    "alt_text": "A ferry at a quay",
                },
            )

    def test_iim_is_read_in_utf_8_and_in_the_western_characters_of_old_programs(self):
        whole = {"d80": b"Ada Fry", "d55": b"20240129", "d60": b"060000+0100", "d90": b"Corrin"}
        for text, charset in (("Fähre", "utf-8"), ("Fähre", "cp1252")):
            found = said(a_jpeg(iim=an_iim(d120=text.encode(charset), **whole)))
            self.assertEqual(found["description"], "Fähre")
        self.assertEqual(found["creator"], "Ada Fry")
        self.assertEqual(found["date_created"], "2024-01-29T06:00:00+0100")
        told = said(a_jpeg(iim=an_iim(e90=b"\x1b%G", d120="Fähre".encode())))
        self.assertEqual(told["description"], "Fähre")

    def test_exif_is_read_where_nothing_else_speaks_and_xmp_stands_above_all(self):
        alone = said(a_jpeg(exif=an_exif()))
        self.assertEqual(alone["description"], "From the camera")
        self.assertEqual(alone["date_created"], "2024-01-29T06:00:00+01:00")
        iim = an_iim(d120=b"From the desk", d101=b"Ostmere")
        self.assertEqual(said(a_jpeg(exif=an_exif(), iim=iim))["description"], "From the desk")
        all_three = said(a_jpeg(exif=an_exif(), iim=iim, xmp=an_xmp()))
        self.assertEqual(all_three["description"], "The ferry leaves Corrin.")
        self.assertEqual(all_three["creator"], "Ada Fry")

    def test_a_credit_is_printed_as_newsrooms_do(self):
        credit = lambda **said: photodata.PhotoData(**said).credit  # noqa: E731
        self.assertEqual(credit(creator="Ada Fry", credit_line="Coastwire"), "Ada Fry/Coastwire")
        self.assertEqual(credit(creator="Ada Fry", credit_line="Photo: ada fry"), "Photo: ada fry")
        self.assertEqual(credit(creator="Ada Fry"), "Ada Fry")
        self.assertEqual(credit(source="Harbour pool"), "Harbour pool")

    def test_the_position_is_not_among_what_is_read(self):
        exif = an_exif()
        exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 1.0)})
        self.assertNotIn("48", str(said(a_jpeg(exif=exif, xmp=an_xmp()))))

    def test_what_is_damaged_or_hostile_is_as_if_it_were_not_there(self):
        bombs = {
            "entity": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + an_xmp(),
            "hidden": an_xmp()
            .decode()
            .join(['<!DOCTYPE x [<!ENTITY a "b">]>', ""])
            .encode("utf-16"),
            "deep": b"<a>" * 20_000,
            "large": an_xmp(WHOLE.replace("Ada Fry", "Ada Fry" * 100_000)),
            "broken": an_xmp()[:-80],
        }
        for name, xmp in bombs.items():
            self.assertEqual(said(a_webp(xmp)), {}, name)
        for block in (b"\x1c\x02\x78\xff\xff", b"\x1c\x02\x78\x84\x7f\xff\xff\xff", b"\x1c" * 9999):
            self.assertEqual(said(a_jpeg(iim=block)), {})
        endless = an_xmp(WHOLE.replace("No sale.", "No sale. " * 9_000))
        self.assertLessEqual(len(said(a_webp(endless))["usage_terms"]), photodata.LONGEST)

    def test_a_date_that_no_calendar_has_is_no_date(self):
        for text in (b"20240231", b"00000000", b"2024", b"yesterday"):
            self.assertNotIn("date_created", said(a_jpeg(iim=an_iim(d55=text))))


class LibraryTests(TestCase):
    def test_a_new_photo_has_the_words_of_its_file_and_keeps_what_was_said(self):
        photo = library.add_photo(a_jpeg(xmp=an_xmp()), title="dsc 0117")
        photo.refresh_from_db()
        self.assertEqual(photo.title, "Ferry")
        self.assertEqual(photo.caption, "The ferry leaves Corrin.")
        self.assertEqual(photo.credit, "Ada Fry/Coastwire")
        self.assertEqual(photo.alt, "A ferry at a quay")
        self.assertEqual(
            (photo.source, photo.city, photo.country), ("Harbour pool", "Corrin", "Vallenor")
        )
        self.assertEqual(photo.taken_at.isoformat(), "2024-01-29T05:00:00+00:00")
        self.assertEqual(photo.said["creator"], "Ada Fry")

    def test_words_that_were_typed_stand(self):
        photo = Photo(caption="Ours.")
        library.fill(photo, photodata.PhotoData(description="Theirs.", city="C" * 900))
        self.assertEqual((photo.caption, len(photo.city)), ("Ours.", 200))

    def test_a_date_before_there_were_newspapers_is_not_kept(self):
        photo = Photo()
        library.fill(photo, photodata.PhotoData(date_created="0002-01-01"))
        self.assertIsNone(photo.taken_at)

    def test_a_picture_lying_on_its_side_has_the_size_it_is_seen_in(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        photo = library.add_photo(a_jpeg(exif=exif, size=(600, 400)), title="tower")
        self.assertEqual((photo.width, photo.height), (400, 600))
        with (
            photo.image.storage.open(photo.image.process("w480")) as stored,
            Image.open(stored) as seen,
        ):
            self.assertEqual(seen.size, (400, 600))
