"""Files that are not what they say, and pictures that know more than readers should."""

import importlib.util
import os
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import SimpleTestCase, TestCase, override_settings
from PIL import Image

from articles import library, store
from articles.models import Article, Photo
from articles.story import CaptionBlock, Media
from articles.tests.desk import a_client, a_picture, an_editor
from articles.tests.photofiles import a_jpeg, a_webp
from articles.tests.stories import a_story

TOP = Path(__file__).resolve().parents[2]
PAGE = b"<!doctype html><html><body><script>alert(document.domain)</script></body></html>"
LIMIT = 300 * 2**20  # bytes on top of what the process has before it looks at a file
BOMB = zlib.compress(bytes(100_000_000), 9)  # 100 MB in 100 KB
CHILD = """
import hashlib, resource, sys
from pathlib import Path
import django
django.setup()
from articles import library
from articles.models import Photo
from django.core.files.base import ContentFile
from PIL import Image
Image.init()
def rendered(data):
    photo = Photo(pk=1, sha256=hashlib.sha256(data).hexdigest())
    photo.image.save("x", ContentFile(data), save=False)
    for name in ("w1600", "avif1600", "card"):
        photo.image.process(name)
own = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (own + %d,) * 2)
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        library.check_picture(path.read_bytes())
        rendered(path.read_bytes())
        print(path.name, "taken")
    except library.LibraryError as error:
        print(path.name, "refused", error)
"""


def a_gif(side=5000, frames=2000):
    """Some kilobytes that ask for 50,000 million pixels."""
    size = side.to_bytes(2, "little") * 2
    frame = b"\x2c\0\0\0\0" + size + b"\0\x02\x02\x4c\x01\0"
    return b"GIF89a" + size + b"\x80\0\0" + b"\0\0\0\xff\xff\xff" + frame * frames + b"\x3b"


def hostile() -> dict[str, bytes]:
    picture, jpeg = a_picture(), a_picture(size=(400, 300), kind="JPEG")
    return {
        "eps.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n",
        "bomb.png": a_picture(size=(9000, 9000)),
        "bomb.gif": a_gif(),
        "svg.png": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "page.png": PAGE,
        "polyglot.png": picture + PAGE,
        "polyglot.jpg": jpeg + PAGE,
        "script-in-comment.jpg": with_comment(jpeg, b"<script>alert(1)</script>"),
        "document.jpg": with_comment(jpeg, b"%PDF-1.4 1 0 obj"),
        "text-bomb.png": with_chunk(picture, b"zTXt", b"Comment\0\0" + BOMB),
        "xml-bomb.png": with_chunk(picture, b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0" + BOMB),
        "truncated.jpg": jpeg[: len(jpeg) // 2],
        "truncated.png": picture[:-30],
        "empty.png": b"",
    }


def with_chunk(png: bytes, kind: bytes, data: bytes) -> bytes:
    """A chunk behind the head of a PNG."""
    chunk = len(data).to_bytes(4, "big") + kind + data
    return png[:33] + chunk + zlib.crc32(kind + data).to_bytes(4, "big") + png[33:]


def with_comment(jpeg: bytes, text: bytes) -> bytes:
    return jpeg[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + jpeg[2:]


def an_endless_exif() -> bytes:
    """A directory of EXIF that names itself as the next one, and as one within it."""
    entry = b"\x87\x69\0\x04\0\0\0\x01\0\0\0\x08"
    return b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\x08"


def odd() -> dict[str, bytes]:
    """Sound pictures that say impossible things of themselves, or are as large as may be."""
    picture = a_picture()
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a9;</x>'.encode()
    lying = Image.Exif()
    lying[0x0112] = 6
    return {
        "endless-exif.jpg": a_jpeg(exif=an_endless_exif()),
        "entities.webp": a_webp(laughs),
        "deep.webp": a_webp(b"<a>" * 100_000),
        "long-xmp.webp": a_webp(b"<a>" + b"x" * 30_000_000 + b"</a>"),
        "huge-length.jpg": a_jpeg(iim=b"\x1c\x02\x78\x84\x7f\xff\xff\xff"),
        "profile-bomb.png": with_chunk(picture, b"iCCP", b"x\0\0" + BOMB),
        "frames.gif": a_gif(side=50, frames=10_000),
        "large.png": a_picture(size=(7700, 7700)),
        "large-lying.jpg": a_jpeg(exif=lying, size=(7700, 7700)),
    }


def with_position() -> bytes:
    """A JPEG as a telephone writes it: with the place it was taken at."""
    picture, found = Image.new("RGB", (800, 600), "navy"), BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "qzmaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 1.0), 3: "E", 4: (16.0, 22.0, 1.0)})
    picture.save(found, "JPEG", exif=exif, comment=b"qzcomment")
    return found.getvalue()


class DoorTests(TestCase):
    def test_the_form_refuses_each_with_a_sentence(self):
        names = ["add_photo", "change_photo", "view_photo"]
        client = a_client(an_editor("rosa", names))
        for name, data in hostile().items():
            fields = {"image": SimpleUploadedFile(name, data), "title": "x", "ppoi": "0.5x0.5"}
            response = client.post("/admin/articles/photo/add/", fields)
            self.assertEqual(response.status_code, 200, name)
            told = " ".join(response.context["adminform"].form.errors["image"])
            self.assertRegex(told, r"^[A-Z].{15,}|^[a-z].{15,}", name)
        self.assertFalse(Photo.objects.exists())

    def test_an_import_refuses_each_with_a_sentence_and_takes_the_story(self):
        with TemporaryDirectory() as folder:
            for name, data in hostile().items():
                Path(folder, name).write_bytes(data)
            body = tuple(CaptionBlock(text=n, media=Media(file=n)) for n in hostile())
            run = store.Import(media_root=Path(folder))
            store.save([store.Item(a_story(body=body))], run)
        self.assertEqual({note.partition(":")[0] for note in run.notes}, set(hostile()))
        self.assertEqual(Article.objects.count(), 1)
        self.assertFalse(Photo.objects.exists())

    def test_the_name_of_a_file_is_never_part_of_an_address(self):
        names = ("x.html.png", "../../x.php", "<svg onload=alert(1)>.svg", ".htaccess", "a" * 400)
        for number, name in enumerate(names):
            photo = library.add_photo(
                a_picture(("red", "blue", "gold", "green", "grey")[number]), title=name
            )
            self.assertRegex(photo.image.name, r"^photos/[0-9a-f]{32}(\.(png|jpe?g|gif|webp))?$")


class MemoryTests(SimpleTestCase):
    def test_none_of_them_takes_more_memory_than_a_laptop_has_to_spare(self):
        for name, outcome in self.outcomes(hostile()).items():
            self.assertTrue(outcome.startswith("refused "), f"{name}: {outcome}")

    def test_nor_does_a_sound_picture_whatever_it_says_of_itself_nor_do_its_renditions(self):
        told = self.outcomes(odd())
        refused = {name for name, outcome in told.items() if outcome != "taken"}
        self.assertLessEqual(refused, {"profile-bomb.png", "frames.gif"}, told)

    def outcomes(self, files):
        """What a process with little memory makes of them."""
        if not Path("/proc/self/statm").exists():
            self.skipTest("memory is only told by Linux")
        with TemporaryDirectory() as folder, TemporaryDirectory() as media:
            for name, data in files.items():
                Path(folder, name).write_bytes(data)
            own = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "MEDIA_ROOT": media}
            environment = {**os.environ, **own}
            done = subprocess.run(
                [sys.executable, "-c", CHILD % LIMIT, folder],
                env=environment,
                cwd=TOP,
                capture_output=True,
                text=True,
                check=False,
            )
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
        self.assertEqual(set(told), set(files))
        return told


def addresses_of_a_laptop():
    """newsroom.urls as it is with DEBUG on, where it serves media."""
    spec = importlib.util.spec_from_file_location("urls_with_media", TOP / "newsroom/urls.py")
    found = importlib.util.module_from_spec(spec)
    with override_settings(DEBUG=True):
        spec.loader.exec_module(found)
    return found


KINDS = {"social": "jpeg"}  # of renditions that are not as most are


class PositionTests(TestCase):
    def setUp(self):
        self.photo = library.add_photo(with_position(), title="qztitle")
        with default_storage.open(self.photo.image.name) as stored:
            self.original = stored.read()
        with override_settings(ROOT_URLCONF=addresses_of_a_laptop()):
            self.renditions = {n: self.get(url) for n, url in self.photo.image.addresses().items()}
            self.refused = self.get(self.photo.image.url)

    def get(self, path):
        response = self.client.get(path)
        response.body = response.getvalue()
        return response

    def test_readers_get_renditions_without_what_the_camera_knew(self):
        self.assertIn(b"qzmaker", self.original)
        for size, response in self.renditions.items():
            self.assertEqual(response.status_code, 200, size)
            kind = "avif" if size.startswith("avif") else KINDS.get(size, "webp")
            self.assertEqual(response["Content-Type"], f"image/{kind}")
            for word in (b"qz", b"Exif", b"EXIF", b"XMP", b"GPS"):
                self.assertNotIn(word, response.body, size)
            with Image.open(BytesIO(response.body)) as picture:
                self.assertEqual(dict(picture.getexif()), {})

    def test_the_original_is_served_to_nobody(self):
        self.assertEqual(self.refused.status_code, 404)
        self.client.force_login(
            an_editor("ada", ["view_photo"]), "django.contrib.auth.backends.ModelBackend"
        )
        with override_settings(ROOT_URLCONF=addresses_of_a_laptop()):
            name = self.photo.image.name
            for path in (name, f"__processed__/../{name}", f"videos/%2e%2e/{name}", f"/{name}"):
                self.assertEqual(self.get(settings.MEDIA_URL + path).status_code, 404, path)

    def test_a_file_opened_on_its_own_may_run_nothing(self):
        for response in self.renditions.values():
            self.assertIn("sandbox", response["Content-Security-Policy"])
            self.assertIn("default-src 'none'", response["Content-Security-Policy"])
            self.assertEqual(response["X-Content-Type-Options"], "nosniff")


class NameTests(TestCase):
    def test_an_import_of_a_name_out_of_the_folder_takes_nothing(self):
        with TemporaryDirectory() as folder:
            inside = Path(folder, "inside")
            inside.mkdir()
            Path(folder, "secret.png").write_bytes(a_picture())
            (inside / "link.png").symlink_to(Path(folder, "secret.png"))
            names = ("../secret.png", "link.png", f"{folder}/secret.png", "..\\secret.png")
            body = tuple(CaptionBlock(text="x", media=Media(file=name)) for name in names)
            dump = inside / "story.jsonl"
            dump.write_bytes(a_story(body=body).as_json())
            call_command("import_dump", str(dump), media_root=inside, verbosity=0)
        self.assertEqual(Article.objects.count(), 1)
        self.assertFalse(Photo.objects.exists())
