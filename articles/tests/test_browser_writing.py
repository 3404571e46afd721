"""A story of the usual length, from an empty form to readers, without a mouse and without loss."""

from articles import search
from articles.models import Article, Category, Revision, Video
from articles.story import QuoteBlock, TextBlock
from articles.tests.attachedfiles import an_attachment
from articles.tests.browser_desk import PASTE, TEXTS, DeskTests
from articles.tests.desk import a_photo, stored
from articles.tests.stories import a_story

SENTENCE = "The ferry left the quay at {0}, {0} minutes after the tide had turned."
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
content="Microsoft Word 15"><style>p.MsoNormal {{margin:0cm}}</style></head><body lang=EN-GB>
<!--StartFragment--><h1 style='mso-outline-level:1'>Ferries<o:p></o:p></h1>{0}
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·<span style='font:7pt Times'>&nbsp;</span></span><![endif]>Oil</p>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·<span style='font:7pt Times'>&nbsp;</span></span><![endif]>Rope</p>
<!--EndFragment--></body></html>"""
OF_WORD = """<p class=MsoNormal style='margin-bottom:8pt'><b style='mso-bidi-font-weight:normal'>
<span lang=EN-US style='font-family:"Calibri",sans-serif;color:red'>No.</span></b><span lang=EN-US>
{0}<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"""
DOCS = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">{0}</b>"""
OF_DOCS = """<p dir="ltr" style="line-height:1.38;margin-top:0pt"><span style="font-size:11pt;
font-family:Arial;font-weight:700;white-space:pre-wrap;">No.</span><span
style="font-size:11pt;font-style:normal;font-weight:400;"> {0}</span></p><br />"""


def pasted(pattern):
    return "".join(pattern.format(SENTENCE.format(number)) for number in range(20))


class PasteTests(DeskTests):
    def html_of(self, source):
        page = self.desk(stored(a_story(body=(TextBlock(html="<p>One.</p>"),))))
        self.paste(page, source)
        self.press(page)
        ((kind, html),) = self.body()
        self.assertEqual(kind, "text")
        return html.replace(' dir="ltr"', "")

    def paragraphs(self):
        told = (f"<p><strong>No.</strong> {SENTENCE.format(number)}</p>" for number in range(20))
        return "".join(told)

    def test_twenty_paragraphs_from_word_are_twenty_paragraphs_a_heading_and_a_list(self):
        html = self.html_of(WORD.format(pasted(OF_WORD)))
        rest = "<ul><li><p>Oil</p></li><li><p>Rope</p></li></ul>"
        self.assertEqual(html, f"<h2>Ferries</h2>{self.paragraphs()}{rest}")

    def test_twenty_paragraphs_from_google_docs_are_twenty_paragraphs(self):
        self.assertEqual(self.html_of(DOCS.format(pasted(OF_DOCS))), self.paragraphs())


class OrderTests(DeskTests):
    def setUp(self):
        super().setUp()
        html = "<p>One.</p><p>Two.</p><p>Three.</p>"
        self.article = stored(a_story(body=(TextBlock(html=html),)))

    def put_at_cursor(self, page, paragraph, icon, title):
        self.put_cursor(page, paragraph)
        page.locator(".prose-menubar__button", has_text=icon).first.focus()
        page.keyboard.press("Enter")
        page.locator(".select2-search__field").last.wait_for()
        page.keyboard.type(title)
        page.locator(".select2-results__option--highlighted", has_text=title).wait_for()
        page.keyboard.press("Enter")

    def test_what_is_put_at_the_cursor_is_between_the_halves_after_the_save(self):
        a_photo(caption="The pilot boat")
        an_attachment(title="The plan", caption="All of it")
        page = self.desk(self.article)
        self.put_at_cursor(page, 1, "image", "navy")
        self.put_at_cursor(page, 0, "attach_file", "The plan")
        self.press(page)
        page.reload()
        page.locator(".tabs.regions .tab.active").wait_for()
        self.until(lambda: page.locator(TEXTS).count() == 3)
        order = [("text", "<p>One.</p>"), ("caption", "All of it"), ("text", "<p>Two.</p>")]
        order += [("caption", "The pilot boat"), ("text", "<p>Three.</p>")]
        self.assertEqual(self.body(), order)

    def words(self, page):
        return " ".join(page.locator(TEXTS).all_inner_texts()).split()

    def test_undo_loses_no_word_across_a_split_and_a_join(self):
        page = self.desk(self.article)
        self.write(page, 0, " Four.")
        self.put_cursor(page, 1)
        page.keyboard.press("Control+Shift+Enter")
        self.until(lambda: page.locator(TEXTS).count() == 2)
        self.until(lambda: "Four." in self.words(page))
        page.locator(TEXTS).first.click()
        for _ in range(3):
            page.keyboard.press("Control+Z")
        self.assertTrue({"One.", "Two.", "Three.", "Four."} <= set(self.words(page)))
        page.locator(f"{TEXTS} p").first.click()
        page.keyboard.press("Control+Shift+J")
        self.until(lambda: page.locator(TEXTS).count() == 1)
        for _ in range(3):
            page.keyboard.press("Control+Z")
        self.assertTrue({"One.", "Two.", "Three.", "Four."} <= set(self.words(page)))
        self.press(page)
        self.assertEqual(self.body(), [("text", "<p>One.</p><p>Two.</p><p>Three. Four.</p>")])

    def test_a_thumb_moves_blocks_and_adds_one_at_the_cursor_on_a_phone(self):
        article = stored(
            a_story(source_id="2", body=(TextBlock(html="<p>A.</p>"), QuoteBlock(text="B.")))
        )
        self.article.delete()
        page = self.desk(article, self.phone())
        page.locator("#quote-0 .move").first.tap()
        page.locator(TEXTS).first.tap()
        page.locator(".prose-menubar__button", has_text="smart_display").first.tap()
        page.locator("[name=embed-0-url]").fill("https://youtu.be/abcdefghijk")
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)
        for button in page.locator(".move:visible").all():
            self.assertGreaterEqual(
                min(button.bounding_box()[side] for side in ("width", "height")), 24
            )
        self.press(page)
        kinds = [part.__struct_config__.tag for part in Article.objects.get().as_story().body]
        self.assertEqual(sorted(kinds), ["embed", "quote", "text"])
        self.assertLess(kinds.index("quote"), kinds.index("text"))

    def test_length_and_reading_time_follow_the_keys(self):
        page = self.desk(self.article)
        self.assertIn("3 words · 1 min", page.locator("#story-length").inner_text())
        self.write(page, 0, " Four and five.")
        self.until(lambda: "6 words" in page.locator("#story-length").inner_text())
        page.locator("#id_headline").fill("x" * 70)
        count = page.locator("#id_headline_count")
        self.assertEqual(count.inner_text(), "70 / 70")
        page.locator("#id_headline").press("End")
        page.keyboard.type("x")
        self.assertIn("71 characters", count.inner_text())
        self.press(page)
        self.assertEqual(Article.objects.get().headline, "x" * 71)


class Hands:
    """Keys as an editor presses them, each counted; what is typed or pasted in one go is one."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def press(self, *keys):
        for key in keys:
            self.actions += 1
            self.page.keyboard.press(key)

    def type(self, words):
        self.actions += 1
        self.page.keyboard.type(words)

    def focus(self, locator):
        """There by Tab or Shift+Tab held down, or by a key of the browser: one action."""
        self.actions += 1
        locator.focus()

    def wait_at(self, css):
        """Until this has the cursor: what opens by itself takes a moment."""
        self.page.locator(f"{css}:focus").wait_for()

    def type_instead(self, words):
        """The search box opens: leave it for the field behind it."""
        self.wait_at(".select2-search__field")
        self.press("Escape")
        self.wait_at(".select2-selection")
        self.press("Tab")
        self.wait_at("[name$=-headline]")
        self.type(words)

    def paste(self, html):
        self.actions += 1
        self.page.locator(f"{TEXTS}:focus").evaluate(PASTE, html)

    def pick(self, words):
        """The search box opens: type a part of a name, take what is found."""
        self.wait_at(".select2-search__field")
        self.type(words)
        found = self.page.locator(".select2-results__option--highlighted", has_text=words)
        found.wait_for()
        self.press("Enter")


class WholeStoryTests(DeskTests):
    def test_a_story_as_long_as_the_usual_one_is_published_in_under_40_actions_by_keyboard(self):
        a_photo(caption="Two ministers", credit="Ada Fry", alt="They shake hands")
        Category.objects.create(name="World", slug="world", path="world", words="World")
        film = Video.objects.create(
            title="Looking for weakness", url="https://youtu.be/abcdefghijk", credit="Kim"
        )
        search.keep_files([film])
        page = self.desk()
        hands = Hands(page)
        hands.actions += 1  # the form was opened
        hands.type("Two neighbours vow to work together")  # the cursor was there
        hands.press("Tab")
        hands.type("After a week of strikes they talk again.")
        hands.focus(page.locator("#id_key_points"))
        hands.type("One.\nTwo.\nThree.")
        self.body_of(page, hands)
        self.lead_of(page, hands)
        hands.focus(page.locator("#filing-group .add-row a"))
        hands.press("Enter")
        hands.pick("World")
        hands.focus(page.locator(".submit-row [name=_publish]"))
        hands.actions += 1
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.assertIn("Version 1 is live", page.locator("body").inner_text())
        self.assertLess(hands.actions, 40)
        self.look_at_it(hands)

    def body_of(self, page, hands):
        hands.focus(page.locator(TEXTS).first)
        hands.paste("".join(f"<p>{SENTENCE.format(number)}</p>" for number in range(12)))
        self.at(page, hands, 4, "R")
        hands.type_instead("A story that is not here yet")
        hands.focus(page.locator(TEXTS).first)
        self.at(page, hands, 2, "P")
        hands.pick("navy")
        hands.focus(page.locator(TEXTS).first)
        self.at(page, hands, 2, "R")
        hands.type_instead("Another that is not here yet")

    def at(self, page, hands, up, key):
        """So many paragraphs up from the end of the first text, where the cursor is, a block."""
        first = page.locator(TEXTS).first
        blocks = page.locator(".order-machine > .inline-related:not(.empty-form)")
        before = blocks.count()
        where = "element => element.editor.state.selection.$from.index(0)"
        last = first.evaluate(where)
        for _ in range(up):
            page.keyboard.press("ArrowUp")
        hands.actions += 1  # held down
        self.until(lambda: first.evaluate(where) == last - up)
        hands.press(f"Alt+Shift+{key}")
        self.until(lambda: blocks.count() == before + 2)

    def lead_of(self, page, hands):
        hands.focus(page.locator(".regions .tab[data-region=lead]"))
        hands.press("Enter")
        hands.focus(page.locator(".order-machine-insert-target.last"))
        hands.press("Enter")
        hands.focus(page.locator(".plugin-buttons [data-plugin-prefix=video]"))
        hands.press("Enter")
        hands.pick("Looking")

    def look_at_it(self, hands):
        story = Article.objects.get().as_story()
        kinds = [part.__struct_config__.tag for part in story.body]
        self.assertEqual(kinds, ["text", "related", "text", "caption", "text", "related", "text"])
        html = "".join(part.html for part in story.body if isinstance(part, TextBlock))
        self.assertEqual(html.count("<p>"), 12)
        self.assertEqual(story.lead.title, "Looking for weakness")
        self.assertEqual((story.categories, len(story.key_points)), (("World",), 3))
        self.assertEqual(Revision.objects.count(), 1)
