"""Settings as text: the environment, a `.env` file, URLs of a database, a cache, a mail server."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class SettingError(ValueError):
    """A setting nobody could use. The message names it and says what to write instead."""


def read_env_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines of a file as a dict, {} without one. `#` begins a comment, quotes go."""
    if not path.is_file():
        return {}
    lines = (LINE.fullmatch(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {found[1]: _unquoted(found[2]) for found in lines if found}


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value


class Environment:
    """Named answers from the real environment first and a `.env` file second."""

    def __init__(self, file: Path, environ: Mapping[str, str] | None = None) -> None:
        self.values = {**read_env_file(file), **(os.environ if environ is None else environ)}

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name).lower() or ("1" if default else "0")
        if value not in TRUE | FALSE:
            raise SettingError(f"{name} is {value!r}. Write 1 or 0.")
        return value in TRUE

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit():
            raise SettingError(f"{name} is {value!r}. Write a whole number, 0 or more.")
        return int(value)

    def names(self, name: str) -> list[str]:
        """What stands between the commas."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def url(self, name: str, default: str, schemes: str) -> SplitResult:
        value = self.text(name, default)
        try:
            url = urlsplit(value)
            url.port  # noqa: B018  asked for because it is checked only when read
        except ValueError as error:
            raise SettingError(f"{name} is not a URL: {error}.") from error
        if url.scheme not in schemes.split():
            wanted = " or ".join(f"{scheme}://" for scheme in schemes.split())
            raise SettingError(f"{name} must begin with {wanted}.")
        return url


def database(url: SplitResult, base: Path) -> dict[str, Any]:
    """One entry of `DATABASES`. `sqlite:///relative`, `sqlite:////absolute`, or
    `postgres://user:password@host:port/name?sslmode=require`: what follows `?` goes to the driver,
    `host=/a/folder` is a Unix socket, `pool_size=8` is the most connections one process holds."""
    return _sqlite(url, base) if url.scheme == "sqlite" else _postgresql(url)


def _sqlite(url: SplitResult, base: Path) -> dict[str, Any]:
    name = unquote(url.path[1:])
    if not name:
        raise SettingError("DATABASE_URL names no file. Write sqlite:///newsroom.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name if name == ":memory:" else base / name,
        # Opening the file anew is a fifth of the time that a story's page takes.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers queue for their turn instead of failing half-way through a transaction.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Without recursive_triggers INSERT OR REPLACE passes by the triggers on versions.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000",
        },
    }


def _postgresql(url: SplitResult) -> dict[str, Any]:
    query = dict(parse_qsl(url.query))
    name = unquote(url.path[1:])
    if not name:
        raise SettingError("DATABASE_URL names no database. Write postgres://user@host/newsroom.")
    size = query.pop("pool_size", "8")
    if not size.isdigit() or size == "0":
        raise SettingError(f"pool_size is {size!r}. Write how many connections a process may hold.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.pop("host", None) or unquote(url.hostname or ""),
        "PORT": str(url.port or query.pop("port", "")),
        # A connection that died with the server is replaced before a reader meets it.
        "CONN_HEALTH_CHECKS": True,
        # A page that cannot have a database should say so while someone is still there.
        "OPTIONS": {
            "connect_timeout": 2,
            "pool": {"min_size": 1, "max_size": int(size), "timeout": 2},
            **query,
        },
    }


def cache(url: SplitResult) -> dict[str, Any]:
    """One entry of `CACHES`: `locmem://`, `redis://host:port/0` or `rediss://…`."""
    if url.scheme == "locmem":
        # Django's own limit of 300 entries makes a cache slower than none.
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": url.netloc or "newsroom",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    return {"BACKEND": "newsroom.cache.ForgivingRedisCache", "LOCATION": url.geturl()}


def bucket(name: str, **options: str) -> dict[str, Any]:
    """The storage of what is uploaded. Without keys the library asks the machine it runs on."""
    told = {option: value or None for option, value in options.items()}
    kept = {"querystring_auth": False, "file_overwrite": False}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": name, **told, **kept},
    }


def email(url: SplitResult) -> dict[str, Any]:
    """The `EMAIL_*` settings: `console://`, `smtp://user:password@host:587`, `smtp+tls://…`, `smtp+ssl://…`."""
    backend = "console" if url.scheme == "console" else "smtp"
    usual_port = {"smtp+tls": 587, "smtp+ssl": 465}.get(url.scheme, 25)
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend",
        "EMAIL_HOST": url.hostname or "localhost",
        "EMAIL_PORT": url.port or usual_port,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": 10,
    }


def is_web_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def unsafe(secret_key: str, hosts: list[str], site_url: str, *, https: bool) -> Iterator[str]:
    """What must not go before readers, each with what to set instead."""
    if len(secret_key) < 50 or len(set(secret_key)) < 5 or secret_key.startswith("django-insecure"):
        yield "SECRET_KEY must be 50 or more random characters; `make setup` makes such a one."
    if not hosts or "*" in hosts:
        yield "ALLOWED_HOSTS must name the site's hosts: news.example,www.news.example."
    site = urlsplit(site_url)
    if site.scheme not in ("http", "https") or not site.hostname or site.path or site.query:
        yield "SITE_URL must be the site's address, such as https://news.example."
    elif https and site.scheme != "https":
        yield "SITE_URL must begin with https://, or set HTTPS=0 if readers do come by plain http."
