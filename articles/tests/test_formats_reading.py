"""A reading that goes on where another stood, and what it learns before the first story."""

from types import SimpleNamespace
from unittest.mock import patch

from articles.formats import FORMATS, Context, Place, Read, Reading, driver, jsonl

from .stories import a_story
from .test_formats import PAGE, FolderTestCase


def learning(module, lessons):
    """The same format, which also learns how many items it was shown."""

    def learn(items, context):
        lessons.append(list(items))
        return {"items": len(lessons[-1])}

    def parse(item, context):
        return module.parse(item, context).replace(notes=(str(context.learned),))

    names = ("recognises", "split", "write", "carried")
    return SimpleNamespace(
        learn=learn, parse=parse, **{name: getattr(module, name) for name in names}
    )


class GoingOnTests(FolderTestCase):
    def setUp(self):
        super().setUp()
        self.put("a/1.txt", PAGE)
        self.put("a/2.jsonl", b"".join(jsonl.write(a_story(n)) for n in range(3)))
        self.put("a/3.jpg", b"\xff\xd8\xff\xe0" + bytes(200))
        self.put("a/4.txt", PAGE)
        self.put("b.jsonl", b"".join(jsonl.write(a_story(n)) for n in range(3, 6)))
        self.paths = [str(self.folder / "a"), str(self.folder / "b.jsonl")]

    def stories(self, **options):
        reading = Reading(self.paths, context=Context(), **options)
        return [
            (reading.place, result.story.source_id)
            for result in reading
            if isinstance(result, Read)
        ]

    def test_from_every_place_it_reads_what_comes_behind(self):
        whole = self.stories()
        self.assertEqual(len(whole), 8)
        for number, (place, _id) in enumerate(whole, start=1):
            with self.subTest(place=place):
                self.assertEqual(self.stories(after=place), whole[number:])

    def test_a_place_that_is_gone_is_told_and_nothing_is_skipped_in_silence(self):
        place = Place(1, str(self.folder / "a" / "0.txt"), 1)
        results = list(Reading(self.paths, context=Context(), after=place))
        self.assertEqual(
            str(results[0]),
            f"{place.path}: it is not there any more: nothing was read behind it",
        )
        self.assertEqual([result.path for result in results[1:]], [self.paths[1]] * 3)


class LearningTests(FolderTestCase):
    def read_learning(self, **options):
        lessons = []
        with patch.dict(FORMATS, {"textpage": learning(FORMATS["textpage"], lessons)}):
            reading = Reading([str(self.folder)], context=Context(), **options)
            notes = [result.story.notes for result in reading if isinstance(result, Read)]
        return lessons, reading.learned, notes

    def setUp(self):
        super().setUp()
        self.put("0.jsonl", jsonl.write(a_story()))
        for number in range(1, 6):
            self.put(f"{number}.txt", PAGE)

    def test_a_format_learns_from_the_first_items_before_any_is_parsed(self):
        lessons, learned, notes = self.read_learning()
        self.assertEqual((lessons, learned), ([[PAGE] * 5], {"textpage": {"items": 5}}))
        self.assertEqual(notes, [(), *[("{'items': 5}",)] * 5])

    def test_it_learns_from_so_many_and_no_more(self):
        with patch.object(driver, "LESSON_ITEMS", 3):
            lessons, _learned, notes = self.read_learning()
        self.assertEqual((len(lessons[0]), len(notes)), (3, 6))
        with patch.object(driver, "LESSON_BYTES", len(PAGE) + 1):
            lessons, _learned, notes = self.read_learning()
        self.assertEqual((len(lessons[0]), len(notes)), (2, 6))

    def test_whoever_goes_on_learns_nothing_anew(self):
        lessons, learned, notes = self.read_learning(learned={"textpage": "before"})
        self.assertEqual((lessons, learned), ([], {"textpage": "before"}))
        self.assertEqual(notes, [(), *[("before",)] * 5])
