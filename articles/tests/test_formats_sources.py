"""Where dumps come from: packed files, archives, pipes, folders; and what is wrong with them."""

import bz2
import gzip
import io
import os
import stat
import subprocess
import tarfile
import weakref
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import zstandard

from articles.formats import (
    Context,
    Read,
    Reading,
    Unreadable,
    driver,
    jsonl,
    read_paths,
    sources,
)
from articles.formats.sources import names, packing, streams, tarred, walking, zipped

from .machine import somebody_else
from .pages import LEAD, MORE, page
from .stories import a_story
from .test_formats import PAGE, FolderTestCase

JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
BINARY = bytes(range(256)) * 4
SAVED = datetime(2024, 1, 29, 20, 0, tzinfo=UTC)
DEEP = "an archive within an archive within another: unpack it first"
PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "zst": zstandard.compress}


def lines(*numbers):
    return b"".join(jsonl.write(a_story(number)) for number in numbers)


def zipped_up(*members, method=zipfile.ZIP_DEFLATED, **options):
    """A zip of (name, bytes) or (ZipInfo, bytes)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method, **options) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def tar_of(*members, format=tarfile.PAX_FORMAT):
    """A tar of (name, bytes) or (name, bytes, what else its header says)."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=format) as archive:
        for name, data, *more in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), SAVED.timestamp()
            for field, value in (more[0] if more else {}).items():
                setattr(info, field, value)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


class SourcesTestCase(FolderTestCase):
    def told(self, *paths, **options):
        """What was answered of each: the id of a story, or why there is none; by its path."""
        told = []
        for result in self.read(*paths, **options):
            what = result.story.source_id if isinstance(result, Read) else result.reason
            told.append((result.path.removeprefix(f"{self.folder}/"), what))
        return told

    def told_of(self, name, data, **options):
        return self.told(self.put(name, data), **options)

    def ids(self, *paths, **options):
        found = self.read(*paths, **options)
        return [result.story.source_id for result in found if isinstance(result, Read)]


class PackedTests(SourcesTestCase):
    def test_a_packed_page_has_the_id_it_would_have_unpacked(self):
        for ending, pack in PACKERS.items():
            with self.subTest(ending):
                path = f"000_1.txt.{ending}"
                self.assertEqual(self.told_of(path, pack(PAGE)), [(path, "000_1")])

    def test_what_it_is_its_bytes_tell_and_not_its_name(self):
        for ending, pack in PACKERS.items():
            self.assertEqual(self.ids(self.put("a.txt", pack(PAGE))), ["a"], ending)
            self.assertEqual(self.ids(self.put(f"b.{ending}", PAGE)), ["b"])
        headline = page(LEAD, MORE, top="BZhigh tide takes the pier", tail="").encode()
        self.assertEqual(self.ids(self.put("c.txt", headline)), ["c"])

    def test_packed_files_put_one_behind_the_other_are_read_to_the_end(self):
        for ending, pack in PACKERS.items():
            with self.subTest(ending):
                path = self.put(f"x.{ending}", pack(lines(1)) + pack(b"") + pack(lines(2, 3)))
                self.assertEqual(len(self.ids(path)), 3)

    def test_a_frame_to_be_skipped_is(self):
        skipped = b"\x50\x2a\x4d\x18\x03\x00\x00\x00any"
        self.assertEqual(len(self.ids(self.put("x", skipped + zstandard.compress(PAGE)))), 1)

    def test_what_is_cut_off_is_told_and_what_came_before_is_kept(self):
        noise = os.urandom(300_000).hex()  # so that what is packed is not small
        for ending, pack in PACKERS.items():
            with self.subTest(ending):
                whole = pack(lines(1) + lines(2).replace(b"Harbour", noise.encode(), 1))
                *first, last = self.read(self.put(f"x.{ending}", whole[:-20]))
                self.assertIsInstance(last, Unreadable)
                self.assertIn("is cut off", last.reason)
                if ending != "bz2":  # whose blocks are larger than that
                    self.assertEqual(len(first), 1)

    def test_what_is_damaged_is_told(self):
        for ending, pack in PACKERS.items():
            with self.subTest(ending):
                data = bytearray(pack(PAGE * 50))
                data[40:80] = bytes(40)
                ((_path, reason),) = self.told_of(f"x.{ending}", bytes(data))
                self.assertRegex(reason, r"its \w+ data is (damaged|cut off)")

    def test_a_file_packed_twice_is_refused_in_words(self):
        for pack in PACKERS.values():
            ((_path, reason),) = self.told_of("x", gzip.compress(pack(PAGE)))
            self.assertRegex(reason, r"packed twice with \w+, which is not opened: unpack it first")

    def test_a_frame_that_asks_for_too_much_memory_is_refused(self):
        greedy = zstandard.ZstdCompressionParameters(window_log=28, enable_ldm=True)
        packer = zstandard.ZstdCompressor(compression_params=greedy).compressobj()
        ((_path, reason),) = self.told_of("x.zst", packer.compress(PAGE) + packer.flush())
        self.assertIn("asks for more than 128 MB of memory", reason)

    def test_a_bomb_is_cut_off(self):
        for ending, pack in PACKERS.items():
            with self.subTest(ending), patch.multiple(packing, FREE=1_000_000, RATIO=50):
                bomb = pack(lines(1) + b" " * 9_000_000)
                *first, last = self.read(self.put(f"x.{ending}", bomb))
                self.assertEqual(len(first), 1)
                self.assertIn("no archive of words does", last.reason)

    def test_however_large_an_honest_file_is_it_is_read(self):
        words = os.urandom(1_000_000).hex().encode()
        with patch.multiple(packing, FREE=10_000, RATIO=4):
            ((_path, reason),) = self.told_of("x.jsonl.gz", gzip.compress(words), format="jsonl")
        self.assertIn("not JSON", reason)


class MembersTests(SourcesTestCase):
    """What is the same for zip and tar."""

    PACK = {
        "x.zip": zipped_up,
        "x.tar": tar_of,
        "x.tgz": lambda *members: gzip.compress(tar_of(*members)),
        "x.tar.bz2": lambda *members: bz2.compress(tar_of(*members)),
        "x.tar.zst": lambda *members: zstandard.compress(tar_of(*members)),
    }

    def each(self):
        for name, pack in self.PACK.items():
            with self.subTest(name):
                yield name, pack

    def test_an_archive_is_read_like_a_folder(self):
        for name, pack in self.each():
            data = pack(
                ("2/b.txt", PAGE), ("boat.jpg", JPEG), ("1/a.txt.gz", gzip.compress(PAGE)),
                ("README.md", b"# Dumps\n\nTwo pages.\n"), ("c.jsonl", lines(1, 2)),
                ("__MACOSX/._b.txt", b"\0\5\x16\7"), ("empty.txt", b""), ("x.bin", BINARY),
            )  # fmt: skip
            self.assertEqual(
                self.told_of(name, data),
                [
                    (f"{name}/2/b.txt", "b"),
                    (f"{name}/boat.jpg", "a JPEG picture"),
                    (f"{name}/1/a.txt.gz", "a"),
                    (
                        f"{name}/README.md",
                        "Markdown or a program that is none of the formats known (jsonl, textpage)",
                    ),
                    (f"{name}/c.jsonl", "story-1"),
                    (f"{name}/c.jsonl", "story-2"),
                    (f"{name}/__MACOSX/._b.txt", "a hidden file"),
                    (f"{name}/empty.txt", "cannot be read: the file is empty"),
                    (f"{name}/x.bin", "cannot be read: it is not text"),
                ],
            )

    def test_the_time_of_a_member_is_the_time_of_its_page(self):
        for name, pack in self.each():
            info = zipfile.ZipInfo("a.txt", (2024, 1, 29, 20, 0, 0))
            data = pack((info if name == "x.zip" else "a.txt", PAGE))
            (result,) = self.read(self.put(name, data))
            self.assertEqual(result.story.captured_at, SAVED)

    def test_an_archive_without_a_story_says_what_is_there(self):
        for name, pack in self.each():
            self.assertEqual(
                self.told_of(name, pack(("a.jpg", JPEG), ("b.jpg", JPEG)))[-1],
                (name, "no story there, only 2 × a JPEG picture"),
            )
            self.assertEqual(
                self.told_of(name, pack())[-1][1],
                "no story there, only 1 × an empty archive"
                if name == "x.zip"
                else "cannot be read: the file is empty",
            )

    def test_an_archive_in_an_archive_is_read_and_one_deeper_is_refused(self):
        for name, pack in self.each():
            for inner, pack_inner in self.PACK.items():
                month = pack_inner(("1.txt", PAGE))
                data = pack((inner, month), ("year.tar", tar_of(("deep.zip", zipped_up()))))
                self.assertEqual(
                    self.told_of(name, data),
                    [
                        (f"{name}/{inner}/1.txt", "1"),
                        (
                            f"{name}/year.tar/deep.zip",
                            f"cannot be read: {DEEP}",
                        ),
                    ],
                )

    def test_whatever_a_member_is_called_nothing_is_written_and_its_id_is_clean(self):
        tricks = {
            "../../../tmp/escaped.txt": "escaped",
            "/etc/escaped.txt": "escaped",
            "C:\\dumps\\escaped.txt": "escaped",
            "a/../../escaped.txt": "escaped",
            "./escaped.txt": "escaped",
            "line\nbreak\x1b[2J.txt": r"line\x0abreak\x1b[2J",
            "\u202egnp.txt": r"\u202egnp",
            "<script>alert(1)<script>.txt": "<script>alert(1)<script>",
            "..": "it has no name",
        }
        for name, pack in self.each():
            for trick, expected in tricks.items():
                ((path, what), *_rest) = self.told_of(name, pack((trick, PAGE)))
                self.assertEqual(what, expected)
                self.assertEqual(path, f"{name}/{names.printable(trick)}")
                self.assertNotRegex(path, "[\x00-\x1f\u202e]")
        self.assertEqual({path.name for path in self.folder.rglob("*")}, set(self.PACK))

    def test_a_name_that_is_too_long_is_refused_and_the_rest_read(self):
        for name, pack in self.each():
            (long, rest) = self.told_of(name, pack(("x" * 5000, PAGE), ("b.txt", PAGE)))
            self.assertEqual(long[1], "its name is longer than 4096 characters")
            self.assertLess(len(long[0]), 300)
            self.assertEqual(rest[1], "b")

    def test_of_two_members_with_one_name_both_are_read_in_order(self):
        first, second = PAGE, PAGE.replace(b"Ferry", b"Yacht")
        for name, pack in self.each():
            with self.assertWarns(UserWarning) if name == "x.zip" else self.subTest():
                data = pack(("a.txt", first), ("a.txt", second))
            headlines = [result.story.headline for result in self.read(self.put(name, data))]
            self.assertEqual(headlines, ["Ferry sails again", "Yacht sails again"])

    def test_an_archive_cut_off_anywhere_keeps_what_came_before_or_is_refused(self):
        for name, pack in self.each():
            whole = pack(*((f"{number}.txt", PAGE) for number in range(3)))
            for cut in range(1, len(whole) - 1, max(1, len(whole) // 40)):
                results = self.read(self.put(name, whole[:cut]))
                if name == "x.tar" and len(whole) - cut < 9000:
                    continue  # but for its padding it is whole
                self.assertIsInstance(results[-1], Unreadable, cut)

    def test_too_many_members_are_refused(self):
        for name, pack in self.each():
            with patch.object(sources, "MEMBERS", 2):
                data = pack(*((f"{number}.txt", PAGE) for number in range(4)))
                *read, last = self.told_of(name, data)
            self.assertEqual(len(read), 2)
            self.assertEqual(last[1], "cannot be read: an archive of more than 2 members")

    def test_bombs_are_cut_off_one_by_one_and_all_together(self):
        bomb = lines(1) + b" " * 3_000_000
        with patch.multiple(packing, FREE=2_000_000, RATIO=20):
            for name, pack in self.each():
                data = pack(("bomb.jsonl.gz", gzip.compress(bomb)), ("a.txt", PAGE))
                told = [what for _path, what in self.told_of(name, data)]
                self.assertIn("no archive of words does", told[1])
                smaller = gzip.compress(lines(1) + b" " * 1_500_000)
                many = pack(*((f"{number}.jsonl.gz", smaller) for number in range(9)))
                told = [what for _path, what in self.told_of(name, many)]
                self.assertIn("no archive of words does", told[-1])

    def test_a_reading_that_goes_on_finds_its_place_in_an_archive(self):
        for name, pack in self.each():
            path = self.put(name, pack(("a.txt", PAGE), ("b.jsonl", lines(1, 2)), ("c.txt", PAGE)))
            reading, seen = Reading([path], context=Context()), []
            for result in reading:
                seen.append((reading.place, result.story.source_id))
            self.assertEqual([what for _place, what in seen], ["a", "story-1", "story-2", "c"])
            for number, (place, _what) in enumerate(seen, start=1):
                rest = Reading([path], context=Context(), after=place)
                self.assertEqual(
                    [result.story.source_id for result in rest],
                    [what for _place, what in seen[number:]],
                )


class ZipTests(SourcesTestCase):
    def change(self, data, old, new):
        self.assertIn(old, data)
        return data.replace(old, new)

    def test_an_encrypted_member_is_refused_and_the_rest_read(self):
        data = bytearray(zipped_up(("a.txt", PAGE), ("b.txt", PAGE)))
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
        told = self.told_of("x.zip", bytes(data))
        self.assertEqual(
            [what for _path, what in told],
            ["it is encrypted: unpack it with its password first", "b"],
        )

    def test_other_ways_of_packing_are_refused_in_words(self):
        for method in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2):
            ((_path, what),) = self.told_of("x.zip", zipped_up(("a", PAGE), method=method))
            self.assertEqual(what, "it is packed in a way that is not read: pack it anew (deflate)")

    def test_links_and_devices_are_passed_over(self):
        link, pipe = zipfile.ZipInfo("link.txt"), zipfile.ZipInfo("pipe")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        pipe.external_attr = (stat.S_IFIFO | 0o644) << 16
        data = zipped_up((link, b"/etc/passwd"), (pipe, b""), ("a.txt", PAGE))
        told = [what for _path, what in self.told_of("x.zip", data)]
        self.assertEqual(told, ["a link", "not a file", "a"])

    def test_words_that_do_not_match_their_checksum_are_refused_and_the_rest_read(self):
        data = zipped_up(("a.txt", PAGE), ("b.txt", PAGE), method=zipfile.ZIP_STORED)
        told = self.told_of("x.zip", data.replace(b"Ferry", b"Fairy", 1))
        self.assertEqual(
            [what for _path, what in told], ["cannot be read: its zip data is damaged", "b"]
        )

    def test_sizes_that_lie_are_refused_and_the_rest_read(self):
        data = bytearray(zipped_up(("a.txt", PAGE), ("b.txt", PAGE)))
        directory = data.index(b"PK\x01\x02")
        for field in (20, 24):  # packed and unpacked
            lying = data.copy()
            lying[directory + field : directory + field + 4] = b"\xff\xff\xff\x7f"
            told = [what for _path, what in self.told_of("x.zip", bytes(lying))]
            with self.subTest(field):
                self.assertEqual(told[-1], "b")
                self.assertRegex(told[0], "its zip data is (cut off|damaged)|^a$")

    def test_a_member_that_is_not_where_it_is_said_to_be_is_refused(self):
        data = bytearray(zipped_up(("a.txt", PAGE), ("b.txt", PAGE)))
        place = data.index(b"PK\x01\x02") + 42
        data[place : place + 4] = b"\x07\0\0\0"
        told = [what for _path, what in self.told_of("x.zip", bytes(data))]
        self.assertEqual(told, ["cannot be read: its zip data is damaged", "b"])

    def test_an_archive_for_large_files_is_read(self):
        packed = io.BytesIO()
        with (
            zipfile.ZipFile(packed, "w") as archive,
            archive.open("a.txt", "w", force_zip64=True) as member,
        ):
            member.write(PAGE)
        self.assertEqual(self.ids(self.put("x.zip", packed.getvalue())), ["a"])

    def test_the_exact_time_wins_over_the_one_without_a_zone(self):
        info = zipfile.ZipInfo("a.txt", (2024, 1, 30, 1, 0, 0))
        info.extra = b"UT\x05\x00\x01" + int(SAVED.timestamp()).to_bytes(4, "little")
        (result,) = self.read(self.put("x.zip", zipped_up((info, PAGE))))
        self.assertEqual(result.story.captured_at, SAVED)

    def test_a_time_that_never_was_is_none(self):
        for told in ((1980, 1, 1, 0, 0, 0), (2024, 13, 40, 0, 0, 0), (2024, 2, 30, 25, 61, 0)):
            info = SimpleNamespace(extra=b"UT\x05", date_time=told)
            self.assertIsNone(zipped._modified(info), told)


class TarTests(SourcesTestCase):
    def test_every_dialect_is_read(self):
        name = "of-a-long-night/" * 15 + "ä.txt"
        for dialect in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
            self.assertEqual(self.ids(self.put("x", tar_of((name, PAGE), format=dialect))), ["ä"])
        old = bytearray(tar_of(("a.txt", PAGE), format=tarfile.USTAR_FORMAT))
        old[257:265] = bytes(8)
        old[148:156] = b"%06o\0 " % (sum(old[:512]) - sum(old[148:156]) + 8 * 32)
        self.assertEqual(self.ids(self.put("x", bytes(old))), ["a"])

    def test_links_and_devices_are_passed_over(self):
        kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, b"z")
        members = [("x", b"", {"type": kind, "linkname": "/etc/passwd"}) for kind in kinds]
        data = tar_of(*members, ("a.txt", PAGE), ("folder", b"", {"type": tarfile.DIRTYPE}))
        told = [what for _path, what in self.told_of("x.tar", data)]
        self.assertEqual(told, ["a link"] * 2 + ["not a file"] * 3 + ["a"])

    def test_a_sparse_file_is_refused_in_words(self):
        headers = {"GNU.sparse.map": "0,10", "GNU.sparse.size": "99999999999"}
        data = tar_of(("a.txt", PAGE, {"pax_headers": headers}), ("b.txt", PAGE))
        told = [what for _path, what in self.told_of("x.tar", data)]
        self.assertEqual(
            told, ["it is packed as a sparse file: pack it anew without --sparse", "b"]
        )

    def test_a_damaged_header_ends_it_aloud_with_the_last_name_that_was_read(self):
        data = bytearray(tar_of(("a.txt", PAGE), ("b.txt", PAGE)))
        second = data.index(b"b.txt")
        data[second : second + 5] = b"c.doc"
        (_first, (_path, what)) = self.told_of("x.tar", bytes(data))
        self.assertEqual(
            what,
            "cannot be read: the archive is damaged or cut off behind a.txt",
        )

    def test_a_second_archive_behind_the_first_is_not_lost_in_silence(self):
        told = self.told_of("x.tar", tar_of(("a.txt", PAGE)) + tar_of(("b.txt", PAGE)))
        self.assertIn("something follows behind the end of the archive behind a.txt", told[-1][1])

    def test_a_header_that_points_back_or_has_no_measure_is_refused(self):
        for size in (b"\xff" * 12, b"\x80\0\0\0\x7f" + b"\xff" * 7):
            for kind in (b"0", b"x", b"L"):
                data = bytearray(tar_of(("a.txt", PAGE), format=tarfile.USTAR_FORMAT))
                data[124:136], data[156:157] = size, kind
                data[148:156] = b"%06o\0 " % (sum(data[:512]) - sum(data[148:156]) + 8 * 32)
                told = self.told_of("x.tar", bytes(data))
                with self.subTest(size=size, kind=kind):
                    self.assertRegex(f"{told}", "damaged|cut off")

    def test_a_time_that_cannot_be_is_none(self):
        for told in ("1e308", "-1e308", "nan", "inf", "253402300800", "-62135596800", "0"):
            data = tar_of(("a.txt", PAGE, {"pax_headers": {"mtime": told}}))
            with self.subTest(told):
                (result,) = self.read(self.put("x.tar", data))
                self.assertIsNone(result.story.captured_at)

    def test_it_does_not_remember_its_members(self):
        tape = tarred._Tape(
            io.BytesIO(tar_of(*(("a", b"") for _ in range(9)))), packing.Allowance()
        )
        real, made = tarfile.TarFile, []
        with patch.object(tarfile, "TarFile", lambda **told: made.append(real(**told)) or made[-1]):
            held = [len(made[0].members) for _info in tarred._headers(tape)]
        self.assertEqual(held, [0] * 9)


class StandardInputTests(SourcesTestCase):
    def pipe(self, data, *paths):
        """As if it came through a pipe, which has no way back."""
        raw = io.BytesIO(data)
        raw.seekable = lambda: False
        with patch("sys.stdin", SimpleNamespace(buffer=raw)):
            return self.told(*(paths or ["-"]))

    def test_it_may_be_packed_and_an_archive(self):
        for pack in (bytes, *PACKERS.values()):
            ((path, name),) = self.pipe(pack(PAGE))
            self.assertEqual((path, len(name)), ("(stdin)", 32))
            for archive in (tar_of, zipped_up):
                data = pack(archive(("in/a.txt", PAGE)))
                self.assertEqual(self.pipe(data), [("(stdin)/in/a.txt", "a")])

    def test_a_zip_larger_than_the_room_for_it_is_refused_in_words(self):
        with patch.multiple(streams, SPOOLED=100, CHUNK=100):
            ((_path, what),) = self.pipe(zipped_up(*((f"{n}.txt", PAGE) for n in range(9))))
        self.assertIn("name it as a file", what)

    def test_nothing_and_nothing_more_are_told(self):
        self.assertEqual(self.pipe(b""), [("(stdin)", "cannot be read: the file is empty")])
        again = self.pipe(PAGE, "-", "-")[-1]
        self.assertEqual(
            again, ("(stdin)", "cannot be read: there is no standard input, or it was read before")
        )
        with patch("sys.stdin", None):
            self.assertIn("there is no standard input", self.told("-")[0][1])


class WalkTests(SourcesTestCase):
    def test_the_order_is_that_of_names_however_few_are_held(self):
        made = {f"{number % 7}/{number * 37 % 101:03}.txt" for number in range(101)}
        for name in made:
            self.put(name, b"x")
        for held in (1, 2, 5, 1000):
            with patch.object(walking, "AT_A_TIME", held):
                found = [source.path for source in walking.walk(str(self.folder))]
            self.assertEqual(found, [f"{self.folder}/{name}" for name in sorted(made)])

    def test_of_many_names_few_are_held(self):
        class Name(str):  # one that can be watched
            __slots__ = ("__weakref__",)

        held, most = weakref.WeakSet(), 0

        def names():
            nonlocal most
            for number in range(5000):
                name = Name(number * 37 % 5003)
                held.add(name)
                most = max(most, len(held))
                yield name

        with patch.object(walking, "AT_A_TIME", 100):
            picked = walking._first(names())
        self.assertEqual(picked, sorted(str(number * 37 % 5003) for number in range(5000))[:100])
        self.assertLess(most, 210)

    def test_a_thousand_folders_in_each_other_are_walked(self):
        deep = str(self.folder)
        for _ in range(1200):
            deep += "/d"
            os.mkdir(deep)  # noqa: PTH102 - a Path would go all the way each time
        self.addCleanup(subprocess.run, ["rm", "-r", self.folder / "d"], check=True)
        Path(deep, "a.txt").write_bytes(PAGE)
        self.assertEqual(self.ids(), ["a"])

    def test_pipes_and_sockets_are_never_opened(self):
        os.mkfifo(self.folder / "pipe.txt")
        self.put("a.txt", PAGE)
        self.assertEqual(self.told(), [("a.txt", "a"), ("pipe.txt", "not a file")])

    def test_a_link_that_is_named_is_followed(self):
        self.put("there/a.txt", PAGE)
        (self.folder / "here").symlink_to(self.folder / "there")
        self.assertEqual(self.ids(str(self.folder / "here")), ["a"])
        (self.folder / "there/b.txt").symlink_to("a.txt")
        self.assertEqual(self.ids(str(self.folder / "there/b.txt")), ["b"])

    def test_names_that_cannot_be_printed_are_told_so_that_they_can(self):
        for name, expected in {b"a\nb": r"a\x0ab", b"a\xe9": r"a\xe9", "é".encode(): "é"}.items():
            path = os.fsencode(self.folder) + b"/" + name + b".txt"
            Path(os.fsdecode(path)).write_bytes(PAGE)
            self.assertIn((f"{expected}.txt", expected), self.told())

    def test_what_vanishes_meanwhile_is_named_and_the_rest_is_read(self):
        for name in ("a.txt", "b.txt", "c.txt", "d/e.txt", "f.txt"):
            self.put(name, PAGE)
        # Pages are looked at together before the first is read: here one by one.
        self.enterContext(patch.object(driver, "LESSON_ITEMS", 1))
        reading = iter(read_paths([str(self.folder)], context=Context()))
        told = [next(reading)]
        (self.folder / "b.txt").unlink()
        (self.folder / "d/e.txt").unlink()
        (self.folder / "d").rmdir()
        told += reading
        self.assertEqual(
            [result.reason if isinstance(result, Unreadable) else "" for result in told],
            ["", "no such file or folder", "", "no such file or folder", ""],
        )

    def test_what_another_user_owns_is_named_and_the_rest_is_read(self):
        self.put("a.txt", PAGE)
        Path(self.put("b.txt", PAGE)).chmod(0)
        self.put("c/d.txt", PAGE)
        (self.folder / "c").chmod(0)
        self.addCleanup((self.folder / "c").chmod, 0o700)
        with somebody_else(self.folder):
            told = self.told()
            named = self.told(str(self.folder / "b.txt"))
            inside = self.told(str(self.folder / "c/d.txt"))
        no = "no permission to read it"
        self.assertEqual(told, [("a.txt", "a"), ("b.txt", no), ("c", no)])
        self.assertEqual((named, inside), ([("b.txt", no)], [("c/d.txt", no)]))

    def test_a_time_no_page_was_saved_at_is_no_time(self):
        path = self.put("a.txt", PAGE)
        for seconds in (0, 1e300, -1e300, 7e11, -2e10):  # the last ones: 24152 and 1336
            told = SimpleNamespace(st_mode=stat.S_IFREG, st_mtime=seconds)
            self.assertIsNone(walking.file_at(path, alone=True, told=told).modified)


class ClosingTests(SourcesTestCase):
    def test_whoever_stops_in_the_middle_leaves_nothing_open(self):
        for name, pack in MembersTests.PACK.items():
            self.put(f"{name}/{name}", pack(("a.txt", PAGE), ("b.txt", PAGE)))
        self.put("plain.txt", PAGE)
        with patch.object(Path, "open", autospec=True, side_effect=Path.open) as opening:
            files = []
            opening.side_effect = lambda path, mode: (
                files.append(open_file(path, mode)) or files[-1]
            )
            results = iter(read_paths([str(self.folder)], context=Context()))
            for wanted in range(1, 9):
                for _ in range(wanted):
                    next(results, None)
                results.close()
                results = iter(read_paths([str(self.folder)], context=Context()))
            list(results)
        self.assertGreater(len(files), 20)
        self.assertTrue(all(file.closed for file in files))


open_file = Path.open
