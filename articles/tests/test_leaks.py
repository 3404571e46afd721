"""What is not live is nowhere: not in a page, a feed, a header or a difference between two answers.

Every field of every story holds a word of its own, see `matrix.states`."""

import re
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import TestCase
from django.utils import timezone

from articles import addresses, publishing
from articles.answers import FRESH, WHILE_ASKING
from articles.models import Article, Category, Photo, Revision, Version
from articles.tests import fronts
from articles.tests.matrix import pages
from articles.tests.matrix.crawler import SECRET, clock, crawl, secrets, whole
from articles.tests.matrix.states import SEEN, STATES, Newsroom

SECOND = timedelta(seconds=1)
SECURITY = Path(__file__).resolve().parents[2] / "docs/security.md"
HIDDEN = [state for state, found in STATES.items() if not SEEN & set(found)]
NEVER_SEEN = [state for state in HIDDEN if state != "withdrawn"]


class Leaks(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.boss = User.objects.create_superuser("vera")
        cls.newsroom = Newsroom(cls.boss)
        cls.newsroom.point_at_what_is_hidden()

    def setUp(self):
        cache.clear()

    def places(self):
        """Where the site names its stories, and the addresses of all, hidden ones included."""
        own = [*pages.reader_pages().values()]
        for state in STATES:
            own += pages.pages_of_story(self.newsroom[state], state).values()
        return own


class FrontTests(Leaks):
    """Every story is placed on the fronts, with words of its own; and a draft of one is kept."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        own = [
            fronts.placed(article, headline=f"qz{pages.whose(state)}placed")
            for state, article in cls.newsroom.articles.items()
        ]
        shared = Category.objects.get(path="shared")
        for category in (None, shared):
            container = fronts.holding(*own, size=12, fill="newest")
            front = fronts.show(fronts.arranged(container), category)
            soon = fronts.arranged(fronts.holding(own[0], name="qzcomingfrontname"))
            fronts.show(soon, category, at=cls.newsroom.at)
            fronts.save(front, fronts.arranged(fronts.holding(own[0], name="qzdraftfrontname")))

    def test_a_front_shows_what_is_live_and_neither_its_draft_nor_what_it_will_be(self):
        found = crawl("/", "/shared/", *self.places())
        told = [
            words for words in secrets(found) if not re.search("qz(unsaid|coming)placed", words)
        ]
        self.assertEqual(told, [])
        for path in ("/", "/shared/"):
            self.assertIn("qzliveplaced", found[path])
        self.assertFalse(any("frontname" in text for text in found.values()))

    def test_no_feed_or_sitemap_changes_with_a_front(self):
        for path in ("/feed/", "/sitemap.xml", "/news-sitemap.xml", "/shared/feed/"):
            self.assertNotIn("placed", whole(self.client.get(path)))


class CrawlTests(Leaks):
    def test_a_reader_finds_what_is_live_and_nothing_else(self):
        found = crawl(*self.places())
        self.assertEqual(secrets(found), [])
        text = "".join(found.values())
        seen = set(re.findall(r"qz[a-z]+", text))
        for whose in SEEN:  # or else the crawler is blind
            places = "headline standfirst point body leadtext leadcredit leadalt gallerytext"
            places += " byline author section category tag quote cite film link inlinelink"
            places += " dateline subhead correction categorydescription authorbiography"
            missing = {f"qz{whose}{place}" for place in places.split()} - seen
            self.assertEqual(missing, set())
        self.assertGreater(len(found), 40)

    def test_what_was_said_before_is_never_said_again(self):
        with clock(timezone.now() + 2 * timedelta(hours=1)):
            text = "".join(crawl(*self.places()).values())
        self.assertIn("qzcomingbody", text)
        for gone in ("qzovertaken", "qzpresent", "qzwithdrawnbody", "qzunsaid"):
            self.assertNotIn(gone, text)

    def test_files_of_the_library_have_names_that_tell_nothing(self):
        names = [name for photo in Photo.objects.all() for name in photo.image.name.split("/")]
        self.assertTrue(names)
        self.assertNotIn("qz", "".join(names))
        self.assertTrue(all(re.fullmatch(r"photos|[0-9a-f]{32}\.png", name) for name in names))
        self.assertTrue(default_storage.exists(Photo.objects.first().image.name))


class OracleTests(Leaks):
    """An address of what is hidden answers, to the byte, as one that never was."""

    def answer(self, path, method="get", **headers):
        return whole(getattr(self.client, method)(path, headers=headers))

    def same_as_nothing(self, path, **options):
        nothing = re.sub(r"qz[a-z]+", "nosuchword", path)
        self.assertNotEqual(nothing, path)
        told = self.answer(path, **options)
        self.assertEqual(told, self.answer(nothing, **options), path)
        self.assertTrue(told.startswith("404"), path)

    def hidden(self):
        for state in NEVER_SEEN:
            yield from pages.pages_of_story(self.newsroom[state], state).values()
        own = pages.pages_of_story(self.newsroom["withdrawn"], "withdrawn")
        yield from (path for page, path in own.items() if page != "article")

    def test_of_a_story_a_category_a_tag_and_an_author_that_only_hidden_stories_use(self):
        for path in self.hidden():
            self.same_as_nothing(path)
            self.same_as_nothing(path, method="head")

    def test_whatever_the_browser_says_it_knows_already(self):
        own = {"If-None-Match": "*"}, {"If-Modified-Since": "Mon, 23 Nov 2099 00:00:00 GMT"}
        for path in self.hidden():
            for headers in own:
                self.same_as_nothing(path, **headers)

    def test_searching_for_it_finds_as_much_as_searching_for_nothing(self):
        told = " ".join(
            story.as_json().decode() for story in Revision.objects.values_list("story", flat=True)
        )
        hidden = set(SECRET.findall(told))
        self.assertGreater(len(hidden), 200)
        nothing = self.client.get("/search/", {"q": "nosuchword"}).content.decode()
        for word in hidden:
            page = self.client.get("/search/", {"q": word}).content.decode()
            page = self.without_what_was_meant(page)
            self.assertEqual(page.replace(word, "nosuchword"), nothing, word)

    def without_what_was_meant(self, page):
        """A hidden word may be near to one that is live: that is said, and no other."""
        meant = re.search(r'\n<p class="meant">.*?</p>', page)
        if meant:
            self.assertEqual(set(re.findall(r"qz[a-z]+", meant[0])) - self.spoken(), set())
        return page.replace(meant[0], "") if meant else page

    def spoken(self):
        if not hasattr(self, "words"):
            live = Version.objects.live().values_list("revision__story", flat=True)
            told = " ".join(story.as_json().decode() for story in live)
            self.words = set(re.findall(r"qz[a-z]+", told))
        return self.words

    def test_mistyping_it_or_beginning_it_tells_nothing_of_it(self):
        told = " ".join(
            story.as_json().decode() for story in Revision.objects.values_list("story", flat=True)
        )
        for word in sorted(set(SECRET.findall(told)))[::3]:
            for typed in (word[:-1], f"{word}x", word[:4] + word[5:]):
                for path in ("/search/", "/search/suggest/"):
                    page = self.client.get(path, {"q": typed}).content.decode()
                    named = set(re.findall(r"qz[a-z]+", page)) - {typed}
                    self.assertEqual({each for each in named if SECRET.match(each)}, set(), typed)

    def test_a_live_word_that_is_mistyped_is_told(self):
        page = self.client.get("/search/", {"q": "qzlivebdoy"}).content.decode()
        self.assertRegex(page, r'class="meant">.*>qzlivebody</a>')
        found = self.client.get("/search/suggest/", {"q": "qzliveheadl"}).json()["suggestions"]
        self.assertEqual([each["text"] for each in found if not each["kind"]], ["qzliveheadline"])

    def test_a_reader_can_search_for_what_is_live(self):
        for whose in SEEN:
            for place in ("headline", "point", "body", "inlinealt", "tag", "category", "film"):
                page = self.client.get("/search/", {"q": f"qz{whose}{place}"}).content.decode()
                self.assertIn(f"qz{whose}headline", page, place)

    def test_whichever_page_of_a_list_is_asked_for(self):
        later = timezone.now() + timedelta(days=1)
        for path in self.hidden():
            for before in ("1-1", f"{int(later.timestamp() * 1e6)}-999999"):
                self.same_as_nothing(f"{path}?before={before}")

    def test_the_etag_a_page_had_before_it_was_withdrawn_is_no_key_to_it(self):
        path = self.newsroom["live"].path
        etag = self.client.get(path)["ETag"]
        publishing.withdraw(self.newsroom["live"], by=self.boss, why="a test")
        response = self.client.get(path, headers={"If-None-Match": etag})
        self.assertEqual(response.status_code, 410)
        self.assertNotIn("qzlive", whole(response).replace("qzliveslug", ""))

    def test_the_old_address_of_a_hidden_story_leads_nowhere_until_it_is_live(self):
        article = self.newsroom["scheduled"]
        old, new = article.path, addresses.change(article, "qzscheduledscoop")
        self.same_as_nothing(old)
        with clock(self.newsroom.at):
            self.assertRedirects(self.client.get(old), new, 301)

    def test_nor_does_the_old_address_of_a_renamed_category_of_hidden_stories(self):
        category = Category.objects.without_tree_fields().get(slug="qzscheduledcategory")
        old = category.get_absolute_url()
        category.name = category.slug = "qzscheduledscandal"
        addresses.place(category)
        self.same_as_nothing(old)
        self.same_as_nothing(f"{old}feed/")
        with clock(self.newsroom.at):
            self.assertRedirects(self.client.get(old), category.get_absolute_url(), 301)


class ClockTests(Leaks):
    """In the order of time, and although what was answered before is remembered."""

    COMING = {"scheduled": "scheduled", "embargoed": "embargoed", "pending": "coming"}

    def where(self, whose, found):
        """The pages that name a story."""
        return {path for path, text in found.items() if f"qz{whose}headline" in text}

    def test_what_is_scheduled_appears_everywhere_at_its_second_and_no_earlier(self):
        with clock(self.newsroom.at - SECOND):
            self.assertEqual(secrets(crawl(*self.places())), [])
        with clock(self.newsroom.at):
            found = crawl(*self.places())
        named = {"/", "/feed/", "/news-sitemap.xml", "/fragment/recent/", "/shared/"}
        for state, whose in self.COMING.items():
            path = self.newsroom[state].path
            lists = {f"/tag/qz{whose}tag/", f"/author/qz{whose}author/", path}
            lists |= {f"/qz{whose}section/", f"/qz{whose}section/qz{whose}category/feed/"}
            self.assertEqual((named | lists) - self.where(whose, found), set())
            day = timezone.localtime(self.newsroom[state].versions.first().first_published_at)
            self.assertIn(path, found[f"/sitemap/{day:%Y-%m-%d}.xml"])

    def test_what_is_withdrawn_disappears_everywhere_at_once(self):
        for state in self.COMING:
            with clock(self.newsroom.at):
                crawl(*self.places())  # so that whatever can be remembered is
            moment = self.newsroom.at + SECOND
            publishing.withdraw(self.newsroom[state], by=self.boss, why="a test", now=moment)
            whose = self.COMING[state]
            with clock(moment):
                found = crawl(*self.places())
                gone = self.client.get(self.newsroom[state].path)
            text = "".join(found.values()).replace(f"qz{state}slug", "")
            self.assertNotIn(f"qz{whose}", text)
            self.assertEqual(gone.status_code, 410)

    def test_a_change_that_was_published_over_is_never_seen(self):
        article = self.newsroom["pending"]
        publishing.unschedule(article, by=self.boss)
        with clock(self.newsroom.at + SECOND):
            text = "".join(crawl(*self.places()).values())
        self.assertNotIn("qzcoming", text)
        self.assertIn("qzpresentbody", text)


class LifetimeTests(Leaks):
    """How long a proxy may go on showing what was withdrawn: the bound in docs/security.md."""

    BOUND = 70  # seconds

    def lifetime(self, response):
        told = dict(
            re.findall(r"(max-age|stale-while-revalidate)=(\d+)", response["Cache-Control"])
        )
        return sum(map(int, told.values()))

    def test_no_page_that_names_a_story_may_be_kept_longer_than_the_bound(self):
        self.assertEqual(FRESH + WHILE_ASKING, self.BOUND)
        self.assertIn(f"**{self.BOUND} seconds**", SECURITY.read_text(encoding="utf-8"))
        for path in self.places():
            response = self.client.get(path)
            if "qz" in response.content.decode(errors="replace"):
                self.assertLessEqual(self.lifetime(response), self.BOUND, path)

    def test_no_answer_is_kept_beyond_the_moment_something_is_scheduled_for(self):
        for left in (0, 1, 5, 40):
            with clock(self.newsroom.at - left * SECOND):
                for path in ("/", "/feed/", "/fragment/recent/", self.newsroom["live"].path):
                    self.assertLessEqual(self.lifetime(self.client.get(path)), left or self.BOUND)

    def test_what_is_not_there_yet_is_asked_for_again_a_second_later(self):
        response = self.client.get(self.newsroom["scheduled"].path)
        self.assertEqual(response["Cache-Control"], "public, max-age=1")

    def test_what_only_the_newsroom_sees_is_kept_by_nobody(self):
        self.client.force_login(self.boss, "django.contrib.auth.backends.ModelBackend")
        for page in ("preview", "change", "publish"):
            response = self.client.get(pages.story_page(self.newsroom["draft"], page))
            self.assertIn("no-store", response["Cache-Control"], page)
            self.assertIn("private", response["Cache-Control"], page)


class FixtureTests(Leaks):
    def test_each_story_is_in_the_state_it_is_called_after(self):
        told = {"embargoed": "scheduled", "unscheduled": "draft", "pending": "changed"}
        for article in Article.objects.with_status():
            state = article.source_id.removeprefix("qz").removesuffix("sourceid")
            self.assertEqual(article.status, told.get(state, state), state)
