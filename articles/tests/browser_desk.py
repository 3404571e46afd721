"""The form of a story in a browser, used the way editors do."""

from articles.models import Article, Category
from articles.tests.browser import BrowserTestCase
from articles.tests.desk import PERMISSIONS, an_editor, url_of

TEXTS = ".order-machine .ProseMirror[contenteditable]"
PASTE = """(editor, html) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/html", html)
    const options = {clipboardData, bubbles: true, cancelable: true}
    editor.dispatchEvent(new ClipboardEvent("paste", options))
}"""


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
        box = page.locator(f"select[name='{select}'] + .select2")
        if box.locator("[aria-expanded=true]").count() == 0:  # a new block's is open
            box.click()
        page.locator(".select2-search__field").last.fill(term)
        page.locator(".select2-results__option--highlighted").filter(has_text=term).click()

    def paste(self, page, html):
        """Into the first text, in the place of all that is in it."""
        page.locator(TEXTS).first.click()
        page.keyboard.press("Control+A")
        page.locator(TEXTS).first.evaluate(PASTE, html)

    def press(self, page, button="_continue"):
        with page.expect_navigation():
            page.locator(f".submit-row [name={button}]").click()

    def body(self):
        """(kind, words) of each block of the only story's body."""
        body = Article.objects.get().as_story().body
        return [(p.__struct_config__.tag, getattr(p, "html", "") or p.text) for p in body]
