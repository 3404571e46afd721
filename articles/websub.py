"""Telling a hub that feeds have changed, so that it tells their readers: https://www.w3.org/TR/websub/.

Nothing waits for it: `manage.py ping` is run by a timer, finds out by itself what readers see
otherwise than before, whoever or whatever moment brought it about, and may die at any point: what
it did not get to say, the next run says.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from threading import Timer
from urllib.parse import urlencode, urlsplit

from django.db.models import Q

from . import syndication
from .models import Author, Category, Ping, Tag, Version
from .syndication import WRITERS, Feed

# An act is seen when its transaction ends, and may have begun long before: so far back is looked
# again. What was told then is known by the digest of the feed.
OVERLAP = timedelta(minutes=30)
PATIENCE = 10  # seconds: for one step of a request
LONGEST = 20  # seconds: for all of it, however slowly the hub drips
ATTEMPTS, PAUSE = 3, 1.0  # and the pause grows
AGAIN = {408, 425, 429}  # beside 5xx: not now


class HubAway(Exception):
    """The hub does not answer, or not now."""


@dataclass
class Told:
    """Topics, by what became of them. `late`: the time was over before all was told."""

    told: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    late: bool = False


def changed(now: datetime) -> Iterator[tuple[str, str, Feed | None]]:
    """(topic, digest, feed) of each feed that says something else than when it was told last."""
    since = Ping.objects.filter(topic="").values_list("told_at", flat=True).first()
    places = list(_touched(since - OVERLAP, now)) if since else []
    yield from _new("/feed/", syndication.of_site(now))
    for row in places:
        yield from _new(f"{row.get_absolute_url()}feed/", syndication.of_place(row, now))


def _new(topic: str, feed: Feed | None) -> Iterator[tuple[str, str, Feed | None]]:
    # Only RSS: the others are made of the same.
    digest = hashlib.sha256(WRITERS["rss"][1](feed)).hexdigest() if feed else ""
    known = Ping.objects.filter(topic=topic).values_list("digest", flat=True).first()
    if digest != (known or ""):
        yield topic, digest, feed


def _touched(since: datetime, now: datetime) -> Iterator[Category | Tag | Author]:
    """The places in which a story stood or stands that readers may see otherwise since then."""
    acts = Version.objects.filter(visible_from__lte=now)
    acts = acts.filter(Q(created_at__gt=since) | Q(visible_from__gt=since))
    ended = Q(shown__photo__rights_until__gt=since, shown__photo__rights_until__lte=now)
    stories = Q(listings__version__article__in=acts.values("article"))
    stories |= Q(listings__version__in=Version.objects.filter(ended).values("pk"))
    for places in (Category.objects.without_tree_fields(), Tag.objects, Author.objects):
        yield from places.filter(stories).order_by("pk").distinct()


def tell(hub: str, now: datetime, longest: timedelta) -> Told:
    """Tell the hub of all that has changed. HubAway: it will be told when this is run again."""
    done, end = Told(), time.monotonic() + longest.total_seconds()
    for topic, digest, feed in changed(now):
        if time.monotonic() > end:
            done.late = True
            return done
        for url in [feed.url(kind) for kind in WRITERS] if feed else []:
            (done.told if _publish(hub, url) else done.refused).append(url)
        _remember(topic, now, digest)
    _remember("", now)
    return done


def _remember(topic: str, now: datetime, digest: str = "") -> None:
    told = {"digest": digest, "told_at": now}
    Ping.objects.update_or_create(topic=topic, defaults=told)


def _publish(hub: str, topic: str) -> bool:
    """Whether the hub takes it; asked again while it cannot say."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _asked(hub, topic)
        except HubAway:
            if attempt == ATTEMPTS:
                raise
            time.sleep(PAUSE * attempt**2)
    raise HubAway


def _asked(hub: str, topic: str) -> bool:
    place = urlsplit(hub)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=PATIENCE)
    # The one name hubs know from before the standard, and the one some know since.
    body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    path = f"{place.path or '/'}{'?' if place.query else ''}{place.query}"
    hangs_up = Timer(LONGEST, _hang_up, [connection])
    hangs_up.daemon = True
    hangs_up.start()
    try:
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status  # what else it says is not read
    except (OSError, HTTPException) as error:
        raise HubAway(f"{place.netloc}: {error or type(error).__name__}") from error
    finally:
        hangs_up.cancel()
        connection.close()
    if status >= 500 or status in AGAIN:
        raise HubAway(f"{place.netloc} answers {status}")
    return 200 <= status < 300


def _hang_up(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(SHUT_RDWR)
