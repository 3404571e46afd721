"""The texts of readers' pages, and their translations in articles/locale.

    make messages        or: python .ci/messages.py [LANGUAGE…]

looks through the templates and modules that readers' pages are made of, brings every catalog (and
those of the languages named here, which may be new) up to date, and compiles them. What is new
stands in the .po files with nothing behind it; what nobody says any more is gone from them.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

TOP = Path(__file__).resolve().parent.parent
LOCALE = TOP / "articles" / "locale"
DOMAIN = "django"
# What readers see. Add what the desk sees (articles/admin, templates/admin, articles/models …) to
# translate that, too.
TEMPLATES = ["articles/**/*.html", "404.html", "410.html", "500.html"]
MODULES = [
    *("views/**/*.py", "syndication/**/*.py", "rendering/**/*.py"),
    *("narrowing.py", "templatetags/story.py"),
]
HEAD = """msgid ""
msgstr ""
"Language: {catalog.locale_identifier}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {catalog.plural_forms}\\n"

"""
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": spec for name, spec in DEFAULT_KEYWORDS.items() if "gettext" in name},
}


def found() -> Catalog:
    """Every text, and where it stands."""
    catalog = Catalog(fuzzy=False)
    for path, source in sources():
        for line, text, comments, context in extract("python", io.BytesIO(source), KEYWORDS):
            place = (str(path.relative_to(TOP)), line)
            catalog.add(text, locations=[place], auto_comments=comments, context=context)
    return catalog


def sources() -> Iterator[tuple[Path, bytes]]:
    """(path, what it says in Python)."""
    for path in _paths(TOP / "templates", TEMPLATES):
        made = templatize(path.read_text(encoding="utf-8"), str(path))
        # Nothing of it is indented, or Python could not be read.
        yield path, re.sub(r"^[ \t]+", "", made, flags=re.MULTILINE).encode()
    for path in _paths(TOP / "articles", MODULES):
        yield path, path.read_bytes()


def _paths(top: Path, patterns: list[str]) -> list[Path]:
    return sorted({path for pattern in patterns for path in top.glob(pattern)})


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def languages() -> list[str]:
    return sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def read(language: str) -> Catalog:
    with path_of(language).open("rb") as stream:
        return read_po(stream, locale=language)


def told(catalog: Catalog) -> str:
    """As the text of a .po file. With no moments and no lines of places, which would make it
    another text with every change elsewhere."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=100, sort_by_file=True, include_lineno=False)
    _head, _gap, rest = stream.getvalue().decode().partition("\n\n")
    return HEAD.format(catalog=catalog) + rest


def compiled(catalog: Catalog) -> bytes:
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def update(language: str, texts: Catalog) -> int:
    """Bring a catalog up to date; how many of its texts wait for a translation."""
    path = path_of(language)
    catalog = Catalog(locale=language, fuzzy=False)
    if path.exists():
        catalog = read(language)
    catalog.update(texts, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(told(catalog), "utf-8")
    path.with_suffix(".mo").write_bytes(compiled(read(language)))
    return sum(1 for message in catalog if message.id and not is_said(message))


def is_said(message) -> bool:
    """Whether there is a translation of it, in every number."""
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(said)


def main(wanted: list[str]) -> int:
    texts = found()
    print(f"{len(texts)} texts")
    for language in sorted({*languages(), *wanted}):
        print(f"{language}: {update(language, texts)} to be translated")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
