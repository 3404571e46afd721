"""What a page's bytes are made of: encodings, letters read wrongly, invisible characters."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.textpage.directions import settled
from articles.formats.textpage.mending import mend

from .pages import LEAD, MORE, body, page, read

TEXTS = {
    "Russian": "Паром на остров снова ходит, после девяти зим, в которые никто не мог сказать,"
    " когда придёт лодка.",
    "German": "Die Fähre fährt wieder, nach neun Wintern, in denen niemand wusste, wann das nächste"
    " Schiff käme. „Schön“, sagte er.",
    "French": "L’île n’avait plus de bac depuis neuf ans. « C’est déjà ça », dit l’évêque à Noël.",
    "Spanish": "El barco volvió el lunes. «¿Mañana también?», preguntó la niña al señor Muñoz.",
    "Portuguese": "A irmã disse que NÃO. A população não sabia se haveria pão. “IRMÔ, “MANHÃ…”",
    "Polish": "Prom na wyspę znów pływa po dziewięciu zimach, kiedy nikt nie wiedział, kiedy"
    " przypłynie łódź. Źródło: żółw.",
    "Czech": "Přívoz na ostrov opět pluje po devíti zimách, kdy nikdo nevěděl, kdy přijde loď.",
    "Turkish": "Adaya giden vapur dokuz kış sonra yeniden sefere başladı; İstanbul’da ışıklar,"
    " çocuklar, öğretmen.",
    "Vietnamese": "Chuyến phà ra đảo đã chạy lại hôm thứ Hai. HÀ NỘI, ĐÀ NẴNG.",
    "Icelandic": "Ferjan siglir á ný eftir níu vetur þar sem enginn vissi hvenær báturinn kæmi.",
    "Greek": "Το πλοίο για το νησί ταξιδεύει ξανά, ύστερα από εννέα χειμώνες. «Καλημέρα».",
    "Arabic": "عادت العبارة إلى الجزيرة يوم الاثنين، بعد تسعة شتاءات لم يكن أحد يعرف متى يأتي"
    " القارب التالي.",
    "Hebrew": "המעבורת אל האי שבה להפליג ביום שני, אחרי תשעה חורפים, איש לא ידע מתי תגיע.",
    "Japanese": "島への渡し船は九つの冬を経て月曜日に再び出航した。「うれしい」と町長は言った。",
    "Chinese": "九个冬天之后，开往岛上的渡船在星期一再次启航。没有人知道下一班船什么时候来。",
    "Korean": "섬으로 가는 배가 아홉 번의 겨울이 지난 뒤 월요일에 다시 떠났다.",
}
SAVED_AS = {
    "Russian": ("cp1251", "koi8-r"),
    "German": ("cp1252",),
    "French": ("cp1252",),
    "Spanish": ("cp1252",),
    "Polish": ("cp1250",),
    "Czech": ("cp1250",),
    "Turkish": ("cp1254",),
    "Icelandic": ("cp1252",),
    "Greek": ("cp1253",),
    "Arabic": ("cp1256",),
    "Hebrew": ("cp1255",),
    "Japanese": ("shift_jis", "euc_jp"),
    "Chinese": ("gb18030",),
    "Korean": ("euc_kr",),
}


def words(story):
    return [piece[1] for piece in body(story)]


class EncodingTests(SimpleTestCase):
    def test_what_was_saved_in_another_encoding_is_read_and_said_so(self):
        for language, encodings in SAVED_AS.items():
            text = "\n\n".join([language, TEXTS[language], TEXTS[language] * 2])
            for encoding in encodings:
                with self.subTest(language, encoding=encoding):
                    story = read(text.encode(encoding))
                    self.assertEqual(words(story)[0], TEXTS[language])
                    self.assertTrue(any("not UTF-8: read as" in note for note in story.notes))

    def test_utf_16_without_a_mark_in_any_alphabet_with_spaces(self):
        for language in ("Russian", "German", "Greek", "Arabic"):
            text = "\n\n".join([language, TEXTS[language], TEXTS[language]])
            for encoding in ("utf-16-le", "utf-16-be"):
                with self.subTest(language, encoding=encoding):
                    self.assertEqual(words(read(text.encode(encoding)))[0], TEXTS[language])

    def test_one_wrong_byte_does_not_make_a_page_another_encoding(self):
        text = page(LEAD, f"Ça va. {MORE} « Voilà. »")
        story = read(text.encode().replace(b"post", b"p\xf6st"))
        self.assertIn("Ça va.", words(story)[1])
        self.assertIn("the pöst of eleven", words(story)[1])
        self.assertIn("1 bytes that are not UTF-8 read as Windows-1252", story.notes)

    def test_characters_that_the_file_has_lost_are_counted(self):
        story = read(page(LEAD, MORE.replace("o", "\ufffd", 3)))
        self.assertIn("3 characters are lost: the file has only “\ufffd” for them", story.notes)


class MisreadTests(SimpleTestCase):
    def test_what_is_right_is_never_changed(self):
        for language, text in TEXTS.items():
            with self.subTest(language):
                self.assertEqual(mend(text), text)
                self.assertEqual(mend(text.upper()), text.upper())
                self.assertEqual(mend(text.replace(" ", "\xa0")), text.replace(" ", "\xa0"))

    def test_what_was_read_wrongly_is_put_right(self):
        for language, wrong in (
            ("French", "cp1252"), ("French", "latin-1"), ("German", "cp1252"),
            ("German", "cp1250"), ("German", "cp1251"), ("Polish", "cp1252"), ("Polish", "cp1250"),
            ("Spanish", "latin-1"), ("Turkish", "latin-1"), ("Russian", "cp1251"),
            ("Russian", "latin-1"), ("Arabic", "latin-1"), ("Czech", "latin-1"),
        ):  # fmt: skip
            try:
                misread = TEXTS[language].encode().decode(wrong)
            except UnicodeDecodeError:
                continue
            with self.subTest(language, read_as=wrong):
                self.assertEqual(mend(misread), TEXTS[language])

    def test_an_authors_own_characters_stay(self):
        text = "‘Curly’ “quotes”, ﬁne ligatures, ｆｕｌｌ width, ½, №, ™, x² and &amp; donâ€™t"
        self.assertEqual(mend(text), text.replace("â€™", "’"))

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=60))
    def test_what_was_put_right_once_is_right(self, text):
        once = mend(text)
        self.assertEqual(mend(once), once)


class DirectionTests(SimpleTestCase):
    arabic = "قال إن السعر 14 كرونة"

    def test_marks_are_kept_where_they_say_something(self):
        for line in (
            f"{self.arabic} (U.S.)\u200f",
            f"\u2067{self.arabic}\u2069 U.S.",
            f"{self.arabic} \u202aC++\u202c.",
        ):
            with self.subTest(line):
                self.assertEqual(settled(line), (line, 0))

    def test_they_are_taken_out_of_text_from_left_to_right(self):
        story = read(page(f"\u202eUnder\u202c the \u200equay. {LEAD}", MORE))
        self.assertTrue(words(story)[0].startswith("Under the quay."))
        note = "3 joiners and marks of direction removed that had nothing to say"
        self.assertIn(note, story.notes)

    def test_none_is_left_open_over_the_rest_of_the_page(self):
        for line in (
            f"\u202e{self.arabic}",
            f"{self.arabic}\u202c",
            f"\u2067{self.arabic}\u202c",
            f"\u202b\u2066{self.arabic}\u202c",
        ):
            with self.subTest(line):
                self.assertEqual(settled(line)[0], self.arabic)

    def test_joiners_stay_in_scripts_that_join_and_in_emoji(self):
        for line in ("می‌خواهم", "क्‍ष", "👩‍🚀 👨‍👩‍👧", "❤️‍🔥"):
            self.assertEqual(settled(line), (line, 0))
        self.assertEqual(settled("fer\u200cry bo\u200dat"), ("ferry boat", 2))

    @given(
        st.text(
            st.sampled_from("aش1. \u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202e\u2066\u2069"),
            max_size=20,
        )
    )
    def test_what_was_settled_once_is_settled(self, line):
        once = settled(line)[0]
        self.assertEqual(settled(once)[0], once)
        depth = 0
        for letter in once:
            depth += (letter in "\u202a\u202b\u202e\u2066") - (letter in "\u202c\u2069")
            self.assertGreaterEqual(depth, 0)
        self.assertEqual(depth, 0)


class DumpsOfOnePageTests(SimpleTestCase):
    text = page(LEAD, MORE)

    def test_another_rail_and_other_ages_are_the_same_story(self):
        one = read(f"{self.text}\n\nRecent Posts\n\nFog again\n\nFog lay…\n\n1 hour ago")
        other = read(f"{self.text}\n\nRecent Posts\n\nSun at last\n\nThe sun…\n\n2 days ago")
        self.assertEqual(one.digest, other.digest)

    def test_a_page_that_was_cut_is_another_text_of_the_same_story(self):
        whole, cut = read(self.text), read(page(LEAD, MORE[:50], tail=""))
        self.assertEqual((whole.source, whole.source_id), (cut.source, cut.source_id))
        self.assertNotEqual(whole.digest, cut.digest)
        self.assertLess(cut.confidence, whole.confidence)
