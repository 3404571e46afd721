"""What stays out of the log: what a reader searched for, and the secrets of links."""

from __future__ import annotations

import logging
import re
from typing import Any

SECRET = re.compile(r"\?\S*|(?<=/preview/)[-\w]+")


class WithoutQueryStrings(logging.Filter):
    """Cuts every `?…` off the addresses in a line, and what opens a preview."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = SECRET.sub("", record.getMessage())
        record.args = ()
        return True


def to_stderr(level: str) -> dict[str, Any]:
    """`LOGGING`: one plain line an event, on stderr, where whatever runs the server picks it up."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        },
        "filters": {"without_query": {"()": "newsroom.logs.WithoutQueryStrings"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["without_query"],
            },
        },
        "root": {"handlers": ["stderr"], "level": level},
        # Django hangs a console and a mail handler of its own here; one way out is enough.
        "loggers": {
            "django": {"handlers": [], "level": level},
            # Every scanner on the net sends these; a traceback each would bury the rest.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # A line for each of five renditions of each picture would bury an import's tally.
            "imagefield": {"level": "WARNING"},
        },
    }
