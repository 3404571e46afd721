"""The search field in a browser: what it suggests, from the keyboard and by pressing it."""

from urllib.parse import urlencode

from django.core.cache import cache

from .browser import BrowserTestCase
from .newsroom import HOUR, dated, live
from .test_browser_axe import AXE, RUN


class SuggestionTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        cache.clear()
        live(
            dated(HOUR, headline="Tram wakes", tags=("Tramways",)),
            dated(2 * HOUR, number=2, headline="Tram sleeps", tags=("Tramways",)),
            dated(3 * HOUR, number=3, language="ar", headline="سفينة الكتب ترسو في ميناء"),
        )

    def typed(self, page, text):
        page.goto("/search/")
        field = page.get_by_role("combobox", name="Words")
        with page.expect_response(lambda response: f"?{urlencode({'q': text})}" in response.url):
            field.press_sequentially(text)
        page.locator(".suggestions li").first.wait_for()
        return field

    def test_whoever_types_faster_than_the_answers_come_gets_the_last_one(self):
        page = self.desktop()
        page.goto("/search/")
        page.route("**/suggest/?q=tr", lambda _request: None)  # never answered
        field = page.get_by_role("combobox", name="Words")
        with page.expect_request("**/suggest/?q=tr"):
            field.press_sequentially("tr")
        page.keyboard.press("a")  # and the first question is given up
        page.locator(".suggestions li").first.wait_for()
        page.unroute_all(behavior="ignoreErrors")

    def test_what_was_chosen_stays_chosen_when_the_list_comes_anew(self):
        page = self.desktop()
        field = self.typed(page, "tra")
        page.locator(".suggestions li").first.evaluate("li => { li.className = 'old' }")
        with page.expect_response("**/suggest/?q=tram"):
            page.keyboard.press("m")
            page.keyboard.press("ArrowDown")
        page.locator(".suggestions .old").wait_for(state="detached")
        chosen = page.locator(".suggestions [aria-selected=true]")
        self.assertEqual(chosen.inner_text(), "Topic\nTramways")
        self.assertEqual(field.get_attribute("aria-activedescendant"), chosen.get_attribute("id"))

    def test_from_the_keyboard_a_suggestion_is_chosen_left_and_followed(self):
        page = self.desktop()
        field = self.typed(page, "tram")
        options = page.locator(".suggestions [role=option]")
        self.assertEqual(
            options.all_inner_texts(), ["Topic\nTramways", "Tram wakes", "Tram sleeps"]
        )
        self.assertEqual(field.get_attribute("aria-expanded"), "true")
        page.keyboard.press("ArrowUp")  # from the field to the last
        chosen = options.nth(2)
        self.assertEqual(chosen.get_attribute("aria-selected"), "true")
        self.assertEqual(field.get_attribute("aria-activedescendant"), chosen.get_attribute("id"))
        page.keyboard.press("ArrowDown")  # back in the field
        self.assertIsNone(field.get_attribute("aria-activedescendant"))
        page.keyboard.press("Escape")
        self.assertFalse(page.locator(".suggestions").is_visible())
        self.assertEqual(field.input_value(), "tram")
        page.keyboard.press("ArrowDown")  # it opens again
        page.locator(".suggestions li").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/tag/tramways/")

    def test_enter_in_the_field_searches_for_what_was_typed(self):
        page = self.desktop()
        self.typed(page, "tram")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=tram*")
        self.assertEqual(page.locator("h3 mark").count(), 2)

    def test_a_finger_on_a_suggestion_follows_it(self):
        page = self.phone()
        self.typed(page, "wak")
        page.get_by_role("option", name="Tram wakes").tap()
        page.wait_for_url("**/tram-wakes/")

    def test_in_another_script_it_runs_the_other_way(self):
        page = self.phone()
        self.typed(page, "سفي")
        words = page.locator(".suggestions span").first
        self.assertEqual(words.get_attribute("dir"), "rtl")
        self.assertEqual(words.get_attribute("lang"), "ar")

    def test_axe_finds_nothing_in_an_open_list_and_it_fits_a_telephone(self):
        page = self.phone()
        self.typed(page, "tram")
        page.keyboard.press("ArrowDown")
        page.evaluate(AXE)
        self.assertEqual(page.evaluate(RUN, []), [])
        width = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(width, page.viewport_size["width"])

    def test_without_scripts_the_form_works_as_it_is(self):
        page = self.desktop(java_script_enabled=False)
        page.goto("/search/")
        page.locator("summary").click()
        page.locator("input[name=q]").fill("tram")
        page.locator("select[name=sort]").select_option("newest")
        page.locator("form.search > button").click()
        page.wait_for_url("**/search/?q=tram*sort=newest*")
        self.assertEqual(page.locator("h3").count(), 2)
