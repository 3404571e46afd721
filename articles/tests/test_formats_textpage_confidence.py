"""What may be no story is imported as a working copy, and what is one goes live."""

from django.test import SimpleTestCase

from articles.formats import textpage
from articles.story import DOUBTFUL, StoryError

from .pages import LEAD, MORE, RAIL, page, read

CAPTION = "The pilot speaks with Ada Fry about the fog on ‘Harbour Live.’"
NAMES = "Ada Fry|Ines Roth|Jon Velk|Ilse Brandt|Jules Fontenay|Bob Ray|Ann Lee".split("|")
MENU = "Home|World|Politics|Sport|Weather|Contact us|About us|Privacy policy|Jobs|Archive".split(
    "|"
)

STORIES = {
    "a page with everything": page(LEAD, MORE, tail=f"Share\n\n{RAIL}"),
    "no categories, no share, no rail": page(LEAD, MORE, top="Ferry sails again", tail=""),
    "a headline and a paragraph": page(LEAD, top="Ferry sails again", tail=""),
    "a short brief": page("A ferry sailed to Corrin on Monday, with forty people.", tail=""),
    "cut in the body": page(LEAD, MORE[:60], tail=""),
    "cut in the rail": page(LEAD, tail=f"Share\n\n{RAIL[:150]}"),
    "a video and its caption": page(f"close Video\n\nThe first night aboard\n\n{CAPTION}"),
    "results": page("Port Anna 3, Velk 1. Ostmere 2, Corrin 2.", "  • Velk 12\n  • Corrin 7"),
    "in Japanese": page(
        "島への渡し船は九つの冬を経て月曜日に再び出航した。次の船がいつ来るのか、誰も知らなかった。",
        top="渡し船が再開",
        tail="",
    ),
    "a story about a licence": page(LEAD, MORE, top="Ferry licence divides the assembly", tail=""),
    "a story about cookies": page(LEAD, MORE, top="Cookie law divides the assembly", tail=""),
    "a story that begins with 404": page(LEAD, MORE, top="404 sailors return from the sea"),
}
NO_STORIES = {
    "a log": "\n".join(f"2024-01-29 10:00:{n:02} INFO Starting worker {n}" for n in range(30)),
    "a log with blank lines": "\n\n".join(f"10.0.0.{n} - - GET /index 200 51{n}" for n in range(9)),
    "a list of names": "\n".join(NAMES),
    "names with blank lines": "\n\n".join(NAMES),
    "a menu": "\n\n".join(MENU),
    "a licence": "MIT License\n\nCopyright (c) 2024 Ada Fry\n\nPermission is hereby granted, free"
    " of charge, to any person obtaining a copy of this software, to deal in it as they like.",
    "page not found": f"Page not found\n\nThe page you are looking for has been moved.\n\n{RAIL}",
    "404 within the template": page("Sorry, we found nothing there.", top="404 - Not Found"),
    "a consent": "We value your privacy\n\nWe and our 842 partners store and/or access information"
    " on a device, such as cookies, and process personal data.\n\nAccept all\n\nReject all",
    "a login": "Log in\n\nUsername or email\n\nPassword\n\nRemember me\n\nForgot your password?",
    "code": "import os\n\ndef main():\n    for i in range(10):\n        print(i)\n\nmain()",
    "a table": "\n".join(f"Team {n}   {n * 3}   {n * 2}   {n}" for n in range(20)),
    "filler": "Lorem ipsum\n\nLorem ipsum dolor sit amet, consectetur adipiscing elit, sed do.",
    "a list of other stories": "Latest in the Sound\n\nFerry sails again\n\nThe ferry to Corrin"
    " sailed again on Monday, after nine winters in which…\n\n2 hours ago\n\nFog again\n\nFog lay"
    " over the Sound for the third day, and the pilots stayed…\n\n3 hours ago",
}


class ConfidenceTests(SimpleTestCase):
    def test_what_is_a_story_goes_live(self):
        for what, text in STORIES.items():
            with self.subTest(what):
                story = read(text)
                self.assertEqual(story.pubstatus, "usable", story.notes)
                self.assertGreaterEqual(story.confidence, DOUBTFUL)

    def test_what_may_be_none_is_withheld_and_says_why_or_is_refused(self):
        for what, text in NO_STORIES.items():
            with self.subTest(what):
                try:
                    story = read(text)
                except StoryError:
                    continue
                self.assertEqual(story.pubstatus, "withheld", story.notes)
                self.assertLess(story.confidence, DOUBTFUL)
                self.assertIn("not published: it may be no story", story.notes[-1])
                self.assertGreater(len(story.notes), 1)

    def test_a_page_with_everything_leaves_no_doubt(self):
        story = read(STORIES["a page with everything"])
        self.assertEqual((story.confidence, story.notes), (1.0, ()))

    def test_a_page_that_was_written_is_judged_as_it_was_read(self):
        for text in (*STORIES.values(), *NO_STORIES.values()):
            try:
                story = read(text)
            except StoryError:
                continue
            again = read(textpage.write(story), source=story.source)
            carried = textpage.carried(story)
            self.assertEqual(
                (again.pubstatus, again.confidence), (carried.pubstatus, carried.confidence)
            )
