"""Markup that came through every door, seen in a real browser: it lies there and does nothing.

The test case fails on every dialog, refusal by the policy, exception and request elsewhere."""

from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import tag
from django.urls import reverse
from django.utils import timezone

from articles import library, publishing
from articles.calendar import months_with_stories
from articles.models import Article, Author, Category, Revision, Tag, Version
from articles.story import (
    CaptionBlock,
    Contributor,
    Correction,
    EmbedBlock,
    GalleryBlock,
    PubStatus,
    QuoteBlock,
    RawBlock,
    RelatedBlock,
    RelatedPost,
    Story,
    TextBlock,
)
from articles.tests import pages
from articles.tests.browser import BrowserTestCase
from articles.tests.desk import a_client, a_picture, block, opened, sent, trouble
from articles.tests.matrix import looked
from articles.tests.matrix.pages import one_of_each, story_page
from articles.tests.matrix.payloads import FILMS, PLAIN, RICH
from articles.tests.stories import LAUNCH

# Whatever gets through says so where the test case listens.
HOOKS = """for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = () => console.error(`a script ran: ${name}`);"""
# What a page of ours never holds: handlers, styles from words, frames, schemes that run.
FOUND = """() => [...document.querySelectorAll("*")].flatMap(element => {
    const own = [...element.attributes].filter(({name, value}) =>
        /^on|^srcdoc$|^hx-|^ping$/.test(name) || /^[\\s\\0-\\x1f]*(javascript|vbscript|data:text)/i
            .test(value) && /^(href|src|action|formaction|data|poster)$/.test(name));
    const odd = "object embed base frame marquee template[onload] form[action*='evil.'] xmp math";
    const hit = element.matches(odd.split(" ").join()) || own.length;
    return hit ? [element.outerHTML.slice(0, 200)] : [];
})"""


def everywhere(number: int, words: str) -> Story:
    """A story with these words wherever there is plain text."""
    photo = CaptionBlock(text=words, credit=words, alt=words)
    return Story(
        source="wire",
        source_id=f"plain-{number}",
        pubstatus=PubStatus.USABLE,
        source_url=f"https://wire.example/{number}",
        headline=f"{words} {number}",
        slugline=words,
        standfirst=words,
        key_points=(words,),
        byline=words,
        dateline=words,
        authors=(Contributor(name=words, role=words),),
        categories=("Harm", words.replace("/", "\\/")),
        tags=(words,),
        published_at=LAUNCH,
        lead=photo,
        body=(
            CaptionBlock(kind="video", title=words, text=words),
            RelatedBlock(headline=words, url="javascript:alert(1)"),
            GalleryBlock(captions=(photo,)),
            QuoteBlock(text=words, cite=words),
            RawBlock(html=words, why=words),
        ),
        related=(RelatedPost(headline=words, url="data:text/html,x", excerpt=words),),
        corrections=(Correction(at=LAUNCH, text=words, kind=words),),
        rights=words,
        notes=(words,),
    )


def in_rich_text() -> Story:
    blocks = [TextBlock(html=html) for html in RICH]
    blocks += [EmbedBlock(provider="youtube", url=url) for url in FILMS]
    return Story(
        source="wire",
        source_id="rich",
        pubstatus=PubStatus.USABLE,
        categories=("Shared",),  # it has a front, see `one_of_each`
        headline="Rich",
        published_at=LAUNCH,
        body=tuple(blocks),
    )


SAVES = ("history", "compare", "restore")


class HostileTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.boss = User.objects.create_superuser("vera", password="a long password 1")
        self.desk = a_client(self.boss)

    def bring(self, **files):
        with TemporaryDirectory() as folder:
            for name, data in files.items():
                Path(folder, name).write_bytes(data)
            call_command("import_dump", folder, stdout=StringIO(), stderr=StringIO())

    def as_json_lines(self):
        stories = [everywhere(*pair) for pair in enumerate(PLAIN)]
        self.bring(jsonl=b"\n".join(s.as_json() for s in [*stories, in_rich_text()]))

    def look(self, browser, *paths):
        for path in paths:
            response = browser.goto(path)
            self.assertLess(response.status, 500, path)
            self.assertEqual(browser.evaluate(FOUND), [], path)
        self.assertEqual(self.troubles, [])

    def a_browser(self):
        browser = self.desktop()
        browser.context.add_init_script(HOOKS)
        return browser

    def site(self):
        """Every page that names one of these stories."""
        lists = ["/", "/archive/", "/corrections/"]
        lists += [f"/archive/{day:%Y/%m}/" for day in months_with_stories(timezone.now())]
        for model in (Category, Tag, Author):
            lists += [row.get_absolute_url() for row in model.objects.all()]
        return [*lists, *Version.objects.live().values_list("article__path", flat=True).distinct()]

    def test_a_script_that_ran_would_be_noticed(self):
        browser = self.a_browser()
        browser.goto("/")
        browser.evaluate("alert(1)")
        browser.evaluate("document.body.innerHTML = '<a href=\" javascript:x\" onclick=y>z</a>'")
        self.assertEqual(len(browser.evaluate(FOUND)), 1)
        self.assertIn("a script ran: alert", self.troubles[0])
        self.troubles.clear()

    def test_what_an_import_brings_is_inert_on_every_page_of_the_site(self):
        self.as_json_lines()
        self.assertEqual(Version.objects.live().count(), len(PLAIN) + 1)
        browser = self.a_browser()
        self.look(browser, *self.site())
        shown = browser.goto(Version.objects.live().get(article__source_id="plain-0").article.path)
        self.assertIn("&lt;img src=x onerror=alert(1)&gt;", shown.text())

    def test_so_it_is_on_every_page_of_the_desk(self):
        self.as_json_lines()
        library.add_photo(a_picture(), title=PLAIN[0])
        User.objects.create_user(PLAIN[0][:30], first_name=PLAIN[2][:30], is_staff=True)
        browser = self.a_browser()
        self.log_in(browser, self.boss)
        self.look(browser, *self.desk_pages(often_only=True))

    @tag("torture")
    def test_so_it_is_on_every_page_of_the_desk_there_is(self):
        self.as_json_lines()
        library.add_photo(a_picture(), title=PLAIN[0])
        browser = self.a_browser()
        self.log_in(browser, self.boss)
        self.look(browser, *self.desk_pages(often_only=False))

    def desk_pages(self, often_only):
        one_of_each(self.boss)
        yield from looked.desk(often_only).values()
        articles = Article.objects.order_by("pk")
        wanted = looked.STORY_OFTEN | ({"change", "preview"} if often_only else looked.STORY_SELDOM)
        for number, article in enumerate([articles[0], *articles[3:7:3], articles.last()]):
            for page in ("change", "preview") if often_only and number else sorted(wanted):
                yield story_page(article, page)
            yield reverse("admin:articles_revision_change", args=[article.head_id])
            yield reverse("admin:articles_version_change", args=[article.versions.get().pk])
        for model in (Category, Tag, Author):
            row = model.objects.filter(name=PLAIN[0]).get()
            for page in ("change", "delete"):
                yield reverse(f"admin:articles_{model._meta.model_name}_{page}", args=[row.pk])

    def test_what_is_posted_past_the_editor_is_inert_here_and_there(self):
        fields = block(opened(self.desk), "text", html="".join(RICH))
        for kind in ("quote", "related", "photo"):
            fields = block(fields, kind, text=PLAIN[0], headline=PLAIN[0], credit=PLAIN[1])
        fields = block(fields, "tagging", tag=f"new:{PLAIN[0]}", position="")
        fields = block(fields, "byline", author=f"new:{PLAIN[3]}", position="")
        words = {"standfirst": PLAIN[2], "byline": PLAIN[4], "key_points": "\n".join(PLAIN)}
        response = sent(self.desk, None, fields, headline=PLAIN[0], rights=PLAIN[5], **words)
        self.assertEqual(response.status_code, 302, trouble(response))
        article = Article.objects.get()
        change = reverse("admin:articles_article_change", args=[article.pk])
        others = {**opened(self.desk, article), "opened": "", "headline": PLAIN[1]}
        met = sent(self.desk, article, others, standfirst=PLAIN[3], key_points=PLAIN[4])
        self.assertIn("/merge/", met.url)
        publishing.publish(article, by=self.boss)
        browser = self.a_browser()
        self.look(browser, *self.site())
        self.log_in(browser, self.boss)
        revision = reverse("admin:articles_revision_change", args=[Revision.objects.get().pk])
        self.look(browser, change, f"{change}?preview=1", revision, "/admin/", met.url)
        saves = [reverse(f"admin:articles_article_{p}", args=[article.pk]) for p in SAVES]
        self.look(browser, *saves)

    def test_a_text_page_is_inert(self):
        texts = [pages.page(f"<p>{w}</p> " * 20, w, "\n".join(RICH), pages.RAIL, w) for w in PLAIN]
        for number, text in enumerate(texts):
            self.bring(**{f"page-{number}": text.encode()})
        for article in Article.objects.all():  # so odd a page is live only if somebody says so
            publishing.publish(article, by=self.boss)
        self.assertEqual(Version.objects.live().count(), len(PLAIN))
        self.look(self.a_browser(), *self.site())
