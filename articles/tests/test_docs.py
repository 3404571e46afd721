"""README and docs: what they show parses, compiles, exists, and leads somewhere.

Commands, options, `make` targets and files they name are looked at in test_contract.
"""

import io
import json
import re
from types import ModuleType
from unittest.mock import patch

from django.test import SimpleTestCase

from articles.formats import FORMATS, Context, Read, items, parsed
from articles.formats.door import story_from
from articles.formats.sources import Source
from articles.story import BOOKKEEPING, Story
from articles.story import parts as story_parts

from .stories import a_full_story, a_story
from .test_architecture import modules, part, uses
from .test_contract import DOCS, TOP, options_of, pages, parser_of, settings_read

LANGUAGES = {"", "html", "ini", "json", "nginx", "python", "sh", "text", "vcl"}


def examples(page, language):
    """The fenced blocks of one language on a page of docs."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def first_column(page, header=""):
    """What stands between backticks in the first cells of tables; `header`: of that table only."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        if table.startswith(f"| {header}"):
            for cell in re.findall(r"^\|([^|]*)\|", table, re.MULTILINE):
                yield from re.findall(r"`([^`]+)`", cell)


class PageTests(SimpleTestCase):
    def test_every_page_can_be_read_at_one_sitting(self):
        for name, text in pages():
            with self.subTest(page=name):
                self.assertLessEqual(len(text.splitlines()), 200)
                self.assertLess(max(map(len, text.splitlines())), 400)

    def test_every_page_is_found_from_the_readme(self):
        readme = (TOP / "README.md").read_text("utf-8")
        for page in DOCS.glob("*.md"):
            with self.subTest(page=page.name):
                self.assertIn(f"docs/{page.name}", readme)

    def test_names_that_are_said_to_stand_in_a_module_stand_there(self):
        found = 0
        for page, text in pages():
            for name, path in re.findall(r"`([A-Z]{3,})`\s+(?:in|of)\s+`(\w+/[\w/]+\.py)`", text):
                with self.subTest(page=page, name=name, path=path):
                    self.assertRegex((TOP / path).read_text(), rf"(?m)^{name}\b.* =")
                    found += 1
        self.assertGreater(found, 0)

    def test_every_page_that_the_code_points_to_is_there(self):
        for package in ("articles", "newsroom"):
            for module, source in modules(package):
                for page in re.findall(r"\bdocs/(\w+\.md)", source):
                    with self.subTest(module=module, page=page):
                        self.assertTrue((DOCS / page).exists())

    def test_a_heading_that_is_linked_is_there(self):
        for name, text in pages():
            for link, anchor in re.findall(r"\]\(([^)#:\s]*)#([^)]+)\)", text):
                target = (DOCS / name).parent.joinpath(link).read_text("utf-8") if link else text
                headings = re.findall(r"^#+ (.+)$", target, re.MULTILINE)
                slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
                with self.subTest(page=name, link=link):
                    self.assertIn(anchor, slugs)

    def test_every_page_says_in_which_language_its_examples_are(self):
        for name, text in pages():
            fences = re.findall(r"^```(.*)$", text, re.MULTILINE)
            with self.subTest(page=name):
                self.assertEqual(len(fences) % 2, 0)
                self.assertLessEqual(set(fences), LANGUAGES)

    def test_every_screenshot_is_small_and_shown_somewhere_or_made_by_the_script(self):
        made = [*(DOCS / "screenshots").glob("*")]
        self.assertTrue(made)
        for picture in made:
            with self.subTest(picture=picture.name):
                self.assertLess(picture.stat().st_size, 250_000)


class ExampleTests(SimpleTestCase):
    def test_every_example_of_python_compiles(self):
        for name, text in pages():
            for example in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
                with self.subTest(page=name, example=example[:60]):
                    compile(example, name, "exec")

    def test_the_story_shown_is_a_story_with_every_field_and_every_kind_of_block(self):
        (example,) = examples("story.md", "json")
        story = Story.from_json(example)
        self.assertEqual(set(story.as_dict()), set(Story.__struct_fields__))
        kinds = {type(block) for block in (*story.body, story.lead)}
        self.assertEqual(kinds, set(story_parts.Block.__subclasses__()))
        tidied = story_from(json.loads(example))
        self.assertEqual(tidied, story, "it is not in its one spelling")

    def test_the_tables_name_every_field_of_a_story_and_every_kind_of_block(self):
        kinds = {kind.__struct_config__.tag for kind in story_parts.Block.__subclasses__()}
        self.assertEqual(set(first_column("story.md")), {*Story.__struct_fields__, *kinds})

    def test_what_is_said_to_be_bookkeeping_is(self):
        text = (DOCS / "story.md").read_text("utf-8")
        told = re.search(r"`Story.content\(\)` is the Story without (.*?)\. ", text, re.DOTALL)[1]
        self.assertEqual(set(re.findall(r"`(\w+)`", told)), BOOKKEEPING)

    def test_the_example_of_using_a_story_runs(self):
        (example,) = examples("story.md", "python")
        with patch("builtins.print") as printed:
            exec(compile(example, "story.md", "exec"), {})
        self.assertIn(str(printed.call_args[0][0]), example)

    def test_the_page_in_the_layout_is_read_as_the_table_below_it_says(self):
        (page,) = examples("formats.md", "text")
        story = FORMATS["textpage"].parse(page.encode(), Context(name="night-ferry"))
        self.assertEqual(story.headline, "Night ferry returns after nine winters")
        self.assertEqual(story.standfirst, "Forty people, two horses and the post of eleven days")
        self.assertEqual((story.byline, story.published_at.day), ("Ines Roth", 29))
        self.assertEqual((story.lead.title, len(story.key_points)), ("The first night", 2))
        kinds = [block.__struct_config__.tag for block in story.body]
        self.assertEqual(kinds, ["text", "related", "caption"])
        self.assertEqual([post.age for post in story.recent], ["14 hours ago"])


class NewFormatTests(SimpleTestCase):
    """The format that docs/formats.md adds is a format."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slips = ModuleType("slips")
        exec(compile(examples("formats.md", "python")[0], "slips", "exec"), vars(cls.slips))

    def test_it_reads_a_wire_of_slips(self):
        wire = b"SLIP 1\nFog\n\nIt came.\n\nIt stayed.\n+\nSLIP 2\nNo fog\n+\nnonsense\n+\n"
        source = Source("wire", "wire", None, lambda: io.BytesIO(wire))
        with patch.dict(FORMATS, {"slips": self.slips}, clear=True):
            found = items(source, context=Context(source="harbour"))
            first, second, third = map(parsed, found)
        self.assertEqual(first.story.body[0].html, "<p>It came.</p><p>It stayed.</p>")
        self.assertEqual((second.story.source_id, second.story.headline), ("2", "No fog"))
        self.assertEqual((isinstance(third, Read), third.reason), (False, "the slip has no number"))

    def test_what_it_writes_is_read_as_what_it_can_carry(self):
        for story in (a_story(), a_full_story(), a_story(body=())):
            (item,) = self.slips.split(io.BytesIO(self.slips.write(story)))
            again = self.slips.parse(item, Context(source=story.source))
            self.assertEqual(again, self.slips.carried(story))


class NamesTests(SimpleTestCase):
    def test_the_flow_names_every_module_and_no_other(self):
        there = {part(module) for module, _ in modules("articles")} - {"__init__"}
        self.assertEqual({name.rstrip("/") for name in first_column("flow.md")}, there)

    def test_the_flow_tells_the_modules_in_their_order(self):
        order = [name.rstrip("/") for name in first_column("flow.md")]
        for _, own, name, other in uses():
            with self.subTest(module=own, imports=name):
                self.assertLessEqual({own, other}, set(order))
                self.assertLess(order.index(other), order.index(own))

    def test_every_option_of_the_dump_commands_is_explained_and_no_other(self):
        told = {name for name in first_column("importing.md") if name.startswith("--")}
        django = options_of("reindex") - {"--live"}
        there = {o for o in options_of("import_dump") - django if o.startswith("--")}
        self.assertEqual(told, there)

    def test_the_options_said_to_be_of_both_are_of_both(self):
        text = (DOCS / "importing.md").read_text("utf-8")
        shared = text.partition("## Options of both")[2].partition("\n## ")[0]
        told = set(re.findall(r"^\| `(--[\w-]+)`", shared, re.MULTILINE))
        self.assertEqual(told, options_of("read_dump") & told)
        own = set(options_of("import_dump")) - set(options_of("read_dump"))
        self.assertFalse(told & own)

    def test_every_format_is_named_where_the_option_is(self):
        text = (DOCS / "importing.md").read_text("utf-8")
        (line,) = re.findall(r"^\| `--format`.*$", text, re.MULTILINE)
        self.assertEqual(set(re.findall(r"`(\w+)`", line)), {"auto", *FORMATS})
        self.assertIn("--format", parser_of("read_dump").format_help())

    def test_every_setting_is_documented_and_every_documented_one_is_read(self):
        told = {name for name in first_column("settings.md") if name.isupper()}
        self.assertEqual(
            told - {"SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"} - settings_read(), set()
        )

    def test_every_package_is_accounted_for_with_the_version_that_is_pinned(self):
        pinned = dict(
            re.findall(r"^([\w.-]+)==([\w.]+)", (TOP / "requirements.txt").read_text(), re.M)
        )
        asked = re.findall(r"^([A-Za-z][\w.-]*)", (TOP / "requirements.in").read_text(), re.M)
        table = (DOCS / "dependencies.md").read_text("utf-8")
        for name in asked:
            with self.subTest(package=name):
                version = pinned[name.lower()]
                self.assertRegex(table, rf"(?m)^\| {re.escape(name)} {re.escape(version)} ")
