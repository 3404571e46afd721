"""The driver of all formats: what is read, what is refused, and in which words."""

import json
import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from django.test import SimpleTestCase
from hypothesis import given

from articles.formats import (
    FORMATS,
    Context,
    NotADump,
    Read,
    Unreadable,
    jsonl,
    read_paths,
    sources,
)
from articles.formats.door import story_from

from .pages import LEAD, MORE, RAIL, page
from .stories import a_full_story, a_story, stories

PAGE = page(LEAD, MORE, tail=f"Share\n\n{RAIL}").encode()


class FolderTestCase(SimpleTestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def put(self, name, data):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return str(path)

    def read(self, *paths, format="auto", **context):
        paths = paths or (str(self.folder),)
        return list(read_paths(paths, format=format, context=Context(**context)))

    def reasons(self, *paths, **options):
        return [str(result.reason) for result in self.read(*paths, **options)]


class FoldersTests(FolderTestCase):
    def test_a_folder_is_read_in_order_and_what_is_no_dump_is_named(self):
        self.put("b/2.txt", PAGE)
        self.put("a/1.txt", PAGE)
        self.put("c.jsonl", jsonl.write(a_story()))
        self.put("boat.jpg", b"\xff\xd8\xff\xe0" + bytes(200))
        self.put("README.md", b"# Dumps\n\nTwo pages and one line.\n")
        self.put("gold.json", b'{"1.txt": {"headline": "Ferry sails again"}}')
        self.put(".hidden.txt", PAGE)
        results = self.read()
        self.assertEqual(
            [(Path(r.path).name, type(r)) for r in results],
            [
                (".hidden.txt", NotADump),
                ("README.md", NotADump),
                ("1.txt", Read),
                ("2.txt", Read),
                ("boat.jpg", NotADump),
                ("c.jsonl", Read),
                ("gold.json", NotADump),
            ],
        )

    def test_a_folder_without_a_story_says_what_is_there(self):
        self.put("boat.jpg", b"\xff\xd8\xff\xe0" + bytes(200))
        self.put("pier.jpg", b"\xff\xd8\xff\xe0" + bytes(200))
        self.assertEqual(self.reasons()[-1], "no story there, only 2 × a JPEG picture")

    def test_an_empty_folder_and_a_missing_path_are_refused(self):
        self.assertEqual(self.reasons(), ["the folder is empty"])
        self.assertEqual(self.reasons(str(self.folder / "no")), ["no such file or folder"])

    def test_a_file_named_by_itself_must_be_a_dump(self):
        path = self.put("gold.json", b'{"1.txt": {"headline": "Ferry sails again"}}')
        self.assertEqual(
            self.reasons(path),
            ["no story there: it is JSON that is none of the formats known (jsonl, textpage)"],
        )

    def test_a_named_format_skips_what_is_another(self):
        self.put("1.txt", PAGE)
        self.put("c.jsonl", jsonl.write(a_story()))
        found = self.read(format="textpage")
        self.assertEqual([type(result) for result in found], [Read, NotADump])
        self.assertEqual(found[1].reason, "a jsonl dump")

    def test_links_in_a_folder_are_not_followed(self):
        outside = self.put("outside/1.txt", PAGE)
        (self.folder / "inside").mkdir()
        (self.folder / "inside" / "link.txt").symlink_to(outside)
        (self.folder / "inside" / "round").symlink_to(self.folder)
        reasons = self.reasons(str(self.folder / "inside"))
        self.assertEqual(reasons, ["a link", "a link", "no story there, only 2 × a link"])


class FilesTests(FolderTestCase):
    def test_only_known_extensions_come_off_an_id(self):
        for name, expected in {
            "a.txt": "a", "a.v2": "a.v2", "a.TXT.gz": "a", "2024.01.29.txt": "2024.01.29", "a": "a",
        }.items():  # fmt: skip
            self.assertEqual(sources.base_name(f"/x/{name}"), expected)

    def test_what_cannot_be_a_dump_is_refused_in_words(self):
        for data, reason in (
            (b"", "cannot be read: the file is empty"),
            (b"\xef\xbb\xbf\r\n", "cannot be read: the file is empty"),
            (bytes(range(256)) * 9, "cannot be read: it is not text"),
            (b"PK\x03\x04" + bytes(90), "cannot be read: the zip archive is damaged or cut off"),
            (b"7z\xbc\xaf\x27\x1c" + bytes(90), "cannot be read: it is a 7z archive, which"),
        ):
            with self.subTest(reason):
                (result,) = self.read(self.put("x", data))
                self.assertIsInstance(result, Unreadable)
                self.assertTrue(result.reason.startswith(reason), result.reason)

    def test_each_format_recognises_its_own(self):
        story = a_story()
        for name, module in FORMATS.items():
            written = module.write(story)
            for other, asked in FORMATS.items():
                with self.subTest(written=name, asked=other):
                    self.assertEqual(asked.recognises(written[:8192]), name == other)

    def test_prose_on_long_lines_is_a_page_and_a_wrapped_read_me_is_none(self):
        (result,) = self.read(self.put("a", page(LEAD, MORE, top="Ferry sails", tail="").encode()))
        self.assertIsInstance(result, Read)
        wrapped = (
            "Dumps of 2024\n\nThe pages in this folder were saved\nby hand.\n\nThere are two.\n"
        )
        self.assertIsInstance(self.read(self.put("b", wrapped.encode()))[0], Unreadable)

    def test_the_time_of_a_file_is_the_capture_unless_it_is_told(self):
        path = self.put("1.txt", PAGE)
        saved = datetime(2024, 1, 29, 20, 0, tzinfo=UTC)
        os.utime(path, (saved.timestamp(), saved.timestamp()))
        self.assertEqual(self.read(path)[0].story.captured_at, saved)
        told = datetime(2024, 2, 1, tzinfo=UTC)
        self.assertEqual(self.read(path, captured_at=told)[0].story.captured_at, told)


class JsonLinesTests(FolderTestCase):
    def test_a_full_story_comes_back_equal(self):
        story = a_full_story()
        self.assertEqual(jsonl.parse(jsonl.write(story), Context()), story)

    @given(stories)
    def test_any_story_that_came_through_the_door_comes_back_equal(self, story):
        story = story_from(json.loads(story.as_json()))
        self.assertEqual(jsonl.parse(jsonl.write(story), Context()), story)

    def test_a_broken_line_is_named_and_the_rest_is_read(self):
        good = jsonl.write(a_story())
        path = self.put(
            "x.jsonl", b"\xef\xbb\xbf" + good.replace(b"\n", b"\r\n") + b"{broken\n\n" + good
        )
        results = self.read(path)
        self.assertEqual([type(r) for r in results], [Read, Unreadable, Read])
        self.assertTrue(str(results[1]).startswith(f"{path}:2: not JSON: "), results[1])

    def test_what_a_story_cannot_be_is_said_with_its_place(self):
        for change, reason in (
            ({"body": [{"type": "text", "html": 3}]}, "body[0].html: expected `str`, got `int`"),
            ({"headline": ""}, "story-1: the story has no headline"),
            ({"colour": "red"}, "object contains unknown field `colour`"),
            ({"published_at": "2024-01-29"}, "published_at: "),
        ):
            line = json.dumps({**a_story().as_dict(), **change}).encode()
            with self.subTest(reason):
                (result,) = self.read(self.put("x.jsonl", line))
                self.assertIn(reason, result.reason)

    def test_source_is_the_option_where_the_line_names_none(self):
        line = jsonl.write(a_story()).replace(b'"source":"wire",', b"")
        path = self.put("x.jsonl", line)
        self.assertEqual(self.read(path, source="desk")[0].story.source, "desk")
        self.assertEqual(self.read(path)[0].story.source, "jsonl")

    def test_half_a_surrogate_pair_is_repaired_and_told(self):
        line = jsonl.write(a_story()).replace(b"Harbour opens", b"Harbour \\ud800opens")
        (result,) = self.read(self.put("x.jsonl", line))
        self.assertEqual(result.story.headline, "Harbour opens its gate number 1")
        self.assertEqual(len(result.story.notes), 1)

    def test_one_object_over_several_lines_and_an_array_are_read(self):
        one = json.dumps(a_story().as_dict(), indent=2).encode()
        self.assertEqual(self.read(self.put("x.json", one))[0].story, a_story())
        two = json.dumps([a_story(1).as_dict(), a_story(2).as_dict()], indent=2).encode()
        self.assertEqual(
            [result.story for result in self.read(self.put("y.json", two))],
            [a_story(1), a_story(2)],
        )

    def test_an_over_long_line_is_refused_and_the_rest_is_read(self):
        good = jsonl.write(a_story())
        long = b'{"source": "' + b"x" * (jsonl.LINE + 50) + b'"}\n'
        results = self.read(self.put("x.jsonl", good + long + good))
        self.assertEqual([type(r) for r in results], [Read, Unreadable, Read])
        self.assertIn("longer than 20 MB", results[1].reason)

    def test_deep_nesting_is_refused(self):
        line = b'{"source": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
        self.assertIsInstance(self.read(self.put("x.jsonl", line))[0], Unreadable)


class ContextTests(SimpleTestCase):
    def test_a_context_is_frozen(self):
        context = Context(source="wire")
        with self.assertRaises(AttributeError):
            context.source = "desk"
        self.assertEqual(replace(context, name="a").source, "wire")
