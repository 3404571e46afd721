"""What the torture tests share: commands in processes of their own, and all that is stored, told
without what differs from run to run (ids, clocks, the ledger)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Author, Category, ImportItem, Link, Listing, Tag

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


def everything():
    """All that an import stores, in words, sorted."""
    articles = enumerate(Article.objects.select_related("head").order_by("source_id"))
    # Reading a whole story takes a dozen queries; the digest answers for the others.
    told = [("article", *_article(article, whole=n % 10 == 0)) for n, article in articles]
    told += _rows("category", Category.objects.order_by("path"), "path words")
    told += _rows("tag", Tag.objects.order_by("slug"), "slug name")
    told += _rows("author", Author.objects.order_by("slug"), "slug name")
    told += sorted(
        _rows(
            "listing",
            Listing.objects.order_by(),
            "version__article__source_id version__number first_published_at position implied "
            "category__path tag__slug author__slug",
        ),
        key=str,
    )
    told += sorted(
        _rows(
            "link",
            Link.objects.order_by(),
            "version__article__source_id number headline target__source_id",
        ),
        key=str,
    )
    items = ImportItem.objects.values_list("source_id", "outcome")
    told.append(("imported", sorted({item for item in items if item[1] == "created"})))
    return told


def _rows(kind, rows, columns):
    return [(kind, *row) for row in rows.values_list(*columns.split())]


def _article(article, *, whole):
    keys = [
        *article.filings.order_by("position").values_list("category__path", flat=True),
        *article.taggings.order_by("position").values_list("tag__slug", flat=True),
        *article.bylines.order_by("position").values_list("author__slug", flat=True),
    ]
    versions = article.versions.order_by("number").values_list(
        *("number", "digest", "kind", "pubstatus", "visible_from", "published_at"),
        *("first_published_at", "dated", "embargoed_until", "rendering__article"),
        *("rendering__head", "rendering__card", "rendering__corrections"),
    )
    revisions = article.revisions.order_by("id").values_list("digest", flat=True)
    own = (article.path, article.digest, article.head.digest, article.headline_key)
    story = article.as_story().as_dict() if whole else None
    return story, own, keys, list(versions), list(revisions)
