"""The preview beside the form, used by keyboard and on a phone."""

from articles.tests.browser_desk import DeskTests
from articles.tests.desk import stored
from articles.tests.stories import a_story

# As in a private window: it throws when it is only looked at.
FORBIDDEN = """Object.defineProperty(window, "sessionStorage", {
    get() { throw new DOMException("denied", "SecurityError") },
})"""


class PreviewTests(DeskTests):
    def test_it_is_opened_by_keyboard_and_there_again_after_a_save(self):
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
        self.press(page, "_preview")
        self.assertEqual(frame.locator("h1").inner_text(), "Written since")

    def test_it_opens_where_the_browser_remembers_nothing(self):
        page = self.desktop()
        page.add_init_script(FORBIDDEN)
        self.desk(stored(a_story()), page)
        page.locator(".preview-toggle").click()
        page.frame_locator(".preview iframe").locator("h1").wait_for()
        page.locator(".preview-close").click()
        self.assertFalse(page.locator(".preview").is_visible())

    def test_it_stands_below_the_form_on_a_phone(self):
        page = self.desk(stored(a_story()), self.phone())
        page.locator(".preview-toggle").click()
        page.frame_locator(".preview iframe").locator("h1").wait_for()
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)
        end = page.locator("#article_form").bounding_box()
        self.assertGreaterEqual(
            page.locator(".preview").bounding_box()["y"], end["y"] + end["height"]
        )
