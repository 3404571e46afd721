"""What the first pages of a batch tell about all of them.

- Lines that repeat over *different* stories are printed by the site: menus, its advertisements,
  its newsletter. Not so what journalism repeats: whole sentences (the background of a running
  story, "… contributed to this report."), credits and bylines, and the headline of another story,
  to which several pages may lead. Twice the same page is one page.
- Names of sections that stand alone or between commas tell apart those that run together.
- Headlines, of pages and in their rails, tell what a line in CAPITALS is.

The answer is a JSON value of bounded size, the same for the same pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articles.formats.context import Context
from articles.story import NAME_LENGTH, StoryError, headline_key

from . import categories, labels
from .body import is_advertisement, is_capitals, is_sentence, is_short_capitals
from .captions import credited, is_credit_alone
from .decoding import decoded
from .head import read_head
from .lesson import LONGEST_LINE, lines_of, mark_of
from .paragraphs import Paragraph, is_template, paragraphs
from .tail import read_tail

READ = 100_000  # bytes of each page
MOST_LINES, MOST_NAMES, MOST_HEADLINES = 1000, 1000, 10_000
SHORTEST = 4  # letters and digits of a line that is counted

# On how many stories, and on what share of all, a line must stand to be the site's.
ASKING = 3, 0.05  # it asks its reader to do something
SHOUTED = 4, 0.1  # in CAPITALS, as long as a headline
PLAIN = 5, 0.5  # short, no sentence: a menu's words, but a series repeats its subheads too
SITE_NAME = 3, 0.5  # what seems to be the headline of so many is none

_asks = re.compile(
    r"\b(?:you|your|our|us|click|sign up|subscribe|follow|download|watch|listen|newsletter|app"
    r"|check out|read more|join|inbox)\b",
    re.IGNORECASE,
)
_journalism = re.compile(
    r"\bcontributed\b|\breport(?:ed|ing)\b|\bedit(?:ed|ing) by\b|\bwith files from\b|\btranslat",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page, as far as it teaches. `lead`: letters its first long paragraph begins with."""

    headline: str
    lead: str
    lines: dict[str, str]
    sections: str
    rail: tuple[str, ...]


def learn(items: Iterable[bytes], context: Context) -> dict[str, Any]:
    """See the module. `parse` finds the answer in `context.learned`."""
    pages = [page for item in items if (page := _seen(item, context.categories))]
    site = _site_names(pages)
    stories = {_story(page, site) for page in pages}
    headlines = {key for page in pages if (key := headline_key(page.headline)) not in site}
    headlines |= {headline_key(headline) for page in pages for headline in page.rail}
    return {
        "pages": len(stories),
        "repeated": _repeated(pages, site, headlines, len(stories)),
        "categories": _sections([page.sections for page in pages if page.sections]),
        "headlines": sorted(mark_of(key) for key in headlines if key)[:MOST_HEADLINES],
    }


def _seen(item: bytes, known: Sequence[str]) -> _Seen | None:
    try:
        text, _ = decoded(item[:READ])
        whole = paragraphs(text)
        tail = read_tail(whole)
        head = read_head(whole[: tail.start], known, tail.recent)
    except (StoryError, ValueError, RecursionError):
        return None  # it will be refused when its turn comes
    own = whole[: tail.start]
    if len(own) < 2:
        return None
    lead = next((p.text for p in own if len(p.text) > 100 and not p.is_list), "")
    return _Seen(
        head.headline,
        headline_key(lead[:200]),
        {headline_key(line): line for line in _countable(own)},
        next((found["names"] for p in own if (found := _categories(p))), "").strip(),
        tuple(entry.headline for entry in (*tail.recent, *tail.related)),
    )


def _categories(paragraph: Paragraph) -> re.Match[str] | None:
    return None if paragraph.is_list else labels.category_line.fullmatch(paragraph.text)


def _countable(own: Iterable[Paragraph]) -> Iterator[str]:
    """Lines that could be the site's and not the story's."""
    before = ""
    for paragraph in own:
        for line in lines_of(paragraph):
            named = labels.published_by.fullmatch(before)
            before = line
            if len(line) <= LONGEST_LINE and not (named or _is_the_storys(line)):
                yield line


def _is_the_storys(line: str) -> bool:
    return bool(
        len(headline_key(line)) < SHORTEST
        or is_template(line)
        or labels.byline_line.fullmatch(line)
        or _journalism.search(line)
        or is_credit_alone(line)
        or credited(line)
    )


def _site_names(pages: Sequence[_Seen]) -> set[str]:
    """What seems to be the headline of pages with different texts."""
    leads: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        leads[headline_key(page.headline)].add(page.lead)
    different = len({page.lead for page in pages})
    return {key for key, texts in leads.items() if _enough(len(texts), different, SITE_NAME)}


def _story(page: _Seen, site: set[str]) -> str:
    """What tells one story from another, however often a page of it was saved."""
    key = headline_key(page.headline)
    return page.lead if key in site else key


def _enough(times: int, pages: int, wanted: tuple[int, float]) -> bool:
    least, share = wanted
    return times >= least and times >= share * pages


def _repeated(
    pages: Sequence[_Seen], site: set[str], headlines: set[str], stories: int
) -> dict[str, int]:
    where: dict[str, set[str]] = defaultdict(set)
    printed: dict[str, str] = {}
    for page in pages:
        for key, line in page.lines.items():
            where[key].add(_story(page, site))
            printed.setdefault(key, line)
    times = Counter({key: len(on) for key, on in where.items()})
    found = {
        key: count
        for key, count in sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
        if count > 2 and key not in headlines and _enough(count, stories, _wanted(printed[key]))
    }
    return dict(list(found.items())[:MOST_LINES])


def _wanted(line: str) -> tuple[int, float]:
    """How often a line must stand to be the site's, by what it looks like."""
    if is_advertisement(line):
        return ASKING
    if is_sentence(line) and not line.endswith("?"):
        return ASKING if _asks.search(line) else (1, 2.0)  # never
    if is_capitals(line):
        if _asks.search(line):
            return ASKING
        return PLAIN if is_short_capitals(line) else SHOUTED
    return PLAIN


def _sections(lines: Sequence[str]) -> list[str]:
    """Names that stand between commas, or alone and cannot be made of others that do."""
    listed = {name.strip() for line in lines if "," in line for name in line.split(",")}
    alone = {line for line in lines if "," not in line}
    names = listed | {line for line in alone if len(categories.parted(line)) == 1}
    for line in sorted(alone - names, key=lambda line: (len(line), line)):
        if categories.is_spaced(line) and not categories.is_made_of(line, sorted(names)):
            names.add(line)
    return sorted(name for name in names if 0 < len(name) <= NAME_LENGTH)[:MOST_NAMES]
