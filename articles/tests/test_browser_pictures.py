"""Many pictures at once in a browser: dropped, or chosen by keyboard; without scripts too."""

from articles.models import Photo
from articles.tests.browser import BrowserTestCase
from articles.tests.desk import a_photo, a_picture, an_editor
from articles.tests.photofiles import a_jpeg, an_xmp

MANY = "/admin/articles/photo/many/"
DROP = """([drop, bytes]) => {
    const files = new DataTransfer()
    files.items.add(new File([new Uint8Array(bytes)], "dropped.png", {type: "image/png"}))
    const options = {dataTransfer: files, bubbles: true, cancelable: true}
    drop.dispatchEvent(new DragEvent("drop", options))
}"""


def files():
    return [
        {"name": "quay.png", "mimeType": "image/png", "buffer": a_picture("red", (400, 250))},
        {"name": "dsc1.jpg", "mimeType": "image/jpeg", "buffer": a_jpeg(xmp=an_xmp())},
        {"name": "again.png", "mimeType": "image/png", "buffer": a_picture("gold")},
        {"name": "page.png", "mimeType": "image/png", "buffer": b"<html>"},
    ]


class ManyTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.known = a_photo("gold")
        rights = ("add_photo", "change_photo", "view_photo")
        self.editor = an_editor("rosa", rights)

    def at(self, page):
        self.log_in(page, self.editor)
        page.goto(MANY)
        return page

    def outcomes(self, page, count):
        page.locator(f".uploads li:nth-child({count}):is(.added, .twin, .refused)").wait_for()
        rows = page.locator(".uploads li")
        return [rows.nth(number).get_attribute("class") for number in range(count)]

    def test_each_of_many_tells_what_became_of_it_and_then_their_words_are_written(self):
        page = self.at(self.desktop())
        page.set_input_files("#id_files", files())
        self.assertEqual(self.outcomes(page, 4), ["added", "added", "twin", "refused"])
        self.assertEqual(page.locator(".sum").inner_text(), "4 / 4")
        self.assertIn("no picture of a kind", page.locator(".refused .told").inner_text())
        page.get_by_text("Write their captions").click()
        captions = page.locator("[name$=-caption]")
        self.assertEqual(captions.nth(1).input_value(), "The ferry leaves Corrin.")
        captions.nth(0).fill("The quay at six.")
        page.get_by_text("Save", exact=True).click()
        page.locator(".messagelist").wait_for()
        self.assertEqual(Photo.objects.get(title="quay").caption, "The quay at six.")

    def test_a_picture_can_be_dropped(self):
        page = self.at(self.phone())
        drop = page.locator(".drop").element_handle()
        page.evaluate(DROP, [drop, list(a_picture("blue"))])
        self.assertEqual(self.outcomes(page, 1), ["added"])
        self.assertTrue(Photo.objects.filter(title="dropped").exists())

    def test_without_scripts_one_button_sends_them_all(self):
        page = self.at(self.desktop(java_script_enabled=False))
        page.set_input_files("#id_files", files())
        page.get_by_text("Add them").click()
        self.assertEqual(self.outcomes(page, 4), ["added", "added", "twin", "refused"])

    def test_no_page_of_it_is_wider_than_a_telephone(self):
        ids = ",".join(str(a_photo(colour).pk) for colour in ("red", "blue"))
        page = self.at(self.phone())
        for path in (MANY, f"/admin/articles/photo/words/?ids={ids}"):
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(wide, 390, path)
