"""Redis as a cache that may die: readers get their page, only later."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

# What each question answers while Redis is away: nothing found, nothing stored.
ANSWERS: dict[str, Any] = {
    "add": True,
    "get": None,
    "set": None,
    "incr": 0,
    "touch": False,
    "delete": False,
    "has_key": False,
    "get_many": {},
    "set_many": [],
    "delete_many": None,
    "clear": False,
}


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, without the 500 that it answers when Redis is down."""


def _forgiving(method: str, answer: Any) -> Any:
    ask = getattr(RedisCache, method)

    def asked(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        from redis.exceptions import RedisError

        try:
            return ask(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("cache %s: %s", method, error)
            if method == "get":
                return args[1] if len(args) > 1 else kwargs.get("default")
            return answer.copy() if isinstance(answer, (dict, list)) else answer

    asked.__name__ = method
    asked.__doc__ = ask.__doc__
    return asked


for _method, _answer in ANSWERS.items():
    setattr(ForgivingRedisCache, _method, _forgiving(_method, _answer))
