"""A version as HTML: what is made once, at publish, from the story alone."""

import json
from datetime import timedelta
from types import SimpleNamespace

from django.test import SimpleTestCase, override_settings
from selectolax.lexbor import LexborHTMLParser

from articles.rendering import direction, links_of, markers, render
from articles.story import (
    CaptionBlock,
    Contributor,
    EmbedBlock,
    GalleryBlock,
    RawBlock,
    RelatedBlock,
    RelatedPost,
    TextBlock,
)

from .stories import LAUNCH, a_full_story, a_story

HOSTILE = "</script><script>alert(1)</script><!--category 0-->x<!--/--> \" onload='x"


class Library:
    """Stands for the library: pictures by the name of their file."""

    def __init__(self, **found):
        self.found = found

    def of(self, source, media):
        return media and self.found.get(media.file)


def a_version(**changes):
    plain = {"first_published_at": LAUNCH, "published_at": LAUNCH, "dated": True}
    return SimpleNamespace(**{**plain, **changes})


def made(story=None, files=None, **version):
    return render(a_version(**version), story or a_full_story(), files or Library())


def page(story=None, files=None, **version):
    """The inside of <article>, parsed."""
    return LexborHTMLParser(made(story, files, **version).article)


def texts(tree, css):
    return [node.text(strip=True) for node in tree.css(css)]


class PartsTests(SimpleTestCase):
    def test_every_part_of_a_story_stands_where_the_contract_says(self):
        tree = page()
        self.assertEqual(texts(tree, "h1"), [a_full_story().headline])
        self.assertEqual(texts(tree, "p.standfirst"), ["Ships came in at dawn."])
        self.assertEqual(texts(tree, ".dateline"), ["PORT ANNA"])
        self.assertEqual(texts(tree, "ul.key-points li"), ["Forty ships.", "One pilot."])
        self.assertEqual(texts(tree, "figure.lead .video-title"), ["The gate"])
        self.assertEqual(texts(tree, "figure.lead figcaption .caption"), ["It opens."])
        self.assertEqual(texts(tree, "figure.lead .credit"), ["Ada Fry"])
        self.assertEqual(len(tree.css("figure.lead button.close-video[hidden]")), 1)
        self.assertEqual(texts(tree, "div.body h2"), ["At six"])
        self.assertEqual(texts(tree, "div.body figure.photo.missing .credit"), ["Ada Fry"])
        self.assertEqual(len(tree.css("div.body figure.gallery > figure")), 2)
        self.assertEqual(len(tree.css("div.body aside.related")), 1)
        self.assertEqual(texts(tree, "blockquote.quote p"), ["We waited a year."])
        self.assertEqual(len(tree.css("figure.embed")), 1)
        self.assertEqual(texts(tree, "section.corrections p"), ["It was six, not five."])
        self.assertEqual(texts(tree, "ul.tags li"), ["harbour", "ships"])
        self.assertEqual(len(tree.css("section.related-posts li")), 1)
        self.assertGreaterEqual(len(tree.css("section.share a")), 3)

    def test_the_parts_stand_in_the_order_of_the_page(self):
        html = made().article
        order = [
            *('class="categories"', "<h1", 'class="standfirst"', 'class="byline"'),
            *('class="dateline"', 'class="published"', 'class="lead', 'class="key-points"'),
            *('class="body"', 'class="corrections"', 'class="tags"', 'class="related-posts"'),
            *('class="share"', "<!--recent-->", "application/ld+json"),
        ]
        places = [html.index(part) for part in order]
        self.assertEqual(places, sorted(places))

    def test_a_story_of_a_headline_alone_has_no_empty_parts(self):
        bare = a_story(
            **dict.fromkeys(["standfirst", "byline"], ""),
            **dict.fromkeys(["authors", "categories", "tags", "key_points", "body"], ()),
        )
        tree = page(bare)
        for css in (
            "nav",
            "figure",
            "aside",
            "ul.tags",
            "ul.key-points",
            ".byline",
            ".corrections",
        ):
            self.assertEqual(tree.css(css), [], css)

    def test_markup_that_was_not_understood_is_never_shown(self):
        story = a_story(body=(RawBlock(html="<blink>soon</blink>", why="unknown"),))
        self.assertNotIn("soon", made(story).article)

    def test_a_guessed_day_is_not_shown_as_the_day_of_publication(self):
        result = made(a_story(), dated=False)
        self.assertEqual(LexborHTMLParser(result.article).css("time.published"), [])
        self.assertNotIn("datePublished", result.article)
        self.assertNotIn("published_time", result.head)

    def test_readers_are_told_of_an_update_but_not_of_one_within_the_minute(self):
        later = page(published_at=LAUNCH + timedelta(hours=2))
        self.assertEqual(
            later.css_first("time.updated").attributes["datetime"][:13], "2024-01-29T22"
        )
        self.assertEqual(page(published_at=LAUNCH + timedelta(seconds=30)).css("time.updated"), [])

    def test_the_card_tells_what_lists_show(self):
        card = made(a_full_story(language="he")).card
        self.assertEqual(card["dir"], "rtl")
        self.assertEqual(card["excerpt"], "The gate opened. Then they went home.")
        self.assertIsNone(card["picture"])
        json.dumps(card)

    @override_settings(LANGUAGE_CODE="en", TIME_ZONE="Europe/Paris")
    def test_dates_are_told_on_the_newsrooms_clock_and_a_day_alone_as_a_day(self):
        day = LAUNCH.replace(hour=23)
        told = [
            page(first_published_at=at, published_at=at).css_first("time.published").text()
            for at in (LAUNCH, day)
        ]
        self.assertEqual(told, ["Jan. 29, 2024, 9 p.m. CET", "Jan. 30, 2024"])

    @override_settings(LANGUAGE_CODE="en")
    def test_the_sites_words_say_their_language_in_a_story_of_another(self):
        tree = page(a_full_story(language="ar"))
        self.assertEqual(tree.css_first("section.share").attributes["lang"], "en")
        self.assertEqual(tree.css_first("section.share").attributes["dir"], "ltr")
        self.assertNotIn("lang", page().css_first("section.share").attributes)

    def test_languages_are_written_their_own_way(self):
        for language in ("ar", "fa-IR", "he", "ur", "uz-Arab-AF", "AR_EG"):
            self.assertEqual(direction(language), "rtl", language)
        for language in ("en", "de-AT", "ja", "az-Latn", "ar-Latn", ""):
            self.assertEqual(direction(language), "ltr", language)


class MarkerTests(SimpleTestCase):
    def names(self, story):
        found = []

        def name(kind, number, words):
            found.append((kind, number, words))
            return ""

        markers.fill(made(story).article, name, {})
        return found

    def test_live_names_are_left_open_with_the_words_they_came_with(self):
        self.assertEqual(
            self.names(a_full_story()),
            [
                *(("category", 0, "Coast"), ("category", 1, "Business")),
                ("author", 0, "Ines Roth"),
                ("link", 0, "PILOTS ASK FOR A SECOND BOAT"),
                *(("tag", 0, "harbour"), ("tag", 1, "ships")),
                ("link", 1, "What the gate cost"),
                ("person", 0, '"name":"Ines Roth"'),
            ],
        )

    def test_links_are_numbered_as_links_of_tells_them(self):
        body = (
            RelatedBlock(headline="One"),
            TextBlock(html="<p>x</p>"),
            RelatedBlock(headline="Two"),
        )
        story = a_story(body=body, related=(RelatedPost(headline="Three"),))
        told = [post.headline for post in links_of(story)]
        links = [(n, words) for kind, n, words in self.names(story) if kind == "link"]
        self.assertEqual(links, list(enumerate(told)))
        self.assertEqual(told, ["One", "Two", "Three"])

    def test_no_marker_can_come_from_a_text(self):
        story = a_story(
            headline=HOSTILE,
            byline=HOSTILE,
            tags=(HOSTILE,),
            body=(TextBlock(html=f"<p>a</p>{HOSTILE}"), CaptionBlock(text=HOSTILE, credit=HOSTILE)),
        )
        kinds = [(kind, number) for kind, number, _words in self.names(story)]
        self.assertEqual(kinds, [("category", 0), ("category", 1), ("tag", 0), ("person", 0)])

    def test_a_name_inside_a_printed_byline_leads_to_its_author(self):
        people = (Contributor(name="Ann"), Contributor(name="Ann Roe"), Contributor(name="author"))
        story = a_story(byline="By Ann Roe and author <Desk>, Annex", authors=people)
        byline = LexborHTMLParser(made(story).article).css_first(".byline")
        self.assertEqual(
            byline.inner_html,
            "By <!--author 1-->Ann Roe<!--/--> and <!--author 2-->author<!--/-->"
            " &lt;Desk&gt;, Annex",
        )

    def test_the_same_category_in_another_case_is_shown_once(self):
        names = self.names(a_story(categories=("World", "WORLD", "Business")))
        self.assertEqual([n for kind, n, _w in names if kind == "category"], [0, 2])


class SafetyTests(SimpleTestCase):
    def test_hostile_words_stay_words_wherever_they_stand(self):
        caption = CaptionBlock(title=HOSTILE, text=HOSTILE, credit=HOSTILE, alt=HOSTILE)
        story = a_full_story(
            **dict.fromkeys(["headline", "standfirst", "byline", "dateline", "rights"], HOSTILE),
            key_points=(HOSTILE,),
            lead=caption,
            body=(caption, GalleryBlock(captions=(caption,)), RelatedBlock(headline=HOSTILE)),
        )
        result = made(story)
        for html in (result.article, result.head):
            tree = LexborHTMLParser(html)
            scripts = [s.attributes.get("type") for s in tree.css("script")]
            self.assertLessEqual(set(scripts), {"application/ld+json"})
            for node in tree.css("*"):
                self.assertFalse([a for a in node.attributes if a.startswith("on") or a == "style"])

    def test_the_json_of_search_engines_survives_every_sign(self):
        html = markers.fill(
            made(a_story(headline=HOSTILE)).article, lambda _k, _n, words: words, {}
        )
        script = LexborHTMLParser(html).css_first('script[type="application/ld+json"]').text()
        self.assertNotIn("<script", script)
        article = json.loads(script)
        self.assertEqual(article["headline"], HOSTILE)
        self.assertEqual(article["@type"], "NewsArticle")
        self.assertEqual(article["datePublished"], LAUNCH.isoformat())

    def test_markup_stored_past_every_door_is_cleaned_at_the_last(self):
        story = a_story(body=(TextBlock(html="<p>Hello<script>alert(1)</script></p>"),))
        self.assertNotIn("alert", page(story).css_first(".body").html)

    def test_only_players_of_known_providers_are_built(self):
        story = a_story(
            body=(
                EmbedBlock(provider="youtube", url="https://evil.example/embed/abcdefghijk"),
                EmbedBlock(provider="youtube", url="javascript:alert(1)"),
                EmbedBlock(provider="", url="https://youtu.be/abcdefghijk?x=1"),
                EmbedBlock(provider="vimeo", url="https://vimeo.com/123456789"),
            )
        )
        tree = page(story)
        players = [node.attributes["data-player"] for node in tree.css(".player")]
        self.assertEqual(
            players,
            [
                "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&rel=0",
                "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1",
            ],
        )
        links = [node.attributes["href"] for node in tree.css("figure.embed a")]
        self.assertIn("https://evil.example/embed/abcdefghijk", links)
        self.assertNotIn("javascript:alert(1)", links)
        self.assertEqual(tree.css("iframe"), [])
