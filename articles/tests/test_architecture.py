"""The flow goes one way: dump → formats → Story → store → Article → publishing → readers."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from django.test import SimpleTestCase

TOP = Path(__file__).resolve().parents[2]

# What the innermost parts may use of ours. The others may use any part that is no interface, as
# long as no two parts need each other.
ALLOWED = {
    "story": set(),
    "prose": {"story"},
    "formats": {"story", "prose"},
    "merge": {"story", "prose"},
    "pictures": set(),
    "models": {"story", "prose", "pictures"},
}
WITHOUT_DJANGO = {"story", "prose", "formats", "merge"}
INTERFACES = {"admin", "views", "feeds", "sitemaps", "filters", "urls", "management"}
# An interface is used by nobody but these.
MAY_IMPORT = {
    "views": {"urls", "admin"},  # the preview is the readers' page
    "feeds": {"urls"},
    "sitemaps": {"urls"},
    "filters": {"views", "admin"},
    "urls": set(),
    "admin": set(),
    "management": set(),
}


def imports(source, module):
    """Full dotted names of all that a module imports, at its top or inside a function.

    `module` is its own dotted name; a package's ends in `.__init__`."""
    package = module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = [*base, *(node.module.split(".") if node.module else [])]
            yield from (".".join([*start, alias.name]) for alias in node.names)


def modules(package):
    """(dotted name, source) of every module that is not a test or a migration."""
    for path in sorted((TOP / package).rglob("*.py")):
        parts = path.relative_to(TOP).with_suffix("").parts
        if not {"tests", "migrations"} & set(parts):
            yield ".".join(parts), path.read_text(encoding="utf-8")


def part(name):
    """`articles.formats.jsonl.read` → `formats`; None outside the app, and for the app itself."""
    names = name.split(".")
    return names[1] if names[0] == "articles" and len(names) > 1 else None


def uses():
    """(module, its part, name imported, that name's part) for every import inside the app."""
    for module, source in modules("articles"):
        for name in imports(source, module):
            if part(name) not in (None, part(module)):
                yield module, part(module), name, part(name)


class ArchitectureTests(SimpleTestCase):
    def test_this_test_sees_every_way_to_import(self):
        source = "import a.b\nfrom . import x\nfrom ..story import Story\ndef f():\n    import late"
        found = list(imports(source, "articles.models.article"))
        self.assertEqual(found, ["a.b", "articles.models.x", "articles.story.Story", "late"])

    def test_the_inner_parts_use_only_what_lies_before_them(self):
        for module, own, name, other in uses():
            with self.subTest(module=module, imports=name):
                self.assertIn(other, ALLOWED.get(own, {other}))

    def test_nothing_reaches_back_into_an_interface(self):
        for module, own, name, other in uses():
            if other in INTERFACES:
                with self.subTest(module=module, imports=name):
                    self.assertIn(own, MAY_IMPORT[other])

    def test_no_two_parts_need_each_other(self):
        graph = {}
        for _, own, _, other in uses():
            graph.setdefault(own, set()).add(other)
        try:
            list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            self.fail(" ← ".join(error.args[1]))

    def test_a_story_can_be_read_and_written_without_django(self):
        for module, source in modules("articles"):
            if part(module) in WITHOUT_DJANGO:
                with self.subTest(module=module):
                    roots = {name.split(".")[0] for name in imports(source, module)}
                    self.assertNotIn("django", roots)

    def test_the_project_knows_nothing_about_news(self):
        for module, source in modules("newsroom"):
            with self.subTest(module=module):
                self.assertNotIn("articles", {n.split(".")[0] for n in imports(source, module)})

    def test_every_part_of_the_flow_is_there(self):
        there = {part(module) for module, _ in modules("articles")}
        flow = {"story", "prose", "formats", "store", "models", "publishing", "admin", "views"}
        self.assertLessEqual(flow, there)
