"""A thousand files of noise and a thousand that were damaged: an answer for each, and soon."""

import bz2
import gzip
import random
import re
import time

import zstandard
from django.test import tag

from articles.formats import Context, NotADump, Read, Reading, Unreadable, jsonl

from .stories import a_full_story, a_story
from .test_formats import PAGE, FolderTestCase
from .test_formats_sources import tar_of, zipped_up

SECONDS = 5  # of the processor's time: no promise of speed, but nothing hangs
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f]")
LINES = jsonl.write(a_full_story()) + jsonl.write(a_story(1)) * 3
MEMBERS = [("in/page.txt", PAGE), ("lines.jsonl", LINES), ("page.txt.gz", gzip.compress(PAGE))]
WHOLE = [
    PAGE,
    LINES,
    *(pack(data) for pack in (gzip.compress, bz2.compress, zstandard.compress)
      for data in (PAGE, LINES, tar_of(*MEMBERS))),
    zipped_up(*MEMBERS),
    zipped_up(("year.tar", tar_of(*MEMBERS)), ("month.zip", zipped_up(*MEMBERS))),
    tar_of(*MEMBERS),
    tar_of(("month.zip", zipped_up(*MEMBERS)), ("x" * 300, PAGE)),
]  # fmt: skip
BEGINNINGS = [b"", *(data[:40] for data in WHOLE)]


def noise(chance):
    """Random bytes; of most, the beginning says that they are something."""
    return chance.choice(BEGINNINGS) + chance.randbytes(chance.choice((0, 1, 9, 512, 9000, 70000)))


def damaged(chance):
    """A dump with a few of its parts changed, doubled, moved, left out or cut off."""
    data = bytearray(chance.choice(WHOLE))
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, size = chance.randrange(len(data) + 1), chance.choice((1, 1, 2, 4, 8, 100, 2000))
        part = data[at : at + size]
        match chance.randrange(6):
            case 0:
                data[at : at + size] = chance.randbytes(len(part))
            case 1:
                data[at : at + size] = chance.choice((b"\0", b"\xff", b"\x7f", b"9")) * len(part)
            case 2:
                del data[at : at + size]
            case 3:
                data[at:at] = part * chance.choice((1, 2, 50))
            case 4:
                there = chance.randrange(len(data) + 1)
                data[there : there + len(part)] = part
            case _:
                del data[max(at, 20) :]
    return bytes(data)


class FuzzTestCase(FolderTestCase):
    def answer_each(self, make, count, seed):
        for number in range(count):
            data = make(random.Random(f"{seed}-{number}"))
            with self.subTest(make=make.__name__, seed=seed, number=number):
                begun = time.process_time()
                self.answer(self.put("dump", data))
                self.assertLess(time.process_time() - begun, SECONDS)

    def answer(self, path):
        results = list(Reading([path], context=Context()))
        self.assertTrue(results)
        for result in results:
            self.assertIsInstance(result, Read | Unreadable | NotADump)
            if isinstance(result, Read):
                result.story.as_json()
            else:
                self.assertNotRegex(str(result), UNPRINTABLE)


class SomeFuzzTests(FuzzTestCase):
    def test_noise_is_refused_in_words(self):
        self.answer_each(noise, 150, "some")

    def test_damaged_dumps_are_read_or_refused_in_words(self):
        self.answer_each(damaged, 150, "some")


@tag("torture")
class FuzzTests(FuzzTestCase):
    """Other ones each time; what failed is told with its seed and number."""

    def setUp(self):
        super().setUp()
        self.seed = random.SystemRandom().randrange(10**9)

    def test_a_thousand_files_of_noise(self):
        self.answer_each(noise, 1000, self.seed)

    def test_a_thousand_damaged_dumps(self):
        self.answer_each(damaged, 1000, self.seed)
