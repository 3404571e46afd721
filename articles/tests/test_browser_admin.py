"""The desk in a browser: a story is written, published and changed the way editors do it."""

from datetime import timedelta

from django.utils import timezone

from articles import publishing
from articles.models import Article, Category, Revision, Unmerged
from articles.story import TextBlock
from articles.tests.browser_desk import TEXTS, DeskTests
from articles.tests.desk import (
    a_client,
    a_photo,
    an_editor,
    opened,
    sent,
    stored,
    url_of,
)
from articles.tests.stories import a_full_story, a_story

PASTED = """<b style="font-weight:normal"><p style="color:red">
    <span style="font-weight:700">Bold</span> <a href="https://www.google.com/url?q=https://a.example/">link</a></p>
    <br><p>&nbsp;</p><p>Last</p></b>"""


class WritingTests(DeskTests):
    def test_a_story_is_written_with_a_photo_at_the_cursor_and_published(self):
        a_photo(caption="The pilot boat", credit="Ada Fry", alt="A boat")
        Category.objects.create(name="World", slug="world", path="world", words="World")
        page = self.desk()
        page.locator("#id_headline").fill("First light")
        self.write(page, 0, "One.")
        page.keyboard.press("Enter")
        page.keyboard.type("Two.")
        page.keyboard.press("Control+Home")
        page.locator(".prose-menubar__button", has_text="image").first.click()
        self.until(lambda: page.locator(TEXTS).count() == 2)
        self.pick(page, "photo-0-photo", "navy picture")
        self.assertEqual(page.locator("[name=photo-0-credit]").input_value(), "Ada Fry")
        page.locator("#filing-group .add-row a").click()
        self.pick(page, "filing-0-category", "World")
        self.press(page)
        self.assertEqual(
            self.body(), [("caption", "The pilot boat"), ("text", "<p>One.</p><p>Two.</p>")]
        )
        self.press(page, "_publish")
        self.assertIn("Version 1 is live", page.locator(".messagelist").inner_text())

        reader = self.phone()
        path = Article.objects.get().path
        reader.goto(path)
        self.assertEqual(reader.locator("h1").inner_text(), "First light")
        page.locator("#id_headline").fill("Second light")
        self.press(page)
        reader.reload()
        self.assertEqual(reader.locator("h1").inner_text(), "First light")

    def test_a_text_is_split_at_the_cursor_and_joined_again(self):
        html = "<p>One.</p><p>Two.</p><p>Three.</p>"
        page = self.desk(stored(a_story(body=(TextBlock(html=html),))))
        self.put_cursor(page, 1)
        page.keyboard.press("Control+Shift+Enter")
        self.until(lambda: page.locator(TEXTS).count() == 2)
        self.press(page)
        self.assertEqual(
            self.body(), [("text", "<p>One.</p><p>Two.</p>"), ("text", "<p>Three.</p>")]
        )
        page.locator(f"{TEXTS} p").first.click()
        page.keyboard.press("Control+Shift+J")
        self.press(page)
        self.assertEqual(self.body(), [("text", html)])

    def test_blocks_are_added_and_moved_by_keyboard_alone(self):
        page = self.desk(stored(a_story(body=(TextBlock(html="<p>One.</p>"),))))
        page.locator(".order-machine-insert-target.last").focus()
        page.keyboard.press("Enter")
        page.locator(".plugin-buttons [data-plugin-prefix=quote]").focus()
        page.keyboard.press("Enter")
        page.locator("[name=quote-0-text]").fill("So it was.")
        page.keyboard.press("Alt+Shift+ArrowUp")
        self.press(page)
        self.assertEqual(self.body(), [("quote", "So it was."), ("text", "<p>One.</p>")])

    def test_a_paste_brings_words_and_not_the_looks_of_a_word_processor(self):
        page = self.desk(stored(a_story(body=(TextBlock(html="<p>One.</p>"),))))
        self.paste(page, PASTED)
        self.press(page)
        expected = '<p><strong>Bold</strong> <a href="https://a.example/">link</a></p><p>Last</p>'
        self.assertEqual(self.body(), [("text", expected)])

    def test_a_gallery_grows_by_a_button(self):
        page = self.desk(stored(a_story(body=())))
        self.add(page, "gallery")
        for number in range(5):
            if number:
                page.locator(".add-picture:visible").click()
            page.locator(f"[name=gallery-0-pictures-{number}-text]").fill(f"Picture {number}")
        self.press(page)
        captions = Article.objects.get().as_story().body[0].captions
        self.assertEqual([c.text for c in captions], [f"Picture {n}" for n in range(5)])

    def test_a_tag_is_typed_in(self):
        page = self.desk(stored(a_story(tags=())))
        page.locator("#tagging-group .add-row a").click()
        page.locator(".select2-search__field").last.wait_for()
        page.keyboard.type("Low water")
        page.locator(".select2-results__option", has_text="Low water").click()
        self.press(page)
        self.assertEqual(Article.objects.get().as_story().tags, ("Low water",))

    def test_opening_and_saving_untouched_in_the_real_editor_makes_no_revision(self):
        html = (
            '<h2>At six</h2><p>A <a href="https://a.example/"><strong>link</strong></a>,'
            " H<sub>2</sub>O.<br>Next line.</p><ul><li><p>One</p></li></ul>"
            '<p dir="rtl">مرحبا</p>'
            "<table><tbody><tr><th><p>A</p></th><td><p>1</p></td></tr></tbody></table>"
        )
        story = a_full_story()
        stored(story.replace(body=(*story.body, TextBlock(html=html))))
        page = self.desk(Article.objects.get())
        self.until(lambda: page.locator(TEXTS).count() == 3)
        self.press(page)
        self.assertEqual(Revision.objects.count(), 1)


class TwoEditorsTests(DeskTests):
    """Nothing here needs a mouse, and nothing but the editor of texts needs a script."""

    def setUp(self):
        super().setUp()
        self.article = stored(a_story(body=(TextBlock(html="<p>One.</p><p>Two.</p>"),)))

    def both(self, page=None, **words):
        """Another editor's headline is saved after this page was opened."""
        page = self.desk(self.article, page)
        kim = a_client(an_editor("kim"))
        sent(kim, self.article, opened(kim, self.article), **words)
        return page

    def press_enter(self, page, button):
        page.locator(button).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    def test_edits_that_do_not_overlap_are_merged_and_the_editor_is_told(self):
        page = self.both(headline="Kim's headline")
        self.write(page, 0, " Mine.")
        self.press_enter(page, ".submit-row [name=_continue]")
        told = page.locator(".messagelist").inner_text()
        self.assertIn("merged with what kim saved: headline", told)
        self.assertEqual(page.locator("#id_headline").input_value(), "Kim's headline")
        self.assertEqual(self.body(), [("text", "<p>One.</p><p>Two. Mine.</p>")])

    def meet(self, page=None):
        page = self.both(page, headline="Kim's headline")
        page.locator("#id_headline").fill("Rosa's headline")
        self.press_enter(page, ".submit-row [name=_continue]")
        return page

    def test_two_headlines_are_shown_side_by_side_and_both_are_kept(self):
        page = self.meet()
        sides = page.locator(".question .side")
        self.assertIn("Rosa's headline", sides.nth(0).inner_text())
        self.assertIn("Kim's headline", sides.nth(1).inner_text())
        self.assertEqual(Unmerged.objects.get().story.headline, "Rosa's headline")
        self.assertEqual(Article.objects.get().headline, "Kim's headline")
        page.goto(url_of(self.article))
        page.locator(".meeting a").focus()
        self.press_enter(page, ".meeting a")
        page.locator("[name=c0-choice]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.locator("[name=c0-ours]").fill("Rosa's and Kim's")
        self.press_enter(page, "#merge_form [type=submit]")
        self.assertEqual(Article.objects.get().headline, "Rosa's and Kim's")
        self.assertFalse(Unmerged.objects.filter(settled_at=None).exists())

    def test_the_page_that_asks_fits_a_phone_and_needs_no_script(self):
        self.meet()
        for scheme in ("light", "dark"):
            page = self.phone(java_script_enabled=False, color_scheme=scheme)
            self.log_in(page, self.editor)
            page.goto(url_of(self.article, "merge"))
            box = page.locator("#merge_form").bounding_box()
            self.assertLessEqual(box["x"] + box["width"], 390)
            self.assertEqual(page.locator(".question .side").count(), 2)
        page.locator("[name=c0-choice]").nth(1).check()
        with page.expect_navigation():
            page.locator("#merge_form [type=submit]").click()
        self.assertEqual(Article.objects.get().headline, "Kim's headline")

    def test_an_earlier_text_is_compared_and_restored(self):
        page = self.desk(self.article)
        page.locator("#id_headline").fill("Second")
        self.press_enter(page, ".submit-row [name=_continue]")
        self.press_enter(page, ".historylink")
        self.press_enter(page, "#history_form [type=submit]")
        self.assertIn("Second", page.locator(".differences ins").inner_text())
        self.press_enter(page, ".submit-row a.button")
        self.press_enter(page, "#content [type=submit]")
        self.assertEqual(Article.objects.get().headline, self.article.headline)
        self.assertEqual(Revision.objects.count(), 3)

    def test_what_is_scheduled_is_carried_behind_what_is_published_now(self):
        publishing.publish(self.article, by=self.editor)
        evening = timezone.now() + timedelta(hours=5)
        kim = a_client(an_editor("kim"))
        sent(kim, self.article, opened(kim, self.article), headline="In the evening")
        publishing.publish(self.article, by=self.editor, at=evening)
        sent(kim, self.article, opened(kim, self.article), headline=self.article.headline)
        page = self.desk(self.article)
        page.locator("#id_standfirst").fill("Put right.")
        self.press_enter(page, ".submit-row [name=_publish]")
        page.locator("[name=pending][value=carry]").focus()
        page.keyboard.press("Space")
        self.press_enter(page, "#content .submit-row [type=submit]")
        for at, headline in ((None, self.article.headline), (evening, "In the evening")):
            story = self.article.versions.live(at).get().story
            self.assertEqual((story.headline, story.standfirst), (headline, "Put right."))
