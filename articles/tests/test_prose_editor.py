"""The editor, in a browser, gives back what it was given."""

import random

from csp.decorators import csp_exempt
from django import forms
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from django_prose_editor.fields import ProseEditorFormField

from articles import prose
from articles.tests import soup
from articles.tests.browser import BrowserTestCase
from newsroom import urls

ONE_PAGE = 30
_random = random.Random(20240129)
STORIES = [soup.Newsroom(_random).story() for _ in range(2 * ONE_PAGE)]

# All that the editor spells differently; `canonical` puts it right.
SPELLINGS = [("&nbsp;", "\xa0"), (' data-type="decimal"', ""), ("<p></p>", "")]
# What is in each text area when the editors are there, and after one more paragraph was written.
READ = """() => [...document.querySelectorAll("textarea")].map((textarea) => {
  const before = textarea.value
  const { editor } = textarea.closest(".prose-editor").querySelector("[contenteditable]")
  editor.commands.insertContentAt(editor.state.doc.content.size, "<p>more</p>")
  return [before, textarea.value]
})"""


@csp_exempt()
def editors(request, first):
    """A form with one editor a story."""
    stories = {f"story{n}": html for n, html in enumerate(STORIES[first : first + ONE_PAGE])}
    field = ProseEditorFormField(extensions=prose.EDITOR_EXTENSIONS, required=False)
    form = type("Form", (forms.Form,), dict.fromkeys(stories, field))(initial=stories)
    head = f'<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">{form.media}'
    return HttpResponse(f"{head}<form>{form}</form>")


urlpatterns = [path("editors/<int:first>/", editors), *urls.urlpatterns]


@override_settings(ROOT_URLCONF=__name__)
class EditorTests(BrowserTestCase):
    def editors(self, first=0):
        page = self.desktop()
        page.goto(f"/editors/{first}/")
        page.wait_for_function(
            "document.querySelectorAll('.ProseMirror[contenteditable]').length"
            " == document.querySelectorAll('textarea').length"
        )
        return page

    def test_every_story_comes_back_as_it_was(self):
        """Untouched to the letter, and touched with nothing changed but the touch."""
        for first in range(0, len(STORIES), ONE_PAGE):
            read = self.editors(first).evaluate(READ)
            for story, (untouched, edited) in zip(STORIES[first:], read, strict=False):
                with self.subTest(story):
                    self.assertEqual(untouched, story)
                    for theirs, ours in SPELLINGS:
                        edited = edited.replace(theirs, ours)
                    self.assertEqual(edited, f"{story}<p>more</p>")

    def test_a_link_is_asked_for_an_address_and_nothing_else(self):
        page = self.editors()
        page.evaluate(
            """() => {
              const { editor } = document.querySelector(".ProseMirror[contenteditable]")
              editor.chain().setContent("<p>read this</p>").focus().selectAll().run()
            }"""
        )
        page.locator(".ProseMirror:focus").wait_for()  # it takes the focus with the next picture
        page.keyboard.press("Control+k")
        page.locator("dialog input").first.wait_for()
        self.assertEqual(page.locator("dialog input").count(), 1)
        page.locator("dialog input").fill("https://example.org/a")
        page.keyboard.press("Enter")
        page.locator(".ProseMirror a").first.wait_for()
        self.assertEqual(
            page.locator("textarea").first.input_value(),
            '<p><a href="https://example.org/a">read this</a></p>',
        )
