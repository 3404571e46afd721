"""Stories for tests: one by hand, and any at all for property tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from articles import prose
from articles.story import (
    ATTACHED,
    CaptionBlock,
    Contributor,
    Correction,
    EmbedBlock,
    GalleryBlock,
    Media,
    PubStatus,
    QuoteBlock,
    RawBlock,
    RecentPost,
    RelatedBlock,
    RelatedPost,
    Story,
    TextBlock,
    join_category,
    split_category,
)

LAUNCH = datetime(2024, 1, 29, 20, 0, tzinfo=UTC)


def a_story(number: int = 1, **changes) -> Story:
    """A plain story, different for each number."""
    values = {
        "source": "wire",
        "source_id": f"story-{number}",
        "pubstatus": PubStatus.USABLE,
        "headline": f"Harbour opens its gate number {number}",
        "standfirst": "Ships came in at dawn.",
        "key_points": ("Forty ships.", "One pilot."),
        "authors": (Contributor(name="Ines Roth", role="Harbour correspondent"),),
        "byline": "By Ines Roth",
        "categories": ("World/Coast", "Business"),
        "tags": ("harbour", "ships"),
        "published_at": LAUNCH + timedelta(minutes=number),
        "body": (TextBlock(html=f"<p>The gate opened at six, for the {number}th time.</p>"),),
    }
    return Story(**{**values, **changes})


def a_full_story(**changes) -> Story:
    """A story with every part and every kind of block."""
    photo = CaptionBlock(
        text="The pilot boat.", credit="Ada Fry", alt="A boat", media=Media(file="boat.jpg")
    )
    film = CaptionBlock(kind="video", title="The gate", text="It opens.", credit="Ada Fry")
    values = {
        "slug": "the-gate",
        "slugline": "HARBOUR-GATE",
        "language": "en",
        "dateline": "PORT ANNA",
        "rights": "© the newsroom",
        "version": "3",
        "source_url": "https://wire.example/gate",
        "first_published_at": LAUNCH,
        "modified_at": LAUNCH + timedelta(hours=2),
        "captured_at": LAUNCH + timedelta(days=1),
        "lead": film,
        "body": (
            TextBlock(html="<h2>At six</h2><p>The <strong>gate</strong> opened.</p>"),
            photo,
            RelatedBlock(headline="PILOTS ASK FOR A SECOND BOAT"),
            GalleryBlock(captions=(photo, CaptionBlock(text="The quay.", decorative=True))),
            QuoteBlock(text="We waited a year.", cite="The pilot"),
            EmbedBlock(provider="youtube", url="https://www.youtube.com/watch?v=abcdefghijk"),
            RawBlock(html="<blink>soon</blink>", why="unknown element"),
            CaptionBlock(
                kind="document",
                title="The plan",
                text="As laid out.",
                credit="Port Anna",
                media=Media(file="plan.pdf"),
            ),
            CaptionBlock(kind="audio", title="The pilot speaks", media=Media(file="pilot.mp3")),
            TextBlock(html="<p>Then they went home.</p>"),
        ),
        "related": (
            RelatedPost(
                headline="What the gate cost",
                url="https://wire.example/cost",
                excerpt="A look at the bill.",
                published_at=LAUNCH - timedelta(days=4),
            ),
        ),
        "recent": (RecentPost(headline="Fog again", excerpt="Fog…", age="2 days ago"),),
        "corrections": (Correction(at=LAUNCH + timedelta(hours=1), text="It was six, not five."),),
        "notes": ("the standfirst was guessed",),
    }
    return a_story(**{**values, **changes})


# Any story at all

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")),
    max_size=40,
)
lines = words.map(prose.line)
some = lines.filter(bool)
moments = st.datetimes(
    datetime(1700, 1, 1),  # noqa: DTZ001 (the offset is drawn beside it)
    datetime(2190, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))]),
)
texts = (
    st.lists(some, min_size=1, max_size=3)
    .map(prose.paragraphs)
    .filter(bool)
    .map(lambda html: TextBlock(html=html))
)
shares = st.floats(0, 1)
media = st.builds(
    Media,
    url=lines,
    file=lines,
    width=st.none() | st.integers(1, 9000),
    focal=st.none() | st.tuples(shares, shares),
)
captions = st.builds(
    CaptionBlock,
    kind=st.sampled_from(["photo", "video"]),
    title=lines,
    text=lines,
    credit=lines,
    alt=lines,
    decorative=st.booleans(),
    media=st.none() | media,
)
attached = st.builds(
    CaptionBlock,
    kind=st.sampled_from(ATTACHED),
    title=lines,
    text=lines,
    credit=lines,
    media=st.none() | media,
)
blocks = st.one_of(
    texts,
    captions,
    attached,
    st.builds(
        GalleryBlock,
        captions=st.lists(captions.filter(lambda c: c.kind == "photo"), max_size=3).map(tuple),
    ),
    st.builds(RelatedBlock, headline=some, url=lines),
    st.builds(QuoteBlock, text=lines, cite=lines),
    st.builds(EmbedBlock, provider=st.sampled_from(["youtube", "vimeo"]), url=lines),
    st.builds(RawBlock, html=words, why=lines),
)
tuples = lambda strategy: st.lists(strategy, max_size=3).map(tuple)  # noqa: E731
categories = st.lists(some, min_size=1, max_size=3).map(join_category).filter(split_category)

stories = st.builds(
    Story,
    source=some,
    source_id=some,
    pubstatus=st.sampled_from(PubStatus),
    source_url=lines,
    version=lines,
    headline=some,
    slug=lines,
    slugline=lines,
    standfirst=lines,
    key_points=tuples(some),
    language=st.sampled_from(["", "en", "ar"]),
    byline=lines,
    authors=tuples(st.builds(Contributor, name=some, role=lines)),
    dateline=lines,
    categories=tuples(categories),
    tags=tuples(some),
    first_published_at=st.none() | moments,
    published_at=st.none() | moments,
    modified_at=st.none() | moments,
    embargoed_until=st.none() | moments,
    captured_at=st.none() | moments,
    lead=st.none() | captions,
    body=st.lists(blocks, max_size=6).map(tuple),
    related=tuples(
        st.builds(
            RelatedPost, headline=some, url=lines, excerpt=lines, published_at=st.none() | moments
        )
    ),
    recent=tuples(st.builds(RecentPost, headline=some, excerpt=lines, age=lines)),
    corrections=tuples(st.builds(Correction, at=moments, text=lines, kind=some)),
    rights=lines,
    notes=tuples(lines),
    confidence=st.none() | shares,
)
