"""Text pages of a made-up newsroom, as an extractor leaves them of a news site's pages.

Categories, a headline, on some pages a film, key points, the body with headlines of related
stories in capitals and captions that end in a credit, the day, "Share", and a rail of six.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from stories import LAUNCH, categories, earlier, headline, moment, sentence

AGES = ("14 hours ago", "22 hours ago", "2 days ago", "2 days ago", "3 days ago", "1 week ago")
CREDITS = ("AP Photo/Ada Fry", "Getty Images", "Harbour Office via AP", "Tom Holm/Newsroom, File")


def write_pages(folder: Path, count: int, newest: datetime) -> tuple[Path, int]:
    """`count` pages, the same ones every time, a thousand to a folder."""
    folder, chance = folder / str(count), random.Random(8)
    for number in range(count):
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        at = moment(number, count, newest)
        text = "\n\n".join(page(number, at, chance)) + "\n"
        (place / f"page-{number}.txt").write_text(text, "utf-8")
    return folder, count


def page(number: int, at: datetime, chance: random.Random) -> Iterator[str]:
    names = [words.rpartition("/")[2] for words in categories(number, chance)]
    yield f"Categories: {', '.join(names)}"
    yield headline(number)
    if number % 2 == 0:
        yield "close Video"
        yield f"{chance.choice(CREDITS).partition('/')[0]}: {sentence(chance, 6)[:-1]}"
        yield f"{sentence(chance, 24)[:-1]} on ‘The Evening News.’"
    if number % 3:
        yield "\n".join(f"  • {sentence(chance, 17)}" for _ in range(3))
    yield from body(number, chance)
    day, clock = f"{at:%B} {at.day}, {at:%Y}", f"{at.hour % 12 or 12}:{at:%M %p}"
    yield f"This post was last modified on {day} {clock}"
    yield "Share"
    yield from rail(number, chance)


def body(number: int, chance: random.Random) -> Iterator[str]:
    """Fifteen paragraphs, and among them what a page puts between paragraphs."""
    between = {5: caption(chance)}
    for place, other in zip((3, 11), earlier(number, chance, 2), strict=False):
        between[place] = headline(other).upper()
    for place in range(15):
        if place in between:
            yield between[place]
        yield " ".join(sentence(chance, 16) for _ in range(chance.choice((1, 2, 3))))
    if number % 4 == 0:
        yield "The Associated Press contributed to this report."


def caption(chance: random.Random) -> str:
    return f"{sentence(chance, 30)} ({chance.choice(CREDITS)})"


def rail(number: int, chance: random.Random) -> Iterator[str]:
    """Six other stories: headline, fifteen words, age."""
    yield "Recent Posts"
    for place, age in enumerate(AGES, start=1):
        yield headline(number + LAUNCH + place)
        yield f"{sentence(chance, 15)[:-1]}…"
        yield age
