"""The body of a text page: related stories, subheads, advertisements, captions, lists."""

from django.test import SimpleTestCase

from .pages import LAST, LEAD, MORE, RAIL, body, page, read


def kinds(story):
    return [piece[0] for piece in body(story)]


class CapitalsTests(SimpleTestCase):
    def test_a_line_in_capitals_is_the_headline_of_another_story_as_printed(self):
        line = "WHAT TO KNOW ABOUT THE ‘DAY AFTER’ THE FERRY"
        story = read(page(LEAD, line, MORE))
        self.assertEqual(body(story), [("p", LEAD), ("related", line), ("p", MORE)])

    def test_a_short_question_or_two_words_are_a_subhead(self):
        for line in (
            "WHO IS INVOLVED?",
            "THE BACKGROUND",
            "WHAT HAPPENS NEXT",
            "HOW DID WE GET HERE?",
        ):
            with self.subTest(line):
                story = read(page(LEAD, line, MORE, LAST))
                self.assertEqual(body(story)[1], ("h2", line))
                self.assertTrue(any(line in note for note in story.notes))

    def test_an_acronym_alone_is_no_story(self):
        self.assertNotIn("related", kinds(read(page(LEAD, "NATO", MORE, LAST))))

    def test_two_words_that_the_rail_knows_are_a_story(self):
        rail = RAIL.replace("Herring return to the Sound", "Herring return")
        story = read(page(LEAD, "HERRING RETURN", MORE, tail=f"Share\n\n{rail}"))
        self.assertEqual(body(story)[1], ("related", "HERRING RETURN"))

    def test_the_sites_own_advertisements_are_dropped_and_told(self):
        for line in (
            "CLICK HERE TO GET THE GAZETTE APP",
            "LIKE WHAT YOU'RE READING? CLICK HERE FOR MORE HARBOUR NEWS",
            "LIKE WHAT YOU’RE READING? FIND MORE ON OUR SITE",
            "Click here to get the Gazette app",
            "Advertisement",
            "GET THE GAZETTE APP",
        ):
            with self.subTest(line):
                story = read(page(LEAD, line, MORE))
                self.assertEqual(kinds(story), ["p", "p"])
                self.assertIn(f"dropped as an advertisement: “{line}”", story.notes)

    def test_a_speaker_in_capitals_does_not_make_a_line_a_headline(self):
        speech = (
            "THE PILOT: I have never seen so much fog, and I have been a pilot for forty years."
        )
        self.assertEqual(kinds(read(page(LEAD, speech, MORE))), ["p", "p", "p"])


class SubheadTests(SimpleTestCase):
    def test_a_short_line_that_is_no_sentence_is_a_subhead(self):
        story = read(page(LEAD, "What happens next", MORE))
        self.assertEqual(body(story)[1], ("h2", "What happens next"))

    def test_short_sentences_and_last_lines_stay_paragraphs(self):
        for line in (
            "He said so.",
            "“We will sail”",
            "They had three wishes:",
            "and then there was fog",
            "— Ann Lee (@annlee)",
            "See harbour.example https://harbour.example",
        ):
            with self.subTest(line):
                self.assertEqual(kinds(read(page(LEAD, line, MORE))), ["p", "p", "p"])
        self.assertEqual(
            kinds(read(page(LEAD, MORE, "Ann Lee contributed to this report"))), ["p"] * 3
        )

    def test_contributors_are_a_paragraph(self):
        line = "The Harbour Press contributed to this report."
        self.assertEqual(body(read(page(LEAD, "CLICK HERE TO GET THE APP", line)))[-1], ("p", line))

    def test_lines_that_a_program_broke_are_joined_and_others_are_kept(self):
        wrapped = (
            "The ferry to Corrin sailed again on Monday, after nine winters in\nwhich none did."
        )
        self.assertEqual(body(read(page(wrapped, MORE)))[0], ("p", wrapped.replace("\n", " ")))
        poem = read(page(LEAD, "Fog on the sea,\nfog on the land.", MORE))
        self.assertIn("<p>Fog on the sea,<br>fog on the land.</p>", poem.body[0].html)

    def test_lists_in_the_body_are_lists(self):
        story = read(
            page(LEAD, "  • Horses\n  • Post", "  • Salt", MORE, "  3. First\n  4. Second")
        )
        self.assertIn(
            "<ul><li><p>Horses</p></li><li><p>Post</p></li><li><p>Salt</p></li></ul>",
            story.body[0].html,
        )
        self.assertIn('<ol start="3"><li><p>First</p></li>', story.body[0].html)

    def test_a_day_at_the_start_of_a_line_is_no_list(self):
        self.assertEqual(
            kinds(read(page(LEAD, "5. Oktober 1998 war ein Montag.", MORE))), ["p"] * 3
        )

    def test_consecutive_paragraphs_are_one_block_of_text(self):
        story = read(page(LEAD, MORE, "FERRY COMPANY BUYS A SECOND BOAT FOR CORRIN", LAST))
        self.assertEqual(
            [block["type"] for block in story.as_dict()["body"]], ["text", "related", "text"]
        )

    def test_words_of_the_template_are_escaped_and_kept_in_the_body(self):
        story = read(
            page(LEAD, "Fish & chips cost <b>5 crowns</b> aboard the boat, we are told.", MORE)
        )
        self.assertIn("Fish &amp; chips cost &lt;b&gt;5 crowns", story.body[0].html)


class CaptionTests(SimpleTestCase):
    words = "Passengers wait on the quay at Corrin on Monday."

    def photo(self, *parts):
        story = read(page(LEAD, *parts, MORE))
        self.assertEqual(kinds(story), ["p", "photo", "p"])
        return story.body[1]

    def test_credits_in_every_form(self):
        for printed, credit in {
            "(AP Photo/Ann Lee, File)": "AP Photo/Ann Lee, File",
            "(Getty Images)": "Getty Images",
            "(Ministry of Ferries via AP)": "Ministry of Ferries via AP",
            "((AP Photo/Ann Lee) )": "AP Photo/Ann Lee",
            "(Photo: Ann Lee)": "Photo: Ann Lee",
            "(Photo by Ann Lee/Getty Images)": "Photo by Ann Lee/Getty Images",
            "(Harbour Gazette/Jules Fontenay)": "Harbour Gazette/Jules Fontenay",
            "(REUTERS/Ann Lee)": "REUTERS/Ann Lee",
            "(Ann Lee)": "Ann Lee",
            "(AFP)": "AFP",
        }.items():
            with self.subTest(printed):
                photo = self.photo(f"{self.words} {printed}")
                self.assertEqual((photo.text, photo.credit), (self.words, credit))

    def test_a_caption_without_a_full_stop_needs_an_agency(self):
        photo = self.photo("File photo of the old ferry (AP Photo/Ann Lee)")
        self.assertEqual(
            (photo.text, photo.credit), ("File photo of the old ferry", "AP Photo/Ann Lee")
        )

    def test_the_credit_may_stand_on_its_own_line(self):
        for parts in (
            (f"{self.words}\n(AP Photo/Ann Lee)",),
            (self.words, "(AP Photo/Ann Lee)"),
            (self.words, "Getty Images"),
            (self.words, "Photo: Ann Lee"),
        ):
            with self.subTest(parts):
                photo = self.photo(*parts)
                self.assertEqual(photo.text, self.words)
                self.assertIn(photo.credit, ("AP Photo/Ann Lee", "Getty Images", "Photo: Ann Lee"))

    def test_the_alternative_text_above_a_caption_belongs_to_the_photo(self):
        photo = self.photo("Passengers on the quay", f"{self.words} (Getty Images)")
        self.assertEqual(photo.alt, "Passengers on the quay")
        self.assertEqual(self.photo(self.words, f"{self.words} (Getty Images)").alt, self.words)

    def test_a_subhead_above_a_photo_stays_a_subhead(self):
        story = read(page(LEAD, "What happens next", f"{self.words} (Getty Images)", MORE))
        self.assertEqual(kinds(story), ["p", "h2", "photo", "p"])

    def test_other_parentheses_make_no_caption(self):
        for words in (
            "The boat was built to the rules of the International Ferry Bureau (IFB).",
            "The boat was built to the rules of the International Ferry Bureau (IFB)",
            "He said that it would sail. (He was wrong.)",
            "He said that it would sail. (see below)",
        ):
            with self.subTest(words):
                self.assertEqual(kinds(read(page(LEAD, words, MORE))), ["p", "p", "p"])

    def test_two_photos_one_after_the_other_are_two(self):
        captions = [f"{self.words} (AP)", "The old ferry. (Ann Lee)"]
        self.assertEqual(kinds(read(page(LEAD, *captions, MORE))), ["p", "photo", "photo", "p"])
