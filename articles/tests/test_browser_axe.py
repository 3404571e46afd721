"""What axe finds wrong with the desk for those who do not see it, or use no mouse: nothing grave.

Only what is rated serious or critical counts, and of that what is ours: FORGIVEN says what is not.
"""

from pathlib import Path

import axe_playwright_python
from django.test import tag

from articles.story import TextBlock
from articles.tests.browser_desk import DeskTests
from articles.tests.desk import a_client, a_photo, an_editor, opened, sent, stored
from articles.tests.matrix import looked
from articles.tests.matrix.pages import one_of_each
from articles.tests.matrix.states import Newsroom
from articles.tests.stories import a_full_story, a_story

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RUN = """async (rules) => {
    const runOnly = rules.length ? {runOnly: rules} : {}
    const options = {resultTypes: ["violations"], preload: false, ...runOnly}
    const {violations} = await axe.run(document, options)
    return violations.flatMap(({id, impact, nodes}) => nodes.map(
        ({target, any, html}) => ({id, impact, where: target.join(" "), html: html.slice(0, 160),
                             told: any.map(({message}) => message).join(" ")})))
}"""
# The editors of texts start by themselves, and get their names then.
NAMED = """[...document.querySelectorAll("textarea")].every((text) =>
    text.name.includes("__prefix__")
    || ![...text.attributes].some(({name}) => name.startsWith("data-django-prose-editor"))
    || text.closest(".prose-editor")?.querySelector("[contenteditable][aria-labelledby]"))"""
FADING = 400  # ms in which colours of the admin become others
# In the dark a page is the same but for its colours.
LIGHTS = {"light": [], "dark": ["color-contrast"]}
GRAVE = {"serious", "critical"}
# (rule, part of the place): of Django's admin or of a library, with no setting of ours for it.
FORGIVEN = [
    ("label-title-only", "#searchbar"),
    ("link-in-text-block", ".breadcrumbs"),
    ("aria-prohibited-attr", ".help-tooltip"),
    ("color-contrast", ".box-text"),  # django-tree-queries: deep rows on grey
]


class AxeTests(DeskTests):
    def setUp(self):
        super().setUp()
        self.editor.is_superuser = True
        self.editor.save()
        self.found = []
        self.page = self.desktop(color_scheme="light")
        self.log_in(self.page, self.editor)

    def tearDown(self):
        if self.found:
            self.fail("\n".join(sorted(set(self.found))))

    def look(self, page, what):
        # Not `wait_for_function`, which needs `eval` where it has to wait: the policy forbids it.
        self.until(lambda: page.evaluate(NAMED), "an editor of text has no name")
        page.evaluate(AXE)
        for light, rules in LIGHTS.items():
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            page.wait_for_timeout(FADING)
            for wrong in page.evaluate(RUN, rules):
                known = any(wrong["id"] == r and part in wrong["where"] for r, part in FORGIVEN)
                if wrong["impact"] in GRAVE and not known:
                    told = f"{wrong['id']} {wrong['where']} {wrong['told'][:90]}"
                    self.found.append(f"{light}, {what}: {told}")
        page.emulate_media(color_scheme="light")

    def test_the_form_of_a_story_empty_full_and_with_errors(self):
        a_photo()
        article, page = stored(a_full_story()), self.page
        self.look(self.desk(None, page), "empty")
        self.look(self.desk(article, page), "full")
        self.add(page, "embed")
        page.locator("[name=embed-1-url]").fill("https://evil.example/")
        page.locator("#id_headline").fill("")
        self.press(page)
        page.locator("#id_headline:focus").wait_for()
        self.look(page, "with errors")

    def test_a_form_that_met_another_and_one_that_comes_back(self):
        article, page = stored(a_story(body=(TextBlock(html="<p>One.</p>"),))), self.page
        kim = a_client(an_editor("kim"))
        self.desk(article, page)
        sent(kim, article, opened(kim, article), headline="Kim's")
        page.locator("#id_headline").fill("Rosa's")
        self.press(page)
        self.look(page, "conflict")
        self.desk(article, page)
        page.locator("#id_headline").fill("Unsaved")
        page.locator("#unsaved-state", has_text="a copy is kept").wait_for()
        other = page.context.new_page()
        page.close()
        self.desk(article, other)
        other.locator(".unsaved").wait_for()
        self.look(other, "offered")

    def walk(self, often_only):
        newsroom = Newsroom(self.editor)
        one_of_each(self.editor)
        paths = [*looked.desk(often_only).values(), *looked.stories(newsroom, often_only).values()]
        for path in paths:
            self.page.goto(path)
            self.look(self.page, path)

    def test_lists_acts_and_records(self):
        self.walk(often_only=True)

    @tag("torture")
    def test_every_page_there_is(self):
        self.walk(often_only=False)
