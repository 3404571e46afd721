"""The desk's page of a front in a browser: without a mouse, with one, and with a finger."""

from articles.models import Category, Container
from articles.tests.browser import BrowserTestCase
from articles.tests.desk import an_editor
from articles.tests.fronts import a_front, arranged, holding, show
from articles.tests.newsroom import HOUR, dated, live
from articles.tests.test_admin_fronts import RIGHTS, url_of


class FrontTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        Category.objects.all().delete()
        self.editor = an_editor("rosa", RIGHTS)
        self.stories = live(*(dated(n * HOUR, number=n) for n in range(1, 9)))
        self.front = a_front(
            arranged(
                holding(*self.stories[:3], name="Top", layout="lead"),
                holding(*self.stories[3:5], name="Second"),
            )
        )

    def desk(self, page):
        self.log_in(page, self.editor)
        page.goto(url_of(self.front))
        page.locator(".select2").first.wait_for(state="attached")
        return page

    def placed(self):
        """The numbers of the stories in each container, as they are saved."""
        numbers = {story.pk: number for number, story in enumerate(self.stories, start=1)}
        return [
            [numbers[one.article] for one in container.placements]
            for container in self.front.head.arrangement.containers
        ]

    def shown(self, page):
        """The same, as the page shows them."""
        return [
            [
                int(text.split()[-1])
                for text in container.locator(".card-headline").all_inner_texts()
            ]
            for container in page.locator(".container").all()
        ]

    def tab_to(self, page, css):
        """Press Tab until this has the focus."""
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate("css => document.activeElement.matches(css)", css):
                return
        self.fail(f"no Tab leads to {css}")

    def said(self, page):
        return page.locator(".front-said").inner_text()

    # Without a mouse: nothing here clicks, hovers or drags

    def test_a_front_is_put_in_order_and_published_by_keys_alone(self):
        page = self.desk(self.desktop())
        self.tab_to(page, ".placed-card:nth-child(3) > .handle")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        self.assertEqual(self.shown(page), [[3, 1, 2], [4, 5]])
        self.assertIn("number 1 of 3 in “Top”", self.said(page))
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        self.assertEqual(self.shown(page), [[1, 2], [3, 4, 5]])
        self.assertIn("number 1 of 3 in “Second”", self.said(page))
        self.tab_to(page, ".placed-card .order .down")
        page.keyboard.press("Enter")
        self.assertEqual(self.shown(page), [[1, 2], [4, 3, 5]])
        self.tab_to(page, "input[name=_publish]")
        page.keyboard.press("Enter")
        page.locator(".messagelist .success").wait_for()
        self.assertEqual(self.placed(), [[1, 2], [4, 3, 5]])
        reader = self.desktop()
        reader.goto("/")
        heads = reader.locator("main :is(.card h2, .card h3, .latest .headline)").all_inner_texts()
        self.assertEqual([int(words.split()[-1]) for words in heads[:5]], [1, 2, 4, 3, 5])

    def test_a_story_is_found_and_placed_by_keys_alone(self):
        page = self.desk(self.desktop())
        self.tab_to(page, ".add-story")
        page.keyboard.press("Enter")
        field = ".select2-search__field"
        page.wait_for_function("css => document.activeElement.matches(css)", arg=field)
        page.keyboard.type("number 7")
        found = page.locator(".select2-results__option")
        self.until(lambda: ["number 7" in text for text in found.all_inner_texts()] == [True])
        page.keyboard.press("Enter")
        self.until(lambda: self.shown(page) == [[1, 2, 3, 7], [4, 5]], self.shown(page))
        self.tab_to(page, "input[name=_save]")
        page.keyboard.press("Enter")
        page.locator(".messagelist .success").wait_for()
        self.assertEqual(self.placed(), [[1, 2, 3, 7], [4, 5]])

    def test_containers_are_added_moved_and_removed_by_keys_alone(self):
        page = self.desk(self.desktop())
        self.tab_to(page, ".container-head .down")
        page.keyboard.press("Enter")
        self.assertEqual(self.shown(page), [[4, 5], [1, 2, 3]])
        self.tab_to(page, ".container:nth-child(2) > .container-head .remove")
        page.keyboard.press("Space")
        self.assertIn("“Top” is removed", self.said(page))
        self.tab_to(page, ".add-container")
        page.keyboard.press("Enter")
        page.keyboard.type("Third")
        self.tab_to(page, "input[name=_save]")
        page.keyboard.press("Enter")
        page.locator(".messagelist .success").wait_for()
        containers = self.front.head.arrangement.containers
        self.assertEqual([one.name for one in containers], ["Second", "Third"])

    # With a pointer

    def test_a_story_is_dragged_from_one_container_to_another(self):
        page = self.desk(self.open((1280, 2400)))
        page.locator(".handle").nth(1).hover()
        page.mouse.down()
        target = page.locator(".placed-card", has_text="number 5")
        for _ in range(5):  # what lies beneath moves while the story does
            box = target.bounding_box()
            page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 20, steps=8)
        page.mouse.up()
        self.assertEqual(self.shown(page), [[1, 3], [4, 2, 5]])
        page.locator("input[name=_save]").click()
        page.locator(".messagelist .success").wait_for()
        self.assertEqual(self.placed(), [[1, 3], [4, 2, 5]])

    def test_a_finger_moves_a_story_by_its_buttons_on_a_phone(self):
        page = self.desk(self.phone())
        page.locator(".placed-card").nth(1).locator(".order .up").tap()
        self.assertEqual(self.shown(page), [[2, 1, 3], [4, 5]])
        wide = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(wide, 390)

    def test_what_was_filled_automatically_is_placed_by_a_button(self):
        show(arranged(holding(self.stories[3], name="Top", size=3, fill="newest"), Container()))
        page = self.desk(self.desktop())
        page.locator(".place").first.click()
        self.assertEqual(self.shown(page), [[4, 1], []])
        page.locator("input[name=_preview]").click()
        framed = page.frame_locator("#preview iframe")
        framed.locator(".card h3").first.wait_for()
        self.assertEqual(self.placed(), [[4, 1], []])
