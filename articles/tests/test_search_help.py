"""What helps a reader's search: filters, the order, spelling, suggestions while typing."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles import addresses, publishing, reading, search, store
from articles.demo import samples
from articles.formats import Context, read_paths
from articles.models import Article, Category, Spelling, Version
from articles.search import spelling
from articles.story import CaptionBlock, Contributor, Media, TextBlock
from articles.tests.desk import a_client, an_editor, begun, somebody, stored
from articles.tests.newsroom import HOUR, ReaderTestCase, dated, draft, live, scheduled, withdrawn
from articles.tests.stories import a_story

DAY = timedelta(days=1)


def text(words):
    return TextBlock(html=f"<p>{words}</p>")


class KnownAnswerTests(ReaderTestCase):
    """Questions of readers to the sample newsroom: what comes first, with which filters."""

    # words | filters | the beginning of the first headline; "-" finds nothing
    ASKED = """
    premier election | category=politics | Premier calls early election
    election | category=sport | -
    election | tag=election | Premier calls early election
    election | author=tomas-greyling&since=2026-11-01 | Premier calls early election
    ferries | category=business/shipping | Shipyard wins order
    "electric ferries" | sort=newest | Shipyard wins order
    elect ferr | | -
    electric ferr | | Shipyard wins order
    islands time | category=world | Islands vote to keep
    referendum | until=2026-11-30 | Islands vote to keep
    referendum | until=2026-11-16 | -
    drowned forest -zeppelin | | Robots map the drowned forest
    forest -robots | category=science | -
    pilots | author=idris-wayland | Eleven rungs
    opera | video=1 | Averley’s opera
    ferries | video=1&category=sport | -
    averleys barge | | Averley’s opera
    coach saturday | category=sport/football | Rovers dismiss their coach
    warmest | tag=climate&until=2026-10-31 | Coast has its warmest
    brucke ostwind | | Die Brücke
    Bruecken | tag=brücken | -
    BRÜCKE | category=world/neighbours | Die Brücke
    سفينة الكتب | | سفينة الكتب
    سفينه كتب | category=world | سفينة الكتب
    ميناء أفرلي | | سفينة الكتب
    tide tables novel | category=culture/books | Prize for a novel
    mackerels | since=2026-08-01&until=2026-08-31 | Five ways with the mackerel
    "dead heat" | author=ben-ashdown | Sound Regatta ends
    view harbour | category=opinion | A harbour is not a view
    40000 tonnes | | Assembly bans cruise ships
    40,000 cruise | since=2026-06-24&until=2026-06-24 | Assembly bans cruise ships
    nine seconds nurses | | Nurses’ night line
    gannet rats | | The seabirds came back
    212 rope | category=business | Rope works
    grain | author=coastwire | Vallenor and Kalveria
    carol foghorn | until=2025-12-31 | A carol for choir
    400 adults chart | | Evening school teaches
    telephone | category=world/islands | Last telephone box
    telephone | category=health | Nurses’ night line
    telephone -nurses | sort=newest | Islands vote to keep
    herring quarrel | until=2025-06-01 | Coast and Ostmere end
    land register | | -
    "sea walls alone" | | -
    """
    # mistyped | what was meant
    MISTYPED = """
    premeir | premier
    electrik ferries | electric ferries
    shipyrad | shipyard
    mackeral | mackerel
    regata | regatta
    drownde forest | drowned forest
    sebirds rock | seabirds rock
    vallenro | vallenor
    Winterborne | winterbourne
    Brüke | brücke
    telefone | -
    refernedum | referendum
    الكتاب | -
    """

    @classmethod
    def setUpTestData(cls):
        paths = [str(samples.STORIES), str(samples.PAGES)]
        found = read_paths(paths, context=Context(source="harbour-gazette"))
        store.save([store.Item(read.story) for read in found], store.Import())

    def asked(self, table):
        return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]

    def test_each_question_has_its_answer_first(self):
        table = self.asked(self.ASKED)
        self.assertGreaterEqual(len(table), 40)
        for words, filters, headline in table:
            with self.subTest(words=words, filters=filters):
                page = self.page(f"/search/?{urlencode({'q': words})}&{filters}")
                found = [node.text() for node in page.css("h3")]
                if headline == "-":
                    self.assertEqual(found, [])
                else:
                    self.assertTrue(found and found[0].startswith(headline), found[:4])

    def test_what_is_mistyped_is_told(self):
        for words, meant in self.asked(self.MISTYPED):
            with self.subTest(words=words):
                told = [n.text() for n in self.page(f"/search/?q={words}").css(".meant a")]
                self.assertEqual(told, [] if meant == "-" else [meant])

    def test_a_place_of_that_name_is_suggested_and_stories_below_it(self):
        found = reading.suggested("tarr", timezone.now())
        self.assertIn(("tag", "Tarrow Line", "/tag/tarrow-line/"), [each[:3] for each in found])
        self.assertLessEqual(len([each for each in found if each.kind == "story"]), 8)
        found = reading.suggested("marta ell", timezone.now())
        self.assertEqual(found[0][:3], ("author", "Marta Ellwood", "/author/marta-ellwood/"))


class PageTests(ReaderTestCase):
    def setUp(self):
        super().setUp()
        live(
            dated(HOUR, number=1, headline="Tram one", categories=("News/City",), tags=("Rails",)),
            dated(
                9 * DAY,
                number=2,
                headline="Tram two",
                categories=("News",),
                authors=(Contributor(name="Ada Roth"),),
                lead=CaptionBlock(kind="video", title="Film", media=Media(file="f.webm")),
            ),
            dated(30 * DAY, number=3, headline="Buses", body=(text("No tram."),)),
        )

    def found(self, query):
        return [node.text() for node in self.page(f"/search/?{query}").css("h3")]

    def test_it_is_narrowed_as_lists_are(self):
        for query, found in (
            ("category=news", ["Tram one", "Tram two"]),
            ("category=news/city", ["Tram one"]),
            ("tag=rails", ["Tram one"]),
            ("author=ada-roth", ["Tram two"]),
            ("author=Ada+Roth&category=news", ["Tram two"]),
            ("video=1", ["Tram two"]),
            ("tag=rails&video=1", []),
            ("tag=nothing", []),
            ("sort=newest", ["Tram one", "Tram two", "Buses"]),
        ):
            self.assertEqual(self.found(f"q=tram&{query}"), found, query)

    def test_what_was_chosen_is_shown_and_can_be_taken_off(self):
        page = self.page("/search/?q=tram&tag=rails&video=1")
        self.assertEqual(
            {node.attributes["href"] for node in page.css(".chosen a")},
            {"?q=tram&video=1", "?q=tram&tag=rails"},
        )
        everywhere = [n.attributes["href"] for n in page.css(".nothing a")]
        self.assertEqual(everywhere, ["?q=tram"])

    def test_a_category_that_moves_takes_its_stories_along_without_a_new_index(self):
        live(dated(HOUR, number=9, headline="Weather", categories=("Weather",)))
        city = Category.objects.get(path="news/city")
        city.parent = Category.objects.get(path="weather")
        addresses.place(city)
        addresses.relist(city)
        self.assertEqual(self.found("q=tram&category=weather"), ["Tram one"])
        self.assertEqual(self.found("q=tram&category=news"), ["Tram two"])

    def test_the_date_that_counts_is_that_of_publication(self):
        article = draft(a_story(7, headline="Monorail", published_at=None))
        publishing.publish(article, by=None, at=timezone.now() + 40 * DAY)
        at = timezone.now() + 41 * DAY
        found = reading.results("monorail", at, wanted=reading.Wanted(since=at - 2 * DAY))
        self.assertEqual([card.article for card in found.cards], [article.pk])
        found = reading.results("monorail", at, wanted=reading.Wanted(until=at - 2 * DAY))
        self.assertEqual(found.cards, [])

    def test_a_scheduled_change_that_was_carried_is_found_at_its_moment(self):
        (article,) = live(dated(HOUR, number=8, headline="Funicular", standfirst="Steep"))
        at = timezone.now() + HOUR
        article.standfirst = "Cogwheelword"
        article.save()
        publishing.publish(article, by=None, at=at)
        article = Article.objects.get(pk=article.pk)
        article.standfirst, article.byline = "Steep", "By Nobodyword"
        article.save()
        publishing.publish(article, by=None, pending="carry")
        self.assertEqual(article.versions.get(kind="carry").visible_from, at)
        self.assertEqual(len(reading.results("nobodyword", timezone.now()).cards), 1)
        self.assertEqual(len(reading.results("nobodyword cogwheelword", at).cards), 1)
        for moment, found in ((timezone.now(), 0), (at, 1)):
            self.assertEqual(len(reading.results("cogwheelword", moment).cards), found)

    def test_few_questions_whatever_is_asked(self):
        for query in (
            *("q=tram", "q=tram&category=news&tag=rails&video=1&since=2020-01-01", "q=trum"),
            *("q=zeppelin", "q=zeppelin+tram+nothing", "q=zeppelin&category=news", ""),
        ):
            self.get(f"/search/?{query}")
            with self.subTest(query=query), self.assertNumQueriesAtMost(6):
                self.get(f"/search/?{query}")
        with self.assertNumQueriesAtMost(6):
            self.get("/search/suggest/?q=tra")

    def assertNumQueriesAtMost(self, most):
        case = self

        class Counting:
            def __enter__(self):
                connection.force_debug_cursor = True
                self.before = len(connection.queries_log)

            def __exit__(self, *error):
                connection.force_debug_cursor = False
                told = list(connection.queries_log)[self.before :]
                case.assertLessEqual(len(told), most, [q["sql"][:80] for q in told])

        return Counting()

    def test_with_one_word_less_there_may_be_something(self):
        page = self.page("/search/?q=tram+hovercraft")
        self.assertEqual([n.text() for n in page.css(".nothing li a")], ["tram"])
        self.assertEqual(page.css_first(".nothing li a").attributes["href"], "?q=tram")


class SpellingTests(ReaderTestCase):
    def meant(self, words, rows=None, by="revision", **options):
        rows = Version.objects.live() if rows is None else rows
        return spelling.meant(rows, words, by, **options)[0]

    def test_only_words_of_what_is_live_are_suggested(self):
        live(dated(HOUR, headline="Zeppelin lands"))
        draft(a_story(2, headline="Draisine departs"))
        withdrawn(dated(HOUR, number=3, headline="Gondola sinks"))
        scheduled(a_story(4, headline="Monorail opens"), timezone.now() + HOUR)
        (article,) = live(dated(HOUR, number=5, headline="Velocipede old"))
        article.headline = "Now it is a bicycle"
        article.save()
        publishing.publish(article, by=None)
        for mistyped in ("draisnie", "gondolla", "monorial", "velocipde"):
            self.assertEqual(self.meant(mistyped), "", mistyped)
        self.assertEqual(self.meant("zepelin"), "zeppelin")
        self.assertEqual(self.meant("bicyle"), "bicycle")
        later = Version.objects.live(timezone.now() + 2 * HOUR)
        self.assertEqual(self.meant("monorial", later), "monorail")

    def test_what_only_the_desk_knows_is_no_word(self):
        live(dated(HOUR, headline="Headline", slugline="POLVOTESLUG", source_id="wirenumber"))
        self.assertEqual(self.meant("polvotesulg"), "")
        self.assertEqual(self.meant("wirenumbr"), "")

    def test_the_whole_question_must_find_something(self):
        live(
            dated(HOUR, headline="Zeppelin lands"),
            dated(HOUR, number=2, headline="Ferry sails"),
        )
        self.assertEqual(self.meant("zepelin lands"), "zeppelin lands")
        self.assertEqual(self.meant("zepelin sails"), "")
        self.assertEqual(self.meant("zepelin -lands"), "")
        self.assertEqual(self.meant('"zepelin lands"'), '"zeppelin lands"')

    def test_two_slips_are_too_many_for_a_short_word(self):
        live(dated(HOUR, headline="Ferry sails"))
        self.assertEqual(self.meant("fery"), "ferry")
        self.assertEqual(self.meant("feyr"), "")
        self.assertEqual(self.meant("fer"), "")

    def test_a_new_index_has_the_same_spellings_and_forgets_what_nobody_says(self):
        live(dated(HOUR, headline="Zeppelin lands"))
        Spelling.objects.create(key=1, word="nobodysaysthis")
        sum(search.again())
        self.assertFalse(Spelling.objects.filter(word="nobodysaysthis").exists())
        words = set(Spelling.objects.values_list("word", flat=True))
        Spelling.objects.all().delete()
        sum(search.again())
        self.assertEqual(set(Spelling.objects.values_list("word", flat=True)), words)

    def test_the_same_word_is_kept_once(self):
        live(dated(HOUR, headline="Zeppelin lands"), dated(HOUR, number=2, headline="ZEPPELIN"))
        live(dated(HOUR, number=3, headline="Zeppelins"))
        count = Spelling.objects.filter(word="zeppelin").count()
        self.assertEqual(count, len(spelling.keys_of("zeppelin")))


class DistanceTests(SimpleTestCase):
    def test_how_far_words_are_apart(self):
        for one, other, far in (
            *(("ferry", "ferry", 0), ("fery", "ferry", 1), ("ferrry", "ferry", 1)),
            *(("fwrry", "ferry", 1), ("frery", "ferry", 1), ("yrref", "ferry", 4)),
            *(("", "abc", 3), ("abc", "", 3)),
        ):
            self.assertEqual(spelling.distance(one, other), far, (one, other))
            self.assertEqual(spelling.distance(other, one), far, (one, other))

    def test_one_slip_leaves_a_key_in_common(self):
        word = "lighthouses"
        slips = {word[:n] + word[n + 1 :] for n in range(len(word))}
        slips |= {word[:n] + "x" + word[n:] for n in range(len(word))}
        slips |= {word[:n] + "x" + word[n + 1 :] for n in range(len(word))}
        slips |= {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
        for slip in slips:
            self.assertTrue(spelling.keys_of(slip) & spelling.keys_of(word), slip)


class SuggestionTests(ReaderTestCase):
    def told(self, words):
        return self.client.get("/search/suggest/", {"q": words}).json()["suggestions"]

    def test_headlines_and_the_places_of_that_name(self):
        live(
            dated(HOUR, headline="Harbour wakes", categories=("Harbour news",), tags=("Harbours",)),
            dated(HOUR, number=2, headline="Nothing of it", tags=("Ferries",)),
        )
        draft(a_story(3, headline="Harbour draft", tags=("Harbour secret",)))
        found = self.told("harb")
        self.assertEqual(
            [(each["kind"], each["text"]) for each in found],
            [("Topic", "Harbours"), ("Section", "Harbour news"), ("", "Harbour wakes")],
        )
        for each in found:
            self.assertEqual(self.get(each["url"]).status_code, 200, each)

    def test_at_most_eight_headlines(self):
        live(*(dated(HOUR, number=n, headline=f"Tram {n}") for n in range(12)))
        self.assertEqual(len(self.told("tram")), 8)

    def test_nothing_for_nothing(self):
        live(dated(HOUR))
        for words in ("", " ", "-", "x", "zeppelin", "\0"):
            self.assertEqual(self.told(words), [])

    def test_it_is_kept_as_long_as_a_page_and_asked_again_with_its_etag(self):
        live(dated(HOUR, headline="Tram"))
        response = self.get("/search/suggest/?q=tr")
        self.assertIn("max-age=10", response["Cache-Control"])
        self.assertNotIn("Set-Cookie", response)
        headers = {"If-None-Match": response["ETag"]}
        self.assertEqual(self.get("/search/suggest/?q=tr", headers=headers).status_code, 304)

    def test_the_script_is_on_the_page_of_the_search_and_the_form_works_without(self):
        page = self.page("/search/")
        field = page.css_first("input[name=q]")
        self.assertEqual(field.attributes["data-suggest"], "/search/suggest/")
        self.assertNotIn("role", field.attributes)
        self.assertIn("suggest.js", page.html)


class DeskTests(TestCase):
    def test_somebody_is_told_words_of_the_stories_that_are_theirs(self):
        chief, cora = an_editor("vera"), somebody("contributor")
        begun(chief, 1, headline="Zeppelin secret")
        begun(cora, 2, headline="Draisine departs")
        stored(a_story(3, headline="Gondola"), by=chief)
        for user, typed, meant in (
            (cora, "zepelin", None),
            (cora, "draisne", "draisine"),
        ):
            page = a_client(user).get("/admin/articles/article/", {"q": typed})
            told = [message.message for message in page.context["messages"]]
            self.assertEqual([meant in each for each in told], [True] if meant else [])


class ClockTests(ReaderTestCase):
    def test_the_newest_are_in_the_order_of_the_lists(self):
        now = datetime(2026, 11, 25, tzinfo=UTC)
        live(*(a_story(n, headline=f"Tram {n}", published_at=now - n * DAY) for n in range(1, 6)))
        found = reading.results("tram", now, newest=True).cards
        listed = reading.page(now, 9).cards
        self.assertEqual([card.version for card in found], [card.version for card in listed])
