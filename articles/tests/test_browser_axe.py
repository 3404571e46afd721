"""What axe finds wrong with the desk for those who do not see it, or use no mouse: nothing grave.

Only what is rated serious or critical counts, and of that what is ours: FORGIVEN says what is not.
"""

from pathlib import Path

import axe_playwright_python
from django.urls import reverse

from articles import publishing
from articles.models import Revision
from articles.story import TextBlock
from articles.tests.browser_desk import DeskTests
from articles.tests.desk import a_client, a_photo, an_editor, opened, sent, stored, url_of
from articles.tests.stories import a_full_story, a_story

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RUN = """async () => {
    const {violations} = await axe.run(document, {resultTypes: ["violations"]})
    return violations.flatMap(({id, impact, nodes}) => nodes.map(
        ({target, any, html}) => ({id, impact, where: target.join(" "), html: html.slice(0, 160),
                             told: any.map(({message}) => message).join(" ")})))
}"""
# The editors of texts start by themselves, and get their names then.
NAMED = """[...document.querySelectorAll("textarea")].every((text) =>
    text.name.includes("__prefix__")
    || ![...text.attributes].some(({name}) => name.startsWith("data-django-prose-editor"))
    || text.closest(".prose-editor")?.querySelector("[contenteditable][aria-labelledby]"))"""
GRAVE = {"serious", "critical"}
# (rule, part of the place): of Django's admin or of a library, with no setting of ours for it.
FORGIVEN = [
    ("label-title-only", "#searchbar"),
    ("link-in-text-block", ".breadcrumbs"),
    ("color-contrast", ".box-text"),  # django-tree-queries: deep rows on grey
]


class AxeTests(DeskTests):
    def setUp(self):
        super().setUp()
        self.editor.is_superuser = True
        self.editor.save()
        self.found = []

    def tearDown(self):
        if self.found:
            self.fail("\n".join(sorted(set(self.found))))

    def look(self, page, what):
        page.wait_for_function(NAMED)
        page.evaluate(AXE)
        for wrong in page.evaluate(RUN):
            known = any(wrong["id"] == rule and part in wrong["where"] for rule, part in FORGIVEN)
            if wrong["impact"] in GRAVE and not known:
                self.found.append(f"{what}: {wrong['id']} {wrong['where']} {wrong['told'][:90]}")

    def pages(self):
        """A page of each kind of light."""
        for scheme in ("light", "dark"):
            page = self.desktop(color_scheme=scheme)
            self.log_in(page, self.editor)
            yield scheme, page

    def test_the_form_of_a_story_empty_full_and_with_errors(self):
        a_photo()
        article = stored(a_full_story())
        for scheme, page in self.pages():
            self.look(self.desk(None, page), f"{scheme}, empty")
            self.look(self.desk(article, page), f"{scheme}, full")
            self.add(page, "embed")
            page.locator("[name=embed-1-url]").fill("https://evil.example/")
            page.locator("#id_headline").fill("")
            self.press(page)
            page.locator("#id_headline:focus").wait_for()
            self.look(page, f"{scheme}, with errors")

    def test_a_form_that_met_another_and_one_that_comes_back(self):
        article = stored(a_story(body=(TextBlock(html="<p>One.</p>"),)))
        kim = a_client(an_editor("kim"))
        for scheme, page in self.pages():
            self.desk(article, page)
            sent(kim, article, opened(kim, article), headline=f"Kim's, {scheme}")
            page.locator("#id_headline").fill(f"Rosa's, {scheme}")
            self.press(page)
            self.look(page, f"{scheme}, conflict")
            self.desk(article, page)
            page.locator("#id_headline").fill("Unsaved")
            page.locator("#unsaved-state", has_text="a copy is kept").wait_for()
            other = page.context.new_page()
            page.close()
            self.desk(article, other)
            other.locator(".unsaved").wait_for()
            self.look(other, f"{scheme}, offered")

    def test_lists_acts_and_records(self):
        article = stored()
        publishing.publish(article, by=self.editor)
        kim = a_client(an_editor("kim"))
        sent(kim, article, opened(kim, article), headline="Changed since")
        photo = a_photo()
        lists = "article photo video category tag author revision version".split()
        paths = [reverse(f"admin:articles_{name}_changelist") for name in lists]
        acts = ("publish", "schedule", "correct", "withdraw", "address", "history")
        paths += [url_of(article, page) for page in acts]
        paths += [reverse("admin:index"), reverse("admin:articles_photo_change", args=[photo.pk])]
        paths += [reverse("admin:articles_category_add")]
        paths += [reverse("admin:articles_revision_change", args=[Revision.objects.first().pk])]
        for scheme, page in self.pages():
            for path in paths:
                page.goto(path)
                self.look(page, f"{scheme}, {path}")
