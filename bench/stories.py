"""Stories of a made-up newsroom, any number of them, in the shape of the sample newsroom."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from articles.story import (
    CaptionBlock,
    Contributor,
    Correction,
    PubStatus,
    QuoteBlock,
    RelatedBlock,
    RelatedPost,
    Story,
    TextBlock,
)

SOURCE = "bench"
DAYS = 900  # from the first story to the last
LAUNCH = 91  # stories of one day, and no more, in an archive of any size
NEWS = ["News", "News/World", "News/World/Asia", "News/World/Europe", "News/Politics", "News/City"]
OTHERS = ["Sport", "Sport/Rowing", "Science", "Culture", "Culture/Books", "Opinion", "Business"]
SHARE = 0.9  # of the stories are news
ONCE = "Chess"  # one story in all
TAGS = [f"{kind} {n}" for kind in ("harbour", "budget", "storm", "election") for n in range(10)]
PEOPLE = [f"{first} {last}" for first in ("Ada", "Ines", "Tom", "Vera") for last in
          ("Roth", "Fry", "Holm", "Okafor", "Lind")]  # fmt: skip
WORDS = (
    "harbour council ferry winter budget minister island storm market pilot bridge school harvest "
    "border train doctor court river museum election signal captain village budget reservoir "
    "the a of in on and to that was it for with from by said had been after before over under "
    "nobody everyone quietly slowly again twice early late cold bright heavy narrow open closed"
).split()  # fmt: skip
PARAGRAPHS = ["p", "p", "p", "h2", "p", "p", "p", "p"]


def moment(number: int, count: int, newest: datetime) -> datetime:
    """When a story was published: LAUNCH of them on one day, the others evenly over all days."""
    oldest = newest - timedelta(days=DAYS)
    launch = (oldest + timedelta(days=DAYS // 2)).replace(hour=6, minute=0)
    if number < LAUNCH:
        return launch + timedelta(minutes=10 * number)
    at = oldest + (newest - oldest) * (number - LAUNCH + 1) / (count - LAUNCH)
    return at - timedelta(days=1) if at.date() == launch.date() else at


def stories(count: int, newest: datetime) -> Iterator[Story]:
    """`count` stories, the same ones every time; the last one published at `newest`."""
    chance = random.Random(8)
    for number in range(count):
        yield story(number, moment(number, count, newest), chance)


def story(number: int, at: datetime, chance: random.Random) -> Story:
    names = chance.sample(PEOPLE, 1 + (number % 5 == 0))
    changes = {}
    if number % 50 == 7:
        said = "An earlier version named the wrong bridge."
        changes["corrections"] = (Correction(at=at + timedelta(hours=3), text=said),)
    if number % 200 == 9:
        changes["pubstatus"] = PubStatus.WITHHELD
    return Story(
        source=SOURCE,
        source_id=f"story-{number}",
        **{"pubstatus": PubStatus.USABLE, **changes},
        headline=headline(number),
        standfirst=sentence(chance, 18),
        key_points=tuple(sentence(chance, 9) for _ in range(3 * (number % 3 == 0))),
        language="en",
        byline=f"By {' and '.join(names)}",
        authors=tuple(Contributor(name=name) for name in names),
        categories=categories(number, chance),
        tags=tuple(chance.sample(TAGS, 3)),
        published_at=at,
        lead=caption(chance),
        body=body(number, chance),
        related=tuple(RelatedPost(headline=headline(n)) for n in earlier(number, chance, 2)),
    )


def headline(number: int) -> str:
    one, two, three = (WORDS[(number // n) % 24] for n in (1, 24, 576))
    return f"{one.title()} and {two} wait for the {three}, report {number}"


def categories(number: int, chance: random.Random) -> tuple[str, ...]:
    found = [chance.choice(NEWS if chance.random() < SHARE else OTHERS)]
    if number % 6 == 0:
        found.append(chance.choice(OTHERS))
    return (*dict.fromkeys(found), *([ONCE] if number == 0 else []))


def earlier(number: int, chance: random.Random, count: int) -> list[int]:
    return [chance.randrange(number) for _ in range(min(number, count))]


def sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def paragraph(chance: random.Random, kind: str) -> str:
    text = sentence(chance, 4) if kind == "h2" else " ".join(sentence(chance, 15) for _ in "abc")
    return f"<{kind}>{text}</{kind}>"


def caption(chance: random.Random) -> CaptionBlock:
    return CaptionBlock(text=sentence(chance, 12), credit="Ada Fry/Newsroom", alt="The harbour")


def body(number: int, chance: random.Random):
    html = [paragraph(chance, kind) for kind in PARAGRAPHS]
    named = [RelatedBlock(headline=headline(n)) for n in earlier(number, chance, 1)]
    quoted = [QuoteBlock(text=sentence(chance, 14), cite="The pilot")] * (number % 4 == 0)
    return (
        TextBlock(html="".join(html[:3])),
        *named,
        TextBlock(html="".join(html[3:6])),
        caption(chance),
        *quoted,
        TextBlock(html="".join(html[6:])),
    )
