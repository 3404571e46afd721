"""What the torture tests share: commands in processes of their own, and all that is stored, told
without what differs from run to run (ids, clocks, the ledger)."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import (
    Alias,
    Article,
    Attachment,
    Author,
    Caption,
    Category,
    GalleryPicture,
    ImportItem,
    KeptSource,
    Link,
    Listing,
    Origin,
    Photo,
    RelatedPost,
    Tag,
    Video,
)

from . import pages
from .desk import a_picture
from .stories import a_full_story, a_story

WRITES = ("INSERT", "UPDATE", "DELETE", "COPY", "REPLACE", "WITH")


def database_url(name=None):
    """How another process finds the database of this test, or one of that name beside it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(name or known['NAME']))}"
    port = {"port": known["PORT"]} if known["PORT"] else {}
    where = urlencode({"host": known["HOST"], **port})
    user = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}@"
    return f"postgres://{user}/{quote(name or known['NAME'])}?{where}"


def start(*arguments, database=None, environment=None):
    """`manage.py …` in a process of its own, on the database of this test."""
    env = {**os.environ, "DATABASE_URL": database or database_url(), **(environment or {})}
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process, timeout=120):
    """(exit status, what it said)."""
    out, _nothing = process.communicate(timeout=timeout)
    return process.returncode, out


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.communicate()


def wait_for(happened, process, seconds=60):
    """Until it has happened, or the process is gone."""
    end = time.monotonic() + seconds
    while not happened() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)


@contextmanager
def a_dump(stories):
    """The path of a dump of these stories."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.jsonl"
        path.write_bytes(b"".join(story.as_json() + b"\n" for story in stories))
        yield path


@contextmanager
def some_pages(count, *stories):
    """(dump, media): a folder with text pages and with these stories as JSON lines, and a folder
    with pictures of every fifth page."""
    with tempfile.TemporaryDirectory() as folder:
        dump, media = Path(folder) / "dump", Path(folder) / "media"
        dump.mkdir()
        media.mkdir()
        (dump / "stories.jsonl").write_bytes(b"".join(s.as_json() + b"\n" for s in stories))
        for number in range(count):
            (dump / f"page-{number:04}.txt").write_text(a_page(number), "utf-8")
            if number % 5 == 0:
                (media / f"page-{number:04}").mkdir()
                colour = (number % 256, number // 256, 99)
                (media / f"page-{number:04}" / "1.png").write_bytes(a_picture(colour))
        yield dump, media


def a_page(number):
    caption = f"The quay at Corrin on day {number}, as seen from the boat. (AP Photo/Ada Fry)"
    sailed = f"Ferry sails again, day {number // 2 * 2}"  # two of each name
    top = f"Categories: World, Coast {number % 4}\n\n{sailed}"
    related = f"FERRY SAILS AGAIN, DAY {number - number % 10}"
    points = "  • It carried forty people.\n  • It came back."
    tail = f"Share\n\n{pages.RAIL}"
    own = f"On day {number} nobody was left behind, and that had not happened before."
    return pages.page(points, pages.LEAD, own, related, caption, pages.MORE, top=top, tail=tail)


def some_stories(count):
    """Every seventh with every part, many of one name on one day, some related to each other."""
    for number in range(count):
        name = {"source_id": f"s{number}", "tags": (f"tag {number % 9}", "ships")}
        if number % 7 == 0:
            yield a_full_story(headline=f"Pilots ask for boat {number % 3}", **name)
        else:
            place = (f"World/Coast {number % 4}", "Business")
            yield a_story(number, categories=place, **name)


def writes(queries: CaptureQueriesContext):
    """The statements among them that wrote something."""
    return [query["sql"] for query in queries if query["sql"].lstrip().startswith(WRITES)]


# What is told of each table, beside the stories themselves. No ids, no clocks, no ledger.
TOLD = {
    Category: "path words",
    Tag: "slug name",
    Author: "slug name",
    Alias: "words category__path tag__slug author__slug",
    Redirect: "old_path new_path",
    Photo: "sha256 title width height ppoi caption credit alt",
    Video: "sha256 title url poster__sha256 caption credit",
    Attachment: "sha256 title kind mime size pages seconds caption credit",
    Origin: "words photo__sha256 video__sha256 attachment__sha256",
    KeptSource: "sha256 size",
    Caption: "parent__source_id region ordering kind photo__sha256 video__sha256"
    " attachment__sha256",
    GalleryPicture: "gallery__parent__source_id gallery__ordering position photo__sha256",
    RelatedPost: "parent__source_id region ordering headline headline_key post__source_id",
    Listing: "version__article__source_id version__number first_published_at position implied "
    "category__path tag__slug author__slug",
    Link: "version__article__source_id number headline headline_key target__source_id",
}
# A picture that an import left behind when it was killed has taken the first name.
# Keys of photos in what is rendered, which a database gives as it likes.
PHOTO = re.compile(r"(?<=<!--photo )\d+|(?<='photo': )\d+")
MEDIA = re.compile(r"/media/[^\"'\s,<\\]+")


def everything():
    """All that an import stores, in words, sorted."""
    articles = enumerate(Article.objects.select_related("head").order_by("source_id"))
    # Reading a whole story takes a dozen queries; the digest answers for the others.
    told = [("article", *_article(article, whole=n % 10 == 0)) for n, article in articles]
    for model, columns in TOLD.items():
        told += sorted(_rows(model._meta.model_name, model.objects.order_by(), columns), key=str)
    items = ImportItem.objects.values_list("source_id", "outcome")
    told.append(("imported", sorted({item for item in items if item[1] == "created"})))
    return told


def _rows(kind, rows, columns):
    return [(kind, *row) for row in rows.values_list(*columns.split())]


def _article(article, *, whole):
    keys = [
        *article.filings.order_by("position").values_list("words", "category__path"),
        *article.taggings.order_by("position").values_list("words", "tag__slug"),
        *article.bylines.order_by("position").values_list("words", "author__slug"),
    ]
    versions = article.versions.order_by("number").values_list(
        *("number", "digest", "kind", "pubstatus", "visible_from", "published_at"),
        *("first_published_at", "dated", "embargoed_until", "correction", "revision__digest"),
        *("rendering__article", "rendering__head", "rendering__card", "rendering__corrections"),
        *("rendering__corrected_at", "rendering__category__path"),
    )
    revisions = article.revisions.order_by("id").values_list("digest", flat=True)
    own = [getattr(article, name) for name in OWN]
    story = article.as_story().as_dict() if whole else None
    shown = PHOTO.sub("0", MEDIA.sub("/media/", repr(list(versions))))
    return story, own, article.head.digest, keys, shown, list(revisions)


OWN = (
    *("path", "digest", "headline_key", "source_url", "version", "pubstatus", "published_at"),
    *("first_published_at", "modified_at", "captured_at", "recent", "notes", "confidence"),
)
