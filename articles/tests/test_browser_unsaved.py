"""Nothing that was written is lost: leaving, errors, crashes, sessions that end, dead servers."""

from django.contrib.sessions.models import Session
from django.urls import reverse

from articles import addresses, publishing
from articles.models import Article, Author, Category, Revision, Tag, Video
from articles.story import TextBlock
from articles.tests import fronts as fronts_made
from articles.tests.attachedfiles import an_attachment
from articles.tests.browser_desk import TEXTS, DeskTests
from articles.tests.desk import a_client, a_photo, an_editor, opened, sent, stored, url_of
from articles.tests.stories import a_full_story, a_story

# A storage with no room for a story; the admin's own scripts do not look out for one.
FULL = """const set = Storage.prototype.setItem
Storage.prototype.setItem = function (name, value) {
    if (name.startsWith("unsaved:")) throw new DOMException("full", "QuotaExceededError")
    set.call(this, name, value)
}"""


class SafetyTests(DeskTests):
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
        self.look_at_the_error(page)

    def look_at_the_error(self, page):
        """Listed at the top; the first place has the cursor, and says what is wrong with it."""
        field = page.locator("#id_embed-0-url")
        self.until(lambda: field.evaluate("field => field === document.activeElement"))
        self.assertEqual(field.input_value(), "https://evil.example/")
        listed = page.locator(".problems li").all_inner_texts()
        self.assertEqual(len(listed), 1)
        self.assertIn("no address of a film", listed[0])
        wrong = page.locator("#embed-0 .errorlist")
        self.assertTrue(wrong.is_visible())
        self.assertIn(wrong.get_attribute("id"), field.get_attribute("aria-describedby"))

    def test_an_error_keeps_every_word_that_was_typed(self):
        page = self.desk(stored(a_story(body=(TextBlock(html="<p>One.</p>"),))))
        self.write(page, 0, " Typed.")
        page.locator("#id_headline").fill("")
        self.press(page)
        self.assertIn("One. Typed.", page.locator(TEXTS).first.inner_text())
        page.locator("#id_headline").fill("Here it is")
        self.press(page)
        self.assertEqual(self.body(), [("text", "<p>One. Typed.</p>")])

    def test_the_form_fits_a_phone(self):
        article = stored(a_full_story())
        page = self.desk(article, self.phone())
        for tab in ("lead", "body", "related"):
            page.locator(f".regions .tab[data-region={tab}]").click()
            width = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(width, 390, tab)


class LeavingTests(DeskTests):
    """The other forms keep no copy; they ask."""

    def setUp(self):
        super().setUp()
        self.editor.is_superuser = True
        self.editor.save()
        self.asked = []
        self.page = self.desktop()
        self.page.on("dialog", lambda dialog: (self.asked.append(dialog.type), dialog.accept()))
        self.log_in(self.page, self.editor)

    def forms(self):
        """Address and a field of each form in which words are typed."""
        article, photo = stored(), a_photo()
        publishing.publish(article, by=self.editor)
        category = Category(name="World")
        addresses.place(category)
        rows = {
            "caption": [photo, an_attachment()],
            "credit": [Video.objects.create(title="Gate", url="https://youtu.be/abcdefghijk")],
            "description": [category],
            "name": [Tag.objects.create(name="Fog", slug="fog")],
            "biography": [Author.objects.create(name="Ada", slug="ada")],
        }
        for field, found in rows.items():
            for row in found:
                name = f"admin:articles_{row._meta.model_name}_change"
                yield reverse(name, args=[row.pk]), field
        yield f"{reverse('admin:articles_photo_words')}?ids={photo.pk}", "form-0-caption"
        acts = {"correct": "text", "withdraw": "why", "note": "text", "address": "slug"}
        for act, field in {**acts, "redact": "words"}.items():
            yield url_of(article, act), field
        front = fronts_made.show(fronts_made.arranged(fronts_made.holding(article, name="Top")))
        yield reverse("admin:articles_front_change", args=[front.pk]), "c-0-name"

    def leave(self):
        """What was asked on the way."""
        self.asked.clear()
        self.page.goto(reverse("handbook"))
        return self.asked

    def test_leaving_any_form_with_words_in_it_asks_first_and_untouched_it_does_not(self):
        for path, field in self.forms():
            with self.subTest(path=path):
                self.page.goto(path)
                place = self.page.locator(f"#content [name={field}]")
                place.click()
                self.assertEqual(self.leave(), [])
                self.page.goto(path)
                place.press_sequentially("Fog")
                self.assertEqual(self.leave(), ["beforeunload"])

    def test_what_was_sent_is_no_reason_to_ask_and_what_came_back_is(self):
        path = reverse("admin:articles_photo_change", args=[a_photo().pk])
        self.page.goto(path)
        self.page.locator("[name=caption]").fill("Fog")
        self.press(self.page)
        self.assertEqual(self.asked, [])
        self.assertEqual(self.leave(), [])
        self.page.goto(path)
        self.page.locator("[name=title]").fill("")
        self.press(self.page)
        self.page.locator("[name=title]").click()  # browsers ask only where something was done
        self.assertEqual(self.leave(), ["beforeunload"])


class CopyTests(DeskTests):
    """The copy in the browser, from the first keystroke to the confirmed save."""

    def setUp(self):
        super().setUp()
        self.article = stored(a_story(body=(TextBlock(html="<p>One.</p>"),)))

    def copies(self, page):
        names = "Object.keys(localStorage).filter(name => name.startsWith('unsaved:'))"
        return page.evaluate(f"{names}.map(name => localStorage[name])")

    def kept(self, page, words):
        self.until(lambda: any(words in copy for copy in self.copies(page)), "no copy is kept")

    def crash(self, page):
        """The window is gone at once, and its story is opened in another one."""
        other = page.context.new_page()
        page.close()
        return other

    def offered(self, page, article):
        page = self.desk(article, page)
        page.locator(".unsaved").wait_for()
        return page

    def restore(self, page):
        with page.expect_navigation():
            page.locator(".unsaved button", has_text="Restore").press("Enter")
        page.locator(".restored").wait_for()
        page.locator(".tabs.regions .tab.active").wait_for()

    def test_after_a_crash_the_text_comes_back_with_its_blocks_in_their_order(self):
        page = self.desk(self.article)
        self.write(page, 0, " Written.")
        self.add(page, "quote")
        page.locator("[name=quote-0-text]").fill("So it was.")
        page.keyboard.press("Alt+Shift+ArrowUp")
        self.add(page, "gallery")
        page.locator("[name=gallery-0-pictures-0-text]").fill("A picture")
        self.kept(page, "A picture")
        page = self.offered(self.crash(page), self.article)
        self.assertIn("Nobody has saved since", page.locator(".unsaved").inner_text())
        self.restore(page)
        self.assertEqual(Revision.objects.count(), 1)
        self.press(page)
        quote, text, gallery = Article.objects.get().as_story().body
        self.assertEqual((quote.text, text.html), ("So it was.", "<p>One. Written.</p>"))
        self.assertEqual([caption.text for caption in gallery.captions], ["A picture"])
        self.until(lambda: not self.copies(page), "the save is confirmed, the copy is there")
        self.assertEqual(page.locator(".unsaved").count(), 0)

    def test_a_new_story_comes_back_too(self):
        page = self.desk()
        page.locator("#id_headline").fill("First light")
        self.write(page, 0, "Dawn.")
        self.kept(page, "Dawn.")
        page = self.offered(self.crash(page), None)
        self.restore(page)
        self.assertEqual(page.locator("#id_headline").input_value(), "First light")
        self.press(page)
        self.assertEqual(Article.objects.latest("pk").headline, "First light")
        self.until(lambda: not self.copies(page))

    def test_what_others_saved_since_is_said_and_kept(self):
        page = self.desk(self.article)
        self.write(page, 0, " Rosa's.")
        self.kept(page, "Rosa's.")
        kim = a_client(an_editor("kim"))
        sent(kim, self.article, opened(kim, self.article), headline="Kim's headline")
        page = self.offered(self.crash(page), self.article)
        self.assertIn("was saved since", page.locator(".unsaved").inner_text())
        self.restore(page)
        self.assertIn("saved meanwhile", page.locator(".restored").inner_text())
        self.press(page)
        self.assertIn("merged with what kim saved", page.locator(".messagelist").inner_text())
        self.assertEqual(Article.objects.get().headline, "Kim's headline")
        self.assertEqual(self.body(), [("text", "<p>One. Rosa's.</p>")])

    def test_a_session_that_ended_costs_a_log_in_and_no_words(self):
        page = self.desk(self.article)
        self.write(page, 0, " Late.")
        Session.objects.all().delete()
        self.press(page)
        page.locator("#id_username").fill("rosa")
        page.locator("#id_password").fill("a long password 1")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.locator(".unsaved").wait_for()
        self.restore(page)
        self.press(page)
        self.assertEqual(self.body(), [("text", "<p>One. Late.</p>")])

    def test_a_server_that_is_down_costs_no_words(self):
        self.expect_console("Failed to load resource")
        page = self.desk(self.article)
        self.write(page, 0, " Late.")
        page.route("**/change/**", lambda route: route.abort("connectionrefused"))
        page.locator(".submit-row [name=_continue]").click()
        page.wait_for_url("chrome-error://**")
        page.unroute("**/change/**")
        page = self.offered(page, self.article)
        self.restore(page)
        self.press(page)
        self.assertEqual(self.body(), [("text", "<p>One. Late.</p>")])

    def test_what_is_discarded_is_gone_and_what_is_undone_is_not_offered(self):
        page = self.desk(self.article)
        page.locator("#id_headline").fill("Other")
        self.kept(page, "Other")
        page = self.offered(self.crash(page), self.article)
        page.locator(".unsaved button", has_text="Discard").press("Enter")
        self.assertEqual(self.copies(page), [])
        headline = page.locator("#id_headline").input_value()
        page.locator("#id_headline").fill("Other")
        page.locator("#id_headline").fill(headline)
        self.kept(page, headline)
        page = self.desk(self.article, self.crash(page))
        self.until(lambda: not self.copies(page))
        self.assertEqual(page.locator(".unsaved").count(), 0)

    def test_who_logs_out_leaves_nothing_behind(self):
        page = self.desk(self.article)
        page.locator("#id_headline").fill("Secret until noon")
        self.kept(page, "Secret until noon")
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
        with page.expect_navigation():
            page.locator("#logout-form button").click()
        self.assertIn("Secret until noon", asked[0])
        self.assertEqual(self.copies(page), [])

    def test_nobody_is_offered_what_another_account_wrote(self):
        page = self.desk(self.article)
        page.locator("#id_headline").fill("Rosa's own")
        self.kept(page, "Rosa's own")
        self.editor = an_editor("kim")
        page = self.desk(self.article, self.crash(page))
        page.locator("#story-length").wait_for()
        self.assertEqual(page.locator(".unsaved").count(), 0)

    def test_a_browser_that_keeps_nothing_says_so(self):
        page = self.desktop()
        page.add_init_script(FULL)
        page = self.desk(self.article, page)
        page.locator("#id_headline").fill("Other")
        told = page.locator("#unsaved-state.warning")
        told.wait_for()
        self.assertIn("keeps no copy", told.inner_text())

    def test_a_story_too_large_for_one_save_is_not_sent_and_its_text_stays(self):
        with self.settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=20):
            page = self.desk(self.article)
            self.write(page, 0, " Kept.")
            page.locator(".submit-row [name=_continue]").click()
            told = page.locator("#unsaved-state.warning")
            told.wait_for()
        self.assertIn("more parts than one save can take", told.inner_text())
        self.assertIn("Kept.", page.locator(TEXTS).first.inner_text())


class PresenceTests(DeskTests):
    heartbeats = True

    def test_two_who_have_one_story_open_are_told_of_each_other(self):
        article = stored()
        self.desk(article)
        rosa, self.editor = self.editor, an_editor("kim")
        page = self.desk(article)
        told = page.locator("#presence")
        self.until(lambda: "rosa has had this story open" in told.inner_text())
        sent(a_client(rosa), article, opened(a_client(rosa), article), headline="Noon")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        self.until(lambda: "Saved after you opened it, by rosa" in told.inner_text())

    def test_who_is_logged_out_meanwhile_is_told_before_the_save(self):
        page = self.desk(stored())
        Session.objects.all().delete()
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        told = page.locator("#presence")
        self.until(lambda: "You are logged out" in told.inner_text())
