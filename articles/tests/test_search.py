"""Searching: the same stories in the same order on both databases."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.utils import timezone

from articles import publishing, revisions, search, store
from articles.demo import samples
from articles.formats import Context, read_paths
from articles.models import Article, Photo, Revision, Search, Version
from articles.story import CaptionBlock, QuoteBlock, RawBlock, TextBlock
from articles.tests.desk import a_client, a_photo, an_editor, stored
from articles.tests.matrix import requests
from articles.tests.matrix.crawler import clock
from articles.tests.newsroom import HOUR, ReaderTestCase, dated, draft, live, scheduled, withdrawn
from articles.tests.stories import a_story

YEAR = timedelta(days=365)


def headlines(text, *, desk=False, typing=False, rows=None, **options):
    """What is found, the best first."""
    query = search.read(text, desk=desk, typing=typing)
    if desk:
        rows = Article.objects.all() if rows is None else rows
        keys = search.ranked(rows, query, "head", **options)
        named = dict(Article.objects.values_list("pk", "headline"))
    else:
        keys = search.ranked(Version.objects.live(options.get("now")), query, "revision", **options)
        named = {v.pk: v.story.headline for v in Version.objects.select_related("revision")}
    return [named[key] for key in keys]


def rows_of_index():
    """Everything in it, to compare."""
    words, table = {
        "postgresql": ("words", "articles_search"),
        "sqlite": (
            "headline, upper, body",
            "articles_search JOIN articles_words ON articles_words.rowid = place",
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place, revision_id, photo_id, video_id, {words} FROM {table} ORDER BY place"
        )
        return cursor.fetchall()


def words_in_table():
    """How many texts the words of are kept."""
    table = "articles_search" if connection.vendor == "postgresql" else "articles_words"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


class FindingTests(TestCase):
    def found(self, text, *wanted, **options):
        self.assertEqual(sorted(headlines(text, **options)), sorted(wanted), text)

    def test_all_words_must_be_there_wherever_they_stand(self):
        live(
            dated(HOUR, headline="Ferry stays in harbour", body=(text("Because of the storm."),)),
            dated(HOUR, number=2, headline="Ferry returns"),
        )
        self.found("ferry", "Ferry stays in harbour", "Ferry returns")
        self.found("ferry storm", "Ferry stays in harbour")
        self.found("ferry -storm", "Ferry returns")
        self.found("ferry zeppelin")

    def test_words_in_quotes_stand_side_by_side_and_in_one_text(self):
        live(
            dated(HOUR, headline="The night ferry", standfirst="It is back"),
            dated(HOUR, number=2, headline="Ferry by night", standfirst="It is gone"),
        )
        self.found('"night ferry"', "The night ferry")
        self.found('"ferry it"')  # not from the headline into the standfirst
        self.found("night-ferry", "The night ferry")
        self.found('-"night ferry" ferry', "Ferry by night")

    def test_the_beginning_of_the_last_word_while_typing(self):
        live(dated(HOUR, headline="Councillors meet in Averley"))
        for begun in ("counc", "councillo", "councillors", "meet aver", "meets averley"):
            self.found(begun, "Councillors meet in Averley", typing=True)
        self.found("counc")
        self.found("aver meet", typing=True)

    def test_everything_that_readers_see_of_a_story_finds_it(self):
        story = dated(
            HOUR,
            headline="Headline",
            standfirst="Standfirstword",
            key_points=("Pointword",),
            byline="By Bylineword",
            tags=("Tagword",),
            categories=("World/Categoryword",),
            body=(text("Textword <strong>bold</strong>word"), QuoteBlock(text="Quoteword")),
        )
        live(story)
        for word in "standfirstword pointword bylineword tagword categoryword textword".split():
            self.found(word, "Headline")
        self.found("quoteword boldword", "Headline")

    def test_what_only_the_desk_knows_finds_it_only_there(self):
        live(dated(HOUR, headline="Headline", slugline="POL-VOTE", source_id="wire-4711"))
        for word in ("pol-vote", "wire-4711", "4711"):
            self.found(word)
            self.found(word, "Headline", desk=True)
        live(dated(HOUR, number=2, headline="Other", body=(RawBlock(html="<p>Rawword</p>"),)))
        self.found("rawword")
        self.found("rawword", desk=True)

    def test_the_headline_counts_most_and_a_new_story_more_than_an_old_one(self):
        live(
            dated(HOUR, number=1, headline="In the text", body=(text("A zeppelin."),)),
            dated(HOUR, number=2, headline="Zeppelin lands"),
            dated(HOUR, number=3, headline="Around it", standfirst="A zeppelin"),
            dated(9 * YEAR, number=4, headline="Zeppelin of long ago"),
            dated(2 * HOUR, number=5, headline="In the text, earlier", body=(text("Zeppelins"),)),
        )
        self.assertEqual(
            headlines("zeppelin"),
            [
                *("Zeppelin lands", "Around it", "In the text"),
                *("In the text, earlier", "Zeppelin of long ago"),
            ],
        )

    def test_stories_in_every_script(self):
        told = {
            "ar": ("سفينة الكتب ترسو في الميناء", ("كتب", "الكتب", "السفينه", "ميناء")),
            "fa": ("انتخابات ۱۴۰۳ می‌رود", ("انتخابات", "1403", "میرود", "می‌رود")),
            "ja": ("東京都知事選挙が始まる", ("東京", "知事選挙", "選", "始まる")),
            "zh": ("北京今天下雪", ("北京", "今天下雪", "雪")),
            "ko": ("선거가 시작된다", ("선거", "시작")),
            "th": ("ประเทศไทยเลือกตั้ง", ("ประเทศ", "เลือกตั้ง")),
            "ru": ("Выборы в Москве", ("выборы", "МОСКВЕ")),
            "el": ("Εκλογές στην Ελλάδα", ("εκλογες", "ελλαδα")),
            "hi": ("दिल्ली में चुनाव", ("चुनाव", "दिल्ली")),
            "he": ("בחירות בירושלים", ("בחירות",)),
            "tr": ("İstanbul'da seçim", ("istanbul'da", "secim", "SEÇİM")),
            "de": ("Wähler in den Städten", ("Stadt", "städte", "Wahler", "Wähler")),
        }
        for number, (language, (headline, _)) in enumerate(told.items()):
            live(dated(HOUR, number=number, headline=headline, language=language))
        for headline, asked in told.values():
            for word in asked:
                with self.subTest(word=word):
                    self.found(word, headline)

    def test_a_story_longer_than_any_is_found_by_its_beginning(self):
        body = [
            TextBlock(html="".join(f"<p>word{n} and more of it</p>" for n in range(m, m + 10_000)))
            for m in range(0, 60_000, 10_000)
        ]
        live(dated(HOUR, headline="Endless", body=tuple(body)))
        self.found("word17", "Endless")
        self.found('"word17 and more"', "Endless")

    def test_what_the_list_is_narrowed_by_counts_as_well(self):
        live(dated(HOUR, headline="Ferry one"), dated(HOUR, number=2, headline="Ferry two"))
        rows = Article.objects.filter(headline="Ferry two")
        self.found("ferry", "Ferry two", desk=True, rows=rows)

    def test_of_more_than_are_ranked_the_newest_are(self):
        live(*(dated(n * HOUR, number=n, headline=f"Ferry {n}") for n in range(1, 8)))
        with patch.object(search.finding, "RANKED", 3):
            self.assertEqual(headlines("ferry"), ["Ferry 1", "Ferry 2", "Ferry 3"])


def text(words):
    return TextBlock(html=f"<p>{words}</p>")


class StateTests(TestCase):
    """What readers find is what is live, and the desk its working copies: at any moment."""

    def setUp(self):
        self.now = timezone.now()
        self.at = self.now + HOUR

    def both(self, text):
        return headlines(text), headlines(text, desk=True)

    def test_a_draft_is_found_at_the_desk_only(self):
        draft(dated(HOUR, headline="Draftword"))
        self.assertEqual(self.both("draftword"), ([], ["Draftword"]))

    def test_a_withdrawn_story_is_found_at_the_desk_only(self):
        withdrawn(dated(HOUR, headline="Withdrawnword"))
        self.assertEqual(self.both("withdrawnword"), ([], ["Withdrawnword"]))

    def test_a_scheduled_story_is_found_from_its_moment_on(self):
        scheduled(a_story(headline="Scheduledword"), self.at)
        self.assertEqual(headlines("scheduledword", now=self.at - timedelta(seconds=1)), [])
        self.assertEqual(headlines("scheduledword", now=self.at), ["Scheduledword"])

    def test_words_that_were_published_over_are_found_by_nobody(self):
        (article,) = live(dated(HOUR, headline="Oldword"))
        article.headline = "Newword"
        article.save()
        revisions.record(article, by=None)
        self.assertEqual(self.both("oldword"), (["Oldword"], []))
        self.assertEqual(self.both("newword"), ([], ["Newword"]))
        publishing.publish(article, by=None)
        self.assertEqual(self.both("oldword"), ([], []))
        self.assertEqual(self.both("newword"), (["Newword"], ["Newword"]))

    def test_a_scheduled_change_takes_the_place_of_the_old_words_at_its_moment(self):
        (article,) = live(dated(HOUR, headline="Presentword"))
        article.headline = "Comingword"
        article.save()
        publishing.publish(article, by=None, at=self.at)
        for moment, found in ((self.now, "Presentword"), (self.at, "Comingword")):
            for word in ("Presentword", "Comingword"):
                expected = [word] if word == found else []
                self.assertEqual(headlines(word, now=moment), expected)

    def test_a_state_of_before_that_was_saved_again_is_found_again(self):
        (article,) = live(dated(HOUR, headline="Firstword"))
        for headline in ("Secondword", "Firstword"):
            article.headline = headline
            article.save()
            revisions.record(article, by=None)
        self.assertEqual(self.both("firstword"), (["Firstword"], ["Firstword"]))
        self.assertEqual(self.both("secondword"), ([], []))

    def test_an_import_that_brings_it_anew_leaves_nothing_of_the_old_working_copy(self):
        draft(a_story(headline="Oldword"))
        draft(a_story(headline="Newword"))
        self.assertEqual(self.both("oldword"), ([], []))
        self.assertEqual(self.both("newword"), ([], ["Newword"]))
        self.assertEqual(Search.objects.count(), 1)


class IndexTests(TestCase):
    def setUp(self):
        (self.article,) = live(dated(HOUR, headline="Published"))
        self.article.headline = "Saved"
        self.article.save()
        revisions.record(self.article, by=None)
        stored(a_story(2, headline="Draft"))
        self.photo = a_photo(caption="The quay")
        search.keep_files([self.photo])

    def test_there_is_a_row_for_each_head_and_each_version_and_no_other(self):
        texts = Revision.objects.filter(search_of())
        self.assertEqual(Search.objects.exclude(revision=None).count(), texts.count())
        self.assertEqual(Search.objects.count(), 4)
        self.assertEqual(words_in_table(), 4)

    def test_reindex_makes_the_very_same_rows(self):
        before = rows_of_index()
        Search.objects.all().delete()
        self.assertEqual(words_in_table(), 0)
        call_command("reindex", stdout=StringIO())
        self.assertEqual(rows_of_index(), before)
        call_command("reindex", "--live", stdout=StringIO())
        self.assertEqual(rows_of_index(), before)

    def test_an_article_that_is_deleted_takes_its_words_along(self):
        Article.objects.get(headline="Draft").delete()
        self.assertEqual(headlines("draft", desk=True), [])
        self.assertEqual(words_in_table(), 3)

    def test_so_does_a_photo(self):
        Photo.objects.all().delete()
        self.assertEqual(words_in_table(), 3)

    def test_so_do_revisions_that_are_pruned(self):
        article = stored(a_story(3, headline="Pruned"))
        Article.objects.filter(pk=article.pk).update(head=None)
        Revision.objects.filter(article=article).delete()
        self.assertEqual(words_in_table(), 4)


def search_of():
    return search.index._IS_FOUND


class KnownAnswerTests(TestCase):
    """Questions to the sample newsroom, each with the story that must come first."""

    ASKED = """
    early election | Premier calls early election
    elections 21 january | Premier calls early election
    solvane | Premier calls early election
    electric ferry | Shipyard wins order
    "six electric ferries" | Shipyard wins order
    Hollis & Brand | Shipyard wins order
    night ferry | Night ferry to Greatholm
    greatholm winters | Night ferry to Greatholm
    island time | Islands vote to keep
    referendum isles | Islands vote to keep
    robot forest | Robots map the drowned forest
    drowned-forest | Robots map the drowned forest
    pilot winter | Eleven rungs
    opera | Averley’s opera
    averleys opera barge | Averley’s opera
    Dag Morrow | Rovers dismiss their coach
    warmest september | Coast has its warmest
    Brücke | Die Brücke
    brucken ostwind | Die Brücke
    سفينة كتب | سفينة الكتب
    الميناء | سفينة الكتب
    novel tide table | Prize for a novel
    Marrable | Prize for a novel
    mackerel | Five ways with the mackerel
    dead heat | Sound Regatta ends
    winterbourne harbour | A harbour is not a view
    40,000 tonnes | Assembly bans cruise ships
    cruise ship ban | Assembly bans cruise ships
    nurses night line | Nurses’ night line
    nurse's line | Nurses’ night line
    gannet rock seabird | The seabirds came back
    gannet rock keeper | The last keepers
    rope orbit | Rope works
    "212 years old" | Rope works
    grain treaty | Vallenor and Kalveria
    foghorn | A carol for choir
    evening schools | Evening school teaches
    telephone box sandrey | Last telephone box
    herring -mackerel | Coast and Ostmere end
    storm agathe | Storm Agathe
    whale | Whale leaves the inner harbour
    swing bridge | Swing bridge to stay
    reservoir | Reservoir at Harl
    comet | A comet comes back
    library customs house | Old customs house
    vallenor train | First through train
    budget votes | Assembly passes budget
    ostmere president | Ostmere elects
    """

    @classmethod
    def setUpTestData(cls):
        paths = [str(samples.STORIES), str(samples.PAGES)]
        found = read_paths(paths, context=Context(source="harbour-gazette"))
        store.save([store.Item(read.story) for read in found], store.Import())

    def test_each_finds_its_story_first(self):
        asked = [line.split(" | ") for line in self.ASKED.strip().splitlines()]
        self.assertGreaterEqual(len(asked), 40)
        for question, headline in asked:
            with self.subTest(question=question.strip()):
                found = headlines(question, desk=True, now=datetime(2026, 11, 25, tzinfo=UTC))
                self.assertTrue(found and found[0].startswith(headline), found[:4])

    def test_readers_find_them_too_but_not_what_is_kept_back(self):
        self.assertEqual(headlines("land register"), [])
        self.assertTrue(headlines("land register", desk=True))


class HostileTests(ReaderTestCase):
    TYPED = (
        *("%00", "\0", "a\0b", "'", '"', '"""', "\\", "a' OR 1=1--", 'foo"bar', "NEAR(a b)"),
        *("a AND", "OR", "NOT", "a NOT", "^a", "{x} : y", "a*", "*", "(((", "a & | !", ":*"),
        *("'a':A", "<->", "-", "--a", "🦆", "\ud800", "\ue000", "·", "ᵈ", "ˢ", "ᵖ", "ᵈ ˢ"),
        *("a" * 100_000, "a " * 50_000, "- " * 999, '"' * 999, "東" * 5000, "ﷺ", "½ ㈱ ①"),
    )

    def setUp(self):
        super().setUp()
        live(dated(HOUR))
        self.desk = a_client(an_editor())

    def test_whatever_is_typed_there_is_an_answer(self):
        for typed in self.TYPED:
            with self.subTest(typed=typed[:20]):
                typed = typed.encode("utf-8", "surrogatepass")
                for path in ("/search/", "/search/suggest/"):
                    self.assertEqual(self.client.get(path, {"q": typed}).status_code, 200)
                names = ("category", "tag", "author", "since", "until", "video", "sort", "page")
                around = dict.fromkeys(names, typed)
                response = self.client.get("/search/", {"q": "ferry", **around})
                self.assertEqual(response.status_code, 200)
                for path in ("/admin/articles/article/", "/admin/articles/photo/"):
                    self.assertIn(self.desk.get(path, {"q": typed}).status_code, (200, 302))

    def test_nothing_behind_the_question_mark_breaks_the_page(self):
        for query in requests.QUERIES:
            self.assertEqual(self.client.get(f"/search/?{query}").status_code, 200, query[:60])

    def test_signs_of_our_own_find_nothing(self):
        for sign in ("ᵈ", "ˢ", "·", "\ue000"):
            self.assertEqual(headlines(sign), [])


class PageTests(ReaderTestCase):
    def setUp(self):
        super().setUp()
        live(
            dated(HOUR, headline="Night ferry returns", categories=("World/Coast",)),
            dated(
                90 * 24 * HOUR,
                number=2,
                headline="Fish & chips <b>",
                categories=("Food",),
                standfirst="",
                key_points=(),
                body=(text("One &lt;script&gt; and a ferry for <em>all</em> &amp; sundry."),),
            ),
        )

    def found(self, query):
        return [heading.text() for heading in self.page(f"/search/?{query}").css("h3")]

    def test_a_reader_sees_where_it_says_so(self):
        page = self.page("/search/?q=ferries")
        self.assertEqual(
            [n.text() for n in page.css("h3")], ["Night ferry returns", "Fish & chips <b>"]
        )
        self.assertEqual([n.text() for n in page.css("h3 mark")], ["ferry"])
        self.assertIn("<mark>ferry</mark> for all &amp; sundry", page.html)
        self.assertNotIn("<script> and", page.html)
        self.assertEqual(page.css_first("meta[name=robots]").attributes["content"], "noindex")

    def test_a_name_or_a_credit_is_no_sentence(self):
        caption = CaptionBlock(text="The quay.", credit="Zdenka Quill/The Gazette", media=None)
        body = (caption, text("Nobody wrote to the gazette about it."))
        live(dated(HOUR, number=3, headline="A quay", tags=("gazette",), body=body))
        (row,) = self.page("/search/?q=gazette").css("article.row")
        self.assertIn("wrote to the <mark>gazette</mark>", row.html)
        (row,) = self.page("/search/?q=zdenka").css("article.row")
        self.assertEqual(row.css_first(".excerpt").text(), a_story().standfirst)

    def test_it_is_narrowed_by_section_and_what_lies_below_and_by_days(self):
        for more, found in (
            ("category=world", ["Night ferry returns"]),
            ("category=world/coast", ["Night ferry returns"]),
            ("category=food", ["Fish & chips <b>"]),
            ("category=nowhere", []),
            (f"since={timezone.localdate() - timedelta(days=9)}", ["Night ferry returns"]),
            (f"until={timezone.localdate() - timedelta(days=9)}", ["Fish & chips <b>"]),
        ):
            self.assertEqual(self.found(f"q=ferry&{more}"), found, more)

    def test_the_beginning_of_a_word_finds_it_where_nothing_else_does(self):
        self.assertEqual(self.found("q=retur"), ["Night ferry returns"])

    def test_it_goes_on_on_a_second_page(self):
        live(*(dated(HOUR, number=n, headline=f"Tram {n}") for n in range(10, 35)))
        for words in ("tram&category=", "tra"):  # whole, and the beginning of one
            with self.subTest(words=words):
                first = self.page(f"/search/?q={words}")
                more = first.css_first("a[rel=next]").attributes["href"]
                found = [n.text() for n in first.css("h3")] + self.found(more.lstrip("?"))
                self.assertEqual(len(found), 25)
                self.assertEqual(len(set(found)), 25)
                self.assertEqual(self.page(f"/search/{more}").css_first("a[rel=next]"), None)

    def test_it_takes_few_questions(self):
        self.get("/search/?q=ferry&category=world")
        with self.assertNumQueries(6):
            self.get("/search/?q=ferry&category=world&since=2020-01-01")

    def test_it_can_be_kept_as_long_as_any_list(self):
        response = self.get("/search/?q=ferry")
        self.assertIn("max-age=10", response["Cache-Control"])
        again = self.client.get("/search/?q=ferry", headers={"If-None-Match": response["ETag"]})
        self.assertEqual(again.status_code, 304)


class DeskTests(TestCase):
    def setUp(self):
        self.client = a_client(an_editor())
        stored(a_story(1, headline="Fog at sea", body=(text("A ferry waits."),)))
        stored(a_story(2, headline="Ferry returns", categories=("Food",)))

    def listed(self, model="article", **query):
        page = self.client.get(f"/admin/articles/{model}/", query)
        return [str(row) for row in page.context["cl"].result_list]

    def test_the_list_shows_the_best_first_or_goes_by_the_column_that_was_chosen(self):
        self.assertEqual(self.listed(q="ferries"), ["Ferry returns", "Fog at sea"])
        self.assertEqual(self.listed(q="ferry", o="-0"), ["Fog at sea", "Ferry returns"])

    def test_its_filters_hold_at_the_same_time(self):
        self.assertEqual(self.listed(q="ferry", status="draft"), ["Ferry returns", "Fog at sea"])
        self.assertEqual(self.listed(q="ferry", status="live"), [])
        food = Article.objects.get(headline="Ferry returns").filings.get().category_id
        self.assertEqual(self.listed(q="ferry", category=food), ["Ferry returns"])

    def test_an_address_that_is_pasted_finds_its_story(self):
        article = Article.objects.get(headline="Fog at sea")
        publishing.publish(article, by=None)
        path = Article.objects.get(pk=article.pk).path
        self.assertEqual(self.listed(q=path), ["Fog at sea"])
        self.assertEqual(self.listed(q=f"http://testserver{path}"), ["Fog at sea"])

    def test_a_search_is_few_questions(self):
        self.listed(q="ferry")
        with self.assertNumQueries(8):
            self.listed(q="ferry")

    def test_photos_are_found_by_all_their_words_and_stories_are_not_in_between(self):
        photo = a_photo("navy", title="Quay", caption="A ferry at dawn", credit="Fry", alt="Mist")
        search.keep_files([photo])
        for word in ("quays", "ferry dawn", "fry", "mis"):
            self.assertEqual(self.listed("photo", q=word), ["Quay"], word)
        self.assertEqual(self.listed("photo", q="returns"), [])

    def test_a_picker_finds_while_somebody_types(self):
        box = {"app_label": "articles", "model_name": "relatedpost", "field_name": "post"}
        url = "/admin/articles/article/pick/"
        found = self.client.get(url, {**box, "term": "ferry ret"}).json()["results"]
        self.assertEqual([one["text"] for one in found], ["Ferry returns"])


class ClockTests(ReaderTestCase):
    def test_the_page_itself_follows_the_clock(self):
        at = timezone.now() + HOUR
        scheduled(a_story(headline="Scheduledword"), at)
        self.assertEqual(self.texts("/search/?q=scheduledword", "h3"), [])
        with clock(at):
            self.assertEqual(self.texts("/search/?q=scheduledword", "h3"), ["Scheduledword"])
