"""Texts as words, and what somebody typed as a question: the same on every database."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.search import queries
from articles.search.endings import general, german
from articles.search.entries import place
from articles.search.words import words
from articles.story import EARLIEST, LATEST


class WordTests(SimpleTestCase):
    def alike(self, *texts, stem=general):
        kept = {words(text, stem) for text in texts}
        self.assertEqual(len(kept), 1, kept)
        self.assertNotEqual(kept, {""})

    def test_case_accents_and_widths_make_no_difference(self):
        self.alike("Café", "CAFE", "cafe\u0301", "ＣＡＦÉ")
        self.alike("Straße", "STRASSE")
        self.alike("Łódź", "lodz")
        self.alike("ﬁnd", "find")

    def test_one_and_many_are_the_same_word(self):
        for one, many in (
            *(("election", "elections"), ("city", "cities"), ("church", "churches")),
            *(("house", "houses"), ("movie", "movies"), ("hero", "heroes"), ("virus", "viruses")),
            *(("woman", "women"), ("crisis", "crises"), ("glass", "glasses"), ("tie", "ties")),
        ):
            self.alike(one, many)

    def test_words_that_only_look_alike_stay_apart(self):
        for one, other in (("news", "new"), ("car", "care"), ("list", "listen"), ("plan", "plane")):
            self.assertNotEqual(words(one), words(other))

    def test_german_endings_go_from_german_words_only(self):
        for one, many in (("Wahl", "Wahlen"), ("Haus", "Häuser"), ("Stadt", "Städte")):
            self.alike(one, many, stem=german)
        self.assertNotEqual(words("Listen", german), words("list"))

    def test_apostrophes_hyphens_and_points(self):
        self.alike("Ada's", "Ada’s", "ada", "Ada")
        self.alike("O'Neill", "O’Neill", "ONeill")
        self.alike("l'élection", "l’élection", "élection")
        self.alike("U.S.", "US")
        self.alike("COVID-19", "covid 19")
        self.alike("1,500", "1.500", "1500")
        self.assertEqual(words("It ends.Next begins, too"), "it end next begin too")

    def test_letters_that_arabic_and_persian_write_in_two_ways(self):
        self.alike("كتاب", "کتاب", "الكتاب", "كِتَاب")
        self.alike("١٢٣", "۱۲۳", "123")
        self.alike("می\u200cرود", "میرود")

    def test_scripts_without_spaces_become_pairs(self):
        self.assertEqual(words("東京都の選挙"), "東京 京都 都の の選 選挙 挙")
        self.assertEqual(words("선거가"), "선거 거가 가")

    def test_vowels_of_indic_scripts_are_no_gaps(self):
        self.assertEqual(words("हिन्दी समाचार।"), "हिन्दी समाचार")

    @given(st.text())
    def test_whatever_is_read_the_words_are_safe_to_write_into_a_question(self, text):
        for stem in (general, german):
            kept = words(text, stem)
            self.assertNotRegex(kept, r"""['"\\\x00*():^{}+-]""")
            self.assertLessEqual(max(map(len, kept.split()), default=0), 70)


class PlaceTests(SimpleTestCase):
    def test_every_moment_we_know_has_a_place_and_newer_ones_a_higher(self):
        first, last = place(EARLIEST, "revision", 1), place(LATEST, "video", 2**70)
        self.assertEqual(first, 4)
        self.assertLess(first, last)
        self.assertLess(last, 2**63)


class QueryTests(SimpleTestCase):
    def terms(self, text, **options):
        query = queries.read(text, **options)
        return [t.text for t in query.wanted], [t.text for t in query.unwanted]

    def test_words_phrases_and_words_that_must_not_be_there(self):
        self.assertEqual(self.terms("night ferry"), (["night", "ferry"], []))
        self.assertEqual(self.terms('"night ferry" -storm'), (["night ferry"], ["storm"]))
        self.assertEqual(self.terms('-"night ferry" storm'), (["storm"], ["night ferry"]))
        self.assertEqual(self.terms("„Nacht Fähre“"), (["Nacht Fähre"], []))
        self.assertEqual(self.terms('"never closed'), (["never closed"], []))
        self.assertEqual(self.terms("half-time - score"), (["half-time", "score"], []))

    def test_the_last_word_goes_on_while_somebody_types(self):
        def goes_on(text):
            wanted = queries.read(text, typing=True).wanted
            return bool(wanted) and wanted[-1].beginning

        self.assertTrue(goes_on("night fer"))
        for whole in ("night ferry ", '"night fer"', "ferry -sto", ""):
            self.assertFalse(goes_on(whole), whole)

    def test_more_than_anybody_means_is_cut_and_said_so(self):
        query = queries.read("word " * 400)
        self.assertLessEqual(len(query.wanted), queries.MOST)
        self.assertTrue(query.is_cut)
        self.assertFalse(queries.read("a few words ").is_cut)

    def test_without_a_word_there_is_no_question(self):
        for nothing in ("", "   ", "-", '""', "-storm", "!?*", "\0", "'''", "* NOT"[:1]):
            self.assertFalse(queries.read(nothing), nothing)
