"""The desk in a browser: a story is written, published and changed the way editors do it."""

from time import sleep

from articles.models import Article, Category, Revision
from articles.story import TextBlock
from articles.tests.browser import BrowserTestCase
from articles.tests.desk import PERMISSIONS, a_photo, an_editor, stored, url_of
from articles.tests.stories import a_full_story, a_story

TEXTS = ".order-machine .ProseMirror[contenteditable]"


PASTE = """(editor, html) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/html", html)
    const options = {clipboardData, bubbles: true, cancelable: true}
    editor.dispatchEvent(new ClipboardEvent("paste", options))
}"""
PASTED = """<b style="font-weight:normal"><p style="color:red">
    <span style="font-weight:700">Bold</span> <a href="https://www.google.com/url?q=https://a.example/">link</a></p>
    <br><p>&nbsp;</p><p>Last</p></b>"""


class DeskTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        Category.objects.all().delete()
        self.editor = an_editor("rosa", (*PERMISSIONS, "add_photo", "change_photo"))

    def desk(self, article=None, page=None):
        """The form of a story, ready to be typed into."""
        page = page or self.desktop()
        self.log_in(page, self.editor)
        page.goto(url_of(article))
        page.locator(".tabs.regions .tab.active").wait_for()
        return page

    def until(self, true, message="it did not happen"):
        """Wait for something in the database or the page; Playwright's own way needs `eval`."""
        for _ in range(100):
            if true():
                return
            sleep(0.05)
        self.fail(message)

    def put_cursor(self, page, paragraph):
        """Into a paragraph of the first text; the editor hears of a click a little later."""
        text = page.locator(TEXTS).first
        text.locator("p").nth(paragraph).click()
        where = "element => element.editor.state.selection.$from.index(0)"
        self.until(lambda: text.evaluate(where) == paragraph)

    def add(self, page, kind):
        page.locator(".order-machine-insert-target.last").click()
        page.locator(f".plugin-buttons [data-plugin-prefix={kind}]").click()

    def write(self, page, number, text):
        """Put the cursor at the end of a text block and type."""
        page.locator(TEXTS).nth(number).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(text)

    def pick(self, page, select, term):
        """Choose the first thing a search box finds."""
        page.locator(f"select[name='{select}'] + .select2").click()
        page.locator(".select2-search__field").last.fill(term)
        page.locator(".select2-results__option--highlighted").filter(has_text=term).click()

    def press(self, page, button="_continue"):
        with page.expect_navigation():
            page.locator(f".submit-row [name={button}]").click()

    def body(self):
        """(kind, words) of each block of the only story's body."""
        body = Article.objects.get().as_story().body
        return [(p.__struct_config__.tag, getattr(p, "html", "") or p.text) for p in body]


class WritingTests(DeskTests):
    def test_a_story_is_written_with_a_photo_at_the_cursor_and_published(self):
        a_photo(caption="The pilot boat", credit="Ada Fry", alt="A boat")
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
        page.locator(TEXTS).first.click()
        page.keyboard.press("Control+A")
        page.locator(TEXTS).first.evaluate(PASTE, PASTED)
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
        page.locator("select[name=tagging-0-tag] + .select2").click()
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


class SafetyTests(DeskTests):
    def test_a_stale_form_comes_back_with_what_was_typed(self):
        article = stored(a_story(body=(TextBlock(html="<p>One.</p>"),)))
        page = self.desk(article)
        other = self.desk(article)
        other.locator("#id_headline").fill("The other's headline")
        self.press(other)
        self.write(page, 0, " Mine.")
        self.press(page)
        self.assertIn("saved this story on", page.locator(".stale").inner_text())
        self.assertIn("One. Mine.", page.locator(TEXTS).first.inner_text())
        page.locator("[name=overwrite]").check()
        self.press(page)
        self.assertEqual(self.body(), [("text", "<p>One. Mine.</p>")])
        self.assertEqual(Article.objects.get().headline, article.headline)

    def test_leaving_with_unsaved_words_asks_first(self):
        page = self.desk(stored())
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.locator("#id_headline").press_sequentially("!")
        page.goto("/admin/")
        self.assertEqual(asked, ["beforeunload"])

    def test_leaving_an_untouched_form_asks_nothing(self):
        page = self.desk(stored(a_full_story()))
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.locator(f"{TEXTS}").first.click()
        page.goto("/admin/")
        self.assertEqual(asked, [])

    def test_an_error_in_a_block_is_in_view(self):
        page = self.desk(stored(a_story(body=(TextBlock(html="<p>One.</p>"),) * 12)))
        self.add(page, "embed")
        page.locator("[name=embed-0-url]").fill("https://evil.example/")
        self.press(page)
        self.assertTrue(page.locator(".errornote").is_visible())
        self.assertTrue(page.locator("#embed-0 .errorlist").is_visible())

    def test_the_form_fits_a_phone(self):
        article = stored(a_full_story())
        page = self.desk(article, self.phone())
        for tab in ("lead", "body", "related"):
            page.locator(f".regions .tab[data-region={tab}]").click()
            width = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(width, 390, tab)

    def test_the_preview_is_opened_by_keyboard_and_there_again_after_a_save(self):
        page = self.desk(stored(a_story()))
        page.locator(".preview-toggle").focus()
        page.keyboard.press("Enter")
        frame = page.frame_locator(".preview iframe")
        self.assertEqual(frame.locator("h1").inner_text(), a_story().headline)
        self.assertEqual(page.evaluate("document.activeElement.dataset.width"), "phone")
        self.assertEqual(frame.locator("html").evaluate("() => innerWidth"), 390)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        self.assertEqual(frame.locator("html").evaluate("() => innerWidth"), 1280)
        page.locator("#id_headline").fill("Written since")
        self.assertTrue(page.locator(".preview-behind").is_visible())
        self.press(page)
        self.assertEqual(frame.locator("h1").inner_text(), "Written since")
        self.assertEqual(frame.locator("html").evaluate("() => innerWidth"), 1280)
        page.locator(".preview-close").click()
        self.press(page)
        self.assertFalse(page.locator(".preview").is_visible())

    def test_the_preview_stands_below_the_form_on_a_phone(self):
        page = self.desk(stored(a_story()), self.phone())
        page.locator(".preview-toggle").click()
        page.frame_locator(".preview iframe").locator("h1").wait_for()
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)
        end = page.locator("#article_form").bounding_box()
        self.assertGreaterEqual(
            page.locator(".preview").bounding_box()["y"], end["y"] + end["height"]
        )

    def test_the_preview_stands_beside_the_form(self):
        page = self.desk(stored(a_story()))
        page.locator("#id_headline").fill("As readers would see it")
        self.press(page, "_preview")
        frame = page.frame_locator(".preview iframe")
        self.assertEqual(frame.locator("h1").inner_text(), "As readers would see it")
