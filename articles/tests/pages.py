"""Text pages for tests: read one, or put one together from parts."""

from datetime import UTC, datetime

from articles.formats import Context, textpage

CAPTURED = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
LEAD = (
    "The ferry to Corrin sailed again on Monday, after nine winters in which nobody on the island "
    "could say for certain when the next boat would come, or whether it would."
)
MORE = (
    "It carried forty people, two horses and the post of eleven days, and it was met at the quay "
    "by everybody who could walk there and by several who had to be carried."
)
LAST = (
    "The company says that it will sail every second day until the spring, and that it will then "
    "look at the figures again, which the island took to mean that it should buy tickets."
)
RAIL = """Recent Posts

Lighthouse keeper retires after forty years

The keeper of the light on Gannet Rock has handed over his keys, his boots and…

14 hours ago

Herring return to the Sound

Nobody had seen a herring in the Sound since the year of the long frost,…

2 days ago"""


def read(text, **context):
    """The Story of a page given as text or bytes."""
    data = text if isinstance(text, bytes) else text.encode()
    context = {"name": "page", "captured_at": CAPTURED, **context}
    return textpage.parse(data, Context(**context))


def page(*parts, top="Categories: World\n\nFerry sails again", tail="Share"):
    """A page of these parts, with a head and a tail, a blank line between all."""
    return "\n\n".join([*([top] if top else []), *parts, *([tail] if tail else [])])


def body(story):
    """The body in short: ("p", words), ("h2", words), ("related", headline), …"""
    found = []
    for block in story.as_dict().get("body", []):
        if block["type"] == "text":
            found += [(piece.kind, piece.text or piece.items) for piece in pieces(block["html"])]
        elif block["type"] == "caption":
            found.append((block["kind"], block.get("text", ""), block.get("credit", "")))
        else:
            found.append((block["type"], block["headline"]))
    return found


def pieces(html):
    from articles.formats.textpage.projecting import pieces_of

    return pieces_of(html)
