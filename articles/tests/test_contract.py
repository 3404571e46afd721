"""What users and scripts rely on: the contract's names, README, docs and `--help` say the same."""

import argparse
import re
from pathlib import Path

from django.core.management import get_commands, load_command_class
from django.test import SimpleTestCase
from django.urls import Resolver404, resolve

TOP = Path(__file__).resolve().parents[2]
DOCS = TOP / "docs"

COMMANDS = {
    "read_dump": "--format --source --timezone --captured-at --categories --strict",
    "import_dump": "--format --source --timezone --captured-at --categories --strict"
    " --plan --resume --undo --draft --media-root --report --limit",
    "reread": "--run --source --format --plan --strict --report --limit",
    "prune_sources": "--older-than --plan",
    "prune_revisions": "--older-than --keep-every --plan",
    "waiting_links": "--json --limit",
    "redact": "--why --words --all --plan --backups",
    "reindex": "--live --related",
    "empty_bin": "--older-than --plan",
    "reset_second_factor": "",
    "ping": "--plan",
    "demo": "",
}
LATER_COMMANDS = {"export_dump", "doctor"}
LATER_OPTIONS = {"import_dump": {"--fetch-media", "--workers"}}
FORMATS = {"auto", "textpage", "jsonl"}
LATER = set("wxr wpjson ninjs newsml newsml12 nitf feed ans ghost drupal warc".split())
TARGETS = {"setup", "demo", "test", "torture", "bench", "lint"}
SETTINGS = set(
    "DEBUG SECRET_KEY ALLOWED_HOSTS DATABASE_URL DATABASE_REPLICA_URL CACHE_URL MEDIA_URL"
    " AWS_STORAGE_BUCKET_NAME SITE_NAME SITE_URL TIME_ZONE LANGUAGE_CODE ADMIN_PATH HTTPS"
    " HSTS_SECONDS TRUSTED_PROXIES EMAIL_URL DEFAULT_FROM_EMAIL LOG_LEVEL".split()
)
ADDRESSES = [
    "/",
    "/2024/01/29/iran-and-pakistan/",
    "/world/",
    "/world/asia/",
    "/world/asia/feed/",
    "/tag/elections/",
    "/author/ada-lovelace/",
    "/archive/",
    "/archive/2024/01/",
    "/archive/2024/01/29/",
    "/search/",
    "/search/suggest/",
    "/corrections/",
    "/feed/",
    "/sitemap.xml",
    "/sitemap/places.xml",
    "/news-sitemap.xml",
    "/robots.txt",
    "/health/live",
    "/health/ready",
    "/admin/",
]


def parser_of(command):
    loaded = load_command_class(get_commands()[command], command)
    return loaded.create_parser("manage.py", command)


def options_of(command):
    """Every spelling of every option that a command takes."""
    return {text for action in parser_of(command)._actions for text in action.option_strings}


def pages():
    """(name below docs, text) of README and of every page in docs."""
    yield "../README.md", (TOP / "README.md").read_text(encoding="utf-8")
    for path in sorted(DOCS.rglob("*.md")):
        yield str(path.relative_to(DOCS)), path.read_text(encoding="utf-8")


def code(text):
    """The lines between ``` fences and the spans between backticks, one string each."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    for block in fenced:
        yield from block.replace("\\\n", " ").splitlines()
    without = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    yield from re.findall(r"`([^`\n]+)`", without)


def targets():
    """What `make` can be told, by the Makefile."""
    return set(re.findall(r"^([a-z]+):.*##", (TOP / "Makefile").read_text(), re.MULTILINE))


def settings_read():
    """Names that settings.py asks the environment for."""
    source = (TOP / "newsroom" / "settings.py").read_text()
    asked = re.findall(r"""env\.(?:\w+)(?:,|\()\s*["']([A-Z_0-9]+)["']""", source)
    return {*asked, *re.findall(r'ask\(database, "([A-Z_]+)"', source)}


def leads_somewhere(address):
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


class CommandTests(SimpleTestCase):
    def test_the_contracts_commands_take_the_contracts_options(self):
        for command, options in COMMANDS.items():
            with self.subTest(command=command):
                self.assertLessEqual(set(options.split()), options_of(command))

    def test_every_command_there_is_stands_in_the_list_and_in_the_flow(self):
        ours = {path.stem for path in (TOP / "articles/management/commands").glob("[a-z]*.py")}
        self.assertEqual(ours, set(COMMANDS))
        (told,) = re.findall(r"^\| `management/` \|(.*)", (DOCS / "flow.md").read_text(), re.M)
        self.assertEqual(ours, set(re.findall(r"`(\w+)`", told)))

    def test_what_is_to_come_is_not_there_yet_and_the_readme_says_so(self):
        readme = (TOP / "README.md").read_text()
        later = readme.partition("## Not built yet")[2].partition("\n## ")[0]
        for command in LATER_COMMANDS:
            with self.subTest(command=command):
                self.assertNotIn(command, get_commands())
                self.assertIn(f"`{command}`", later)
        for command, options in LATER_OPTIONS.items():
            for option in options:
                with self.subTest(command=command, option=option):
                    self.assertNotIn(option, options_of(command))
                    self.assertRegex(later, rf"`(?:{command} )?{option}`")

    def test_both_dump_commands_take_the_formats_there_are_and_say_which_are_to_come(self):
        for command in ("read_dump", "import_dump"):
            action = parser_of(command)._option_string_actions["--format"]
            for name in FORMATS | LATER:
                with self.subTest(command=command, format=name):
                    if name in FORMATS:
                        self.assertEqual(action.type(name), name)
                        self.assertIn(name, action.help)
                    else:
                        with self.assertRaisesMessage(argparse.ArgumentTypeError, "not built yet"):
                            action.type(name)

    def test_every_option_says_what_it_does(self):
        for command in COMMANDS:
            for action in parser_of(command)._actions:
                with self.subTest(command=command, option=action.dest):
                    self.assertTrue(action.help and action.help is not argparse.SUPPRESS)

    def test_make_does_what_the_contract_says(self):
        self.assertLessEqual(TARGETS, targets())


class SettingTests(SimpleTestCase):
    def test_every_setting_of_the_contract_is_read(self):
        self.assertLessEqual(SETTINGS, settings_read())

    def test_every_setting_that_is_read_is_explained(self):
        explained = set(re.findall(r"`([A-Z_0-9]+)`", (TOP / "docs" / "settings.md").read_text()))
        self.assertEqual(settings_read() - explained, set())


class AddressTests(SimpleTestCase):
    def test_every_address_of_the_contract_leads_somewhere(self):
        for address in ADDRESSES:
            with self.subTest(address=address):
                self.assertTrue(leads_somewhere(address))


class PageTests(SimpleTestCase):
    """README and docs promise only what is there."""

    def test_every_command_and_option_they_show_exists(self):
        known = set(get_commands())
        for name, text in pages():
            for line in code(text):
                for command, rest in re.findall(r"manage\.py (\w+)([^|&;#]*)", line):
                    with self.subTest(page=name, line=line):
                        self.assertIn(command, known)
                        shown = set(re.findall(r"(?<!\S)(--[a-z][\w-]*)", rest))
                        self.assertLessEqual(shown, options_of(command))

    def test_every_make_target_they_show_exists(self):
        for name, text in pages():
            for line in code(text):
                for target in re.findall(r"(?:^|&& )make ([a-z]+)\b", line):
                    with self.subTest(page=name, line=line):
                        self.assertIn(target, targets())

    def test_the_files_they_point_to_exist(self):
        for name, text in pages():
            for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
                with self.subTest(page=name, link=link):
                    self.assertTrue((DOCS / name).parent.joinpath(link).exists())

    def test_the_readme_names_every_command_and_every_make_target_a_newcomer_needs(self):
        readme = (TOP / "README.md").read_text()
        for words in ("make demo", "make test", "import_dump", "LICENSE"):
            with self.subTest(words=words):
                self.assertIn(words, readme)
