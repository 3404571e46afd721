"""Markup made by chance: what editors paste, what archives hold, what attackers send.

Every function takes a `random.Random`; hypothesis has one that it can shrink.
"""

import re

from articles import prose
from articles.prose.markup import DROPPED

TAGS = (
    "p h1 h2 h3 h4 ul ol li blockquote table tbody thead tr td th caption a b strong i em s del"
    " sub sup br div section span font u pre q figure figcaption img hr center dl dt dd script"
    " style svg math iframe title textarea noscript template button object select option x-y"
).split()
ATTRIBUTES = [
    "", "", " class=x", " dir=rtl", ' dir="ltr"', " dir=bad", " start=3", " start=0",
    " colspan=2", " rowspan=3", " colspan=99", ' style="font-weight: normal"', ' onclick="x()"',
    ' href="http://example.com/a?b=1&c=2"', " href=/x", ' href="javascript:alert(1)"',
    ' href="//e.org"', ' href="http://["', ' href=" java\tscript:x"', " href='a\"b'", ' href=">"',
    ' href="a b"', ' href="#f"', ' href="mailto:a@b.c"', ' href="http://a.b:99999/"',
    ' href="http://1.2.3.4.5/"', "/", ' "', " =", ' ="',
]  # fmt: skip
TEXTS = [
    "a", "b c", " ", "  ", "\n", "\t", "\xa0", "é", "e\u0301", "\u0338", "&amp;", "&lt;", "&gt;",
    "&nbsp;", "&#8;", "&#x200b;", "&", "<", ">", '"', "'", "\u200b", "\u200d", "\u200f", "\x08",
    "\ud800", "\ufffe", "\ufeff", "\u3000", "\u2028", "漢字", "مرحبا", "&#55357;", "&copy",
    "&notit;", "&lt;script&gt;", "<!--", "-->", "<!-- x -->", "<![CDATA[", "]]>", "</", "word ",
    " word", "x.", "\U0001f600", "\xad", "&zwj;", "&Tab;", "&#13;", "\0", "&#0;", "\r\n",
]  # fmt: skip
# What every reader of HTML reads alike and drops nothing of.
UNDROPPED = [tag for tag in TAGS if not re.fullmatch(f"q|{DROPPED}", tag)]
READABLE = [
    "a", "b c ", " ", "\n", "&amp;", "&lt;b&gt;", "é", "&copy=1", "&hellip;", "5 < 6 ", "> ", '"',
    "&nbsp;", "<!-- x -->", "<!-->", "<![CDATA[x]]>", "<?xml a?>", "</ x>", "&notit; ", "&#150;",
]  # fmt: skip
NEAR = [
    "a", "b c", " ", "\xa0", "&amp;", "&gt;", "\u0338", "\u200d", "\u0301", "<strong>",
    "</strong>", "<em>", "</em>", '<a href="http://example.com/">', "</a>", "<br>",
]  # fmt: skip
WORDS = "the minister said “agreement” l’an 5 < 6 R&D »x« \xa0fin é 漢字".split(" ")
LINKS = ["/x", "#f", "http://e.org/?a=1&b=2", "mailto:a@b.c", "https://é.fr/ü", "../rel", "page"]


def any_tags(random, tags=TAGS, attributes=ATTRIBUTES, texts=TEXTS):
    """Tags, ends of tags and text without any order."""
    makers = (
        lambda: f"<{random.choice(tags)}{random.choice(attributes)}>",
        lambda: f"</{random.choice(tags)}>",
        lambda: random.choice(texts),
    )
    return "".join(random.choice(makers)() for _ in range(random.randint(1, 40)))


def readable(random):
    """The same, of what a browser's parser and ours have to agree on."""
    return any_tags(random, UNDROPPED, ATTRIBUTES[:-1], READABLE)


def nearly_canonical(random):
    """Blocks with something small wrong, or nothing."""
    blocks = []
    for _ in range(random.randint(1, 3)):
        inside = "".join(random.choice(NEAR) for _ in range(random.randint(0, 5)))
        before, after = random.choice(["", "p", "p "]), random.choice(["", " ", "z", " z"])
        core = random.choice(["k", "k l", " k", "k ", "\xa0"])
        mark = random.choice(["strong", "em", "sub"])
        inside = random.choice([inside, f"{before}<{mark}>{core}</{mark}>{after}"])
        frame = random.choice(
            ["<p>{}</p>", "<h2>{}</h2>", "<ul><li><p>{}</p></li></ul>",
             "<blockquote><p>{}</p></blockquote>", "<li>{}</li>", "{}"]
        )  # fmt: skip
        blocks.append(frame.format(inside))
    return "".join(blocks)


class Newsroom:
    """Stories as an editor would write them, with everything that the editor offers."""

    def __init__(self, random):
        self.random = random

    def story(self):
        """Canonical, and not empty."""
        made = prose.canonical("".join(self.block() for _ in range(self.random.randint(1, 6))))
        return made or "<p>empty</p>"

    def block(self):
        makers = [self.paragraph] * 4 + [self.heading, self.list, self.list, self.quotation]
        return self.random.choice([*makers, self.table])()

    def words(self):
        some = (self.random.choice(WORDS) for _ in range(self.random.randint(1, 5)))
        return " ".join(some).replace("&", "&amp;").replace("<", "&lt;")

    def inline(self, depth=0):
        pieces = []
        for _ in range(self.random.randint(1, 4)):
            tag = self.random.choice(["", "", "br", "a", *prose.MARKS])
            if not tag or depth > 2:
                pieces.append(self.words() + " ")
            elif tag == "br":
                pieces.append("<br>")
            else:
                href = f' href="{self.random.choice(LINKS)}"' if tag == "a" else ""
                inside = self.inline(depth + 1) + self.random.choice(["", " "])
                pieces.append(f"<{tag}{href}>{inside}</{tag}>")
        return "".join(pieces)

    def dir(self):
        return self.random.choice(["", "", "", ' dir="rtl"', ' dir="auto"'])

    def paragraph(self):
        return f"<p{self.dir()}>{self.inline()}</p>"

    def heading(self):
        tag = self.random.choice(["h2", "h3"])
        return f"<{tag}{self.dir()}>{self.inline()}</{tag}>"

    def list(self, depth=0):
        tag = self.random.choice(["ul", "ol", 'ol start="4"'])
        items = []
        for _ in range(self.random.randint(1, 3)):
            more = self.list(depth + 1) if depth < 2 and self.random.random() < 0.3 else ""
            items.append(f"<li{self.dir()}>{self.paragraph()}{more}</li>")
        return f"<{tag}>{''.join(items)}</{tag[:2]}>"

    def quotation(self):
        more = self.random.choice(["", self.paragraph(), self.list(1)])
        return f"<blockquote{self.dir()}>{self.paragraph()}{more}</blockquote>"

    def table(self):
        rows = []
        for _ in range(self.random.randint(1, 4)):
            cells = [self.cell() for _ in range(self.random.randint(1, 4))]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table>{''.join(rows)}</table>"

    def cell(self):
        span = self.random.choice(["", "", " colspan=2", " rowspan=2"])
        inside = self.random.choice(["", self.paragraph(), self.list(1)])
        return f"<{self.random.choice(['td', 'th'])}{self.dir()}{span}>{inside}"
