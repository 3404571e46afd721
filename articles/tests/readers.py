"""Every kind of page that readers meet, in a small newsroom with pictures, a film and a front."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.template.loader import render_to_string
from msgspec.structs import replace
from PIL import Image

from articles import answers, publishing, store
from articles.models import Article, Category, Container
from articles.story import (
    CaptionBlock,
    Correction,
    EmbedBlock,
    GalleryBlock,
    Media,
    QuoteBlock,
    RelatedBlock,
    RelatedPost,
    Story,
    TextBlock,
)

from . import fronts
from .attachedfiles import a_pdf, an_mp3
from .newsroom import HOUR, dated
from .stories import a_full_story

FILM = Path(__file__).parents[1] / "samples" / "videos" / "lighthouse.webm"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikationsgelände"
ROW = "".join(f"<td><p>Column {n}</p></td>" for n in range(12))
TEXT = f"""
<h2>At six</h2>
<p>The <strong>gate</strong> opened, and <a href="/world/">the world</a> came in;
so did <a href="https://pilots.example/plan">the pilots</a>. {LONG}.</p>
<ul><li><p>Forty ships.</p></li><li><p>One pilot.</p></li></ul>
<blockquote><p>No ship shall wait.</p></blockquote>
<table><thead><tr><th><p>Ships</p></th>{ROW}</tr></thead>
<tbody><tr><th><p>Two</p></th>{ROW}</tr></tbody></table>"""
PHOTO = CaptionBlock(
    text="The pilot boat.", credit="Ada Fry", alt="A boat at a quay", media=Media(file="wide.jpg")
)
TALL = replace(PHOTO, media=Media(file="tall.jpg"), text="The mast.", alt="A mast")
CLIP = CaptionBlock(
    kind="video", title="The light", text="It turns.", credit="Ada Fry", media=Media(file="f.webm")
)
# What no address of ours gives in a test: these are put in the way of one, see `stand_in`.
MADE = {"articles/busy.html": 429, "500.html": 500}


def a_picture(size) -> bytes:
    data = BytesIO()
    Image.linear_gradient("L").resize(size).save(data, "JPEG")
    return data.getvalue()


def the_full_story(**changes) -> Story:
    """Every part of a story's page, with its files, and every kind of block that readers see."""
    values = {
        "headline": "Harbour opens its gate, and everybody comes",
        "lead": CLIP,
        "body": (
            TextBlock(html=TEXT),
            PHOTO,
            RelatedBlock(headline="Harbour opens its gate number 2"),
            RelatedBlock(headline="PILOTS ASK FOR A SECOND BOAT"),
            GalleryBlock(captions=(TALL, PHOTO, CaptionBlock(text="The quay.", decorative=True))),
            TALL,
            QuoteBlock(text="We waited a year.", cite="The pilot"),
            EmbedBlock(provider="youtube", url="https://www.youtube.com/watch?v=abcdefghijk"),
            replace(CLIP, title="The light again"),
            CaptionBlock(kind="document", title="The plan", media=Media(file="plan.pdf")),
            CaptionBlock(kind="audio", title="The pilot speaks", media=Media(file="pilot.mp3")),
            TextBlock(html="<p>Then they went home.</p>"),
        ),
        "related": (RelatedPost(headline="Harbour opens its gate number 3", excerpt="Once more."),),
        "published_at": dated(HOUR).published_at,
        "first_published_at": dated(2 * HOUR).published_at,
    }
    return a_full_story(**{**values, **changes})


def open_site(language="en") -> dict[str, str]:
    """{what kind of page: its path}. The front fills itself."""
    full = the_full_story(language=language)
    photo = dated(2 * HOUR, number=2, lead=PHOTO, language=language)
    plain = dated(3 * HOUR, number=3, headline=f"{LONG} {LONG} " * 2, byline=LONG)
    wrong = dated(4 * HOUR, number=4, corrections=(Correction(at=plain.published_at, text="Six."),))
    arabic = dated(5 * HOUR, number=5, language="ar", headline="سفينة الكتب ترسو في الميناء")
    others = [
        dated(n * HOUR, number=n, lead=PHOTO if n % 2 else None, categories=(place,))
        for n, place in enumerate(("World", "Business", "Sport") * 12, start=6)
    ]
    gone = dated(99 * HOUR, number=99, headline="Wrong from the start")
    paths = [
        item.article.path for item in _stored(full, photo, plain, arabic, gone, wrong, *others)
    ]
    publishing.withdraw(Article.objects.get(path=paths[4]), by=None, why="a test")
    day = plain.published_at
    return {
        "front": "/",
        "category": "/world/",
        "tag": "/tag/harbour/",
        "author": "/author/ines-roth/",
        "narrowed list": "/world/?video=1",
        "archive": "/archive/",
        "month": f"/archive/{day:%Y/%m}/",
        "day": f"/archive/{day:%Y/%m/%d}/",
        "corrections": "/corrections/",
        "search": "/search/",
        "search, found": "/search/?q=gate",
        "search, nothing": "/search/?q=submarine",
        "story": paths[0],
        "story, photo": paths[1],
        "story, plain": paths[2],
        "story, Arabic": paths[3],
        "offline": "/offline/",
        "not there": "/no/",
        "withdrawn": paths[4],
        **{template: f"/-/{template}" for template in MADE},
    }


def arrange() -> dict[str, str]:
    """The same site with fronts by hand: their paths."""
    layouts = [Container(name=one, layout=one, size=3) for one in ("lead", "grid", "list")]
    show = fronts.arranged(*layouts, Container(name="Opinion", layout="opinion", size=2))
    fronts.show(show)
    fronts.show(show, Category.objects.get(path="world"))
    return {"front by hand": "/", "category's front by hand": "/world/"}


def made(template: str) -> str:
    """One of the pages in MADE, as readers get it."""
    if MADE[template] == 500:
        return render_to_string(template)
    return answers.page(template, {}, status=MADE[template]).content.decode()


def stand_in(context) -> None:
    """The pages in MADE, in a browser's context."""
    for template in MADE:
        context.route(f"**/-/{template}", _answer)


def _answer(route) -> None:
    template = route.request.url.partition("/-/")[2]
    route.fulfill(status=MADE[template], content_type="text/html", body=made(template))


def _stored(*stories):
    with TemporaryDirectory() as name:
        root = Path(name)
        (root / "f.webm").write_bytes(FILM.read_bytes())
        (root / "f.jpg").write_bytes(a_picture((1280, 720)))
        (root / "wide.jpg").write_bytes(a_picture((1600, 1000)))
        (root / "tall.jpg").write_bytes(a_picture((800, 1200)))
        (root / "plan.pdf").write_bytes(a_pdf())
        (root / "pilot.mp3").write_bytes(an_mp3())
        items = [store.Item(story) for story in stories]
        store.save(items, store.Import(media_root=root))
    return items
