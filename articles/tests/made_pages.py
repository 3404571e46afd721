"""Story pages put together at random, in every variation of the layout, and what is on them.

`make(random)` answers a page as bytes with its `Gold`, which is known because the page was made
of it; `missed(story, gold)` says what a reader got wrong. What must agree are letters and digits:
spaces, quotation marks and case may differ.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from random import Random

from articles.story import CaptionBlock, RelatedBlock, Story, TextBlock

WHO = (
    "The harbour board|Pilots on the Sound|Ada Fry, who keeps the light|The mayor of Ostmere"
    "|Two families from Corrin|The ferry company|Fishermen of the north shore|Doctor Ilse Brandt"
    "|The assembly|Police in Wendmouth|A spokesman for the U.S. Coast Guard|The old keeper"
).split("|")
DID = (
    "said on Monday that|told reporters that|has known since Jan. 17 that|denied that"
    "|could not say whether|learned in a letter that|repeated at a news conference that"
    "|wrote to the ministry that|hopes that|warned for the third time that"
).split("|")
WHAT = (
    "the boat would sail again before the spring|nobody had been hurt when the quay gave way"
    "|the post of eleven days was still in the hold|a ticket would cost 14 crowns"
    "|“fog is no reason to stay at home,” as one of them put it|the bridge opens at six"
    "|both sides had agreed to resume their talks (they had broken off in 2019)"
    "|the school on the island has four pupils and no teacher|herring had come back to the Sound"
    "|the lamp burned for nine nights, and then went out|money for the tide mill is not there"
).split("|")
HEADS = (
    "Night ferry returns after nine winters|Herring return to the Sound|Fog again over Ostmere"
    "|U.S. sends two cutters to the islands|Keeper of the light retires: ‘I have seen enough’"
    "|What the tide mill costs, and who pays|Islands vote to keep their own time"
    "|Storm Agathe takes the roof of the library|Pilots ask for a second boat in the Sound"
    "|Doctor leaves Corrin after 31 years at sea|WEEKLY LETTER: A winter without a ferry"
    "|Why the bridge at Velk opens only at night|Comet stands over the roofs of Wendmouth"
).split("|")
SUBHEADS = "What happens next|A winter of fog|The price of a ticket|Who pays?|Nine nights".split(
    "|"
)
LOUD_SUBHEADS = "WHO IS INVOLVED?|WHAT HAPPENS NEXT?|THE BACKGROUND|WHY NOW?|THE COST".split("|")
SITE_ADS = (
    "CLICK HERE TO GET THE GAZETTE APP|LIKE WHAT YOU'RE READING? CLICK HERE FOR MORE HARBOUR NEWS"
    "|CLICK HERE FOR MORE COVERAGE OF THE SOUND|SIGN UP FOR OUR MORNING LETTER"
    "|Click here to get the Gazette app|GET THE GAZETTE APP TODAY|Advertisement"
    "|LIKE WHAT YOU’RE READING? FIND MORE ON THE HARBOUR HUB"
).split("|")
CREDITS = (
    "(AP Photo/Ines Roth, File)|(Getty Images)|(Ministry of Ferries via AP)|((AP Photo/Ines Roth) )"
    "|(Ines Roth/Harbour Gazette)|(Photo by Ines Roth/AFP via Getty Images)|(REUTERS/Ines Roth)"
    "|(AP)|(Photo: Ines Roth)|(Ostmere Police Department)|(Ines Roth)|(iStock)|(Harbour Gazette)"
    "|(Courtesy of the Brandt family)|(U.S. Coast Guard via AP, File)|(@inesroth / Instagram)"
    "|(Saul Loeb/AFP via Getty Images, left; AP Photo/Ines Roth, right)"
).split("|")
SEEN = (
    "Passengers wait on the quay at Corrin on Jan. 29, 2024.|The old ferry, right, leaves Ostmere."
    "|The keeper of the light walks with Doctor Brandt, left, at the harbour in Wendmouth. He had"
    " been there for nine nights.|Two pilots look at the fog over the Sound on Monday."
).split("|")
ALTS = "Passengers wait on a quay|Ferry leaves Ostmere|Keeper walks with doctor|Pilots in the fog"
ALTS = ALTS.split("|")
VIDEO_TITLES = (
    "Nobody knows the Sound like this: Ada Fry|The first night aboard|Pilots weigh next steps"
    "|‘We waited nine winters’|Gazette Flash top headlines for January 29"
).split("|")
VIDEO_CAPTIONS = (
    "Gazette anchor Ada Fry speaks with Ret. Navy Capt. Jon Velk about the fog on ‘Harbour Live.’"
    "|Gazette Flash top headlines are here. Check out what's clicking on HarbourGazette.example."
    "|Former pilot Jon Velk joins ‘Harbour & Friends’ to discuss the ferry."
    "|Correspondent Ada Fry has the latest from the quay on ‘Special Report.’"
).split("|")
POINTS = (
    "The ferry sails every second day.|A ticket costs 14 crowns, 11 people were told."
    "|Pilots ask for a second boat|The assembly votes on Friday, following months of talks."
    "|Nobody was hurt."
).split("|")
TAILS = (
    "The Harbour Press contributed to this report."
    "|Ada Fry and Coastwire contributed to this report."
).split("|")
NEWSLETTERS = (
    "Sign up for the Gazette’s newsletter and get the best of the harbour in your inbox."
    "|Subscribe to our newsletter"
).split("|")
TWEETS = (
    "We sail at six. Bring blankets. pic.twitter.com/a1B2c3"
    "|— Harbour Gazette (@harbourgazette) January 29, 2024"
).split("|")
AGES = (
    "1 min ago|47 mins ago|1 hour ago|14 hours ago|22 hours ago|1 day ago|2 days ago|3 days ago"
    "|1 week ago|3 weeks ago|1 month ago|11 months ago|1 year ago|2 years ago"
).split("|")
SECTION_LINES = (
    ("World", ["World"]),
    ("WorldPoliticsU.S.", ["World", "Politics", "U.S."]),
    ("U.S.Politics", ["U.S.", "Politics"]),
    ("World Politics", ["World", "Politics"]),
    ("World, Politics, U.S.", ["World", "Politics", "U.S."]),
    ("World Politics U.S.", ["World", "Politics", "U.S."]),
    ("Arts & CultureWorld", ["Arts & Culture", "World"]),
    ("Middle East", ["Middle East"]),
    ("WorldMiddle EastOpinion", ["World", "Middle East", "Opinion"]),
    ("Science & Tech", ["Science & Tech"]),
    ("TechU.K.", ["Tech", "U.K."]),
    ("News", ["News"]),
)
MENU = "Home|World|Politics|Arts & Culture|Sport|Contact us|About".split("|")

FOOTER = (
    "View Non-AMP Version|Privacy Policy|Contact us|© 2024 Harbour Gazette|  • Home\n  • World"
    "|Back to top|Powered by AMPforWP|This website uses cookies."
).split("|")

Post = tuple[str, str, str]


@dataclass
class Gold:
    headline: str = ""
    standfirst: str = ""
    categories: list[str] = field(default_factory=list)
    lead: tuple[str, str] | None = None
    key_points: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    subheads: list[str] = field(default_factory=list)
    captions: list[tuple[str, str]] = field(default_factory=list)
    recent: list[Post] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    published_on: str = ""
    never: list[str] = field(default_factory=list)  # nowhere in the body
    what: list[str] = field(default_factory=list)  # the variations on this page


def make(random: Random) -> tuple[bytes, Gold]:
    page = _Page(random)
    return page.bytes(), page.gold


def missed(story: Story, gold: Gold) -> list[str]:
    """What the reader did not find, or not as it is."""
    return [what for what, held in _checks(story, gold) if not held]


def share_held(story: Story, gold: Gold) -> float:
    checks = [held for _, held in _checks(story, gold)]
    return sum(checks) / len(checks)


def squash(text: str | None) -> str:
    text = unicodedata.normalize("NFKC", html.unescape(re.sub(r"<[^>]+>", " ", text or "")))
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _checks(story: Story, gold: Gold):
    flow = "".join(block.html for block in story.body if isinstance(block, TextBlock))
    prose = re.findall(r"<p>.*?</p>", re.sub(r"<(ul|ol|blockquote)\b.*?</\1>", "", flow))
    photos = [b for b in story.body if isinstance(b, CaptionBlock) and b.kind == "photo"]
    inline = [squash(b.headline) for b in story.body if isinstance(b, RelatedBlock)]
    heads = [squash(head) for head in re.findall(r"<h[23]>.*?</h[23]>", flow)]
    lead = story.lead and (squash(story.lead.title), squash(story.lead.text))
    rail = [(squash(p.headline), squash(p.excerpt), squash(p.age)) for p in story.recent]
    published = story.published_at.isoformat() if story.published_at else ""
    yield "headline", squash(story.headline) == squash(gold.headline)
    yield "standfirst", squash(story.standfirst) == squash(gold.standfirst)
    yield "categories", list(story.categories) == gold.categories
    yield "lead", lead == (gold.lead and tuple(map(squash, gold.lead)))
    yield "key points", [*map(squash, story.key_points)] == [*map(squash, gold.key_points)]
    yield "paragraphs", [*map(squash, prose)] == [*map(squash, gold.paragraphs)]
    yield "related", inline == [*map(squash, gold.related)]
    yield "subheads", heads == [*map(squash, gold.subheads)]
    yield "captions", [squash(p.text) for p in photos] == [squash(c[0]) for c in gold.captions]
    yield "credits", [squash(p.credit) for p in photos] == [squash(c[1]) for c in gold.captions]
    yield "recent posts", [r[0] for r in rail] == [squash(r[0]) for r in gold.recent]
    yield "excerpts", [r[1] for r in rail] == [squash(r[1]) for r in gold.recent]
    yield "ages", [r[2] for r in rail] == [squash(r[2]) for r in gold.recent]
    yield "tags", list(story.tags) == gold.tags
    yield (
        "date",
        published[: len(gold.published_on)] == gold.published_on
        and bool(published) == bool(gold.published_on),
    )
    for words in gold.never:
        yield f"“{words}” in the body", squash(words) not in squash(str(story.as_dict()["body"]))


class _Page:
    """Each method prints one part, in one of its forms, and writes down what it is."""

    def __init__(self, random: Random) -> None:
        self.random, self.gold, self.parts = random, Gold(), []
        self.story = [self.paragraph() for _ in range(random.randint(3, 12))]
        self.gold.headline = random.choice(HEADS)
        self.head()
        self.body()
        self.tail()

    # Choices

    def maybe(self, share: float, what: str = "") -> bool:
        said = self.random.random() < share
        if said and what:
            self.gold.what.append(what)
        return said

    def pick(self, things):
        return self.random.choice(things)

    def sentence(self) -> str:
        return f"{self.pick(WHO)} {self.pick(DID)} {self.pick(WHAT)}."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.pick((1, 1, 2, 2, 3))))

    def headline(self) -> str:
        return self.pick([head for head in HEADS if head != self.gold.headline])

    # The head

    def head(self) -> None:
        if self.maybe(0.1, "menu"):
            self.parts.append("\n".join(f"  • {name}" for name in MENU))
            if self.maybe(0.5):
                self.parts.append(self.pick(["Skip to content", "Home » World", "Harbour Gazette"]))
        if self.maybe(0.85):
            line, self.gold.categories = self.pick(SECTION_LINES)
            label = self.pick(
                ["Categories: "] * 5 + ["Category: ", "Categories:\n", "Kategorien: "]
            )
            self.parts.append(label + line)
            self.gold.what.append(f"categories {line}")
        self.parts.append(self.gold.headline)
        has_date, has_video = self.maybe(0.3, "date"), self.maybe(0.45, "video")
        if (has_date or has_video) and self.maybe(0.4, "standfirst"):
            self.gold.standfirst = self.pick(
                ["Nine winters are over.", "Forty people and two horses came aboard", *WHAT[:2]]
            )
            self.parts.append(self.gold.standfirst)
        if has_date:
            self.date()
        if has_video:
            self.video()
        if self.maybe(0.5, "key points"):
            self.points()

    def date(self) -> None:
        lines = [self.pick(["Published by", "Published by", "Published by\nAda Fry"])]
        if self.maybe(0.25, "old age"):
            lines.append(self.pick(["2 years ago", "3 months ago", "1 day ago"]))
        else:
            lines.append(
                self.pick(["January 29, 2024", "29 January 2024", "January 29, 2024 4:12 pm"])
            )
            self.gold.published_on = "2024-01-29"
        if self.maybe(0.2):
            lines = lines[1:]
        self.parts.append(self.pick(["\n", "\n\n"]).join(lines))

    def video(self) -> None:
        glued = self.parts[-1] != self.gold.headline and self.maybe(0.4, "glued close Video")
        opening = self.parts.pop() + "\nclose Video" if glued else "close Video"
        title, caption = self.pick(VIDEO_TITLES), self.pick(VIDEO_CAPTIONS)
        form = self.pick(["both"] * 6 + ["title"])
        self.gold.what.append(f"video {form}")
        if form == "title":
            caption = ""
            self.story[0] = " ".join(self.sentence() for _ in range(4))
        self.gold.lead = title, caption
        self.parts += [part for part in (opening, title, caption) if part]

    def points(self) -> None:
        points = self.random.sample(POINTS, self.random.randint(2, 4))
        form = self.pick(["  • "] * 4 + ["nested", "number", "- ", "* ", "• "])
        self.gold.what.append(f"points {form}")
        self.gold.key_points = points
        for_each = {"nested": ["  • ", "    • ", "    • ", "  • "], "number": "  {}. "}.get(
            form, form
        )
        lines = []
        for number, point in enumerate(points):
            before = for_each[number % 4] if isinstance(for_each, list) else for_each
            lines.append(before.format(number + 1) + point)
        self.parts.append("\n".join(lines))

    # The body

    def body(self) -> None:
        if self.maybe(0.1, "listen"):
            teaser = "NEWYou can now listen to Harbour Gazette articles!"
            if self.maybe(0.5, "glued listen"):
                teaser += " " + self.story[0]
                self.gold.paragraphs.append(self.story[0])
            self.parts.append(teaser)
            self.gold.never.append("You can now listen")
        decoy = self.pick([None] * 8 + ["Share", "Recent Posts"])
        for number, paragraph in enumerate(self.story):
            if number == 0 and self.gold.paragraphs:
                continue  # it stands behind the teaser
            if number:
                self.between(number)
            if decoy and number == len(self.story) // 2:
                self.gold.what.append(f"decoy {decoy}")
                self.parts.append(decoy)
                self.gold.subheads.append(decoy)
                decoy = None
            self.add_paragraph(paragraph)
        self.end_of_body()

    def add_paragraph(self, text: str) -> None:
        self.parts.append(text)
        self.gold.paragraphs.append(text)

    def between(self, number: int) -> None:
        roll = self.random.random()
        if roll < 0.12:
            related = self.headline().upper()
            self.parts.append(related)
            self.gold.related.append(related)
            self.gold.what.append("related")
        elif roll < 0.22:
            self.photo()
        elif roll < 0.27:
            self.subhead(self.pick(SUBHEADS), "subhead")
        elif roll < 0.31:
            self.subhead(self.pick(LOUD_SUBHEADS), "loud subhead")
        elif roll < 0.35:
            advertisement = self.pick(SITE_ADS)
            self.parts.append(advertisement)
            self.gold.never.append(advertisement)
            self.gold.what.append("advertisement")
        elif roll < 0.37:
            self.gold.what.append("tweet")
            for line in TWEETS:
                self.add_paragraph(line)

    def subhead(self, words: str, what: str) -> None:
        self.parts.append(words)
        self.gold.subheads.append(words)
        self.gold.what.append(what)

    def photo(self) -> None:
        number, credit = self.random.randrange(len(SEEN)), self.pick(CREDITS)
        form = self.pick(["line", "line", "line", "alt", "own line", "own paragraph"])
        self.gold.what.append(f"photo {form} {credit}")
        if form == "alt":
            self.parts.append(ALTS[number])
            self.gold.never.append(ALTS[number] + "\n")
            self.gold.never.pop()
        glue = {"own line": "\n", "own paragraph": "\n\n"}.get(form, " ")
        if form == "own paragraph" and credit in ("(Ines Roth)",):
            glue = " "
        self.parts.append(SEEN[number] + glue + credit)
        self.gold.captions.append((SEEN[number], credit))

    def end_of_body(self) -> None:
        if self.maybe(0.2, "advertisement at the end"):
            self.parts.append(self.pick(SITE_ADS[:4]))
        if self.maybe(0.3, "contributed"):
            self.add_paragraph(self.pick(TAILS))
        if self.maybe(0.1, "newsletter"):
            self.parts.append(self.pick(NEWSLETTERS))
            self.gold.never.append(self.parts[-1])
        if self.maybe(0.15, "last modified"):
            self.parts.append("This post was last modified on January 30, 2024 4:12 pm")
            self.gold.never.append("last modified")

    # The tail

    def tail(self) -> None:
        if self.maybe(0.04, "no tail"):
            return
        self.parts.append("Share")
        if self.maybe(0.2, "below share"):
            self.below_share()
        if self.maybe(0.92):
            self.rail()

    def below_share(self) -> None:
        if self.gold.published_on:
            self.parts[-1] += "\nPublished by\nJanuary 29, 2024"
        if self.maybe(0.6, "tags"):
            line, self.gold.tags = self.pick(
                [("IranPakistan", ["Iran", "Pakistan"]), ("Ferry", ["Ferry"]), ("a, B", ["a", "B"])]
            )
            self.parts.append(f"Tags: {line}")
        if self.maybe(0.4, "neighbours"):
            self.parts += [f"Next {self.headline()} »", f"Previous « {self.headline()}"]
        if self.maybe(0.4, "related posts"):
            self.parts += ["Related Post", self.headline(), self.headline()]
        if self.maybe(0.5):
            self.parts.append(self.pick(["Leave a Comment", "View Comments"]))

    def rail(self) -> None:
        form = self.pick(
            ["three"] * 6 + ["no excerpt", "no age", "bullets", "glued bullets", "glued"]
        )
        self.gold.what.append(f"rail {form}")
        self.parts.append("Recent Posts")
        heads = self.random.sample(HEADS, self.random.randint(1, 12))
        for headline in heads:
            own = headline == self.gold.headline
            words = " ".join(self.story if own else [self.paragraph(), self.paragraph()])
            excerpt = " ".join(words.split()[:15]) + "…"
            if not own and self.maybe(0.1):
                excerpt = self.sentence()
            post = (headline, "" if form == "no excerpt" else excerpt)
            post += ("" if form == "no age" else self.pick(AGES),)
            lines = [line for line in post if line]
            bullet = f"  • {self.pick(MENU)}"
            if form == "bullets":
                self.parts.append(bullet)
            elif form == "glued bullets":
                lines[0] = bullet + "\n" + lines[0]
            self.parts += ["\n".join(lines)] if form == "glued" else lines
            self.gold.recent.append(post)
        if self.maybe(0.12, "footer"):
            self.parts.append(
                self.pick(["All Rights Reserved", "All Rights ReservedView Non-AMP Version"])
            )
            self.parts += self.random.sample(FOOTER, self.random.randint(0, 5))

    # Bytes

    def bytes(self) -> bytes:
        text = "\n\n".join(self.parts) + self.pick(["\n", "", "\n\n\n"])
        if self.maybe(0.4, "no-break spaces"):
            text = re.sub(r"(?<=\w) (?=\w)", lambda _: self.pick("     \xa0"), text)
        if self.maybe(0.1, "zero-width"):
            text = text.replace("the", "t\u200bhe").replace("winter", "win\xadter")
        if self.maybe(0.05, "control"):
            text = text.replace("ferry", "fer\x00ry")
        form = self.pick(
            ["utf-8"] * 8 + ["crlf", "bom", "utf-16", "utf-16-le", "cp1252", "mojibake"]
        )
        self.gold.what.append(form)
        if form == "crlf":
            return text.replace("\n", "\r\n").encode()
        if form == "mojibake":
            return text.encode().decode("latin-1").encode()
        return text.encode(
            "utf-8-sig" if form == "bom" else form.replace("crlf", "utf-8"), "replace"
        )
