"""Who may do what: every address, as every role, in every state of a story, by every method.

What is expected stands in `matrix.tables`, for people to read."""

import re
from pathlib import Path

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, SimpleTestCase, TestCase, tag

from articles import custody
from articles.tests.desk import stored
from articles.tests.matrix import looked, pages, tables, walk
from articles.tests.matrix.states import STATES, Newsroom
from articles.tests.stories import a_story

DESK = walk.cells(tables.DESK, tables.KINDS)
BINNED = walk.cells(tables.BINNED, tables.KINDS)
STORY, BY_STATE = walk.cells(tables.STORY), walk.cells(tables.STATES)
SITE, READERS = walk.cells(tables.SITE), walk.cells(tables.READERS, tables.FEEDS)
USUAL = ("GET", "POST")
# Who stands for all the others where a cell depends on something else than the role: somebody who
# may nothing, may only look, may do everything.
FEW = ("anon", "viewer", "super")
BUTTON = {"publish": {"_publish": "1"}}  # of the form of a story: saved, then published


class TableTests(SimpleTestCase):
    def test_every_address_is_in_the_tables(self):
        told = {page.partition("+")[0] for page, _method in [*DESK, *SITE, *READERS]}
        told |= {f"admin:articles_article_{page}" for page, _method in STORY}
        self.assertEqual(sorted(set(walk.routes()) - told), [], "addresses missing in the tables")
        told = {page for page in told if "+" not in page}
        self.assertEqual(sorted(told - set(walk.routes())), [], "told, but there is no such page")

    def test_every_role_and_every_state_has_its_column(self):
        for found in (DESK, STORY, BINNED):
            for row in found.values():
                self.assertEqual(list(row), list(tables.ROLES))
        for found in (BY_STATE, READERS):
            for row in found.values():
                self.assertEqual(set(row), set(STATES))


class LookedTests(SimpleTestCase):
    """A browser looks at every page there is, if not in every run."""

    def check(self, there, often, seldom, no_page=frozenset()):
        told = often | seldom | no_page
        self.assertEqual(sorted(there - told), [], "in none of the lists of `looked`")
        self.assertEqual(sorted(told - there), [], "in a list, but there is no such page")
        self.assertEqual(often & seldom, set())

    def test_every_page_of_the_desk_is_looked_at(self):
        shown = {p for p, _m in DESK if "+" not in p and looked.there(DESK, p) == "200"}
        self.check(shown, looked.OFTEN, looked.SELDOM, looked.NO_PAGE)

    def test_so_is_every_page_of_a_story(self):
        shown = {p for p in pages.STORY_PAGES if looked.there(STORY, p) in ("200", "state")}
        self.check(shown, looked.STORY_OFTEN, looked.STORY_SELDOM)


class PageTests(SimpleTestCase):
    def test_every_test_the_page_of_dangers_names_is_there(self):
        here = Path(__file__).parent
        text = (here.parents[1] / "docs/security.md").read_text(encoding="utf-8")
        named = re.findall(r"`(test_\w+)(?:\.(\w+))?`", text)
        self.assertGreater(len(named), 30)
        for module, name in named:
            source = (here / f"{module}.py").read_text(encoding="utf-8")
            self.assertIn(f"class {name}", source, module)

    def test_every_module_it_names_is_there(self):
        top = Path(__file__).resolve().parents[2]
        text = (top / "docs/security.md").read_text(encoding="utf-8")
        for name in re.findall(r"`((?:articles|newsroom)/[\w/.]+)`", text):
            self.assertTrue((top / name).exists() or (top / f"{name}.py").exists(), name)


class Matrix(TestCase):
    ODD = FEW  # by whom the methods are tried that no page of ours sends
    # Rights do not depend on what stores them: everybody walks on one database, few on the other.
    WHO = tables.ROLES if connection.vendor == "postgresql" else FEW
    THERE = FEW if connection.vendor == "postgresql" else FEW[-1:]  # in the other states

    @classmethod
    def setUpTestData(cls):
        cls.boss = User.objects.create_superuser("vera")
        cls.newsroom = Newsroom(cls.boss)
        pages.one_of_each(cls.boss)
        cls.binned = stored(a_story(99, headline="Spiked"))
        custody.throw_away(cls.binned, by=cls.boss)
        cls.clients = walk.clients(tables.ROLES)
        cls.forger = Client(enforce_csrf_checks=True)
        cls.forger.force_login(cls.boss, "django.contrib.auth.backends.ModelBackend")

    maxDiff = None

    def setUp(self):
        self.before = walk.digest()
        self.wrong = []

    def walk(self, page, path, method, wanted, body=None, roles=None):
        """One cell of each of these columns of a row."""
        roles = roles or self.WHO
        for role in roles:
            # The rights decide before a page is drawn: who sees all of it drew it for its form.
            call = method, path, body, role == "super" and method == "POST"
            self.check(f"{page} {role} {method}", self.clients[role], call, wanted[role])

    def check(self, cell, client, call, wanted):
        done = walk.ask(client, *call)
        if done.answer != wanted.rstrip("!"):
            self.wrong.append(f"{cell}: {done.answer}, not {wanted}")
        if done.wrote and wanted != "done" and not wanted.endswith("!"):
            self.look_again(cell, client, call)
        return done

    def look_again(self, cell, client, call):
        """Something was written: whether it stayed is seen when nobody takes it back."""
        walk.Call(client, *call)
        after = walk.digest()
        changed = [name for name, rows in after.items() if self.before[name] != rows]
        if changed:
            self.wrong.append(f"{cell}: changed {', '.join(changed)}")
            self.before = after

    def tearDown(self):
        self.assertEqual("\n".join(self.wrong), "")
        self.assertEqual(walk.digest(), self.before)


class DeskTests(Matrix):
    def test_each_role_gets_what_its_rights_give_and_no_more(self):
        found = pages.staff_pages()
        self.assertEqual(set(found), {page for page, _method in DESK if "+" not in page})
        for page, path in found.items():
            body = self.body(page, path)
            for method in walk.METHODS:
                roles = self.WHO if method in USUAL else self.ODD
                self.walk(page, path, method, walk.row(DESK, page, method), body, roles)

    def test_publishing_at_once_needs_the_right_to_publish(self):
        path = pages.staff_pages()["admin:articles_article_add"]
        body = self.body("admin:articles_article_add", path) | BUTTON["publish"]
        self.walk("add", path, "POST", DESK["admin:articles_article_add+publish", "POST"], body)

    def body(self, page, path):
        offered = {} if page == "admin:logout" else walk.form_in(self.clients["super"].get(path))
        return pages.body_for(page, offered)

    def test_nothing_can_be_sent_from_a_page_of_somebody_else(self):
        for page, path in pages.staff_pages().items():
            self.check(f"{page} forged", self.forger, ("POST", path, {}), "403")


class StoryTests(Matrix):
    """Every role in one state, and few of them in the others. `EveryStateTests` has it all."""

    WHOLE = {"live"}

    def test_each_role_may_do_to_a_story_what_its_state_allows(self):
        for state in STATES:
            whole = state in self.WHOLE
            for page in pages.STORY_PAGES:
                path = pages.story_page(self.newsroom[state], page)
                offered = walk.form_in(self.clients["super"].get(path))
                body = pages.body_for(f"articles_article_{page}", offered)
                for method in walk.METHODS if whole else USUAL:
                    roles = (self.WHO if method in USUAL else self.ODD) if whole else self.THERE
                    wanted = self.wanted(page, method, state)
                    self.walk(f"{state} {page}", path, method, wanted, body, roles)

    def test_a_story_in_the_bin_is_not_there(self):
        for page in pages.STORY_PAGES:
            path = pages.story_page(self.binned, page)
            for method in walk.METHODS:
                roles = self.WHO if method in USUAL else self.ODD
                self.walk(f"binned {page}", path, method, walk.row(BINNED, page, method), {}, roles)

    def wanted(self, page, method, state):
        row = walk.row(STORY, page, method)
        if "state" not in row.values():
            return row
        told = walk.row(BY_STATE, page, method)[state]
        return {role: told if cell == "state" else cell for role, cell in row.items()}

    def test_the_button_in_the_form_of_a_story_needs_the_right_to_publish(self):
        for state in STATES:
            path = pages.story_page(self.newsroom[state], "change")
            offered = walk.form_in(self.clients["super"].get(path))
            body = pages.body_for("articles_article_change", offered) | BUTTON["publish"]
            roles = self.WHO if state in self.WHOLE else self.THERE
            wanted = STORY["change+publish", "POST"]
            self.walk(f"{state} +publish", path, "POST", wanted, body, roles)

    def test_no_act_can_be_sent_from_a_page_of_somebody_else(self):
        for page in pages.STORY_PAGES:
            path = pages.story_page(self.newsroom["pending"], page)
            self.check(f"{page} forged", self.forger, ("POST", path, {}), "403")


@tag("torture")
class EveryMethodTests(DeskTests):
    ODD = WHO = tables.ROLES


@tag("torture")
class EveryStateTests(StoryTests):
    WHOLE = set(STATES)
    ODD = WHO = tables.ROLES


class ReaderTests(Matrix):
    """Everybody looks; few try to do anything. `EveryReaderTests` has it all."""

    def test_pages_of_the_site_are_there_for_everybody(self):
        for page, path in pages.reader_pages().items():
            self.for_everybody(page, path, SITE[page, "GET"]["answer"])

    def test_what_is_filed_under_a_story_is_there_while_the_story_is(self):
        for state in STATES:
            for page, path in pages.pages_of_story(self.newsroom[state], state).items():
                self.for_everybody(f"{state} {page}", path, READERS[page, "GET"][state])

    def for_everybody(self, page, path, told):
        same = self.clients["anon"].get(path).content
        for role in self.WHO:
            for method in walk.METHODS if role in self.ODD else ("GET",):
                wanted = told if method in ("GET", "HEAD") else "405"
                call = method, path, None
                done = self.check(f"{page} {role} {method}", self.clients[role], call, wanted)
                if method == "GET" and done.response.content != same:
                    self.wrong.append(f"{page}: {role} gets other bytes than a reader")
                if done.response.cookies:
                    self.wrong.append(f"{page}: {role} gets a cookie")


@tag("torture")
class EveryReaderTests(ReaderTests):
    ODD = WHO = tables.ROLES
