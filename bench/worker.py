"""One archive behind the real middleware, asked for pages by `run.py` over standard input.

Each line in is a JSON object, each line out the answer: {"ask": "pages"} → {name: address};
{"ask": "time", "name": …} → {"seconds": …}; {"ask": "look", "name": …} → status, bytes, queries.
Times are those of a whole request inside the process: no network, no proxy, no cache warm.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import time
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

import django  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup()
logging.disable(logging.CRITICAL)
settings.ROOT_URLCONF = __name__
# Not the hashed names of `collectstatic`: they are looked up in a dict, and need a folder.
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}

from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.core.cache import cache as site_cache  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_otp import DEVICE_ID_SESSION_KEY  # noqa: E402
from django_otp.plugins.otp_totp.models import TOTPDevice  # noqa: E402

from articles import fronts, reading  # noqa: E402
from articles.models import (  # noqa: E402
    Arrangement,
    Article,
    Category,
    Container,
    Desk,
    Front,
    Placement,
    Tag,
    Version,
)
from articles.models.arrangement import Fill, Layout  # noqa: E402

constant = {"content": b""}


def bare(request):
    return HttpResponse(constant["content"])


urlpatterns = [path("bare/", bare), path("", include("newsroom.urls"))]


@cache
def pages() -> dict[str, str]:
    """The addresses of one page of each kind: the same in an archive of any size."""
    article = Article.objects.get(source_id="story-40")
    day = timezone.localtime(article.published_at)
    oldest = Version.objects.order_by("first_published_at")[20].first_published_at
    desk = "/admin/articles/article/"
    return {
        "story page": article.path,
        "front page": "/",
        "front page, its end": f"/?before={_end()}",
        "category, nine in ten": "/news/",
        "category, its end": f"/news/?before={_end(category__path='news')}",
        "front by hand": _front("news/world"),
        "category of one": "/chess/",
        "tag": "/tag/harbour-1/",
        "author": "/author/ada-roth/",
        "archive": "/archive/",
        "month": f"/archive/{day:%Y/%m}/",
        "day": f"/archive/{day:%Y/%m/%d}/",
        "list, days long ago": f"/news/?since={day:%Y-%m-%d}&until={day:%Y-%m-%d}",
        "list, oldest first": "/news/?sort=oldest",
        "list, with a video": "/news/?video=1",
        "list, topic and author": "/news/?tag=harbour-1&author=ada-roth",
        "list, rare in a large one": "/news/?category=news%2Fworld&tag=harbour-1&video=1",
        "list, nothing in common": "/chess/?tag=budget-9&author=vera-lind",
        "archive, with a video": "/archive/?video=1",
        "list, the page before": f"/news/?after={_end(category__path='news')}",
        "feed": "/feed/",
        "category feed": "/news/feed/",
        "sitemap index": "/sitemap.xml",
        "sitemap of a day": f"/sitemap/{day:%Y-%m-%d}.xml",
        "corrections": "/corrections/",
        "desk: dashboard": "/admin/",
        "desk: list": desk,
        "desk: list, live ones": f"{desk}?status=live",
        "desk: list, scheduled": f"{desk}?status=scheduled",
        "desk: search": f"{desk}?q=report+",
        "desk: search, two words": f"{desk}?q=ferry+storm+",
        "desk: search, a beginning": f"{desk}?q=har",
        "desk: search, live ones": f"{desk}?q=harbour+&status=live",
        "desk: search in vain": f"{desk}?q=zeppelin",
        "one desk's: dashboard": "/admin/",
        "one desk's: list": desk,
        "one desk's: search": f"{desk}?q=harbour+",
        "desk: picker": f"{desk}pick/?app_label=articles&model_name=relatedpost"
        "&field_name=post&term=counc",
        "search": "/search/?q=harbour",
        "search, two words": "/search/?q=ferry+storm",
        "search, phrase": "/search/?q=%22budget+minister%22",
        "search, section": "/search/?q=harbour&category=news%2Fworld",
        "search, section of nearly all": "/search/?q=harbour&category=news",
        "search, topic and author": "/search/?q=harbour&tag=harbour-1&author=ada-roth",
        "search, days long ago": f"/search/?q=harbour&until={oldest:%Y-%m-%d}",
        "search, films": "/search/?q=harbour&video=1",
        "search, newest first": "/search/?q=harbour&sort=newest",
        "search, a later page": "/search/?q=harbour&page=9",
        "search, without a word": "/search/?q=harbour+-zeppelin",
        "search, one story": "/search/?q=%22report+40%22",
        "search, a beginning": "/search/?q=harbo",
        "search in vain": "/search/?q=zeppelin",
        "search, mistyped": "/search/?q=harbuor+wintre",
        "search, suggestions": "/search/suggest/?q=harb",
        "search, more of them": "/search/suggest/?q=ferry+sto",
        "desk: list, drafts": f"{desk}?status=draft",
        "desk: story's form": f"{desk}{article.pk}/change/",
    }


def _front(path: str) -> str:
    """The address of a category whose first page is arranged by hand, of every kind of source."""
    category = Category.objects.without_tree_fields().get(path=path)
    front, new = Front.objects.get_or_create(category=category)
    if new:
        news = Category.objects.without_tree_fields().get(path="news")
        fronts.save(front, _arranged(news, Tag.objects.get(slug="harbour-1")), by=None)
        fronts.publish(front, by=None)
    return category.get_absolute_url()


def _arranged(category: Category, tag: Tag) -> Arrangement:
    numbers = range(40, 52)
    keys = Article.objects.filter(source_id__in=[f"story-{n}" for n in numbers])
    placed = tuple(Placement(article=key) for key in keys.values_list("pk", flat=True))
    return Arrangement(
        containers=(
            Container(layout=Layout.LEAD, size=8, placements=placed[:6]),
            Container(layout=Layout.GRID, size=8, placements=placed[6:]),
            Container(layout=Layout.LIST, size=8, fill=Fill.CATEGORY, source=category.pk),
            Container(layout=Layout.OPINION, size=8, fill=Fill.TAG, source=tag.pk),
        )
    )


def _end(**place) -> str:
    """Where the last full page of a list begins."""
    live = Version.objects.live()
    if not place:
        rows = live.order_by("first_published_at", "article_id")
        row = rows.values_list("first_published_at", "article_id")[30]
    else:
        rows = live.filter(**{f"listings__{name}": value for name, value in place.items()})
        rows = rows.order_by("listings__first_published_at", "listings__version_id")
        row = rows.values_list("listings__first_published_at", "listings__version_id")[30]
    return str(reading.Cursor(*row))


@cache
def cookie(of_one_desk: bool = False) -> str:
    """Of somebody who may see the desk: everything there, or what one desk has (a category with
    a single story, and one with few)."""
    user = _of_one_desk() if of_one_desk else _superuser()
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    device, _new = TOTPDevice.objects.get_or_create(user=user, name="bench")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id  # as if the second factor were typed in
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _superuser():
    users = get_user_model().objects
    return users.filter(username="bench").first() or users.create_superuser("bench", password=None)


def _of_one_desk():
    user, new = get_user_model().objects.get_or_create(username="desk", is_staff=True)
    if new:
        user.groups.add(Group.objects.get(name="editor"))
        desk = Desk.objects.create(name="bench")
        desk.members.add(user)
        desk.categories.set(Category.objects.filter(path__in=["chess", "news/world"]))
    return user


handler = WSGIHandler()


def request(name: str, address: str) -> tuple[str, bytes]:
    """(status, body) of a GET."""
    where, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": where,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multiprocess": False,
    }
    if where.startswith("/admin/"):
        environ["HTTP_COOKIE"] = cookie(name.startswith("one desk's"))
    status = []
    response = handler(environ, lambda line, headers: status.append(line))
    body = b"".join(response)
    response.close()
    return status[0], body


def look(name: str) -> dict:
    """Ask once, uncached, and count."""
    address = pages()[name]
    request(name, address)  # logged in, and whatever is worked out once a process
    site_cache.clear()
    with CaptureQueriesContext(connection) as queries:
        status, body = request(name, address)
    count = sum(q["sql"].lstrip().startswith(("SELECT", "WITH", "(")) for q in queries)
    if name == "story page":
        constant["content"] = body
    return {"status": status[:3], "bytes": len(body), "queries": count}


def timed(name: str, *, warm: bool) -> dict:
    """`warm`: with what earlier pages left in the cache."""
    address = "/bare/" if name == "bare view" else pages()[name]
    if not warm:
        site_cache.clear()
    begun = time.perf_counter()
    status, _body = request(name, address)
    return {"seconds": time.perf_counter() - begun, "status": status[:3]}


ANSWERS = {
    "pages": lambda _ask: pages(),
    "look": lambda ask: look(ask["name"]),
    "time": lambda ask: timed(ask["name"], warm=ask["warm"]),
}


def main() -> None:
    for line in sys.stdin:
        ask = json.loads(line)
        print(json.dumps(ANSWERS[ask["ask"]](ask)), flush=True)


if __name__ == "__main__":
    sys.modules["worker"] = sys.modules[__name__]
    settings.ROOT_URLCONF = "worker"
    main()
