"""The options that `read_dump` and `import_dump` share."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import CommandError

from articles.formats import AUTO, FORMATS, Context
from articles.story import EARLIEST, LATEST, split_category

# The names of the contract; those that are not in FORMATS come with later versions.
CONTRACT = (
    "auto textpage wxr wpjson ninjs newsml newsml12 nitf feed ans ghost drupal jsonl warc".split()
)


def add_reading_arguments(parser, *, paths="+"):
    parser.add_argument(
        "paths",
        nargs=paths,
        metavar="PATH",
        help="a file (plain or .gz), a folder with everything in it, or - for standard input",
    )
    parser.add_argument(
        "--format",
        type=format_name,
        default=AUTO,
        metavar="NAME",
        help=f"{AUTO}, {', '.join(sorted(FORMATS))}; auto (the default) looks into each file",
    )
    parser.add_argument(
        "--source",
        default="",
        metavar="NAME",
        help="who the stories came from, where the dump does not say; default: the format's name",
    )
    parser.add_argument(
        "--timezone",
        type=timezone,
        default=None,
        metavar="TZ",
        help="dates without an offset are in this zone, such as Asia/Karachi; "
        f"default: {settings.TIME_ZONE}",
    )
    parser.add_argument(
        "--captured-at",
        type=str,
        default=None,
        metavar="ISO",
        help='when the pages were saved, such as 2024-01-29T20:00:00+00:00: what "14 hours ago" '
        "counts from; default: the time of each file",
    )
    parser.add_argument(
        "--categories",
        type=Path,
        default=None,
        metavar="FILE",
        help="a text file of the known categories, one a line, such as World or World/Asia: helps "
        "to tell apart the names that pages print without a separator",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit with 1 also when something was repaired, doubted, or no story",
    )


def context_from(options):
    """The `Context` that the options ask for; CommandError (2) for what cannot be meant."""
    zone = options["timezone"] or timezone(settings.TIME_ZONE)
    return Context(
        source=options["source"],
        timezone=zone,
        captured_at=_moment(options["captured_at"], zone),
        categories=_categories(options["categories"]),
    )


def format_name(name):
    if name == AUTO or name in FORMATS:
        return name
    exist = ", ".join([AUTO, *sorted(FORMATS)])
    why = "is not built yet" if name in CONTRACT else "is no format"
    raise argparse.ArgumentTypeError(f"{name} {why}; there are {exist}")


def timezone(name):
    try:
        return ZoneInfo(name)
    except (ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise argparse.ArgumentTypeError(f"{name!r} is no timezone") from error
    except KeyError as error:
        raise argparse.ArgumentTypeError(f"there is no timezone {name!r}") from error


def _moment(text, zone):
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        if EARLIEST <= moment <= LATEST:
            return moment
    except (ValueError, OverflowError):
        pass
    raise CommandError(
        f"--captured-at: {text!r} is no moment such as 2024-01-29T20:00:00+00:00", returncode=2
    )


def _categories(path):
    if path is None:
        return ()
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise CommandError(f"--categories: {path} cannot be read: {error}", returncode=2) from error
    return tuple(line.strip() for line in lines if split_category(line))
