"""Pages in every variation of the layout, put together at random: is what was put in found?"""

from random import Random

from django.test import SimpleTestCase, tag

from articles.formats import Context, textpage

from .made_pages import make, missed, share_held
from .pages import read

ENOUGH = 0.99  # of all that is asked about all pages


class MadePagesTests(SimpleTestCase):
    def assert_read(self, numbers):
        shares, wrong = [], []
        for number in numbers:
            data, gold = make(Random(number))
            story = textpage.parse(data, Context(name="page"))
            shares.append(share_held(story, gold))
            if short := missed(story, gold):
                wrong.append(f"page {number} ({', '.join(gold.what)}): {', '.join(short)}")
        told = "\n".join(wrong[:20])
        self.assertGreaterEqual(sum(shares) / len(shares), ENOUGH, told)
        self.assertLessEqual(len(wrong), len(shares) * 0.02, told)

    def test_what_was_put_on_a_page_is_found_on_it(self):
        self.assert_read(range(150))

    @tag("torture")
    def test_what_was_put_on_many_pages_is_found_on_them(self):
        self.assert_read(range(1000, 6000))

    def test_all_of_them_may_go_live(self):
        for number in range(100):
            story = textpage.parse(make(Random(number))[0], Context(name="page"))
            self.assertEqual(story.pubstatus, "usable", number)

    def test_a_batch_of_them_is_read_no_worse_for_having_been_learned_from(self):
        made = [make(Random(number)) for number in range(40)]
        learned = textpage.learn([data for data, _ in made], Context())
        shares = [
            share_held(textpage.parse(data, Context(name="page", learned=learned)), gold)
            for data, gold in made
        ]
        # The sentences that such pages are made of are few: what repeats is dropped and told.
        self.assertGreaterEqual(sum(shares) / len(shares), 0.9)


LANGUAGES = {
    "German": (
        "Kategorien: PolitikWirtschaft",
        "Fähre fährt wieder nach neun Wintern",
        "29. Januar 2024",
        (
            "Die Fähre nach Corrin fährt seit Montag wieder, nach neun Wintern, in denen niemand"
            " sagen konnte, wann das nächste Schiff kommen würde."
        ),
        "Teilen",
        "Neueste Beiträge",
        ("Nebel über dem Sund", "Der Nebel lag den dritten Tag über dem Sund…", "vor 14 Stunden"),
        ("Politik", "Wirtschaft"),
    ),
    "Spanish": (
        "Categorías: Mundo",
        "El barco vuelve después de nueve inviernos",
        "29 de enero de 2024",
        (
            "El barco a Corrin volvió a salir el lunes, después de nueve inviernos en los que nadie"
            " sabía decir cuándo llegaría el siguiente."
        ),
        "Compartir",
        "Entradas recientes",
        ("Niebla en el puerto", "La niebla cubrió el puerto por tercer día…", "hace 3 semanas"),
        ("Mundo",),
    ),
    "French": (
        "Catégories : Monde",
        "Le bac reprend la mer après neuf hivers",
        "29 janvier 2024",
        (
            "Le bac de Corrin a repris la mer lundi, après neuf hivers où personne ne savait dire"
            " quand viendrait le prochain bateau. « Enfin », a dit le maire."
        ),
        "Partager",
        "Articles récents",
        ("Brouillard sur le détroit", "Le brouillard couvrait le détroit…", "il y a 2 jours"),
        ("Monde",),
    ),
    "Turkish": (
        "Kategoriler: Dünya",
        "Vapur dokuz kış sonra yeniden sefere başladı",
        "29 Ocak 2024",
        (
            "Corrin vapuru pazartesi günü, kimsenin bir sonraki geminin ne zaman geleceğini"
            " bilmediği dokuz kıştan sonra yeniden yola çıktı."
        ),
        "Paylaş",
        "Son Yazılar",
        ("Boğazda sis", "Sis üçüncü gün de boğazın üzerindeydi…", "14 saat önce"),
        ("Dünya",),
    ),
    "Arabic": (
        "التصنيفات: العالم",
        "العبارة تعود بعد تسعة شتاءات",
        "29 يناير، 2024",
        (
            "عادت العبارة إلى الجزيرة يوم الاثنين، بعد تسعة شتاءات لم يكن أحد يعرف فيها متى يأتي"
            " القارب التالي، وقال رئيس البلدية إنه سعيد."
        ),
        "شارك",
        "أحدث المقالات",
        ("ضباب فوق المضيق", "بقي الضباب فوق المضيق لليوم الثالث…", "منذ 14 ساعة"),
        ("العالم",),
    ),
    "Persian": (
        "دسته‌ها: جهان",
        "کشتی پس از نه زمستان بازگشت",
        "",
        (
            "کشتی پس از نه زمستان دوباره به جزیره می‌رود و هیچ‌کس نمی‌دانست قایق بعدی کی می‌آید،"
            " و شهردار گفت که خوشحال است."
        ),
        "اشتراک‌گذاری",
        "نوشته‌های تازه",
        ("مه روی تنگه", "مه برای سومین روز روی تنگه ماند…", "14 ساعت پیش"),
        ("جهان",),
    ),
}


class LanguageTests(SimpleTestCase):
    def assert_read(self, name, mark=""):
        label, headline, date, lead, share, recent, post, categories = LANGUAGES[name]
        parts = [label, headline, date, lead, share, recent, *post]
        story = read("\n\n".join(mark + part for part in parts if part))
        self.assertEqual(story.headline, headline)
        self.assertEqual(story.categories, categories)
        self.assertEqual(len(story.body), 1)
        self.assertEqual(story.body[0].html, f"<p>{lead}</p>")
        (read_post,) = story.recent
        found = (read_post.headline, read_post.excerpt, read_post.age.strip("\u200f"))
        self.assertEqual(found, post)
        self.assertIsNotNone(read_post.published_between)
        if date:
            self.assertEqual(story.published_at.date().isoformat(), "2024-01-29")
        self.assertEqual(story.pubstatus, "usable")

    def test_pages_in_other_languages_are_read_as_those_in_english(self):
        for name in LANGUAGES:
            with self.subTest(name):
                self.assert_read(name)

    def test_marks_of_direction_at_every_line_of_an_arabic_page_change_nothing(self):
        self.assert_read("Arabic", mark="\u200f")
        self.assert_read("Persian", mark="\u200f")
